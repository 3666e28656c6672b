import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { EntryRefused } from '../../src/spec/asked-spec-file.ts';
import { type InstallPackageOptions, installPackage, sharedWork } from '../../src/tree/install-package.ts';
import { readInstallSettings } from '../../src/tree/install-settings.ts';
import { installPrefix } from '../../src/tree/projection.ts';
import type { StageJob } from '../../src/tree/stage-job.ts';
import { type StageThreads, startStageThreads } from '../../src/tree/stage-threads.ts';
import {
  buildInfo,
  HASH,
  infoEntry,
  OLD_ROOT,
  PACKED,
  packageTarball,
  parents,
} from '../package/make-package.ts';
import { entry, tgz } from '../package/make-tar.ts';
import { snapshot } from '../package/tree-snapshot.ts';
import { toyPackages } from './toy-mirror.ts';

/** How many threads the system still gives. */
const system = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));
vi.mock('node:worker_threads', async (load) => {
  const real = await load<typeof import('node:worker_threads')>();
  class Worker extends real.Worker {
    constructor(...how: ConstructorParameters<typeof real.Worker>) {
      if (system.left-- <= 0) throw new Error('Worker initialization failure: EAGAIN');
      super(...how);
    }
  }
  return { ...real, Worker };
});

/** A short one: longer prefixes do not fit into the toys' binaries. */
let root: string;
/** The same for all tests: a failure does not spoil them. */
let threads: StageThreads;

