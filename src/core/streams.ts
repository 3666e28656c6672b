/** Streams put together so that an error anywhere reaches whoever reads, and nothing leaks. */
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BuildcacheError, systemCode } from './errors.ts';

/** What comes out of `transform` when `source` goes in; destroying either destroys both. */
export function through(source: Readable, transform: Transform): Readable {
  // An error before anybody reads is there when somebody does; without a listener it would end the process.
  transform.on('error', () => undefined);
  return pipeline(source, transform, () => undefined); // the error is the reader's: pipeline destroys transform with it
}

/**
 * What is in a gzip stream.
 * @param name the file or redacted URL, for messages
 * @returns fails with `corrupt` for what is no gzip, damaged or cut short
 */
export function gunzipped(source: Readable, name: string): Readable {
  const gunzip = createGunzip();
  const destroy = gunzip.destroy.bind(gunzip);
  gunzip.destroy = (error) => destroy(error == null ? undefined : gzipError(error, name));
  return through(source, gunzip);
}

/** zlib's errors as one of ours; others as they are. */
export function gzipError(error: Error, name: string): Error {
  const code = systemCode(error);
  if (error instanceof BuildcacheError || code?.startsWith('Z_') !== true) return error;
  const found = code === 'Z_BUF_ERROR' ? 'one that is cut short' : 'damaged data';
  return new BuildcacheError(
    'corrupt',
    'it cannot be unpacked',
    { url: name, expected: 'gzip', found },
    error,
  );
}
