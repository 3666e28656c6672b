import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openIndexStore } from '../../src/cache/index/store.ts';
import { type EvidenceOptions, gatherEvidence } from '../../src/commands/plan-evidence.ts';
import { costsOf } from '../../src/plan/build-plan/costs.ts';
import { buildUnits } from '../../src/plan/build-plan/dag.ts';
import { SILENT } from '../../src/report/reporter.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { type GeneratedNode, generateEnvironment } from '../harness/generate.ts';
import { generateMirror } from '../harness/generate-mirror.ts';
import { type HttpServerOptions, startHttpServer } from '../harness/http-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { entry, tgz } from '../package/make-tar.ts';
import { lockfile, node } from '../spec/node-fixture.ts';
import { CONNECTION, mirrorAt } from './install-toy.ts';

/** In a mirror: two builds of one package, and one of another. */
const near = node('hdf5', { version: '1.14.3' });
const far = node('hdf5', { version: '1.8.0' });
const zlib = node('zlib', { version: '1.2' });
/** To be built. */
const wanted = [node('hdf5', { version: '1.14.4' }), node('zlib', { version: '1.3' }), node('new')];
const graph = readLockfile(
  lockfile(wanted, { roots: wanted.map(({ hash }) => ({ hash, spec: 'x' })) }),
  'spack.lock',
);
const units = buildUnits(graph, [...graph.nodes.values()]);

const packed = (...parts: readonly Buffer[]) => tgz(entry({ name: 'opt/pkg/.spack/', type: '5' }), ...parts);
const timesOf = (body: string) => entry({ name: 'opt/pkg/.spack/install_times.json', body });
/** Nothing that compresses. */
const much = (bytes: number) => entry({ name: 'opt/pkg/.spack/archived', body: randomBytes(bytes) });

type Tarballs = Readonly<Record<string, Buffer>>;

async function mirrorWith(tarballs: Tarballs, how: HttpServerOptions = {}) {
  const dir = await tempDir();
  const nodes = new Map([near, far, zlib].map((each) => [each.hash, each as unknown as GeneratedNode]));
  const made = await generateMirror(dir.path, { ...generateEnvironment({ specs: 1, seed: 1 }), nodes });
  for (const [hash, bytes] of Object.entries(tarballs)) {
    const { manifest, tarball } = made.entries.get(hash) ?? expect.unreachable();
    writeFileSync(join(dir.path, tarball), bytes);
    const file = join(dir.path, manifest);
    const document = JSON.parse(readFileSync(file, 'utf8'));
    document.data[0].contentLength = bytes.length;
    writeFileSync(file, JSON.stringify(document));
  }
  const server = await startHttpServer({ root: dir.path, ...how });
  const pathOf = (hash: string) => `/${made.entries.get(hash)?.tarball}`;
  return {
    pathOf,
    requests: server.requests,
    /** What each of the specs is taken to cost, and where that is from. */
    async costs(change: Partial<EvidenceOptions> = {}) {
      const evidence = await gatherEvidence(
        units,
        {
          mirrors: [mirrorAt(server.url, { signed: false })],
          nodes: graph.nodes,
          connection: CONNECTION,
          index: { store: openIndexStore(join(dir.path, 'indices')), ttlMs: 0 },
          tree: undefined,
          history: [],
          signal: new AbortController().signal,
          ...change,
        },
        SILENT,
      );
      const costs = costsOf(units, evidence);
      return Object.fromEntries(
        units.map(({ entry: { name } }, i) => [name, [costs[i]?.seconds, costs[i]?.source, costs[i]?.from]]),
      );
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await dir[Symbol.asyncDispose]();
    },
  };
}

const label = (name: string, version: string, { hash }: { hash: string }) =>
  `${name}@${version}/${hash.slice(0, 7)}`;
const NEAR = label('hdf5', '1.14.3', near);
const ZLIB = label('zlib', '1.2', zlib);

