import { describe, expect, it } from 'vitest';
import { openSigner, type SigningOptions } from '../../../src/cache/trust/signing.ts';
import { openTrust } from '../../../src/cache/trust/trust.ts';
import { describeError } from '../../../src/core/errors.ts';
import { makeKey } from '../keys.ts';

const TEXT = '{\n"version":3,\n"data":[\n{\n"contentLength":1\n}\n]\n}';
/** As Spack looks for the document inside a signature. */
const SPACK = /^-----BEGIN PGP SIGNED MESSAGE-----\s+Hash:\s+[^\s]+\s+(.+)-----BEGIN PGP SIGNATURE-----/ms;

function options(more: Partial<SigningOptions>): SigningOptions {
  return {
    secretKeys: undefined,
    passphrase: undefined,
    choose: undefined,
    source: '$KEY',
    mirror: 'm',
    ...more,
  };
}

describe('openSigner', () => {
  it.each(['ed25519', 'rsa'] as const)(
    'signs with %s so that Spack finds the text and we verify it',
    async (type) => {
      const key = await makeKey({ type });
      const signer = await openSigner(options({ secretKeys: key.privateKey }));
      const signed = await signer.sign(TEXT);
      expect(signed).not.toContain('\r');
      expect(signed.match(/^Hash: /gm)).toHaveLength(1);
      expect(SPACK.exec(signed)?.[1]).toBe(`${TEXT}\n`);
      expect(signer.fingerprint).toMatch(/^[0-9A-F]{40}$/);
      const trust = await openTrust({ keys: [{ text: signer.publicKey, source: 'x' }], fingerprints: [] });
      expect(await trust.verify(signed, 'x')).toEqual({
        text: TEXT,
        fingerprint: signer.fingerprint,
      });
    },
  );

  it('takes the key that is chosen, by fingerprint, its end, or user id', async () => {
    const [a, b] = [await makeKey({ name: 'Anna' }), await makeKey({ name: 'Berta' })];
    const secretKeys = a.privateKey + b.privateKey;
    const anna = await openSigner(options({ secretKeys, choose: 'anna@' }));
    const { fingerprint } = anna;
    for (const choose of [fingerprint, `0x${fingerprint.slice(-16)}`, fingerprint.toLowerCase()]) {
      expect((await openSigner(options({ secretKeys, choose }))).fingerprint).toBe(fingerprint);
    }
    await expect(openSigner(options({ secretKeys }))).rejects.toMatchObject({
      code: 'usage',
      facts: { found: expect.stringContaining(fingerprint), hint: expect.stringContaining('--key') },
    });
    await expect(openSigner(options({ secretKeys, choose: 'example.org' }))).rejects.toMatchObject({
      code: 'usage',
    });
    await expect(openSigner(options({ secretKeys, choose: 'carla' }))).rejects.toThrow('is none of the keys');
  });

  it('opens a locked key, and says what is wrong without saying the passphrase', async () => {
    const { privateKey } = await makeKey({ passphrase: 'open sesame' });
    const signer = await openSigner(options({ secretKeys: privateKey, passphrase: 'open sesame' }));
    expect(await signer.sign(TEXT)).toContain('BEGIN PGP SIGNATURE');
    await expect(openSigner(options({ secretKeys: privateKey }))).rejects.toMatchObject({
      code: 'usage',
      facts: { hint: expect.stringContaining('BUILDCACHE_SIGNING_PASSPHRASE') },
    });
    const wrong: unknown = await openSigner(
      options({ secretKeys: privateKey, passphrase: 'guess me' }),
    ).catch((e) => e);
    expect(wrong).toMatchObject({ code: 'denied' });
    expect(describeError(wrong)).not.toContain('guess me');
  });

  it('refuses a key that has expired, and one from the future', async () => {
    const expired = await makeKey({ date: new Date('2020-01-01'), expires: 86_400 });
    await expect(openSigner(options({ secretKeys: expired.privateKey }))).rejects.toThrow(
      'expired on 2020-01-02',
    );
    const early = await makeKey({ date: new Date(Date.now() + 86_400_000) });
    await expect(openSigner(options({ secretKeys: early.privateKey }))).rejects.toThrow('in the future');
  });

  it('says what it got instead of a secret key', async () => {
    const { publicKey, privateKey } = await makeKey();
    await expect(openSigner(options({}))).rejects.toMatchObject({ code: 'usage' });
    await expect(openSigner(options({ secretKeys: '  ' }))).rejects.toThrow('no key to sign with');
    await expect(openSigner(options({ secretKeys: publicKey }))).rejects.toMatchObject({
      code: 'bad-input',
      facts: { found: 'a public key' },
    });
    const cut = privateKey.replace(/\n(.{20})/g, '\n');
    const error: unknown = await openSigner(options({ secretKeys: cut })).catch((e) => e);
    expect(error).toMatchObject({ code: 'bad-input' });
  });
});
