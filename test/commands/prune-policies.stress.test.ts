/**
 * Prunes by random policies beside pushes in a process of their own: whatever the order of things, what is pinned or in a
 * list is there with all it needs, all the time, and in the end the mirror is sound, closed and under its bound.
 * PRUNE_STRESS_ROUNDS says how often.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openOciWriter } from '../../src/cache/oci/writer.ts';
import { type CacheWriter, openLayout3Writer } from '../../src/cache/writing/cache-writer.ts';
import { type PruneOptions, prune } from '../../src/commands/prune.ts';
import { closureOf, type PrunePlan } from '../../src/plan/prune-plan.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { assertSound, bucketDocuments, folderDocuments } from '../cache/mirror-state.ts';
import { assertSoundRegistry, NO_OPTIONS } from '../cache/registry-place.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateStore } from '../harness/generate-store.ts';
import { PACKAGES_TOKEN, startGitHubPackages, storeInMemory } from '../harness/github-packages.ts';
import { startRegistry } from '../harness/registry.ts';
import { openTestRegistry } from '../harness/registry-client.ts';
import { openS3 } from '../harness/s3-place.ts';
import { startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';

const ROUNDS = Number(process.env['PRUNE_STRESS_ROUNDS'] ?? 1);
const SEED = Number(process.env['PRUNE_STRESS_SEED'] ?? 20);
const environment = generateEnvironment({ specs: 24, seed: 13 });
const { nodes } = readLockfile(environment.lockfile, 'spack.lock');
const built = [...nodes.values()].filter(({ external }) => external === undefined).map(({ hash }) => hash);
const ours = new Set(built);

interface Place {
  readonly script: string;
  readonly url: string;
  readonly cache: CacheWriter;
  readonly graceMs: number;
  /** As if all had been pushed long ago, one after the other. */
  makeOld(random: () => number): Promise<void> | void;
  assertSound(): Promise<void> | void;
}

async function push(store: string, { script, url }: Place): Promise<void> {
  const args = [fileURLToPath(new URL(script, import.meta.url)), store, url, '0', '1'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'pipe'] });
  let text = '';
  child.stderr.on('data', (chunk) => {
    text += String(chunk);
  });
  await once(child, 'close');
  // A registry's image of what stands on a layer that goes meanwhile may fail: the next push makes it.
  if (text !== '' && !script.includes('registry')) throw new Error(text);
}

/** A small generator, so that a seed repeats a run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function policyOf(random: () => number): Pick<PruneOptions, 'lists' | 'roots' | 'pins' | 'maxBytes'> {
  const some = (count: number) =>
    Array.from({ length: count }, () => built[Math.floor(random() * built.length)] ?? '');
  const kind = Math.floor(random() * 3);
  return {
    lists: kind === 1 ? [] : [{ by: 'list', hashes: new Set(some(3)) }],
    roots: kind === 2 ? some(1).map((hash) => ({ by: 'root', spec: `/${hash}` })) : [],
    pins: some(2).map((hash) => ({ by: 'pin', spec: `/${hash}` })),
    maxBytes: kind === 0 ? undefined : Math.floor(random() * 20_000),
  };
}

async function hashesIn({ reader }: CacheWriter): Promise<Set<string>> {
  const hashes = new Set<string>();
  for await (const { hash } of reader.list?.() ?? []) hashes.add(hash);
  return hashes;
}

/** What goes to come under a bound was not needed lately, as long as something else could have gone. */
function expectStampedLast({ entries }: PrunePlan, stamped: ReadonlySet<string>): void {
  const fits = entries.filter(({ reason, entry }) => reason.kind === 'fits' && !stamped.has(entry.hash));
  const isNeeded = (hash: string) => [...stamped].some((each) => closureOf([each], nodes).has(hash));
  const free = fits.filter(({ entry }) => !isNeeded(entry.hash));
  const gone = entries.filter(({ reason }) => reason.kind === 'over-bound');
  if (free.length > 0) expect(gone.filter(({ entry }) => stamped.has(entry.hash))).toEqual([]);
}

/** What has to be there of what these need. */
const needed = (hashes: Iterable<string>) => [...closureOf(hashes, nodes)].filter((hash) => ours.has(hash));

