/** SHA-256 digests: of bytes, of streams, and checked while bytes stream past. */
import { createHash, hash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { BuildcacheError } from './errors.ts';

/** Lower-case hexadecimal SHA-256 of bytes. */
export function sha256(bytes: Uint8Array | string): string {
  return hash('sha256', bytes);
}

/** Whether text is a lower-case hexadecimal SHA-256, which is also what makes it safe in a path. */
export function isSha256(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}

/**
 * The limit for a blob whose size nothing says: a server that never ends must not fill a disk. The largest packages
 * have tens of gigabytes.
 */
export const MAX_BLOB = 64 * 1024 ** 3;

/**
 * The limit for what a document says of a blob's size: a sparse file of terabytes would be read for days. No installation
 * unpacks more than 256 GiB, and gzip adds a little to what it cannot make smaller.
 */
export const MAX_STATED_BLOB = 257 * 1024 ** 3;

/**
 * @param source the document's redacted URL
 * @throws BuildcacheError `unsupported`, so that nobody takes it for damaged, and repairs it away
 */
export function requireStatedSize(size: number, source: string): void {
  if (size <= MAX_STATED_BLOB) return;
  throw new BuildcacheError('unsupported', 'a blob is larger than any that this program reads', {
    url: source,
    expected: `at most ${MAX_STATED_BLOB} bytes`,
    found: String(size),
  });
}

export interface Expected {
  readonly sha256: string;
  /** Bytes. Unknown when undefined (layout 2 does not say); then the limit is {@link MAX_BLOB}. */
  readonly size?: number | undefined;
  /** The redacted URL or file, for messages. */
  readonly source: string;
}

/**
 * Passes bytes through and fails with `corrupt` as soon as they are too many, or at the end when they are
 * too few or have another digest. Nothing downstream may be kept before the stream has ended well.
 */
export function verifying(expected: Expected): Transform {
  const hash = createHash('sha256');
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      size += chunk.length;
      hash.update(chunk);
      const most = expected.size ?? MAX_BLOB;
      if (size > most) done(sizeMismatch({ ...expected, size: most }, `over ${most}`));
      else done(null, chunk);
    },
    flush(done: TransformCallback) {
      if (expected.size !== undefined && size !== expected.size)
        return done(sizeMismatch(expected, String(size)));
      const found = hash.digest('hex');
      done(found === expected.sha256 ? null : digestMismatch(expected, found));
    },
  });
}

/** The same check for bytes in memory. @throws `corrupt` */
export function verifyBytes(bytes: Uint8Array, expected: Expected): void {
  if (expected.size !== undefined && bytes.length !== expected.size) {
    throw sizeMismatch(expected, String(bytes.length));
  }
  const found = sha256(bytes);
  if (found !== expected.sha256) throw digestMismatch(expected, found);
}

/** The same check for bytes that were digested elsewhere. @throws `corrupt` */
export function verifyDigest(
  found: { readonly sha256: string; readonly size: number },
  expected: Expected,
): void {
  if (expected.size !== undefined && found.size !== expected.size) {
    throw sizeMismatch(expected, String(found.size));
  }
  if (found.sha256 !== expected.sha256) throw digestMismatch(expected, found.sha256);
}

function sizeMismatch(expected: Expected, found: string): BuildcacheError {
  return new BuildcacheError('corrupt', 'its length is wrong', {
    url: expected.source,
    expected: `${expected.size} bytes`,
    found: `${found} bytes`,
  });
}

function digestMismatch(expected: Expected, found: string): BuildcacheError {
  return new BuildcacheError('corrupt', 'its SHA-256 is wrong', {
    url: expected.source,
    expected: expected.sha256,
    found,
  });
}
