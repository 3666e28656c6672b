/** OpenPGP public keys as people and mirrors bring them: armored, several in a row, or as `gpg --export` writes them. */
import type { PublicKey } from 'openpgp';
import { BuildcacheError } from '../core/errors.ts';

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

/**
 * @param text armored keys, text around them ignored; or binary ones
 * @param source a file, a URL or an input, for messages
 * @throws BuildcacheError `bad-input` when there is none, or one that cannot be read
 */
export async function readPublicKeys(text: string | Uint8Array, source: string): Promise<KnownKey[]> {
  const openpgp = await import('openpgp');
  const armored = typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
  const blocks = armored.match(BLOCK);
  if (/-----BEGIN PGP PRIVATE KEY/.test(armored)) throw secretKey(source);
  if (blocks === null && (typeof text === 'string' || !looksBinary(text))) throw noKeys(source);
  try {
    const read =
      blocks !== null
        ? await Promise.all(blocks.map((armoredKeys) => openpgp.readKeys({ armoredKeys })))
        : [await openpgp.readKeys({ binaryKeys: Buffer.from(text) })];
    const keys = read.flat();
    if (keys.some((key) => key.isPrivate())) throw secretKey(source);
    return await Promise.all(keys.map((key) => knownKey(key.toPublic())));
  } catch (error) {
    if (error instanceof BuildcacheError) throw error;
    throw new BuildcacheError(
      'bad-input',
      'the public key is damaged or of a kind that is not supported',
      { file: source, expected: 'an armored OpenPGP public key, its line ends kept' },
      error,
    );
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

/** The key with all that several copies of it say: a later expiry, a revocation. */
export async function mergeKeys(known: KnownKey, other: KnownKey): Promise<KnownKey> {
  return await knownKey(await known.key.update(other.key));
}

/** A fingerprint as people write it: spaces, `0x` and lower case allowed. Undefined when it is none. */
export function parseFingerprint(text: string): string | undefined {
  const digits = text.replace(/^0x/i, '').replaceAll(/[\s:]/g, '').toUpperCase();
  return /^[0-9A-F]{40}$/.test(digits) ? digits : undefined;
}

const BLOCK = /-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]*?-----END PGP PUBLIC KEY BLOCK-----/g;

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
  if (key.getCreationTime() > now) return `from the future (${key.getCreationTime().toISOString()})`;
  if (expires !== undefined && expires <= now) return `expired on ${expires.toISOString().slice(0, 10)}`;
  return await key.getSigningKey(undefined, now).then(
    () => undefined,
    () => 'unable to sign',
  );
}
