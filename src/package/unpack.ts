/**
 * Installs a package tarball at a prefix. The tarball is unpacked into a directory beside the prefix, relocated there,
 * and moved in place when it is whole. A failure leaves nothing behind. Nothing is written outside of that directory,
 * whatever the tarball says (how: `unpack-tree.ts`).
 *
 * The build info, which says what to relocate, is the last entry of today's tarballs. Small files wait for it in memory
 * and are written once. Relocation goes over the large ones once more while they are in the page cache, which is a small
 * part of the time that inflating takes (`bench/unpack.mjs` says how much in all).
 */
import type { Readable } from 'node:stream';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { MAX_SPEC_FILE } from '../spec/spec-file.ts';
import { archivePath } from './archive-path.ts';
import { type BuildInfo, checkIdentity, MAX_BUILD_INFO, readBuildInfo } from './build-info-reader.ts';
import type { OpenByteFile } from './byte-file.ts';
import { type ByteString, byteStringOf, printable } from './byte-string.ts';
import { inflateTarball, TARBALL_LIMITS, type TarballLimits } from './inflate-tarball.ts';
import { isBuildInfo, packagePrefix, requireBuildInfo } from './package-prefix.ts';
import { type BinaryFormat, type RelocatedCounts, relocatePackage } from './relocate.ts';
import type { RelocationMap } from './relocate-map.ts';
import type { RelocationTools } from './relocate-tools.ts';
import { readTar, type TarHandler } from './tar-reader.ts';
import { makeStaging, moveInPlace, refuseExisting, type Staging } from './unpack-staging.ts';
import { type UnpackedTree, unpackTree } from './unpack-tree.ts';

export interface UnpackOptions {
  /**
   * The tar.gz. The errors of a stream pass through, so it may verify a digest on the way; it is read to its end. A
   * small tarball costs much less as a buffer.
   */
  readonly tarball: Readable | Buffer;
  /** Where the package goes, absolute. Its parents are made. */
  readonly prefix: string;
  /** Whether the package replaces what is at the prefix once it is whole. Otherwise that is a `conflict`. */
  readonly replace?: boolean;
  /** The DAG hash the tarball must be of: the spec's, or its build spec's where it is spliced. */
  readonly hash: string;
  readonly format: BinaryFormat;
  /** See `relocationMap`. */
  readonly relocation: (info: BuildInfo) => RelocationMap;
  /** See `Relocation`. */
  readonly onText?: (file: OpenByteFile) => void;
  /**
   * Makes the last changes, such as the spec.json of a spliced spec, before the package appears at its prefix. No
   * symlink exists yet, so nothing can be written through one.
   * @param directory where the package is until then
   * @param specFile what the archive has as `.spack/spec.json`; undefined where it has none, or a longer one than any
   */
  readonly finish?: (directory: string, specFile: Buffer | undefined) => Promise<void>;
  /** Bytes of small files in memory at once. */
  readonly maxHeld?: number;
  readonly limits?: Partial<TarballLimits>;
  readonly tools?: RelocationTools;
  readonly signal?: AbortSignal;
}

export interface UnpackResult {
  readonly info: BuildInfo;
  /** Files and links. */
  readonly files: number;
  /** Bytes of the files' contents, before relocation. */
  readonly bytes: number;
  readonly relocated: RelocatedCounts;
  /** Things a person may want to know, one sentence each. */
  readonly warnings: readonly string[];
}

/** What is put together in the directory beside the prefix. */
export type FillOptions = Omit<UnpackOptions, 'prefix' | 'replace'>;

/** A package that is whole and has only to be moved to its prefix. */
export interface Filled extends UnpackResult {
  readonly from: string;
}

/**
 * Unpacks, relocates and installs a package.
 *
 * Throws `BuildcacheError`: `conflict` if something is at the prefix; `corrupt` for a damaged or hostile
 * archive or another package's; `too-large` over a limit; `bad-input` for a build info that is none;
 * `unsupported` for entries no package has and for paths that do not fit; `cancelled`; and what the tarball's
 * stream or the file system said.
 */
