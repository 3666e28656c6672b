/**
 * Whose signatures count. A signature is good when the key that made it is trusted, and neither expired nor revoked
 * now; that it was good when the signature was made is not enough, since whoever has an old key can also set a clock.
 */
import { BuildcacheError } from '../core/errors.ts';

/** The keys to trust, all of them together. */
export interface TrustOptions {
  /** Public keys, and where they come from for messages. */
  readonly keys: readonly { readonly text: string | Uint8Array; readonly source: string }[];
  /**
   * Pins: only these keys are trusted, whatever else was loaded. One that was not loaded may be admitted from a mirror.
   * Everything that was loaded is trusted when there is none.
   */
  readonly fingerprints: readonly string[];
}

export interface Verified {
  /** What was signed, which is all that may be looked at from here on. */
  readonly text: string;
  /** Of the primary key that signed. */
  readonly fingerprint: string;
}

export interface Trust {
  /** Pinned fingerprints that no key has been brought for yet. */
  missing(): readonly string[];
  /** Trusts those of the keys that are pinned and not there yet; the others are passed over. */
  admit(text: string | Uint8Array, source: string): Promise<void>;
  /**
   * Checks an OpenPGP cleartext message.
   * @param source its redacted URL, for messages
   * @throws BuildcacheError `untrusted`, saying who signed, who is trusted, and what to do
   */
  verify(message: string, source: string): Promise<Verified>;
}

/** @throws BuildcacheError `bad-input` for keys that cannot be read; `usage` for a fingerprint that is none */
export async function openTrust(_options: TrustOptions): Promise<Trust> {
  throw new BuildcacheError('internal', 'not there yet');
}
