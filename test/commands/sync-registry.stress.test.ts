/** Large syncs from and to registries. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Kind, openPlaces, type Places } from './sync-places.ts';
import { expectWhole, syncAll } from './sync-routes.ts';

/** More than the thousand blobs of a page. A thousand specs go from storage to storage in sync.stress.test.ts. */
const SPECS = 520;
/** What is asked for of a server that fails. */
const FEWER = 100;

let places: Places;
beforeAll(async () => {
  places = await openPlaces();
});
afterAll(() => places[Symbol.asyncDispose]());

describe.each([
  ['registry', 'bucket'],
  ['registry', 'registry'],
  ['registry', 'other registry'],
  ['folder', 'registry'],
  ['bucket', 'registry'],
] satisfies (readonly [Kind, Kind])[])(`${SPECS} specs, %s to %s`, (kind, kindOfTarget) => {
  it('each tarball goes once, and the second time nothing moves', async () => {
    const route = await places.open(kind, kindOfTarget, SPECS);
    const { from, to } = route;
    expect(await syncAll(route)).toEqual({ copied: SPECS });
    const tarballs = (moved: readonly string[]) => moved.filter((blob) => content.tarballs.has(blob)).length;
    const moved = { out: from.moved('out'), in: to.moved('in'), between: to.moved('between') };
    const content = await expectWhole(route);
    if (kind === kindOfTarget) {
      // Mounted: not one byte of a layer through us.
      expect(tarballs(moved.between)).toBe(SPECS);
      expect(tarballs([...moved.out, ...moved.in])).toBe(0);
    } else {
      if (kind !== 'folder') expect(tarballs(moved.out)).toBe(SPECS);
      expect(tarballs(moved.in)).toBe(SPECS);
    }
    from.forget();
    to.forget();
    expect(await syncAll(route)).toEqual({ present: SPECS });
    expect([...from.moved('out'), ...to.moved('in'), ...to.moved('between')]).toEqual([]);
  });
});

describe.each([
  ['failing registry', 'folder'],
  ['failing registry', 'failing registry'],
  ['registry', 'failing registry'],
  ['folder', 'failing registry'],
] satisfies (readonly [Kind, Kind])[])(`${FEWER} specs, %s to %s`, (kind, kindOfTarget) => {
  it('are all there, although one request of many is refused, cut off, or carried out and not answered', async () => {
    const { failures } = places;
    const route = await places.open(kind, kindOfTarget, FEWER);
    failures.isFailing = true;
    failures.faults = 0;
    const outcome = await syncAll(route);
    failures.isFailing = false;
    expect(outcome).toEqual({ copied: FEWER });
    expect(failures.faults).toBeGreaterThan(2);
    await expectWhole(route);
  });
});
