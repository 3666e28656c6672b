import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addToHistory } from '../../../src/commands/keep-times.ts';
import { type CostEvidence, costsOf, plausibleSeconds } from '../../../src/plan/build-plan/costs.ts';
import { buildUnits } from '../../../src/plan/build-plan/dag.ts';
import { readHistory, totalSeconds } from '../../../src/plan/build-plan/install-times.ts';
import { mostBuilds, nearestOf } from '../../../src/plan/build-plan/nearest.ts';
import { readLockfile } from '../../../src/spec/lockfile.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { lockfile, node } from '../../spec/node-fixture.ts';

const names = ['a', 'b', 'c', 'd'];
const graph = readLockfile(
  lockfile(
    names.map((name) => node(name)),
    {
      roots: names.map((name) => ({ hash: node(name).hash, spec: name })),
    },
  ),
  'spack.lock',
);
const units = buildUnits(graph, [...graph.nodes.values()]);
const from = 'x@1/abcdefg';

/** What each is taken to cost, by what is known of it. */
function costs(...known: readonly CostEvidence[]) {
  return costsOf(units, new Map(known.map((each, i) => [units[i]?.entry.hash ?? '', each])));
}

describe('what a spec costs', () => {
  test('by a build, else by the history, else by the size of a tarball, else as the others do', () => {
    expect(
      costs(
        { buildTime: { value: 100, from }, history: { value: 7, from }, tarball: { value: 1000, from } },
        { history: { value: 300, from }, tarball: { value: 3000, from } },
        { tarball: { value: 2000, from } },
      ),
    ).toEqual([
      { seconds: 100, source: 'build time', from },
      { seconds: 300, source: 'history', from },
      { seconds: 200, source: 'tarball size', from }, // a byte takes as long as in the two others
      { seconds: 200, source: 'median', from: undefined },
    ]);
  });

  test('a minute where nothing is known of any', () => {
    expect(costs().map(({ seconds, source }) => [seconds, source])).toEqual(names.map(() => [60, 'median']));
  });

  test.each([
    ['zero is the least there is', 0, 1],
    ['a week is a week', 604_800, 604_800],
    ['a part of a second is a second', 0.3, 1],
  ])('%s', (_, value, seconds) => {
    expect(costs({ buildTime: { value, from } })[0]).toEqual({ seconds, source: 'build time', from });
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1e12])(
    '%s is none, so that the next best counts',
    (value) => {
      const evidence = { buildTime: { value, from }, history: { value: 5, from } };
      expect(costs(evidence)[0]).toEqual({ seconds: 5, source: 'history', from });
      expect(plausibleSeconds(value)).toBeUndefined();
    },
  );

  test('a tarball of no size or of any still gives a number', () => {
    for (const value of [0, -5, Number.NaN, 1e300]) {
      const [cost] = costs({ tarball: { value, from } });
      expect(cost?.seconds).toBeGreaterThanOrEqual(1);
      expect(cost?.seconds).toBeLessThan(1e7);
    }
  });
});

test('the total of what Spack notes of a build', () => {
  expect(totalSeconds('{"total": 12.5, "phases": [{"name": "build", "seconds": 3}]}')).toBe(12.5);
  for (const bad of [
    '',
    '[]',
    '{}',
    '{"total": "12"}',
    '{"total": null}',
    '{"total": -3}',
    '{"total": {"seconds": 1}}',
  ])
    expect(totalSeconds(bad), bad).toBeUndefined();
});

describe('the history of builds', () => {
  const build = (hash: string, seconds: number) => ({ name: 'a', version: '1', hash, seconds });

  test('is made, added to, and what is in it replaced', async () => {
    await using dir = await tempDir();
    const file = join(dir.path, 'deep/times.json');
    expect(await readHistory(file)).toEqual([]);
    await addToHistory(file, [build('x', 5), build('y', 6)]);
    await addToHistory(file, [build('x', 7)]);
    expect(await readHistory(file)).toEqual([build('y', 6), build('x', 7)]);
    await Promise.all(['a', 'b', 'c'].map((name) => addToHistory(file, [build(name, 1)])));
    expect((await readHistory(file)).map(({ hash }) => hash).sort()).toEqual(['a', 'b', 'c', 'x', 'y']);
  });

  test.each(['', '{', '[]', '{"version": 2, "builds": []}', '{"version": 1}'])('%j is none', async (text) => {
    await using dir = await tempDir();
    const file = join(dir.path, 'times.json');
    writeFileSync(file, text);
    await expect(readHistory(file)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(addToHistory(file, [build('x', 5)])).rejects.toMatchObject({ code: 'bad-input' });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('entries that make no sense are passed over', async () => {
    await using dir = await tempDir();
    const file = join(dir.path, 'times.json');
    const odd = [
      null,
      5,
      {},
      { ...build('x', 5), seconds: -1 },
      { ...build('y', 5), name: 7 },
      build('z', 1.5),
    ];
    writeFileSync(file, JSON.stringify({ version: 1, builds: odd }));
    expect(await readHistory(file)).toEqual([build('z', 1.5)]);
  });

  test('a folder in its place is an error that names it', async () => {
    await using dir = await tempDir();
    mkdirSync(join(dir.path, 'times.json'));
    await expect(readHistory(join(dir.path, 'times.json'))).rejects.toThrow(/history of builds/);
  });
});

describe('the nearest build', () => {
  const read = (...nodes: ReturnType<typeof node>[]) => [
    ...readLockfile(
      lockfile(nodes, { roots: nodes.map(({ hash }) => ({ hash, spec: 'x' })) }),
      'x',
    ).nodes.values(),
  ];
  const [spec, same, otherVariant, otherVersion, otherName] = read(
    node('hdf5', { version: '1.14.3', parameters: { mpi: true, cflags: [] } }),
    node('hdf5', { version: '1.14.3', parameters: { mpi: true, cflags: [] }, package_hash: 'z====' }),
    node('hdf5', { version: '1.14.3', parameters: { mpi: false, cflags: [] } }),
    node('hdf5', { version: '1.12.0', parameters: { mpi: true, cflags: [] } }),
    node('zlib', { version: '1.14.3', parameters: { mpi: true, cflags: [] } }),
  );

  test.each([
    ['the same before all others', [otherVersion, otherVariant, same, spec], spec],
    ['the same version and variants', [otherVersion, otherVariant, same], same],
    ['the same version, when variants differ', [otherVersion, otherVariant], otherVariant],
    ['never another package', [otherName], undefined],
  ])('%s', (_, candidates, expected) => {
    const some = candidates.filter((each) => each !== undefined);
    if (spec === undefined) throw new Error('no spec');
    for (const order of [some, some.toReversed()])
      expect(nearestOf(order, 10, (each) => each)(spec)).toBe(expected);
  });

  test('is looked for among as many as there is time for, whatever order they come in', () => {
    const few = Array.from({ length: 5000 }, (_, i) => ({ name: 'hdf5', version: `1.${i}`, hash: `h${i}` }));
    if (spec === undefined) throw new Error('no spec');
    let looked = 0;
    const find = nearestOf(few, 20, () => void looked++);
    expect(looked).toBe(0);
    expect([find(spec), looked]).toEqual([nearestOf(few.toReversed(), 20, () => undefined)(spec), 20]);
    expect(find({ ...spec, hash: few[4000]?.hash ?? '' })).toBe(few[4000]);
    const large = { ...spec, variants: new Map([['v', new Array<string>(10_000_000)]]) };
    expect([mostBuilds([spec]), mostBuilds([spec, large])]).toEqual([1000, 10]);
  });
});
