/** Public keys and the list of them in layout 3, where `spack buildcache keys` finds them. */
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import type { Storage, StorageLister } from '../../storage/storage.ts';
import { documentUrl, fetchDocument } from '../fetch-document.ts';
import { findRecord, type MediaKind, parseManifest } from './manifest.ts';
import { blobRecord, hasBlob, putBlob, putManifest } from './put-blob.ts';

const KEYS = 'v3/manifests/key/';
export const KEY_INDEX = `${KEYS}keys.manifest.json`;
const ATTEMPTS = 50;

export function keyManifestKey(fingerprint: string): string {
  return `${KEYS}${fingerprint}.key.manifest.json`;
}

/**
 * Publishes a public key, and the list of keys with it. Nothing is written where both are there.
 * @param armored its text
 * @returns whether anything was written
 */
export async function publishKey(
  storage: Storage,
  fingerprint: string,
  armored: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const sent = await publishDocument(
    storage,
    keyManifestKey(fingerprint),
    'key',
    Buffer.from(armored),
    signal,
  );
  return (await updateKeyIndex(storage, signal)) || sent;
}

/** Lists the keys that are published. @returns whether the list had to be written */
export async function updateKeyIndex(storage: Storage, signal?: AbortSignal): Promise<boolean> {
  // Whoever adds a key lists the keys afterwards, so the last one sees them all. Two at once write the same, or try
  // again.
  for (let i = 0; i < ATTEMPTS; i++) {
    const text = keyIndexText(await listKeys(storage, signal));
    const sent = await publishDocument(storage, KEY_INDEX, 'keyIndex', Buffer.from(text), signal);
    if (text === keyIndexText(await listKeys(storage, signal))) return sent || i > 0;
  }
  throw new BuildcacheError('conflict', 'others kept adding keys', { url: documentUrl(storage, KEY_INDEX) });
}

/** The fingerprints keys are published under, as far as the storage can tell; unverified. */
export async function listKeys(storage: StorageLister, signal: AbortSignal | undefined): Promise<string[]> {
  const fingerprints: string[] = [];
  for await (const { key } of storage.list(KEYS, { signal })) {
    const name = /^([^/]+)\.key\.manifest\.json$/.exec(key.slice(KEYS.length))?.[1];
    if (name !== undefined) fingerprints.push(name);
  }
  return fingerprints.sort();
}

function keyIndexText(fingerprints: readonly string[]): string {
  return JSON.stringify({ keys: Object.fromEntries(fingerprints.map((name) => [name, {}])) });
}

/** A blob and the manifest that names it, unless they are there. */
async function publishDocument(
  storage: Storage,
  key: string,
  kind: MediaKind,
  bytes: Buffer,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const record = blobRecord(kind, bytes, 'none');
  if (await isPublished(storage, key, kind, record.sha256, signal)) {
    if (await hasBlob(storage, record, signal)) return false;
  }
  const blob = await putBlob(storage, bytes, record, signal);
  await putManifest(storage, key, [record], { signal });
  // As for entries: a prune may have taken the blob meanwhile.
  if (blob === 'reused') await putBlob(storage, bytes, record, signal);
  return true;
}

async function isPublished(
  storage: Storage,
  key: string,
  kind: MediaKind,
  digest: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const found = await fetchDocument(storage, key, { what: 'the manifest of a key', signal });
  if (found === undefined) return false;
  try {
    return findRecord(parseManifest(found, documentUrl(storage, key)), kind)?.sha256 === digest;
  } catch (error) {
    if (errorCode(error) === 'bad-input') return false;
    throw error;
  }
}
