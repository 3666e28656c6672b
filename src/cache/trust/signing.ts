/**
 * OpenPGP signatures around manifests, as gpg makes and Spack reads them: cleartext messages with exactly one
 * `Hash:` header, LF line ends and nothing that would have to be dash-escaped.
 */
import type { PrivateKey } from 'openpgp';
import { BuildcacheError } from '../../core/errors.ts';
import { isRevokedByOther } from './public-key.ts';

export interface Signer {
  /** Of the primary key: 40 upper-case hexadecimal digits, as Spack names keys. */
  readonly fingerprint: string;
  /** The armored public key. */
  readonly publicKey: string;
  /** The text as a cleartext message. */
  sign(text: string): Promise<string>;
}

export interface SigningOptions {
  /** One or more armored secret keys, one after the other. Undefined: there is none. */
  readonly secretKeys: string | undefined;
  readonly passphrase: string | undefined;
  /** Which of several: a fingerprint or its end (at least 8 digits), or part of a user id. */
  readonly choose: string | undefined;
  /** Where the keys come from, for messages: a file or a variable. */
  readonly source: string;
  /** The mirror that wants signatures, for messages. */
  readonly mirror: string;
}

/**
 * The key to sign with, unlocked. Spack's rules: a key that was chosen, else the only one there is.
 * @throws BuildcacheError `usage` when there is no key, none matches or several do, or the key is locked and there is
 *   no passphrase; `denied` for a wrong passphrase; `bad-input` for what is no secret key or can no longer sign
 *   (expired, revoked); `unsupported` for keys gpg and Spack could not verify with
 */
export async function openSigner(options: SigningOptions): Promise<Signer> {
  const { source, mirror } = options;
  if (options.secretKeys === undefined || options.secretKeys.trim() === '') {
    throw new BuildcacheError('usage', `mirror "${mirror}" is signed, and there is no key to sign with`, {
      hint:
        'set BUILDCACHE_SIGNING_KEY or --signing-key-file (in the action: the input signing-key), or do without ' +
        'signatures: --unsigned, or signed: false of the mirror; docs/signing-keys.md makes a key',
    });
  }
  const openpgp = await import('openpgp');
  const keys = await readSecretKeys(options.secretKeys, source);
  const chosen = chooseKey(keys, options);
  if (chosen.keyPacket.version !== 4) {
    throw new BuildcacheError(
      'unsupported',
      `the key ${fingerprintOf(chosen)} is of version ${chosen.keyPacket.version}`,
      {
        file: source,
        expected: 'an OpenPGP version 4 key, which gpg and Spack can verify with',
      },
    );
  }
  const key = await unlock(chosen, options);
  await requireUsable(key, source);
  return {
    fingerprint: fingerprintOf(key),
    publicKey: key.toPublic().armor(),
    async sign(text) {
      if (/^-|\r|[ \t]$/m.test(text)) {
        throw new BuildcacheError('internal', 'the text to sign would be changed by signing it');
      }
      const message = await openpgp.createCleartextMessage({ text });
      const signed = (await openpgp.sign({ message, signingKeys: key })).replaceAll('\r', '');
      // Spack finds the signed text by a pattern of its own: behind one header with one value.
      if (!/^-----BEGIN PGP SIGNED MESSAGE-----\nHash: [A-Z0-9]+\n\n/.test(signed)) {
        throw new BuildcacheError(
          'unsupported',
          `signatures of the key ${fingerprintOf(key)} cannot be read by Spack`,
          {
            expected: 'a signature with one Hash header',
          },
        );
      }
      return signed;
    },
  };
}

