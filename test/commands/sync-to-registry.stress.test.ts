import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openIndexStore } from '../../src/cache/index/store.ts';
import { openLayout2 } from '../../src/cache/layouts/layout2.ts';
import { openLayout3 } from '../../src/cache/layouts/layout3.ts';
import { openOci } from '../../src/cache/oci/reader.ts';
import { specTag } from '../../src/cache/oci/tags.ts';
import { openOciWriter } from '../../src/cache/oci/writer.ts';
import { verifyEntry } from '../../src/cache/reading/verified-entry.ts';
import { openSigner } from '../../src/cache/trust/signing.ts';
import { openTrust } from '../../src/cache/trust/trust.ts';
import { migrate } from '../../src/commands/migrate.ts';
import type { SyncJob } from '../../src/commands/sync.ts';
import { environmentWork } from '../../src/commands/sync-work.ts';
import { parseMirrors } from '../../src/mirrors/config.ts';
import type { Mirror } from '../../src/mirrors/mirror.ts';
import { type SyncResult, syncExitCode } from '../../src/plan/sync-result.ts';
import { SILENT } from '../../src/report/reporter.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { parseImageReference } from '../../src/storage/registry/reference.ts';
import type { StorageReader } from '../../src/storage/storage.ts';
import { type InstallTree, readInstallTree } from '../../src/tree/install-tree.ts';
import { makeKey } from '../cache/keys.ts';
import { FIXTURES, fixtureGraph, openHttp } from '../cache/mirror-fixture.ts';
import { folderDocuments } from '../cache/mirror-state.ts';
import { fillFromSpack } from '../cache/registry-fixture.ts';
import {
  assertSoundRegistry,
  forgeImage,
  imageOf,
  listedInRegistry,
  NO_OPTIONS,
  registryPlace,
  taggedHashes,
} from '../cache/registry-place.ts';
import { startHttpServer } from '../harness/http-server.ts';
import type { TestRegistryOptions } from '../harness/registry.ts';
import { openTestReader, openTestRegistry } from '../harness/registry-client.ts';
import { sha256Of, type TestRepository } from '../harness/registry-store.ts';
import { openS3 } from '../harness/s3-place.ts';
import { startS3Server } from '../harness/s3-server.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { buildInfo, infoEntry, PACKED, parents } from '../package/make-package.ts';
import { entry as tarEntry, tgz } from '../package/make-tar.ts';
import { EXPECTED, moveToyStore, pushable, unpackToyStore } from '../tree/toy-store.ts';
import { kinds, pushToy, target } from './push-toy.ts';
import { listJobs, type SyncFixture, syncAll, tally } from './sync-fixture.ts';

let dir: TempDir;
let tree: InstallTree;
/** What we push of the install tree to a folder: the same layers as to a registry. */
let mirror: string;
let index: string;
/** What a push of the same leaves in a registry. */
let expected: Awaited<ReturnType<typeof pushed>>;
beforeAll(async () => {
  dir = await tempDir();
  tree = await unpackToyStore(`${dir.path}/store`);
  mirror = join(dir.path, 'mirror');
  index = join(dir.path, 'index');
  expect(kinds(await pushToy(tree, [target(openFileStorage(mirror))]))).toEqual(Array(6).fill('pushed'));
  expected = await pushed();
  await close();
});
afterAll(() => dir[Symbol.asyncDispose]());

const closing: Array<() => Promise<void>> = [];
async function close(): Promise<void> {
  for (const each of closing.splice(0).reverse()) await each();
}
afterEach(close);

async function place(options?: TestRegistryOptions, more?: Parameters<typeof registryPlace>[1]) {
  const made = await registryPlace(options, more);
  closing.push(made.close);
  return { ...made, repository: made.server.repository('toy/cache') };
}

/** As another process would: nothing is known of what went before. */
async function syncTo(url: string, from: string | StorageReader, fixture: SyncFixture = {}) {
  const cache = openOciWriter(await openTestRegistry(url), NO_OPTIONS);
  const storage = typeof from === 'string' ? openFileStorage(from) : from;
  try {
    return await syncAll(storage, openFileStorage(dir.path), index, { cache, ...fixture });
  } finally {
    await cache.close();
  }
}

