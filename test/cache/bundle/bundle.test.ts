import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBundle } from '../../../src/cache/bundle/bundle.ts';
import { findBundle } from '../../../src/commands/bundle-volumes.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { digest, fileOf, forge } from './bundle-fixture.ts';

/** Volumes of one bundle, with a file each. */
function volumesIn(folder: string, count: number, text = ''): string[] {
  mkdirSync(folder, { recursive: true });
  const files = Array.from({ length: count }, (_, i) =>
    fileOf(`v3/manifests/key/${i}.manifest.json`, `${text}${i}`),
  );
  const volumes = files.map(({ said }) => {
    const sha256 = digest(`${JSON.stringify({ version: 1, files: [said] })}\n`);
    return { specs: 0, files: 1, bytes: 0, sha256 };
  });
  const name = (i: number) => join(folder, `x-${i + 1}-of-${count}.tar`);
  return files.map(({ said, member }, i) => forge(name(i), { files: [said], members: [member], volumes }));
}

test('the document that all volumes have is kept once', async () => {
  await using dir = await tempDir();
  const { volumes, missing } = await openBundle(volumesIn(dir.path, 5));
  expect([volumes.length, missing]).toEqual([5, []]);
  expect(new Set(volumes.map(({ manifest }) => manifest)).size).toBe(1);
});

test('of volumes that are all named, nothing beside them is looked at', async () => {
  await using dir = await tempDir();
  const [here, there] = [join(dir.path, 'here'), join(dir.path, 'there')];
  const [first = '', second = ''] = volumesIn(here, 2);
  const copy = volumesIn(there, 2)[1] ?? '';
  expect((await findBundle([first, copy])).volumes.map(({ file }) => file)).toEqual([first, copy]);
  copyFileSync(volumesIn(join(dir.path, 'other'), 2, 'other')[1] ?? '', second);
  expect((await findBundle([first, copy])).volumes.map(({ file }) => file)).toEqual([first, copy]);
  await expect(findBundle([first])).rejects.toThrow('this is a volume of another bundle');
});
