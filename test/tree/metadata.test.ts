import {
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { adoptSpecFile, ensureManifest } from '../../src/tree/metadata.ts';
import { tempDir } from '../harness/temp-dir.ts';

test('a manifest for spack verify names every file, unless it would be too long to be made in memory', async () => {
  await using dir = await tempDir();
  mkdirSync(join(dir.path, '.spack'));
  const names = Array.from({ length: 20 }, (_, i) => `${'x'.repeat(100)}${i}`);
  for (const name of names) writeFileSync(join(dir.path, name), '');
  const file = join(dir.path, '.spack/install_manifest.json');
  expect(await ensureManifest(dir.path, dir.path, undefined, 4_000)).toBe(false);
  expect(existsSync(file)).toBe(false);
  expect(await ensureManifest(dir.path, dir.path, undefined)).toBe(true);
  const listed = Object.keys(JSON.parse(readFileSync(file, 'utf8')));
  for (const name of names) expect(listed).toContain(join(dir.path, name));
  expect(await ensureManifest(dir.path, dir.path, undefined, 0)).toBe(true);
});

test('it is of the place that the package will be at', async () => {
  await using dir = await tempDir();
  for (const folder of ['.spack', 'lib']) mkdirSync(join(dir.path, folder), { mode: 0o755 });
  writeFileSync(join(dir.path, 'empty'), '', { mode: 0o644 });
  writeFileSync(join(dir.path, 'lib/large'), Buffer.alloc(100_000), { mode: 0o644 });
  for (const name of ['empty', 'lib/large']) utimesSync(join(dir.path, name), 7.5, 7.5);
  symlinkSync('../empty', join(dir.path, 'lib/link'));
  expect(await ensureManifest(dir.path, '/store/x-1', undefined)).toBe(true);
  const { uid: owner, gid: group, mode } = statSync(dir.path);
  const file = { owner, group, mode: 0o100644, time: 7.5 };
  expect(JSON.parse(readFileSync(join(dir.path, '.spack/install_manifest.json'), 'utf8'))).toEqual({
    '/store/x-1': { mode, owner, group },
    '/store/x-1/.spack': { mode: 0o40755, owner, group },
    '/store/x-1/empty': { ...file, hash: '3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ', size: 0 },
    '/store/x-1/lib': { mode: 0o40755, owner, group },
    '/store/x-1/lib/large': { ...file, hash: 'XGGGUFK5Y6TXRB2N7RQCHPRLVTBOJFO5', size: 100_000 },
    '/store/x-1/lib/link': { mode: expect.any(Number), owner, group, dest: '../empty' },
  });
});

test('what is made beside the files of a tarball can be read like these, whatever the umask', async () => {
  await using dir = await tempDir();
  mkdirSync(join(dir.path, '.spack'));
  const before = process.umask(0o077);
  try {
    await adoptSpecFile(dir.path, undefined, { name: 'x', hash: 'a', packed: 'b' }, () => '{}');
    await ensureManifest(dir.path, dir.path, undefined);
  } finally {
    process.umask(before);
  }
  const modes = ['spec.json', 'install_manifest.json'].map(
    (name) => statSync(join(dir.path, '.spack', name)).mode & 0o7777,
  );
  expect(modes).toEqual([0o644, 0o644]);
});
