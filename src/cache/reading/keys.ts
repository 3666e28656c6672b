/** The public keys a mirror offers, in the layouts that have a place for them. Offering is not being trusted. */
import pLimit from 'p-limit';
import { BuildcacheError, describeError } from '../../core/errors.ts';
import { isObject, parseJson } from '../../core/json.ts';
import { canList, type StorageLister, type StorageReader } from '../../storage/storage.ts';
import type { EntryReader } from '../entries.ts';
import { documentUrl, fetchDocument, fetchNamed } from '../fetch-document.ts';
import { blobDescriptor } from '../layouts/layout3.ts';
import { findRecord, type MediaKind, parseManifest } from '../layouts/manifest.ts';
import { KEY_INDEX, keyManifestKey, listKeys } from '../layouts/publish-keys.ts';
import {
  type KeyBudget,
  type KnownKey,
  MAX_KEY_TEXT,
  mergeKeys,
  parseFingerprint,
  readPublicKeys,
} from '../trust/public-key.ts';
import type { Trust } from '../trust/trust.ts';

export interface OfferedKeys {
  /** Each fingerprint once, in the order of the list. */
  readonly keys: readonly KnownKey[];
  /** Keys that are listed and cannot be fetched, or are not what their name says. */
  readonly problems: readonly string[];
}

/**
 * All keys the mirror lists.
 * @throws the storage's errors for a list that cannot be read, and `bad-input` for one that is none
 */
export async function fetchKeys(readers: readonly EntryReader[], signal?: AbortSignal): Promise<OfferedKeys> {
  const keys = new Map<string, KnownKey>();
  const problems: string[] = [];
  const budget = { signatures: MAX_SIGNATURES };
  for (const { layout, storage } of readers) {
    const place = PLACES[layout];
    if (place === undefined) continue;
    const names = await place.list(storage, signal);
    if (names.length > MAX_KEYS) {
      problems.push(`${storage.url} lists ${names.length} keys; only the first ${MAX_KEYS} were looked at`);
    }
    const limit = pLimit(AT_ONCE);
    const fetched = names
      .slice(0, MAX_KEYS)
      .map((name) => limit(() => fetchKey(place, storage, name, budget, signal)));
    for (const found of await Promise.all(fetched)) {
      if (typeof found === 'string') problems.push(found);
      else await add(keys, found);
    }
  }
  return { keys: [...keys.values()], problems };
}

/**
 * Fetches from the mirror itself its copies of the pinned keys that nobody has brought: the fingerprint says that
 * they are the right ones. A key that is not there is no error; its signatures will not be trusted.
 * @returns what went wrong, one sentence each
 */
