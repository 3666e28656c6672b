import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Chunks, chunksOf } from '../../../src/plan/build-plan/chunks.ts';
import { leastSeconds, type WorkGraph, withoutImplied } from '../../../src/plan/build-plan/graph.ts';
import { schedule } from '../../../src/plan/build-plan/schedule.ts';
import { runs } from '../../harness/runs.ts';

const graphs = fc
  .array(
    fc.record({
      seconds: fc.oneof(fc.integer({ min: 1, max: 600 }), fc.constantFrom(1, 604_800, 0.1, 1e-9)),
      needs: fc.array(fc.nat(), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 24 },
  )
  .map(
    (pieces): WorkGraph => ({
      seconds: pieces.map(({ seconds }) => seconds),
      needs: withoutImplied({
        seconds: [],
        needs: pieces.map(({ needs }, i) =>
          i === 0 ? [] : [...new Set(needs.map((need) => need % i))].sort((a, b) => a - b),
        ),
      }),
    }),
  );

function expectSound({ members, graph }: Chunks, work: WorkGraph): void {
  expect(members.flat().sort((a, b) => a - b)).toEqual(work.seconds.map((_, i) => i));
  const chunkOf = new Map(members.flatMap((places, chunk) => places.map((i) => [i, chunk] as const)));
  for (const [i, before] of work.needs.entries()) {
    const own = chunkOf.get(i) ?? -1;
    for (const need of before) {
      const other = chunkOf.get(need) ?? -1;
      if (own === other) expect(members[own]?.indexOf(need)).toBeLessThan(members[own]?.indexOf(i) ?? -1);
      else expect(graph.needs[own]).toContain(other);
    }
  }
  // What comes first stands first, so that there is no circle.
  for (const [chunk, before] of graph.needs.entries())
    for (const need of before) expect(need).toBeLessThan(chunk);
}

describe('chunks', () => {
  test('are sound, the same each time, and as many as allowed at most, from one on', () => {
    fc.assert(
      fc.property(
        graphs,
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(0, 1, 90, 3600),
        fc.integer({ min: 1, max: 5 }),
        (work, maxJobs, overhead, runners) => {
          const limits = { runners, overhead, maxJobs };
          const chunks = chunksOf(work, limits);
          expect(chunks.members.length).toBeLessThanOrEqual(maxJobs);
          expectSound(chunks, work);
          expect(chunksOf(work, limits)).toEqual(chunks);
        },
      ),
      { numRuns: runs(1000) },
    );
  });

  test('one job is enough where only the largest grain leaves one', () => {
    // Side by side, so that nothing less than all of it puts them together.
    const work = { seconds: [604_800, 1, 1], needs: [[], [], []] };
    expect(chunksOf(work, { runners: 3, overhead: 0, maxJobs: 1 }).members).toEqual([[0, 1, 2]]);
  });

  test('what costs next to nothing is within a limit of one job too', () => {
    const work = { seconds: [1e-9, 1e-9], needs: [[], []] };
    expect(chunksOf(work, { runners: 3, overhead: 0, maxJobs: 1 }).members).toEqual([[0, 1]]);
  });

  test('of a comb where each start is dear the spine is one job, and no tooth waits for another', () => {
    // A spine of six with a tooth before each piece but the first: [spine, tooth, spine, tooth, …]
    const needs = [[], ...[1, 2, 3, 4, 5].flatMap((k) => [[], [2 * k - 2, 2 * k - 1]])];
    const work = { seconds: needs.map(() => 100), needs };
    const { graph } = chunksOf(work, { runners: 8, overhead: 90, maxJobs: 256 });
    // All one after the other takes 1,190 s, each by itself 1,140 s; no plan is below 690 s.
    expect(schedule(graph, 8, 90).makespan).toBeLessThanOrEqual(880);
  });

  test('are over as soon as can be where runners are few and starts cost nothing', () => {
    const work = {
      seconds: Array.from({ length: 60 }, (_, i) => 10 + ((i * 37) % 90)),
      needs: Array.from({ length: 60 }, (_, i) => (i < 6 ? [] : [i - 6])),
    };
    const { graph } = chunksOf(work, { runners: 4, overhead: 0, maxJobs: 60 });
    expect(schedule(graph, 4, 0).makespan).toBeLessThan(1.1 * leastSeconds(work, 4));
  });
});
