/** What must be rebuilt, as a job matrix: in dependency order, and never more jobs than allowed. */
import { postOrder, type SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';

/** One job. Several specs in one are separated by spaces, in the order to build them. */
export interface MatrixEntry {
  readonly name: string;
  readonly hash: string;
  /** What to give to `spack install`. */
  readonly spec: string;
  /** Specs of a stage depend on earlier stages only; 0 comes first. */
  readonly stage: number;
  /** Counts the jobs, from 0. */
  readonly batch: number;
}

/** GitHub's own limit for one matrix. */
export const MAX_JOBS = 256;

/**
 * @param specs to be rebuilt, dependencies before dependents
 * @param maxJobs the most entries. Specs share an entry where there are more specs
 * @param nodes all of the environment: see {@link groupByStage}
 */
export function jobMatrix(
  specs: readonly SpecNode[],
  maxJobs: number,
  nodes: SpecGraph['nodes'],
): MatrixEntry[] {
  const stages = groupByStage(specs, nodes);
  const batches: { readonly stage: number; readonly specs: readonly SpecNode[] }[] = [];
  if (stages.length <= maxJobs) {
    const size = batchSize(stages, maxJobs);
    for (const [stage, members] of stages.entries()) {
      for (let i = 0; i < members.length; i += size)
        batches.push({ stage, specs: members.slice(i, i + size) });
    }
  } else {
    // There are more stages than jobs: consecutive stages share a job, still in order.
    const size = Math.ceil(stages.length / maxJobs);
    for (let i = 0; i < stages.length; i += size) {
      batches.push({ stage: batches.length, specs: stages.slice(i, i + size).flat() });
    }
  }
  return batches.map(({ stage, specs: members }, batch) => ({
    name: members.map((node) => node.name).join(' '),
    hash: members.map((node) => node.hash).join(' '),
    spec: members.map((node) => `${node.name}@${node.version}/${node.hash}`).join(' '),
    stage,
    batch,
  }));
}

/**
 * The stage of each spec to be rebuilt: after those of all specs it needs. It may need them through specs that are
 * present, since these cannot be installed before what they need is there, and through specs that nobody asked for.
 * @param specs dependencies first
 * @param nodes the specs between them too
 */
export function groupByStage(specs: readonly SpecNode[], nodes: SpecGraph['nodes']): SpecNode[][] {
  const rebuilt = new Set(specs.map(({ hash }) => hash));
  /** The first stage in which what depends on a spec can be built. */
  const readyAt = new Map<string, number>();
  const stages: SpecNode[][] = [];
  for (const node of postOrder({ nodes }, rebuilt)) {
    let stage = 0;
    for (const { hash } of node.dependencies) stage = Math.max(stage, readyAt.get(hash) ?? 0);
    readyAt.set(node.hash, rebuilt.has(node.hash) ? stage + 1 : stage);
    if (!rebuilt.has(node.hash)) continue;
    const members = stages[stage];
    if (members === undefined) stages[stage] = [node];
    else members.push(node);
  }
  return stages;
}

/** The smallest number of specs a job must take for all to fit. */
function batchSize(stages: readonly (readonly SpecNode[])[], maxJobs: number): number {
  let [low, high] = [1, 1];
  for (const { length } of stages) high = Math.max(high, length);
  while (low < high) {
    const size = (low + high) >> 1;
    const jobs = stages.reduce((sum, members) => sum + Math.ceil(members.length / size), 0);
    if (jobs <= maxJobs) high = size;
    else low = size + 1;
  }
  return low;
}
