/**
 * How far a spec is from another of its package, by the differences of its own and of what is below: the fewer and
 * the less grave, the nearer. This is only a ranking: changes.ts says what really differs of the one that is chosen.
 */
import { compilerOf } from '../../spec/constraint/compiler.ts';
import type { SpecNode } from '../../spec/node.ts';
import { type Distance, pairEdges, sameUse } from './edges.ts';

/** What a difference weighs. The more of a spec it decides, the more it weighs. */
export const WEIGHTS = {
  version: 8,
  variant: 3,
  flags: 2,
  target: 5,
  os: 8,
  platform: 30,
  namespace: 3,
  recipe: 1,
  patches: 2,
  compiler: 10,
  compilerVersion: 5,
  external: 14,
  format: 12,
  splice: 4,
  edge: 4,
  use: 1,
} as const;

/**
 * The most that differences of one kind weigh. A spec with all of its many variants and edges changed is still the
 * same package.
 */
const MOST_OF_A_KIND = 20;

/** The most that counts of what is below one dependency, so that many paths do not add up to a large number. */
const MOST_BELOW = 6;

/** The part of a difference below that counts one level further up. */
const BELOW = 0.5;

/** Differences of the two themselves. */
export function ownDistance(a: SpecNode, b: SpecNode): number {
  let sum = 0;
  if (a.version !== b.version) sum += versionDistance(a.version, b.version);
  if (a.target !== b.target) sum += WEIGHTS.target;
  if (a.os !== b.os) sum += WEIGHTS.os;
  if (a.platform !== b.platform) sum += WEIGHTS.platform;
  if (a.namespace !== b.namespace) sum += WEIGHTS.namespace;
  if (a.dict['package_hash'] !== b.dict['package_hash']) sum += WEIGHTS.recipe;
  if (a.originalFormat !== b.originalFormat) sum += WEIGHTS.format;
  if (a.buildSpec?.hash !== b.buildSpec?.hash) sum += WEIGHTS.splice;
  if ((a.external === undefined) !== (b.external === undefined)) sum += WEIGHTS.external;
  else if (a.external?.path !== b.external?.path) sum += WEIGHTS.use;
  const [compiler, other] = [compilerOf(a), compilerOf(b)];
  if (compiler?.name !== other?.name) sum += WEIGHTS.compiler;
  else if (compiler?.version !== other?.version) sum += WEIGHTS.compilerVersion;
  sum += Math.min(MOST_OF_A_KIND, WEIGHTS.variant * differing(a.variants, b.variants));
  return sum + Math.min(MOST_OF_A_KIND, WEIGHTS.flags * differing(a.flags, b.flags));
}

/**
 * Differences of the two and of what is below them.
 * @param below the distance of two dependencies
 */
export function distance(wanted: SpecNode, near: SpecNode, below: Distance): number {
  let edges = 0;
  let under = 0;
  for (const { wanted: to, near: from } of pairEdges(wanted, near, below)) {
    if (to === undefined || from === undefined) {
      edges += WEIGHTS.edge;
      continue;
    }
    if (to.name !== from.name) edges += WEIGHTS.edge + WEIGHTS.use;
    else if (to.hash !== from.hash) under += Math.min(MOST_BELOW, BELOW * below(to.hash, from.hash));
    if (!sameUse(to, from)) edges += WEIGHTS.use;
  }
  return ownDistance(wanted, near) + Math.min(MOST_OF_A_KIND, edges) + under;
}

/**
 * The distance of two versions. It is smaller the further back they part, and the nearer their numbers are there:
 * 24.7 is nearer to 24.9 than 24.3.
 */
function versionDistance(a: string, b: string): number {
  const [one, other] = [a.split(/[._-]/), b.split(/[._-]/)];
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  const apart = Math.abs(Number(one[same]) - Number(other[same]));
  const step = Number.isFinite(apart) ? Math.min(1, apart / 100) : 1;
  return WEIGHTS.version - Math.min(2, same) + step;
}

function differing<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): number {
  let count = 0;
  let shared = 0;
  for (const [name, value] of a) {
    const other = b.get(name);
    if (other !== undefined) shared++;
    if (other !== value && !(Array.isArray(value) && sameItems(value, other))) count++;
  }
  return count + b.size - shared;
}

function sameItems(a: readonly unknown[], b: unknown): boolean {
  return Array.isArray(b) && a.length === b.length && a.every((item, i) => item === b[i]);
}
