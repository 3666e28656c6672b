/** `explain`: says why specs of an environment are missing, what has changed, and which changes caused it. */
import { BuildcacheError } from '../core/errors.ts';
import { type EnvironmentFiles, readEnvironment } from '../environment/environment.ts';
import { explain, nodesAsHashed } from '../plan/explain/explain.ts';
import { type GrowingPool, makePool } from '../plan/explain/pool.ts';
import type { ExplainResult } from '../plan/explain-result.ts';
import { type CheckResult, specsWith } from '../plan/rebuild.ts';
import { type Selection, selectSpecs } from '../plan/selection.ts';
import type { Reporter } from '../report/reporter.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { type LocalSources, localSources } from '../spec/local-source.ts';
import type { SpecNode } from '../spec/node.ts';
import { type CheckOptions, check } from './check.ts';
import { addMirrors, addNamed, type Found, type NearOptions } from './near-specs.ts';

export interface ExplainOptions extends NearOptions, Pick<CheckOptions, 'needs' | 'verify' | 'forbidden'> {
  readonly environment: EnvironmentFiles;
  readonly selection: Selection;
}

/**
 * Explains what the gate finds missing. Without mirrors it explains what neither the other environment nor the install
 * tree has.
 * @throws BuildcacheError as `check`; `usage` where there is nothing to compare with
 */
export async function explainEnvironment(
  options: ExplainOptions,
  reporter: Reporter,
): Promise<ExplainResult> {
  const { mirrors, against, store, environment, selection } = options;
  if (mirrors.length > 0) {
    const gate = await check({ ...options, allowEmpty: false }, reporter);
    return explainGate(gate, options, reporter);
  }
  if (against === undefined && store === undefined) {
    throw new BuildcacheError('usage', 'there is nothing to compare with', {
      hint: 'name a mirror with --mirror-url, another lockfile with --against, or an install tree with --store',
    });
  }
  const graph = await readEnvironment(environment);
  const specs = await selectSpecs(graph, selection);
  const pool = makePool();
  await addNamed(pool, options);
  const missing = specs.filter(({ hash }) => pool.holders(hash).length === 0);
  return finish(missing, specs.length, graph.nodes, pool, undefined, NOTHING_FOUND, options);
}

/** Explains what a check has found missing. @throws as {@link explainEnvironment} */
export async function explainGate(
  gate: CheckResult,
  options: NearOptions,
  reporter: Reporter,
): Promise<ExplainResult> {
  const missing = specsWith(gate, 'rebuild');
  const local = localSources(gate);
  const compared = missing.filter(({ hash }) => !local.has(hash));
  const pool = makePool();
  let found = NOTHING_FOUND;
  if (compared.length > 0) {
    found = await addMirrors(pool, compared, nodesAsHashed(gate), options, reporter);
    await addNamed(pool, options);
  }
  return finish(missing, gate.decisions.length, gate.nodes, pool, gate, found, options, local);
}

const NOTHING_FOUND: Found = { notes: [], incomplete: false };

function finish(
  missing: readonly SpecNode[],
  total: number,
  nodes: SpecGraph['nodes'],
  pool: GrowingPool,
  gate: CheckResult | undefined,
  { notes, incomplete }: Found,
  { mirrors, against, store }: NearOptions,
  local?: LocalSources,
): ExplainResult {
  const named = [against, store].filter((each) => each !== undefined);
  return {
    explanation: explain(missing, { nodes }, pool, local),
    total,
    nodes,
    gate,
    sources: [...mirrors.map(({ name }) => name), ...named],
    incomplete,
    notes,
  };
}
