/** `diff`: says what has changed between two environments, why, and which specs of the new one would have to be built. */

import type { Pair } from '../plan/explain/align.ts';
import { explain, type SpecAnswer } from '../plan/explain/explain.ts';
import { makePool } from '../plan/explain/pool.ts';
import type { DiffResult } from '../plan/explain-result.ts';
import { specsWith } from '../plan/rebuild.ts';
import type { Reporter } from '../report/reporter.ts';
import { postOrder, type SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { type CheckOptions, checkSpecs } from './check.ts';
import { environmentAt, type Place } from './environment-at.ts';

export interface DiffOptions extends Place, Omit<CheckOptions, 'environment' | 'selection' | 'allowEmpty'> {
  /** Each as `environmentAt` takes it. */
  readonly old: string;
  readonly new: string;
}

/** @throws BuildcacheError for environments that cannot be read, and as `check` where there are mirrors */
export async function diff(options: DiffOptions, reporter: Reporter): Promise<DiffResult> {
  const [before, after] = await Promise.all([
    environmentAt(options.old, options),
    environmentAt(options.new, options),
  ]);
  // Externals are compared too: they are never built, but they can differ. A lockfile may also have specs that none of
  // its roots needs: whoever wrote it would decide with these what seems to have changed.
  const come = without(specsOf(after), specsOf(before));
  const gone = without(specsOf(before), specsOf(after));
  const pool = makePool();
  const isNew = new Set(come.map(({ hash }) => hash));
  for (const node of before.nodes.values()) if (!isNew.has(node.hash)) pool.add(node, options.old);
  const explanation = explain(come, after, pool);
  const placed = pairUp(explanation.answers, gone);
  const all = builtOnly(specsOf(after));
  const gate =
    options.mirrors.length === 0
      ? undefined
      : await checkSpecs({ specs: all, graph: after }, options, reporter);
  return {
    old: options.old,
    new: options.new,
    ...placed,
    explanation,
    total: all.length,
    build: gate === undefined ? builtOnly(come) : specsWith(gate, 'rebuild'),
    gate,
    notes: [],
  };
}

/** Dependencies first. */
function specsOf(graph: SpecGraph): SpecNode[] {
  return postOrder(
    graph,
    graph.roots.map(({ hash }) => hash),
  );
}

function without(specs: readonly SpecNode[], others: readonly SpecNode[]): SpecNode[] {
  const hashes = new Set(others.map(({ hash }) => hash));
  return specs.filter(({ hash }) => !hashes.has(hash));
}

function builtOnly(specs: readonly SpecNode[]): SpecNode[] {
  return specs.filter(({ external }) => external === undefined);
}

/** Pairs each new spec with the spec it replaces: the nearest one, if that is gone and no nearer new spec has it. */
function pairUp(answers: readonly SpecAnswer[], gone: readonly SpecNode[]) {
  const free = new Map(gone.map((node) => [node.hash, node]));
  const updated: Pair[] = [];
  const rebuilt: Pair[] = [];
  const rest: SpecAnswer[] = [];
  const take = (isTaker: (pair: Pair) => boolean, into: Pair[], from: readonly SpecAnswer[]) =>
    from.filter((answer) => {
      if (answer.is !== 'changed' || !isTaker(answer.pair) || !free.delete(answer.pair.near.hash))
        return true;
      into.push(answer.pair);
      return false;
    });
  rest.push(...take(({ changes }) => changes.length === 0, rebuilt, answers));
  const added = take(() => true, updated, rest).map(({ node }) => node);
  return { added, removed: [...free.values()], updated, rebuilt };
}
