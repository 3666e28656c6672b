/** DAG hashes as the 20 bytes their base32 stands for, in sorted tables: a third smaller, and ordered alike. */

export const HASH_BYTES = 20;

/** Writes the 20 bytes of a DAG hash. @param hash 32 characters of lower-case base32, already checked */
export function packHash(hash: string, target: Uint8Array, at: number): void {
  let bits = 0;
  let count = 0;
  for (let i = 0; i < 32; i++) {
    const code = hash.charCodeAt(i);
    bits = ((bits << 5) | (code >= 0x61 ? code - 0x61 : code - 0x32 + 26)) & 0xfff;
    count += 5;
    if (count >= 8) {
      count -= 8;
      target[at++] = bits >> count;
    }
  }
}

/** The inverse of {@link packHash}. */
export function unpackHash(bytes: Uint8Array, at: number): string {
  let hash = '';
  let bits = 0;
  let count = 0;
  for (let i = 0; i < HASH_BYTES; i++) {
    bits = ((bits << 8) | (bytes[at + i] ?? 0)) & 0xfff;
    for (count += 8; count >= 5; count -= 5) hash += ALPHABET[(bits >> (count - 5)) & 31];
  }
  return hash;
}

/** The place of a DAG hash among sorted ones. @param hash already checked to be one */
export function findHash(sortedHashes: Buffer, hash: string): number | undefined {
  const wanted = Buffer.alloc(HASH_BYTES);
  packHash(hash, wanted, 0);
  const place = lowerBound(sortedHashes, wanted);
  const from = place * HASH_BYTES;
  if (from >= sortedHashes.length) return undefined;
  return wanted.compare(sortedHashes, from, from + HASH_BYTES) === 0 ? place : undefined;
}

/** The first place whose hash is not below these 20 bytes. */
function lowerBound(sortedHashes: Buffer, wanted: Buffer): number {
  let low = 0;
  let high = sortedHashes.length / HASH_BYTES;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const from = middle * HASH_BYTES;
    if (wanted.compare(sortedHashes, from, from + HASH_BYTES) > 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The places of all hashes that begin with up to 32 characters of base32: the first, and the one after the last. */
export function prefixRange(sortedHashes: Buffer, prefix: string): { start: number; end: number } {
  const low = Buffer.alloc(HASH_BYTES);
  packHash(prefix.padEnd(32, 'a'), low, 0);
  const start = lowerBound(sortedHashes, low);
  const high = Buffer.alloc(HASH_BYTES);
  packHash(prefix.padEnd(32, '7'), high, 0);
  const last = lowerBound(sortedHashes, high);
  const from = last * HASH_BYTES;
  const isThere = from < sortedHashes.length && high.compare(sortedHashes, from, from + HASH_BYTES) === 0;
  return { start, end: isThere ? last + 1 : last };
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
