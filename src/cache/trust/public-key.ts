/** OpenPGP public keys as people and mirrors bring them: armored, several in a row, or as `gpg --export` writes them. */
import type { Key, PublicKey, SignaturePacket } from 'openpgp';
import { BuildcacheError } from '../../core/errors.ts';
import { isObject } from '../../core/json.ts';
import {
  directSignaturesOf,
  dropForged,
  revocationsBy,
  revokersOf,
  withSignaturesOf,
} from './drop-forged.ts';

/** A public key, and what is wrong with it now. */
export interface KnownKey {
  /** Of the primary key: 40 upper-case hexadecimal digits. */
  readonly fingerprint: string;
  readonly userIds: readonly string[];
  readonly created: Date;
  /** Undefined: never. */
  readonly expires: Date | undefined;
  /** Why nothing it signed is to be trusted: `expired on 2020-01-02`, `revoked`, `unable to sign`, … */
  readonly problem: string | undefined;
  readonly key: PublicKey;
}

/** How many signatures may still be verified. It is shared by all texts that come from one place. */
export interface KeyBudget {
  signatures: number;
}

/**
 * @param text armored keys, text around them ignored; or binary ones
 * @param source a file, a URL or an input, for messages
 * @param budget of what the keys say of themselves
 * @throws BuildcacheError `bad-input` when there is none, or one that cannot be read; `too-large`
 */
export async function readPublicKeys(
  text: string | Uint8Array,
  source: string,
  budget: KeyBudget = { signatures: MAX_SIGNATURES },
): Promise<KnownKey[]> {
  if (text.length > MAX_KEY_TEXT) throw tooMuch(source, `at most ${MAX_KEY_TEXT} bytes of keys`);
  const openpgp = await import('openpgp');
  const armored = typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
  const blocks = keyBlocks(armored, source);
  if (/-----BEGIN PGP PRIVATE KEY/.test(armored)) throw secretKey(source);
  if (blocks.length === 0 && (typeof text === 'string' || !looksBinary(text))) throw noKeys(source);
  try {
    const read =
      blocks.length > 0
        ? await Promise.all(blocks.map((armoredKeys) => openpgp.readKeys({ armoredKeys })))
        : [await openpgp.readKeys({ binaryKeys: Buffer.from(text) })];
    const keys = read.flat();
    if (keys.length > MAX_KEYS) throw tooMuch(source, `at most ${MAX_KEYS} keys`);
    if (keys.some((key) => key.users.length > MAX_USERS))
      throw tooMuch(source, `at most ${MAX_USERS} users a key`);
    if (keys.some((key) => key.isPrivate())) throw secretKey(source);
    requireAffordable(keys, source, budget);
    const publicKeys = keys.map((key) => key.toPublic());
    for (const key of publicKeys) await dropForged(key);
    return await Promise.all(publicKeys.map(knownKey));
  } catch (error) {
    if (error instanceof BuildcacheError) throw error;
    throw damaged(source, error);
  }
}

/** What can be said of a key at this moment. */
async function knownKey(key: PublicKey): Promise<KnownKey> {
  const expiry = await key.getExpirationTime();
  const expires = expiry instanceof Date ? expiry : undefined;
  return {
    fingerprint: key.getFingerprint().toUpperCase(),
    userIds: key.getUserIDs(),
    created: key.getCreationTime(),
    expires,
    problem: await problemOf(key, expires),
    key,
  };
}

/**
 * The key with all that several copies of it say: a later expiry, a revocation.
 * @param others keys, among which its designated revokers may be
 */
export async function mergeKeys(
  known: KnownKey,
  other: KnownKey,
  others: readonly KnownKey[] = [],
): Promise<KnownKey> {
  const key = await withSignaturesOf(known.key, other.key);
  // What nobody could verify does not go into the merged key, where it would stay: it may be a mirror's invention.
  const kept = key.revocationSignatures;
  const texts = new Set(kept.map(textOf));
  const proven = await revocationsBy(others, other.key);
  key.revocationSignatures = [...kept, ...[...proven].filter((each) => !texts.has(textOf(each)))];
  const merged = await knownKey(key);
  const isRevoked = [known, other].some(({ problem }) => problem === REVOKED_BY_OTHER);
  return isRevoked ? { ...merged, problem: merged.problem ?? REVOKED_BY_OTHER } : merged;
}

function textOf(signature: SignaturePacket): string {
  return Buffer.from(signature.write()).toString('latin1');
}

/** A problem that nobody may be able to verify, see {@link isRevokedByOther}. */
export const REVOKED_BY_OTHER = 'revoked by its designated revoker';

/** A fingerprint as people write it: spaces, `0x` and lower case allowed. Undefined when it is none. */
export function parseFingerprint(text: string): string | undefined {
  const digits = text.replace(/^0x/i, '').replaceAll(/[\s:]/g, '').toUpperCase();
  return /^[0-9A-F]{40}$/.test(digits) ? digits : undefined;
}

const BEGIN = '-----BEGIN PGP PUBLIC KEY BLOCK-----';
const END = '-----END PGP PUBLIC KEY BLOCK-----';

/** Bytes. Keys with hundreds of signatures are some hundred kilobytes. */
export const MAX_KEY_TEXT = 512 * 1024;

/** Each costs milliseconds to look at. */
const MAX_KEYS = 256;
const MAX_USERS = 256;

/**
 * What the keys of one text say of themselves. To verify each takes milliseconds, with nothing else done meanwhile, and a
 * mirror's key may have thousands. A key that was made longer every year for ten years has some dozens.
 */
const MAX_SIGNATURES = 1000;

/** Bits: the most of any DSA key. The library counts no such key, but verifies it, and for a large one takes minutes. */
const MAX_DSA = { p: 3072, q: 256 };

