/**
 * How long each spec will take to build, by the best that is known: the time of the nearest build (in a cache or in
 * the install tree), else a history of earlier runs, else the size of the nearest tarball, else what is usual. All of
 * it comes from outside and only serves a guess, so what makes no sense is passed over.
 */
import type { BuildUnit } from './dag.ts';

export type CostSource = 'build time' | 'history' | 'tarball size' | 'median';

export interface Cost {
  readonly seconds: number;
  readonly source: CostSource;
  /** The spec it was taken from; undefined where it is no spec's. */
  readonly from: string | undefined;
}

/** A number and the spec that it is about, as it is to be shown. */
export interface Evidence {
  readonly value: number;
  readonly from: string;
}

/** What is known of one unit: seconds, seconds, bytes. */
export interface CostEvidence {
  readonly buildTime?: Evidence | undefined;
  readonly history?: Evidence | undefined;
  readonly tarball?: Evidence | undefined;
}

/** The least: nothing is built in no time. */
const LEAST_SECONDS = 1;
/** Longer than any build. A longer time is not believed. */
const MOST_SECONDS = 30 * 86_400;
/** Where nothing at all is known. */
const USUAL_SECONDS = 60;
/** Where no build with a known time has a tarball: a megabyte in so many seconds. */
const SECONDS_PER_BYTE = 5 / 1e6;

/** @param evidence by the hash of the unit's entry */
export function costsOf(
  units: readonly BuildUnit[],
  evidence: ReadonlyMap<string, CostEvidence>,
): readonly Cost[] {
  const known = units.map(({ entry }) => evidence.get(entry.hash) ?? {});
  const perByte = median(known.flatMap(ratioOf)) ?? SECONDS_PER_BYTE;
  const costs = known.map((one) => measured(one) ?? fromSize(one, perByte));
  const usual = median(costs.flatMap((cost) => cost?.seconds ?? [])) ?? USUAL_SECONDS;
  return costs.map((cost) => cost ?? { seconds: usual, source: 'median', from: undefined });
}

/** Seconds that something may have taken; undefined for what is no such number. */
export function plausibleSeconds(value: unknown): number | undefined {
  if (typeof value !== 'number' || !(value >= 0) || value > MOST_SECONDS) return undefined;
  return Math.max(LEAST_SECONDS, value);
}

function measured({ buildTime, history }: CostEvidence): Cost | undefined {
  for (const [source, found] of [
    ['build time', buildTime],
    ['history', history],
  ] as const) {
    const seconds = plausibleSeconds(found?.value);
    if (found !== undefined && seconds !== undefined) return { seconds, source, from: found.from };
  }
  return undefined;
}

function fromSize({ tarball }: CostEvidence, perByte: number): Cost | undefined {
  const seconds = plausibleSeconds(tarball && tarball.value * perByte);
  return tarball && seconds === undefined
    ? undefined
    : tarball && { seconds: seconds ?? LEAST_SECONDS, source: 'tarball size', from: tarball.from };
}

function ratioOf(one: CostEvidence): number[] {
  const seconds = measured(one)?.seconds;
  const bytes = one.tarball?.value ?? 0;
  return seconds === undefined || !(bytes > 0) ? [] : [seconds / bytes];
}

function median(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}
