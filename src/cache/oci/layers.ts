/** Which packages an image of specs is made of, and what a layer is known by. */
import { ofTypes, type SpecGraph } from '../../spec/graph.ts';
import type { SpecNode } from '../../spec/node.ts';
import { targetFamily } from '../../spec/target.ts';
import { topologicalOrder } from '../../spec/topological.ts';
import type { Digest } from '../../storage/registry/reference.ts';

/** A package's tarball as a layer. Images share it. */
export interface PackageLayer {
  readonly digest: Digest;
  /** Bytes, compressed. */
  readonly size: number;
  /** Of the archive before compression. */
  readonly diffId: Digest;
  /** The `Env` of the package's own image, where that has been read. */
  readonly env?: readonly string[];
}

/**
 * The specs themselves and all they link to or run, without externals: what others need comes first, so that a
 * package's own layer is the last.
 */
export function imageSpecs(graph: Pick<SpecGraph, 'nodes'>, roots: Iterable<string>): SpecNode[] {
  const order = topologicalOrder(graph, roots, ofTypes('link', 'run'));
  return order.filter(({ external }) => external === undefined).reverse();
}

/** A spec's architecture as images name it: Go's names where they differ from archspec's. */
export function imageArchitecture(target: string): string {
  const family = targetFamily(target);
  return GO_NAMES[family] ?? family;
}

const GO_NAMES: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' };
