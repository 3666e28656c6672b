import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createCleartextMessage,
  enums,
  readKey,
  readPrivateKey,
  reformatKey,
  revokeKey,
  SignaturePacket,
  sign,
} from 'openpgp';
import { describe, expect, it } from 'vitest';
import { openSigner } from '../../../src/cache/trust/signing.ts';
import { openTrust } from '../../../src/cache/trust/trust.ts';
import { describeError } from '../../../src/core/errors.ts';
import { type ArmoredPair, makeKey } from '../keys.ts';
import { FIXTURES } from '../mirror-fixture.ts';

const TEXT = '{\n"version":3,\n"data":[\n]\n}';
const TOY = 'D2A327D9C4F3932CBDEF2BFC51C662332531F1F5';

async function signerOf({ privateKey }: ArmoredPair) {
  return await openSigner({
    secretKeys: privateKey,
    passphrase: undefined,
    choose: undefined,
    source: '$KEY',
    mirror: 'm',
  });
}

/** Signed at a time, as whoever has the key can do at any time. */
async function signedAt(date: Date, pair: ArmoredPair, text = TEXT): Promise<string> {
  const signingKeys = await readPrivateKey({ armoredKey: pair.privateKey });
  const message = await createCleartextMessage({ text });
  return (await sign({ message, signingKeys, date })).replaceAll('\r', '');
}

const trusting = (...texts: string[]) =>
  openTrust({ keys: texts.map((text) => ({ text, source: 'keys.asc' })), fingerprints: [] });

