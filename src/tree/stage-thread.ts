/**
 * A thread that puts packages together (stage-threads.ts has the other end), one after the other. The build makes one
 * file of it and what it imports.
 */
import { parentPort } from 'node:worker_threads';
import { type ErrorData, errorData } from '../core/error-data.ts';
import { BuildcacheError } from '../core/errors.ts';
import { release } from '../core/release.ts';
import { EntryRefused } from '../spec/asked-spec-file.ts';
import { runStageJob, type Staged, type StageJob } from './stage-job.ts';

export type ToThread =
  | { readonly job: StageJob; readonly tarball: Uint8Array }
  /** The answer to {@link FromThread} `asks`; undefined where there is none. */
  | { readonly document: string | undefined };

/** Jobs are answered in the order in which they came. */
export type FromThread =
  | { readonly kind: 'staged'; readonly staged: Staged }
  | { readonly kind: 'failed' | 'refused'; readonly error: ErrorData }
  /** It wants the spec file of the spec it is at, which only few packages do not bring along. */
  | { readonly kind: 'asks' };

let answer: ((document: string | undefined) => void) | undefined;
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (message: ToThread) => {
  if ('document' in message) answer?.(message.document);
  else last = last.then(() => stage(message.job, message.tarball));
});

async function stage(job: StageJob, tarball: Uint8Array): Promise<void> {
  const document = async () => {
    const text = await new Promise<string | undefined>((resolve) => {
      answer = resolve;
      send({ kind: 'asks' });
    });
    if (text === undefined) throw new BuildcacheError('internal', 'there is no spec file');
    return text;
  };
  try {
    const { buffer, byteOffset, byteLength } = tarball;
    const staged = await runStageJob(job, Buffer.from(buffer, byteOffset, byteLength), document);
    send({ kind: 'staged', staged });
  } catch (error) {
    if (error instanceof EntryRefused) send({ kind: 'refused', error: errorData(error.why) });
    else send({ kind: 'failed', error: errorData(error) });
  } finally {
    release(tarball);
  }
}

function send(message: FromThread): void {
  parentPort?.postMessage(message);
}
