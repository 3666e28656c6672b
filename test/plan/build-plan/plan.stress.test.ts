import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cost } from '../../../src/plan/build-plan/costs.ts';
import { buildUnits } from '../../../src/plan/build-plan/dag.ts';
import { allBefore, leastSeconds, NeedCount, withoutImplied } from '../../../src/plan/build-plan/graph.ts';
import { type BuildPlan, buildPlan, jobGraph, type PlanLimits } from '../../../src/plan/build-plan/plan.ts';
import { schedule } from '../../../src/plan/build-plan/schedule.ts';
import { postOrder } from '../../../src/spec/graph.ts';
import { readLockfile } from '../../../src/spec/lockfile.ts';
import { generateEnvironment } from '../../harness/generate.ts';
import { runs } from '../../harness/runs.ts';

const graph = readLockfile(generateEnvironment({ specs: 120, seed: 4 }).lockfile, 'spack.lock');
const specs = postOrder(
  graph,
  graph.roots.map(({ hash }) => hash),
).filter(({ external }) => external === undefined);

const some = fc.record({
  picks: fc.array(fc.boolean(), { minLength: specs.length, maxLength: specs.length }),
  seconds: fc.array(fc.oneof(fc.integer({ min: 1, max: 600 }), fc.constantFrom(1, 604_800)), {
    minLength: specs.length,
    maxLength: specs.length,
  }),
  runners: fc.integer({ min: 1, max: 64 }),
  overhead: fc.constantFrom(0, 1, 60, 3600),
  maxJobs: fc.constantFrom(1, 2, 7, 40, 256),
});

function planned(picks: readonly boolean[], seconds: readonly number[], limits: PlanLimits): BuildPlan {
  const units = buildUnits(
    graph,
    specs.filter((_, i) => picks[i]),
  );
  const costs = units.map((_, i): Cost => ({ seconds: seconds[i] ?? 1, source: 'history', from: undefined }));
  return buildPlan(units, costs, limits);
}

/** All that must be over before a job begins: what it needs, and what that needs. */
function jobsBefore(plan: BuildPlan): Pick<ReadonlySet<number>, 'has'>[] {
  const { jobs } = plan;
  if (jobs.every(({ wave }) => wave === undefined)) return [...allBefore(jobGraph(plan))];
  return jobs.map(
    (job) => new Set(jobs.flatMap((other, i) => ((other.wave ?? 0) < (job.wave ?? 0) ? [i] : []))),
  );
}

function expectSound(plan: BuildPlan): void {
  const jobOf = new Map(plan.jobs.flatMap(({ units }, i) => units.map((unit) => [unit, i] as const)));
  // Each once.
  expect(plan.jobs.flatMap(({ units }) => units).sort((a, b) => a - b)).toEqual(plan.units.map((_, i) => i));
  expect(new Set(plan.jobs.map(({ name }) => name)).size).toBe(plan.jobs.length);
  const before = jobsBefore(plan);
  for (const [i, { needs }] of plan.units.entries()) {
    const job = jobOf.get(i) ?? -1;
    for (const need of needs) {
      const other = jobOf.get(need) ?? -1;
      if (other === job) {
        const { units = [] } = plan.jobs[job] ?? {};
        expect(units.indexOf(need)).toBeLessThan(units.indexOf(i));
      } else expect(before[job]?.has(other)).toBe(true);
    }
  }
}