/**
 * Bits: the most that OpenSSL takes. With hashes that it does not know (SHA-224) the library does the sums itself, and a
 * public exponent as long as its modulus costs half a minute each time. Real ones are 65537 and less.
 */
const MAX_RSA = { n: 16_384, e: 32 };

/** Bytes before a block's blank line. */
const HEADERS_MOST = 4096;

/** Refuses keys that would take long to look at, before any of them is. */
function requireAffordable(keys: readonly Key[], source: string, budget: KeyBudget): void {
  for (const key of keys) {
    for (const { keyPacket } of [key, ...key.subkeys]) {
      const { p, q, g, y, n, e } = paramsOf(keyPacket);
      if (bitsOf(n) > MAX_RSA.n || bitsOf(e) > MAX_RSA.e) {
        throw tooMuch(source, `at most ${MAX_RSA.n} bits of an RSA key, and ${MAX_RSA.e} of its exponent`);
      }
      if (q === undefined) continue;
      const isLarge = [p, g, y].some((number) => bitsOf(number) > MAX_DSA.p) || bitsOf(q) > MAX_DSA.q;
      if (isLarge) throw tooMuch(source, `at most ${MAX_DSA.p} bits of a DSA key`);
    }
    budget.signatures -= ownSignatures(key);
    if (budget.signatures < 0) throw tooMuch(source, 'keys with fewer signatures of their own');
  }
}

/** The signatures that the library may verify to say what is known of the key. */
function ownSignatures(key: Key): number {
  const { revocationSignatures, users, subkeys } = key;
  const ofKey = revocationSignatures.length + directSignaturesOf(key).length;
  const ofUsers = users.map((user) => user.selfCertifications.length + user.revocationSignatures.length);
  const ofSubkeys = subkeys.map(
    (subkey) => subkey.bindingSignatures.length + subkey.revocationSignatures.length,
  );
  return [...ofUsers, ...ofSubkeys].reduce((sum, count) => sum + count, ofKey);
}

type Numbers = Readonly<Record<string, unknown>>;

/** The numbers of a public key, by their names. `q` is there in DSA keys only, `n` and `e` in RSA keys. */
function paramsOf(packet: object): Numbers {
  const params: unknown = Reflect.get(packet, 'publicParams');
  return isObject(params) ? params : {};
}

function bitsOf(number: unknown): number {
  return number instanceof Uint8Array ? 8 * number.length : 0;
}

/** Each armored block once, however often it is repeated. */
function keyBlocks(text: string, source: string): string[] {
  const blocks = new Set<string>();
  for (let at = text.indexOf(BEGIN); at !== -1; ) {
    const end = text.indexOf(END, at);
    if (end === -1) break;
    // The library is slow with many headers. A real block has no more than a comment or a version.
    if (!/\n[ \t\r]*\n/.test(text.slice(at, Math.min(end, at + HEADERS_MOST)))) throw damaged(source);
    blocks.add(text.slice(at, end + END.length));
    if (blocks.size > MAX_KEYS) throw tooMuch(source, `at most ${MAX_KEYS} keys`);
    at = text.indexOf(BEGIN, end);
  }
  return [...blocks];
}

function damaged(source: string, cause?: unknown): BuildcacheError {
  return new BuildcacheError(
    'bad-input',
    'the public key is damaged or of a kind that is not supported',
    { file: source, expected: 'an armored OpenPGP public key, its line ends kept' },
    cause,
  );
}

function tooMuch(source: string, expected: string): BuildcacheError {
  return new BuildcacheError('too-large', 'too much to look at for public keys', {
    file: source,
    expected,
    found: 'more',
    hint: 'bring only the keys that sign, without the signatures of others (gpg --export-options export-minimal)',
  });
}

/** A packet's first byte has its first bit set, which no text's has. */
function looksBinary(bytes: Uint8Array): boolean {
  return ((bytes[0] ?? 0) & 0x80) !== 0;
}

function secretKey(source: string): BuildcacheError {
  return new BuildcacheError('bad-input', 'a secret key does not belong among the trusted keys', {
    file: source,
    expected: 'a public key',
    hint: 'export it with `gpg --armor --export FINGERPRINT`',
  });
}

function noKeys(source: string): BuildcacheError {
  return new BuildcacheError('bad-input', 'there is no public key in it', {
    file: source,
    expected: '-----BEGIN PGP PUBLIC KEY BLOCK-----',
    hint: 'export one with `gpg --armor --export FINGERPRINT`',
  });
}

async function problemOf(key: PublicKey, expires: Date | undefined): Promise<string | undefined> {
  const now = new Date();
  if (await key.isRevoked(undefined, undefined, now)) return 'revoked';
  if (isRevokedByOther(key)) return REVOKED_BY_OTHER;
  if (key.getCreationTime() > now) return `from the future (${key.getCreationTime().toISOString()})`;
  if (expires !== undefined && expires <= now) return `expired on ${expires.toISOString().slice(0, 10)}`;
  return await key.getSigningKey(undefined, now).then(
    () => undefined,
    () => 'unable to sign',
  );
}

/**
 * Whether the key comes with a revocation by another key that it names as its revoker (RFC 4880 section 5.2.3.15), which the
 * library passes over. The revoker's key, which could verify it, is mostly not there. So the revocation counts as it is: who
 * brings a key could as well leave it out.
 */
export function isRevokedByOther(key: Pick<PublicKey, 'revocationSignatures' | 'users'>): boolean {
  const revokers = revokersOf(key);
  return key.revocationSignatures.some(({ issuerKeyID }) =>
    revokers.some((revoker) => revoker.endsWith(issuerKeyID.toHex())),
  );
}
