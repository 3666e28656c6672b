/**
 * The bytes of a blob to upload, readable from any offset: in memory, in a file, or in a stream that can be opened
 * again.
 */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { fileError } from '../core/errors.ts';
import { counted } from '../core/transfer.ts';
import type { BlobSource } from './registry/registry.ts';

const READ = 256 * 1024;
/** Bytes in memory are sent in pieces, so that a time-out is for one piece, however slow the whole is. */
const PIECE = 64 * 1024;

export interface Content {
  readonly size: number;
  /** Bytes from `start` up to `end`. Its errors are ours. */
  open(start: number, end: number): Promise<Readable>;
}

export function contentOf(source: BlobSource): Content {
  if (source instanceof Uint8Array) {
    const open = async (start: number, end: number) => streamOf(piecesOf(source.subarray(start, end)));
    return { size: source.length, open };
  }
  if ('file' in source) {
    const { file, size, onBytes } = source;
    const open = async (start: number, end: number) => {
      const pieces = piecesOfFile(file, start, end);
      return streamOf(onBytes === undefined ? pieces : counted(pieces, onBytes));
    };
    return { size, open };
  }
  const open = async (start: number, end: number) => streamOf(upTo(await source.open(start), end - start));
  return { size: source.size, open };
}

function streamOf(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Readable {
  return Readable.from(pieces, { objectMode: false });
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

async function* piecesOfFile(file: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { start, end: end - 1, highWaterMark: READ }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw fileError(error, file, 'read');
  }
}

async function* upTo(stream: Readable, most: number): AsyncGenerator<Uint8Array> {
  let left = most;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    yield piece.subarray(0, left);
    left -= Math.min(left, piece.length);
    if (left === 0) return; // leaving destroys the stream
  }
}