/** What images are, but for their times. */
function images(repository: TestRepository) {
  const all = [...repository.tags.keys()].filter((tag) => tag !== 'index.spack').sort();
  return Object.fromEntries(
    all.map((tag) => {
      const { manifest, config } = imageOf(repository, tag);
      const { archive_timestamp: _, config: run, ...rest } = config;
      const { config: descriptor, ...own } = manifest;
      return [tag, { ...own, type: descriptor.mediaType, config: rest, run: { ...run, Env: envOf(config) } }];
    }),
  );
}

/** Without what a machine's own `/usr` adds where an install tree is pushed: two externals are there. */
function envOf({ config }: ReturnType<typeof imageOf>['config']): string[] {
  const isOwn = (folder: string) => !/^\/usr\/(?:share|lib)\//.test(folder);
  return config.Env.map((entry) => {
    const [name = '', value = ''] = entry.split('=');
    return `${name}=${value.split(':').filter(isOwn).join(':')}`;
  }).filter((entry) => !entry.endsWith('='));
}

/** What a push leaves. */
async function pushed(more?: Parameters<typeof registryPlace>[1]) {
  const made = await place({}, more);
  const to = { name: 'mirror', cache: made.writer, signer: undefined, elsewhere: new Map() };
  expect(kinds(await pushToy(tree, [to]))).toEqual(Array(6).fill('pushed'));
  return images(made.repository);
}

