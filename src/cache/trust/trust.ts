/**
 * Whose signatures count. A signature is good when the key that made it is trusted, and is neither expired nor
 * revoked now. That the key was good at the time of the signature is not enough: somebody with an old key can also
 * set a clock.
 */
import type { CleartextMessage, KeyID, SignaturePacket } from 'openpgp';
import pLimit from 'p-limit';
import { clearsignedText } from '../../core/clearsigned.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { withoutEnd } from '../../core/without-end.ts';
import { type KnownKey, mergeKeys, parseFingerprint, readPublicKeys } from './public-key.ts';

/** The keys to trust, all of them together. */
export interface TrustOptions {
  /** Public keys, and where they come from for messages. */
  readonly keys: readonly { readonly text: string | Uint8Array; readonly source: string }[];
  /**
   * Pins: only these keys are trusted, whatever else was loaded. One that was not loaded may be admitted from a mirror.
   * Everything that was loaded is trusted when there is none.
   */
  readonly fingerprints: readonly string[];
  /** Somebody named keys for this run, and so expects them to count. */
  readonly isNamed?: boolean;
}

export interface Verified {
  /** What was signed, which is all that may be looked at from here on. */
  readonly text: string;
  /** Of the primary key that signed. */
  readonly fingerprint: string;
}

export interface Trust {
  /** As of its options. */
  readonly isNamed: boolean;
  /** Pinned fingerprints whose keys have not been brought yet. */
  missing(): readonly string[];
  /** Fingerprints of the keys that are trusted, whether or not they are here. */
  trusted(): readonly string[];
  /** Pinned fingerprints whose keys nobody has brought by hand: each mirror is asked for its copy. */
  wanted(): readonly string[];
  /**
   * Trusts those of the keys that are wanted, and passes over the others. Copies of several mirrors are put together: one
   * that is old, or from which a subkey was taken, must not be in the way of a better one.
   */
  admit(text: string | Uint8Array, source: string): Promise<void>;
  /**
   * Checks an OpenPGP cleartext message.
   * @param source its redacted URL, for messages
   * @throws BuildcacheError `untrusted`, saying who signed, who is trusted, and what to do
   */
  verify(message: string, source: string): Promise<Verified>;
}

/** @throws BuildcacheError `bad-input` for keys that cannot be read; `usage` for a fingerprint that is none */
export async function openTrust({ keys, fingerprints, isNamed = false }: TrustOptions): Promise<Trust> {
  const pins = fingerprints.length === 0 ? undefined : new Set(fingerprints.map(pinOf));
  const known = new Map<string, KnownKey>();
  for (const { text, source } of keys) {
    for (const key of await readPublicKeys(text, source)) await add(known, key);
  }
  const isTrusted = ({ fingerprint }: KnownKey) => pins === undefined || pins.has(fingerprint);
  const missing = () => [...(pins ?? [])].filter((fingerprint) => !known.has(fingerprint));
  // A mirror must not bring another version of a key that somebody brought by hand.
  const wanted: readonly string[] = missing();
  const inTurn = pLimit(1);

  return {
    isNamed,
    missing,
    wanted: () => wanted,
    trusted: () => [...(pins ?? known.keys())],

    async admit(text, source) {
      for (const key of await readPublicKeys(text, source)) {
        if (wanted.includes(key.fingerprint)) await inTurn(add, known, key);
      }
    },

    async verify(message, source) {
      const refuse = (found: string): never => {
        const trusted = [...known.values()].filter(isTrusted).map(nameOf);
        throw untrusted(source, found, [
          ...trusted,
          ...missing().map((pin) => `${pin} (pinned, and the key was not found)`),
        ]);
      };
      const seen = clearsignedText(message);
      if (seen === undefined) return refuse('no signature');
      const excess = excessOf(message, seen);
      if (excess !== undefined) return refuse(excess);
      const openpgp = await import('openpgp');
      const parsed = await openpgp.readCleartextMessage({ cleartextMessage: message }).catch(() => undefined);
      if (parsed === undefined) return refuse('a damaged signature');
      // Else what is looked at before, or by others, would not be what is verified.
      if (withoutLineEnds(seen) !== withoutLineEnds(parsed.getText())) {
        return refuse('a signature around one text, and another text beside it');
      }
      if (parsed.getSigningKeyIDs().length > MAX_SIGNATURES) {
        return refuse(`${parsed.getSigningKeyIDs().length} signatures`);
      }
      const reasons = dropUnknown(parsed, openpgp.SignaturePacket);
      const keyIds = parsed.getSigningKeyIDs();
      for (const keyId of keyIds) {
        // Trying every key could tell who made it. No known program leaves the signer out.
        if (!hasIssuer(keyId)) {
          reasons.push('one that does not say by whom');
          continue;
        }
        const signers = [...known.values()].filter(({ key }) => key.getKeys(keyId).length > 0);
        if (signers.length === 0) reasons.push(`one by ${keyId.toHex().toUpperCase()}, which is not trusted`);
        for (const signer of signers) {
          const problem = isTrusted(signer)
            ? await verifyWith(signer, keyId, parsed)
            : `one by ${nameOf(signer)}, which is not among the pinned ones`;
          if (problem === undefined) return { text: parsed.getText(), fingerprint: signer.fingerprint };
          reasons.push(problem);
        }
      }
      return refuse(reasons.length === 0 ? 'no signature' : reasons.join('; '));
    },
  };
}

