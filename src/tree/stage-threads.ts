/**
 * Threads that put packages together. One has one package at a time, so that it holds no more than that package in
 * memory. They start when there is work for them.
 */
import { Worker } from 'node:worker_threads';
import { cancelled, throwIfCancelled } from '../core/abort.ts';
import { threadBeside } from '../core/beside-bundle.ts';
import { errorOf } from '../core/error-data.ts';
import { BuildcacheError } from '../core/errors.ts';
import type { Staged, StageJob } from './stage-job.ts';
import type { FromThread, ToThread } from './stage-thread.ts';

export interface StageThreads {
  /** As `runStageJob`. A small tarball may be a hostile one with half a million files, so it can be cancelled, too. */
  stage(job: StageJob, tarball: Buffer, document: () => string, signal?: AbortSignal): Promise<Staged>;
  /** Ends the threads; whatever they were doing fails. */
  close(): Promise<void>;
}

/** What a thread's young objects may take. Node's own limit is for a process with one heap. */
const YOUNG_MB = 8;

/** @param most threads at once */
export function startStageThreads(most: number): StageThreads {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  /** Those that wait for a thread; undefined is an invitation to start one. */
  const waiting: ((worker: Worker | undefined) => void)[] = [];

  const start = (): Worker => {
    // Without Node's own options of this process: some are not allowed for threads.
    const worker = new Worker(threadBeside(new URL('./stage-thread.ts', import.meta.url)), {
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    all.add(worker);
    worker.on('error', () => all.delete(worker)); // `exit` follows: until then nobody else may get it
    worker.once('exit', () => {
      all.delete(worker);
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
      waiting.shift()?.(undefined);
    });
    return worker;
  };
  const take = async (): Promise<Worker> => {
    const free = idle.pop();
    if (free !== undefined) return free;
    // One more only where packages pile up: each takes time and memory of its own.
    if (all.size === 0 || (all.size < most && waiting.length > 0)) return start();
    return (await new Promise<Worker | undefined>((resolve) => waiting.push(resolve))) ?? start();
  };
  const giveBack = (worker: Worker) => {
    if (!all.has(worker)) return;
    const next = waiting.shift();
    if (next === undefined) idle.push(worker);
    else next(worker);
  };

  return {
    async stage(job, tarball, document, signal) {
      const worker = await take();
      try {
        throwIfCancelled(signal);
        return await runIn(worker, job, tarball, document, signal);
      } finally {
        giveBack(worker);
      }
    },
    async close() {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

function runIn(
  worker: Worker,
  job: StageJob,
  tarball: Buffer,
  document: () => string,
  signal: AbortSignal | undefined,
): Promise<Staged> {
  return new Promise((resolve, reject) => {
    let refusal: { readonly error: unknown } | undefined;
    const ended = (error?: unknown) => {
      done();
      if (signal?.aborted === true) return reject(cancelled(signal));
      const cause = error instanceof Error ? error : undefined;
      reject(new BuildcacheError('internal', 'the thread that unpacks packages ended', {}, cause));
    };
    const onMessage = (message: FromThread) => {
      if (message.kind === 'asks') {
        let text: string | undefined;
        try {
          text = document();
        } catch (error) {
          refusal = { error };
        }
        worker.postMessage({ document: text } satisfies ToThread);
        return;
      }
      done();
      if (message.kind === 'staged') resolve(message.staged);
      else reject(refusal === undefined ? errorOf(message.error) : refusal.error);
    };
    // What it has written is removed with the directory, once it has ended.
    const stop = () => void worker.terminate();
    const done = () => {
      signal?.removeEventListener('abort', stop);
      worker.off('message', onMessage).off('exit', ended).off('error', ended);
    };
    worker.on('message', onMessage).on('exit', ended).on('error', ended);
    signal?.addEventListener('abort', stop);
    // The bytes move to the thread. They are copied first, as they may be a part of somebody else's.
    const own = new Uint8Array(tarball);
    worker.postMessage({ job, tarball: own } satisfies ToThread, [own.buffer]);
  });
}
