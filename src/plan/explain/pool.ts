/** The specs there are to compare with, and where each was found. */
import { addTo } from '../../core/multimap.ts';
import { compilerOf } from '../../spec/constraint/compiler.ts';
import { gives, hashHolds, inSpackOrder } from '../../spec/hash.ts';
import type { SpecNode } from '../../spec/node.ts';

export interface Pool {
  /** The specs of a package that some source has, and not only as a dependency's record. */
  ofPackage(name: string): readonly SpecNode[];
  /** A known spec, which a source has or only has a record of. */
  get(hash: string): SpecNode | undefined;
  /** The sources that have it, in the order in which they were asked; none for what is only known. */
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
        addTo(named, node.name, kept);
      } else if (!having.includes(holder)) having.push(holder);
    },
  };
}

/**
 * A spec as it was hashed, if a newer Spack has written it in a newer format and that can be undone. In format 4 the
 * compiler is an attribute; before format 6 a spec does not say what it provides. Any other spec is returned as it
 * is.
 */
export function asHashed(node: SpecNode): SpecNode {
  const { originalFormat, format } = node;
  if (originalFormat === 5 && format === 6) return asFormat5(node);
  if (originalFormat !== 4 || format < 5) return node;
  const { annotations: _, provided_virtuals: __, ...rest } = node.dict;
  const compiler = compilerOf(node);
  const dict = inSpackOrder({ ...rest, ...(compiler === undefined ? {} : { compiler }) });
  return gives(dict, 4, node.hash) ? { ...node, dict, compiler, format: 4 } : node;
}

function asFormat5(node: SpecNode): SpecNode {
  const { provided_virtuals, ...dict } = node.dict;
  if (provided_virtuals === undefined) return node;
  const before: SpecNode = { ...node, dict, format: 5 };
  return hashHolds(before) ? before : node;
}
