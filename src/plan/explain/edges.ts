/**
 * Pairs the dependencies of two specs: by name, types and virtual packages, since build dependencies repeat names.
 * Providers of the same virtual package are paired too, where they are different packages.
 */
import { addTo } from '../../core/multimap.ts';
import type { Dependency, SpecNode } from '../../spec/node.ts';

/** One side is undefined for an edge that came or went; the names differ where another package provides a virtual. */
export interface EdgePair {
  readonly wanted: Dependency | undefined;
  readonly near: Dependency | undefined;
  /** The number of the edge among its spec's. */
  readonly wantedIndex: number | undefined;
  readonly nearIndex: number | undefined;
}

/** How far two specs are from each other, where a name repeats. */
export type Distance = (wantedHash: string, nearHash: string) => number;

/** @returns in the order of the wanted spec's edges, those that went at the end */
export function pairEdges(
  wanted: Pick<SpecNode, 'dependencies'>,
  near: Pick<SpecNode, 'dependencies'>,
  distance: Distance,
): EdgePair[] {
  return pairInOrder(wanted.dependencies, near.dependencies) ?? pairByName(wanted, near, distance);
}

/** Most specs have the same dependencies as before. @returns undefined where names differ or repeat */
function pairInOrder(wanted: readonly Dependency[], near: readonly Dependency[]): EdgePair[] | undefined {
  if (wanted.length !== near.length) return undefined;
  const pairs: EdgePair[] = [];
  for (let i = 0; i < wanted.length; i++) {
    const [edge, other] = [wanted[i], near[i]];
    if (edge === undefined || other === undefined || edge.name !== other.name) return undefined;
    if (edge.name === wanted[i - 1]?.name) return undefined;
    pairs.push({ wanted: edge, near: other, wantedIndex: i, nearIndex: i });
  }
  return pairs;
}

function pairByName(
  wanted: Pick<SpecNode, 'dependencies'>,
  near: Pick<SpecNode, 'dependencies'>,
  distance: Distance,
): EdgePair[] {
  const free = new Map<string, number[]>();
  near.dependencies.forEach(({ name }, index) => {
    addTo(free, name, index);
  });
  const names = new Map<string, Dependency[]>();
  for (const edge of wanted.dependencies) addTo(names, edge.name, edge);
  const partner = new Map<Dependency, number>();
  for (const [name, edges] of names) {
    const open = free.get(name);
    if (open !== undefined) pairNamed(edges, open, near.dependencies, distance, partner);
  }
  const lone = wanted.dependencies.filter((edge) => !partner.has(edge));
  if (lone.length > 0) pairProviders(lone, [...free.values()].flat(), near.dependencies, partner);
  const pairs = wanted.dependencies.map((edge, wantedIndex): EdgePair => {
    const nearIndex = partner.get(edge);
    const other = nearIndex === undefined ? undefined : near.dependencies[nearIndex];
    return { wanted: edge, near: other, wantedIndex, nearIndex };
  });
  const paired = new Set(partner.values());
  for (const [index, edge] of near.dependencies.entries()) {
    if (!paired.has(index))
      pairs.push({ wanted: undefined, near: edge, wantedIndex: undefined, nearIndex: index });
  }
  return pairs;
}

/** More edges of one name than any spec has are paired in their order. */
const COMPARED = 16;

/** @param open the near edges of that name that are not paired yet; what is paired is taken out */
function pairNamed(
  edges: readonly Dependency[],
  open: number[],
  near: readonly Dependency[],
  distance: Distance,
  partner: Map<Dependency, number>,
): void {
  if (edges.length > COMPARED || open.length > COMPARED) {
    for (const edge of edges) take(edge, open, 0, partner);
    return;
  }
  if (edges.length === 1 && open.length === 1) {
    for (const edge of edges) take(edge, open, 0, partner);
    return;
  }
  const costs = edges.flatMap((edge) =>
    open.map((index) => ({ edge, index, cost: edgeCost(edge, near[index], distance) })),
  );
  for (const { edge, index } of costs.sort((a, b) => a.cost - b.cost)) {
    const at = open.indexOf(index);
    if (at >= 0 && !partner.has(edge)) take(edge, open, at, partner);
  }
}

function take(edge: Dependency, open: number[], at: number, partner: Map<Dependency, number>): void {
  const [index] = open.splice(at, 1);
  if (index !== undefined) partner.set(edge, index);
}

function edgeCost(wanted: Dependency, near: Dependency | undefined, distance: Distance): number {
  if (near === undefined) return Number.POSITIVE_INFINITY;
  const uses = sameUse(wanted, near) ? 0 : 100;
  return wanted.hash === near.hash ? uses / 2 : uses + Math.min(99, 1 + distance(wanted.hash, near.hash));
}

/** Whether a spec needs the two for the same purpose. */
export function sameUse(a: Dependency, b: Dependency): boolean {
  return sameList(a.deptypes, b.deptypes) && sameList(a.virtuals, b.virtuals);
}

/**
 * Pairs each edge with the first one that is left and provides one of the same virtual packages. Each name is looked at
 * once: a lockfile is anybody's, and may name them by the hundred thousand.
 * @param left numbers of the near edges that are not paired yet
 */
function pairProviders(
  lone: readonly Dependency[],
  left: readonly number[],
  near: readonly Dependency[],
  partner: Map<Dependency, number>,
): void {
  // By virtual package: places in `left`, the first one last.
  const providing = new Map<string, number[]>();
  for (let place = left.length - 1; place >= 0; place--)
    for (const virtual of near[left[place] ?? -1]?.virtuals ?? []) addTo(providing, virtual, place);
  const taken = new Set<number>();
  const firstOf = (virtual: string) => {
    const places = providing.get(virtual) ?? [];
    while (taken.has(places.at(-1) ?? -1)) places.pop();
    return places.at(-1) ?? Number.POSITIVE_INFINITY;
  };
  for (const edge of lone) {
    const place = edge.virtuals.reduce(
      (first, each) => Math.min(first, firstOf(each)),
      Number.POSITIVE_INFINITY,
    );
    const index = left[place];
    if (index === undefined) continue;
    taken.add(place);
    partner.set(edge, index);
  }
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
