/**
 * How far a large file has come: the code that reads, packs or sends it says so, and a reporter shows it. Bytes that
 * are sent again after a failure count again: what is shown is never taken for what is there.
 */
import { Transform } from 'node:stream';

export interface Transfer {
  /** So many bytes more. */
  add(bytes: number): void;
  /** It is over, however it ended. */
  end(): void;
}

/**
 * @param doing what is done with it: `packing gcc`
 * @param bytes how large it is; undefined where nobody knows yet
 */
export type WatchTransfer = (doing: string, bytes: number | undefined) => Transfer;

/** Runs `task` with a callback for its bytes; undefined where nobody watches. */
export async function watching<T>(
  watch: WatchTransfer | undefined,
  doing: string,
  bytes: number | undefined,
  task: (onBytes: ((bytes: number) => void) | undefined) => Promise<T>,
): Promise<T> {
  if (watch === undefined) return await task(undefined);
  const transfer = watch(doing, bytes);
  try {
    return await task((more) => transfer.add(more));
  } finally {
    transfer.end();
  }
}

/** The same chunks, counted on their way. */
export async function* counted<T extends Uint8Array>(
  chunks: AsyncIterable<T>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<T> {
  for await (const chunk of chunks) {
    onBytes(chunk.length);
    yield chunk;
  }
}

/** A stream that lets everything pass, and counts it. */
export function counting(onBytes: (bytes: number) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _, done) {
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
}