export async function unpackPackage(options: UnpackOptions): Promise<UnpackResult> {
  const { prefix, replace = false, signal } = options;
  let staging: Staging | undefined;
  try {
    return await explained(prefix, signal, async () => {
      staging = makeStaging(prefix);
      if (!replace) refuseExisting(staging.prefix);
      const { from, ...result } = await fillStaging(staging, options);
      moveInPlace(from, staging.prefix, replace ? staging.replaced : undefined);
      return result;
    });
  } finally {
    if (!Buffer.isBuffer(options.tarball)) options.tarball.destroy();
    await staging?.remove();
  }
}

/**
 * Unpacks and relocates a package beside its prefix. After an error something of it may be left there.
 * @throws as {@link unpackPackage}
 */
export async function fillStaging(
  staging: Pick<Staging, 'prefix' | 'tree' | 'scratch'>,
  options: FillOptions,
): Promise<Filled> {
  return await explained(staging.prefix, options.signal, () => fill(staging, options));
}

/** Throws what an action throws as what is said of it to people. */
async function explained<T>(
  prefix: string,
  signal: AbortSignal | undefined,
  action: () => Promise<T>,
): Promise<T> {
  try {
    signal?.throwIfAborted();
    return await action();
  } catch (error) {
    if (error instanceof BuildcacheError && error.code === 'cancelled') throw error;
    if (signal?.aborted === true) {
      throw new BuildcacheError('cancelled', 'unpacking was cancelled', { file: prefix }, error);
    }
    throw systemCode(error) === undefined ? error : fileError(error, prefix, 'install a package there');
  }
}

async function fill(staging: Pick<Staging, 'tree' | 'scratch'>, options: FillOptions): Promise<Filled> {
  const { tools, onText, maxHeld, signal } = options;
  const { maxEntries } = limitsOf(options);
  const tree = unpackTree(byteStringOf(staging.tree), maxEntries, options.hash, maxHeld);
  const infoPath = await unpackTo(tree, options).finally(() => tree.close());
  const packed = packagePrefix(tree.directories, infoPath);
  const info = readBuildInfo(readSmall(tree, infoPath, MAX_BUILD_INFO, 'the build info'));
  checkIdentity(info, options.hash);
  const relocated = await relocatePackage(tree, packed, {
    info,
    map: options.relocation(info),
    format: options.format,
    scratch: staging.scratch,
    tools,
    onText,
    signal,
  });
  const specFile = readSpecFile(tree, packed);
  tree.writeHeld();
  // The prefix of a package is text, so its name is too.
  const from = String(tree.locate(packed));
  await options.finish?.(from, specFile);
  tree.makeLinks();
  signal?.throwIfAborted();
  const warnings = info.relativeRpaths ? [RELATIVE_RPATHS] : [];
  return { from, info, ...tree.counts, relocated, warnings };
}

const RELATIVE_RPATHS =
  'it was packed with relative run paths (--rel), which may keep it from finding its libraries';

/** Reads the tarball to its end, verifies that it is whole, and returns the path of its build info. */
async function unpackTo(tree: UnpackedTree, options: FillOptions): Promise<ByteString> {
  let infoPath: ByteString | undefined;
  const handler: TarHandler = {
    ...tree,
    entry(entry) {
      const path = archivePath(entry.path);
      if (isBuildInfo(entry, path, infoPath)) infoPath = path;
      tree.entry(entry);
    },
  };
  const reader = readTar(handler);
  await inflateTarball(options.tarball, (chunk) => reader.write(chunk), limitsOf(options), options.signal);
  reader.end();
  return requireBuildInfo(infoPath);
}

function limitsOf(options: FillOptions): TarballLimits {
  return { ...TARBALL_LIMITS, ...options.limits };
}

/** @returns undefined where there is no such file; nothing at all where something else has its name */
function readSpecFile(tree: UnpackedTree, prefix: ByteString): Buffer | undefined {
  try {
    return readSmall(tree, `${prefix}/.spack/spec.json`, MAX_SPEC_FILE, 'the spec file');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    if (systemCode(error) === 'EISDIR') return Buffer.alloc(0);
    throw error;
  }
}

function readSmall(tree: UnpackedTree, path: ByteString, most: number, what: string): Buffer {
  const file = tree.open(path);
  try {
    if (file.size <= most) return file.read(0, file.size);
    throw new BuildcacheError('too-large', `${what} is too long`, {
      file: printable(path),
      expected: `at most ${most} bytes`,
      found: String(file.size),
    });
  } finally {
    file.close();
  }
}
