/** Which specs of an environment a command works with. */
import { BuildcacheError } from '../core/errors.ts';
import { isDagHash } from '../spec/decode-node.ts';
import { ofTypes, postOrder, type SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { rootsOfGroups } from './groups.ts';

/**
 * Groups come first. Of their specs, those count that match one of `specs` or `hashes` (all when there are none).
 * Then `include` and `exclude` apply.
 */
export interface Selection {
  /** Of the environment's roots; what they need is selected, too. All when there are none. */
  readonly groups?: readonly string[];
  readonly rootsOnly: boolean;
  /** Leave out what is needed to build only. */
  readonly noBuildDeps: boolean;
  /** Spec constraints, names, globs over names, `/hash` prefixes. */
  readonly specs: readonly string[];
  /** DAG hashes or prefixes of them, with or without the slash. */
  readonly hashes: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export const EVERYTHING: Selection = {
  rootsOnly: false,
  noBuildDeps: false,
  specs: [],
  hashes: [],
  include: [],
  exclude: [],
};

/**
 * The concrete, non-external specs selected, dependencies before dependents, each hash once.
 * @throws `usage` for a pattern that cannot be read or a group that does not exist, `not-found` for one of `specs` or
 *   `hashes` that matches nothing
 */
export async function selectSpecs(graph: SpecGraph, selection: Selection): Promise<SpecNode[]> {
  const base = baseNodes(graph, selection).filter((node) => node.external === undefined);
  const positives = await Promise.all([
    ...selection.specs.map((text) => matcher(text, base)),
    ...selection.hashes.map((text) => hashMatcher(text.replace(/^\//, ''), text)),
  ]);
  const include = await Promise.all(selection.include.map((text) => matcher(text, base)));
  const exclude = await Promise.all(selection.exclude.map((text) => matcher(text, base)));
  for (const positive of positives) {
    if (!base.some((node) => positive.matches(graph, node))) {
      throw new BuildcacheError(
        'not-found',
        `no spec of the environment matches ${JSON.stringify(positive.text)}`,
        {
          hint: 'external specs are never selected; `spack -e DIR find -L` shows what there is',
        },
      );
    }
  }
  const any = (matchers: readonly Matcher[], node: SpecNode) =>
    matchers.some((one) => one.matches(graph, node));
  return base.filter(
    (node) =>
      (positives.length === 0 || any(positives, node)) &&
      (include.length === 0 || any(include, node)) &&
      !any(exclude, node),
  );
}

interface Matcher {
  readonly text: string;
  readonly matches: (graph: SpecGraph, node: SpecNode) => boolean;
}

function baseNodes(graph: SpecGraph, { groups = [], rootsOnly, noBuildDeps }: Selection): SpecNode[] {
  const roots = new Set(rootsOfGroups(graph.roots, groups).map((root) => root.hash));
  const nodes = postOrder(graph, roots, noBuildDeps ? ofTypes('link', 'run') : undefined);
  return rootsOnly ? nodes.filter((node) => roots.has(node.hash)) : nodes;
}

/** A glob over names, a hash, or a spec constraint; one argument is one constraint. */
async function matcher(text: string, base: readonly SpecNode[]): Promise<Matcher> {
  if (/^\/[a-z2-7]+$/.test(text)) return hashMatcher(text.slice(1), text);
  // A package's name is the commonest constraint and needs no parser. A name that no package has may be a virtual
  // package's.
  if (/^\w[\w-]*$/.test(text) && base.some(({ name }) => name === text))
    return { text, matches: (_, node) => node.name === text };
  if (isGlob(text)) {
    const { globMatcher } = await import('../core/glob.ts');
    const isMatch = globMatcher(text);
    return { text, matches: (_, node) => isMatch(node.name) };
  }
  const [{ parseSpec }, { satisfies }] = await Promise.all([
    import('../spec/constraint/parse.ts'),
    import('../spec/constraint/match.ts'),
  ]);
  const constraint = parseSpec(text);
  return { text, matches: (graph, node) => satisfies(graph, node, constraint) };
}

/** `py-*`, `{hdf5,netcdf}-*`: no constraint begins with a name that has such characters. */
export function isGlob(text: string): boolean {
  return /[*?{[]/.test(text) && /^[\w{},[\]!*?-]+$/.test(text);
}

function hashMatcher(prefix: string, text: string): Matcher {
  if (prefix === '' || !isDagHash(prefix.padEnd(32, 'a'))) {
    throw new BuildcacheError('usage', `not a hash: ${JSON.stringify(text)}`, {
      expected: 'up to 32 characters of lower-case base32',
    });
  }
  return { text, matches: (_, node) => node.hash.startsWith(prefix) };
}
