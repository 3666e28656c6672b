/** Syncs from and to registries, large ones, and those that are stopped on the way. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GeneratedEnvironment, generateEnvironment } from '../harness/generate.ts';
import { generateRegistry } from '../harness/generate-registry.ts';
import { startRegistry, type TestRegistry } from '../harness/registry.ts';
import { type S3Server, startS3Server } from '../harness/s3-server.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { bucketEnd, folderEnd, registryEnd } from './sync-ends.ts';
import {
  expectWhole,
  killOnTheWay,
  openRoute,
  type Route,
  syncAll,
  type Trap,
} from './sync-registry-shows.ts';

const SPECS = 1000;
const KILLS = 20;
/** What is killed twenty times has fewer. */
const FEWER = 60;

let dir: TempDir;
let bucket: S3Server;
let registry: TestRegistry;
const trap: Trap = { onRequest: () => undefined };
const onRequest = () => void trap.onRequest();
beforeAll(async () => {
  dir = await tempDir();
  bucket = await startS3Server({ fault: onRequest as () => undefined });
  registry = await startRegistry({ fault: onRequest as () => undefined });
});
afterAll(async () => {
  await bucket.close();
  await registry.close();
  await dir[Symbol.asyncDispose]();
});

const places = {
  registry: async (environment: GeneratedEnvironment, name: string) => {
    await generateRegistry(registry.repository(name), environment);
    return registryEnd(registry, name);
  },
};

async function routeFrom(kind: keyof typeof places, to: 'bucket' | 'folder', specs: number): Promise<Route> {
  const environment = generateEnvironment({ specs, seed: 3 });
  const name = `${kind}-to-${to}-${specs}`;
  const from = await places[kind](environment, `${name}/from`);
  const folder = join(dir.path, name);
  const end = to === 'bucket' ? bucketEnd(bucket, name) : folderEnd(join(folder, 'to'));
  return openRoute(folder, environment, from, end);
}

describe.each([
  ['registry', 'bucket'],
  ['registry', 'folder'],
] as const)('from a %s to a %s', (kind, to) => {
  it(`${SPECS} specs; the second time nothing moves`, async () => {
    const route = await routeFrom(kind, to, SPECS);
    const { from } = route;
    expect(await syncAll(route)).toEqual({ copied: SPECS });
    const content = await expectWhole(route);
    // Each tarball once, out of there and in here.
    expect(from.moved('out').filter((blob) => content.tarballs.has(blob)).length).toBe(SPECS);
    from.forget();
    route.to.forget();
    expect(await syncAll(route)).toEqual({ present: SPECS });
    expect(from.moved('out')).toEqual([]);
    expect(route.to.moved('in')).toEqual([]);
  });

  it(`killed at ${KILLS} random moments: sound each time, and the same in the end`, async () => {
    const route = await routeFrom(kind, to, FEWER);
    expect(await syncAll(route)).toEqual({ copied: FEWER });
    await killOnTheWay(route, trap, KILLS, await expectWhole(route));
  });
});
