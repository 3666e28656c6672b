/**
 * Installs a package tarball at a prefix: unpacked into a directory beside it, relocated there, and moved in
 * place when whole. Whatever goes wrong leaves nothing, and whatever the tarball says nothing is written outside
 * of that directory (how: `unpack-tree.ts`).
 *
 * The build info, which says what to relocate, is the last entry of today's tarballs, so relocation goes over
 * the listed files once more while they are in the page cache. That is a small part of the time that
 * inflating takes (`bench/unpack.mjs` says how much in all), less than keeping bytes in memory would be worth.
 */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { archivePath, isWithin, parentPath } from './archive-path.ts';
import { type BuildInfo, checkIdentity, MAX_BUILD_INFO, readBuildInfo } from './build-info-reader.ts';
import { openByteFile } from './byte-file.ts';
import { type ByteString, byteStringOf, printable } from './byte-string.ts';
import { type BinaryFormat, type RelocatedCounts, relocatePackage } from './relocate.ts';
import type { RelocationMap } from './relocate-map.ts';
import type { RelocationTools } from './relocate-tools.ts';
import { readTar, type TarHandler } from './tar-reader.ts';
import { makeStaging, moveInPlace, refuseExisting, type Staging } from './unpack-staging.ts';
import { type UnpackedTree, unpackTree } from './unpack-tree.ts';

export interface UnpackOptions {
  /** The tar.gz. Its errors pass through, so it may verify a digest on the way; it is read to its end. */
  readonly tarball: Readable;
  /** Where the package goes, absolute. Its parents are made. */
  readonly prefix: string;
  /** Whether what is at the prefix makes way once the package is whole; it is in the way otherwise. */
  readonly replace?: boolean;
  /** The DAG hash the tarball must be of: the spec's, or its build spec's where it is spliced. */
  readonly hash: string;
  readonly format: BinaryFormat;
  /** See `relocationMap`. */
  readonly relocation: (info: BuildInfo) => RelocationMap;
  /**
   * Last changes, such as the spec.json of a spliced spec, before the package appears at its prefix. No symlink
   * is there yet, so nothing can be written through one.
   * @param directory where the package is until then
   */
  readonly finish?: (directory: string, info: BuildInfo) => Promise<void>;
  readonly limits?: Partial<UnpackLimits>;
  readonly tools?: RelocationTools;
  readonly signal?: AbortSignal;
}

export interface UnpackLimits {
  /** Bytes of the tar stream. */
  readonly maxBytes: number;
  /** Tar bytes to tarball bytes, once the former are more than {@link ratioFrom}. */
  readonly maxRatio: number;
  readonly ratioFrom: number;
  readonly maxEntries: number;
}

/** Far above any package: the largest are tens of gigabytes, and ordinary files get to a tenth by gzip. */
const UNPACK_LIMITS: UnpackLimits = {
  maxBytes: 256 * 1024 ** 3,
  maxRatio: 200,
  ratioFrom: 4 * 1024 ** 3,
  maxEntries: 2_000_000,
};

export interface UnpackResult {
  readonly info: BuildInfo;
  /** Files and links. */
  readonly files: number;
  /** Their contents, before relocation. */
  readonly bytes: number;
  readonly relocated: RelocatedCounts;
  /** Things a person may want to know, one sentence each. */
  readonly warnings: readonly string[];
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
  const { prefix, signal } = options;
  let staging: Staging | undefined;
  try {
    signal?.throwIfAborted();
    staging = makeStaging(prefix);
    return await install(options, staging);
  } catch (error) {
    if (signal?.aborted === true) {
      throw new BuildcacheError('cancelled', 'unpacking was cancelled', { file: prefix }, error);
    }
    throw systemCode(error) === undefined ? error : fileError(error, prefix, 'install a package there');
  } finally {
    options.tarball.destroy();
    await staging?.remove();
  }
}

async function install(options: UnpackOptions, staging: Staging): Promise<UnpackResult> {
  const { replace = false, tools, signal } = options;
  if (!replace) refuseExisting(staging.prefix);
  const tree = unpackTree(byteStringOf(staging.tree), limitsOf(options).maxEntries, options.hash);
  const infoPath = await unpackTo(tree, options).finally(() => tree.close());
  const packed = packagePrefix(tree, infoPath);
  const info = readBuildInfo(readSmall(tree, infoPath));
  checkIdentity(info, options.hash);
  const relocated = await relocatePackage(tree, packed, {
    info,
    map: options.relocation(info),
    format: options.format,
    scratch: staging.scratch,
    tools,
    signal,
  });
  await options.finish?.(String(tree.locate(packed)), info);
  tree.makeLinks();
  signal?.throwIfAborted();
  moveInPlace(tree.locate(packed), staging.prefix, replace ? staging.replaced : undefined);
  const warnings = info.relativeRpaths ? [RELATIVE_RPATHS] : [];
  return { info, ...tree.counts, relocated, warnings };
}