async function readSecretKeys(armored: string, source: string): Promise<PrivateKey[]> {
  const openpgp = await import('openpgp');
  const blocks = armored.match(
    /-----BEGIN PGP PRIVATE KEY BLOCK-----[\s\S]*?-----END PGP PRIVATE KEY BLOCK-----/g,
  );
  if (blocks === null) {
    throw new BuildcacheError('bad-input', 'this is no armored secret key', {
      file: source,
      expected: '-----BEGIN PGP PRIVATE KEY BLOCK-----',
      found: /BEGIN PGP PUBLIC KEY/.test(armored) ? 'a public key' : 'something else',
      hint: 'export it with `gpg --armor --export-secret-keys FINGERPRINT`',
    });
  }
  try {
    return (await Promise.all(blocks.map((armoredKeys) => openpgp.readPrivateKeys({ armoredKeys })))).flat();
  } catch {
    // The library's message may quote the key.
    throw new BuildcacheError('bad-input', 'the secret key is damaged or of a kind that is not supported', {
      file: source,
      expected: 'an armored OpenPGP secret key, its line ends kept',
    });
  }
}

function chooseKey(keys: readonly PrivateKey[], { choose, source }: SigningOptions): PrivateKey {
  const matching = choose === undefined ? keys : keys.filter((key) => isNamed(key, choose));
  const [only] = matching;
  if (only !== undefined && matching.length === 1) return only;
  const names = (matching.length === 0 ? keys : matching).map(nameOf).join(', ');
  if (choose === undefined) {
    throw new BuildcacheError('usage', `there are ${keys.length} keys to sign with and none was chosen`, {
      file: source,
      found: names,
      hint: 'choose one with --key FINGERPRINT',
    });
  }
  const message = matching.length === 0 ? 'is none of the keys' : `names ${matching.length} keys`;
  throw new BuildcacheError('usage', `--key ${choose} ${message}`, { file: source, found: names });
}

/** As gpg's `--local-user`: by fingerprint or key id, of the key or a subkey, else by user id. */
function isNamed(key: PrivateKey, name: string): boolean {
  const digits = name.replace(/^0x/i, '').replaceAll(' ', '').toUpperCase();
  if (/^[0-9A-F]{8,}$/.test(digits)) {
    return key.getKeys().some((each) => each.getFingerprint().toUpperCase().endsWith(digits));
  }
  return key.getUserIDs().some((id) => id.toLowerCase().includes(name.toLowerCase()));
}

async function unlock(key: PrivateKey, { passphrase, source }: SigningOptions): Promise<PrivateKey> {
  if (key.isDecrypted()) return key;
  if (passphrase === undefined || passphrase === '') {
    throw new BuildcacheError('usage', `the key ${fingerprintOf(key)} is locked with a passphrase`, {
      file: source,
      hint: 'set BUILDCACHE_SIGNING_PASSPHRASE',
    });
  }
  const openpgp = await import('openpgp');
  try {
    return await openpgp.decryptKey({ privateKey: key, passphrase });
  } catch {
    throw new BuildcacheError('denied', `the passphrase does not open the key ${fingerprintOf(key)}`, {
      file: source,
      hint: 'check BUILDCACHE_SIGNING_PASSPHRASE',
    });
  }
}

async function requireUsable(key: PrivateKey, source: string): Promise<void> {
  const name = fingerprintOf(key);
  if ((await key.isRevoked()) || isRevokedByOther(key)) {
    throw new BuildcacheError('bad-input', `the key ${name} was revoked`, { file: source });
  }
  const expiry = await key.getExpirationTime();
  if (expiry instanceof Date && expiry.getTime() <= Date.now()) {
    throw new BuildcacheError(
      'bad-input',
      `the key ${name} expired on ${expiry.toISOString().slice(0, 10)}`,
      {
        file: source,
        hint: 'extend it (gpg --quick-set-expire) and export it again, or sign with another',
      },
    );
  }
  if (key.getCreationTime().getTime() > Date.now()) {
    throw new BuildcacheError('bad-input', `the key ${name} was made in the future`, {
      file: source,
      found: key.getCreationTime().toISOString(),
      hint: "set this machine's clock",
    });
  }
  try {
    await key.getSigningKey();
  } catch (error) {
    throw new BuildcacheError(
      'bad-input',
      `the key ${name} cannot sign`,
      { file: source, found: error instanceof Error ? error.message : String(error) },
      error,
    );
  }
}

function fingerprintOf(key: PrivateKey): string {
  return key.getFingerprint().toUpperCase();
}

function nameOf(key: PrivateKey): string {
  return `${fingerprintOf(key)} (${key.getUserIDs()[0] ?? 'no user id'})`;
}
