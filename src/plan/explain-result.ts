/** What `explain` and `diff` answer, for whatever shows it. */
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import type { Pair } from './explain/align.ts';
import type { Explanation } from './explain/explain.ts';
import type { CheckResult } from './rebuild.ts';

export interface ExplainResult {
  readonly explanation: Explanation;
  /** How many specs were asked for; those explained are the missing ones of them. */
  readonly total: number;
  /** All specs of the environment. */
  readonly nodes: SpecGraph['nodes'];
  /** What the mirrors said; undefined where none were asked. */
  readonly gate: CheckResult | undefined;
  /** What there was to compare with, for people. */
  readonly sources: readonly string[];
  /** A source to compare with could not be read. So a spec that is said to be new need not be new. */
  readonly incomplete: boolean;
  readonly notes: readonly string[];
}

/** 0: nothing is missing, or every missing spec has its answer. 2: some could not be told. */
export function explainExitCode({ gate, incomplete }: ExplainResult): 0 | 2 {
  const isUnknown = gate?.decisions.some(({ decision }) => decision === 'unknown') ?? false;
  return incomplete || isUnknown ? 2 : 0;
}

export interface DiffResult {
  readonly old: string;
  readonly new: string;
  /** Specs that are only in the new environment, and replace no spec of the old one. */
  readonly added: readonly SpecNode[];
  readonly removed: readonly SpecNode[];
  /** Specs that changed in themselves: the new one beside the old one, which is gone. */
  readonly updated: readonly Pair[];
  /** Specs that did not change in themselves, but are over something that did. */
  readonly rebuilt: readonly Pair[];
  /** The explanation of all specs that are only in the new environment. */
  readonly explanation: Explanation;
  /** How many specs the new one has, external ones left out. */
  readonly total: number;
  /** What would have to be built; with mirrors, what none of them has. */
  readonly build: readonly SpecNode[];
  /** What the mirrors said of the new environment; undefined where none were asked. */
  readonly gate: CheckResult | undefined;
  readonly notes: readonly string[];
}

/** With `--exit-code`, as git: 1 where they differ. 2: some could not be told. */
export function diffExitCode(
  { added, removed, updated, rebuilt, gate }: DiffResult,
  asked: boolean,
): 0 | 1 | 2 {
  if (gate?.decisions.some(({ decision }) => decision === 'unknown')) return 2;
  const isSame = [added, removed, updated, rebuilt].every((list) => list.length === 0);
  return asked && !isSame ? 1 : 0;
}
