/** Syncs from and to registries that are killed on the way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Kind, openPlaces, type Places } from './sync-places.ts';
import { expectWhole, killOnTheWay, syncAll } from './sync-routes.ts';

const KILLS = 10;
const SPECS = 40;

let places: Places;
beforeAll(async () => {
  places = await openPlaces();
});
afterAll(() => places[Symbol.asyncDispose]());

describe.each([
  ['registry', 'bucket'],
  ['registry', 'registry'],
  ['folder', 'registry'],
] satisfies (readonly [Kind, Kind])[])('a sync that is killed, %s to %s', (kind, kindOfTarget) => {
  it(`at ${KILLS} random moments: sound each time, and the same in the end`, async () => {
    const route = await places.open(kind, kindOfTarget, SPECS);
    expect(await syncAll(route)).toEqual({ copied: SPECS });
    await killOnTheWay(route, places.trap, KILLS, await expectWhole(route));
  });
});
