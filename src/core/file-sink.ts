/** A file that a stream is written to, with errors of ours: Node's own do not name the file where the disk is full. */
import { createWriteStream, type WriteStream } from 'node:fs';
import { fileError } from './errors.ts';

/** @returns a stream that fails with `io`, `denied`, … naming the file; errors of other streams pass as they are */
export function fileSink(file: string, options: { readonly mode?: number } = {}): WriteStream {
  const sink = createWriteStream(file, options);
  const destroy = sink.destroy.bind(sink);
  sink.destroy = (error) => destroy(isOfTheSystem(error) ? fileError(error, file, 'write the file') : error);
  return sink;
}

/** Tells system errors from those of other streams, which a pipeline hands down too. Those name no system call. */
function isOfTheSystem(error: unknown): boolean {
  const call = error instanceof Error && 'syscall' in error ? error.syscall : undefined;
  return call === 'open' || call === 'write' || call === 'close';
}
