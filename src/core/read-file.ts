/**
 * Reads a whole file, up to a limit. A file in a checked-out repository may have any size, and a link may lead to one
 * without end, or to one that never answers: reading a terminal, or the pipe that is our own output, would wait until
 * the job is killed.
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { isDevicePath } from './device-path.ts';
import { BuildcacheError, systemCode } from './errors.ts';

/** The bytes that are read at once where nothing says how many there are. */
const PIECE = 1024 * 1024;

/** The most bytes for which a file's word is taken. Nearly all files are read in one piece. */
const MOST_AT_ONCE = 16 * PIECE;

/**
 * @param most bytes
 * @throws the system's errors, as `readFile` does; BuildcacheError `too-large`, `bad-input` for a link to a device or a
 *   pipe, naming the file
 */
export async function readBounded(file: string, most: number): Promise<Buffer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readOnce(file, most);
    } catch (error) {
      // On a network file system: another host has replaced the file after we opened it.
      if (systemCode(error) !== 'ESTALE' || attempt === ATTEMPTS) throw error;
    }
  }
}

const ATTEMPTS = 3;

async function readOnce(file: string, most: number): Promise<Buffer> {
  const handle = await openFile(file);
  try {
    const { size } = await handle.stat();
    // A byte more than there should be shows the end. A large buffer for each small file would keep the garbage
    // collector busy. The size of a device or of a file in `/proc` says nothing.
    const pieces: Buffer[] = [];
    let length = 0;
    for (
      let next = size > 0 ? Math.min(MOST_AT_ONCE, size + 1, most + 1) : PIECE;
      length <= most;
      next = PIECE
    ) {
      const piece = await fill(handle, Buffer.allocUnsafe(next));
      pieces.push(piece);
      length += piece.length;
      if (piece.length < next) break;
    }
    const [first, ...others] = pieces;
    const bytes = first !== undefined && others.length === 0 ? first : Buffer.concat(pieces);
    if (bytes.length <= most) return bytes;
  } finally {
    await handle.close();
  }
  throw new BuildcacheError('too-large', 'the file is too large', {
    file,
    expected: `at most ${most} bytes`,
    found: 'more',
  });
}

/** The same as text. */
export async function readBoundedText(file: string, most: number): Promise<string> {
  return (await readBounded(file, most)).toString('utf8');
}

/**
 * The end of a file that others may have replaced: what is no file, as a pipe that nobody writes to, is not waited for,
 * and a link is not followed, as its target may be anything this user can read.
 * @param most bytes
 * @throws the system's errors; BuildcacheError `bad-input` for what is no file
 */
export async function readEnd(file: string, most: number): Promise<Buffer> {
  // Where links are not known to it, the system has none of these flags either.
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  const handle = await open(file, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new BuildcacheError('bad-input', 'not a file', { file });
    const bytes = Buffer.alloc(Math.min(most, found.size));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, found.size - bytes.length);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Reads until the buffer is full, or the file ends. */
async function fill(handle: FileHandle, buffer: Buffer): Promise<Buffer> {
  for (let length = 0; length < buffer.length; ) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
    if (bytesRead === 0) return buffer.subarray(0, length);
    length += bytesRead;
  }
  return buffer;
}

async function openFile(file: string): Promise<FileHandle> {
  // A user who names one means it: `-e <(git show HEAD:spack.lock)`. A repository can only hold links to them.
  if (isDevicePath(file)) return await open(file);
  // Opening a pipe would wait for a writer.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (found.isFile() || found.isDirectory()) return handle;
    throw new BuildcacheError('bad-input', 'it leads to a device or a pipe', {
      file,
      expected: 'a file',
      hint: 'find out who has put the link there',
    });
  } catch (error) {
    await handle.close();
    throw error;
  }
}
