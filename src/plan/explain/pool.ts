/** The specs there are to compare with, and where each was found. */
import { compilerOf } from '../../spec/constraint/compiler.ts';
import { dagHash, hashHolds, inSpackOrder } from '../../spec/hash.ts';
import type { SpecNode } from '../../spec/node.ts';

export interface Pool {
  /** Those of a package that somebody has, and not only as a dependency's record. */
  ofPackage(name: string): readonly SpecNode[];
  /** A spec that is known, to have or as a record. */
  get(hash: string): SpecNode | undefined;
  /** Who has it, in the order in which they were asked; nobody for what is only known. */
  holders(hash: string): readonly string[];
}

export interface GrowingPool extends Pool {
  /** @param holder for people: a mirror's name, a file; undefined where nobody has it */
  add(node: SpecNode, holder: string | undefined): void;
}

export function makePool(): GrowingPool {
  const nodes = new Map<string, SpecNode>();
  const named = new Map<string, SpecNode[]>();
  const holders = new Map<string, string[]>();
  return {
    ofPackage: (name) => named.get(name) ?? [],
    get: (hash) => nodes.get(hash),
    holders: (hash) => holders.get(hash) ?? [],
    add(node, holder) {
      const known = nodes.get(node.hash);
      const kept = known ?? asHashed(node);
      if (known === undefined) nodes.set(node.hash, kept);
      if (holder === undefined) return;
      const having = holders.get(node.hash);
      if (having === undefined) {
        holders.set(node.hash, [holder]);
        const others = named.get(node.name);
        if (others === undefined) named.set(node.name, [kept]);
        else others.push(kept);
      } else if (!having.includes(holder)) having.push(holder);
    },
  };
}

/**
 * A spec that a newer Spack wrote in the shape of a newer format, as it was hashed, where that can be had: one of format 4
 * with its compiler as an attribute, none before 6 with what it provides. Any other spec is itself.
 */
export function asHashed(node: SpecNode): SpecNode {
  const { originalFormat, format } = node;
  if (originalFormat === 5 && format === 6) return asFormat5(node);
  if (originalFormat !== 4 || format < 5) return node;
  const { annotations: _, provided_virtuals: __, ...rest } = node.dict;
  const compiler = compilerOf(node);
  const dict = inSpackOrder({ ...rest, ...(compiler === undefined ? {} : { compiler }) });
  return dagHash(dict) === node.hash ? { ...node, dict, compiler, format: 4 } : node;
}

function asFormat5(node: SpecNode): SpecNode {
  const { provided_virtuals, ...dict } = node.dict;
  if (provided_virtuals === undefined) return node;
  const before: SpecNode = { ...node, dict, format: 5 };
  return hashHolds(before) ? before : node;
}
