/**
 * Files that a user names for an answer. A device, a pipe or a stream of this process is written to, as other programs do:
 * `-o /dev/stdout`, `-o >(jq .)`, `mkfifo answer`. All else is replaced as a whole, a link too: it may be a stranger's.
 */
import { constants, lstatSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { cancelled } from '../../core/abort.ts';
import { isDevicePath } from '../../core/device-path.ts';
import { fileError, systemCode } from '../../core/errors.ts';
import { removeFile, writeWholeFile } from '../../core/write-file.ts';

export interface Streams {
  readonly stdout: { write(text: string): void };
  readonly stderr: { write(text: string): void };
  /** Ends the wait for the reader of a pipe, who may never come. */
  readonly signal: AbortSignal;
}

/**
 * @param file absolute
 * @throws BuildcacheError naming the file; `cancelled`
 */
export async function writeAnswer(file: string, text: string, streams: Streams): Promise<void> {
  if (!isWrittenTo(file)) return await writeWholeFile(file, text);
  // By name: what is behind it may be a socket, which cannot be opened anew, or a file, in which two would write over
  // each other.
  const stream = streamOf(file, streams);
  if (stream !== undefined) return stream.write(text);
  try {
    // Nothing is made there. A file behind it is not emptied: somebody has it open.
    const handle = (await stat(file)).isFIFO()
      ? await openForReader(file, streams.signal)
      : await open(file, constants.O_WRONLY | constants.O_APPEND);
    try {
      await writeAll(handle, Buffer.from(text), file, streams.signal);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError(error, file, 'write to it');
  }
}

/**
 * Opens a pipe once it has a reader, and so that a write does not wait for him either: that would be where no signal ends
 * the wait.
 */
async function openForReader(file: string, signal: AbortSignal): Promise<FileHandle> {
  for (;;) {
    try {
      return await open(file, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (systemCode(error) !== 'ENXIO') throw error;
      await waitForReader(READER_MS, file, signal);
    }
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer, file: string, signal: AbortSignal): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += (await handle.write(bytes, done)).bytesWritten;
    } catch (error) {
      if (systemCode(error) !== 'EAGAIN') throw error;
      await waitForReader(FULL_MS, file, signal); // the pipe is full
    }
  }
}

async function waitForReader(milliseconds: number, file: string, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {
    throw cancelled(signal, `nobody reads ${file}`);
  });
}

/** Milliseconds from one look for a reader to the next. */
const READER_MS = 100;
/** The same from one piece to the next, which has 64 kB. */
const FULL_MS = 5;

/** Removes the answer of an earlier run. @throws BuildcacheError naming the file */
export async function removeAnswer(file: string): Promise<void> {
  if (!isWrittenTo(file)) await removeFile(file);
}

function isWrittenTo(file: string): boolean {
  if (isDevicePath(file)) return true;
  try {
    const stats = lstatSync(file);
    return stats.isFIFO() || stats.isCharacterDevice() || stats.isBlockDevice() || stats.isSocket();
  } catch {
    return false; // the writer says what is wrong
  }
}

function streamOf(file: string, { stdout, stderr }: Streams): Streams['stdout'] | undefined {
  const [, name, number] = /^(?:\/dev\/(stdout|stderr)|(?:\/dev|\/proc\/self)\/fd\/([12]))$/.exec(file) ?? [];
  if (name === 'stdout' || number === '1') return stdout;
  return name === 'stderr' || number === '2' ? stderr : undefined;
}
