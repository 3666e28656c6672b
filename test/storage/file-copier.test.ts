import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  lstat,
  mkdtemp,
  open,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import { copyFile, digestFile, insertFiles } from '../../src/storage/file-copier.ts';
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
    const place = { path, sha256: DIGEST, isNew: false };
    await copyFile(job({ place: { ...place, sha256: sha256('another') } }), undefined);
    expect([existsSync(path), existsSync(to)]).toEqual([false, true]);
    await rm(to);
    await copyFile(job({ size: CONTENT.length + 1, place }), undefined);
    expect([existsSync(path), existsSync(to)]).toEqual([false, true]);
    await rm(to);
    await copyFile(job({ place }), undefined);
    expect([existsSync(path), existsSync(to)]).toEqual([true, false]);
  });

  it('give a copy a new name only where nothing has it', async () => {
    const place = { path: join(folder, 'final'), sha256: undefined, isNew: true };
    expect(await copyFile(job({ place }), undefined)).toMatchObject({ isPlaced: true });
    expect([existsSync(place.path), existsSync(to)]).toEqual([true, false]);
    await writeFile(place.path, 'theirs');
    expect(await copyFile(job({ place }), undefined)).toMatchObject({ isPlaced: false });
    expect([await readFile(place.path, 'utf8'), existsSync(to)]).toEqual(['theirs', true]);
  });

  it('write bytes, into a folder that they make', async () => {
    const path = join(folder, 'a/b/final');
    const bytes = {
      ...job({ content: Buffer.from('bytes'), size: 5, to: join(folder, 'a/b/to'), makesFolder: true }),
      place: { path, sha256: sha256('bytes'), isNew: false },
    };
    expect(await copyFile(bytes, undefined)).toMatchObject({ isPlaced: true, isFolderNew: true });
    expect(await copyFile(bytes, undefined)).toMatchObject({ isPlaced: true, isFolderNew: false });
    expect(await readFile(path, 'utf8')).toBe('bytes');
    await expect(copyFile({ ...bytes, to: join(from, 'below/to') }, undefined)).rejects.toMatchObject({
      code: 'ENOTDIR',
    });
  });

  it.each([
    [
      'fsync',
      "fs.fsync = (fd, done) => setImmediate(done, Object.assign(new Error('fsync'), { code: 'EIO' }))",
      'EIO',
    ],
    [
      'renameSync',
      "fs.renameSync = () => { throw Object.assign(new Error('rename'), { code: 'EACCES' }) }",
      'EACCES',
    ],
    [
      'writeSync',
      "fs.writeSync = () => { throw Object.assign(new Error('write'), { code: 'ENOSPC' }) }",
      'ENOSPC',
    ],
  ])('tell of each file whose %s fails, and give it no name', async (_, fault, code) => {
    const thread = new URL('../../src/storage/file-copy-thread.ts', import.meta.url).href;
    const faulty = join(folder, 'faulty.mjs');
    await writeFile(
      faulty,
      `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
      ${fault}; syncBuiltinESMExports(); await import(${JSON.stringify(thread)});`,
    );
    const worker = new Worker(faulty, { workerData: new Int32Array(16) });
    onTestFinished(async () => void (await worker.terminate()));
    const replies: { id: number; code?: string }[] = [];
    const all = new Promise<void>((done) =>
      worker.on('message', (reply) => {
        if (replies.push(reply) === 4) done();
      }),
    );
    const path = (id: number) => join(folder, `final-${id}`);
    const copies = [1, 2, 3, 4].map((id) => {
      const place = { path: path(id), sha256: DIGEST, isNew: false };
      return { ...job({ to: join(folder, `to-${id}`), place, start: 0 }), id };
    });
    worker.postMessage(copies);
    await all;
    expect(replies.sort((a, b) => a.id - b.id)).toMatchObject(copies.map(({ id }) => ({ id, code })));
    expect(copies.filter(({ id }) => existsSync(path(id)))).toEqual([]);
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

  it('write parts one behind the other into a file that is there, and digest each', async () => {
    const small = join(folder, 'small');
    await writeFile(small, 'small');
    await writeFile(to, 'before, and what is written over');
    const part = (more: object) => ({ from, start: 0, size: 5, head: Buffer.from('<'), zeros: 2, ...more });
    const MIB = 1024 * 1024;
    const parts = [
      part({ from: small }),
      part({ size: CONTENT.length }),
      // Ends where the buffer of the thread does, and one byte before and behind that.
      ...[MIB - 1, MIB, MIB + 1].map((size) => part({ start: 3, size, isPart: true })),
      part({ size: 0, isPart: true }),
      part({ from: small, start: 1, size: 2, isPart: true }),
    ];
    const found = await insertInto(to, { at: 6, parts });
    const small1 = Buffer.from('small');
    const contents = parts.map((one) =>
      (one.from === small ? small1 : CONTENT).subarray(one.start, one.start + one.size),
    );
    expect(found).toEqual(contents.map((each) => ({ size: each.length, sha256: sha256(each) })));
    const expected = [
      Buffer.from('before'),
      ...contents.flatMap((each) => [Buffer.from('<'), each, Buffer.alloc(2)]),
    ];
    expect(Buffer.concat(expected).equals(await readFile(to))).toBe(true);
  });

  it.each([
    ['shorter', CONTENT.length + 1, CONTENT.length],
    ['longer', 5, 6],
    ['longer by one byte', CONTENT.length - 1, CONTENT.length],
  ])(
    'say of an inserted file that it is %s than it should be, and write nothing behind it',
    async (_, size, found) => {
      await writeFile(to, '');
      const part = { from, start: 0, size, head: Buffer.from('head'), zeros: 3 };
      const parts = [{ ...part, size: CONTENT.length }, part, { ...part, size: CONTENT.length }];
      const result = await insertInto(to, { at: 0, parts });
      expect(result.map((each) => each.size)).toEqual([CONTENT.length, found]);
      expect((await stat(to)).size).toBeLessThanOrEqual(2 * (4 + CONTENT.length + 3));
    },
  );

  it('insert into the file that is open, and not into what another user has put in its place', async () => {
    const elsewhere = join(folder, 'elsewhere');
    await writeFile(elsewhere, 'secret');
    await writeFile(to, '');
    const swap = async () => {
      await rename(to, join(folder, 'moved'));
      await symlink(elsewhere, to);
    };
    const part = { from, start: 0, size: CONTENT.length, head: Buffer.alloc(0), zeros: 0 };
    await insertInto(to, { at: 0, parts: [part] }, swap);
    expect(await readFile(elsewhere, 'utf8')).toBe('secret');
    expect(CONTENT.equals(await readFile(join(folder, 'moved')))).toBe(true);
  });

  it('say which of the inserted files cannot be read', async () => {
    await writeFile(to, '');
    const absent = join(folder, 'absent');
    const parts = [from, absent].map((file) => ({
      ...{ from: file, start: 0, size: CONTENT.length, head: Buffer.alloc(0), zeros: 0 },
    }));
    await expect(insertInto(to, { at: 0, parts })).rejects.toMatchObject({
      code: 'not-found',
      facts: { file: absent },
    });
  });

  it('tell what cannot be read from what cannot be written', async () => {
    await failsAs('not-found', copyFile(job({ from: join(folder, 'absent') }), undefined));
    await failsAs('not-found', digestFile({ file: join(folder, 'absent'), start: 0, end: 1 }, undefined));
    await expect(copyFile(job({ to: join(folder, 'no', 'folder') }), undefined)).rejects.toMatchObject({
      code: 'ENOENT',
      message: expect.stringContaining('no/folder'),
    });
  });

  it('do not wait for who might write into a FIFO', async () => {
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    await failsAs('io', digestFile({ file: fifo, start: 0, end: 1 }, undefined));
    // In a process of its own: a thread that waits in the system ends with its process only, and that by force.
    const more = JSON.stringify({ ...job({ from: fifo }), hardLink: false });
    expect(run(`await copyFile(${more}, undefined).catch(({ code }) => ({ size: code }))`)).toMatch(
      /^(?:0|io)$/,
    );
  });

  it('share a file under a second name, and never a link that leads to it', async () => {
    const link = join(folder, 'link');
    await symlink('from', link);
    const path = join(folder, 'final');
    const shared = { hardLink: true, place: { path, sha256: DIGEST, isNew: false } };
    await copyFile(job(shared), undefined);
    expect((await stat(path)).ino).toBe((await stat(from)).ino);
    await copyFile(job({ ...shared, from: link }), undefined);
    expect((await lstat(path)).isFile()).toBe(true);
    expect(CONTENT.equals(await readFile(path))).toBe(true);
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
    const part = JSON.stringify({ file: from, start: 0, end: CONTENT.length });
    expect(run(`{ size: (await digestFile(${part}, undefined)).sha256 }`)).toBe(DIGEST);
  });
});

/** Prints the `size` of what an expression gives, in a process of its own. */
function run(expression: string): string {
  const module = new URL('../../src/storage/file-copier.ts', import.meta.url).href;
  const program = `
    import { copyFile, digestFile, insertFiles } from ${JSON.stringify(module)};
    const found = ${expression};
    console.log(String(found.size));`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 10_000,
    killSignal: 'SIGKILL',
  }).trim();
}

async function insertInto(
  file: string,
  job: Omit<Parameters<typeof insertFiles>[0], 'into'>,
  meanwhile = async () => {},
) {
  const handle = await open(file, 'r+');
  try {
    await meanwhile();
    return await insertFiles({ into: handle.fd, ...job }, undefined);
  } finally {
    await handle.close();
  }
}
