import { createHash } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLayerArchive } from '../../src/package/layer-archive.ts';
import { readTar, type TarEntry } from '../../src/package/tar-reader.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await tempDir();
});
afterEach(() => dir[Symbol.asyncDispose]());

/** A package with a program under two names, a link and an empty folder. */
function makePackage(name: string): string {
  const folder = join(dir.path, name);
  mkdirSync(join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'share'));
  writeFileSync(join(folder, 'bin/tool'), `the tool of ${name}`);
  chmodSync(join(folder, 'bin/tool'), 0o700);
  linkSync(join(folder, 'bin/tool'), join(folder, 'bin/tool-1.0'));
  symlinkSync('tool', join(folder, 'bin/Tool'));
  writeFileSync(join(folder, 'README'), `about ${name}`);
  return folder;
}

async function pack(packages: readonly (readonly [folder: string, prefix: string])[], file = 'layer.tar.gz') {
  const archive = await openLayerArchive(join(dir.path, file), 2);
  try {
    for (const [folder, prefix] of packages) await archive.addPackage(folder, prefix);
    return await archive.finish();
  } finally {
    await archive.discard();
  }
}

function entriesOf(file: string): TarEntry[] {
  const found: TarEntry[] = [];
  const reader = readTar({
    entry: (entry) => void found.push(entry),
    data: () => undefined,
    entryEnd: () => undefined,
  });
  reader.write(gunzipSync(readFileSync(file)));
  reader.end();
  return found;
}

