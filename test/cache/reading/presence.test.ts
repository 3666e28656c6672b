import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type IndexStore, openIndexStore } from '../../../src/cache/index/store.ts';
import { specManifestKey } from '../../../src/cache/layouts/layout3.ts';
import { findPresence, type Presence, type PresenceOptions } from '../../../src/cache/reading/presence.ts';
import type { SpecGraph } from '../../../src/spec/graph.ts';
import { readLockfile } from '../../../src/spec/lockfile.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import { cleanupsAfterEach } from '../../harness/cleanups.ts';
import { generateEnvironment } from '../../harness/generate.ts';
import { generateMirror } from '../../harness/generate-mirror.ts';
import {
  type Fault,
  type HttpServer,
  type LoggedRequest,
  startHttpServer,
} from '../../harness/http-server.ts';
import { openS3 } from '../../harness/s3-place.ts';
import { startS3Server } from '../../harness/s3-server.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import {
  built,
  copyMirror,
  fixtureGraph,
  type HttpOptions,
  openHttp,
  openStorage,
  readersOf,
  type SpackVersion,
} from '../mirror-fixture.ts';
import { NO_INDEX_STORE } from '../no-index-store.ts';

const cleanups = cleanupsAfterEach();

const OPTIONS: PresenceOptions = {
  verify: 'exists',
  forbidden: 'auto',
  jobs: 4,
  store: NO_INDEX_STORE,
  ttlMs: 0,
};

async function folder(): Promise<string> {
  const dir = await tempDir();
  cleanups.push(async () => await dir[Symbol.asyncDispose]());
  return dir.path;
}

async function serve(options: Parameters<typeof startHttpServer>[0]): Promise<HttpServer> {
  const server = await startHttpServer(options);
  cleanups.push(() => server.close());
  return server;
}

interface Asked {
  readonly options?: Partial<PresenceOptions>;
  readonly http?: HttpOptions;
}

async function ask(
  location: string,
  graph: SpecGraph,
  specs: readonly SpecNode[],
  { options = {}, http }: Asked = {},
): Promise<Presence> {
  const storage = http === undefined ? await openStorage(location) : await openHttp(location, http);
  try {
    return await findPresence(readersOf(storage, graph), specs, { ...OPTIONS, ...options });
  } finally {
    await storage.close();
  }
}

function states(presence: Presence): Record<string, string> {
  return Object.fromEntries([...presence.states].map(([hash, { state }]) => [hash, state]).sort());
}

function statesOf(specs: readonly SpecNode[], present: (node: SpecNode) => boolean): Record<string, string> {
  return Object.fromEntries(specs.map((n) => [n.hash, present(n) ? 'present' : 'missing']).sort());
}

/** How an index can be wrong, each done to a copy of a layout-3 fixture. */
function indexBlob(root: string): string {
  const text = readFileSync(join(root, INDEX_MANIFEST), 'utf8');
  const checksum = /"checksum":"([0-9a-f]{64})"/.exec(text)?.[1] ?? '';
  return join(root, 'blobs/sha256', checksum.slice(0, 2), checksum);
}

const INDEX_MANIFEST = 'v3/manifests/index/index.manifest.json';
const INDEX_2 = 'build_cache/index.json';

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`nothing changed in ${file}`);
  writeFileSync(file, after);
}

