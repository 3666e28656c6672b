/** What a node of format 6 says that it provides, whether or not anything uses it for that: `["mpi@:3", "blas"]`. */
import type { SpecNode } from './node.ts';

/** @returns names without versions, which no question of ours asks about */
export function providedVirtuals(dict: Readonly<Record<string, unknown>>): string[] {
  const provided: unknown = dict['provided_virtuals'];
  if (!Array.isArray(provided)) return [];
  return provided.flatMap((each: unknown) => {
    const name = typeof each === 'string' ? /^\w[\w-]*/.exec(each)?.[0] : undefined;
    return name ?? [];
  });
}

/**
 * Joins two nodes of one spec: only the older format has a hash that could be verified, only format 6 says what is
 * provided.
 */
export function withProvided(older: SpecNode | undefined, newer: SpecNode): SpecNode {
  const { provided_virtuals } = newer.dict;
  if (older === undefined || provided_virtuals === undefined) return older ?? newer;
  return { ...older, format: newer.format, dict: { ...older.dict, provided_virtuals } };
}
