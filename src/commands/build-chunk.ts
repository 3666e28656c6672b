/**
 * One job of a plan: builds the specs of a chunk one after the other. It leaves out specs that are on a mirror by now,
 * so that nothing is built twice. It also leaves out specs with a dependency that is on no mirror, so that nothing begins
 * before its dependencies are present. A spec that fails stops only the specs that need it.
 */
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError } from '../core/errors.ts';
import type { BuildUnit } from '../plan/build-plan/dag.ts';
import type { CheckResult } from '../plan/rebuild.ts';
import { EVERYTHING } from '../plan/selection.ts';
import type { Reporter } from '../report/reporter.ts';
import { isDagHash } from '../spec/decode-node.ts';
import { localSources } from '../spec/local-source.ts';
import type { SpecNode } from '../spec/node.ts';
import { findMissing, type PlanOptions } from './plan.ts';

export interface ChunkOptions extends Omit<PlanOptions, 'limits' | 'tree' | 'times' | 'selection'> {
  /** DAG hashes of what is to be built. */
  readonly hashes: readonly string[];
  /** Builds a spec and returns the exit code. Undefined to only say what would be built. */
  readonly build: ((spec: SpecNode) => Promise<number>) | undefined;
  /** Called with each outcome when it is known. */
  readonly onOutcome?: (spec: SpecNode, outcome: ChunkOutcome) => void;
}

export type ChunkOutcome =
  | { readonly kind: 'present' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'built' }
  | { readonly kind: 'failed'; readonly exitCode: number }
  /** No mirror may take it, so that nobody would find it. It was not built. */
  | { readonly kind: 'homeless' }
  /** Blocked by dependencies that no mirror has and this job has not built. */
  | { readonly kind: 'blocked'; readonly by: readonly SpecNode[] };

export interface ChunkResult {
  readonly check: CheckResult;
  /** In the order in which the specs were built. Undefined where some were unknown, so that nothing was built. */
  readonly outcomes: ReadonlyMap<SpecNode, ChunkOutcome> | undefined;
}

/**
 * @throws BuildcacheError `usage` for a chunk without specs, and for what is no whole hash; `not-found` where the
 *   environment does not have a spec, so that it is not the environment of the plan; `cancelled`; as `check`
 */
export async function buildChunk(options: ChunkOptions, reporter: Reporter): Promise<ChunkResult> {
  const { hashes, signal } = options;
  requireWhole(hashes);
  const selection = { ...EVERYTHING, hashes };
  const { check, units, homeless } = await findMissing({ ...options, selection }, reporter);
  if (units === undefined) return { check, outcomes: undefined };
  const asked = new Set(hashes);
  const isOurs = ({ spec, entry }: BuildUnit) => asked.has(spec.hash) || asked.has(entry.hash);
  const unknown = new Set(
    check.decisions.filter(({ decision }) => decision === 'unknown').map(({ node }) => node.hash),
  );
  const outcomes = new Map<SpecNode, ChunkOutcome>();
  const settle = (spec: SpecNode, outcome: ChunkOutcome) => {
    outcomes.set(spec, outcome);
    options.onOutcome?.(spec, outcome);
  };
  const missing = new Set([...units.filter(isOurs).map(({ spec }) => spec), ...homeless]);
  const there = check.decisions.filter(({ node }) => asked.has(node.hash) && !missing.has(node));
  for (const { node } of there) settle(node, { kind: 'present' });
  for (const spec of homeless) if (asked.has(spec.hash)) settle(spec, { kind: 'homeless' });
  // An unknown spec that is not in this chunk blocks nothing. The build itself will find out whether it is present.
  // Nor does one of local source, which no mirror will have: who needs it builds it along, if what that needs is there.
  const local = localSources(check);
  const isAlong = (unit: BuildUnit) => !isOurs(unit) && local.has(unit.spec.hash);
  const blocks = (unit: BuildUnit) => isOurs(unit) || !(unknown.has(unit.spec.hash) || isAlong(unit));
  const lacking = new Set(units.filter(blocks));
  for (const unit of units.filter((each) => isOurs(each) || isAlong(each))) {
    throwIfCancelled(signal);
    const by = unit.needs.flatMap((need) => {
      const needed = units[need];
      return needed !== undefined && lacking.has(needed) ? [needed.spec] : [];
    });
    if (isAlong(unit)) {
      if (by.length > 0) lacking.add(unit);
      continue;
    }
    const outcome = by.length > 0 ? ({ kind: 'blocked', by } as const) : await attempt(unit, options);
    throwIfCancelled(signal);
    if (outcome.kind === 'built' || outcome.kind === 'ready') lacking.delete(unit);
    settle(unit.spec, outcome);
  }
  return { check, outcomes };
}

/** The beginning of a hash would select specs and be none of them: nothing would be built, and all would seem well. */
function requireWhole(hashes: readonly string[]): void {
  if (hashes.length === 0) throw new BuildcacheError('usage', 'there is no spec in this chunk');
  const other = hashes.find((hash): boolean => !isDagHash(hash));
  if (other === undefined) return;
  throw new BuildcacheError(
    'usage',
    `a chunk has whole hashes, and not ${JSON.stringify(other.slice(0, 80))}`,
    {
      expected: '32 characters, a to z and 2 to 7, as the plan has them',
    },
  );
}

async function attempt({ spec }: BuildUnit, { build }: ChunkOptions): Promise<ChunkOutcome> {
  if (build === undefined) return { kind: 'ready' };
  const exitCode = await build(spec);
  return exitCode === 0 ? { kind: 'built' } : { kind: 'failed', exitCode };
}

/** 0: all specs are present. 1: some failed, were blocked or are for no mirror. 2: some were unknown. */
export function chunkExitCode({ outcomes }: ChunkResult): 0 | 1 | 2 {
  if (outcomes === undefined) return 2;
  return [...outcomes.values()].some(isLost) ? 1 : 0;
}

/** Whether a spec that was to be on a mirror is on none. */
export function isLost({ kind }: ChunkOutcome): boolean {
  return kind === 'failed' || kind === 'blocked' || kind === 'homeless';
}
