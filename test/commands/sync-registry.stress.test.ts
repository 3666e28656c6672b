/** Syncs from and to registries: large ones, and such as are stopped on the way. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateEnvironment } from '../harness/generate.ts';
import { generateRegistry } from '../harness/generate-registry.ts';
import { startRegistry, type TestRegistry } from '../harness/registry.ts';
import { type S3Server, startS3Server } from '../harness/s3-server.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { bucketEnd, type End, folderEnd, registryEnd } from './sync-ends.ts';
import { expectWhole, killOnTheWay, openRoute, type Route, syncAll } from './sync-registry-shows.ts';

const SPECS = 1000;
const KILLS = 20;
/** What is killed twenty times has fewer. */
const FEWER = 60;

let dir: TempDir;
let bucket: S3Server;
let registry: TestRegistry;
let otherRegistry: TestRegistry;
const trap = { onRequest: () => {} };
const fault = () => {
  trap.onRequest();
  return undefined;
};
beforeAll(async () => {
  dir = await tempDir();
  bucket = await startS3Server({ fault });
  [registry, otherRegistry] = [await startRegistry({ fault }), await startRegistry({ fault })];
});
afterAll(async () => {
  for (const each of [bucket, registry, otherRegistry]) await each.close();
  await dir[Symbol.asyncDispose]();
});

/** Empty ends. */
const ENDS = {
  bucket: (name: string): End => bucketEnd(bucket, name),
  folder: (name: string): End => folderEnd(join(dir.path, name)),
  registry: (name: string): End => registryEnd(registry, name),
  'another registry': (name: string): End => registryEnd(otherRegistry, name),
};

async function routeFrom(kind: 'registry', to: keyof typeof ENDS, specs: number): Promise<Route> {
  const environment = generateEnvironment({ specs, seed: 3 });
  const name = `${kind}-to-${to.replace(' ', '-')}-${specs}`;
  await generateRegistry(registry.repository(`${name}/from`), environment);
  return openRoute(join(dir.path, name), environment, ENDS[kind](`${name}/from`), ENDS[to](`${name}/to`));
}

const ROUTES = [
  ['registry', 'bucket'],
  ['registry', 'folder'],
  ['registry', 'registry'],
  ['registry', 'another registry'],
] as const;

describe.each(ROUTES)(`${SPECS} specs from a %s to a %s`, (kind, kindOfTarget) => {
  it('each tarball goes once, and the second time nothing moves', async () => {
    const route = await routeFrom(kind, kindOfTarget, SPECS);
    const { from, to } = route;
    expect(await syncAll(route)).toEqual({ copied: SPECS });
    const tarballs = (moved: readonly string[]) => moved.filter((blob) => content.tarballs.has(blob)).length;
    const moved = { out: from.moved('out'), in: to.moved('in'), between: to.moved('between') };
    const content = await expectWhole(route);
    if (kind === kindOfTarget) {
      expect(tarballs(moved.between)).toBe(SPECS);
      expect(tarballs([...moved.out, ...moved.in])).toBe(0);
    } else {
      expect(tarballs(moved.out)).toBe(SPECS);
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
    const route = await routeFrom(kind, kindOfTarget, FEWER);
    expect(await syncAll(route)).toEqual({ copied: FEWER });
    const expected = await expectWhole(route);
    await killOnTheWay(route, trap, KILLS, expected);
  });
});
