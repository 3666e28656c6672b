/** A file that a stream is written to, with errors of ours: Node's own do not name the file where the disk is full. */
import { constants, createWriteStream, type WriteStream } from 'node:fs';
import { fileError } from './errors.ts';

/**
 * Writes a file anew. A link is not followed: where another user has put it, it may lead to any file of ours.
 * @returns a stream that fails with `io`, `denied`, … naming the file; errors of other streams pass as they are
 */
export function fileSink(file: string, options: { readonly mode?: number } = {}): WriteStream {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW = 0 } = constants;
  // The types know no numbers here. Node takes what open(2) does.
  const flags = (O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW) as unknown as string;
  const sink = createWriteStream(file, { ...options, flags });
  const destroy = sink.destroy.bind(sink);
  sink.destroy = (error) => destroy(isOfTheSystem(error) ? fileError(error, file, 'write the file') : error);
  return sink;
}

/** Tells system errors from those of other streams, which a pipeline hands down too. Those name no system call. */
function isOfTheSystem(error: unknown): boolean {
  const call = error instanceof Error && 'syscall' in error ? error.syscall : undefined;
  return call === 'open' || call === 'write' || call === 'close';
}
