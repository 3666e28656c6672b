/** Streams put together so that an error anywhere reaches whoever reads, and nothing leaks. */
import { pipeline, type Readable, type Transform } from 'node:stream';

/** What comes out of `transform` when `source` goes in; destroying either destroys both. */
export function through(source: Readable, transform: Transform): Readable {
  return pipeline(source, transform, () => undefined); // the error is the reader's: pipeline destroys transform with it
}
