/** From what each mirror has to what must be rebuilt. */
import type { SpecState, Verify, WholeIndex } from '../cache/reading/presence.ts';
import { ADDITIONAL_MIRROR } from '../mirrors/mirror.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';

/**
 * When a spec needs a rebuild. `any`: missing on one mirror decides it, otherwise an unknown leaves it unknown.
 * `all`: present on one mirror decides against it, otherwise an unknown leaves it unknown. A mirror: its answer
 * decides. A mirror that may not serve a spec has no say, unless no mirror has one: then the spec must be built.
 */
export type Needs =
  | { readonly kind: 'any' }
  | { readonly kind: 'all' }
  | { readonly kind: 'mirror'; readonly name: string };

export type Decision = 'present' | 'rebuild' | 'unknown';

/** What one mirror answered. */
export interface MirrorAnswer {
  readonly name: string;
  /** For people and machines alike: credentials are taken out. */
  readonly url: string;
  readonly states: ReadonlyMap<string, SpecState>;
  readonly notes: readonly string[];
  readonly index: 'mirror' | 'local copy' | undefined;
  /** The one index of the mirror that lists all that it was asked for. */
  readonly whole?: WholeIndex | undefined;
}

export interface SpecDecision {
  readonly node: SpecNode;
  readonly decision: Decision;
}

/** The gate's whole answer. */
export interface CheckResult {
  /** What was asked for, dependencies first, each with its decision. */
  readonly decisions: readonly SpecDecision[];
  /** All specs of the environment, those that were not checked too. */
  readonly nodes: SpecGraph['nodes'];
  readonly answers: readonly MirrorAnswer[];
  readonly needs: Needs;
  readonly verify: Verify;
}

/** 0: all present. 1: something to rebuild. 2: some could not be told, whatever the others are. */
export function checkExitCode({ decisions }: CheckResult): 0 | 1 | 2 {
  if (decisions.some(({ decision }) => decision === 'unknown')) return 2;
  return decisions.some(({ decision }) => decision === 'rebuild') ? 1 : 0;
}

/** The specs with one decision, dependencies first. */
export function specsWith(result: CheckResult, decision: Decision): SpecNode[] {
  return result.decisions.filter((one) => one.decision === decision).map(({ node }) => node);
}

/** All specs that were checked, dependencies first. */
export function checkedSpecs(result: CheckResult): SpecNode[] {
  return result.decisions.map(({ node }) => node);
}

/** How many of the specs one mirror has, does not have, and gave no answer for. */
export function countStates(answer: MirrorAnswer): Record<SpecState['state'], number> {
  const counts = { present: 0, missing: 0, unknown: 0 };
  for (const { state } of answer.states.values()) counts[state]++;
  return counts;
}

/** How many of the specs a mirror may not serve; they are among the missing. */
export function countFiltered({ states }: Pick<MirrorAnswer, 'states'>): number {
  return [...states.values()].filter(isFiltered).length;
}

function isFiltered(state: SpecState | undefined): boolean {
  return state?.state === 'missing' && state.filtered === true;
}

/** Mirrors where a spec is in a state, with the reason where there is one. */
export function mirrorsWith(
  result: CheckResult,
  hash: string,
  state: SpecState['state'],
): { readonly name: string; readonly reason: string | undefined; readonly filtered: boolean }[] {
  const found = [];
  for (const { name, states } of result.answers) {
    const one = states.get(hash);
    if (one?.state === state)
      found.push({ name, reason: 'reason' in one ? one.reason : undefined, filtered: isFiltered(one) });
  }
  return found;
}

/**
 * Spack's name for a mirror, for machines. A mirror that is the only one has a name of its own there; people see its
 * URL.
 */
export function spackName(
  { name, url }: Pick<MirrorAnswer, 'name' | 'url'>,
  answers: readonly MirrorAnswer[],
): string {
  return name === url && answers.length === 1 ? ADDITIONAL_MIRROR : name;
}

/** @param specs dependencies first; the decisions come in the same order */
export function decideRebuilds(
  specs: readonly SpecNode[],
  answers: readonly MirrorAnswer[],
  needs: Needs,
): SpecDecision[] {
  const asked = needs.kind === 'mirror' ? answers.filter(({ name }) => name === needs.name) : answers;
  return specs.map((node) => {
    const states = asked.map(({ states }) => states.get(node.hash));
    const counting = states.filter((state) => !isFiltered(state));
    if (counting.length === 0 && states.length > 0) return { node, decision: 'rebuild' };
    return {
      node,
      decision: decide(
        counting.map((state) => state?.state ?? 'unknown'),
        needs,
      ),
    };
  });
}

function decide(states: readonly SpecState['state'][], needs: Needs): Decision {
  if (states.length === 0) return 'present'; // no mirror to ask: nothing to rebuild for
  const present = states.includes('present');
  const missing = states.includes('missing');
  const unknown = states.includes('unknown');
  if (needs.kind === 'all') return present ? 'present' : unknown ? 'unknown' : 'rebuild';
  return missing ? 'rebuild' : unknown ? 'unknown' : 'present';
}
