import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSigner } from '../../src/cache/trust/signing.ts';
import { cancelled } from '../../src/core/abort.ts';
import { BuildcacheError } from '../../src/core/errors.ts';
import { pushExitCode } from '../../src/plan/push-result.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import type { Storage } from '../../src/storage/storage.ts';
import type { InstallTree } from '../../src/tree/install-tree.ts';
import { makeKey } from '../cache/keys.ts';
import {
  assertSound,
  blobOf,
  bucketDocuments,
  type Documents,
  folderDocuments,
  indexOf,
  listedHashes,
  manifestRecords,
  publishedHashes,
} from '../cache/mirror-state.ts';
import { openS3 } from '../harness/s3-place.ts';
import { type S3Fault, type S3Server, type S3ServerOptions, startS3Server } from '../harness/s3-server.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { EXPECTED, pushable, SPACK_MIRROR, unpackToyStore } from '../tree/toy-store.ts';
import { kinds, pushToy, target } from './push-toy.ts';

let dir: TempDir;
let tree: InstallTree;
let counter = 0;
beforeAll(async () => {
  dir = await tempDir();
  tree = await unpackToyStore(join(dir.path, 'store'));
});
afterAll(() => dir[Symbol.asyncDispose]());

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Place {
  readonly storage: Storage;
  readonly documents: () => Documents;
}

async function s3Place(options: S3ServerOptions = {}): Promise<Place & { readonly server: S3Server }> {
  const server = await startS3Server(options);
  const storage = await openS3(server.url);
  closing.push(server.close, () => storage.close());
  return { server, storage, documents: () => bucketDocuments(server.objects, 'some/mirror') };
}

function filePlace(): Place & { readonly folder: string } {
  const folder = join(dir.path, `mirror-${counter++}`);
  return { folder, storage: openFileStorage(folder), documents: () => folderDocuments(folder) };
}

function nameOf(hash: string): string {
  return tree.nodes.get(hash)?.name ?? '';
}

