/**
 * Files copied and digested in threads of their own, so that neither the digests of gigabytes nor the many small
 * calls of a copy hold up everything else. The threads start when they are first needed and keep no process alive.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { cancelled, throwIfCancelled } from '../core/abort.ts';
import { threadBeside } from '../core/beside-bundle.ts';
import { BuildcacheError, fileError } from '../core/errors.ts';
import type {
  CancelledJobs,
  CopyJob,
  Found,
  Inserted,
  InsertedPart,
  InsertJob,
  PartReply,
  Reply,
} from './file-copy-messages.ts';

/** More than four threads would only wait for the same disk. */
const MOST_THREADS = Math.min(availableParallelism(), 4);

type Unnumbered<T> = Omit<T, 'id'>;

interface Thread {
  readonly worker: Worker;
  /** Handed over together: waking a thread costs more than a message. */
  readonly outbox: unknown[];
  /** By the number of the job. */
  readonly waiting: Map<
    number,
    {
      done(reply: Reply<unknown>): void;
      failed(error: Error): void;
      readonly onPart: ((sha256: string) => void) | undefined;
    }
  >;
}

const threads: Thread[] = [];
const cancelledJobs: CancelledJobs = new Int32Array(new SharedArrayBuffer(4 * 4096));
let lastId = 0;

/** Whether threads have been started. A single small file is not worth starting one. */
export function hasThreads(): boolean {
  return threads.length > 0;
}

/** Starts the threads, where much is about to be copied. So they are there when it is known what. */
export function startThreads(): void {
  while (threads.length < MOST_THREADS) threads.push(start());
}

/**
 * Makes a file with another's content, synced to disk. It shares the blocks where the file system can. A source that
 * is longer than was said is not copied whole.
 * @returns what was found, which may not be what was expected
 * @throws BuildcacheError when the source cannot be read, `cancelled`; system errors of the copy as they are
 */
export async function copyFile(
  job: Omit<CopyJob, 'id' | 'start'> & {
    readonly to: string;
    readonly start?: number;
  },
  signal: AbortSignal | undefined,
): Promise<Found> {
  return await hand<Found>({ start: 0, ...job }, signal);
}

/**
 * Writes parts of files one behind the other into a file that is there, which is not synced.
 * @param job `into` is the descriptor of the file, which stays open until this has settled
 * @returns what was found of each part, which may not be what was expected. No more than was expected is written, and
 *   nothing behind the first part of another length
 * @throws as {@link copyFile}
 */
export async function insertFiles(
  job: { readonly into: number; readonly at: number; readonly parts: readonly InsertedPart[] },
  signal: AbortSignal | undefined,
): Promise<Inserted> {
  return await hand<Inserted>(job, signal);
}

/**
 * The SHA-256 of so many bytes of a file, and how many there were.
 * @param parts wants the digest of each part of this size too, in their order, of the same reading
 * @throws BuildcacheError when it cannot be read, `cancelled`
 */
export async function digestFile(
  { file: from, start, end }: { readonly file: string; readonly start: number; readonly end: number },
  signal: AbortSignal | undefined,
  parts?: { readonly size: number; readonly onPart: (sha256: string) => void },
): Promise<{ readonly size: number; readonly sha256: string }> {
  const job = { from, start, size: end - start, digest: true, to: undefined, place: undefined };
  const { size, sha256 } = await hand<Found>(
    { ...job, partSize: parts?.size, hardLink: false },
    signal,
    parts?.onPart,
  );
  if (sha256 === undefined) throw new BuildcacheError('internal', 'a digest was not made');
  return { size, sha256 };
}

/** @returns the result of a job of this kind */
async function hand<T extends Found | Inserted>(
  job: Unnumbered<T extends Found ? CopyJob : InsertJob>,
  signal: AbortSignal | undefined,
  onPart?: (sha256: string) => void,
): Promise<T> {
  throwIfCancelled(signal);
  lastId = (lastId % (2 ** 31 - 1)) + 1;
  const id = lastId;
  const abort = () => Atomics.store(cancelledJobs, id % cancelledJobs.length, id);
  signal?.addEventListener('abort', abort, { once: true });
  const { worker, waiting, outbox } = idlest();
  if (waiting.size === 0) worker.ref();
  try {
    const reply = await new Promise<Reply<unknown>>((done, failed) => {
      waiting.set(id, { done, failed, onPart });
      if (outbox.push({ ...job, id }) === 1) setImmediate(() => worker.postMessage(outbox.splice(0)));
    });
    if ('result' in reply) return reply.result as T;
    if (signal?.aborted === true) throw cancelled(signal);
    const error = Object.assign(new Error(reply.failure), { code: reply.code });
    throw reply.unread === undefined ? error : fileError(error, reply.unread, 'read');
  } finally {
    signal?.removeEventListener('abort', abort);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
  }
}

/** An idle thread, else a new one, else the one with the least to do. */
function idlest(): Thread {
  const [best] = threads.toSorted((a, b) => a.waiting.size - b.waiting.size);
  if (best !== undefined && (best.waiting.size === 0 || threads.length >= MOST_THREADS)) return best;
  const thread = start();
  threads.push(thread);
  return thread;
}

function start(): Thread {
  // Without Node's own options of this process: some are not allowed for threads.
  const worker = new Worker(threadBeside(new URL('./file-copy-thread.ts', import.meta.url)), {
    execArgv: [],
    workerData: cancelledJobs,
  });
  const thread: Thread = { worker, outbox: [], waiting: new Map() };
  const end = (error: unknown) => {
    const at = threads.indexOf(thread);
    if (at >= 0) threads.splice(at, 1);
    for (const { failed } of thread.waiting.values()) {
      failed(new BuildcacheError('internal', 'the thread that copies files ended', {}, error));
    }
  };
  worker.on('message', (message: Reply<unknown> | PartReply) => {
    const job = thread.waiting.get(message.id);
    if ('part' in message) job?.onPart?.(message.part);
    else job?.done(message);
  });
  worker.on('error', end);
  worker.on('exit', end);
  worker.unref();
  return thread;
}
