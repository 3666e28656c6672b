/** Public keys and the list of them in layout 3, where `spack buildcache keys` finds them. */
import { BuildcacheError, type ErrorCode, errorCode } from '../../core/errors.ts';
import type { Storage, StorageLister } from '../../storage/storage.ts';
import { documentUrl, fetchDocument, fetchNamed } from '../fetch-document.ts';
import {
  type KnownKey,
  MAX_KEY_TEXT,
  mergeKeys,
  REVOKED_BY_OTHER,
  readPublicKeys,
} from '../trust/public-key.ts';
import { blobDescriptor } from './layout3.ts';
import { type BlobRecord, findRecord, type MediaKind, parseManifest } from './manifest.ts';
import { blobRecord, hasBlob, putBlob, putManifest } from './put-blob.ts';

const KEYS = 'v3/manifests/key/';
export const KEY_INDEX = `${KEYS}keys.manifest.json`;
const ATTEMPTS = 50;

export function keyManifestKey(fingerprint: string): string {
  return `${KEYS}${fingerprint}.key.manifest.json`;
}

/**
 * Publishes a public key, and the list of keys with it. What a published copy says beyond this one is kept, since the
 * copy may be newer than that of a job: a user who has only the fingerprint learns from it alone that the key was
 * revoked. Nothing is written where all is there.
 * @param armored its text
 * @returns whether anything was written
 * @throws BuildcacheError `conflict` where the published copy says that the key is not to be trusted any more
 */
export async function publishKey(
  storage: Storage,
  fingerprint: string,
  armored: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const key = keyManifestKey(fingerprint);
  const before = await publishedRecord(storage, key, 'key', signal);
  const { text, problem } = await withPublished(storage, before, armored, signal);
  const isSent = await publishDocument(storage, key, 'key', Buffer.from(text), before, signal);
  const isListed = await updateKeyIndex(storage, signal);
  if (problem === undefined) return isListed || isSent;
  throw new BuildcacheError(
    'conflict',
    `the key ${fingerprint} is ${problem}, as the mirror's copy of it says`,
    {
      url: documentUrl(storage, key),
      hint: 'sign with another key, or if this one was made longer, with that copy of it',
    },
  );
}

/**
 * A key together with what its published copy says of it.
 * @param record of the published copy
 * @returns `problem`: what is wrong with the key only according to the published copy
 */
async function withPublished(
  storage: Storage,
  record: BlobRecord | undefined,
  armored: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly text: string; readonly problem?: string | undefined }> {
  if (record === undefined || record.sha256 === blobRecord('key', Buffer.from(armored), 'none').sha256)
    return { text: armored };
  const [own] = await readPublicKeys(armored, 'the key to publish');
  const published = await readPublished(storage, record, signal);
  const copy = published?.keys.find(({ fingerprint }) => fingerprint === own?.fingerprint);
  if (published === undefined || own === undefined || copy === undefined) return { text: armored };
  // Merging takes over no revocation that nobody can verify. Here it counts, whichever copy has it.
  const isRevoked = own.problem === REVOKED_BY_OTHER;
  const { key, problem } = isRevoked ? await mergeKeys(own, copy) : await mergeKeys(copy, own);
  const isAllThere = Buffer.from(key.write()).equals(copy.key.write());
  return {
    text: isAllThere ? published.text : key.armor(),
    problem: own.problem === undefined ? problem : undefined,
  };
}

/** @returns undefined for what is gone, damaged or too large, and so is of use to nobody */
async function readPublished(
  storage: Storage,
  record: BlobRecord,
  signal: AbortSignal | undefined,
): Promise<{ readonly text: string; readonly keys: readonly KnownKey[] } | undefined> {
  try {
    const blob = { ...blobDescriptor(record), sha256: record.sha256 };
    const bytes = await fetchNamed(storage, blob, { what: 'the key', maxBytes: MAX_KEY_TEXT, signal });
    if (bytes === undefined) return undefined;
    return {
      text: bytes.toString('latin1'),
      keys: await readPublicKeys(bytes, documentUrl(storage, blob.key)),
    };
  } catch (error) {
    if (USELESS.includes(errorCode(error))) return undefined;
    throw error;
  }
}

const USELESS: readonly ErrorCode[] = ['bad-input', 'corrupt', 'too-large', 'unsupported'];

/** Lists the keys that are published. @returns whether the list had to be written */
export async function updateKeyIndex(storage: Storage, signal?: AbortSignal): Promise<boolean> {
  // Whoever adds a key lists the keys afterwards, so the last one sees them all. Two at once write the same, or try
  // again.
  for (let i = 0; i < ATTEMPTS; i++) {
    const text = keyIndexText(await listKeys(storage, signal));
    const before = await publishedRecord(storage, KEY_INDEX, 'keyIndex', signal);
    const sent = await publishDocument(storage, KEY_INDEX, 'keyIndex', Buffer.from(text), before, signal);
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

/** A blob and the manifest that names it, unless they are there. @param before what the manifest names now */
async function publishDocument(
  storage: Storage,
  key: string,
  kind: MediaKind,
  bytes: Buffer,
  before: BlobRecord | undefined,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const record = blobRecord(kind, bytes, 'none');
  if (before?.sha256 === record.sha256 && (await hasBlob(storage, record, signal))) return false;
  const blob = await putBlob(storage, bytes, record, signal);
  await putManifest(storage, key, [record], { signal });
  // As for entries: a prune may have taken the blob meanwhile.
  if (blob === 'reused') await putBlob(storage, bytes, record, signal);
  return true;
}

/** What a manifest names, unless it is damaged. */
async function publishedRecord(
  storage: Storage,
  key: string,
  kind: MediaKind,
  signal: AbortSignal | undefined,
): Promise<BlobRecord | undefined> {
  const found = await fetchDocument(storage, key, { what: 'the manifest of a key', signal });
  if (found === undefined) return undefined;
  try {
    return findRecord(parseManifest(found, documentUrl(storage, key)), kind);
  } catch (error) {
    if (errorCode(error) === 'bad-input') return undefined;
    throw error;
  }
}