describe('a layer of several packages', () => {
  it('has each folder once, and the hard links of each package within the package', async () => {
    const { file } = await pack([
      [makePackage('a'), '/opt/spack/linux/a-1'],
      [makePackage('b'), '/opt/spack/linux/b-1'],
    ]);
    const lines = entriesOf(file).map(
      ({ path, type, target }) => `${type} ${path}${target && ` > ${target}`}`,
    );
    const own = (name: string) => [
      `directory opt/spack/linux/${name}/`,
      `file opt/spack/linux/${name}/README`,
      `directory opt/spack/linux/${name}/bin/`,
      `symlink opt/spack/linux/${name}/bin/Tool > tool`,
      `file opt/spack/linux/${name}/bin/tool`,
      `hardlink opt/spack/linux/${name}/bin/tool-1.0 > opt/spack/linux/${name}/bin/tool`,
      `directory opt/spack/linux/${name}/share/`,
    ];
    const parents = ['directory opt/', 'directory opt/spack/', 'directory opt/spack/linux/'];
    expect(lines).toEqual([...parents, ...own('a-1'), ...own('b-1')]);
  });

  it('says nothing of times, owners and the umask, and names its digests', async () => {
    const one = await pack([[makePackage('a'), '/opt/spack/a']], 'one.gz');
    const again = makePackage('again/a');
    writeFileSync(join(again, 'README'), 'about a');
    writeFileSync(join(again, 'bin/tool'), 'the tool of a');
    chmodSync(join(again, 'README'), 0o600);
    chmodSync(join(again, 'bin/tool'), 0o755);
    utimesSync(join(again, 'README'), 1, 1);
    const two = await pack([[again, '/opt/spack/a']], 'two.gz');
    expect(readFileSync(two.file)).toEqual(readFileSync(one.file));
    const bytes = readFileSync(one.file);
    const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
    expect(one).toMatchObject({
      size: bytes.length,
      sha256: sha256(bytes),
      tarSha256: sha256(gunzipSync(bytes)),
    });
    const modes = new Set(entriesOf(one.file).map(({ type, mode }) => `${type} ${mode.toString(8)}`));
    expect([...modes].sort()).toEqual([
      'directory 755',
      'file 644',
      'file 755',
      'hardlink 755',
      'symlink 755',
    ]);
  });

  it.runIf(process.platform === 'linux')(
    'has what a package has, although another folder takes its place meanwhile',
    async () => {
      const above = join(dir.path, 'above');
      for (const [place, text] of [
        [above, 'ours'],
        [join(dir.path, 'other'), 'theirs'],
      ] as const) {
        mkdirSync(join(place, 'package'), { recursive: true });
        writeFileSync(join(place, 'package/file'), text);
        symlinkSync(text, join(place, 'package/link'));
      }
      const archive = await openLayerArchive(join(dir.path, 'layer.tar.gz'), 2);
      // It is asked before each file.
      const exchange = () => {
        renameSync(above, join(dir.path, 'aside'));
        renameSync(join(dir.path, 'other'), above);
        renameSync(join(dir.path, 'aside'), join(dir.path, 'other'));
      };
      let asked = 0;
      const signal = Object.assign(new AbortController().signal, {
        throwIfAborted: () => {
          if (asked++ === 0) exchange();
        },
      });
      // The walk looks at the folder once more when it is over.
      await archive.addPackage(join(above, 'package'), '/opt/p', signal).catch(() => undefined);
      const { file } = await archive.finish();
      const bytes = gunzipSync(readFileSync(file)).toString('latin1');
      expect([bytes.includes('ours'), bytes.includes('theirs')]).toEqual([true, false]);
    },
  );

  it('takes files of our own, and names that are no UTF-8 or differ only in case', async () => {
    const folder = makePackage('a');
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/odd-`), Buffer.from([0xff])]), '');
    writeFileSync(join(folder, 'readme'), '');
    writeFileSync(join(folder, 'x'.repeat(200)), '');
    const archive = await openLayerArchive(join(dir.path, 'layer.gz'), 1);
    await archive.addPackage(folder, '/opt/spack/a');
    await archive.addFile('/opt/spack/bin/sbang', Buffer.from('#!/bin/sh\n'), true);
    const { file } = await archive.finish();
    await archive.discard(); // does nothing any more
    const names = entriesOf(file).map(({ path }) => path);
    for (const name of ['README', 'readme', 'odd-\u00ff', 'x'.repeat(200)])
      expect(names).toContain(`opt/spack/a/${name}`);
    expect(entriesOf(file).at(-1)).toMatchObject({ path: 'opt/spack/bin/sbang', mode: 0o755, size: 10 });
  });

  it.each([
    ['a file', (folder: string) => writeFileSync(join(folder, 'share/.wh.x'), '')],
    ['a link', (folder: string) => symlinkSync('x', join(folder, 'share/.wh.x'))],
    ['a folder', (folder: string) => mkdirSync(join(folder, 'share/.wh.x'))],
    ['a file that hides a folder', (folder: string) => writeFileSync(join(folder, 'share/.wh..wh..opq'), '')],
  ])('cannot have %s with a name that deletes, and says which', async (_, make) => {
    const folder = makePackage('a');
    make(folder);
    const packing = pack([[folder, '/opt/spack/a']]);
    await expect(packing).rejects.toMatchObject({
      code: 'unsupported',
      facts: { file: expect.stringMatching(/^\/opt\/spack\/a\/share\/\.wh\./) },
    });
    expect(readdirSync(dir.path)).toEqual(['a']);
  });

  it('may have names that only look like that', async () => {
    const folder = makePackage('a');
    for (const name of ['.wh', '.whx', 'x.wh.y']) writeFileSync(join(folder, name), '');
    await expect(pack([[folder, '/opt/spack/a']])).resolves.toBeDefined();
  });
});

it('a layer that is given up, or cannot be made, leaves no file', async () => {
  const folder = makePackage('a');
  const archive = await openLayerArchive(join(dir.path, 'layer.gz'), 1);
  const stop = AbortSignal.abort(new Error('enough'));
  await expect(archive.addPackage(folder, '/opt/spack/a', stop)).rejects.toThrow('enough');
  await archive.discard();
  expect(readdirSync(dir.path)).toEqual(['a']);
  await expect(openLayerArchive(join(dir.path, 'no/layer.gz'), 1)).rejects.toMatchObject({
    code: 'not-found',
  });
});
