/** Writing a new file's content, synced to disk: bytes, or those of another file, shared where the file system can. */
import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, type FileHandle, link, open } from 'node:fs/promises';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { sizeChanged } from './payload.ts';

export interface FileSource {
  readonly file: string;
  readonly size: number;
  /** What the content must be. */
  readonly sha256?: string | undefined;
  /** Share the file itself where that can be: the same file under a second name. */
  readonly hardLink?: boolean | undefined;
}

/** Less the umask, or as the folder's default access list says: a mirror is for others to read. */
const PUBLIC = 0o666;
const COPY_CHUNK = 1024 * 1024;

/**
 * @param file where nothing is yet
 * @throws BuildcacheError `io` when the source is not as long as was said, `corrupt` when it has another digest; system
 *   errors as they are
 */
export async function fill(
  file: string,
  source: Uint8Array | FileSource,
  signal: AbortSignal | undefined,
): Promise<void> {
  throwIfCancelled(signal);
  if (source instanceof Uint8Array) {
    const handle = await open(file, 'wx', PUBLIC);
    return await closing(handle, async () => {
      await handle.writeFile(source);
      await handle.sync();
    });
  }
  const linked = source.hardLink === true && (await tryLink(source.file, file));
  const { handle, shared } = linked
    ? { handle: await open(file, 'r'), shared: true }
    : await openCloned(source.file, file);
  await closing(handle, async () => {
    const hash = source.sha256 === undefined ? undefined : createHash('sha256');
    const size = shared
      ? await pass(handle, undefined, hash, source.size, signal)
      : await copy(source, handle, hash, signal);
    if (size !== source.size) throw sizeChanged(source.file, source.size, size);
    requireDigest(hash, source);
    if (!linked) await handle.sync();
  });
}

/** A second name for the same file. False where there can be none: another file system, or one without them. */
async function tryLink(from: string, to: string): Promise<boolean> {
  return await link(from, to).then(
    () => true,
    () => false,
  );
}

/** Devices that share no blocks: asking each time is a third of what copying a small file takes. */
const SHARING_NOTHING = new Set<number>();

/** Makes a file that shares the blocks of `from` where the file system can: no bytes are moved. Else it is empty. */
async function openCloned(from: string, to: string): Promise<{ handle: FileHandle; shared: boolean }> {
  const made = await open(to, 'wx+', PUBLIC);
  const { dev, mode } = await made.stat();
  if (SHARING_NOTHING.has(dev)) return { handle: made, shared: false };
  await made.close();
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE);
  } catch (error) {
    // Of whatever else it was: copying meets it again, or does not. A failed copy has removed the file.
    if (UNSUPPORTED.includes(systemCode(error) ?? '')) SHARING_NOTHING.add(dev);
    return { handle: await open(to, 'w+', PUBLIC), shared: false };
  }
  await chmod(to, mode & 0o7777); // The mode came along; a spooled file is private.
  return { handle: await open(to, 'r'), shared: true };
}

const UNSUPPORTED: readonly string[] = ['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'ENOTTY'];

async function copy(
  { file, size }: FileSource,
  to: FileHandle,
  hash: Hash | undefined,
  signal: AbortSignal | undefined,
): Promise<number> {
  const source = await open(file).catch((error: unknown) => {
    throw fileError(error, file, 'read');
  });
  let copied = 0;
  await closing(source, async () => {
    copied = await pass(source, to, hash, size, signal);
  });
  return copied;
}

/**
 * Reads to the end, or until there is more than there should be, into a file and a digest where there are any. What was read is written and digested while the next
 * is being read.
 * @param expected bytes
 * @returns bytes
 */
async function pass(
  from: FileHandle,
  to: FileHandle | undefined,
  hash: Hash | undefined,
  expected: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  if (to === undefined && hash === undefined) return (await from.stat()).size;
  const buffers = takeBuffers(expected);
  let [buffer, other] = buffers;
  let writing: Promise<unknown> | undefined;
  try {
    for (let size = 0; ; [buffer, other] = [other, buffer]) {
      throwIfCancelled(signal);
      const { bytesRead } = await from.read(buffer, 0, buffer.length, size);
      await writing;
      const chunk = buffer.subarray(0, bytesRead);
      writing = bytesRead === 0 ? undefined : to?.writeFile(chunk); // goes on where the last one ended
      hash?.update(chunk);
      size += bytesRead;
      if (bytesRead === 0 || size > expected || (size === expected && bytesRead < buffer.length)) {
        await writing;
        return size;
      }
    }
  } finally {
    await writing?.catch(() => undefined);
    if (buffers[0].length === COPY_CHUNK) POOL.push(buffers);
  }
}

/** Pairs that are not in use: new ones for each file would keep the garbage collector busy. */
const POOL: [Buffer, Buffer][] = [];

/** Of what is short, one byte more than there should be: it is read in one go, and its end seen. */
function takeBuffers(expected: number): [Buffer, Buffer] {
  const fresh = () => Buffer.allocUnsafe(Math.min(COPY_CHUNK, expected + 1));
  if (expected >= COPY_CHUNK) return POOL.pop() ?? [fresh(), fresh()];
  return [fresh(), fresh()];
}

function requireDigest(hash: Hash | undefined, { file, sha256 }: FileSource): void {
  const found = hash?.digest('hex');
  if (found === sha256) return;
  throw new BuildcacheError('corrupt', 'its SHA-256 is wrong', {
    file,
    expected: sha256 ?? '',
    found: found ?? '',
  });
}

async function closing(handle: FileHandle, use: () => Promise<void>): Promise<void> {
  try {
    await use();
  } finally {
    await handle.close();
  }
}
