import {
  armor,
  enums,
  type Key,
  PacketList,
  readKey,
  readPrivateKey,
  type SignaturePacket,
  UserIDPacket,
} from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import { addToKeyring, readKeyring } from '../../../src/cache/trust/keyring.ts';
import { readPublicKeys } from '../../../src/cache/trust/public-key.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { makeDesignated, makeKey, type Secret, sign } from '../keys.ts';

type Packets = ReturnType<Key['toPacketList']>;

describe('a copy of a key into which somebody else has put', () => {
  let ours: Key;
  let theirs: Secret;
  beforeAll(async () => {
    ours = await readKey({ armoredKey: (await makeKey()).publicKey });
    theirs = await readPrivateKey({ armoredKey: (await makeKey()).privateKey });
  });

  /** A signature about our key by another, in the name of `issuer`. */
  async function forged(signatureType: enums.signature, issuer: Key, more: object = {}) {
    const about = { key: ours.keyPacket, userID: ours.users[0]?.userID };
    const signature = await sign(theirs, signatureType, about, more);
    Object.assign(signature, {
      issuerKeyID: issuer.getKeyID(),
      issuerFingerprint: null,
      issuerKeyVersion: null,
    });
    return signature;
  }

  /** Our key with these packets behind so many of its own: key, user, signature of that, subkey, signature of that. */
  function copyWith(packets: readonly object[], at: number): Buffer {
    const list = new PacketList();
    const own: Packets = ours.toPacketList();
    for (const each of [...own.slice(0, at), ...packets, ...own.slice(at)])
      list.push(each as SignaturePacket);
    return Buffer.from(list.write());
  }

  const kinds: readonly [string, () => Promise<Buffer>][] = [
    [
      'a revoker, and its revocation',
      async () => {
        const revoker = {
          revocationKeyClass: 0x80,
          revocationKeyAlgorithm: theirs.keyPacket.algorithm,
          revocationKeyFingerprint: Buffer.from(theirs.getFingerprint(), 'hex'),
        };
        const names = await forged(enums.signature.key, ours, revoker);
        return copyWith([await forged(enums.signature.keyRevocation, theirs), names], 1);
      },
    ],
    ['a revocation', async () => copyWith([await forged(enums.signature.keyRevocation, ours)], 1)],
    ['a user', async () => copyWith([UserIDPacket.fromObject({ name: 'Other' })], 5)],
    [
      'signatures of users in its name',
      async () => {
        const signature = await forged(enums.signature.certGeneric, ours);
        return copyWith(Array<object>(50).fill(signature), 3);
      },
    ],
    [
      'what others say of its users',
      async () => copyWith([await forged(enums.signature.certGeneric, theirs)], 3),
    ],
    ['a subkey', async () => copyWith([...theirs.toPublic().toPacketList()].slice(-2), 5)],
  ];

  it.each(kinds)('%s is the same key, and leaves nothing of it in the keyring', async (what, make) => {
    await using dir = await tempDir();
    const [own] = await readPublicKeys(ours.armor(), 'x');
    const [copy] = await readPublicKeys(armor(enums.armor.publicKey, await make()), 'x');
    if (own === undefined || copy === undefined) throw new Error('no key');
    expect(copy).toMatchObject({ problem: undefined, userIds: own.userIds, fingerprint: own.fingerprint });
    if (what.startsWith('signatures')) {
      // Each would be verified again for each message.
      const counts = copy.key.users.map(({ selfCertifications }) => selfCertifications.length);
      expect(counts).toEqual([1]);
    }
    expect(await addToKeyring(dir.path, own, false)).toBe('added');
    expect(await addToKeyring(dir.path, copy, false)).toBe('unchanged');
    const [kept] = await readKeyring(dir.path);
    expect(await readPublicKeys(kept?.text ?? '', 'x')).toMatchObject([{ problem: undefined }]);
  });

  it('learns of a revocation by the revoker that the key names, where the key of that one is there', async () => {
    await using dir = await tempDir();
    const texts = await makeDesignated();
    const [before] = await readPublicKeys(texts.before, 'x');
    const [revoked] = await readPublicKeys(texts.revoked, 'x');
    const revoker = await readPublicKeys(texts.revoker, 'x');
    if (before === undefined || revoked === undefined) throw new Error('no key');
    const kept = async () => {
      const [file] = await readKeyring(dir.path);
      return await readPublicKeys(file?.text ?? '', 'x');
    };
    await addToKeyring(dir.path, before, false);
    const others = await readPublicKeys(ours.armor(), 'x');
    expect(await addToKeyring(dir.path, revoked, false, others)).toBe('unchanged');
    expect(await kept()).toMatchObject([{ problem: undefined }]);
    others.push(...revoker);
    expect(await addToKeyring(dir.path, revoked, false, others)).toBe('updated');
    expect(await addToKeyring(dir.path, revoked, false, others)).toBe('unchanged');
    expect(await kept()).toMatchObject([{ problem: 'revoked by its designated revoker' }]);
  });

  it('learns that a user was revoked, from a copy that says nothing else of it', async () => {
    await using dir = await tempDir();
    const secret = await readPrivateKey({ armoredKey: (await makeKey()).privateKey });
    const about = { key: secret.keyPacket, userID: secret.users[0]?.userID };
    const signature = await sign(secret, enums.signature.certRevocation, about);
    const list = new PacketList();
    const [key, name, , ...others] = secret.toPublic().toPacketList();
    for (const each of [key, name, signature, ...others]) list.push(each as SignaturePacket);
    const [before] = await readPublicKeys(secret.toPublic().armor(), 'x');
    const [revoked] = await readPublicKeys(Buffer.from(list.write()), 'x');
    if (before === undefined || revoked === undefined) throw new Error('no key');
    await addToKeyring(dir.path, before, false);
    expect(await addToKeyring(dir.path, revoked, false)).toBe('updated');
    const [file] = await readKeyring(dir.path);
    expect(await readPublicKeys(file?.text ?? '', 'x')).toMatchObject([{ problem: 'unable to sign' }]);
  });
});
