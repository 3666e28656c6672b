/**
 * A concrete spec node as every reader yields it, whatever format it came in. Immutable; the document's own
 * dictionary is kept beside the typed fields so that hashing and re-emission never lose what we do not model.
 */
export type DepType = 'build' | 'link' | 'run' | 'test';

/** In the order Spack writes them. */
export const DEPTYPES: readonly DepType[] = ['build', 'link', 'run', 'test'];

/** An edge to a direct dependency. */
export interface Dependency {
  readonly name: string;
  /** The dependency's DAG hash, 32 lower-case base32 characters. */
  readonly hash: string;
  /** In the order build, link, run, test. */
  readonly deptypes: readonly DepType[];
  /** Virtual packages the dependency provides on this edge, sorted. */
  readonly virtuals: readonly string[];
  readonly direct: boolean;
}

export type VariantValue = boolean | string | readonly string[];

/** The names of the flag lists, which `parameters` mixes with the variants. */
export const FLAG_NAMES: readonly string[] = [
  'cflags',
  'cppflags',
  'cxxflags',
  'fflags',
  'ldflags',
  'ldlibs',
];

/** Version of the spec document a node was read from. */
export type SpecFormat = 3 | 4 | 5 | 6;

export interface SpecNode {
  readonly name: string;
  readonly version: string;
  readonly hash: string;
  readonly namespace: string | undefined;
  readonly platform: string;
  readonly os: string;
  /** The target's name, also where the document has a whole microarchitecture object. */
  readonly target: string;
  /** Format 4 and older only; in format 5 compilers are dependencies. */
  readonly compiler: { readonly name: string; readonly version: string } | undefined;
  readonly variants: ReadonlyMap<string, VariantValue>;
  readonly flags: ReadonlyMap<string, readonly string[]>;
  /** Present exactly when the spec is external: its path, or undefined for one known by module only. */
  readonly external: { readonly path: string | undefined } | undefined;
  readonly dependencies: readonly Dependency[];
  /** What a spliced spec was built as. */
  readonly buildSpec: { readonly name: string; readonly hash: string } | undefined;
  readonly format: SpecFormat;
  /** Older than `format` where a newer Spack rewrote the node and kept its hash. */
  readonly originalFormat: number;
  /** The node's own dictionary, as read. Attacker-controlled beyond the fields above. */
  readonly dict: Readonly<Record<string, unknown>>;
}

/** The first seven characters of the DAG hash, as Spack shows it. */
export function shortHash(node: { readonly hash: string }): string {
  return node.hash.slice(0, 7);
}

/** The commit of which the source of a branch or a tag is, as Spack 1.1 and later find it out. */
export function commitOf({ variants }: Pick<SpecNode, 'variants'>): string | undefined {
  const commit = variants.get('commit');
  return typeof commit === 'string' && /^[0-9a-f]{40}$/.test(commit) ? commit : undefined;
}
