/**
 * A thread that copies and digests files (file-copier.ts has the other end). Calls that wait are the cheapest there are,
 * and here nobody waits but this thread; only syncing to disk goes on beside the next copy.
 *
 * Loaded as a file of its own, so it imports nothing of ours.
 */
import { createHash, type Hash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  fsync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { parentPort } from 'node:worker_threads';

export interface CopyJob {
  readonly id: number;
  readonly from: string;
  /** Where nothing is yet. */
  readonly to: string;
  /** Bytes that are expected; a file that goes on is not copied to its end. */
  readonly size: number;
  /** Whether its SHA-256 is wanted. */
  readonly digest: boolean;
  /** The name it gets when it is on disk, has that size and this digest. */
  readonly place: { readonly path: string; readonly sha256: string } | undefined;
  /** The same file under a second name, where that can be. */
  readonly hardLink: boolean;
  /** Not zero: nobody wants it any more. */
  readonly cancelled: Int32Array;
}

/** What was found, on disk by then; or why not, and whether that is about the file that was read. */
export type CopyReply = { readonly id: number } & (
  | {
      readonly size: number;
      readonly sha256: string | undefined;
      readonly ino: bigint;
      readonly mtimeNs: bigint;
    }
  | { readonly failure: string; readonly code: string | undefined; readonly reading: boolean }
);

/** Less the umask, or as the folder's default access list says: a mirror is for others to read. */
const PUBLIC = 0o666;
const BUFFER = Buffer.allocUnsafeSlow(1024 * 1024);
const UNSUPPORTED: readonly unknown[] = ['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'ENOTTY'];

/** Devices that share no blocks: asking each time is a third of what copying a small file takes. */
const SHARING_NOTHING = new Set<number>();

class ReadError extends Error {}

parentPort?.on('message', (job: CopyJob) => {
  let to: number | undefined;
  const finish = (error: unknown, found?: { size: number; sha256: string | undefined }) => {
    try {
      if (error !== null) throw error;
      if (to === undefined || found === undefined) throw new Error('nothing was copied');
      const { ino, mtimeNs } = fstatSync(to, { bigint: true });
      closeSync(to);
      to = undefined;
      const { place } = job;
      if (place !== undefined && found.size === job.size && found.sha256 === place.sha256) {
        renameSync(job.to, place.path);
      }
      reply({ id: job.id, ...found, ino, mtimeNs });
    } catch (cause) {
      if (to !== undefined) closeSync(to);
      const reason = cause instanceof ReadError ? cause.cause : cause;
      reply({
        id: job.id,
        failure: reason instanceof Error ? reason.message : String(reason),
        code: codeOf(reason),
        reading: cause instanceof ReadError,
      });
    }
  };
  try {
    const hash = job.digest ? createHash('sha256') : undefined;
    const made = make(job);
    to = made.file;
    const size =
      made.kind === 'empty'
        ? copy(job, made.file, hash)
        : hash === undefined
          ? fstatSync(made.file).size
          : pass(job, made.file, undefined, hash);
    const found = { size, sha256: hash?.digest('hex') };
    if (made.kind === 'linked') finish(null, found);
    else fsync(made.file, (error) => finish(error, found));
  } catch (error) {
    finish(error);
  }
});

function reply(message: CopyReply): void {
  parentPort?.postMessage(message);
}

/** The new file, open: the very one, one that shares its blocks (no bytes are moved), or an empty one. */
function make({ from, to, hardLink }: CopyJob): { file: number; kind: 'linked' | 'cloned' | 'empty' } {
  if (hardLink && tryLink(from, to)) return { file: openSync(to, 'r'), kind: 'linked' };
  const file = openSync(to, 'wx+', PUBLIC);
  const { dev, mode } = fstatSync(file);
  if (SHARING_NOTHING.has(dev)) return { file, kind: 'empty' };
  closeSync(file);
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE_FORCE);
  } catch (error) {
    // Of whatever else it was: copying meets it again, or does not. A failed copy has removed the file.
    if (UNSUPPORTED.includes(codeOf(error))) SHARING_NOTHING.add(dev);
    return { file: openSync(to, 'w+', PUBLIC), kind: 'empty' };
  }
  chmodSync(to, mode & 0o7777); // The mode came along; a spooled file is private.
  return { file: openSync(to, 'r'), kind: 'cloned' };
}

/** False where there can be no second name: another file system, or one without them. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

function copy(job: CopyJob, to: number, hash: Hash | undefined): number {
  const from = reading(() => openSync(job.from, 'r'));
  try {
    return pass(job, from, to, hash);
  } finally {
    closeSync(from);
  }
}

/** Reads to the end, or until there is more than there should be, into a file and a digest where there are any. @returns bytes */
function pass(job: CopyJob, from: number, to: number | undefined, hash: Hash | undefined): number {
  for (let size = 0; ; ) {
    if (Atomics.load(job.cancelled, 0) !== 0) throw new Error('cancelled');
    const read = reading(() => readSync(from, BUFFER, 0, BUFFER.length, size));
    const chunk = BUFFER.subarray(0, read);
    hash?.update(chunk);
    if (to !== undefined) for (let done = 0; done < read; ) done += writeSync(to, chunk, done);
    size += read;
    if (read === 0 || size > job.size || (size === job.size && read < BUFFER.length)) return size;
  }
}

function reading<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw new ReadError('', { cause: error });
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
