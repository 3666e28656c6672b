/** Processes that are killed at known places of a push: what they leave is sound, and the next run completes it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFileStorage } from '../../src/storage/file/file.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { type InstallTree, readInstallTree } from '../../src/tree/install-tree.ts';
import {
  assertSound,
  bucketDocuments,
  type Documents,
  folderDocuments,
  listedHashes,
  publishedHashes,
} from '../cache/mirror-state.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateStore } from '../harness/generate-store.ts';
import { openS3 } from '../harness/s3-place.ts';
import { type NotedRequest, startS3Server } from '../harness/s3-server.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { pushable } from '../tree/toy-store.ts';
import { KILL_PLACES, type KillPlace, killPlaces } from './kill-places.ts';
import { kinds, pushToy, target } from './push-toy.ts';

const KILLS = 8;
const SPECS = 8;
/** Of a prefix: a tarball that is sent in several pieces. */
const BULK = 200_000;

let dir: TempDir;
let store: string;
let tree: InstallTree;
let hashes: ReadonlySet<string>;
beforeAll(async () => {
  dir = await tempDir();
  store = join(dir.path, 'store');
  generateStore(store, generateEnvironment({ specs: SPECS, seed: 11 }), BULK);
  tree = await readInstallTree(store);
  hashes = new Set(pushable(tree).map(({ hash }) => hash));
});
afterAll(() => dir[Symbol.asyncDispose]());

/** The nth kill is the nth time round that this is come to, so that all have their turn. */
function countOf(place: KillPlace, kill: number, fresh: number): number {
  switch (place) {
    case 'inside a blob':
      return 1 + (kill % (2 * fresh));
    case 'between blob and manifest':
      return 1 + (kill % fresh);
    case 'inside the index write':
      return 1 + (kill % 2); // its blob, its manifest
  }
}

function start(mirror: string, ...more: readonly string[]): ChildProcess {
  const file = fileURLToPath(new URL('./push-process.ts', import.meta.url));
  return spawn(process.execPath, [file, store, mirror, '0', '1', ...more], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

async function endOf(child: ChildProcess): Promise<NodeJS.Signals | null> {
  const [, signal] = await once(child, 'close');
  return signal;
}

/** Two times of four the mirror has something already, and an index. @returns how many specs it lacks */
async function prepare(storage: Storage, kill: number): Promise<number> {
  if (kill % 4 < 2) return hashes.size;
  await pushToy(tree, [target(storage)], { specs: pushable(tree).slice(0, 1) });
  return hashes.size - 1;
}

function expectStopped(place: KillPlace, before: Documents, documents: Documents): void {
  assertSound(documents);
  const published = publishedHashes(documents).size;
  const blobs = [...documents.keys()].filter((key) => key.startsWith('blobs/')).length;
  expect(listedHashes(documents)).toEqual(listedHashes(before));
  if (place === 'inside the index write') expect(published).toBe(hashes.size);
  else expect(published).toBeLessThan(hashes.size);
  if (place === 'between blob and manifest') expect(blobs).toBeGreaterThanOrEqual(2 * published + 2);
}

async function expectCompleted(storage: Storage, documents: () => Documents): Promise<void> {
  const result = await pushToy(tree, [target(storage)]);
  expect(kinds(result).filter((kind) => kind !== 'pushed' && kind !== 'present')).toEqual([]);
  assertSound(documents());
  expect(publishedHashes(documents())).toEqual(hashes);
  expect(listedHashes(documents())).toEqual(hashes);
}

describe.each(KILL_PLACES)('a push that is killed %s', (place) => {
  it(`leaves a sound folder, ${KILLS} times of ${KILLS}, and the next clears up`, async () => {
    let kills = 0;
    let leftovers = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const mirror = join(dir.path, `${place.replaceAll(' ', '-')}-${kill}`);
      const storage = openFileStorage(mirror);
      const fresh = await prepare(storage, kill);
      const before = folderDocuments(mirror);
      const count = countOf(place, kill, fresh);
      expect(await endOf(start(mirror, place, String(count), String(fresh)))).toBe('SIGKILL');
      kills++;
      expectStopped(place, before, folderDocuments(mirror));
      leftovers += Math.sign(ageLeftovers(mirror).length);
      // As a process of its own would: it knows of no folder that it has swept already.
      await expectCompleted(openFileStorage(mirror), () => folderDocuments(mirror));
      // Only a second name of a document that is there may stay: it takes no room, and goes with the next prune.
      for (const name of ageLeftovers(mirror)) expect(statSync(join(mirror, name)).nlink).toBe(2);
      await openFileStorage(mirror).sweep?.();
      expect(ageLeftovers(mirror)).toEqual([]);
    }
    expect(kills).toBe(KILLS);
    if (place !== 'between blob and manifest') expect(leftovers).toBe(KILLS);
  });

  it(`leaves a sound bucket, ${KILLS} times of ${KILLS}`, async () => {
    let kills = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      let places = killPlaces(0);
      const running = new Map<NotedRequest, ReturnType<typeof places>>();
      let child: ChildProcess | undefined;
      let left = 0;
      let halfway: NotedRequest | undefined;
      const die = () => {
        child?.kill('SIGKILL');
        kills++;
      };
      const server = await startS3Server({
        fault: (request) => {
          if (child === undefined || request.method !== 'PUT') return undefined;
          for (const [earlier, { done }] of running) {
            if (server.objects.has(`bucket/${earlier.key}`)) {
              done();
              running.delete(earlier);
            }
          }
          const at = places(request.key);
          running.set(request, at);
          if (at.at !== place || --left !== 0) return undefined;
          if (place === 'inside a blob') {
            halfway = request;
            return undefined;
          }
          die();
          return 'reset';
        },
        received: (request, bytes) => {
          if (request !== halfway) return;
          die();
          throw new Error(`killed after ${bytes} bytes`);
        },
      });
      const storage = await openS3(server.url);
      const documents = () => bucketDocuments(server.objects, 'some/mirror');
      try {
        const fresh = await prepare(storage, kill);
        places = killPlaces(fresh);
        left = countOf(place, kill, fresh);
        const before = documents();
        child = start(server.url);
        expect(await endOf(child)).toBe('SIGKILL');
        child = undefined;
        expectStopped(place, before, documents());
        if (halfway !== undefined) expect(server.objects.has(`bucket/${halfway.key}`)).toBe(false);
        await expectCompleted(storage, documents);
      } finally {
        await storage.close();
        await server.close();
      }
    }
    expect(kills).toBe(KILLS);
  });
});

/** Sets back the time of what writers left half-done, as if it had lain there for long. @returns the files of it */
function ageLeftovers(mirror: string): string[] {
  const names = readdirSync(mirror, { recursive: true, encoding: 'utf8' });
  const left = names.filter((name) => /(^|\/)\.(tmp|lock)-/.test(name));
  for (const name of left) utimesSync(join(mirror, name), 0, 0);
  return left.filter((name) => statSync(join(mirror, name)).isFile());
}