async function race(store: string, place: Place): Promise<void> {
  let removed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const random = randomFrom(SEED + round);
    await push(store, place);
    await push(store, place);
    expect(await hashesIn(place.cache)).toEqual(ours);
    await place.makeOld(random);
    const policy = policyOf(random);
    // Jobs stamp at the same time, and some specs that are not there.
    const stamped = built.filter(() => random() < 0.2);
    const stamp = (hash: string) => place.cache.stamps?.add([hash, 'a'.repeat(32)]);
    await Promise.all(stamped.map(stamp));
    const how = { olderThanMs: undefined, mayRemoveAll: false, dryRun: false, jobs: 4 };
    const once = () =>
      prune({
        ...policy,
        ...how,
        cache: place.cache,
        graceMs: place.graceMs,
        signal: AbortSignal.timeout(60_000),
      });
    const kept = new Set([
      ...policy.lists.flatMap(({ hashes }) => [...hashes]),
      ...[...policy.pins, ...policy.roots].map(({ spec }) => spec.slice(1)),
    ]);
    const look = async () => {
      const there = await hashesIn(place.cache);
      for (const hash of needed(kept)) expect(there.has(hash), `round ${round}: ${hash}`).toBe(true);
    };
    // The first finds what is there; the others run beside a push that brings back what is gone.
    removed += (await once()).removed.length;
    let isDone = false;
    const pushing = push(store, place).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      removed += (await once()).removed.length;
      await look();
      await sleep(random() * 40);
    }
    await pushing;
    await push(store, place);
    await push(store, place);
    expect(await hashesIn(place.cache)).toEqual(ours);
    await place.makeOld(random);
    const { plan, problems } = await once();
    expect(problems).toEqual([]);
    const noted = await place.cache.stamps?.read({ isAsked: () => true });
    if (noted !== undefined) for (const hash of stamped) expect(noted.has(hash)).toBe(true);
    expectStampedLast(plan, new Set(noted?.keys()));
    await look();
    const left = await hashesIn(place.cache);
    for (const hash of needed(left)) expect(left.has(hash)).toBe(true);
    const isFree = plan.entries.some(({ reason }) => reason.kind === 'fits');
    if (plan.size !== undefined && isFree) expect(plan.size.after).toBeLessThanOrEqual(plan.size.bound);
    await place.assertSound();
  }
  expect(removed).toBeGreaterThan(0);
}

/** A round takes seconds on a quiet machine. */
const TIME_LIMIT = 600_000 + ROUNDS * 60_000;

describe(`prunes by random policies beside pushes, ${ROUNDS} times`, { timeout: TIME_LIMIT }, () => {
  it('leave a folder sound, closed and under its bound', async () => {
    await using dir = await tempDir();
    const [store, mirror] = [join(dir.path, 'store'), join(dir.path, 'mirror')];
    generateStore(store, environment);
    await race(store, {
      script: './push-process.ts',
      url: mirror,
      cache: openLayout3Writer(openFileStorage(mirror), undefined),
      graceMs: 3_600_000,
      makeOld(random) {
        for (const key of folderDocuments(mirror).keys()) {
          if (key.startsWith('stamps/')) continue;
          const time = 1000 + Math.floor(random() * 1e6);
          utimesSync(join(mirror, key), time, time);
        }
      },
      assertSound: () => assertSound(folderDocuments(mirror)),
    });
  });

  it('leave a bucket sound, closed and under its bound', async () => {
    await using dir = await tempDir();
    const store = join(dir.path, 'store');
    generateStore(store, environment);
    const server = await startS3Server();
    const storage = await openS3(server.url);
    try {
      await race(store, {
        script: './push-process.ts',
        url: server.url,
        cache: openLayout3Writer(storage, undefined),
        graceMs: 3_600_000,
        makeOld(random) {
          for (const [key, object] of server.objects) {
            if (key.includes('/stamps/')) continue;
            server.objects.set(key, { ...object, modified: new Date(Math.floor(random() * 1e9)) });
          }
        },
        assertSound: () => assertSound(bucketDocuments(server.objects, 'some/mirror')),
      });
    } finally {
      await storage.close();
      await server.close();
    }
  });

  it('leave a registry sound, closed and under its bound', async () => {
    await using dir = await tempDir();
    const store = join(dir.path, 'store');
    generateStore(store, environment);
    await using server = await startRegistry();
    const url = `${server.url}toy/cache`;
    const cache = openOciWriter(await openTestRegistry(url), NO_OPTIONS);
    try {
      await race(store, {
        script: './push-registry-process.ts',
        url,
        cache,
        // Images say when they were made, which was just now.
        graceMs: 0,
        makeOld: () => undefined,
        assertSound: () => assertSoundRegistry(server.repository('toy/cache')),
      });
    } finally {
      await cache.close();
    }
  });

  it('leave a package on GitHub sound, closed and under its bound', async () => {
    await using dir = await tempDir();
    const store = join(dir.path, 'store');
    generateStore(store, environment);
    await using server = await startRegistry({ deletes: 'none', referrers: false });
    const repository = server.repository('toy/cache');
    const packages = { store: storeInMemory(repository), name: 'toy/cache', live: true };
    await using github = await startGitHubPackages(packages);
    const url = `${server.url}toy/cache`;
    const registry = await openTestRegistry(url, {
      packagesApi: { url: new URL(github.url), pauseMs: 0 },
      user: { username: 'token', password: PACKAGES_TOKEN },
    });
    const cache = openOciWriter(registry, NO_OPTIONS);
    try {
      await race(store, {
        script: './push-registry-process.ts',
        url,
        cache,
        graceMs: 3_600_000,
        makeOld(random) {
          for (const digest of repository.manifests.keys()) {
            github.times.set(digest, new Date(Math.floor(random() * 1e9)));
          }
        },
        assertSound: () => assertSoundRegistry(repository),
      });
    } finally {
      await cache.close();
    }
  });
});
