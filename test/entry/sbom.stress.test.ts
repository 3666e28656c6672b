/** `--sbom` of push and install, and Spack's own SBOMs on their way through both. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KEY_FILE, SIGNED } from '../commands/install-toy.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { said, spdxProblems } from '../report/spdx-schema.ts';
import { moveToyStore, TOY_ENVIRONMENT } from '../tree/toy-store.ts';
import { runVerb } from './run-verb.ts';

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const EPOCH = { SOURCE_DATE_EPOCH: '1700000000' };

test('push --sbom and install --sbom say what is there then, with the digests of the tarballs', async () => {
  await using dir = await tempDir();
  const [store, mirror] = [join(dir.path, 'store'), join(dir.path, 'mirror')];
  await moveToyStore(store);
  const push = ['push', mirror, 'toymake', '--store', store, '-u', '--sbom', 'out/pushed.json'];
  for (const said of ['2 pushed', '2 already there']) {
    expect(await runVerb(push, dir.path, EPOCH)).toMatchObject({
      code: 0,
      out: expect.stringContaining(said),
    });
    const document = read(join(dir.path, 'out/pushed.json'));
    expect(spdxProblems(document)).toEqual([]);
    expect(document).toMatchObject({
      name: 'toymake-4.4',
      creationInfo: { created: '2023-11-14T22:13:20Z' },
    });
    const sums = JSON.stringify(document).match(/"checksumValue":"[0-9a-f]{64}"/g);
    expect(sums).toHaveLength(2);
  }
  const where = ['--store', join(dir.path, 'dry'), '--otherarch', '--no-lock', '--dry-run'];
  const trusted = ['-m', SIGNED, '--trusted-keys', KEY_FILE, '-e', TOY_ENVIRONMENT, '--sbom', 'dry.json'];
  expect(await runVerb(['install', ...where, ...trusted], dir.path)).toMatchObject({ code: 0 });
  expect(readdirSync(dir.path)).not.toContain('dry.json');
  const bad = await runVerb(push, dir.path, { SOURCE_DATE_EPOCH: 'yesterday' });
  expect(bad).toMatchObject({ code: 2, err: expect.stringContaining('SOURCE_DATE_EPOCH is no time') });
});

test("Spack's own SBOM in a prefix goes into the tarball, and comes out of it as it was", async () => {
  await using dir = await tempDir();
  const [store, mirror, other] = [join(dir.path, 'store'), join(dir.path, 'mirror'), join(dir.path, 'st')];
  await moveToyStore(store);
  const prefixIn = (tree: string) => {
    const [architecture = ''] = readdirSync(tree).filter((name) => name.startsWith('linux-'));
    const [name = ''] = readdirSync(join(tree, architecture)).filter((each) =>
      each.startsWith('gcc-runtime-'),
    );
    return join(tree, architecture, name);
  };
  const place = '.spack/sbom/spdx-2.3.json';
  const text = `{"spdxVersion": "SPDX-2.3", "name": "${store}"}`;
  mkdirSync(join(prefixIn(store), '.spack/sbom'));
  writeFileSync(join(prefixIn(store), place), text);
  expect(
    await runVerb(['push', mirror, 'gcc-runtime', '--store', store, '-u', '--update-index'], dir.path),
  ).toMatchObject({ code: 0 });
  const install = [
    'install',
    '-m',
    mirror,
    '-u',
    '--store',
    other,
    '--otherarch',
    '--no-lock',
    '--sbom',
    'sbom.json',
  ];
  expect(await runVerb([...install, 'gcc-runtime'], dir.path)).toMatchObject({ code: 0 });
  expect(readFileSync(join(prefixIn(other), place), 'utf8')).toBe(text);
  const document = read(join(dir.path, 'sbom.json'));
  expect(spdxProblems(document)).toEqual([]);
  expect(said(document)).toEqual(['DOCUMENT DESCRIBES gcc-runtime', 'gcc-runtime DEPENDS_ON glibc']);
  expect(JSON.stringify(document).match(/"checksumValue"/g)).toHaveLength(1);
});