const DAMAGE_3: Record<string, (root: string) => void> = {
  intact: () => undefined,
  'manifest deleted': (root) => rmSync(join(root, INDEX_MANIFEST)),
  'blob deleted': (root) => rmSync(indexBlob(root)),
  'blob bytes changed': (root) => edit(indexBlob(root), (text) => text.replace('libtoy', 'libtoi')),
  'blob cut short': (root) => edit(indexBlob(root), (text) => text.slice(0, text.length >> 1)),
  'blob empty': (root) => writeFileSync(indexBlob(root), ''),
  'digest wrong': (root) =>
    edit(join(root, INDEX_MANIFEST), (text) => text.replace(/"checksum":"..../, '"checksum":"0000')),
  'manifest garbage': (root) => writeFileSync(join(root, INDEX_MANIFEST), '\0\u0001 not json'),
  'manifest a web page': (root) => writeFileSync(join(root, INDEX_MANIFEST), '<!DOCTYPE html><html></html>'),
  'manifest hostile': (root) =>
    writeFileSync(join(root, INDEX_MANIFEST), '{"version":{"toString":1,"valueOf":1},"data":[]}'),
  'manifest of something else': (root) =>
    writeFileSync(join(root, INDEX_MANIFEST), '{"version":3,"data":[]}'),
};

const DAMAGE_2: Record<string, (root: string) => void> = {
  intact: () => undefined,
  'index and hash deleted': (root) => {
    rmSync(join(root, INDEX_2));
    rmSync(join(root, `${INDEX_2}.hash`));
  },
  'index deleted': (root) => rmSync(join(root, INDEX_2)),
  'hash deleted': (root) => rmSync(join(root, `${INDEX_2}.hash`)),
  'hash garbage': (root) => writeFileSync(join(root, `${INDEX_2}.hash`), '<html>'),
  'hash wrong': (root) => writeFileSync(join(root, `${INDEX_2}.hash`), '0'.repeat(64)),
  'index changed': (root) => edit(join(root, INDEX_2), (text) => text.replace('libtoy', 'libtoi')),
  'index cut short': (root) => edit(join(root, INDEX_2), (text) => text.slice(0, text.length >> 1)),
};

describe.each(['file', 'http'] as const)('over %s', (transport) => {
  const open = async (root: string) => (transport === 'file' ? root : (await serve({ root })).url);

  describe.each([
    ['1.2', 'signed', DAMAGE_3],
    ['1.2', 'unsigned', DAMAGE_3],
    ['0.23', 'signed', DAMAGE_2],
    ['0.23', 'unsigned', DAMAGE_2],
  ] as const)("Spack %s's %s mirror", (version, kind, damage) => {
    test.each(Object.keys(damage))('index %s: the same answers', async (how) => {
      const graph = fixtureGraph(version);
      const specs = built(graph);
      const root = await folder();
      copyMirror(version, kind, root);
      removeEntry(root, version, 'zlib-toy');
      // Stale as it is: the index still lists what was removed. Only what it does not list is asked for.
      damage[how]?.(root);
      const location = await open(root);
      const expected = statesOf(specs, (node) => node.name !== 'zlib-toy');
      for (const verify of ['manifests', 'blobs'] as const) {
        const presence = await ask(location, graph, specs, { options: { verify } });
        expect(states(presence), verify).toEqual(expected);
      }
      const believed = await ask(location, graph, specs);
      const usable = believed.index !== undefined;
      expect(states(believed)).toEqual(usable ? statesOf(specs, () => true) : expected);
      expect(usable).toBe(how === 'intact' || (version === '0.23' && /^hash (deleted|garbage)$/.test(how)));
    });
  });

  test('an index that lists too little hides nothing', async () => {
    const environment = generateEnvironment({ specs: 40, seed: 3 });
    const graph = readLockfile(environment.lockfile, 'spack.lock');
    const specs = built(graph);
    const root = await folder();
    const there = (hash: string) => hash < 'm';
    await generateMirror(root, environment, {
      present: ({ hash }) => there(hash),
      indexed: ({ hash }) => hash < 'd',
    });
    const presence = await ask(await open(root), graph, specs);
    expect(states(presence)).toEqual(statesOf(specs, ({ hash }) => there(hash)));
    const by = [...presence.states].filter(([, s]) => s.state === 'present' && s.by === 'index');
    expect(by.map(([hash]) => hash).sort()).toEqual(
      specs
        .map(({ hash }) => hash)
        .filter((hash) => hash < 'd')
        .sort(),
    );
  });

  test('an index that lists too much is found out by asking for manifests, and says why', async () => {
    const environment = generateEnvironment({ specs: 30, seed: 4 });
    const graph = readLockfile(environment.lockfile, 'spack.lock');
    const specs = built(graph);
    const root = await folder();
    await generateMirror(root, environment, { present: ({ hash }) => hash < 'm', indexed: () => true });
    const location = await open(root);
    const presence = await ask(location, graph, specs, { options: { verify: 'manifests' } });
    expect(states(presence)).toEqual(statesOf(specs, ({ hash }) => hash < 'm'));
    const absent = [...presence.states.values()].find(({ state }) => state === 'missing');
    expect(absent).toEqual({ state: 'missing', reason: 'the index lists it, but it is not there' });
  });

  test('a missing or cut-short tarball is found out by asking for blobs only', async () => {
    const graph = fixtureGraph('1.2');
    const specs = built(graph);
    const root = await folder();
    copyMirror('1.2', 'signed', root);
    const [gone, short] = [tarballOf(root, 'libtoy'), tarballOf(root, 'toypy')];
    rmSync(gone);
    writeFileSync(short, readFileSync(short).subarray(1));
    const location = await open(root);
    const manifests = await ask(location, graph, specs, { options: { verify: 'manifests' } });
    expect(states(manifests)).toEqual(statesOf(specs, () => true));
    const blobs = await ask(location, graph, specs, { options: { verify: 'blobs' } });
    expect(states(blobs)).toEqual(statesOf(specs, ({ name }) => name !== 'libtoy' && name !== 'toypy'));
    const reasons = [...blobs.states.values()].flatMap((s) => (s.state === 'missing' ? [s.reason] : []));
    expect(reasons.some((reason) => reason?.includes('a blob that is not there'))).toBe(true);
    expect(reasons.some((reason) => /has \d+ bytes instead of \d+/.test(reason ?? ''))).toBe(true);
  });

  test('damaged manifests are unknown, and do not make the rest unknown', async () => {
    const environment = generateEnvironment({ specs: 30, seed: 5 });
    const graph = readLockfile(environment.lockfile, 'spack.lock');
    const specs = built(graph);
    const root = await folder();
    const { entries } = await generateMirror(root, environment, { index: false });
    const damaged = new Set(specs.slice(0, 10).map(({ hash }) => hash));
    for (const hash of damaged) writeFileSync(join(root, entries.get(hash)?.manifest ?? ''), '{"version":3');
    const presence = await ask(await open(root), graph, specs, { options: { jobs: 1 } });
    for (const { hash } of specs) {
      expect(presence.states.get(hash)?.state).toBe(damaged.has(hash) ? 'unknown' : 'present');
    }
  });

  test('nothing there at all: everything is missing', async () => {
    const graph = fixtureGraph('1.2');
    const specs = built(graph);
    const presence = await ask(await open(await folder()), graph, specs);
    expect(states(presence)).toEqual(statesOf(specs, () => false));
    expect(presence).toMatchObject({ index: undefined, notes: [] });
  });
});

describe('a mirror that gives no answer', () => {
  const FAULTS: [string, Fault, string][] = [
    ['401', { status: 401 }, 'denied'],
    ['403', { status: 403 }, 'denied'],
    ['429', { status: 429 }, 'throttled'],
    ['429 for an hour', { status: 429, headers: { 'retry-after': '3600' } }, 'throttled'],
    ['500', { status: 500 }, 'server-error'],
    ['503', { status: 503, headers: { 'retry-after': '0' } }, 'server-error'],
    ['a reset', 'reset', 'unreachable'],
    ['a stall', 'stall', 'unreachable'],
    ['a redirect loop', 'redirect-loop', 'protocol'],
    ['a web page', 'html', 'protocol'],
    ['another protocol', 'garbage', 'unreachable'],
    ['304, which nobody asked for', { status: 304 }, 'protocol'],
    ['an empty answer', { status: 200, body: '' }, 'bad-input'],
    ['some JSON for whatever is asked', { status: 200, body: '{"error": "not found"}' }, 'bad-input'],
  ];
  test.each(FAULTS)('%s: unknown', async (_, fault, code) => {
    const graph = fixtureGraph('1.2');
    const specs = built(graph);
    const server = await serve({ fault: () => fault });
    const http = fault === 'stall' ? { timeoutMs: 40, retries: 0 } : { timeoutMs: 1000, retries: 1 };
    const presence = await ask(server.url, graph, specs, { http });
    for (const state of presence.states.values()) expect(state).toMatchObject({ state: 'unknown', code });
    expect(presence.states.size).toBe(specs.length);
  });

  test('manifests that need a newer program: unknown, each for itself', async () => {
    const graph = fixtureGraph('1.2');
    const specs = built(graph);
    const root = await folder();
    copyMirror('1.2', 'signed', root);
    const newer = '{"version":4,"blobs":"elsewhere"}';
    for (const spec of specs.slice(1)) writeFileSync(join(root, specManifestKey(spec)), newer);
    writeFileSync(join(root, INDEX_MANIFEST), newer);
    const presence = await ask(root, graph, specs, { options: { jobs: 1 } });
    expect(specs.length).toBeGreaterThan(5);
    for (const [i, spec] of specs.entries()) {
      const reason = expect.stringContaining(spec.hash);
      const expected = i === 0 ? { state: 'present' } : { state: 'unknown', code: 'unsupported', reason };
      expect(presence.states.get(spec.hash)).toMatchObject(expected);
    }
    expect(presence.notes.join()).toMatch(/its index cannot be used.*needs a newer program/);
  });

  test.each(['truncate', 'stall-body'] as const)('%s on every manifest: unknown', async (fault) => {
    const graph = fixtureGraph('1.2');
    const specs = built(graph);
    const root = await folder();
    copyMirror('1.2', 'signed', root);
    const server = await serve({
      root,
      fault: ({ path }) => (path.includes('/v3/manifests/') ? fault : undefined),
    });
    const presence = await ask(server.url, graph, specs, {
      http: { timeoutMs: fault === 'stall-body' ? 40 : 1000 },
    });
    for (const state of presence.states.values()) {
      expect(state).toMatchObject({ state: 'unknown', code: 'unreachable' });
    }
  });

  test.each(['truncate', 'stall-body', 'corrupt', 'reset', 'html'] as const)(
    '%s on the index blob only: each spec is asked for',
    async (fault) => {
      const graph = fixtureGraph('1.2');
      const specs = built(graph);
      const root = await folder();
      copyMirror('1.2', 'signed', root);
      const server = await serve({
        root,
        fault: ({ path }) => (path.includes('/blobs/') ? fault : undefined),
      });
      const presence = await ask(server.url, graph, specs, { http: { timeoutMs: 150 } });
      expect(states(presence)).toEqual(statesOf(specs, () => true));
      expect(presence.index).toBeUndefined();
    },
  );

  test('nobody listens: unknown, in a few attempts', async () => {
    const port = await new Promise<number>((resolve, reject) => {
      const probe = createServer();
      probe.once('error', reject);
      probe.listen(0, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
      });
    });
    const graph = fixtureGraph('1.2');
    const specs = built(graph);
    const presence = await ask(`http://127.0.0.1:${port}`, graph, specs);
    for (const state of presence.states.values()) {
      expect(state).toMatchObject({ state: 'unknown', code: 'unreachable' });
      expect(state.state === 'unknown' && state.reason).toContain('refused');
    }
  });

  test('a pause the server asks for is taken, and then it answers', async () => {
    const graph = fixtureGraph('1.2');
    const root = await folder();
    copyMirror('1.2', 'signed', root);
    const server = await serve({
      root,
      fault: ({ attempt }) => (attempt === 1 ? { status: 429, headers: { 'retry-after': '0' } } : undefined),
    });
    const presence = await ask(server.url, graph, built(graph));
    expect(states(presence)).toEqual(statesOf(built(graph), () => true));
  });

  test('it dies midway: what was answered stands, the rest is unknown, and it is not asked 1,000 times', async () => {
    const environment = generateEnvironment({ specs: 1000, seed: 6 });
    const graph = readLockfile(environment.lockfile, 'spack.lock');
    const specs = built(graph);
    let alive = 40;
    const server = await serve({ fault: () => (alive-- > 0 ? undefined : { status: 503 }) });
    const presence = await ask(server.url, graph, specs, { http: { retries: 0 } });
    const missing = [...presence.states.values()].filter(({ state }) => state === 'missing').length;
    const unknown = [...presence.states.values()].filter(({ state }) => state === 'unknown').length;
    expect(missing).toBeGreaterThan(2);
    expect(missing).toBeLessThan(40);
    expect(missing + unknown).toBe(specs.length);
    expect(server.requests.length).toBeLessThan(80);
  });

  test('it never answers well: a handful of requests for 1,000 specs', async () => {
    const environment = generateEnvironment({ specs: 1000, seed: 6 });
    const graph = readLockfile(environment.lockfile, 'spack.lock');
    const server = await serve({ fault: () => ({ status: 500 }) });
    const presence = await ask(server.url, graph, built(graph), { http: { retries: 1 } });
    expect(new Set([...presence.states.values()].map(({ state }) => state))).toEqual(new Set(['unknown']));
    expect(server.requests.length).toBeLessThan(30);
  });

  test('one failure in between does not end the asking', async () => {
    const environment = generateEnvironment({ specs: 60, seed: 7 });
    const graph = readLockfile(environment.lockfile, 'spack.lock');
    const specs = built(graph);
    const root = await folder();
    await generateMirror(root, environment, { index: false });
    const sick = new Set(specs.filter((_, i) => i % 3 === 0).map((node) => `/${specManifestKey(node)}`));
    const server = await serve({ root, fault: ({ path }) => (sick.has(path) ? { status: 503 } : undefined) });
    const presence = await ask(server.url, graph, specs, { options: { jobs: 1 }, http: { retries: 0 } });
    for (const [i, { hash }] of specs.entries()) {
      expect(presence.states.get(hash)?.state).toBe(i % 3 === 0 ? 'unknown' : 'present');
    }
  });

  test('the signal ends it', async () => {
    const graph = fixtureGraph('1.2');
    const server = await serve({ fault: () => 'stall' });
    const signal = AbortSignal.timeout(50);
    const asked = ask(server.url, graph, built(graph), { options: { signal } });
    await expect(asked).rejects.toThrow();
    expect(signal.aborted).toBe(true);
  });
});

describe('403 for what is not there', () => {
  const forbidding = (root: string) => async (request: LoggedRequest) => {
    const { openFileStorage } = await import('../../../src/storage/file/file.ts');
    const found = await openFileStorage(root).head(request.path.slice(1));
    return found === undefined ? { status: 403 } : undefined;
  };

  test.each([
    ['with an index', true],
    ['without one', false],
  ])('%s: missing, with a note; unknown where that is asked for', async (_, index) => {
    const environment = generateEnvironment({ specs: 20, seed: 8 });
    const graph = readLockfile(environment.lockfile, 'spack.lock');
    const specs = built(graph);
    const root = await folder();
    await generateMirror(root, environment, { present: ({ hash }) => hash < 'm', index });
    const server = await serve({ root, fault: forbidding(root) });
    const presence = await ask(server.url, graph, specs);
    expect(states(presence)).toEqual(statesOf(specs, ({ hash }) => hash < 'm'));
    expect(presence.notes.join()).toContain('403');
    const strict = await ask(server.url, graph, specs, { options: { forbidden: 'unknown' } });
    for (const { hash } of specs) {
      if (hash >= 'm') expect(strict.states.get(hash)).toMatchObject({ state: 'unknown', code: 'denied' });
    }
  });

  test.each<[string, Exclude<Fault, undefined>]>([
    ['a page', 'html'],
    [
      'a page, and says that it is JSON',
      { status: 200, headers: { 'content-type': 'application/json' }, body: '<html>' },
    ],
    ['nothing', { status: 204 }],
    ['an empty document', { status: 200, body: '' }],
    ['some other JSON', { status: 200, body: '{"error": "log in"}' }],
    ['a list', { status: 200, body: '[]' }],
  ])('a mirror that refuses everything but shows %s for its layout is unknown', async (_, layout) => {
    for (const version of ['1.2', '0.23'] as const) {
      const graph = fixtureGraph(version);
      const server = await serve({
        fault: ({ path }) => (path.endsWith('/layout.json') ? layout : { status: 403 }),
      });
      const presence = await ask(server.url, graph, built(graph));
      expect(new Set(Object.values(states(presence)))).toEqual(new Set(['unknown']));
    }
  });

  test.each([
    ['its index', true],
    ['its layout', false],
  ])('a mirror that refuses everything from some moment on, also %s, is unknown', async (_, index) => {
    const environment = generateEnvironment({ specs: 20, seed: 8 });
    const graph = readLockfile(environment.lockfile, 'spack.lock');
    const specs = built(graph);
    const root = await folder();
    await generateMirror(root, environment, { indexed: ({ hash }) => hash < 'm', index });
    let left = 4;
    let isEntry = false;
    const server = await serve({
      root,
      fault: ({ path }) => {
        isEntry ||= path.includes('/spec/');
        return isEntry && left-- <= 0 ? { status: 403 } : undefined;
      },
    });
    const presence = await ask(server.url, graph, specs);
    const found = new Set(Object.values(states(presence)));
    expect(found).toEqual(new Set(['present', 'unknown']));
    expect(presence.notes.join()).not.toContain('403');
  });

  test('a 403 with a reason of its own says nothing of what is there', async () => {
    const graph = fixtureGraph('1.2');
    const specs = built(graph);
    const [first] = specs;
    for (const code of [
      'AccessDenied',
      'SignatureDoesNotMatch',
      'InvalidObjectState',
      'InvalidAccessKeyId',
    ]) {
      const server = await startS3Server({
        fault: ({ key }) =>
          key.endsWith(specManifestKey(first as SpecNode)) ? { status: 403, code } : undefined,
      });
      cleanups.push(() => server.close());
      const storage = await openS3(server.url);
      cleanups.push(() => storage.close());
      await storage.put('v3/layout.json', Buffer.from('{"signing": "gpg"}'));
      const presence = await findPresence(readersOf(storage, graph), specs, OPTIONS);
      const state = presence.states.get(first?.hash ?? '')?.state;
      expect([code, state]).toEqual([code, code === 'AccessDenied' ? 'missing' : 'unknown']);
    }
  });

  test('a mirror that refuses everything is unknown, not empty', async () => {
    const graph = fixtureGraph('1.2');
    const server = await serve({ fault: () => ({ status: 403 }) });
    const presence = await ask(server.url, graph, built(graph));
    expect(new Set(Object.values(states(presence)))).toEqual(new Set(['unknown']));
    const told = await ask(server.url, graph, built(graph), { options: { forbidden: 'missing' } });
    expect(new Set(Object.values(states(told)))).toEqual(new Set(['missing']));
  });
});

describe('the local store of indices', () => {
  const setUp = async (version: SpackVersion = '1.2') => {
    const graph = fixtureGraph(version);
    const root = await folder();
    copyMirror(version, 'signed', root);
    const server = await serve({ root });
    const local = await folder();
    const store: IndexStore = openIndexStore(local);
    const run = async (ttlMs = 0) => {
      server.requests.length = 0;
      const presence = await ask(server.url, graph, built(graph), { options: { store, ttlMs } });
      expect(states(presence)).toEqual(statesOf(built(graph), () => true));
      return { from: presence.index, paths: server.requests.map(({ path }) => path).sort() };
    };
    return { root, local, run };
  };

  test('warm: nothing but the manifest is asked for', async () => {
    const { run } = await setUp();
    expect((await run()).from).toBe('mirror');
    const warm = await run();
    expect(warm.from).toBe('local copy');
    expect(warm.paths.filter((path) => path.includes('/blobs/'))).toEqual([]);
    expect(warm.paths).toContain(`/${INDEX_MANIFEST}`);
  });

  test('warm, layout 2: nothing but the hash', async () => {
    const { run } = await setUp('0.23');
    expect((await run()).from).toBe('mirror');
    const warm = await run();
    expect(warm.from).toBe('local copy');
    expect(warm.paths).not.toContain(`/${INDEX_2}`);
  });

  test('fresh: layout 3 is not asked at all', async () => {
    const { run } = await setUp();
    await run();
    const fresh = await run(60_000);
    expect(fresh.from).toBe('local copy');
    expect(fresh.paths.filter((path) => path.startsWith('/v3') || path.startsWith('/blobs'))).toEqual([]);
  });

  test.each([
    [
      'says more than the mirror',
      (text: string) => text.replaceAll('"in_buildcache":false', '"in_buildcache":true'),
    ],
    ['is cut short', (text: string) => text.slice(0, 100)],
    ['is empty', () => ''],
  ])('a local copy that %s is not believed', async (_, change) => {
    const { run, local } = await setUp();
    await run();
    for (const name of readdirSync(local).filter((each) => each.endsWith('.index'))) {
      edit(join(local, name), change);
    }
    expect((await run(60_000)).from).toBe('mirror');
    expect((await run()).from).toBe('local copy');
  });

  test.each(['not json', '{}', '{"document":"../../etc/passwd","location":{}}', ''])(
    'a pointer of %j is passed over',
    async (text) => {
      const { run, local } = await setUp();
      await run();
      for (const name of readdirSync(local).filter((each) => each.endsWith('.json'))) {
        writeFileSync(join(local, name), text);
      }
      expect((await run(60_000)).from).toBe('mirror');
    },
  );

  test('a changed index is fetched again', async () => {
    const { run, root } = await setUp('0.23');
    await run();
    edit(join(root, INDEX_2), (text) => `${text}\n`);
    rmSync(join(root, `${INDEX_2}.hash`));
    expect((await run()).from).toBe('mirror');
  });
});

function removeEntry(root: string, version: SpackVersion, name: string): void {
  const from = version === '1.2' ? `v3/manifests/spec/${name}` : 'build_cache';
  for (const file of readdirSync(join(root, from), { recursive: true, encoding: 'utf8' })) {
    if (file.includes(name) && /\.(json|sig)$/.test(file)) rmSync(join(root, from, file));
  }
}

function tarballOf(root: string, name: string): string {
  const [manifest = ''] = readdirSync(join(root, 'v3/manifests/spec', name));
  const text = readFileSync(join(root, 'v3/manifests/spec', name, manifest), 'utf8');
  const checksum = /"checksum":"([0-9a-f]{64})"/.exec(text)?.[1] ?? '';
  return join(root, 'blobs/sha256', checksum.slice(0, 2), checksum);
}

describe('specs that are on their way', () => {
  test('are waited for only once the mirror is asked for its index itself', async () => {
    const root = await folder();
    copyMirror('1.2', 'unsigned', root);
    let come = (_: SpecNode[]): void => undefined;
    const specs = new Promise<SpecNode[]>((resolve) => {
      come = resolve;
    });
    const graph = fixtureGraph('1.2');
    const isBlob = ({ path }: LoggedRequest) => path.includes('/blobs/');
    const server = await serve({
      root,
      fault: (request) => {
        if (isBlob(request)) come(built(graph));
        return undefined;
      },
    });
    const storage = await openHttp(server.url);
    const { states } = await findPresence(readersOf(storage, graph), specs, OPTIONS);
    await storage.close();
    expect([...states.values()]).toEqual(
      built(graph).map(() => ({ state: 'present', by: 'index', layout: 'v3' })),
    );
    expect(server.requests.filter(isBlob)).toHaveLength(1);
  });

  test('that never come are the error, whatever the mirror answers', async () => {
    const graph = fixtureGraph('1.2');
    const server = await serve({ fault: () => ({ status: 500 }) });
    const storage = await openHttp(server.url, { retries: 0 });
    const asked = Promise.reject(new Error('there are none'));
    await expect(findPresence(readersOf(storage, graph), asked, OPTIONS)).rejects.toThrow('there are none');
    await storage.close();
  });
});

describe('a damaged index of layout 2 beside layout 3', () => {
  const hashFile = (root: string) => join(root, 'build_cache/index.json.hash');
  test.each([
    [
      'its digest is that of another index',
      (root: string) => writeFileSync(hashFile(root), '0'.repeat(64)),
      {},
    ],
    ['it is larger than it may be', () => undefined, { maxIndexBytes: 100 }],
  ])('makes nothing of layout 2 missing: %s', async (_, damage, more) => {
    await using dir = await tempDir();
    copyMirror('0.23', 'signed', dir.path);
    mkdirSync(join(dir.path, 'v3'), { recursive: true });
    writeFileSync(join(dir.path, 'v3/layout.json'), '{"signing": "gpg"}');
    damage(dir.path);
    const graph = fixtureGraph('0.23');
    const storage = await openStorage(dir.path);
    const found = await findPresence(readersOf(storage, graph), built(graph), { ...OPTIONS, ...more });
    await storage.close();
    expect(new Set([...found.states.values()].map(({ state }) => state))).toEqual(new Set(['present']));
    expect(found.notes).toMatchObject([expect.stringContaining('every spec was asked for')]);
  });
});