beforeAll(() => {
  threads = startStageThreads(2);
});
afterAll(() => threads.close());
beforeEach(() => {
  root = mkdtempSync('/tmp/t-');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function jobAt(name: string): StageJob {
  const tree = join(root, name, 'tree');
  mkdirSync(tree, { recursive: true });
  return {
    staging: { prefix: join(root, `${name}-prefix`), tree, scratch: join(root, name, 'scratch') },
    spec: { name: 'pkg', hash: HASH, packed: HASH },
    format: 'elf',
    target: { storeRoot: '/t', sbangPath: '/t/bin/sbang', prefixes: [] },
    mode: undefined,
    limits: undefined,
    tools: undefined,
    check: undefined,
  };
}

const specFile = (hash: string) =>
  entry({ name: `${PACKED}/.spack/spec.json`, body: JSON.stringify({ spec: { nodes: [{ hash }] } }) });
const text = entry({ name: `${PACKED}/text`, body: `${OLD_ROOT}/x` });
const tarball = packageTarball([specFile(HASH), text], buildInfo({ text: ['text'] }));
const noDocument = () => expect.unreachable();

test('the toy packages become what they become without threads', async () => {
  const settings = readInstallSettings(
    { config: {}, packages: { all: { permissions: { read: 'group' } } }, file: 'spack.yaml' },
    { root, expand: (path) => path },
  );
  const installAll = async (count: number) => {
    const shared = sharedWork(settings, count);
    for (const { graph, node, tarball: open } of toyPackages().values()) {
      const prefixOf = (hash: string) => {
        const found = graph.nodes.get(hash);
        return (found && installPrefix(found, graph, settings)) ?? '';
      };
      const options: InstallPackageOptions = {
        settings,
        node,
        graph,
        prefixOf,
        tarball: await buffer(open()),
        lock: undefined,
        shared,
      };
      await installPackage(options);
    }
    await shared.threads?.close();
    const found = snapshot(root);
    for (const name of readdirSync(root)) await rm(join(root, name), { recursive: true });
    return found;
  };
  expect(await installAll(1)).toEqual(await installAll(0));
});

test('many packages share few threads, and each gets its own', async () => {
  const all = await Promise.all(
    Array.from({ length: 12 }, (_, i) => threads.stage(jobAt(`job${i}`), tarball, noDocument)),
  );
  for (const [i, { from, relocated, files }] of all.entries()) {
    expect({ relocated, files }).toEqual({ relocated: { text: 1, binaries: 0, links: 0 }, files: 3 });
    expect(from.startsWith(join(root, `job${i}`))).toBe(true);
    expect(readFileSync(join(from, 'text'), 'utf8')).toBe('/t/x');
  }
});

test('the bytes stay those of whoever has handed them over', async () => {
  const slab = Buffer.concat([Buffer.alloc(100, 1), tarball, Buffer.alloc(100, 2)]);
  const part = slab.subarray(100, 100 + tarball.length);
  for (const name of ['one', 'two']) await threads.stage(jobAt(name), part, noDocument);
  expect(part.equals(tarball)).toBe(true);
});

test('a spec file that is not in the tarball is asked for', async () => {
  const without = packageTarball([text], buildInfo({ text: ['text'] }));
  const { from } = await threads.stage(jobAt('old'), without, () => '{"asked":"for"}');
  expect(readFileSync(join(from, '.spack/spec.json'), 'utf8')).toBe('{"asked":"for"}');
  const failing = () => {
    throw new Error('not in the graph');
  };
  await expect(threads.stage(jobAt('none'), without, failing)).rejects.toThrow('not in the graph');
  await threads.stage(jobAt('next'), tarball, noDocument);
});

test.each([
  [
    'a damaged tarball',
    () => tarball.subarray(0, 60),
    { code: 'corrupt', message: 'the tarball is damaged' },
  ],
  ['data behind it', () => Buffer.concat([tarball, Buffer.alloc(9)]), { code: 'corrupt' }],
  ['no tar', () => gzipSync('x'.repeat(600)), { code: 'corrupt' }],
  ['no build info', () => tgz(parents(), text), { code: 'corrupt', facts: { expected: expect.any(String) } }],
  ['another spec', () => packageTarball([specFile('other')]), { code: 'corrupt' }],
  [
    'another package',
    () => tgz(parents(), infoEntry(buildInfo({}, { hash_to_prefix: {} }))),
    { code: 'corrupt' },
  ],
])('%s is the error that it is without threads', async (_, bad, expected) => {
  await expect(threads.stage(jobAt('bad'), bad(), noDocument)).rejects.toMatchObject(expected);
  await threads.stage(jobAt('good'), tarball, noDocument);
});

test('an entry whose spec file is of another spec is refused, and nothing is written', async () => {
  const nodes = [{ name: 'pkg', version: '1', hash: HASH, arch: {}, namespace: 'builtin' }];
  const bytes = Buffer.from(JSON.stringify({ spec: { _meta: { version: 5 }, nodes } }));
  const check = { bytes, url: 'https://mirror/entry', asked: { hash: HASH }, signed: false };
  const staged = threads.stage({ ...jobAt('refused'), check }, tarball, noDocument);
  await expect(staged).rejects.toBeInstanceOf(EntryRefused);
  await expect(staged).rejects.toMatchObject({
    why: expect.objectContaining({ code: 'bad-input', facts: expect.objectContaining({ file: check.url }) }),
  });
  expect(readdirSync(join(root, 'refused', 'tree'))).toEqual([]);
  await threads.stage(jobAt('next'), tarball, noDocument);
});

test('a hostile name gets nowhere', async () => {
  const evil = entry({ name: `${PACKED}/../../../../../../../../..${root}/out`, body: 'x' });
  await expect(threads.stage(jobAt('evil'), packageTarball([evil]), noDocument)).rejects.toMatchObject({
    code: 'corrupt',
  });
  expect(existsSync(join(root, 'out'))).toBe(false);
});

test('threads that end fail what they were doing, and others take over', async () => {
  const job = jobAt('cut');
  const large = gzipSync(Buffer.concat([gunzipSync(tarball), Buffer.alloc(8_000_000)]));
  const cut = threads.stage(job, large, noDocument);
  const failed = expect(cut).rejects.toMatchObject({ code: 'internal' });
  await threads.close();
  await failed;
  await threads.stage(jobAt('next'), tarball, noDocument);
});

test('a cancelled one ends at once, however much there is in it', async () => {
  const stop = new AbortController();
  const large = gzipSync(Buffer.concat([gunzipSync(tarball), Buffer.alloc(100_000_000)]), { level: 1 });
  const running = threads.stage(jobAt('large'), large, noDocument, stop.signal);
  setTimeout(() => stop.abort(), 10);
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  await expect(threads.stage(jobAt('late'), tarball, noDocument, stop.signal)).rejects.toMatchObject({
    code: 'cancelled',
  });
  await threads.stage(jobAt('next'), tarball, noDocument);
});

test.each([0, 1])('a system that gives no more than %i threads fails no package', async (left) => {
  system.left = left;
  try {
    const few = startStageThreads(2);
    few.warmUp();
    expect(few.hasRoom()).toBe(left > 0);
    if (left > 0)
      await Promise.all(['a', 'b'].map((name) => few.stage(jobAt(name), Buffer.from(tarball), noDocument)));
    await few.close();
  } finally {
    system.left = Number.POSITIVE_INFINITY;
  }
});
