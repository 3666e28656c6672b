/** `plan`: divides what is missing into jobs for many machines. */
import { BuildcacheError, errorCode } from '../core/errors.ts';
import { readEnvironment } from '../environment/environment.ts';
import { costsOf } from '../plan/build-plan/costs.ts';
import { type BuildUnit, buildUnits } from '../plan/build-plan/dag.ts';
import { type BuildTime, readHistory } from '../plan/build-plan/install-times.ts';
import { type BuildPlan, buildPlan, type PlanLimits } from '../plan/build-plan/plan.ts';
import { type CheckResult, mirrorsWith } from '../plan/rebuild.ts';
import { EVERYTHING, type Selection, selectSpecs } from '../plan/selection.ts';
import type { Reporter } from '../report/reporter.ts';
import { postOrder } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import type { InstallTree } from '../tree/install-tree.ts';
import { type CheckOptions, checkSelected } from './check.ts';
import { gatherEvidence } from './plan-evidence.ts';

export interface PlanOptions extends Omit<CheckOptions, 'selection' | 'needs'> {
  readonly selection: Selection;
  readonly needs: CheckOptions['needs'];
  /** Whether unknown specs count as missing. Otherwise there is no plan if some are unknown. */
  readonly unknownIsMissing: boolean;
  readonly limits: PlanLimits;
  /** The install tree in which earlier builds may have left their times. */
  readonly tree: InstallTree | undefined;
  /** The file of earlier builds' times. */
  readonly times: string | undefined;
}

export interface PlanResult {
  readonly check: CheckResult;
  /** Undefined where some specs are unknown: a plan is not made from a guess. */
  readonly plan: BuildPlan | undefined;
  /** Missing specs that no mirror may take. Each job that needs one builds it itself. */
  readonly homeless: readonly SpecNode[];
}

/**
 * @throws BuildcacheError as `check`; `bad-input` for a file that is not a history; `usage` where no mirror may take any of
 *   the specs, unless nothing to do is an answer
 */
export async function plan(options: PlanOptions, reporter: Reporter): Promise<PlanResult> {
  const history = options.times === undefined ? [] : await readHistory(options.times);
  const state = await findMissing(options, reporter);
  const { check: result, homeless, units } = state;
  if (units === undefined) return { check: result, plan: undefined, homeless };
  if (isAllHomeless(homeless, result) && !options.allowEmpty) {
    throw new BuildcacheError('usage', 'there is nothing to plan: no mirror may take any of these specs', {
      file: options.environment.lockfile,
      hint: 'check include_binary and exclude_binary of the mirrors: `buildcache mirror list --json` shows them',
    });
  }
  const evidence = await evidenceFor(units, history, result, options, reporter);
  return { check: result, plan: buildPlan(units, costsOf(units, evidence), options.limits), homeless };
}

export interface Missing extends Pick<PlanResult, 'check' | 'homeless'> {
  /** Undefined where some specs are unknown and do not count as missing. */
  readonly units: readonly BuildUnit[] | undefined;
}

/** Finds what is missing of the selected specs and of all their dependencies, since a build needs what is below it. */
export async function findMissing(
  options: Omit<PlanOptions, 'limits' | 'tree' | 'times'>,
  reporter: Reporter,
): Promise<Missing> {
  const graph = await readEnvironment(options.environment);
  const selected = await selectSpecs(graph, options.selection);
  const needed = new Set(
    postOrder(
      graph,
      selected.map(({ hash }) => hash),
    ),
  );
  const specs = (await selectSpecs(graph, EVERYTHING)).filter((spec) => needed.has(spec));
  const result = await checkSelected({ specs, graph }, options, reporter);
  const isUnknown = result.decisions.some(({ decision }) => decision === 'unknown');
  if (isUnknown && !options.unknownIsMissing) return { check: result, units: undefined, homeless: [] };
  const missing = result.decisions.filter(({ decision }) => decision !== 'present').map(({ node }) => node);
  const homeless = missing.filter(({ hash }) => isForNoMirror(hash, result));
  const without = new Set(homeless);
  const buildable = missing.filter((spec) => !without.has(spec));
  return { check: result, homeless, units: buildUnits(graph, buildable) };
}

/** Whether the filters of all mirrors leave out everything. Most likely that is not what was expected. */
export function isAllHomeless(homeless: readonly SpecNode[], { decisions }: CheckResult): boolean {
  return homeless.length > 0 && homeless.length === decisions.length;
}

function isForNoMirror(hash: string, result: CheckResult): boolean {
  const missing = mirrorsWith(result, hash, 'missing');
  return (
    result.answers.length > 0 &&
    missing.length === result.answers.length &&
    missing.every(({ filtered }) => filtered)
  );
}

/** Milliseconds for finding out how long builds take. */
const EVIDENCE_MS = 60_000;

async function evidenceFor(
  units: readonly BuildUnit[],
  history: readonly BuildTime[],
  { nodes }: CheckResult,
  options: PlanOptions,
  reporter: Reporter,
): Promise<Awaited<ReturnType<typeof gatherEvidence>>> {
  const limit = AbortSignal.timeout(EVIDENCE_MS);
  const signal = AbortSignal.any([options.signal, limit]);
  try {
    return await gatherEvidence(units, { ...options, nodes, history, signal }, reporter);
  } catch (error) {
    if (options.signal.aborted || (!limit.aborted && errorCode(error) !== 'cancelled')) throw error;
    reporter.warn('how long builds take could not be read in time: the plan takes them for alike');
    return new Map();
  }
}
