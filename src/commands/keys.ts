/** `keys`: lists the public keys that mirrors offer and which of them are trusted, and adds keys to the trusted ones. */

import { fetchKeys } from '../cache/reading/keys.ts';
import { revocationsBy } from '../cache/trust/drop-forged.ts';
import { addToKeyring, readKeyring } from '../cache/trust/keyring.ts';
import { type KnownKey, REVOKED_BY_OTHER, readPublicKeys } from '../cache/trust/public-key.ts';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import { describeError } from '../core/errors.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { type Connection, openMirror } from '../mirrors/open.ts';

export interface KeysOptions {
  readonly mirrors: readonly Mirror[];
  readonly connection: Connection;
  /** The folder of trusted keys. */
  readonly keyring: string;
  /** Fingerprints of the keys that are meant, in upper case; all keys if there are none. */
  readonly fingerprints: readonly string[];
  /** Whether to trust the keys from now on. */
  readonly trust: boolean;
  /** Whether to replace the keyring's copies of the keys, instead of merging with them. */
  readonly force: boolean;
  readonly signal: AbortSignal;
}

/** `untrusted`: the key is not in the keyring. `refused`: it was to be trusted, but has a problem. */
export type KeyState = 'trusted' | 'untrusted' | 'added' | 'updated' | 'refused';

export interface MirrorKeys {
  readonly mirror: string;
  readonly keys: readonly { readonly key: KnownKey; readonly state: KeyState }[];
  readonly problems: readonly string[];
}

export interface KeysResult {
  readonly mirrors: readonly MirrorKeys[];
  /** Fingerprints that were asked for and that no mirror offers. */
  readonly missing: readonly string[];
}

/** @throws BuildcacheError for a keyring that cannot be read or written. A mirror's failure is in the result. */
export async function keys(options: KeysOptions): Promise<KeysResult> {
  const known = new Map<string, KnownKey>();
  for (const { text, source } of await readKeyring(options.keyring)) {
    for (const key of await readPublicKeys(text, source)) known.set(key.fingerprint, key);
  }
  const mirrors: MirrorKeys[] = [];
  for (const mirror of options.mirrors) mirrors.push(await mirrorKeys(mirror, known, options));
  const offered = new Set(mirrors.flatMap((each) => each.keys.map(({ key }) => key.fingerprint)));
  return { mirrors, missing: options.fingerprints.filter((each) => !offered.has(each)) };
}

async function mirrorKeys(
  mirror: Mirror,
  known: Map<string, KnownKey>,
  options: KeysOptions,
): Promise<MirrorKeys> {
  const { keys: offered, problems } = await offeredKeys(mirror, options);
  const others = [...known.values(), ...offered];
  const { fingerprints } = options;
  const found: { key: KnownKey; state: KeyState }[] = [];
  for (const key of offered) {
    if (fingerprints.length > 0 && !fingerprints.includes(key.fingerprint)) continue;
    if (await isDisputed(key, known, others, options)) {
      problems.push(
        `the key ${key.fingerprint} is trusted as before: that it is ${key.problem} cannot be verified without the key of that one`,
      );
    }
    found.push({ key, state: await settle(key, known, others, options) });
  }
  return { mirror: mirror.name, keys: found, problems };
}

/** A mirror that does not answer is a problem of its own. */
async function offeredKeys(mirror: Mirror, { connection, signal }: KeysOptions) {
  try {
    const { readers, notes, close } = await openMirror(mirror, { nodes: new Map() }, connection);
    try {
      const offered = await fetchKeys(readers, signal);
      return { keys: offered.keys, problems: [...notes, ...offered.problems] };
    } finally {
      await close();
    }
  } catch (error) {
    signal.throwIfAborted();
    return { keys: [], problems: [describeError(error)] };
  }
}

/** Whether a key stays trusted although the copy that is offered says of it, without proof, that another key has revoked it. */
async function isDisputed(
  { key, fingerprint, problem }: KnownKey,
  known: ReadonlyMap<string, KnownKey>,
  others: readonly KnownKey[],
  { trust, force }: KeysOptions,
): Promise<boolean> {
  const kept = known.get(fingerprint);
  if (!trust || force || kept === undefined || kept.problem !== undefined) return false;
  if (problem !== REVOKED_BY_OTHER) return false;
  return (await revocationsBy(others, key)).size === 0;
}

async function settle(
  key: KnownKey,
  known: Map<string, KnownKey>,
  others: readonly KnownKey[],
  options: KeysOptions,
): Promise<KeyState> {
  const isKnown = known.has(key.fingerprint);
  if (!options.trust) return isKnown ? 'trusted' : 'untrusted';
  // A trusted key is updated all the same, since the newer copy may say that the key was revoked.
  if (key.problem !== undefined && !isKnown) return 'refused';
  const done = await addToKeyring(options.keyring, key, options.force, others, options.signal);
  if (!isKnown) known.set(key.fingerprint, key);
  return done === 'unchanged' ? 'trusted' : done;
}

/**
 * Publishes public keys, and updates the mirror's list of keys.
 * @throws BuildcacheError as the storage does; `unsupported` for a mirror in layout 2
 */
export async function publishKeys(
  cache: CacheWriter,
  published: readonly KnownKey[],
  signal: AbortSignal,
): Promise<{ readonly fingerprint: string; readonly sent: boolean }[]> {
  await cache.prepare(signal);
  const results: { fingerprint: string; sent: boolean }[] = [];
  for (const { fingerprint, key } of published) {
    results.push({ fingerprint, sent: await cache.publishKey(fingerprint, key.armor(), signal) });
  }
  return results;
}