function named(name: string): SpecNode {
  const found = pushable(tree).find((spec) => spec.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** To copy these, and nothing else. @param from what cannot be listed, over the same files */
async function only(
  names: readonly string[],
  from: StorageReader = openFileStorage(mirror),
): Promise<SyncJob[]> {
  const hashes = new Set(names.map((name) => named(name).hash));
  const reader = openLayout3(from, undefined);
  const source = { readers: [reader], trust: undefined, url: from.url };
  const all = await listJobs(openFileStorage(mirror));
  return all
    .filter(({ wanted }) => hashes.has(wanted.hash))
    .map(({ wanted }) => ({ source, wanted: { ...wanted, at: { reader, key: wanted.at?.key ?? '' } } }));
}

async function overHttp() {
  const server = await startHttpServer({ root: mirror });
  const from = await openHttp(server.url);
  closing.push(
    () => server.close(),
    () => from.close(),
  );
  return { server, from };
}

function failures(result: SyncResult): Record<string, string> {
  return Object.fromEntries(
    result.mirrors
      .flatMap(({ specs }) => specs)
      .flatMap(({ name = '', outcome }) =>
        outcome.kind === 'failed' ? [[name, `${outcome.code}: ${outcome.reason}`]] : [],
      ),
  );
}

/** A mirror that Spack signed, and how it is synced signed anew. */
async function resigning() {
  const key = await readFile(join(FIXTURES, 'toy-ci.pub.asc'));
  const trust = await openTrust({ keys: [{ text: key, source: 'toy' }], fingerprints: [] });
  const pair = await makeKey({ name: 'Release' });
  const how = { passphrase: undefined, choose: undefined, source: 'test', mirror: 'release' };
  const signer = await openSigner({ secretKeys: pair.privateKey, ...how });
  const signing = { trust, signed: true, openSigner: () => Promise.resolve(signer) };
  return { from: join(FIXTURES, 'spack-1.2/mirror-signed'), signing };
}

const ALL = ['gcc-runtime', 'zlib-toy', 'libtoy', 'toypy', 'toyapp', 'toymake'];

describe('a sync to a registry', () => {
  it('leaves what a push of the same specs leaves, and the second time nothing', async () => {
    const { url, repository, server } = await place();
    expect(tally(await syncTo(url, mirror))).toEqual({ copied: 6 });
    expect(images(repository)).toEqual(expected);
    assertSoundRegistry(repository);
    expect(listedInRegistry(repository)).toEqual(new Set(EXPECTED.keys()));
    const before = new Map(repository.tags);
    server.requests.length = 0;
    const second = await syncTo(url, mirror);
    expect(tally(second)).toEqual({ present: 6 });
    expect(syncExitCode(second)).toBe(0);
    expect(repository.tags).toEqual(before);
    expect(server.requests.filter(({ method }) => method === 'PUT' || method === 'POST')).toEqual([]);
  });

  it('of the specs of an environment, which are known, and with inspections of its own', async () => {
    const inspections = () =>
      new Map([
        ['./etc', ['CONFIG']],
        ['./', ['CMAKE_PREFIX_PATH']],
      ]);
    const { url, repository } = await place();
    const result = await syncTo(url, mirror, { graph: fixtureGraph('1.2'), options: { inspections } });
    expect(tally(result)).toEqual({ copied: 6 });
    const [path, , config] = imageOf(repository, specTag(named('toyapp'))).config.config.Env;
    expect([path, config]).toEqual(['PATH=/bin:/usr/bin', expect.stringMatching(/^CONFIG=.*toyapp.*\/etc$/)]);
  });

  it.each(['signed', 'unsigned'] as const)('of what Spack pushed %s', async (kind) => {
    const { url, repository } = await place();
    const key = await readFile(join(FIXTURES, 'toy-ci.pub.asc'));
    const trust = await openTrust({ keys: [{ text: key, source: 'toy' }], fingerprints: [] });
    const from = join(FIXTURES, `spack-1.2/mirror-${kind}`);
    expect(tally(await syncTo(url, from, kind === 'signed' ? { trust } : {}))).toEqual({ copied: 6 });
    for (const [tag, { config, run, annotations }] of Object.entries(images(repository))) {
      expect([config.rootfs, config['spec'], run, annotations]).toEqual([
        expected[tag]?.config.rootfs,
        expected[tag]?.config['spec'],
        expected[tag]?.run,
        expected[tag]?.annotations,
      ]);
    }
    assertSoundRegistry(repository);
  });

  it('of layout 2, verified, and signed anew', async () => {
    const { url, repository } = await place();
    const key = await readFile(join(FIXTURES, 'toy-ci.pub.asc'));
    const trust = await openTrust({ keys: [{ text: key, source: 'toy' }], fingerprints: [] });
    const pair = await makeKey({ name: 'Release' });
    const how = { passphrase: undefined, choose: undefined, source: 'test', mirror: 'release' };
    const signer = await openSigner({ secretKeys: pair.privateKey, ...how });
    const graph = fixtureGraph('0.23');
    const from = openFileStorage(join(FIXTURES, 'spack-0.23/mirror-signed'));
    const fixture = { readers: [openLayout2(from, graph)], trust, signed: true };
    const signing = { ...fixture, openSigner: () => Promise.resolve(signer) };
    const result = await syncTo(url, from, signing);
    expect(tally(result)).toEqual({ copied: 5 });
    expect(result.mirrors[0]?.notes).toEqual([]);
    expect(tally(await syncTo(url, from, signing))).toEqual({ present: 5 });
    assertSoundRegistry(repository);
    const reader = openOci(await openTestReader(url), { signed: true });
    const ours = await openTrust({ keys: [{ text: pair.publicKey, source: 'ours' }], fingerprints: [] });
    for (const spec of graph.nodes.values()) {
      if (spec.external !== undefined) continue;
      const entry = await reader.read(spec);
      if (entry === undefined) throw new Error(`no ${spec.name}`);
      expect((await verifyEntry(reader, entry, spec, ours)).document.root.hash).toBe(spec.hash);
      if (spec.name !== 'toyapp') continue;
      const { manifest, config } = imageOf(repository, specTag(spec));
      expect(manifest.layers.length).toBe(4);
      expect(config.config.Env[0]).toMatch(
        /^PATH=\/opt\/toy\/store-0.23\/.*\/toyapp-1.0-[^/]*\/bin:.*\/toypy-[^/]*\/bin:\/bin:\/usr\/bin$/,
      );
    }
    await reader.storage.close();
  });

  it('from what cannot be listed, and is not known', async () => {
    const { from } = await overHttp();
    const { url, repository } = await place();
    expect(tally(await syncTo(url, from, { jobs: await only(ALL, from) }))).toEqual({ copied: 6 });
    expect(images(repository)).toEqual(expected);
  });

  it('from a bucket', async () => {
    const bucket = await startS3Server();
    const from = await openS3(bucket.url);
    closing.push(bucket.close, () => from.close());
    for (const [key, bytes] of folderDocuments(mirror)) await from.put(key, bytes);
    const { url, repository } = await place();
    expect(tally(await syncTo(url, from))).toEqual({ copied: 6 });
    expect(images(repository)).toEqual(expected);
  });

  it.each([
    [1, 'first'],
    [1, 'last'],
    [2, 'last'],
  ])('%i at a time, with dependents %s', async (atOnce, dependents) => {
    const jobs = await only(ALL);
    const place_ = ({ wanted }: (typeof jobs)[number]) => ALL.indexOf(wanted.name?.name ?? '');
    jobs.sort((a, b) => (dependents === 'last' ? place_(a) - place_(b) : place_(b) - place_(a)));
    const { url, repository } = await place();
    expect(tally(await syncTo(url, mirror, { jobs, options: { jobs: atOnce } }))).toEqual({ copied: 6 });
    assertSoundRegistry(repository);
  });

  it('onto a base image, as a push', async () => {
    const { server, url, repository } = await place();
    const putBase = ({ blobs, manifests, tags }: TestRepository) => {
      const put = (bytes: Buffer, mediaType: string) => {
        blobs.set(sha256Of(bytes), bytes);
        return { mediaType, digest: sha256Of(bytes), size: bytes.length };
      };
      const dict = {
        architecture: 'amd64',
        os: 'linux',
        config: { Env: ['PATH=/usr/sbin:/bin', 'LANG=C'], Cmd: ['/bin/sh'] },
        rootfs: { type: 'layers', diff_ids: [sha256Of(Buffer.from('base'))] },
      };
      const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
      const config = put(Buffer.from(JSON.stringify(dict)), 'application/vnd.docker.container.image.v1+json');
      const layers = [put(Buffer.from('a layer'), 'application/vnd.docker.image.rootfs.diff.tar.gzip')];
      const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, config, layers }));
      manifests.set(sha256Of(bytes), { bytes, mediaType });
      tags.set('1', sha256Of(bytes));
    };
    putBase(server.repository('base/os'));
    const baseImage = `${server.url}base/os:1`;
    const base = {
      registry: await openTestReader(`${server.url}base/os`),
      reference: parseImageReference(baseImage),
    };
    const retry = { retries: 1, baseDelayMs: 1, maxDelayMs: 10 };
    const connection = { timeoutMs: 5_000, retry, jobs: 8, verifyTls: true, caFile: undefined, env: {} };
    const context = { connection, trust: undefined, unsigned: true, resign: false, baseImage };
    const { mirrors } = parseMirrors({ from: mirror, to: url }, 'mirrors.yaml', {
      base: dir.path,
      environment: undefined,
      env: {},
    });
    const [from, to] = mirrors as [Mirror, Mirror];
    const work = await environmentWork(from, to, { nodes: tree.nodes, roots: [] }, pushable(tree), {
      ...context,
      openSigner: () => Promise.reject(new Error('nothing to sign')),
      index: { store: openIndexStore(index), ttlMs: 0 },
      signal: new AbortController().signal,
    });
    closing.push(work.close);
    expect(tally(await syncTo(url, mirror, work.tasks[0]))).toEqual({ copied: 6 });
    expect(images(repository)).toEqual(await pushed({ base }));
    const { manifest, config } = imageOf(repository, specTag(named('toymake')));
    expect([manifest.layers.length, config.config.Env[1]]).toEqual([3, 'LANG=C']);
  });

  it('makes images of what was there before, by a push, an earlier sync, or Spack', async () => {
    const there = ['gcc-runtime', 'zlib-toy', 'libtoy', 'toypy'];
    for (const how of ['push', 'sync', 'Spack'] as const) {
      const { url, repository, writer } = await place();
      if (how === 'push') {
        const to = { name: 'mirror', cache: writer, signer: undefined, elsewhere: new Map() };
        await pushToy(tree, [to], { specs: there.map(named) });
      } else if (how === 'sync') {
        await syncTo(url, mirror, { jobs: await only(there) });
      } else {
        fillFromSpack(repository);
        for (const name of ['toyapp', 'toymake']) repository.tags.delete(specTag(named(name)));
      }
      const before = new Set(repository.blobs.keys());
      expect([how, tally(await syncTo(url, mirror))]).toEqual([how, { present: 4, copied: 2 }]);
      const tag = specTag(named('toyapp'));
      const { run, config } = images(repository)[tag] ?? {};
      expect([run, config?.rootfs]).toEqual([expected[tag]?.run, expected[tag]?.config.rootfs]);
      if (how === 'Spack') continue; // its layers are compressed in another way
      expect(images(repository)).toEqual(expected);
      // A layer and a configuration for each of the two, and the index.
      expect([...repository.blobs.keys()].filter((digest) => !before.has(digest)).length).toBe(5);
    }
  });

  it('makes them also where images tell CMake nothing', async () => {
    const { url, repository } = await place();
    const options = { inspections: () => new Map([['./bin', ['PATH']]]) };
    await syncTo(url, mirror, { jobs: await only(ALL.filter((name) => name !== 'toyapp')), options });
    expect(tally(await syncTo(url, mirror, { options }))).toEqual({ present: 5, copied: 1 });
    expect(imageOf(repository, specTag(named('toyapp'))).config.config.Env).toEqual([
      expect.stringMatching(/^PATH=[^:]*\/toyapp-[^:]*\/bin:[^:]*\/toypy-[^:]*\/bin:\/bin:\/usr\/bin$/),
    ]);
  });

  it('signs no layer of an image that it replaces, in whatever order entries come', async () => {
    const { url, repository } = await place();
    await syncTo(url, mirror);
    const evil = forgeImage(repository, specTag(named('zlib-toy')));
    const { from: folder, signing } = await resigning();
    const { trust } = signing;
    const from = openFileStorage(folder);
    const jobs = await listJobs(from, { trust });
    const place_ = ({ wanted }: SyncJob) => ALL.indexOf(wanted.name?.name ?? '');
    jobs.sort((a, b) => place_(b) - place_(a));
    const options = { jobs: 1 };
    expect(tally(await syncTo(url, from, { ...signing, jobs, options }))).toEqual({ copied: 6 });
    for (const name of ['zlib-toy', 'libtoy', 'toyapp']) {
      const { manifest, config } = imageOf(repository, specTag(named(name)));
      expect(manifest.layers.map(({ digest }) => digest)).not.toContain(evil);
      expect(config.rootfs).toEqual(expected[specTag(named(name))]?.config.rootfs);
    }
    // Now that all is known to be there, the entries need not be read again for their order.
    const reads = { count: 0 };
    const counting: StorageReader = {
      ...from,
      get: (...what) => {
        reads.count++;
        return from.get(...what);
      },
    };
    const readers = [openLayout3(counting, undefined)];
    const source = { readers, trust, url: from.url };
    const again = jobs.map(({ wanted }) => ({ source, wanted }));
    expect(tally(await syncTo(url, counting, { ...signing, jobs: again }))).toEqual({ present: 6 });
    expect(reads.count).toBe(0);
  });

  it('nor of one that it could not replace', async () => {
    const { url, repository } = await place();
    await syncTo(url, mirror);
    const evil = forgeImage(repository, specTag(named('zlib-toy')));
    const before = new Map(repository.tags);
    const { from: folder, signing } = await resigning();
    await using from = await tempDir();
    cpSync(folder, from.path, { recursive: true });
    const { reader } = target(openFileStorage(from.path)).cache;
    const key = (await reader.read(named('zlib-toy')))?.tarball.key ?? '';
    writeFileSync(join(from.path, key), 'not what it was');
    for (const graph of [undefined, fixtureGraph('1.2')]) {
      const result = await syncTo(url, from.path, { ...signing, ...(graph && { graph }) });
      expect(Object.keys(failures(result)).sort()).toEqual(['libtoy', 'toyapp', 'toypy', 'zlib-toy']);
      expect(failures(result)['libtoy']).toMatch(/lack what.*zlib-toy@1.3.1/);
    }
    const changed = [...repository.tags].filter(([tag, digest]) => before.get(tag) !== digest);
    expect(changed.map(([tag]) => tag).sort()).toEqual(
      ['gcc-runtime', 'toymake'].map((name) => specTag(named(name))),
    );
    for (const [tag] of changed) {
      expect(imageOf(repository, tag).manifest.layers.map(({ digest }) => digest)).not.toContain(evil);
    }
  });

  it('refuses an image that would lack what it runs with before anything is fetched', async () => {
    const { url, repository } = await place();
    const { server, from } = await overHttp();
    const result = await syncTo(url, from, { jobs: await only(['libtoy'], from) });
    expect(failures(result)['libtoy']).toMatch(
      /^not-found: the image would lack what it runs with: gcc-runtime@12.2.0\/n7wlr2i, zlib-toy@1.3.1.*--all/,
    );
    expect(failures(result)['libtoy']).not.toMatch(/allow-missing/);
    // Its manifest and its spec, for the order and for itself, and no tarball.
    expect(new Set(server.requests.map(({ path }) => path)).size).toBe(2);
    expect(syncExitCode(result)).toBe(1);
    expect(repository.tags.size).toBe(0);
    expect(repository.blobs.size).toBe(1);
  });

  it('fails for what needs what failed, copies the rest, and the next run completes it', async () => {
    await using from = await tempDir();
    cpSync(mirror, from.path, { recursive: true });
    const { reader } = target(openFileStorage(from.path)).cache;
    const key = (await reader.read(named('zlib-toy')))?.tarball.key ?? '';
    const bytes = await readFile(join(from.path, key));
    writeFileSync(join(from.path, key), Buffer.alloc(bytes.length));
    const { url, repository } = await place();
    for (const atOnce of [1, 8]) {
      const result = await syncTo(url, from.path, { options: { jobs: atOnce } });
      const failed = failures(result);
      expect(Object.keys(failed).sort()).toEqual(['libtoy', 'toyapp', 'toypy', 'zlib-toy']);
      expect(failed['zlib-toy']).toMatch(/^corrupt/);
      for (const name of ['libtoy', 'toypy', 'toyapp'])
        expect(failed[name]).toMatch(/lack what.*zlib-toy@1.3.1/);
      expect(taggedHashes(repository)).toEqual(new Set([named('gcc-runtime').hash, named('toymake').hash]));
      assertSoundRegistry(repository);
    }
    writeFileSync(join(from.path, key), bytes);
    expect(tally(await syncTo(url, from.path))).toEqual({ present: 2, copied: 4 });
    expect(images(repository)).toEqual(expected);
  });

  it('stopped at any moment is completed by the next, and ends the same', async () => {
    for (const requests of [3, 15, 22, 30, 45]) {
      const stop = new AbortController();
      let seen = 0;
      const { url, repository } = await place({
        fault: () => {
          if (++seen === requests) stop.abort();
          return undefined;
        },
      });
      await syncTo(url, mirror, { options: { signal: stop.signal } }).catch(() => undefined);
      assertSoundRegistry(repository);
      const result = await syncTo(url, mirror);
      expect(failures(result)).toEqual({});
      expect(images(repository)).toEqual(expected);
      expect(listedInRegistry(repository)).toEqual(new Set(EXPECTED.keys()));
    }
  });

  it('beside another sync and a push of the same is sound, and ends with all', async () => {
    const { url, repository, writer } = await place();
    const to = { name: 'mirror', cache: writer, signer: undefined, elsewhere: new Map() };
    const results = await Promise.all([syncTo(url, mirror), syncTo(url, mirror), pushToy(tree, [to])]);
    expect(results.slice(0, 2).map((result) => failures(result as SyncResult))).toEqual([{}, {}]);
    expect(images(repository)).toEqual(expected);
    assertSoundRegistry(repository);
    expect(listedInRegistry(repository)).toEqual(new Set(EXPECTED.keys()));
  });

  it('makes no layer of a tarball that reaches out of its package', async () => {
    await using from = await tempDir();
    cpSync(mirror, from.path, { recursive: true });
    const make = named('toymake');
    const packed = PACKED.replace(/pkg-1.0-.*/, `toymake-4.4-${make.hash}`);
    const prefix = `/${packed}`;
    const info = buildInfo(
      {},
      { relative_prefix: `linux/toymake-4.4-${make.hash}`, hash_to_prefix: { [make.hash]: prefix } },
    );
    const evil = tgz(parents(packed), tarEntry({ name: 'etc/passwd', body: 'x' }), infoEntry(info, packed));
    const file = join(from.path, 'evil');
    writeFileSync(file, evil);
    const { cache } = target(openFileStorage(from.path));
    const entry = await cache.reader.read(make);
    const document = entry && (await cache.reader.readSpec(entry));
    const { specEmitter } = await import('../../src/spec/emit-spec.ts');
    const text = document && specEmitter(document).document(make.hash);
    const tarball = { file, size: evil.length, sha256: sha256Of(evil).slice(7) };
    await cache.publish(make, { tarball, document: text ?? '' }, undefined);
    const { url, repository } = await place();
    const result = await syncTo(url, from.path);
    expect(failures(result)).toEqual({ toymake: expect.stringMatching(/^corrupt: .*outside of the prefix/) });
    expect(repository.blobs.has(sha256Of(evil))).toBe(false);
    expect(repository.tags.size).toBe(6);
  });

  it('says when packages would not find each other', async () => {
    const folder = join(dir.path, 'moved');
    await moveToyStore(folder);
    const moved = await readInstallTree(folder);
    const { url, writer } = await place();
    const to = { name: 'mirror', cache: writer, signer: undefined, elsewhere: new Map() };
    const zlib = ['gcc-runtime', 'zlib-toy'].map((name) => named(name).hash);
    await pushToy(moved, [to], { specs: pushable(moved).filter(({ hash }) => zlib.includes(hash)) });
    const result = await syncTo(url, mirror);
    expect(tally(result)).toEqual({ present: 2, copied: 4 });
    expect(syncExitCode(result)).toBe(0);
    expect(result.mirrors[0]?.notes).toEqual([
      expect.stringMatching(/was built with .* at \/opt\/toy\/store\/.*, which is at .*\/moved\/.*3 more/),
    ]);
    rmSync(folder, { recursive: true });
  });

  it('as a dry run sends nothing', async () => {
    const { url, repository, server } = await place();
    expect(tally(await syncTo(url, mirror, { options: { dryRun: true } }))).toEqual({ 'would-copy': 6 });
    expect(server.requests.filter(({ method }) => method === 'PUT' || method === 'POST')).toEqual([]);
    expect(repository.blobs.size).toBe(0);
  });

  it('is the way out for whoever migrates to one', async () => {
    const { writer } = await place();
    const options = {
      source: openFileStorage(join(FIXTURES, 'spack-0.23/mirror-unsigned')),
      destination: writer,
    };
    const rest = {
      trust: undefined,
      signed: false,
      signer: undefined,
      deleteFrom: undefined,
      dryRun: false,
      jobs: 2,
    };
    const migrating = migrate({ ...options, ...rest, signal: new AbortController().signal }, SILENT);
    await expect(migrating).rejects.toMatchObject({
      code: 'unsupported',
      facts: { hint: expect.stringMatching(/sync --all/) },
    });
  });
});
