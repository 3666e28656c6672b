/**
 * Records of the database that are not of the spec that a lockfile has under their hash. The hashes of externals, of spliced
 * specs and of nodes that a newer Spack has rewritten cannot be recomputed. So a stranger's lockfile can call any folder an
 * external under the hash of somebody's spec, and an install registers that. Others who use the tree must not take it for
 * what they want.
 */
import { BuildcacheError } from '../core/errors.ts';
import type { InstallRecord } from '../spec/database.ts';
import { ofTypes } from '../spec/graph.ts';
import { hashHolds } from '../spec/hash.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import type { InstallTree } from './install-tree.ts';

/**
 * Whether a record of the spec's hash is proved to be of another spec: then it is as if there were none.
 * @throws BuildcacheError `conflict` where it is of another spec, and nobody can tell which of the two has the hash
 */
export function isFalseRecord(spec: SpecNode, { node }: Pick<InstallRecord, 'node'>): boolean {
  const attribute = differing(spec, node);
  if (attribute === undefined) return false;
  if (spec.external === undefined && spec.buildSpec === undefined && hashHolds(spec)) return true;
  throw new BuildcacheError(
    'conflict',
    `the install tree has another spec under the hash of ${spec.name}@${spec.version}/${shortHash(spec)}`,
    {
      found: `${attribute} is another`,
      hint: 'find out which of the two lockfiles is not right; uninstall what it has brought, or use another tree',
    },
  );
}

/** The tree without its false records of these specs. @throws BuildcacheError as {@link isFalseRecord} */
export function withoutFalseRecords<T extends Pick<InstallTree, 'records' | 'recordOf'>>(
  tree: T,
  specs: Iterable<SpecNode>,
): T {
  const wrong = new Set<string>();
  for (const spec of specs) {
    const record = tree.recordOf(spec.hash);
    if (record !== undefined && isFalseRecord(spec, record)) wrong.add(spec.hash);
  }
  if (wrong.size === 0) return tree;
  const records = new Map([...tree.records].filter(([hash]) => !wrong.has(hash)));
  return { ...tree, records, recordOf: (hash) => (wrong.has(hash) ? undefined : tree.recordOf(hash)) };
}

/**
 * In what a spec and a record of its hash differ, in words; undefined where they are one. Only what decides whose files
 * they are is compared, since a tree may have thousands of specs.
 */
export function differing(a: SpecNode, b: SpecNode): string | undefined {
  if (a === b) return undefined;
  if (a.name !== b.name) return 'the name';
  if (a.version !== b.version) return 'the version';
  if ((a.external === undefined) !== (b.external === undefined)) return 'that it is external';
  if (a.external?.path !== b.external?.path) return 'the path of the external';
  if (a.buildSpec?.hash !== b.buildSpec?.hash) return 'the build spec';
  return a.external === undefined && needs(a) !== needs(b) ? 'what it needs' : undefined;
}

function needs({ dependencies }: SpecNode): string {
  const found = dependencies.filter(({ deptypes }) => isNeeded(deptypes)).map(({ hash }) => hash);
  return found.sort().join(' ');
}

const isNeeded = ofTypes('link', 'run');
