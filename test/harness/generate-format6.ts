/**
 * A generated environment as Spack 1.3 would have it: lockfile 8, spec format 6, of which there is no release to make a
 * fixture. Keys and hashes follow Spack's document of the format (`file_formats/specfile.rst`) and its `to_node_dict`.
 */
import { dagHash, type GeneratedEnvironment, type GeneratedNode, preOrder } from './generate.ts';

/**
 * @param older hashes of specs that an older Spack has made, with all below them: they keep their hashes, and what they
 *   provide is not part of these
 */
export function inFormat6(
  environment: GeneratedEnvironment,
  older: Iterable<string> = [],
): GeneratedEnvironment {
  const kept = new Set<string>();
  for (const hash of older) for (const each of preOrder(environment.nodes, hash)) kept.add(each.hash);
  const made = new Map<string, GeneratedNode>();
  const convert = (hash: string): GeneratedNode => {
    const known = made.get(hash);
    if (known !== undefined) return known;
    const before = environment.nodes.get(hash);
    if (before === undefined) throw new Error(`no ${hash}`);
    const { dependencies, annotations, hash: _, ...rest } = before;
    const provided = PROVIDED[before.name] ?? (hash < 'i' ? [`virtual-${before.name}@2:`] : []);
    const content = {
      ...rest,
      ...(provided.length === 0 ? {} : { provided_virtuals: provided }),
      ...(dependencies === undefined
        ? {}
        : { dependencies: dependencies.map((edge) => ({ ...edge, hash: convert(edge.hash).hash })) }),
      annotations: kept.has(hash) ? annotations : ({ original_specfile_version: 6 } as const),
    };
    const node = { ...content, hash: kept.has(hash) ? hash : dagHash(content) };
    made.set(hash, node);
    return node;
  };
  for (const hash of environment.nodes.keys()) convert(hash);
  const roots = environment.roots.map(({ hash, spec }) => ({ hash: convert(hash).hash, spec }));
  const nodes = new Map([...environment.nodes.keys()].map((hash) => [convert(hash).hash, convert(hash)]));
  const document = {
    _meta: { 'file-type': 'spack-lockfile', 'lockfile-version': 8, 'specfile-version': 6 },
    spack: { version: '1.3.0', type: 'release' },
    roots,
    concrete_specs: Object.fromEntries(nodes),
  };
  return { lockfile: JSON.stringify(document), nodes, roots };
}

const PROVIDED: Readonly<Record<string, readonly string[]>> = {
  gcc: ['c', 'cxx', 'fortran', 'libgfortran@5'],
  glibc: ['libc'],
};
