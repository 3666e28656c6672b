/**
 * Reads a whole file, up to a limit: a file in a checked-out repository may have any size, and a link may lead to one
 * without end.
 */
import { open } from 'node:fs/promises';
import { BuildcacheError } from './errors.ts';

/** Bytes read at once; most files are read in one piece. */
const PIECE = 1024 * 1024;

/**
 * @param most bytes
 * @throws the system's errors, as `readFile` does; BuildcacheError `too-large`, naming the file
 */
export async function readBounded(file: string, most: number): Promise<Buffer> {
  const handle = await open(file);
  try {
    const chunks: Buffer[] = [];
    // `end` is the last byte that is read, so this reads up to one byte too many.
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