describe('how long a build took, from a mirror', () => {
  test('is read of the build that is most like it, whose tarball is asked for its beginning only', async () => {
    const large = packed(timesOf('{"total": 90}'), much(200_000));
    await using mirror = await mirrorWith({
      [near.hash]: large,
      [far.hash]: packed(timesOf('{"total": 5}')),
    });
    expect((await mirror.costs())['hdf5']).toEqual([90, 'build time', NEAR]);
    const asked = mirror.requests.filter(({ path }) => path === mirror.pathOf(near.hash));
    expect(asked.map(({ method, headers }) => [method, headers.range])).toEqual([['GET', 'bytes=0-65535']]);
    expect(mirror.requests.some(({ path }) => path === mirror.pathOf(far.hash))).toBe(false);
  });

  test('is found behind large files of .spack by a second, longer look, and no third', async () => {
    const late = packed(much(200_000), timesOf('{"total": 90}'));
    const later = packed(much(1_500_000), timesOf('{"total": 90}'));
    await using mirror = await mirrorWith({ [near.hash]: late, [zlib.hash]: later });
    const costs = await mirror.costs();
    expect(costs['hdf5']).toEqual([90, 'build time', NEAR]);
    expect(costs['zlib']?.slice(1)).toEqual(['tarball size', ZLIB]);
    const asked = mirror.requests.filter(({ path }) => path === mirror.pathOf(zlib.hash));
    expect(asked.map(({ headers }) => headers.range)).toEqual(['bytes=0-65535', 'bytes=0-1048575']);
  });

  test('is read from a server that sends the whole for a range', async () => {
    const large = packed(timesOf('{"total": 90}'), much(3_000_000));
    await using mirror = await mirrorWith({ [near.hash]: large }, { ranges: false });
    expect((await mirror.costs())['hdf5']).toEqual([90, 'build time', NEAR]);
  });

  test.each(['truncate', 'corrupt', 'reset', 'garbage', 'html', 'redirect-loop'] as const)(
    'is told by the size, which the entry says, where the tarball cannot be read: %s',
    async (fault) => {
      const large = packed(much(20_000), timesOf('{"total": 90}'));
      await using mirror = await mirrorWith(
        { [near.hash]: large },
        { fault: ({ path }) => (path === mirror.pathOf(near.hash) ? fault : undefined) },
      );
      expect((await mirror.costs())['hdf5']?.slice(1)).toEqual(['tarball size', NEAR]);
    },
  );

  test.each(['', 'null', '[]', '{"total": -1}', '{"total": "90"}', '{"total": 1e300}', '{"total": 90', '\0'])(
    '%j is none: the size tells',
    async (text) => {
      await using mirror = await mirrorWith({ [near.hash]: packed(timesOf(text)) });
      expect((await mirror.costs())['hdf5']?.slice(1)).toEqual(['tarball size', NEAR]);
    },
  );

  test('is not needed: a mirror that is not there leaves the plan its other sources', async () => {
    await using mirror = await mirrorWith({}, { fault: () => 'reset' });
    expect((await mirror.costs())['hdf5']).toEqual([60, 'median', undefined]);
  });

  test('stops when it is cancelled, and does not take that for an answer', async () => {
    await using mirror = await mirrorWith({ [near.hash]: packed(timesOf('{"total": 90}')) });
    const stopped = AbortSignal.abort(new Error('enough'));
    await expect(mirror.costs({ signal: stopped })).rejects.toThrow();
  });
});

test('an entry that cannot be read says nothing of its build', async () => {
  await using mirror = await mirrorWith(
    { [near.hash]: packed(timesOf('{"total": 90}')) },
    { fault: ({ path }) => (path.includes('/spec/hdf5/') ? { status: 500 } : undefined) },
  );
  expect((await mirror.costs())['hdf5']?.slice(1)).toEqual(['median', undefined]);
});

describe('what is known of a spec counts in this order', () => {
  const history = [
    { name: 'hdf5', version: '1.14.4', hash: 'h'.repeat(32), seconds: 40 },
    { name: 'zlib', version: '1.1', hash: 'z'.repeat(32), seconds: 30 },
  ];

  test('a cached build, then the history, then what the others take', async () => {
    await using mirror = await mirrorWith({ [near.hash]: packed(timesOf('{"total": 90}')) });
    expect(await mirror.costs({ history })).toEqual({
      hdf5: [90, 'build time', NEAR],
      zlib: [30, 'history', 'zlib@1.1/zzzzzzz'],
      new: [90, 'median', undefined],
    });
  });

  test('without times and history, the size of the tarball, as seconds go by megabytes where both are known', async () => {
    const [timed, untimed] = [packed(timesOf('{"total": 90}'), much(10_000)), packed(much(20_000))];
    await using mirror = await mirrorWith({ [near.hash]: timed, [zlib.hash]: untimed });
    const { zlib: cost } = await mirror.costs();
    expect(cost?.slice(1)).toEqual(['tarball size', ZLIB]);
    expect(cost?.[0]).toBeCloseTo((90 * untimed.length) / timed.length);
  });
});