describe('openTrust', () => {
  it.each(['ed25519', 'rsa'] as const)(
    'takes what a trusted %s key signed, and its very text',
    async (type) => {
      const key = await makeKey({ type });
      const signer = await signerOf(key);
      const trust = await trusting((await makeKey()).publicKey, key.publicKey);
      expect(await trust.verify(await signer.sign(TEXT), 'x')).toEqual({
        text: TEXT,
        fingerprint: signer.fingerprint,
      });
    },
  );

  it('looks at no signature or text of so many lines that it would take minutes', async () => {
    const key = await makeKey();
    const good = await (await signerOf(key)).sign(TEXT);
    const trust = await trusting(key.publicKey);
    const begin = '-----BEGIN PGP SIGNATURE-----\n';
    for (const [message, found] of [
      [good.replace(begin, `${begin}${'-\n'.repeat(2_000)}`), 'a signature of'],
      [good.replace(begin, `${begin}Comment: ${'a'.repeat(70_000)}\n`), 'a signature of'],
      [good.replace('Hash: ', 'Hash: SHA512\n'.repeat(2_000)), 'a signature of'],
      [`${good}${'\n'.repeat(2_000)}`, 'a signature of'],
      [good.replace('\n\n', '\n'.repeat(200_010)), 'a text of'],
    ] as const) {
      await expect(trust.verify(message, 'x')).rejects.toMatchObject({
        code: 'untrusted',
        facts: { found: expect.stringContaining(found) },
      });
    }
    await trust.verify(good.replace(begin, `${begin}${'-\n'.repeat(1_000)}`), 'x');
  });

  it('takes several keys in a row, and a binary one', async () => {
    const [a, b] = [await makeKey(), await makeKey()];
    const binary = (await readKey({ armoredKey: a.publicKey })).write() as Uint8Array;
    const inARow = await trusting(`Anna's:\n${a.publicKey}\n${b.publicKey}`);
    const alone = await openTrust({ keys: [{ text: binary, source: 'a.gpg' }], fingerprints: [] });
    const signed = await (await signerOf(a)).sign(TEXT);
    for (const trust of [inARow, alone])
      expect(await trust.verify(signed, 'x')).toMatchObject({ text: TEXT });
  });

  it('refuses what was changed, what strangers signed and what nobody did, and says who is trusted', async () => {
    const [mine, other] = [await makeKey({ name: 'Mine' }), await makeKey({ name: 'Other' })];
    const signer = await signerOf(mine);
    const signed = await signer.sign(TEXT);
    const changed = signed.replace('"version":3', '"version":4');
    for (const [message, keys, found] of [
      [changed, [mine], /does not fit the text/],
      [signed, [other], new RegExp(`${signer.fingerprint.slice(-16)}, which is not trusted`)],
      [TEXT, [mine], /^no signature$/],
      [signed, [], /which is not trusted/],
      [`x${signed}`, [mine], /^no signature$/],
      [signed.replace(/\n\n[A-Za-z0-9+/]{20}/, '\n\n'), [mine], /signature/],
    ] as const) {
      const trust = await trusting(...keys.map((each) => each.publicKey));
      const error: unknown = await trust.verify(message, 'https://m.example/x').catch((e) => e);
      expect(error).toMatchObject({
        code: 'untrusted',
        facts: {
          found: expect.stringMatching(found),
          expected: expect.stringContaining(keys.length === 0 ? 'no key is trusted' : '@example.org'),
          hint: expect.stringMatching(/--trusted-keys.*--install --trust.*--unsigned/),
        },
      });
      expect(describeError(error)).toContain('https://m.example/x');
    }
  });

  it('refuses a key that has expired since, is revoked, or comes from the future', async () => {
    const yesterday = new Date(Date.now() - 86_400_000);
    const expired = await makeKey({ date: yesterday, expires: 3600 });
    const message = await signedAt(new Date(yesterday.getTime() + 60_000), expired);
    await expect((await trusting(expired.publicKey)).verify(message, 'x')).rejects.toMatchObject({
      code: 'untrusted',
      facts: { found: expect.stringContaining('which is expired on') },
    });

    const retired = await makeKey({ date: yesterday });
    const signed = await signedAt(new Date(yesterday.getTime() + 60_000), retired);
    expect(await (await trusting(retired.publicKey)).verify(signed, 'x')).toBeTruthy();
    const { publicKey } = await revokeKey({
      key: await readPrivateKey({ armoredKey: retired.privateKey }),
      reasonForRevocation: { flag: enums.reasonForRevocation.keyRetired },
      format: 'armored',
    });
    // Whoever has the old copy as well must hear of it.
    for (const keys of [[publicKey], [retired.publicKey, publicKey], [publicKey, retired.publicKey]]) {
      await expect((await trusting(...keys)).verify(signed, 'x')).rejects.toMatchObject({
        facts: { found: expect.stringContaining('revoked') },
      });
    }

    const early = await makeKey({ date: new Date(Date.now() + 86_400_000) });
    const ahead = await signedAt(new Date(Date.now() + 86_400_000 + 1000), early);
    await expect((await trusting(early.publicKey)).verify(ahead, 'x')).rejects.toMatchObject({
      facts: { found: expect.stringContaining('from the future') },
    });
  });

  it('takes a later expiry from a newer copy of the key', async () => {
    const old = await makeKey({ date: new Date(Date.now() - 7200_000), expires: 3600 });
    const extended = await reformatKey({
      privateKey: await readPrivateKey({ armoredKey: old.privateKey }),
      userIDs: [{ name: 'Toy', email: 'toy@example.org' }],
      keyExpirationTime: 86_400,
      format: 'armored',
    });
    const signed = await (await signerOf(extended)).sign(TEXT);
    await expect((await trusting(old.publicKey)).verify(signed, 'x')).rejects.toThrow();
    expect(await (await trusting(old.publicKey, extended.publicKey)).verify(signed, 'x')).toMatchObject({
      text: TEXT,
    });
  });

  it('takes what the clock of another machine signed a moment ahead of ours, and no more', async () => {
    const key = await makeKey({ date: new Date(Date.now() - 3600_000) });
    const trust = await trusting(key.publicKey);
    expect(await trust.verify(await signedAt(new Date(Date.now() + 30_000), key), 'x')).toBeTruthy();
    await expect(trust.verify(await signedAt(new Date(Date.now() + 3600_000), key), 'x')).rejects.toThrow();
  });

  it('trusts pinned keys only, and admits them from wherever they come', async () => {
    const [a, b] = [await makeKey({ name: 'Anna' }), await makeKey({ name: 'Berta' })];
    const [anna, berta] = [await signerOf(a), await signerOf(b)];
    const spaced = anna.fingerprint.toLowerCase().replace(/(....)/g, '$1 ');
    const pinned = await openTrust({ keys: [{ text: b.publicKey, source: 'b' }], fingerprints: [spaced] });
    expect(pinned.missing()).toEqual([anna.fingerprint]);
    await expect(pinned.verify(await berta.sign(TEXT), 'x')).rejects.toMatchObject({
      facts: { found: expect.stringContaining('not among the pinned') },
    });
    await pinned.admit(a.publicKey + (await makeKey()).publicKey, 'the mirror');
    expect(pinned.missing()).toEqual([]);
    expect(await pinned.verify(await anna.sign(TEXT), 'x')).toEqual({
      text: TEXT,
      fingerprint: anna.fingerprint,
    });

    const open = await trusting(b.publicKey);
    await open.admit(a.publicKey, 'the mirror');
    await expect(open.verify(await anna.sign(TEXT), 'x')).rejects.toMatchObject({ code: 'untrusted' });
    await expect(openTrust({ keys: [], fingerprints: ['ABCD1234'] })).rejects.toMatchObject({
      code: 'usage',
    });
  });

  // Nothing of the text goes into what these sign, so that they would fit any text.
  it.each([enums.signature.standalone, enums.signature.timestamp])(
    'refuses a signature of type %i, which covers no text',
    async (signatureType) => {
      const pair = await makeKey();
      const key = await readPrivateKey({ armoredKey: pair.privateKey });
      const packet = new SignaturePacket();
      Object.assign(packet, {
        signatureType,
        publicKeyAlgorithm: key.keyPacket.algorithm,
        hashAlgorithm: enums.hash.sha512,
      });
      await (packet as unknown as { sign(...args: unknown[]): Promise<void> }).sign(
        key.keyPacket,
        {},
        new Date(),
        true,
        (await import('openpgp')).config,
      );
      const message = await createCleartextMessage({ text: TEXT });
      (message as unknown as { signature: { packets: unknown[] } }).signature.packets.push(packet);
      const trust = await trusting(pair.publicKey);
      await expect(trust.verify(message.armor().replaceAll('\r', ''), 'x')).rejects.toMatchObject({
        code: 'untrusted',
        facts: { found: expect.stringContaining('does not fit the text') },
      });
    },
  );

  it('says what is wrong with what should be keys', async () => {
    const { privateKey, publicKey } = await makeKey();
    await expect(trusting('')).rejects.toMatchObject({ code: 'bad-input', facts: { file: 'keys.asc' } });
    await expect(trusting('<html>')).rejects.toThrow('no public key');
    await expect(trusting(privateKey)).rejects.toThrow('secret key');
    // As `gpg --export-secret-keys` writes it.
    const text = (await readPrivateKey({ armoredKey: privateKey })).write();
    await expect(openTrust({ keys: [{ text, source: 'x' }], fingerprints: [] })).rejects.toThrow(
      'secret key',
    );
    await expect(trusting(publicKey.replace(/\n(.{20})/g, '\n'))).rejects.toMatchObject({
      code: 'bad-input',
    });
    await expect(
      openTrust({ keys: [{ text: Buffer.from([0x99, 1, 2]), source: 'x' }], fingerprints: [] }),
    ).rejects.toMatchObject({ code: 'bad-input' });
  });

  // Programs differ in what ends the headers: to us an empty line, to others one of white space, too.
  it.each([' ', '\t', '\r\r'])(
    'refuses a good signature where readers that end its headers at %j find another text',
    async (filled) => {
      const key = await makeKey();
      const trust = await trusting(key.publicKey);
      const signed = await (await signerOf(key)).sign(TEXT);
      const inside = signed.replaceAll('\n\n', `\n${filled}\n`);
      const forged = `${inside}\n\n{"version":3,"data":[{}]}\n-----BEGIN PGP SIGNATURE-----\n`;
      await expect(trust.verify(forged, 'x')).rejects.toMatchObject({
        code: 'untrusted',
        facts: { found: expect.stringContaining('another text beside it') },
      });
    },
  );

  it('takes a message whose lines end otherwise, and with what is no part of them', async () => {
    const key = await makeKey();
    const trust = await trusting(key.publicKey);
    const text = '- a\n-----b\n\nc';
    const signed = await signedAt(new Date(), key, text);
    for (const message of [signed, signed.replaceAll('\n', '\r\n'), signed.replace('- a\n', '- a \t\n')])
      expect(await trust.verify(message, 'x')).toMatchObject({ text });
  });

  it("verifies Spack's own signatures", async () => {
    const mirror = join(FIXTURES, 'spack-1.2/mirror-signed/v3/manifests/spec');
    const file = 'toyapp/toyapp-1.0-e5gsqvjcrlpv6547ytc3lxqxsuxp6wmg.spec.manifest.json';
    const signed = readFileSync(join(mirror, file), 'utf8');
    const trust = await trusting(readFileSync(join(FIXTURES, 'toy-ci.pub.asc'), 'utf8'));
    expect((await trust.verify(signed, file)).fingerprint).toBe(TOY);
  });
});
