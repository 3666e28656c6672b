/**
 * Whether two documents say the same of a spec, node for node. Only what every Spack writes alike is compared. Where
 * DAG hashes must hold, the readers of the documents have recomputed them. This is for nodes whose hashes normally do
 * not hold (spliced specs, targets with all their features, nodes that a newer Spack has rewritten).
 */
import { stringifyCompact } from '../core/json.ts';
import { ofTypes, postOrder, type SpecGraph } from './graph.ts';
import { hashHolds, hashMustHold } from './hash.ts';
import { commitOf, type SpecNode, shortHash } from './node.ts';

type Nodes = SpecGraph['nodes'];

/**
 * Compares the spec itself and all that it links to or runs.
 * @returns what `found` says otherwise than `expected`, for a person; undefined where they say the same
 */
export function differenceOf(hash: string, found: Nodes, expected: Nodes): string | undefined {
  for (const node of postOrder({ nodes: found }, [hash], ofTypes('link', 'run'))) {
    const other = expected.get(node.hash);
    if (other === undefined) return `${node.name}/${shortHash(node)} is not there`;
    if (other === node) continue;
    const attribute = differingAttribute(node, other);
    if (attribute !== undefined) return `${attribute} of ${other.name}/${shortHash(other)}`;
  }
  return undefined;
}

/**
 * The same for the entry of a mirror, which others sign for: also what it says of the rest, as far as both know it.
 * @returns as {@link differenceOf}
 */
export function differenceInEntry(hash: string, found: Nodes, expected: Nodes): string | undefined {
  const difference = differenceOf(hash, found, expected);
  if (difference !== undefined) return difference;
  for (const node of found.values()) {
    const other = expected.get(node.hash);
    if (other === undefined || (hashMustHold(node) && hashMustHold(other))) continue;
    const attribute = differingAttribute(node, other);
    if (attribute !== undefined) return `${attribute} of ${other.name}/${shortHash(other)}`;
  }
  return undefined;
}

/** The attributes that are compared: every Spack writes them alike. One that either document lacks is passed over. */
const ATTRIBUTES: Readonly<Record<string, (node: SpecNode) => unknown>> = {
  'the name': ({ name }) => name,
  'the version': ({ version }) => version,
  'the namespace': ({ namespace }) => namespace,
  'the platform': ({ platform }) => platform,
  'the operating system': ({ os }) => os,
  'the target': ({ target }) => target,
  // Of formats 3 and 4 only: later ones have it among the dependencies, or in an annotation.
  'the compiler': ({ compiler }) => compiler && `${compiler.name}@${compiler.version}`,
  'the variants': (node) => sorted(node.variants).filter(([name]) => name !== 'commit' || !commitOf(node)),
  'the commit': commitOf,
  // Spack adds it to a node that it reuses. So one that the hash does not cover may be lacking.
  'that it has a commit': (node) => commitOf(node) !== undefined && (hashHolds(node) || undefined),
  'the flags': ({ flags }) => sorted(flags).filter(([, values]) => values.length > 0),
  'the package hash': ({ dict }) => dict['package_hash'],
  'that it is external': ({ external }) => external !== undefined,
  'the build spec': ({ buildSpec }) => buildSpec?.hash ?? '',
  'the dependencies': ({ dependencies }) =>
    dependencies
      .filter(({ deptypes }) => deptypes.includes('link') || deptypes.includes('run'))
      .map(({ hash }) => hash)
      .sort(),
};

/** @returns the first attribute in which two nodes differ, for a person; undefined where they are the same */
export function differingAttribute(a: SpecNode, b: SpecNode): string | undefined {
  const [one, other] = [textsOf(a), textsOf(b)];
  // Older Spacks left some attributes out.
  return Object.keys(ATTRIBUTES).find((_, i) => {
    const [text, otherText] = [one[i], other[i]];
    return text !== undefined && otherText !== undefined && text !== otherText;
  });
}

/** One node may be compared with a hundred thousand others, and have as many edges. */
const texts = new WeakMap<SpecNode, readonly (string | undefined)[]>();

/** The attributes as texts. */
function textsOf(node: SpecNode): readonly (string | undefined)[] {
  let made = texts.get(node);
  made ??= Object.values(ATTRIBUTES).map((of) => {
    const value = of(node);
    return value === undefined ? undefined : stringifyCompact(value);
  });
  texts.set(node, made);
  return made;
}

/** By name, with values as lists without order: some Spacks write a single value without a list. */
function sorted(map: ReadonlyMap<string, boolean | string | readonly string[]>): [string, string[]][] {
  return [...map]
    .map(([name, value]): [string, string[]] => [name, [value].flat().map(String).sort()])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
