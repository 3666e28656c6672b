/** From what each mirror has to what must be rebuilt. */
import type { SpecState } from '../cache/presence.ts';
import type { SpecNode } from '../spec/node.ts';

/**
 * When a spec needs a rebuild. `any`: missing on one mirror decides it, otherwise an unknown leaves it unknown.
 * `all`: present on one mirror decides against it, otherwise an unknown leaves it unknown. A mirror: what that
 * one says.
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
}

export interface SpecDecision {
  readonly node: SpecNode;
  readonly decision: Decision;
}

/** @param specs dependencies first; the decisions come in the same order */
export function decideRebuilds(
  specs: readonly SpecNode[],
  answers: readonly MirrorAnswer[],
  needs: Needs,
): SpecDecision[] {
  const asked = needs.kind === 'mirror' ? answers.filter(({ name }) => name === needs.name) : answers;
  return specs.map((node) => {
    const states = asked.map(({ states }) => states.get(node.hash)?.state ?? 'unknown');
    return { node, decision: decide(states, needs) };
  });
}

function decide(states: readonly SpecState['state'][], needs: Needs): Decision {
  if (states.length === 0) return 'present'; // nobody to ask: nothing to rebuild for
  const present = states.includes('present');
  const missing = states.includes('missing');
  const unknown = states.includes('unknown');
  if (needs.kind === 'all') return present ? 'present' : unknown ? 'unknown' : 'rebuild';
  return missing ? 'rebuild' : unknown ? 'unknown' : 'present';
}
