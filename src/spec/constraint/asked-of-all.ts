/**
 * What the specs that a configuration has cost together. It is asked of each spec whether it matches each of them. One with
 * a dependency (`^mpi`) looks once at the whole graph, and keeps what it has found there.
 */
import { BuildcacheError } from '../../core/errors.ts';

export interface SpecCounts {
  readonly specs: number;
  readonly characters: number;
  /** Of all specs, conditions included. */
  readonly dependencies: number;
}

/** More than any site writes. */
export const SPECS_MOST: SpecCounts = { specs: 10_000, characters: 200_000, dependencies: 1_000 };

/** For the error. */
export const SPECS_MOST_TEXT =
  `at most ${SPECS_MOST.specs} specs, of ${SPECS_MOST.characters} characters, with ${SPECS_MOST.dependencies} ` +
  'dependencies (^ or %)';

/** @param before counts of the specs that come before these */
export function countSpecs(
  texts: readonly string[],
  before: SpecCounts = { specs: 0, characters: 0, dependencies: 0 },
): SpecCounts {
  let { characters, dependencies } = before;
  for (const text of texts) {
    characters += text.length;
    dependencies += text.match(/[\^%]/g)?.length ?? 0;
  }
  return { specs: before.specs + texts.length, characters, dependencies };
}

export function isTooMuch({ specs, characters, dependencies }: SpecCounts): boolean {
  const most = SPECS_MOST;
  return specs > most.specs || characters > most.characters || dependencies > most.dependencies;
}

/** Seconds, and half a gigabyte. The largest environment known has a thousand specs, and may have all {@link SPECS_MOST}. */
const ASKED_MOST = { specs: 50_000_000, dependencies: 4_000_000 };

/**
 * @param nodes how many specs they are asked of
 * @param what they are, for the error
 * @throws BuildcacheError `too-large` for so many that it would take minutes, or all memory
 */
export function requireAffordable({ specs, dependencies }: SpecCounts, nodes: number, what: string): void {
  if (specs * nodes <= ASKED_MOST.specs && dependencies * nodes <= ASKED_MOST.dependencies) return;
  throw new BuildcacheError('too-large', `${what} have too many specs for so large an environment`, {
    expected: `for ${nodes} specs at most ${Math.floor(ASKED_MOST.specs / nodes)}, with ${Math.floor(ASKED_MOST.dependencies / nodes)} dependencies (^ or %)`,
    found: `${specs}, with ${dependencies} dependencies`,
    hint: 'take some of them out',
  });
}
