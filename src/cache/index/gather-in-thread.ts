/**
 * Gathers from a large index in a thread of its own: what is downloaded is digested, written and gone through there,
 * while more comes in here. Memory is the same few blocks whatever the index has.
 */
import { Worker } from 'node:worker_threads';
import { threadBeside } from '../../core/beside-bundle.ts';
import { errorOf } from '../../core/error-data.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { youngCollector } from '../../core/young-garbage.ts';
import type { Gathered, GatherJobs, GatherKind } from './gather.ts';
import type { FromThread, ThreadTask, ToThread } from './gather-thread.ts';

export interface GatheredInThread<K extends GatherKind> {
  readonly gathered: Gathered[K];
  /** Of all bytes. */
  readonly sha256: string;
  /** Whether all of them could be written to the file. */
  readonly isWritten: boolean;
}

/** Bytes. A thread that is ahead waits for a block to be full, and one that is behind has as much as this to go through. */
const BLOCK = 512 * 1024;
const BLOCKS = 6;

/** So often a block is waited for before the thread is told to hurry. It takes a moment to start. */
const PATIENCE = 8;

/** Bytes that have come and are not needed any more. */
const COLLECT_EVERY = 4 * 1024 * 1024;

/**
 * @param source the index, for messages
 * @param file the descriptor of an open file that gets all bytes
 * @param verify called when all bytes are there, before anything is made of the document as a whole
 * @throws as `scanIndex`, what `verify` and `chunks` throw
 */
export async function gatherInThread<K extends GatherKind>(
  job: GatherJobs[K],
  chunks: AsyncIterable<Uint8Array>,
  source: string,
  file: number | undefined,
  verify: (sha256: string) => void,
): Promise<GatheredInThread<K>> {
  const thread = startThread({ job, source, file });
  try {
    const collect = youngCollector();
    let dead = 0;
    for await (const chunk of chunks) {
      await thread.push(chunk);
      dead += chunk.length;
      if (dead < COLLECT_EVERY) continue;
      collect();
      dead = 0;
    }
    const { sha256, isWritten } = await thread.end();
    verify(sha256);
    return { gathered: (await thread.gathered()) as Gathered[K], sha256, isWritten };
  } finally {
    await thread.close();
  }
}

function startThread(task: Omit<ThreadTask, 'blocks'>) {
  const blocks = Array.from({ length: BLOCKS }, () => new SharedArrayBuffer(BLOCK));
  const views = blocks.map((block) => new Uint8Array(block));
  // Without Node's own options of this process: some are not allowed for threads.
  const worker = new Worker(threadBeside(new URL('./gather-thread.ts', import.meta.url)), {
    workerData: { ...task, blocks } satisfies ThreadTask,
    execArgv: [],
  });
  const free = blocks.map((_, i) => i);
  let digested: Extract<FromThread, { kind: 'digested' }> | undefined;
  let gathered: Gathered[GatherKind] | undefined;
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  const changed = () => {
    wake?.();
    wake = undefined;
  };
  const failed = (error: Error) => {
    failure = failure ?? error;
  };
  const ended = (cause?: Error) => {
    failed(new BuildcacheError('internal', 'the thread that reads the index ended', {}, cause));
    changed();
  };
  worker.on('error', ended).on('exit', () => ended());
  worker.on('message', (message: FromThread) => {
    if (message.kind === 'read') free.push(message.block);
    else if (message.kind === 'digested') digested = message;
    else if (message.kind === 'gathered') gathered = message.gathered;
    else failed(errorOf(message.error));
    changed();
  });
  const until = async <T>(value: () => T | undefined): Promise<T> => {
    for (;;) {
      const found = value();
      if (found !== undefined) return found;
      if (failure !== undefined) throw failure;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const post = (message: ToThread) => worker.postMessage(message);

  let waits = 0;
  const nextFree = () => {
    if (++waits === PATIENCE) post('hurry');
    return until(() => free.pop());
  };
  let block: number | undefined;
  let length = 0;
  const flush = () => {
    if (block !== undefined) post({ block, length });
    block = undefined;
    length = 0;
  };
  return {
    async push(chunk: Uint8Array): Promise<void> {
      if (failure !== undefined) throw failure;
      for (let at = 0; at < chunk.length; ) {
        if (block === undefined) block = free.pop() ?? (await nextFree());
        const part = chunk.subarray(at, at + BLOCK - length);
        views[block]?.set(part, length);
        length += part.length;
        at += part.length;
        if (length === BLOCK) flush();
      }
    },
    end() {
      flush();
      post('end');
      return until(() => digested);
    },
    gathered: () => until(() => gathered),
    close: () => worker.terminate(),
  };
}
