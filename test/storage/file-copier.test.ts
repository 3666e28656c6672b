import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import { copyFile, digestFile } from '../../src/storage/file-copier.ts';
import { failsAs } from '../harness/storage-contract.ts';

const CONTENT = randomBytes(3 * 1024 * 1024 + 5);
const DIGEST = sha256(CONTENT);

describe('threads that copy and digest files', () => {
  let folder: string;
  let from: string;
  let to: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'file-copier-'));
    [from, to] = [join(folder, 'from'), join(folder, 'to')];
    await writeFile(from, CONTENT);
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const job = (more: object = {}) => {
    return { from, to, size: CONTENT.length, digest: true, hardLink: false, place: undefined, ...more };
  };

  it('copy, digest and say what the copy is', async () => {
    const found = await copyFile(job(), undefined);
    const { ino, mtimeNs } = await stat(to, { bigint: true });
    expect(found).toMatchObject({ size: CONTENT.length, sha256: DIGEST, ino, mtimeNs });
    expect(CONTENT.equals(await readFile(to))).toBe(true);
    const { sha256: none } = await copyFile(job({ to: join(folder, 'other'), digest: false }), undefined);
    expect(none).toBeUndefined();
  });

  it('give a copy its name when it is what was expected, not else', async () => {
    const path = join(folder, 'final');
    await copyFile(job({ place: { path, sha256: sha256('another') } }), undefined);
    expect([existsSync(path), existsSync(to)]).toEqual([false, true]);
    await rm(to);
    await copyFile(job({ size: CONTENT.length + 1, place: { path, sha256: DIGEST } }), undefined);
    expect([existsSync(path), existsSync(to)]).toEqual([false, true]);
    await rm(to);
    await copyFile(job({ place: { path, sha256: DIGEST } }), undefined);
    expect([existsSync(path), existsSync(to)]).toEqual([true, false]);
  });

  it('digest a part, and say where a file ends too soon', async () => {
    const part = { file: from, start: 7, end: 2 * 1024 * 1024 };
    expect(await digestFile(part, undefined)).toMatchObject({
      size: part.end - 7,
      sha256: sha256(CONTENT.subarray(7, part.end)),
    });
    await truncate(from, 10);
    expect(await digestFile(part, undefined)).toMatchObject({ size: 3 });
    expect(existsSync(to)).toBe(false);
  });

  it('tell what cannot be read from what cannot be written', async () => {
    await failsAs('not-found', copyFile(job({ from: join(folder, 'absent') }), undefined));
    await failsAs('not-found', digestFile({ file: join(folder, 'absent'), start: 0, end: 1 }, undefined));
    await expect(copyFile(job({ to: join(folder, 'no', 'folder') }), undefined)).rejects.toMatchObject({
      code: 'ENOENT',
      message: expect.stringContaining('no/folder'),
    });
  });

  it('stop when they are told to', async () => {
    await failsAs('cancelled', copyFile(job(), AbortSignal.abort()));
    await truncate(from, 20 * 2 ** 30); // sparse: nothing on disk, but seconds to digest
    const abort = new AbortController();
    const digesting = digestFile({ file: from, start: 0, end: 20 * 2 ** 30 }, abort.signal);
    setTimeout(() => abort.abort(), 50);
    await failsAs('cancelled', digesting);
  });

  it('do many at once', async () => {
    const names = Array.from({ length: 40 }, (_, i) => join(folder, `copy-${i}`));
    const found = await Promise.all(names.map((name) => copyFile(job({ to: name }), undefined)));
    expect(new Set(found.map((each) => each.sha256))).toEqual(new Set([DIGEST]));
    expect(new Set(found.map(({ ino }) => ino)).size).toBe(40);
  });

  it('keep a process alive while they work, and not longer', () => {
    const module = new URL('../../src/storage/file-copier.ts', import.meta.url).href;
    const program = `
      import { digestFile } from ${JSON.stringify(module)};
      digestFile({ file: ${JSON.stringify(from)}, start: 0, end: ${CONTENT.length} }, undefined)
        .then(({ sha256 }) => console.log(sha256));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
      timeout: 15_000,
    });
    expect(output).toBe(`${DIGEST}\n`);
  });
});
