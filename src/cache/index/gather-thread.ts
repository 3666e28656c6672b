/**
 * A thread that digests an index, writes it to a file, and gathers what is asked of it (gather-in-thread.ts has the
 * other end). The build makes one file of it and what it imports.
 */
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorData, errorData } from '../../core/error-data.ts';
import { type Gathered, type GatherJobs, type GatherKind, gatherer } from './gather.ts';

export interface ThreadTask {
  readonly job: GatherJobs[GatherKind];
  /** The index, for messages. */
  readonly source: string;
  /** The open file to write to; undefined for none. */
  readonly file: number | undefined;
  /** The places in which the document's bytes come, shared with who sends them. */
  readonly blocks: readonly SharedArrayBuffer[];
}

export type ToThread =
  /** So many bytes are in this block, behind those of the block before. */
  | { readonly block: number; readonly length: number }
  /** There is no block left: the bytes come faster than they are gone through. */
  | 'hurry'
  /** The document has ended. */
  | 'end';

export type FromThread =
  /** The block's place can be used again. */
  | { readonly kind: 'read'; readonly block: number }
  | {
      readonly kind: 'digested';
      readonly sha256: string;
      /** Whether all bytes could be written to the file. */
      readonly isWritten: boolean;
    }
  | { readonly kind: 'gathered'; readonly gathered: Gathered[GatherKind] }
  | { readonly kind: 'failed'; readonly error: ErrorData };

const { job, source, file, blocks } = workerData as ThreadTask;
const views = blocks.map((block) => new Uint8Array(block));
const hash = createHash('sha256');
let isWritten = file !== undefined;
const gathering = gatherer(job.kind === 'wanted' ? { ...job, compactToo: isWritten } : job, source);

parentPort?.on('message', (message: ToThread) => {
  try {
    if (message === 'end') return end();
    if (message === 'hurry') return gathering.hurry();
    const { block, length } = message;
    const bytes = (views[block] ?? new Uint8Array()).subarray(0, length);
    hash.update(bytes);
    write(bytes);
    gathering.push(bytes);
    send({ kind: 'read', block });
  } catch (error) {
    send({ kind: 'failed', error: errorData(error) });
  }
});

function end(): void {
  send({ kind: 'digested', sha256: hash.digest('hex'), isWritten });
  const gathered = gathering.finish();
  const compact = 'records' in gathered ? (gathered.compact ?? []) : gathered;
  send({ kind: 'gathered', gathered }, compact.flatMap(ownBuffer));
}

/** A full disk must not cost the answer. */
function write(bytes: Uint8Array): void {
  try {
    for (let done = 0; isWritten && file !== undefined && done < bytes.length; )
      done += writeSync(file, bytes, done);
  } catch {
    isWritten = false;
  }
}

/** What can move instead of being copied. */
function ownBuffer({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength > 64 * 1024
    ? [buffer]
    : [];
}

function send(message: FromThread, moved: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved);
}
