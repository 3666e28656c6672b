/**
 * Which versions of the install database are written. A database keeps its version: a newer one would lock out the Spack
 * that made it, so only its user may raise it (`spack reindex`). A new database gets the oldest version that can hold
 * the specs.
 */
import { BuildcacheError } from '../core/errors.ts';
import type { EmittedFormat } from '../spec/emit-spec.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';

export type DatabaseVersion = 8 | 9;

/** How the specs of a database are written. */
export const DATABASE_FORMAT: Readonly<Record<DatabaseVersion, EmittedFormat>> = { 8: 5, 9: 6 };

export interface NeededVersion {
  readonly version: DatabaseVersion;
  /** A spec that needs it. */
  readonly because: SpecNode | undefined;
}

/** The version that these specs need, and all the specs that get a record because of them. */
export function neededVersion(
  graph: Pick<SpecGraph, 'nodes'>,
  hashes: Iterable<string>,
  formatOf: (hash: string) => EmittedFormat,
): NeededVersion {
  for (const hash of hashes) {
    if (formatOf(hash) === 6) return { version: 9, because: graph.nodes.get(hash) };
  }
  return { version: 8, because: undefined };
}

/**
 * @param text the version as the database states it
 * @throws BuildcacheError `unsupported` for a version that we do not write, or one too old for the specs; the error says
 *   what to do
 */
export function requireVersion(text: string, needed: NeededVersion, file: string): DatabaseVersion {
  const version = text === '8' ? 8 : text === '9' ? 9 : undefined;
  if (version === undefined) throw otherVersion(text, file);
  if (version < needed.version) throw tooOld(version, needed, file);
  return version;
}

function otherVersion(version: string, file: string): BuildcacheError {
  const isOlder = Number(version) < 8;
  return new BuildcacheError('unsupported', `cannot write an install database of version ${version}`, {
    file,
    expected: 'version 8 or 9',
    hint: isOlder
      ? 'run `spack reindex` with Spack 1.x, after which older Spacks cannot read it; or install into another tree with --store'
      : 'update buildcache-action, or install into another tree with --store',
  });
}

/** In an older form the spec would no longer be what its hash says, and no Spack would notice. */
function tooOld(
  version: DatabaseVersion,
  { version: needed, because }: NeededVersion,
  file: string,
): BuildcacheError {
  const what =
    because === undefined ? 'these specs' : `${because.name}@${because.version}/${shortHash(because)}`;
  return new BuildcacheError('unsupported', `an install database of version ${version} cannot hold ${what}`, {
    file,
    expected: `version ${needed}, as Spack 1.3 writes`,
    hint: 'run `spack reindex` with Spack 1.3, after which older Spacks cannot read it; or install into another tree with --store',
  });
}
