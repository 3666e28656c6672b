/** A file that a stream is written to, whose errors are ours: Node's own name no file where the disk is full. */
import { createWriteStream, type WriteStream } from 'node:fs';
import { fileError } from './errors.ts';

/** @returns fails with `io`, `denied`, … naming the file; with others' errors as they are */
export function fileSink(file: string, options: { readonly mode?: number } = {}): WriteStream {
  const sink = createWriteStream(file, options);
  const destroy = sink.destroy.bind(sink);
  sink.destroy = (error) => destroy(isOfTheSystem(error) ? fileError(error, file, 'write the file') : error);
  return sink;
}

/** A pipeline hands its other errors down, too: these have no call of the system's. */
function isOfTheSystem(error: unknown): boolean {
  const call = error instanceof Error && 'syscall' in error ? error.syscall : undefined;
  return call === 'open' || call === 'write' || call === 'close';
}
