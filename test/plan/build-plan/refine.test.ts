import { expect, test } from 'vitest';
import { contract, timeToEnd, type WorkGraph } from '../../../src/plan/build-plan/graph.ts';
import { refined } from '../../../src/plan/build-plan/refine.ts';
import { schedule } from '../../../src/plan/build-plan/schedule.ts';
import { simulator } from '../../../src/plan/build-plan/simulator.ts';

/** Pieces that need the one before the last but two, and what seven before them is; of lengths that are all different. */
const work: WorkGraph = {
  seconds: Array.from({ length: 40 }, (_, i) => 20 + ((i * 53) % 211)),
  needs: Array.from({ length: 40 }, (_, i) => [i - 7, i - 3].filter((need) => need >= 0)),
};
const limits = { runners: 3, overhead: 50, maxJobs: 40, longest: 2000 };

function makespan(chunkOf: ArrayLike<number>, runners = 3): number {
  const { graph } = contract(work, Array.from(chunkOf));
  return schedule(graph, runners, 50, timeToEnd(graph, 50)).makespan;
}

/** By twos, threes and so on, which makes no circle since each comes after all before it. */
const byTheDozen = (size: number) => Int32Array.from(work.seconds, (_, i) => Math.floor(i / size));

test.each([1, 2, 3, 8, 40])('a simulation of chunks of %i is the schedule', (size) => {
  for (const runners of [1, 2, 5]) {
    const chunks = byTheDozen(size);
    const { makespan: found, jobs } = simulator(work, { runners, overhead: 50 }).run(chunks, 2000);
    expect(found).toBeCloseTo(makespan(chunks, runners), 6);
    expect(jobs).toBe(Math.ceil(40 / size));
  }
});

test('chunks that wait for each other in a circle are never over', () => {
  const inTurns = Int32Array.from(work.seconds, (_, i) => (i === 0 || i === 7 ? 0 : i));
  inTurns[3] = 3;
  inTurns[10] = 0; // needs 3, which needs 0
  expect(simulator(work, limits).run(inTurns, 2000).makespan).toBe(Number.POSITIVE_INFINITY);
});

test('chunks are over sooner, and the same each time', () => {
  const start = byTheDozen(8);
  const better = refined(work, start, limits);
  expect(makespan(better)).toBeLessThan(0.9 * makespan(start));
  expect(refined(work, start, limits)).toEqual(better);
});

test('no more chunks than allowed, and no more that are too long than there were', () => {
  const start = byTheDozen(8);
  const overlong = (chunks: Int32Array) => simulator(work, limits).run(chunks, 700).overlong;
  const better = refined(work, start, { ...limits, maxJobs: 5, longest: 700 });
  expect(new Set(better).size).toBeLessThanOrEqual(5);
  expect(overlong(better)).toBeLessThanOrEqual(overlong(start));
  expect(makespan(better)).toBeLessThanOrEqual(makespan(start));
});

test('a graph that has more edges than any real one costs no more time', () => {
  const half = 400;
  const below = Array.from({ length: half }, (_, i) => i);
  const dense: WorkGraph = {
    seconds: Array.from({ length: 2 * half }, (_, i) => 20 + ((i * 53) % 211)),
    needs: Array.from({ length: 2 * half }, (_, i) => (i < half ? [] : below)),
  };
  const begun = process.cpuUsage();
  refined(
    dense,
    Int32Array.from(dense.seconds, (_, i) => Math.floor(i / 20)),
    limits,
  );
  const { user } = process.cpuUsage(begun);
  expect(user / 1e6).toBeLessThan(3);
});