/** Spack makes one. Each is checked with each key, and a hostile document has room for thousands. */
const MAX_SIGNATURES = 16;

/** Characters, and lines, of what is not the text. A real signature has some hundred characters in a dozen lines. */
const AROUND_MOST = 64 * 1024;
const LINES_AROUND_MOST = 1500;
/** In layout 2 each value has a line. The spec file of a thousand specs has a third of these. */
const LINES_MOST = 200_000;

/**
 * The library takes microseconds for each line: half a minute for the few megabytes that a manifest may have, which a
 * server can send packed into a few kilobytes.
 * @returns what there is too much of in the message
 */
function excessOf(message: string, text: string): string | undefined {
  const lines = linesOf(text);
  if (lines > LINES_MOST) return `a text of ${lines} lines`;
  const around = message.length - text.length;
  const linesAround = linesOf(message) - lines;
  if (around <= AROUND_MOST && linesAround <= LINES_AROUND_MOST) return undefined;
  return `a signature of ${around} characters in ${linesAround} lines`;
}

function linesOf(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** As signatures see a text: white space at the ends of lines is none of it (RFC 9580 section 7.2). */
function withoutLineEnds(text: string): string {
  return text
    .split('\n')
    .map((line) => withoutEnd(line, ' \t\r'))
    .join('\n');
}

/** Clocks of the machine that signed and of this one may differ by so much. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

/** @returns what is wrong with the signatures by this key */
async function verifyWith(
  signer: KnownKey,
  keyId: KeyID,
  message: CleartextMessage,
): Promise<string | undefined> {
  if (signer.problem !== undefined) return `one by ${nameOf(signer)}, which is ${signer.problem}`;
  const openpgp = await import('openpgp');
  try {
    // The library looks at the key as it was at the time of the signature. The key has to be good now.
    await signer.key.getSigningKey(keyId, new Date());
  } catch {
    return `one by ${nameOf(signer)}, with a subkey that is expired, revoked or not for signing`;
  }
  const verifying = openpgp.verify({
    message,
    verificationKeys: signer.key,
    date: new Date(Date.now() + CLOCK_SKEW_MS),
  });
  // The library throws for a signature of an unknown kind instead of finding it wrong.
  const { signatures } = await verifying.catch(() => ({ signatures: [] }));
  for (const { keyID, verified } of signatures) {
    // Only the signature that was asked about: another subkey of the same key may have expired.
    if (keyID.equals(keyId) && (await verified.catch(() => false))) return undefined;
  }
  return `one by ${nameOf(signer)} that does not fit the text: one of the two was changed`;
}

/**
 * Removes the signatures that the library could not read (another version, an unknown kind). Over one of these it
 * would fail, and say nothing of a good one beside it.
 * @returns what to say of those that were removed
 */
function dropUnknown(message: CleartextMessage, known: typeof SignaturePacket): string[] {
  const { signature } = message as unknown as { readonly signature: { readonly packets: unknown[] } };
  const { packets } = signature;
  const before = packets.length;
  for (let i = before - 1; i >= 0; i--) if (!(packets[i] instanceof known)) packets.splice(i, 1);
  return packets.length === before ? [] : ['one of a kind that is not known'];
}

/** A signature without an issuer has an id of no bytes, or of zeros, which OpenPGP has for "anybody". */
function hasIssuer(keyId: KeyID): boolean {
  return /^(?=.*[1-9a-f])[0-9a-f]{16}$/.test(keyId.toHex());
}

async function add(known: Map<string, KnownKey>, key: KnownKey): Promise<void> {
  const before = known.get(key.fingerprint);
  known.set(key.fingerprint, before === undefined ? key : await mergeKeys(before, key));
}

function pinOf(text: string): string {
  const fingerprint = parseFingerprint(text);
  if (fingerprint !== undefined) return fingerprint;
  throw new BuildcacheError('usage', `not a fingerprint: ${JSON.stringify(text)}`, {
    expected: '40 hexadecimal digits, as `gpg --fingerprint` prints them',
  });
}

function nameOf({ fingerprint, userIds }: KnownKey): string {
  return `${fingerprint} (${userIds[0] ?? 'no user id'})`;
}

/** How many keys a message names. */
const SHOWN = 4;

function untrusted(url: string, found: string, trusted: readonly string[]): BuildcacheError {
  const names = trusted.slice(0, SHOWN).join(', ');
  const more = trusted.length > SHOWN ? ` and ${trusted.length - SHOWN} more` : '';
  return new BuildcacheError('untrusted', 'its signature is not to be trusted', {
    url,
    expected:
      trusted.length === 0 ? 'one by a trusted key, but no key is trusted yet' : `one by ${names}${more}`,
    found,
    hint:
      'name the key of who signs with --trusted-keys FILE (in the action: the input trusted-keys), or trust one of ' +
      'the mirror: `buildcache keys -m URL` lists them, with --install --trust FINGERPRINT it keeps one; --unsigned does without (signed: false of the mirror)',
  });
}
