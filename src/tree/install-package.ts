/** Installs one package from its tarball into an install tree. Its record in the database is for the caller to add. */
import type { Readable } from 'node:stream';
import { throwIfCancelled } from '../core/abort.ts';
import { fileError, systemCode } from '../core/errors.ts';
import { lazily } from '../core/lazily.ts';
import { hashToPrefix } from '../package/hash-to-prefix.ts';
import type { TarballLimits } from '../package/inflate-tarball.ts';
import type { RelocatedCounts } from '../package/relocate.ts';
import type { RelocationTarget } from '../package/relocate-map.ts';
import type { RelocationTools } from '../package/relocate-tools.ts';
import {
  makeStaging,
  moveInPlace,
  refuseExisting,
  type Staging,
  stagingSweeper,
} from '../package/unpack-staging.ts';
import type { SpecFileCheck } from '../spec/asked-spec-file.ts';
import { specEmitter } from '../spec/emit-spec.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import type { HeldLock } from './database-lock.ts';
import type { InstallSettings } from './install-settings.ts';
import { latestRecords, type RecordByNow } from './latest-records.ts';
import { ensureManifest } from './metadata.ts';
import { makeParents, prefixMode } from './permissions.ts';
import { requireReplaceable } from './replaceable.ts';
import { ensureSbang, sbangPath } from './sbang.ts';
import { splicedFrom } from './spliced-from.ts';
import { runStageJob, type StageJob } from './stage-job.ts';
import { type StageThreads, startStageThreads } from './stage-threads.ts';

export interface InstallPackageOptions {
  readonly settings: InstallSettings;
  readonly node: SpecNode;
  /** Holds the spec, what it needs at run time, and the spec it was built as where it is spliced. */
  readonly graph: Pick<SpecGraph, 'nodes'>;
  /** The absolute prefix of any spec of the graph that is not external, whether or not it is installed. */
  readonly prefixOf: (hash: string) => string;
  /**
   * The tar.gz of the spec, or of its build spec. The errors of a stream pass through, so it may verify a digest on the
   * way.
   */
  readonly tarball: Readable | Buffer;
  /** The spec file of the entry, where nobody has looked into it yet. */
  readonly check?: SpecFileCheck | undefined;
  /** The lock on the spec's prefix; undefined to go without. The caller keeps it until the spec is registered. */
  readonly lock: HeldLock | undefined;
  /** Whether to replace what is at the prefix: this spec, or the rest of an install that failed. */
  readonly replace?: boolean;
  /** To share it among all packages of an install saves time. */
  readonly shared?: SharedWork;
  /** Awaited before the package gets its name: what it needs may still be on its way. What it throws passes through. */
  readonly beforePlacing?: () => Promise<void>;
  readonly limits?: Partial<TarballLimits>;
  readonly tools?: RelocationTools;
  readonly signal?: AbortSignal | undefined;
}

/** What the packages of an install share. */
export interface SharedWork {
  readonly sweep: ReturnType<typeof stagingSweeper>;
  readonly ensureSbang: () => Promise<void>;
  readonly recordByNow: RecordByNow;
  /** They put small packages together. Undefined: this thread does. */
  readonly threads: StageThreads | undefined;
}

/** @param threads how many there may be beside this one */
export function sharedWork(
  { root, unpaddedRoot, permissions }: Pick<InstallSettings, 'root' | 'unpaddedRoot' | 'permissions'>,
  threads = 0,
): SharedWork {
  return {
    sweep: stagingSweeper(),
    ensureSbang: lazily(async () => ensureSbang(unpaddedRoot, await prefixMode('all', permissions))),
    recordByNow: latestRecords(root),
    threads: threads > 0 ? startStageThreads(threads) : undefined,
  };
}

export interface InstalledPackage {
  readonly prefix: string;
  /** Files and links. */
  readonly files: number;
  /** Their contents, before relocation. */
  readonly bytes: number;
  readonly relocated: RelocatedCounts;
  readonly warnings: readonly string[];
}

