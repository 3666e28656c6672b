/**
 * Threads that put packages together, each one package at a time. The next packages already wait in the thread, so that
 * it never waits for this one. Threads start when there is work for them, or when they are told that there will be.
 */
import { Worker } from 'node:worker_threads';
import { cancelled, throwIfCancelled } from '../core/abort.ts';
import { threadBeside } from '../core/beside-bundle.ts';
import { errorOf } from '../core/error-data.ts';
import { BuildcacheError } from '../core/errors.ts';
import { toMove } from '../core/release.ts';
import { EntryRefused } from '../spec/asked-spec-file.ts';
import type { Staged, StageJob } from './stage-job.ts';
import type { FromThread, ToThread } from './stage-thread.ts';

export interface StageThreads {
  /** Whether a thread is free, or will be soon. Otherwise this thread may put a package together itself. */
  hasRoom(): boolean;
  /** As `runStageJob`; the tarball's bytes may be gone afterwards. A small tarball may be a hostile one with half a million files, so it can be cancelled, too. */
  stage(job: StageJob, tarball: Buffer, document: () => string, signal?: AbortSignal): Promise<Staged>;
  /** Starts all threads, or as many as the system allows: there will be work for them. */
  warmUp(): void;
  /** Ends the threads; whatever they were doing fails. */
  close(): Promise<void>;
}

/** What a thread's young objects may take. Node's own limit is for a process with one heap. */
const YOUNG_MB = 8;

/** Packages in a thread: the one it is at, and those that wait there. Each may take a few megabytes. */
const AHEAD = 3;

interface Job {
  readonly document: () => string;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (staged: Staged) => void;
  readonly reject: (error: unknown) => void;
  /** Why there was no document. */
  refusal?: { readonly error: unknown };
}

interface Thread {
  readonly worker: Worker;
  /** The jobs that were sent and not answered, in their order. */
  readonly jobs: Job[];
}

/** @param most threads at once */
export function startStageThreads(most: number): StageThreads {
  const threads = new Set<Thread>();
  let allowed = most;
  /** Those that wait for room in a thread. */
  const waiting: (() => void)[] = [];
  const next = () => waiting.shift()?.();

  const start = (): Thread => {
    // Without Node's own options of this process: some are not allowed for threads.
    const worker = new Worker(threadBeside(new URL('./stage-thread.ts', import.meta.url)), {
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    const thread: Thread = { worker, jobs: [] };
    threads.add(thread);
    const ended = (error?: unknown) => {
      threads.delete(thread);
      const cause = error instanceof Error ? error : undefined;
      for (const { signal, reject } of thread.jobs.splice(0)) {
        if (signal?.aborted === true) reject(cancelled(signal));
        else reject(new BuildcacheError('internal', 'the thread that unpacks packages ended', {}, cause));
      }
      for (let room = 0; room < AHEAD; room++) next();
    };
    worker.on('error', ended);
    worker.once('exit', () => ended());
    worker.on('message', (message: FromThread) => {
      const [job] = thread.jobs;
      if (job === undefined) return;
      if (message.kind === 'asks') return answer(worker, job);
      thread.jobs.shift();
      if (message.kind === 'staged') job.resolve(message.staged);
      else if (message.kind === 'refused') job.reject(new EntryRefused(errorOf(message.error)));
      else job.reject(job.refusal === undefined ? errorOf(message.error) : job.refusal.error);
      next();
    });
    return thread;
  };
  const take = async (): Promise<Thread> => {
    for (;;) {
      const [idlest] = [...threads].sort((a, b) => a.jobs.length - b.jobs.length);
      if (idlest === undefined || (idlest.jobs.length > 0 && threads.size < allowed)) return start();
      if (idlest.jobs.length < AHEAD) return idlest;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };

  return {
    hasRoom: () => threads.size < allowed || [...threads].some(({ jobs }) => jobs.length < AHEAD),
    async stage(job, tarball, document, signal) {
      const thread = await take();
      throwIfCancelled(signal);
      return await runIn(thread, job, tarball, document, signal);
    },
    warmUp() {
      try {
        while (threads.size < allowed) start();
      } catch {
        allowed = threads.size; // the system has no more; without any, the caller puts packages together itself
      }
    },
    async close() {
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

async function runIn(
  { worker, jobs }: Thread,
  job: StageJob,
  tarball: Buffer,
  document: () => string,
  signal: AbortSignal | undefined,
): Promise<Staged> {
  // What it has written is removed with the directory, once it has ended.
  const stop = () => void worker.terminate();
  signal?.addEventListener('abort', stop);
  try {
    return await new Promise((resolve, reject) => {
      jobs.push({ document, signal, resolve, reject });
      const own = toMove(tarball);
      worker.postMessage({ job, tarball: own } satisfies ToThread, [own.buffer]);
    });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function answer(worker: Worker, job: Job): void {
  let text: string | undefined;
  try {
    text = job.document();
  } catch (error) {
    job.refusal = { error };
  }
  worker.postMessage({ document: text } satisfies ToThread);
}
