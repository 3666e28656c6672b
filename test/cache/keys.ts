/** Secret keys as people bring them. */
import { armor, config, enums, generateKey, PacketList, readPrivateKey, SignaturePacket } from 'openpgp';

export interface KeyOptions {
  readonly name?: string;
  readonly passphrase?: string;
  readonly date?: Date;
  /** Seconds. */
  readonly expires?: number;
  readonly type?: 'ed25519' | 'rsa';
}

export interface ArmoredPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

export type Secret = Awaited<ReturnType<typeof readPrivateKey>>;

export async function makeKey(options: KeyOptions = {}): Promise<ArmoredPair> {
  const { name = 'Toy', passphrase, date, expires, type = 'ed25519' } = options;
  return await generateKey({
    ...(type === 'rsa'
      ? { type: 'rsa' as const, rsaBits: 2048 }
      : { type: 'ecc' as const, curve: 'ed25519Legacy' as const }),
    userIDs: [{ name, email: `${name.toLowerCase()}@example.org` }],
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(date === undefined ? {} : { date }),
    ...(expires === undefined ? {} : { keyExpirationTime: expires }),
    format: 'armored',
  });
}

/** @param more further properties of the signature, which are signed */
export async function sign(signer: Secret, signatureType: enums.signature, about: object, more: object = {}) {
  const signature = new SignaturePacket();
  const { algorithm: publicKeyAlgorithm } = signer.keyPacket;
  Object.assign(signature, { version: 4, signatureType, publicKeyAlgorithm, hashAlgorithm: 8, ...more });
  const made = new Date(Date.now() - 1000);
  await Reflect.apply(Reflect.get(signature, 'sign'), signature, [
    signer.keyPacket,
    about,
    made,
    false,
    config,
  ]);
  return signature;
}

/** A key that names another as its revoker, without and with a revocation by that one; all armored public keys. */
export async function makeDesignated() {
  const made = await Promise.all([makeKey(), makeKey()]);
  const [secret, revoker] = await Promise.all(
    made.map(({ privateKey }) => readPrivateKey({ armoredKey: privateKey })),
  );
  if (secret === undefined || revoker === undefined) throw new Error('no key');
  const about = { key: secret.keyPacket };
  const names = await sign(secret, enums.signature.key, about, {
    revocationKeyClass: 0x80,
    revocationKeyAlgorithm: revoker.keyPacket.algorithm,
    revocationKeyFingerprint: Buffer.from(revoker.getFingerprint(), 'hex'),
  });
  const revocation = await sign(revoker, enums.signature.keyRevocation, about);
  const copy = (...packets: readonly SignaturePacket[]) => {
    const list = new PacketList();
    const [first, ...others] = secret.toPublic().toPacketList();
    for (const each of [first, ...packets, ...others]) list.push(each as SignaturePacket);
    return armor(enums.armor.publicKey, list.write());
  };
  const fingerprint = secret.getFingerprint().toUpperCase();
  const armored = {
    before: copy(names),
    revoked: copy(revocation, names),
    revoker: revoker.toPublic().armor(),
  };
  return { fingerprint, ...armored };
}
