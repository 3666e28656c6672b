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
        const waves = wavesOf(work, limits);
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
        expect(sum(filler.fill([length], 0))).toBeCloseTo(wavesMakespan(waves, work, limits), 6);
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
