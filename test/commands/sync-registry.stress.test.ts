/** Syncs from and to registries: large ones, and such as are stopped on the way. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderDocuments } from '../cache/mirror-state.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateMirror } from '../harness/generate-mirror.ts';
import { generateRegistry } from '../harness/generate-registry.ts';
import { startRegistry, type TestRegistry } from '../harness/registry.ts';
import { openS3 } from '../harness/s3-place.ts';
import { type S3Server, startS3Server } from '../harness/s3-server.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { failNowAndThen } from './moody-registry.ts';
import { bucketEnd, type End, folderEnd, registryEnd, USER } from './sync-ends.ts';
import { expectWhole, killOnTheWay, openRoute, type Route, syncAll } from './sync-registry-shows.ts';

const SPECS = 1000;
const KILLS = 20;
/** What is killed twenty times has fewer. */
const FEWER = 60;
/** And what is asked for of servers that fail. */
const MOODY = 200;

let dir: TempDir;
let bucket: S3Server;
let registry: TestRegistry;
let otherRegistry: TestRegistry;
let moodyRegistry: TestRegistry;
const trap = { onRequest: () => {} };
const fault = () => {
  trap.onRequest();
  return undefined;
};
const moods = { isMoody: false, faults: 0 };
beforeAll(async () => {
  dir = await tempDir();
  bucket = await startS3Server({ fault });
  registry = await startRegistry({ fault });
  otherRegistry = await startRegistry({ fault });
  moodyRegistry = await startRegistry({
    fault: failNowAndThen(moods),
    // As large ones are: tokens that do not last, pages, and blobs from another host.
    auth: { kind: 'bearer', ...USER, expiresIn: 2 },
    page: 100,
    blobRedirects: true,
  });
});
afterAll(async () => {
  for (const each of [bucket, registry, otherRegistry, moodyRegistry]) await each.close();
  await dir[Symbol.asyncDispose]();
});

type Kind = 'bucket' | 'folder' | 'registry' | 'other registry' | 'moody registry';

function endAt(kind: Kind, name: string, isAnew = false): End {
  switch (kind) {
    case 'bucket':
      return bucketEnd(bucket, name);
    case 'folder':
      return folderEnd(join(dir.path, name));
    case 'registry':
      return registryEnd(registry, name, isAnew);
    case 'other registry':
      return registryEnd(otherRegistry, name, isAnew);
    case 'moody registry':
      return registryEnd(moodyRegistry, name, isAnew);
  }
}

/** A route whose source is full. */
async function openFrom(kind: Kind, kindOfTarget: Kind, specs: number): Promise<Route> {
  const environment = generateEnvironment({ specs, seed: 3 });
  const name = `${kind}-to-${kindOfTarget}-${specs}`.replaceAll(' ', '-');
  const [from, folder] = [`${name}/from`, join(dir.path, name)];
  if (kind === 'registry') await generateRegistry(registry.repository(from), environment);
  else if (kind === 'moody registry') await generateRegistry(moodyRegistry.repository(from), environment);
  else await generateMirror(join(dir.path, from), environment);
  if (kind === 'bucket') await fillBucket(join(dir.path, from), from);
  const isAnew = kind === 'folder' || kind === 'bucket';
  return openRoute(folder, environment, endAt(kind, from), endAt(kindOfTarget, `${name}/to`, isAnew));
}

async function fillBucket(folder: string, prefix: string): Promise<void> {
  const storage = await openS3(bucket.url, { prefix });
  for (const [key, bytes] of folderDocuments(folder)) await storage.put(key, bytes);
  await storage.close();
}

const ROUTES = [
  ['registry', 'bucket'],
  ['registry', 'folder'],
  ['registry', 'registry'],
  ['registry', 'other registry'],
  ['folder', 'registry'],
  ['bucket', 'registry'],
] satisfies (readonly [Kind, Kind])[];

describe.each(ROUTES)(`${SPECS} specs from a %s to a %s`, (kind, kindOfTarget) => {
  it('each tarball goes once, and the second time nothing moves', async () => {
    const route = await openFrom(kind, kindOfTarget, SPECS);
    const { from, to } = route;
    expect(await syncAll(route)).toEqual({ copied: SPECS });
    const tarballs = (moved: readonly string[]) => moved.filter((blob) => content.tarballs.has(blob)).length;
    const moved = { out: from.moved('out'), in: to.moved('in'), between: to.moved('between') };
    const content = await expectWhole(route);
    if (kind === kindOfTarget) {
      expect(tarballs(moved.between)).toBe(SPECS);
      expect(tarballs([...moved.out, ...moved.in])).toBe(0);
    } else {
      if (kind !== 'folder') expect(tarballs(moved.out)).toBe(SPECS);
      if (kindOfTarget !== 'folder') expect(tarballs(moved.in)).toBe(SPECS);
    }
    from.forget();
    to.forget();
    expect(await syncAll(route)).toEqual({ present: SPECS });
    expect([...from.moved('out'), ...to.moved('in'), ...to.moved('between')]).toEqual([]);
  });
});

describe.each(ROUTES)(`${FEWER} specs from a %s to a %s, killed on the way`, (kind, kindOfTarget) => {
  it(`${KILLS} times at a random moment: sound each time, and the same in the end`, async () => {
    const route = await openFrom(kind, kindOfTarget, FEWER);
    expect(await syncAll(route)).toEqual({ copied: FEWER });
    const expected = await expectWhole(route);
    await killOnTheWay(route, trap, KILLS, expected);
  });
});

describe.each([
  ['moody registry', 'folder'],
  ['moody registry', 'moody registry'],
  ['registry', 'moody registry'],
  ['folder', 'moody registry'],
] satisfies (readonly [Kind, Kind])[])(`${MOODY} specs from a %s to a %s`, (kind, kindOfTarget) => {
  it('are all there, although one request of many is refused, cut off, or carried out and not answered', async () => {
    const route = await openFrom(kind, kindOfTarget, MOODY);
    moods.isMoody = true;
    moods.faults = 0;
    const outcome = await syncAll(route);
    moods.isMoody = false;
    expect(outcome).toEqual({ copied: MOODY });
    expect(moods.faults).toBeGreaterThan(9);
    await expectWhole(route);
  });
});
