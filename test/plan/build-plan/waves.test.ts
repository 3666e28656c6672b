import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leastSeconds, sum, type WorkGraph } from '../../../src/plan/build-plan/graph.ts';
import { waveFiller } from '../../../src/plan/build-plan/wave-filler.ts';
import { searchWaves } from '../../../src/plan/build-plan/wave-search.ts';
import { wavesMakespan, wavesOf, wavesOfLength } from '../../../src/plan/build-plan/waves.ts';
import { runs } from '../../harness/runs.ts';

const some = fc.array(fc.record({ own: fc.integer({ min: 0, max: 900 }), near: fc.nat(), far: fc.nat() }), {
  minLength: 1,
  maxLength: 40,
});
const ANY = Number.POSITIVE_INFINITY;
/** Of the effort for a plan: these graphs are small, and there are many of them. */
const LITTLE = 0.002;

const someLimits = fc.record({
  runners: fc.integer({ min: 1, max: 9 }),
  overhead: fc.constantFrom(0, 30),
  waves: fc.integer({ min: 1, max: 6 }),
  maxJobs: fc.constantFrom(1, 3, 256),
});

/** Each piece needs up to two of those before it. */
function graphOf(pieces: readonly { own: number; near: number; far: number }[]): WorkGraph {
  return {
    seconds: pieces.map(({ own }) => own),
    needs: pieces.map(({ near, far }, i) =>
      [...new Set([i - 1 - (near % 4), i - 1 - (far % 12)])]
        .filter((need) => need >= 0)
        .sort((a, b) => a - b),
    ),
  };
}

describe('waves', () => {
  test('have each piece once, after what it needs, in no more waves and jobs than allowed', () => {
    fc.assert(
      fc.property(some, someLimits, (pieces, limits) => {
        const work = graphOf(pieces);
        const waves = wavesOf(work, limits, LITTLE);
        expect(waves.length).toBeLessThanOrEqual(limits.waves);
        const placeOf = new Map<number, readonly [wave: number, job: number, at: number]>();
        for (const [wave, jobs] of waves.entries()) {
          expect(jobs.length).toBeGreaterThan(0);
          expect(jobs.length).toBeLessThanOrEqual(limits.maxJobs);
          for (const [job, places] of jobs.entries())
            for (const [at, i] of places.entries()) placeOf.set(i, [wave, job, at]);
        }
        expect(waves.flat(2).length).toBe(pieces.length);
        expect(placeOf.size).toBe(pieces.length);
        for (const [i, needs] of work.needs.entries()) {
          const [wave = 0, job, at = 0] = placeOf.get(i) ?? [];
          for (const need of needs) {
            const [its = 0, itsJob, itsAt = 0] = placeOf.get(need) ?? [];
            expect(its < wave || (its === wave && itsJob === job && itsAt < at)).toBe(true);
          }
        }
      }),
      { numRuns: runs(300) },
    );
  });

  test('take as long as their search takes them to', () => {
    fc.assert(
      fc.property(some, someLimits, fc.integer({ min: 0, max: 2000 }), (pieces, limits, length) => {
        const work = graphOf(pieces);
        const waves = wavesOfLength(work, limits, length);
        const filler = waveFiller(work, { ...limits, waves: Number.POSITIVE_INFINITY });
        const filling = filler.fill({ lengths: [length], order: 0, exact: false }, ANY);
        expect(filling?.makespan).toBeCloseTo(wavesMakespan(waves, work, limits), 6);
        expect(filling?.makespan).toBeCloseTo(sum(filling?.took ?? []), 6);
      }),
      { numRuns: runs(300) },
    );
  });

  test('end soon where very long builds come after chains that are not alike', () => {
    // Each chain has one long build, after one to eight short ones and before as many as are left of nine.
    const long = Array.from({ length: 8 }, (_, i) => 2000 + 37 * i);
    const work: WorkGraph = {
      seconds: long.flatMap((seconds, i) =>
        Array.from({ length: 9 }, (_, at) => (at === i + 1 ? seconds : 60)),
      ),
      needs: Array.from({ length: 72 }, (_, i) => (i % 9 === 0 ? [] : [i - 1])),
    };
    const limits = { runners: 8, overhead: 0, waves: 6, maxJobs: 256 };
    expect(wavesMakespan(wavesOf(work, limits), work, limits)).toBeLessThan(1.01 * leastSeconds(work, 8));
  });

  test('are at most 256 jobs each, however much is to be built at once', () => {
    const work: WorkGraph = {
      seconds: Array.from({ length: 300 }, (_, i) => 20 + ((i * 53) % 211)),
      needs: Array.from({ length: 300 }, () => []),
    };
    const limits = { runners: 400, overhead: 0, waves: 2, maxJobs: 256 };
    const waves = wavesOf(work, limits);
    for (const wave of waves) expect(wave.length).toBeLessThanOrEqual(256);
    expect(waves.flat(2).length).toBe(300);
  });

  test('cost no more time where a graph has more edges than any real one', () => {
    const half = 300;
    const below = Array.from({ length: half }, (_, i) => i);
    const dense: WorkGraph = {
      seconds: Array.from({ length: 2 * half }, (_, i) => 20 + ((i * 53) % 211)),
      needs: Array.from({ length: 2 * half }, (_, i) => (i < half ? [] : below)),
    };
    const begun = process.cpuUsage();
    searchWaves(dense, { runners: 16, overhead: 0, waves: 12, maxJobs: 256 }, 1_000_000);
    expect(process.cpuUsage(begun).user / 1e6).toBeLessThan(2);
  });
});

