import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureManifest } from '../../src/tree/metadata.ts';
import { tempDir } from '../harness/temp-dir.ts';

test('a manifest for spack verify names every file, unless it would be too long to be made in memory', async () => {
  await using dir = await tempDir();
  mkdirSync(join(dir.path, '.spack'));
  const names = Array.from({ length: 20 }, (_, i) => `${'x'.repeat(100)}${i}`);
  for (const name of names) writeFileSync(join(dir.path, name), '');
  const file = join(dir.path, '.spack/install_manifest.json');
  expect(await ensureManifest(dir.path, undefined, 4_000)).toBe(false);
  expect(existsSync(file)).toBe(false);
  expect(await ensureManifest(dir.path, undefined)).toBe(true);
  const listed = Object.keys(JSON.parse(readFileSync(file, 'utf8')));
  for (const name of names) expect(listed).toContain(join(dir.path, name));
  expect(await ensureManifest(dir.path, undefined, 0)).toBe(true);
});