describe('push', () => {
  it.each(['file', 's3'] as const)(
    'to %s leaves what Spack leaves, and the second time nothing',
    async (kind) => {
      const place = kind === 'file' ? filePlace() : await s3Place();
      const result = await pushToy(tree, [target(place.storage)]);
      expect(kinds(result)).toEqual(Array(6).fill('pushed'));
      expect(pushExitCode(result)).toBe(0);
      const ours = place.documents();
      assertSound(ours);
      expect(ours.get('v3/layout.json')?.toString()).toBe('{"signing": "gpg"}');
      const theirs = folderDocuments(SPACK_MIRROR);
      for (const [hash, { tar_sha256: expected, manifest_path: key }] of EXPECTED) {
        const [tarball, spec] = manifestRecords(ours.get(key) ?? Buffer.alloc(0));
        const [, theirSpec] = manifestRecords(theirs.get(key) ?? Buffer.alloc(0));
        if (tarball === undefined || spec === undefined || theirSpec === undefined)
          throw new Error(nameOf(hash));
        expect(createHash('sha256').update(blobOf(ours, tarball)).digest('hex'), nameOf(hash)).toBe(expected);
        expect(blobOf(ours, spec)).toEqual(blobOf(theirs, theirSpec));
        expect(spec.mediaType).toBe(theirSpec.mediaType);
      }
      expect(indexOf(ours)).toEqual(indexOf(theirs));

      const again = await pushToy(tree, [target(place.storage)]);
      expect(kinds(again)).toEqual(Array(6).fill('present'));
      expect(again.mirrors[0]?.index).toMatchObject({ changed: false });
      expect(place.documents()).toEqual(ours);
    },
  );

  it('signs, and publishes the key and the list of keys', async () => {
    const { privateKey } = await makeKey();
    const signer = await openSigner({
      secretKeys: privateKey,
      passphrase: undefined,
      choose: undefined,
      source: '$KEY',
      mirror: 'm',
    });
    const { storage, documents } = filePlace();
    await pushToy(tree, [target(storage)]);
    // What is there unsigned does not count for a signed push.
    expect(kinds(await pushToy(tree, [target(storage, { signer })]))).toEqual(Array(6).fill('pushed'));
    const ours = documents();
    assertSound(ours);
    for (const { manifest_path: key } of EXPECTED.values()) {
      expect(ours.get(key)?.toString()).toMatch(/^-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n\{\n/);
    }
    const [list] = manifestRecords(ours.get('v3/manifests/key/keys.manifest.json') ?? Buffer.alloc(0));
    expect(list && blobOf(ours, list).toString()).toBe(`{"keys":{"${signer.fingerprint}":{}}}`);
    const key = `v3/manifests/key/${signer.fingerprint}.key.manifest.json`;
    const [record] = manifestRecords(ours.get(key) ?? Buffer.alloc(0));
    expect(record && blobOf(ours, record).toString()).toBe(signer.publicKey);
    await pushToy(tree, [target(storage, { signer })]);
    expect(documents()).toEqual(ours);
  });

  it('packs once for several mirrors, and skips what another mirror has', async () => {
    const [a, b] = [filePlace(), filePlace()];
    const [first] = pushable(tree);
    const elsewhere = new Map([[first?.hash ?? '', 'upstream']]);
    const result = await pushToy(tree, [target(a.storage), target(b.storage, { name: 'b', elsewhere })]);
    expect(result.mirrors.map((mirror) => mirror.outcomes.get(first?.hash ?? '')?.kind)).toEqual([
      'pushed',
      'elsewhere',
    ]);
    expect(publishedHashes(a.documents()).size).toBe(6);
    expect(publishedHashes(b.documents()).size).toBe(5);
    assertSound(b.documents());
  });

  it('pushes to one mirror though another cannot be written to', async () => {
    const [good, old] = [filePlace(), filePlace()];
    mkdirSync(join(old.folder, 'build_cache'), { recursive: true });
    writeFileSync(join(old.folder, 'build_cache/index.json'), '{}');
    const result = await pushToy(tree, [target(old.storage, { name: 'old' }), target(good.storage)]);
    expect(kinds(result)).toEqual(Array(6).fill('failed'));
    expect(pushExitCode(result)).toBe(1);
    expect(result.mirrors[1]?.index).toMatchObject({ changed: true });
    expect(listedHashes(good.documents()).size).toBe(6);
  });

  it('sends again what is missing of an entry, and all with force', async () => {
    const { storage, documents, folder } = filePlace();
    await pushToy(tree, [target(storage)]);
    const before = documents();
    const [hash = '', { manifest_path: key }] = [...EXPECTED][0] ?? ['', { manifest_path: '' }];
    const [tarball] = manifestRecords(before.get(key) ?? Buffer.alloc(0));
    const digest = tarball?.checksum ?? '';
    rmSync(join(folder, `blobs/sha256/${digest.slice(0, 2)}/${digest}`));
    const result = await pushToy(tree, [target(storage)]);
    expect(kinds(result)).toEqual(['present', 'present', 'present', 'present', 'present', 'pushed']);
    expect(result.mirrors[0]?.outcomes.get(hash)?.kind).toBe('pushed');
    expect(documents()).toEqual(before);
    expect(kinds(await pushToy(tree, [target(storage)], { force: true }))).toEqual(Array(6).fill('pushed'));
    expect(documents()).toEqual(before);
  });

  it('changes nothing on a dry run', async () => {
    const { storage, documents } = filePlace();
    expect(kinds(await pushToy(tree, [target(storage)], { dryRun: true }))).toEqual(
      Array(6).fill('would-push'),
    );
    expect(documents().size).toBe(0);
  });

  it('pushes what it can when a prefix is gone, and says which is not', async () => {
    const store = join(dir.path, 'broken');
    const broken = await unpackToyStore(store);
    const gone = pushable(broken).find(({ name }) => name === 'zlib-toy');
    rmSync(broken.filesOf(broken.prefixOf(gone?.hash ?? '') ?? ''), { recursive: true });
    const { storage, documents } = filePlace();
    const result = await pushToy(broken, [target(storage)]);
    expect(kinds(result)).toEqual(['failed', ...Array(5).fill('pushed')]);
    expect(result.mirrors[0]?.outcomes.get(gone?.hash ?? '')).toMatchObject({
      kind: 'failed',
      code: 'not-found',
    });
    expect(pushExitCode(result)).toBe(1);
    assertSound(documents());
    expect(listedHashes(documents())).toEqual(publishedHashes(documents()));
    expect(indexOf(documents())?.get(gone?.hash ?? '')).toMatchObject({ in_buildcache: false, ref_count: 1 });
  });

  it('counts a dependency that is not installed as failed, or not, as asked', async () => {
    const gone = pushable(tree).find(({ name }) => name === 'zlib-toy')?.hash ?? '';
    const records = new Map(tree.records);
    const record = records.get(gone);
    if (record !== undefined) records.set(gone, { ...record, installed: false });
    const partial = { ...tree, recordOf: (hash: string) => records.get(hash) };
    const { storage } = filePlace();
    expect(kinds(await pushToy(partial, [target(storage)]))).toContain('failed');
    const lenient = await pushToy(partial, [target(storage)], { allowMissing: true });
    expect(kinds(lenient)).toEqual(['not-installed', ...Array(5).fill('present')]);
    expect(pushExitCode(lenient)).toBe(0);
    const asRoot = await pushToy(partial, [target(storage)], { roots: new Set([gone]) });
    expect(pushExitCode(asRoot)).toBe(1);
    const allowed = await pushToy(partial, [target(storage)], { allowMissing: true, roots: new Set([gone]) });
    expect([kinds(allowed)[0], pushExitCode(allowed)]).toEqual(['not-installed', 0]);
    const unneeded = await pushToy(partial, [target(storage)], { optional: new Set([gone]) });
    expect([kinds(unneeded)[0], pushExitCode(unneeded)]).toEqual(['not-installed', 0]);
  });

  it('refuses a mirror that has layout 2 only, with the way out', async () => {
    const { storage, folder } = filePlace();
    mkdirSync(join(folder, 'build_cache'), { recursive: true });
    writeFileSync(join(folder, 'build_cache/index.json'), '{}');
    await expect(pushToy(tree, [target(storage)])).rejects.toMatchObject({
      code: 'unsupported',
      facts: { hint: expect.stringContaining('migrate') },
    });
  });
});

describe('push, when things go wrong', () => {
  /** Faults for puts of one kind of key, as often as said. */
  function failing(pattern: RegExp, fault: S3Fault, times = Number.POSITIVE_INFINITY): S3ServerOptions {
    let left = times;
    return {
      fault: ({ method, key }) => (method === 'PUT' && pattern.test(key) && left-- > 0 ? fault : undefined),
    };
  }

  it.each([
    ['refused blobs', /\/blobs\//, { status: 403, code: 'AccessDenied' }],
    ['refused manifests', /manifests\/spec/, { status: 403, code: 'AccessDenied' }],
    ['connections cut in the middle of blobs', /\/blobs\//, 'reset'],
    ['connections cut after manifests', /manifests\/spec/, 'lose'],
    ['a throttling server', /\/blobs\//, { status: 503, code: 'SlowDown' }],
    ['a refused index', /manifests\/index/, { status: 403, code: 'AccessDenied' }],
    ['a lost answer to the index', /manifests\/index/, 'lose'],
  ] as const)('%s: the mirror stays sound, and the next push completes it', async (_, pattern, fault) => {
    const options = { ...failing(pattern, fault) };
    const place = await s3Place({ fault: (request) => options.fault?.(request) });
    const result = await pushToy(tree, [target(place.storage)]);
    expect(pushExitCode(result)).toBe(1);
    assertSound(place.documents());
    options.fault = () => undefined;
    expect(pushExitCode(await pushToy(tree, [target(place.storage)]))).toBe(0);
    assertSound(place.documents());
    expect(indexOf(place.documents())).toEqual(indexOf(folderDocuments(SPACK_MIRROR)));
  });

  it.each([
    ['cuts the connection', 'reset', 1],
    ['loses its answers', 'lose', 2],
    ['throttles', { status: 503, code: 'SlowDown', headers: { 'retry-after': '0' } }, 2],
  ] as const)('goes on where a server %s now and then', async (_, fault, times) => {
    const place = await s3Place(failing(/./, fault, times));
    expect(pushExitCode(await pushToy(tree, [target(place.storage)]))).toBe(0);
    expect(indexOf(place.documents())).toEqual(indexOf(folderDocuments(SPACK_MIRROR)));
  });

  it.each(['unquoted-etag', 'ignored', 'rejected'] as const)(
    'updates the index on a server whose conditions are %s',
    async (conditions) => {
      const place = await s3Place({ conditions });
      const [first, ...rest] = pushable(tree);
      await pushToy(tree, [target(place.storage)], { specs: first === undefined ? [] : [first] });
      await pushToy(tree, [target(place.storage)], { specs: rest });
      expect(indexOf(place.documents())).toEqual(indexOf(folderDocuments(SPACK_MIRROR)));
      const names = [...place.documents().keys()];
      expect(names.filter((key) => key.includes('probe'))).toEqual([]);
    },
  );

  it('writes where it may not list, and absent things look forbidden', async () => {
    const place = await s3Place({ hideAbsent: true });
    const result = await pushToy(tree, [target(place.storage)], { updateIndex: false });
    expect(kinds(result)).toEqual(Array(6).fill('pushed'));
    expect(kinds(await pushToy(tree, [target(place.storage)], { updateIndex: false }))).toEqual(
      Array(6).fill('present'),
    );
    assertSound(place.documents());
  });

  it('does not begin where it may not write', async () => {
    const place = await s3Place(failing(/./, { status: 403, code: 'AccessDenied' }));
    await expect(pushToy(tree, [target(place.storage)])).rejects.toMatchObject({ code: 'denied' });
  });

  it('stops at the first failure when asked to', async () => {
    const place = await s3Place(failing(/\/blobs\//, { status: 403, code: 'AccessDenied' }));
    const result = await pushToy(tree, [target(place.storage)], { failFast: true, jobs: 1 });
    expect(kinds(result)).toEqual(['failed', ...Array(5).fill('not-tried')]);
  });

  it('leaves a sound mirror when the disk is full', async () => {
    const { storage, documents } = filePlace();
    let left = 5;
    const full: Storage = {
      ...storage,
      put: async (key, source, options) => {
        if (left-- <= 0) throw new BuildcacheError('io', 'no space left on the device (ENOSPC)');
        return await storage.put(key, source, options);
      },
    };
    const result = await pushToy(tree, [target(full)]);
    expect(kinds(result)).toContain('failed');
    expect(pushExitCode(result)).toBe(1);
    assertSound(documents());
    expect(pushExitCode(await pushToy(tree, [target(storage)]))).toBe(0);
    expect(listedHashes(documents()).size).toBe(6);
  });

  it('says how far it came when it is cancelled', async () => {
    const { storage, documents } = filePlace();
    const stop = new AbortController();
    const result = await pushToy(tree, [target(storage)], {
      jobs: 1,
      signal: stop.signal,
      onOutcome: () => stop.abort(),
    });
    expect(result.cancelled).toBe(true);
    expect(kinds(result)).toEqual([...Array(5).fill('not-tried'), 'pushed']);
    assertSound(documents());
    expect(listedHashes(documents())).toEqual(publishedHashes(documents()));
    expect(result.mirrors[0]?.index).toMatchObject({ changed: true });
    // The next run lists what this one left.
    await pushToy(tree, [target(storage)]);
    expect(listedHashes(documents()).size).toBe(6);
  });

  it('touches no index when it is cancelled before anything was sent', async () => {
    const { storage, documents } = filePlace();
    await pushToy(tree, [target(storage)], { updateIndex: false });
    const stop = new AbortController();
    const result = await pushToy(tree, [target(storage)], {
      jobs: 1,
      signal: stop.signal,
      onOutcome: () => stop.abort(),
    });
    expect(kinds(result)).toEqual([...Array(5).fill('not-tried'), 'present'].sort());
    expect(indexOf(documents())).toBeUndefined();
  });

  it('gives up listing what was sent 5 seconds after it was cancelled', async () => {
    const { storage, documents } = filePlace();
    const stop = new AbortController();
    let isStuck = () => {};
    const stuck = new Promise<void>((resolve) => {
      isStuck = resolve;
    });
    const slow: Storage = {
      ...storage,
      put: async (key, source, options = {}) => {
        const { signal } = options;
        if (!key.startsWith('v3/manifests/index/')) return await storage.put(key, source, options);
        isStuck();
        await new Promise((_, reject) =>
          signal?.addEventListener('abort', () => reject(cancelled(signal)), { once: true }),
        );
        throw new Error('it was not cancelled');
      },
    };
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    closing.push(async () => void vi.useRealTimers());
    const ended = pushToy(tree, [target(slow)], {
      jobs: 1,
      signal: stop.signal,
      onOutcome: () => stop.abort(),
    });
    await stuck;
    vi.advanceTimersByTime(4_999);
    expect(await Promise.race([ended, setImmediate('still at it')])).toBe('still at it');
    vi.advanceTimersByTime(1);
    expect((await ended).mirrors[0]?.index).toEqual({
      failed: expect.stringContaining('run `buildcache update-index'),
    });
    assertSound(documents());
    expect(publishedHashes(documents()).size).toBe(1);
  });

  it('sends a blob again that a prune took between looking and naming it', async () => {
    const { storage, documents, folder } = filePlace();
    await pushToy(tree, [target(storage)], { updateIndex: false });
    for (const { manifest_path: key } of EXPECTED.values()) rmSync(join(folder, key));
    const pruning: Storage = {
      ...storage,
      put: async (key, source, options) => {
        if (key.startsWith('v3/manifests/spec/')) {
          rmSync(join(folder, 'blobs'), { recursive: true, force: true });
        }
        return await storage.put(key, source, options);
      },
    };
    const [spec] = pushable(tree);
    await pushToy(tree, [target(pruning)], { specs: spec === undefined ? [] : [spec], updateIndex: false });
    expect(publishedHashes(documents()).size).toBe(1);
    assertSound(documents());
  });
});