describe('fillings of waves', () => {
  const limits = { runners: 40, overhead: 0, waves: 6, maxJobs: 256 };
  test.each([
    { exact: false, waves: [0, 0, 0, 1], name: 'make a wave longer for a build that would end last of all' },
    { exact: true, waves: [0, 1, 1, 1], name: 'leave such a build to a longer wave, if lengths are exact' },
  ])('$name', ({ exact, waves }) => {
    const work: WorkGraph = { seconds: [10, 300, 10, 290], needs: [[], [], [0], [2]] };
    const filling = waveFiller(work, limits).fill({ lengths: [11, 305], order: 0, exact }, ANY);
    expect([...(filling?.waveOf ?? [])]).toEqual(waves);
  });

  test('are given up when they take longer than allowed, and are the same otherwise', () => {
    fc.assert(
      fc.property(
        some,
        someLimits,
        fc.integer({ min: 0, max: 2000 }),
        fc.boolean(),
        (pieces, those, length, exact) => {
          const filler = waveFiller(graphOf(pieces), those);
          const aims = { lengths: [length], order: 1, exact };
          const filling = filler.fill(aims, ANY);
          const { makespan } = filling ?? { makespan: 0 };
          expect(filler.fill(aims, makespan)).toEqual(filling);
          if (makespan > 0) expect(filler.fill(aims, makespan - 0.5)).toBeUndefined();
        },
      ),
      { numRuns: runs(100) },
    );
  });

  test('are the same again from any wave on, if the aims are the same', () => {
    fc.assert(
      fc.property(
        some,
        someLimits,
        fc.integer({ min: 0, max: 900 }),
        fc.nat(),
        (pieces, those, length, at) => {
          const filler = waveFiller(graphOf(pieces), those);
          const aims = { lengths: [length, 2 * length], order: 2, exact: true };
          const filling = filler.fill(aims, ANY);
          if (filling === undefined) throw new Error('given up without a bound');
          const same = at % filling.took.length;
          expect(filler.fill(aims, ANY, { filling, same, leads: false })).toEqual(filling);
        },
      ),
      { numRuns: runs(100) },
    );
  });

  // It may take longer than the one that leads it, which the search finds out.
  test('have each piece after what it needs, also where another filling leads them', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 900 }), (pieces, length) => {
        const work = graphOf(pieces);
        const filler = waveFiller(work, limits);
        const filling = filler.fill({ lengths: [length], order: 0, exact: false }, ANY);
        if (filling === undefined) throw new Error('given up without a bound');
        const aims = { lengths: filling.took, order: 3, exact: true };
        const led = filler.fill(aims, ANY, { filling, same: 0, leads: true });
        if (led === undefined) throw new Error('given up without a bound');
        const { waveOf, took, makespan } = led;
        const isAfter = (i: number) => (need: number) => (waveOf[need] ?? -1) <= (waveOf[i] ?? -1);
        expect(work.needs.every((needs, i) => needs.every(isAfter(i)))).toBe(true);
        expect(new Set(waveOf)).toEqual(new Set(took.keys()));
        expect(makespan).toBe(sum(took));
      }),
      { numRuns: runs(100) },
    );
  });
});
