/** The mirrors to take binaries from. They are opened together, closed together, and read one after the other. */
import type { TrustedMirror } from '../cache/reading/obtain.ts';
import { readVerifiedEntry, type VerifiedEntry } from '../cache/reading/verified-entry.ts';
import type { Trust } from '../cache/trust/trust.ts';
import { BuildcacheError, describeError } from '../core/errors.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import type { Connection, OpenMirror } from '../mirrors/open.ts';
import { openTrustedMirror } from '../mirrors/open-trusted.ts';
import type { Reporter } from '../report/reporter.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';

export interface Source {
  readonly mirror: Mirror;
  readonly open: OpenMirror & TrustedMirror;
}

export interface SourcesOptions {
  readonly mirrors: readonly Mirror[];
  /** Undefined: signatures are not verified on any mirror. */
  readonly trust: Trust | undefined;
  /** The nodes in which the compilers of layout 2's file names are looked up. They may be added later. */
  readonly nodes: ReadonlyMap<string, SpecNode>;
  readonly connection: Connection;
  readonly signal: AbortSignal;
}

/**
 * @param use called with the mirrors in the order in which they are configured
 * @throws BuildcacheError `usage` where there is no mirror, or the first one's error where none can be opened; else
 *   what `use` throws
 */
export async function withSources<T>(
  { mirrors, trust, nodes, connection, signal }: SourcesOptions,
  reporter: Reporter,
  use: (sources: readonly Source[]) => Promise<T>,
): Promise<T> {
  if (mirrors.length === 0) {
    throw new BuildcacheError('usage', 'there is no mirror to take binaries from', {
      hint: 'configure it in spack.yaml, or name it with --mirror-url or --mirrors (in the action: the input mirrors)',
    });
  }
  const sources: Source[] = [];
  const failures: unknown[] = [];
  try {
    for (const mirror of mirrors) {
      try {
        const open = await openTrustedMirror(mirror, { nodes, roots: [] }, connection, trust, signal);
        sources.push({ mirror, open });
      } catch (error) {
        signal.throwIfAborted();
        failures.push(error);
        if (mirrors.length > 1) reporter.warn(`${mirror.name}: ${describeError(error)}`);
      }
    }
    if (sources.length === 0) throw failures[0];
    return await use(sources);
  } finally {
    await Promise.all(sources.map(({ open }) => open.close()));
  }
}

/** The sources with those of these names first. */
export function preferring(sources: readonly Source[], names: readonly string[]): readonly Source[] {
  const isNamed = ({ mirror }: Source) => names.includes(mirror.name);
  return [...sources.filter(isNamed), ...sources.filter((source) => !isNamed(source))];
}

/**
 * The entry of a spec from the first source that has one that can be trusted.
 * @throws BuildcacheError `not-found` where no source has the entry. Otherwise the first error of a source that has a bad
 *   entry or gives no answer.
 */
export async function readEntry(
  sources: readonly Source[],
  spec: SpecNode,
  signal: AbortSignal,
): Promise<VerifiedEntry> {
  let failure: unknown;
  for (const { open } of sources) {
    for (const reader of open.readers) {
      try {
        const entry = await readVerifiedEntry(reader, spec, open.trust, signal);
        if (entry !== undefined) return entry;
      } catch (error) {
        signal.throwIfAborted();
        failure ??= error;
      }
    }
  }
  if (failure !== undefined) throw failure;
  throw new BuildcacheError(
    'not-found',
    `no mirror has ${spec.name}@${spec.version}/${shortHash(spec)}, though an index lists it`,
    { hint: 'run `buildcache update-index MIRROR` where the mirror is written' },
  );
}
