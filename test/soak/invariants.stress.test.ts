/** What looks at the rounds of a soak finds what it is there to find. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { runVerb } from '../entry/run-verb.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { type Baseline, makeBaseline } from './baseline.ts';
import { age, leftovers, missingFrom, problemsOf, stateOf, unwellSaid } from './invariants.ts';
import { soaker } from './round.ts';
import { makeWorld, type World } from './world.ts';

let dir: TempDir;
let baseline: Baseline;
beforeAll(async () => {
  dir = await tempDir();
  baseline = await makeBaseline(dir.path);
});
afterAll(() => dir[Symbol.asyncDispose]());

async function fullWorld(): Promise<World> {
  const world = await makeWorld(baseline, 'folder', false);
  world.fill('builds', baseline.full);
  const all = [...baseline.names.keys()].map((hash) => `/${hash}`);
  const args = ['install', '-e', world.at('env'), '--store', world.at('tree'), '--otherarch', ...all];
  expect(await runVerb([...args, '--trusted-keys', baseline.publicKey], world.at(), world.env)).toMatchObject(
    { code: 0 },
  );
  return world;
}

describe('what is damaged', () => {
  it.each<[string, RegExp, (world: World) => void]>([
    ['nothing', /^$/, () => undefined],
    [
      'a blob that is another',
      /names a wrong blob/,
      ({ baseline: { full }, fill }) => {
        const key = [...full.keys()].find((each) => each.startsWith('blobs/'));
        fill('builds', new Map([[key ?? '', Buffer.from('x')]]));
      },
    ],
    [
      'a blob that is not there',
      /names a blob that is not there/,
      ({ baseline: { full }, remove }) =>
        remove('builds', [...full.keys()].find((each) => each.startsWith('blobs/')) ?? ''),
    ],
    [
      'an entry that the index lists',
      /the index lists/,
      ({ baseline: { full }, remove }) =>
        remove('builds', [...full.keys()].find((each) => each.endsWith('.spec.manifest.json')) ?? ''),
    ],
    [
      'a file of a prefix',
      /registered and not whole: lib\/bulk/,
      ({ at }) => {
        const [name = ''] = readdirSync(at('tree/linux-x86_64_v3')); // the projection of the fixture's trees
        rmSync(join(at('tree/linux-x86_64_v3'), name, 'lib/bulk'));
      },
    ],
    [
      'the install database',
      /install tree: /,
      ({ at }) => writeFileSync(at('tree/.spack-db/index.json'), '{"database"'),
    ],
    ['the configuration', /configuration: /, ({ at }) => writeFileSync(at('env/spack.yaml'), 'spack: [')],
  ])('%s', async (_, said, damage) => {
    await using world = await fullWorld();
    damage(world);
    expect((await problemsOf(world, true)).join('\n')).toMatch(said);
  });
});

test('what is not done is told, and what is left', async () => {
  await using world = await fullWorld();
  const complete = stateOf(world);
  expect(missingFrom(stateOf(world), complete)).toBeUndefined();
  const text = readFileSync(world.at('env/spack.yaml'), 'utf8');
  writeFileSync(world.at('env/spack.yaml'), text.replace('release', 'renamed'));
  expect(missingFrom(stateOf(world), complete)).toContain('renamed');
  expect(leftovers(world)).toEqual([]);
  const left = [
    'env/spack.yaml.12.0123abcd.tmp',
    'tmp/buildcache-work-abcdef/x',
    'mirrors/builds/v3/.tmp-0123456789abcdef01234567',
    'mirrors/builds/v3/.lock-0123/host-1-2',
    'out/.download-abcdef/tarball',
    'tree/.spack-db/index.json.host.1.temp',
  ];
  for (const name of left) {
    mkdirSync(dirname(world.at(name)), { recursive: true });
    writeFileSync(world.at(name), '');
  }
  expect(leftovers(world)).toEqual(expect.arrayContaining(left));
  age(world);
});

test.each([
  ['error: mirror: connection refused\n', undefined],
  ['error: internal error: x. Please report it\n', 'internal error'],
  ['TypeError: Cannot read properties of undefined\n    at run (file:///a.ts:1:2)\n', 'TypeError'],
  ['warning: it is undefined\n', 'undefined'],
])('%j is well said or not', (stderr, found) => {
  if (found === undefined) expect(unwellSaid(stderr)).toBeUndefined();
  else expect(unwellSaid(stderr)).toContain(found);
});

it('a round is what its seed says, and a kill is one', async () => {
  const soak = soaker(baseline, { verb: 'mirror set', kind: 'kill' });
  const [one, again] = [await soak(7), await soak(7)];
  expect(one).toEqual(again);
  expect(one).toMatchObject({ seed: 7, verb: 'mirror set', kind: 'kill', end: 'SIGKILL', problems: [] });
});
