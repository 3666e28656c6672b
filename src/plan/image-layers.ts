/**
 * Puts the packages of an image into at most so many layers. The packages that most others of the image need keep layers
 * of their own. The others are the tail, and share layers. The layer of a package of the tail follows from its name, and
 * the number of layers from the limit. So in the images of two environments that differ in one package that nothing else
 * needs, that package's layer differs, and few others: packages that are needed by nearly as many others as the last one
 * with a layer of its own may change places. Nothing but the specs decides, so an environment has the same layers whatever
 * mirror its packages come from.
 */
import { sha256 } from '../core/digest.ts';
import { BuildcacheError } from '../core/errors.ts';
import { ofTypes, postOrder } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';

/** What Docker takes, layers of a base image included. */
export const DOCKER_LAYERS = 127;

/** Leaves room for a base image. */
export const DEFAULT_LAYERS = 100;

/** What one layer holds. The order of layers means nothing: each package has a folder of its own. */
export type LayerPlan = readonly SpecNode[];

/**
 * @param specs of the image: whatever is needed of them at run time is among them, or external
 * @param most layers
 * @returns layers of at least one package: first those of single packages, dependencies before dependents
 */
export function planLayers(specs: readonly SpecNode[], most: number): LayerPlan[] {
  if (!Number.isInteger(most) || most < 1) {
    throw new BuildcacheError('usage', 'an image needs at least one layer for its packages');
  }
  const heights = heightsOf(specs);
  const inOrder = [...specs].sort((a, b) => (heights.get(a) ?? 0) - (heights.get(b) ?? 0) || compare(a, b));
  if (inOrder.length <= most) return inOrder.map((spec) => [spec]);
  const single = Math.floor(most / 2);
  const users = countUsers(inOrder);
  const ranked = [...specs].sort((a, b) => (users.get(b) ?? 0) - (users.get(a) ?? 0) || compare(a, b));
  const isSingle = new Set(ranked.slice(0, single));
  const shared = new Map<number, SpecNode[]>();
  for (const spec of ranked.slice(single).sort(compare)) {
    const number = placeOf(spec.name, most - single);
    const layer = shared.get(number) ?? [];
    shared.set(number, layer);
    layer.push(spec);
  }
  const tail = [...shared].sort(([a], [b]) => a - b).map(([, layer]) => layer);
  return [...inOrder.filter((spec) => isSingle.has(spec)).map((spec) => [spec]), ...tail];
}

/** By name, and not by hash: a package that is built anew stays where it was, so that one layer changes and not two. */
function placeOf(name: string, places: number): number {
  return Number.parseInt(sha256(name).slice(0, 12), 16) % places;
}

function compare(a: SpecNode, b: SpecNode): number {
  return order(a.name, b.name) || order(a.version, b.version) || order(a.hash, b.hash);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const isNeeded = ofTypes('link', 'run');

/** The dependencies of each spec that are in the image. */
function edgesOf(specs: readonly SpecNode[]): ReadonlyMap<SpecNode, readonly SpecNode[]> {
  const byHash = new Map(specs.map((spec) => [spec.hash, spec]));
  return new Map(
    specs.map((spec) => [
      spec,
      spec.dependencies.flatMap(({ hash, deptypes }) => (isNeeded(deptypes) ? (byHash.get(hash) ?? []) : [])),
    ]),
  );
}

/** How long the longest way down from each spec is, dependencies before dependents. */
function heightsOf(specs: readonly SpecNode[]): ReadonlyMap<SpecNode, number> {
  const edges = edgesOf(specs);
  const nodes = new Map(specs.map((spec) => [spec.hash, spec]));
  const heights = new Map<SpecNode, number>();
  for (const spec of postOrder({ nodes }, nodes.keys(), isNeeded)) {
    let height = 0;
    for (const each of edges.get(spec) ?? []) height = Math.max(height, (heights.get(each) ?? 0) + 1);
    heights.set(spec, height);
  }
  return heights;
}

/**
 * How many specs of the image need each spec, directly or through others.
 * @param specs dependencies before dependents
 */
function countUsers(specs: readonly SpecNode[]): ReadonlyMap<SpecNode, number> {
  const edges = edgesOf(specs);
  const words = Math.ceil(specs.length / 32);
  const users = new Map(specs.map((spec) => [spec, new Uint32Array(words)]));
  const counts = new Map<SpecNode, number>();
  for (const [i, spec] of [...specs.entries()].reverse()) {
    const own = users.get(spec) ?? new Uint32Array(words);
    counts.set(spec, countBits(own));
    // The spec's dependencies come after it here, so its own users are known, and are theirs too.
    own[i >>> 5] = (own[i >>> 5] ?? 0) | (1 << (i & 31));
    for (const each of edges.get(spec) ?? []) {
      const theirs = users.get(each);
      if (theirs === undefined) continue;
      for (let at = 0; at < words; at++) theirs[at] = (theirs[at] ?? 0) | (own[at] ?? 0);
    }
    users.delete(spec);
  }
  return counts;
}

function countBits(words: Uint32Array): number {
  let count = 0;
  for (let word of words) for (; word !== 0; word &= word - 1) count++;
  return count;
}
