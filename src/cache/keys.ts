/** The public keys a mirror offers, in the layouts that have a place for them. Offering is not being trusted. */
import { BuildcacheError } from '../core/errors.ts';
import type { EntryReader } from './entries.ts';
import type { KnownKey } from './public-key.ts';
import type { Trust } from './trust.ts';

/**
 * @returns each key once; `problems` for those that are listed and cannot be had, or are not what their name says
 * @throws the storage's errors for a list that cannot be read
 */
export async function fetchKeys(
  _readers: readonly EntryReader[],
  _signal?: AbortSignal,
): Promise<{ readonly keys: readonly KnownKey[]; readonly problems: readonly string[] }> {
  throw new BuildcacheError('internal', 'not there yet');
}

/**
 * Brings the keys that are pinned and that nobody has brought, from the mirror itself: the fingerprint says that they
 * are the right ones. One that is not there is no error; its signatures will not be trusted.
 */
export async function admitPinnedKeys(
  _trust: Trust,
  _readers: readonly EntryReader[],
  _signal?: AbortSignal,
): Promise<void> {
  throw new BuildcacheError('internal', 'not there yet');
}
