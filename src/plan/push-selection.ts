/** Which installed specs a push is about: those named, or an environment's roots, and what they need. */
import { BuildcacheError, errorCode } from '../core/errors.ts';
import { ofTypes, postOrder, type SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { selectOne } from './select-one.ts';
import { EVERYTHING, selectSpecs } from './selection.ts';

export interface PushSelection {
  /** Constraints, names or hashes, each of which must mean one spec; the roots when there are none. */
  readonly specs: readonly string[];
  /** The named specs themselves, what they need, or both. */
  readonly only: 'package' | 'dependencies' | 'package,dependencies';
  /** Also what is needed to build only. */
  readonly buildDependencies: boolean;
  /** What has to be installed: all of it, or what the roots are linked or run with. */
  readonly required: 'all' | 'runtime';
  /** Specs that match are not pushed, for licences that forbid it: without recipes we cannot know those. */
  readonly exclude: readonly string[];
}

export interface Selected {
  /** Dependencies before dependents, without external specs. */
  readonly specs: readonly SpecNode[];
  /** Those of them that were asked for by name, or are roots. */
  readonly roots: ReadonlySet<string>;
  /** Those that may be absent: needed for building only. Spack does not keep them, and a cache does not bring them. */
  readonly optional: ReadonlySet<string>;
  /** Left out because of `exclude`. */
  readonly excluded: readonly SpecNode[];
}

/**
 * @param graph its roots are meant when nothing is named, and win where a name means several specs
 * @param isInstalled tells what is installed. The build specs of spliced specs go along, with what they need, as far
 *   as they are installed: a spliced spec is installed from its build spec's entry
 * @throws BuildcacheError `usage` when a constraint means several specs, naming them; `not-found` when it means none
 */
export async function selectToPush(
  graph: SpecGraph,
  selection: PushSelection,
  isInstalled: (hash: string) => boolean = () => false,
): Promise<Selected> {
  const isRoot = new Set(graph.roots.map(({ hash }) => hash));
  const chosen =
    selection.specs.length === 0
      ? isRoot
      : new Set(await Promise.all(selection.specs.map((text) => onlyMatch(graph, text))));
  const follow = selection.buildDependencies ? undefined : ofTypes('link', 'run', 'test');
  const withDependencies = selection.only !== 'package';
  const named = withDependencies
    ? postOrder(graph, chosen, follow)
    : [...chosen].flatMap((hash) => graph.nodes.get(hash) ?? []);
  const built = named.flatMap(({ buildSpec }) =>
    buildSpec && isInstalled(buildSpec.hash) ? [buildSpec.hash] : [],
  );
  const alongside = withDependencies
    ? postOrder(graph, built, follow)
    : built.flatMap((hash) => graph.nodes.get(hash) ?? []);
  const nodes = new Set([...alongside.filter(({ hash }) => isInstalled(hash)), ...named]);
  const wanted = [...nodes].filter(
    ({ hash, external }) =>
      external === undefined && (selection.only !== 'dependencies' || !chosen.has(hash)),
  );
  const kept = await withoutExcluded(graph, wanted, selection.exclude);
  const runtime = new Set(postOrder(graph, chosen, ofTypes('link', 'run')).map(({ hash }) => hash));
  const isOptional = ({ hash }: SpecNode) => selection.required === 'runtime' && !runtime.has(hash);
  return {
    specs: wanted.filter(({ hash }) => kept.has(hash)),
    roots: chosen,
    optional: new Set(wanted.filter(isOptional).map(({ hash }) => hash)),
    excluded: wanted.filter(({ hash }) => !kept.has(hash)),
  };
}

async function onlyMatch(graph: SpecGraph, text: string): Promise<string> {
  const { hash } = await selectOne(graph, text).catch((error: unknown) => {
    if (errorCode(error) !== 'not-found') throw error;
    throw new BuildcacheError(
      'not-found',
      `nothing in the environment or the install tree matches ${JSON.stringify(text)}`,
      {
        hint: 'external specs are never pushed; look at what there is with `spack find -L`',
      },
    );
  });
  return hash;
}

async function withoutExcluded(
  graph: SpecGraph,
  specs: readonly SpecNode[],
  exclude: readonly string[],
): Promise<ReadonlySet<string>> {
  if (exclude.length === 0) return new Set(specs.map(({ hash }) => hash));
  const roots = specs.map(({ hash }) => ({ hash, spec: '' }));
  const kept = await selectSpecs({ nodes: graph.nodes, roots }, { ...EVERYTHING, rootsOnly: true, exclude });
  return new Set(kept.map(({ hash }) => hash));
}
