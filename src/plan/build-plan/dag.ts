/**
 * What there is to build, and what must be on a mirror before each of it: the graph of the missing specs. A unit is
 * built and pushed once. It is a spec, or the build spec of spliced ones, whose entry they are made from.
 */
import { BuildcacheError } from '../../core/errors.ts';
import { entrySpec } from '../../spec/entry-spec.ts';
import { postOrder, type SpecGraph } from '../../spec/graph.ts';
import type { SpecNode } from '../../spec/node.ts';
import { NeedCount } from './graph.ts';

export interface BuildUnit {
  /** What to install: the spec that the environment has. */
  readonly spec: SpecNode;
  /** Whose entry must be on a mirror afterwards: the build spec's where it is spliced, else the spec's own. */
  readonly entry: SpecNode;
  /** Places of the units that come first, in order; also those it needs through specs that are there already. */
  readonly needs: readonly number[];
}

/** As many as take seconds to divide. The largest environment known has a thousand, and a lockfile is anybody's. */
export const MOST_UNITS = 50_000;

/**
 * The units, dependencies before dependents. Edges of all types count, through specs that are there too: an install
 * of one of these may also bring what it was built with.
 * @param missing to be built, dependencies before dependents
 * @throws BuildcacheError as {@link entrySpec}; `too-large` for too many specs, and for a graph in which they need each
 *   other far too often
 */
export function buildUnits(
  graph: Pick<SpecGraph, 'nodes'>,
  missing: readonly SpecNode[],
  needs = new NeedCount(),
): BuildUnit[] {
  if (missing.length > MOST_UNITS) {
    throw new BuildcacheError('too-large', 'there is too much to build for a plan', {
      expected: `at most ${MOST_UNITS} specs`,
      found: String(missing.length),
      hint: 'plan a part of the environment: name specs',
    });
  }
  const targets = chooseTargets(graph, missing);
  const before = neededBefore(graph, targets, needs);
  const through = (node: SpecNode) => needsBelow(node, before, needs);
  const entries = [...targets.keys()];
  const place = new Map(entries.map((hash, i) => [hash, i]));
  const units = [...targets].map(([hash, spec]) => {
    const entry = entrySpec(graph, spec);
    const found = new Set([...through(spec), ...(entry === spec ? [] : through(entry))]);
    found.delete(hash);
    return { spec, entry, needs: [...found].map((each) => place.get(each) ?? 0) };
  });
  return inOrder(units);
}

/**
 * By the hash of the entry: the spec that is built for it. A spec that is in the environment by itself is preferred.
 */
function chooseTargets(graph: Pick<SpecGraph, 'nodes'>, missing: readonly SpecNode[]): Map<string, SpecNode> {
  const targets = new Map<string, SpecNode>();
  for (const spec of missing) {
    const { hash } = entrySpec(graph, spec);
    if (!targets.has(hash) || spec.hash === hash) targets.set(hash, spec);
  }
  return targets;
}

/** By hash of any spec: the nearest entries that must be there before it can be installed, its own included. */
function neededBefore(
  graph: Pick<SpecGraph, 'nodes'>,
  targets: ReadonlyMap<string, SpecNode>,
  needs: NeedCount,
): Map<string, ReadonlySet<string>> {
  const before = new Map<string, ReadonlySet<string>>();
  for (const node of postOrder(graph, graph.nodes.keys())) {
    const entry = node.buildSpec?.hash ?? node.hash;
    const target = targets.get(entry);
    const own = target === undefined ? [] : [entry];
    // By hash: the missing specs may come from another reading of the same lockfile.
    const below = target?.hash === node.hash ? [] : needsBelow(node, before, needs);
    before.set(node.hash, new Set([...own, ...below]));
  }
  return before;
}

function needsBelow(
  { dependencies }: SpecNode,
  before: ReadonlyMap<string, ReadonlySet<string>>,
  needs: NeedCount,
): string[] {
  return dependencies.flatMap(({ hash }) => {
    const found = before.get(hash) ?? [];
    needs.add(before.get(hash)?.size ?? 0);
    return [...found];
  });
}

/** A topological order: of those that may come next, the one that came first. */
function inOrder(units: readonly BuildUnit[]): BuildUnit[] {
  const dependents = units.map((): number[] => []);
  const waiting = units.map(({ needs }) => needs.length);
  for (const [i, { needs }] of units.entries()) for (const need of needs) dependents[need]?.push(i);
  const order: number[] = [];
  const placeOf = new Map<number, number>();
  // Units come almost in order already. A unit that has to wait is put behind the last one that it waited for.
  const enter = (first: number) => {
    const ready = [first];
    for (const i of ready) {
      placeOf.set(i, order.length);
      order.push(i);
      for (const next of dependents[i] ?? []) {
        waiting[next] = (waiting[next] ?? 0) - 1;
        if (waiting[next] === 0 && next < at) ready.push(next);
      }
    }
  };
  let at = 0;
  for (; at < units.length; at++) if (waiting[at] === 0 && !placeOf.has(at)) enter(at);
  if (order.length < units.length) {
    throw new BuildcacheError(
      'bad-input',
      'specs need each other in a circle, by what they are spliced from',
    );
  }
  return order.flatMap((i) => {
    const unit = units[i];
    if (unit === undefined) return [];
    const needs = unit.needs.map((need) => placeOf.get(need) ?? 0).sort((a, b) => a - b);
    return [{ ...unit, needs }];
  });
}
