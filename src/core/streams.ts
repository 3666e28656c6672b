/** Streams put together so that an error anywhere reaches whoever reads, and nothing leaks. */
import { pipeline, type Readable, Transform } from 'node:stream';
import { BuildcacheError, systemCode } from './errors.ts';

/** What comes out of `transform` when `source` goes in; destroying either destroys both. */
export function through(source: Readable, transform: Transform): Readable {
  // An error that comes before there is a reader waits for the reader. Without a listener it would end the process.
  transform.on('error', () => undefined);
  return pipeline(source, transform, () => undefined); // the error is the reader's: pipeline destroys transform with it
}

/**
 * What is in a gzip stream.
 * @param name the file or redacted URL, for messages
 * @returns fails with `corrupt` for what is no gzip, damaged or cut short, with `too-large` for a bomb
 */
export function gunzipped(source: Readable, name: string): Readable {
  // Loaded where it is used: most documents are not packed.
  const gunzip = process.getBuiltinModule('node:zlib').createGunzip({ chunkSize: CHUNK });
  const destroy = gunzip.destroy.bind(gunzip);
  gunzip.destroy = (error) => destroy(error == null ? undefined : gzipError(error, name));
  let inflated = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _, done) {
      inflated += chunk.length;
      const isBomb = inflated > RATIO_FROM && inflated > MAX_RATIO * gunzip.bytesWritten;
      done(isBomb ? tooDense(name, inflated, gunzip.bytesWritten) : null, chunk);
    },
  });
  return through(through(source, gunzip), limit);
}

/** Bytes at a time: with zlib's sixteen kilobytes, an index takes a sixth longer. */
const CHUNK = 64 * 1024;

/**
 * The most that gzip makes of our documents: an index packs to a seventh or a tenth, and no long document to a
 * fiftieth.
 */
const MAX_RATIO = 50;
const RATIO_FROM = 16 * 1024 * 1024;

function tooDense(url: string, inflated: number, packed: number): BuildcacheError {
  return new BuildcacheError('too-large', 'it inflates suspiciously', {
    url,
    expected: `at most ${MAX_RATIO} times its size`,
    found: `${inflated} bytes from ${packed}`,
  });
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