export async function admitPinnedKeys(
  trust: Trust,
  readers: readonly EntryReader[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const problems: { readonly fingerprint: string; readonly text: string }[] = [];
  const wanted = readers.flatMap((reader) =>
    trust.wanted().map((fingerprint) => ({ ...reader, fingerprint })),
  );
  const limit = pLimit(AT_ONCE);
  await Promise.all(
    wanted.map(({ layout, storage, fingerprint }) =>
      limit(async () => {
        try {
          const found = await PLACES[layout]?.read(storage, fingerprint, signal);
          if (found !== undefined) await trust.admit(found.text, found.url);
        } catch (error) {
          if (signal?.aborted === true) throw error;
          const text = `the key ${fingerprint} could not be fetched: ${describeError(error)}`;
          problems.push({ fingerprint, text });
        }
      }),
    ),
  );
  // Where one mirror has brought the key, it is no problem that another one would not.
  const missing = trust.missing();
  return problems.flatMap(({ fingerprint, text }) => (missing.includes(fingerprint) ? [text] : []));
}

const MAX_KEYS = 1000;
/** Of all keys of a mirror: to verify each takes milliseconds. A key has two or three. */
const MAX_SIGNATURES = 3000;
const AT_ONCE = 8;
const LAYOUT2_KEYS = 'build_cache/_pgp/';

interface KeyDocument {
  readonly text: Buffer;
  readonly url: string;
}

/** Where a layout keeps keys. */
interface KeyPlace {
  /** Names as the mirror gives them: attacker-controlled. */
  list(storage: StorageReader, signal: AbortSignal | undefined): Promise<readonly string[]>;
  read(storage: StorageReader, fingerprint: string, signal?: AbortSignal): Promise<KeyDocument | undefined>;
}

const PLACES: Readonly<Record<EntryReader['layout'], KeyPlace | undefined>> = {
  v3: {
    async list(storage, signal) {
      const index = await readNamed(storage, KEY_INDEX, 'keyIndex', signal);
      if (index !== undefined) return parseKeyIndex(index);
      return canList(storage) ? await listKeys(storage, signal) : [];
    },
    read: (storage, fingerprint, signal) => readNamed(storage, keyManifestKey(fingerprint), 'key', signal),
  },
  v2: {
    async list(storage, signal) {
      const index = await readDocument(storage, `${LAYOUT2_KEYS}index.json`, signal);
      if (index !== undefined) return parseKeyIndex(index);
      return canList(storage) ? await listLayout2Keys(storage, signal) : [];
    },
    read: (storage, fingerprint, signal) =>
      readDocument(storage, `${LAYOUT2_KEYS}${fingerprint}.pub`, signal),
  },
  oci: undefined,
};

/** Old mirrors have keys, but no list of them. */
async function listLayout2Keys(storage: StorageLister, signal: AbortSignal | undefined): Promise<string[]> {
  const names: string[] = [];
  for await (const { key } of storage.list(LAYOUT2_KEYS, { signal })) {
    const name = /^([^/]+)\.pub$/.exec(key.slice(LAYOUT2_KEYS.length))?.[1];
    if (name !== undefined) names.push(name);
  }
  return names.sort();
}

async function fetchKey(
  place: KeyPlace,
  storage: StorageReader,
  name: string,
  budget: KeyBudget,
  signal: AbortSignal | undefined,
): Promise<KnownKey | string> {
  const fingerprint = parseFingerprint(name);
  if (fingerprint === undefined || fingerprint !== name) {
    return `${storage.url} lists a key that has no fingerprint for a name: ${JSON.stringify(name.slice(0, 80))}`;
  }
  try {
    const found = await place.read(storage, fingerprint, signal);
    if (found === undefined) return `${storage.url} lists the key ${fingerprint}, and it is not there`;
    const keys = await readPublicKeys(found.text, found.url, budget);
    const key = keys.find((each) => each.fingerprint === fingerprint);
    if (key !== undefined) return key;
    const others = keys.map((each) => each.fingerprint).join(', ');
    return `${found.url} holds another key than its name says: ${others}`;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return `the key ${fingerprint} could not be fetched: ${describeError(error)}`;
  }
}

/** What a manifest's record names. */
async function readNamed(
  storage: StorageReader,
  key: string,
  kind: MediaKind,
  signal: AbortSignal | undefined,
): Promise<KeyDocument | undefined> {
  const manifest = await readDocument(storage, key, signal);
  if (manifest === undefined) return undefined;
  const record = findRecord(parseManifest(manifest.text, manifest.url), kind);
  if (record === undefined) return undefined;
  const blob = blobDescriptor(record);
  const text = await fetchNamed(storage, { ...blob, sha256: record.sha256 }, howToRead(signal));
  return text && { text, url: documentUrl(storage, blob.key) };
}

async function readDocument(
  storage: StorageReader,
  key: string,
  signal: AbortSignal | undefined,
): Promise<KeyDocument | undefined> {
  const text = await fetchDocument(storage, key, howToRead(signal));
  return text && { text, url: documentUrl(storage, key) };
}

function howToRead(signal: AbortSignal | undefined) {
  return { what: 'the key', maxBytes: MAX_KEY_TEXT, signal };
}

function parseKeyIndex({ text, url }: KeyDocument): string[] {
  const index = parseJson(text.toString('utf8'), url);
  if (isObject(index) && isObject(index['keys'])) return Object.keys(index['keys']);
  throw new BuildcacheError('bad-input', 'not a list of keys', { url, expected: 'an object "keys"' });
}

async function add(keys: Map<string, KnownKey>, key: KnownKey): Promise<void> {
  const known = keys.get(key.fingerprint);
  keys.set(key.fingerprint, known === undefined ? key : await mergeKeys(known, key));
}
