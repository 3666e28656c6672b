/**
 * Etags of files. The etag of a small file is made of its content, which tells apart two versions of one size written
 * within one tick of the clock. Every document that is merged is small: manifests, indices of keys. The etag of a
 * large file is made of what `stat` says: hashing a tarball to learn that it is still there would be too slow, and
 * large files are replaced by renaming, which gives them another inode.
 */
import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';

/** Up to this many bytes the content decides. */
const SMALL = 1024 * 1024;

export function isSmall(size: number | bigint): boolean {
  return size <= SMALL;
}

export function contentEtag(content: Uint8Array): string {
  return sha256Etag(createHash('sha256').update(content).digest('hex'));
}

/** The same where the digest is known. */
export function sha256Etag(digest: string): string {
  return `sha256:${digest}`;
}

/**
 * The device is not part of it, since its number differs between hosts of a network file system. Nor is the time of
 * the last status change, which a mere hard link or `chmod` changes.
 */
export function statEtag(found: Readonly<Pick<BigIntStats, 'ino' | 'size' | 'mtimeNs'>>): string {
  return `stat:${found.ino}-${found.size}-${found.mtimeNs}`;
}