/**
 * Unpacks and relocates a package and moves it to its prefix, with the metadata and permissions that Spack gives it. It
 * also makes sure that the store has an `sbang`. A failure leaves nothing new, and keeps what was at the prefix.
 * @throws BuildcacheError as `unpackPackage`; `conflict` for something else at the prefix, also with `replace`;
 *   `corrupt` where the tarball holds another spec's metadata; `unsupported` for a root too long for `sbang`.
 *   EntryRefused as `runStageJob`
 */
export async function installPackage(options: InstallPackageOptions): Promise<InstalledPackage> {
  const { settings, node, graph, tarball, prefixOf, lock, replace = false, limits, tools, signal } = options;
  const { shared = sharedWork(settings) } = options;
  const prefix = prefixOf(node.hash);
  let removeParents: (() => void) | undefined;
  let staging: Staging | undefined;
  // An error is kept by the stream until it is read.
  if (!Buffer.isBuffer(tarball)) tarball.on('error', () => undefined);
  try {
    const mode = await prefixMode(node.name, settings.permissions);
    const target = relocationTarget(options);
    if (replace) await requireReplaceable(prefix, settings, node);
    // Without a lock no other process may use the tree, so none of these directories is in use.
    await shared.sweep(prefix);
    await shared.ensureSbang();
    throwIfCancelled(signal);
    // From here to the making of the directory the event loop must not turn: another install could remove the parents
    // while they are empty.
    removeParents = makeParents(settings.root, prefix);
    staging = makeStaging(prefix);
    if (!replace) refuseExisting(staging.prefix);
    const job: StageJob = {
      staging: { prefix: staging.prefix, tree: staging.tree, scratch: staging.scratch },
      spec: { name: node.name, hash: node.hash, packed: node.buildSpec?.hash ?? node.hash },
      format: node.platform === 'darwin' ? 'macho' : 'elf',
      target,
      mode,
      limits,
      tools,
      check: options.check,
    };
    const document = () => specEmitter(graph).installedDocument(node.hash);
    const threads = shared.threads?.hasRoom() === true ? shared.threads : undefined;
    const { from, files, bytes, relocated, warnings } =
      Buffer.isBuffer(tarball) && threads
        ? await threads.stage(job, tarball, document, signal)
        : await runStageJob(job, tarball, document, signal);
    const hasManifest = await ensureManifest(from, prefix, mode);
    await options.beforePlacing?.();
    throwIfCancelled(signal);
    lock?.assertHeld();
    // The last step: what fails after it would leave the package without a record.
    moveInPlace(from, staging.prefix, replace ? staging.replaced : undefined);
    removeParents = undefined;
    return {
      prefix,
      files,
      bytes,
      relocated,
      warnings: hasManifest ? warnings : [...warnings, WITHOUT_MANIFEST],
    };
  } catch (error) {
    throw systemCode(error) === undefined ? error : fileError(error, prefix, 'install a package there');
  } finally {
    if (!Buffer.isBuffer(tarball)) tarball.destroy();
    await staging?.remove();
    removeParents?.();
  }
}

const WITHOUT_MANIFEST = 'it has too many files for a manifest, so `spack verify` cannot check it';

/** What the package's paths become. */
export function relocationTarget({
  settings,
  node,
  graph,
  prefixOf,
}: Pick<InstallPackageOptions, 'node' | 'graph' | 'prefixOf'> & {
  readonly settings: Pick<InstallSettings, 'root' | 'unpaddedRoot'>;
}): RelocationTarget {
  const prefixes = hashToPrefix(graph, node.hash, prefixOf);
  return {
    storeRoot: settings.root,
    sbangPath: sbangPath(settings.unpaddedRoot),
    prefixes,
    splicedFrom: splicedFrom(
      graph,
      node,
      prefixes.map(([hash]) => hash),
    ),
  };
}
