import { createHash, randomBytes } from 'node:crypto';
import { armor, enums, PacketList, readKey, readPrivateKey } from 'openpgp';
import { describe, expect, it } from 'vitest';
import { mergeKeys, readPublicKeys } from '../../../src/cache/trust/public-key.ts';
import { makeKey, sign } from '../keys.ts';

const SHA224 = 11;
const bytes = (n: number, width: number) => {
  const buffer = Buffer.alloc(width);
  buffer.writeUIntBE(n, 0, width);
  return buffer;
};
/** A number of so many bits, as OpenPGP writes one. */
const mpi = (bits: number, first = 0xff) =>
  Buffer.concat([bytes(bits, 2), Buffer.from([first]), randomBytes(bits / 8 - 2), Buffer.from([0xff])]);
const packet = (tag: number, ...body: Buffer[]) => {
  const whole = Buffer.concat(body);
  return Buffer.concat([Buffer.from([0xc0 | tag, 0xff]), bytes(whole.length, 4), whole]);
};

/** An RSA key of a user who is certified by a signature that fits as far as can be told without the sum itself. */
function rsaKey(modulus: number, exponent: number): string {
  const made = Math.floor(Date.now() / 1000) - 1000;
  const key = Buffer.concat([
    Buffer.from([4]),
    bytes(made, 4),
    Buffer.from([1]),
    mpi(modulus),
    mpi(exponent),
  ]);
  const inHash = Buffer.concat([Buffer.from([0x99]), bytes(key.length, 2), key]);
  const fingerprint = createHash('sha1').update(inHash).digest();
  const user = Buffer.from('Toy <toy@example.org>');
  const signed = Buffer.concat([
    Buffer.from([4, 0x13, 1, SHA224, 0, 9, 5, 2]),
    bytes(made, 4),
    Buffer.from([2, 27, 3]),
  ]);
  const hash = createHash('sha224')
    .update(inHash)
    .update(Buffer.concat([Buffer.from([0xb4]), bytes(user.length, 4), user]))
    .update(Buffer.concat([signed, Buffer.from([4, 0xff]), bytes(signed.length, 4)]))
    .digest();
  const issuer = Buffer.concat([Buffer.from([0, 10, 9, 16]), fingerprint.subarray(-8)]);
  const signature = packet(2, signed, issuer, hash.subarray(0, 2), mpi(modulus - 8, 0x80));
  return armor(enums.armor.publicKey, Buffer.concat([packet(6, key), packet(13, user), signature]));
}

describe('RSA keys that would take minutes to look at', () => {
  it.each([
    ['a long exponent', 16_384, 16_384],
    ['an exponent that only the library would count with', 4096, 64],
    ['a long modulus', 32_768, 24],
  ])('are refused at once: %s', async (_, modulus, exponent) => {
    const started = performance.now();
    await expect(readPublicKeys(rsaKey(modulus, exponent), 'x')).rejects.toMatchObject({ code: 'too-large' });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('are not those that people have', async () => {
    const [key] = await readPublicKeys(rsaKey(8192, 24), 'x');
    // The signature is none of its own.
    expect(key?.userIds).toEqual([]);
  });
});

it('two copies with thousands of signatures of others are put together at once', async () => {
  const own = await readKey({ armoredKey: (await makeKey()).publicKey });
  const [key, user, certified, ...subkeys] = own.toPacketList();
  const body = Buffer.from([4, 0x10, 22, 8, 0, 6, 5, 2, 0x65, 0, 0, 0, 0, 10, 9, 16]);
  const copy = async () => {
    const others = Array.from({ length: 1500 }, () =>
      packet(2, body, randomBytes(8), Buffer.from([0, 0]), mpi(32), mpi(32)),
    );
    const bytesOf = (...packets: object[]) =>
      Object.assign(new PacketList(), packets, { length: packets.length });
    const before = bytesOf(key ?? {}, user ?? {}, certified ?? {}).write();
    const all = Buffer.concat([before, ...others, bytesOf(...subkeys).write()]);
    const [read] = await readPublicKeys(all, 'x');
    if (read === undefined) throw new Error('no key');
    expect(read.key.users[0]?.otherCertifications).toHaveLength(others.length);
    return read;
  };
  const [first, second] = [await copy(), await copy()];
  const started = performance.now();
  expect(await mergeKeys(first, second)).toMatchObject({
    fingerprint: first.fingerprint,
    problem: undefined,
  });
  expect(performance.now() - started).toBeLessThan(2000);
});

it.each(['key', 'certGeneric', 'certRevocation'] as const)(
  'two copies with hundreds of its own signatures (%s) are put together at once, each once',
  async (type) => {
    const secret = await readPrivateKey({ armoredKey: (await makeKey()).privateKey });
    const [key, user, certified, ...subkeys] = secret.toPublic().toPacketList();
    const about = { key: secret.keyPacket, userID: secret.users[0]?.userID };
    const make = (i: number) =>
      sign(secret, enums.signature[type], about, { preferredHashAlgorithms: [i, i >> 8] });
    const own = await Promise.all(Array.from({ length: 800 }, (_, i) => make(i)));
    const copy = async (signatures: readonly object[]) => {
      const packets =
        type === 'key' ? [key, ...signatures, user, certified] : [key, user, certified, ...signatures];
      const list = Object.assign(new PacketList(), [...packets, ...subkeys], {
        length: signatures.length + 3 + subkeys.length,
      });
      const [read] = await readPublicKeys(Buffer.from(list.write()), 'x');
      if (read === undefined) throw new Error('no key');
      return read;
    };
    const [first, second] = [await copy(own.slice(0, 500)), await copy(own.slice(300))];
    const started = performance.now();
    const merged = await mergeKeys(first, second);
    expect(performance.now() - started).toBeLessThan(1500);
    expect([...merged.key.toPacketList()]).toHaveLength(own.length + 3 + subkeys.length);
  },
);