const RELATIVE_RPATHS =
  'it was packed with relative run paths (--rel), which may keep it from finding its libraries';

/** Bytes inflated at a time: enough to keep the thread pool busy while the last ones are written. */
const CHUNK = 256 * 1024;

/** Reads the tarball to its end, verifies that it is whole, and returns the path of its build info. */
async function unpackTo(tree: UnpackedTree, options: UnpackOptions): Promise<ByteString> {
  const limits = limitsOf(options);
  let infoPath: ByteString | undefined;
  const handler: TarHandler = {
    ...tree,
    entry(entry) {
      const path = archivePath(entry.path);
      // Spack's rule: of several, the one with the shortest name is the package's own.
      const isInfo = entry.type === 'file' && /(^|\/)\.spack\/binary_distribution$/.test(path);
      if (isInfo && (infoPath === undefined || path.length < infoPath.length)) infoPath = path;
      tree.entry(entry);
    },
  };
  const reader = readTar(handler);
  const gunzip = createGunzip({ chunkSize: CHUNK });
  let compressed = 0;
  let unpacked = 0;
  async function* count(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      compressed += chunk.length;
      yield chunk;
    }
  }
  async function write(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      unpacked += chunk.length;
      checkSize(unpacked, gunzip.bytesWritten, limits);
      reader.write(chunk);
    }
  }
  try {
    const { signal } = options;
    await pipeline(options.tarball, count, gunzip, write, signal === undefined ? {} : { signal });
  } catch (error) {
    throw streamError(error);
  }
  // Zeros behind a gzip stream end it without an error and whatever follows them is passed over.
  if (gunzip.bytesWritten !== compressed) throw damaged('data after the end of the gzip stream');
  reader.end();
  if (infoPath !== undefined) return infoPath;
  throw new BuildcacheError('corrupt', 'the tarball is not a Spack package', {
    expected: 'a file .spack/binary_distribution',
  });
}

function limitsOf(options: UnpackOptions): UnpackLimits {
  return { ...UNPACK_LIMITS, ...options.limits };
}

function checkSize(unpacked: number, compressed: number, limits: UnpackLimits): void {
  const { maxBytes, maxRatio, ratioFrom } = limits;
  if (unpacked > maxBytes) {
    throw new BuildcacheError('too-large', 'the package is too large', {
      expected: `at most ${maxBytes} bytes unpacked`,
    });
  }
  if (unpacked > ratioFrom && unpacked > maxRatio * compressed) {
    throw new BuildcacheError('too-large', 'the tarball inflates suspiciously', {
      expected: `at most ${maxRatio} times its size`,
      found: `${unpacked} bytes from ${compressed}`,
    });
  }
}

function streamError(error: unknown): unknown {
  if (error instanceof BuildcacheError) return error;
  const code = systemCode(error) ?? '';
  if (code === 'Z_BUF_ERROR') return damaged('a gzip stream cut short', error);
  if (code.startsWith('Z_')) return damaged(error instanceof Error ? error.message : code, error);
  // A stream that ended on one side and not on the other, which is how Node answers to trailing zeros.
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR') return damaged('a broken stream', error);
  return error;
}

function damaged(found: string, cause?: unknown): BuildcacheError {
  return new BuildcacheError(
    'corrupt',
    'the tarball is damaged',
    { expected: 'one gzip stream', found },
    cause,
  );
}

/** The prefix the package was packed from, which everything but its parents must be in, as in Spack. */
function packagePrefix(tree: UnpackedTree, infoPath: ByteString): ByteString {
  const prefix = parentPath(parentPath(infoPath));
  if (prefix === '' || tree.directories.get(prefix)?.listed !== true) {
    throw new BuildcacheError('corrupt', 'the archive has no entry for the prefix of its package', {
      expected: `a directory above ${printable(infoPath)}`,
    });
  }
  // Its directory is handed on by name, and would not be found by the one that can be written down.
  if (byteStringOf(printable(prefix)) !== prefix) {
    throw new BuildcacheError('unsupported', 'the package was built at a path that is not UTF-8', {
      found: printable(prefix),
    });
  }
  for (const [path, { holds }] of tree.directories) {
    if (isWithin(path, prefix) || (isWithin(prefix, path) && holds === undefined)) continue;
    throw new BuildcacheError('corrupt', 'the archive has something outside of the prefix of its package', {
      file: printable(holds ?? path),
      expected: `nothing outside of ${printable(prefix)}`,
    });
  }
  return prefix;
}

function readSmall(tree: UnpackedTree, path: ByteString): Buffer {
  const file = openByteFile(tree.locate(path), 'read');
  try {
    if (file.size <= MAX_BUILD_INFO) return file.read(0, file.size);
    throw new BuildcacheError('too-large', 'the build info is too long', {
      file: printable(path),
      expected: `at most ${MAX_BUILD_INFO} bytes`,
      found: String(file.size),
    });
  } finally {
    file.close();
  }
}