describe('a plan of jobs that wait for each other', () => {
  test('builds each once, after what it needs, in no more jobs than allowed', () => {
    fc.assert(
      fc.property(some, ({ picks, seconds, runners, overhead, maxJobs }) => {
        const plan = planned(picks, seconds, { runners, overhead, maxJobs, waves: undefined });
        expectSound(plan);
        expect(plan.jobs.length).toBeLessThanOrEqual(maxJobs);
      }),
      { numRuns: runs(400) },
    );
  });

  test('calls whole only what is needed as a whole, so that what fails blocks only what needs it', () => {
    fc.assert(
      fc.property(some, ({ picks, seconds, runners, maxJobs }) => {
        const plan = planned(picks, seconds, { runners, overhead: 60, maxJobs, waves: undefined });
        const before = allBefore({ seconds: [], needs: plan.units.map(({ needs }) => needs) });
        for (const { units, needs } of plan.jobs) {
          for (const { job, whole } of needs) {
            const others = plan.jobs[job]?.units ?? [];
            expect(whole).toBe(units.every((unit) => others.every((other) => before[unit]?.has(other))));
          }
        }
      }),
      { numRuns: runs(200) },
    );
  });

  test('is as quick as its longest chain, with runners enough and jobs that cost nothing', () => {
    const seconds = specs.map((_, i) => 10 + ((i * 7919) % 300));
    const plan = planned(
      specs.map(() => true),
      seconds,
      { runners: 1000, overhead: 0, maxJobs: 1000, waves: undefined },
    );
    const work = {
      seconds: plan.costs.map((cost) => cost.seconds),
      needs: plan.units.map(({ needs }) => needs),
    };
    expect(schedule(jobGraph(plan), 1000, 0).makespan).toBeCloseTo(leastSeconds(work, 1000));
  });

  test('puts what is small together where jobs are dear', () => {
    const seconds = specs.map(() => 1);
    const few = planned(
      specs.map(() => true),
      seconds,
      { runners: 4, overhead: 600, maxJobs: 256, waves: undefined },
    );
    const many = planned(
      specs.map(() => true),
      seconds,
      { runners: 4, overhead: 0, maxJobs: 256, waves: undefined },
    );
    expect(few.jobs.length).toBeLessThan(many.jobs.length / 4);
  });
});

describe('a plan in waves', () => {
  test('builds each once, after what it needs, in no more waves and jobs than allowed', () => {
    fc.assert(
      fc.property(
        some,
        fc.constantFrom(1, 2, 5, 12),
        ({ picks, seconds, runners, overhead, maxJobs }, waves) => {
          const plan = planned(picks, seconds, { runners, overhead, maxJobs, waves });
          expectSound(plan);
          const used = new Map<number, number>();
          for (const { wave = -1 } of plan.jobs) used.set(wave, (used.get(wave) ?? 0) + 1);
          expect([...used.keys()].sort((a, b) => a - b)).toEqual([...used.keys()].map((_, i) => i));
          expect(used.size).toBeLessThanOrEqual(waves);
          expect(Math.max(0, ...used.values())).toBeLessThanOrEqual(maxJobs);
        },
      ),
      { numRuns: runs(200) },
    );
  });
});

test('the same input gives the same plan', () => {
  const limits = { runners: 8, overhead: 60, maxJobs: 50 };
  const everything = specs.map(() => true);
  const seconds = specs.map((_, i) => 10 + ((i * 31) % 100));
  for (const waves of [undefined, 6]) {
    const [one, other] = [0, 1].map(() => planned(everything, seconds, { ...limits, waves }).jobs);
    expect(one).toEqual(other);
  }
});

test('names of jobs are short, plain, and the same wherever the job is the same', () => {
  const plan = planned(
    specs.map(() => true),
    specs.map(() => 60),
    { runners: 4, overhead: 60, maxJobs: 30, waves: 4 },
  );
  for (const { name } of plan.jobs) expect(name).toMatch(/^[\w.-]{14,100}$/);
});

test('no specs are no jobs', () => {
  for (const waves of [undefined, 5])
    expect(buildPlan([], [], { runners: 4, overhead: 60, maxJobs: 256, waves }).jobs).toEqual([]);
});

test('a chain so long that all it implies would take all memory is refused', () => {
  const chain = (length: number) => ({
    seconds: [],
    needs: Array.from({ length }, (_, i) => (i === 0 ? [] : [i - 1])),
  });
  for (const remember of [withoutImplied, allBefore]) {
    expect(remember(chain(400), new NeedCount(100_000))).toHaveLength(400);
    expect(() => remember(chain(600), new NeedCount(100_000))).toThrow(
      expect.objectContaining({
        code: 'too-large',
        message: 'the specs need each other too often for a plan',
      }),
    );
  }
});
