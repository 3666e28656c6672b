/**
 * Whether two documents say the same of a spec, node for node: what every Spack writes alike is compared. DAG hashes that
 * must hold have been recomputed by whoever read them; this is for those that normally do not (spliced specs, targets with
 * all their features, nodes that a newer Spack has rewritten).
 */
import { ofTypes, postOrder, type SpecGraph } from './graph.ts';
import { type SpecNode, shortHash } from './node.ts';

type Nodes = SpecGraph['nodes'];

/**
 * Of all that the spec links to or runs, and of itself.
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

/** What both say and every Spack says alike. */
const ATTRIBUTES: Readonly<Record<string, (node: SpecNode) => unknown>> = {
  'the name': ({ name }) => name,
  'the version': ({ version }) => version,
  'the namespace': ({ namespace }) => namespace,
  'the platform': ({ platform }) => platform,
  'the operating system': ({ os }) => os,
  'the target': ({ target }) => target,
  'the variants': ({ variants }) => sorted(variants),
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

function differingAttribute(a: SpecNode, b: SpecNode): string | undefined {
  for (const [name, of] of Object.entries(ATTRIBUTES)) {
    const [one, other] = [of(a), of(b)];
    // Older Spacks left some of them out.
    if (one === undefined || other === undefined) continue;
    if (JSON.stringify(one) !== JSON.stringify(other)) return name;
  }
  return undefined;
}

/** By name, values as lists without order: of a single value some write no list. */
function sorted(map: ReadonlyMap<string, boolean | string | readonly string[]>): [string, string[]][] {
  return [...map]
    .map(([name, value]): [string, string[]] => [name, [value].flat().map(String).sort()])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
