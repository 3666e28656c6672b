/** Groups of an environment's roots, as `spack.yaml` makes them and lockfiles have them from version 7 on. */
import { BuildcacheError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import type { Root } from '../spec/graph.ts';

/** The group of roots that are in no other group, and of all roots of older lockfiles. */
const DEFAULT_GROUP = 'default';

/** How many groups a message names. */
const SHOWN = 20;

/**
 * The roots of some groups. Roots of included environments are in no group of this environment.
 * @param groups none: all roots
 * @throws BuildcacheError `usage` for a group that does not exist, naming those that do
 */
export function rootsOfGroups(roots: readonly Root[], groups: readonly string[]): readonly Root[] {
  if (groups.length === 0) return roots;
  const known = new Set(roots.flatMap((root) => groupOf(root) ?? []));
  for (const group of groups) if (!known.has(group)) throw noSuchGroup(group, known);
  return roots.filter((root) => groups.includes(groupOf(root) ?? ''));
}

/** Hashes of roots that are in none but these groups. */
export function rootsOnlyIn(roots: readonly Root[], groups: ReadonlySet<string>): ReadonlySet<string> {
  const isOnly = (root: Root) => groups.has(groupOf(root) ?? '');
  const others = new Set(roots.filter((root) => !isOnly(root)).map(({ hash }) => hash));
  return new Set(roots.filter((root) => isOnly(root) && !others.has(root.hash)).map(({ hash }) => hash));
}

function groupOf({ group, included }: Root): string | undefined {
  return included === true ? undefined : (group ?? DEFAULT_GROUP);
}

function noSuchGroup(group: string, known: ReadonlySet<string>): BuildcacheError {
  const meant = nearest(group, known);
  const names = [...known].slice(0, SHOWN).join(', ');
  const more = known.size > SHOWN ? ` and ${known.size - SHOWN} more` : '';
  return new BuildcacheError('usage', `the environment has no group ${JSON.stringify(group)} with roots`, {
    expected: known.size === 0 ? 'an environment with roots' : `one of: ${names}${more}`,
    hint:
      meant === undefined
        ? 'concretize the environment again if the group is new in its spack.yaml'
        : `did you mean ${meant}?`,
  });
}
