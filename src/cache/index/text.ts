/** The text of an index as it streams in: checked against what its manifest says, and unpacked. */
import type { Readable } from 'node:stream';
import { verifying } from '../../core/digest.ts';
import { gunzipped, through } from '../../core/streams.ts';
import { unpackedBody } from '../../storage/content-coding.ts';
import type { StoredObject } from '../../storage/storage.ts';
import type { IndexLocation } from '../entries.ts';

/**
 * @param url redacted, for messages
 * @returns must be consumed or destroyed; fails with `corrupt` for what is not what the manifest says, or no gzip
 */
export function indexText(
  object: StoredObject,
  { sha256, size, compression }: Pick<IndexLocation, 'sha256' | 'size' | 'compression'>,
  url: string,
): Readable {
  // Where nothing is said of it, what was found out of its size is that of what is packed.
  const body = unpackedBody(object, sha256 === undefined ? undefined : size, url);
  const checked = sha256 === undefined ? body : through(body, verifying({ sha256, size, source: url }));
  return compression === 'gzip' ? gunzipped(checked, url) : checked;
}
