/**
 * A file whole, with a cap: what lies in a checked-out repository may be of any size, and a link to what has no end, or
 * to what never answers. A terminal, or the pipe that is our own output, would be waited for till the job is killed.
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { BuildcacheError } from './errors.ts';

/** At once; most files are read in one piece. */
const PIECE = 1024 * 1024;

/** Named so, a device or a pipe is meant: `-e <(git show HEAD:spack.lock)`. A repository has links to them at most. */
const IS_MEANT = /^\/(?:dev|proc)\//;

/**
 * @param most bytes
 * @throws the system's errors, as `readFile` does; BuildcacheError `too-large`, `bad-input` for a link to a device or a
 *   pipe, naming the file
 */
export async function readBounded(file: string, most: number): Promise<Buffer> {
  const handle = await openFile(file);
  try {
    const chunks: Buffer[] = [];
    // `end` is the last byte that is read: one too many.
    const stream = handle.createReadStream({ end: most, highWaterMark: PIECE, autoClose: false });
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
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

async function openFile(file: string): Promise<FileHandle> {
  if (IS_MEANT.test(file)) return await open(file);
  // Opening a pipe waits for who writes to it.
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
