/**
 * Which document a mirror had when it was last asked: a small file in the folder of indices, for which the user's secret
 * vouches, since others may have written the folder.
 */
import { isSha256 } from '../../core/digest.ts';
import { isObject } from '../../core/json.ts';
import { vouch } from '../../core/user-secret.ts';
import type { StorageReader } from '../../storage/storage.ts';
import type { EntryReader, IndexLocation } from '../entries.ts';

export interface Pointer {
  readonly location: IndexLocation;
  /** SHA-256 of the document the location led to. */
  readonly document: string;
  /** When the mirror was asked, in milliseconds since 1970. */
  readonly asked: number;
}

/** Who points: a mirror's reader. What its URL hides is vouched for, with the secret, and not written. */
export type PointedMirror = Pick<EntryReader, 'id'> & { readonly storage: Pick<StorageReader, 'hidden'> };

/** A pointer as it was read. */
export interface WrittenPointer extends Pointer {
  readonly proof: unknown;
}

/** @param secret undefined: there is none, and nobody vouches */
export function formatPointer(pointer: Pointer, mirror: PointedMirror, secret: Buffer | undefined): string {
  return JSON.stringify({ ...pointer, proof: secret && proofOf(pointer, mirror, secret) });
}

/** @returns undefined for what is none */
export function parsePointer(text: string): WrittenPointer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || !isSha256(value['document']) || !isObject(value['location'])) return undefined;
  const { document, asked, proof } = value;
  const { key, sha256: digest, size, etag, compression } = value['location'];
  if (typeof key !== 'string' || (compression !== 'gzip' && compression !== 'none')) return undefined;
  const location: IndexLocation = {
    key,
    compression,
    sha256: isSha256(digest) ? digest : undefined,
    size: typeof size === 'number' ? size : undefined,
    etag: typeof etag === 'string' ? etag : undefined,
  };
  return { location, document, asked: typeof asked === 'number' ? asked : 0, proof };
}

/** Whether this user has written it on this machine, about this mirror. */
export function isVouchedFor(
  pointer: WrittenPointer,
  mirror: PointedMirror,
  secret: Buffer | undefined,
): boolean {
  return secret !== undefined && pointer.proof === proofOf(pointer, mirror, secret);
}

function proofOf({ location, document, asked }: Pointer, mirror: PointedMirror, secret: Buffer): string {
  const { key, sha256, size, etag, compression } = location;
  const { id, storage } = mirror;
  const who = storage.hidden === undefined ? id : [id, storage.hidden];
  return vouch(
    secret,
    JSON.stringify(['pointer', who, key, sha256, size, etag, compression, document, asked]),
  );
}
