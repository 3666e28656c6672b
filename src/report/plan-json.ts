/** A plan for machines, with everything that is in it. */
import { type BuildPlan, jobHashes } from '../plan/build-plan/plan.ts';
import type { SpecNode } from '../spec/node.ts';
import { planTimes } from './plan-text.ts';

export function planJson(plan: BuildPlan, homeless: readonly SpecNode[]): object {
  const { units, costs, jobs, limits } = plan;
  const times = planTimes(plan);
  return {
    version: 1,
    runners: limits.runners,
    overhead_seconds: limits.overhead,
    max_jobs: limits.maxJobs,
    estimated_seconds: rounded(times.estimated),
    least_seconds: rounded(times.least),
    specs: units.map(({ spec, entry, needs }, i) => ({
      name: spec.name,
      version: spec.version,
      hash: spec.hash,
      ...(spec === entry ? {} : { build_spec: entry.hash }),
      seconds: rounded(costs[i]?.seconds ?? 0),
      source: costs[i]?.source,
      ...(costs[i]?.from === undefined ? {} : { from: costs[i].from }),
      needs: needs.map((need) => units[need]?.spec.hash),
    })),
    jobs: jobs.map((job) => ({
      name: job.name,
      hashes: jobHashes(plan, job),
      seconds: rounded(job.seconds),
      needs: job.needs.map((need) => ({ job: jobs[need.job]?.name, whole: need.whole })),
      ...(job.wave === undefined ? {} : { wave: job.wave }),
    })),
    for_no_mirror: homeless.map(({ name, version, hash }) => ({ name, version, hash })),
  };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
