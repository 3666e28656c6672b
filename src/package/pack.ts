/**
 * From an install prefix to a compressed tarball on disk, made once however many mirrors it goes to: the archive
 * is Spack's byte for byte, digests and sizes are computed on the way, and memory is bounded by the blocks in
 * flight, not by the prefix.
 */
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileError } from '../core/errors.ts';
import { GzipWriter } from './gzip.ts';
import { type ArchiveOptions, writePrefixArchive } from './prefix-archive.ts';

export interface PackOptions extends ArchiveOptions {
  /** An existing folder for the temporary file. */
  readonly spoolDir: string;
  /** Blocks to compress at once; as many as there are cores when not given. */
  readonly jobs?: number | undefined;
}

/** A tarball on disk, for as many uploads as want it. Sizes in bytes, digests in lower-case hex. */
export interface Packed {
  /** The gzip-compressed archive. */
  readonly file: string;
  readonly size: number;
  readonly sha256: string;
  /** Of the archive before compression: what can be compared with Spack's. */
  readonly tarSize: number;
  readonly tarSha256: string;
  /** Removes the file; may be called more than once. */
  dispose(): Promise<void>;
}

/**
 * Packs a prefix into a new file in `spoolDir`; on failure no file is left.
 * @throws BuildcacheError `bad-input` (not an absolute path, not a directory), `not-found` (no prefix), `denied`
 *   (a file that cannot be read), `conflict` (the prefix changed meanwhile), `io`; the signal's reason
 */
export async function packPrefix(options: PackOptions): Promise<Packed> {
  const file = path.join(options.spoolDir, `${randomUUID()}.tar.gz`);
  const dispose = () => rm(file, { force: true });
  // Readable for its owner only: a prefix may hold files that nobody else may read.
  const spool = await onSpool(file, 'create', () => open(file, 'wx', 0o600));
  const append = (bytes: Buffer) => onSpool(file, 'write', () => spool.writeFile(bytes));
  const gzip = new GzipWriter(append, options.jobs ?? availableParallelism());
  try {
    await writePrefixArchive(options, gzip);
    const totals = await gzip.finish();
    await onSpool(file, 'write', () => spool.close());
    return {
      file,
      size: totals.size,
      sha256: totals.sha256,
      tarSize: totals.rawSize,
      tarSha256: totals.rawSha256,
      dispose,
    };
  } catch (error) {
    await gzip.settle();
    await discard(spool, dispose);
    throw error;
  }
}

async function onSpool<T>(file: string, doing: 'create' | 'write', call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw fileError(error, file, `${doing} the temporary file`);
  }
}

/** Cleans up after a failure. That failure is what is reported; one of the cleaning is not. */
async function discard(spool: FileHandle, dispose: () => Promise<void>): Promise<void> {
  await Promise.allSettled([spool.close()]);
  await Promise.allSettled([dispose()]);
}
