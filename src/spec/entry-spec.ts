/**
 * Whose entry a spec is installed from: its own, or, for a spliced spec, that of its build spec. Spack looks for no
 * entry under a spliced spec's hash, although its `push` makes one.
 */
import { BuildcacheError } from '../core/errors.ts';
import type { SpecGraph } from './graph.ts';
import { type SpecNode, shortHash } from './node.ts';

/** @throws BuildcacheError `not-found` where the graph lacks the build spec */
export function entrySpec(graph: Pick<SpecGraph, 'nodes'>, spec: SpecNode): SpecNode {
  if (spec.buildSpec === undefined) return spec;
  const built = graph.nodes.get(spec.buildSpec.hash);
  if (built !== undefined) return built;
  throw new BuildcacheError(
    'not-found',
    `${spec.name}/${shortHash(spec)} is spliced, and the spec it was built as is not known`,
    {
      expected: `/${spec.buildSpec.hash}`,
      hint: 'name the environment it was concretized in with --environment',
    },
  );
}

/** The specs whose entries these are installed from, each once, in the same order. @throws as {@link entrySpec} */
export function entrySpecs(graph: Pick<SpecGraph, 'nodes'>, specs: readonly SpecNode[]): SpecNode[] {
  return [...new Map(specs.map((spec) => entrySpec(graph, spec)).map((each) => [each.hash, each])).values()];
}

/** The name of the build spec, for messages; undefined where a spec is installed from its own entry. */
export function builtAs({ buildSpec, version }: Pick<SpecNode, 'buildSpec' | 'version'>): string | undefined {
  // A splice changes what a package needs, never its version.
  return buildSpec && `build spec ${buildSpec.name}@${version}/${buildSpec.hash.slice(0, 7)}`;
}
