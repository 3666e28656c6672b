/** The memory of large buffers: given back when nobody needs it any more, not when garbage is next collected. */
import { isMainThread } from 'node:worker_threads';
import { youngCollector } from './young-garbage.ts';

/** Bytes. Smaller ones may be a part of the memory that Node shares among buffers, and are no burden. */
const LEAST = 256 * 1024;

/** In Node's types only from ES2024 on. */
type Transferable = ArrayBufferLike & { transfer?(bytes: number): unknown };

/**
 * Gives back what holds these bytes: they are gone, for everybody who has them. V8 collects large buffers late, since
 * their size is no part of its own heap: a thread that inflates one package after the other would hold many of them.
 * Node 20 cannot, and collects them when it does.
 */
export function release({ buffer }: Uint8Array): void {
  if (buffer.byteLength < LEAST) return;
  const bytes = buffer.byteLength;
  (buffer as Transferable).transfer?.(0);
  // It has left about as much in pieces, on its way here and from here.
  passed(bytes);
}

/** Counts bytes that have come through in pieces, and collects those pieces from time to time. */
export function passed(bytes: number): void {
  uncollected += bytes;
  if (uncollected < COLLECT_EVERY || !isMainThread) return;
  uncollected = 0;
  collect ??= youngCollector();
  collect();
}

const COLLECT_EVERY = 16 * 1024 * 1024;
let uncollected = 0;
let collect: (() => void) | undefined;

/**
 * {@link release} for a piece out of zlib, which inflates into one buffer after the other: a piece up to the end of its
 * buffer is the last in there. Without this, the memory of each piece is new to the process, and on a virtual machine
 * its pages cost as much as what is in them. The heap, too, would be gone through for every thirty megabytes of pieces.
 */
export function releaseInflated(piece: Uint8Array): void {
  if (piece.byteOffset + piece.length === piece.buffer.byteLength) release(piece);
}

/** Bytes whose memory can be moved to a thread: large ones themselves, which are gone afterwards, else a copy. */
export function toMove(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isMovable = bytes.length >= LEAST && bytes.length === bytes.buffer.byteLength;
  return isMovable && bytes.buffer instanceof ArrayBuffer
    ? (bytes as Uint8Array<ArrayBuffer>)
    : new Uint8Array(bytes);
}
