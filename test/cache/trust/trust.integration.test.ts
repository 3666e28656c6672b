/** What gpg signs, by keys gpg made, kept, let expire and revoked. Wants gpg (Debian: gnupg). */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTrust } from '../../../src/cache/trust/trust.ts';
import { type Gpg, startGpg } from '../../harness/gpg.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const TEXT = '{\n"version":3\n}';

async function withGpg(use: (gpg: Gpg['run'], home: string) => Promise<void>): Promise<void> {
  await using dir = await tempDir();
  await using gpg = startGpg(dir.path);
  await use(gpg.run, join(dir.path, 'gnupg'));
}

const sign = (gpg: Gpg['run'], ...how: string[]) => gpg([...how, '--clearsign', '--output', '-'], TEXT);
const trustOf = (gpg: Gpg['run']) =>
  openTrust({ keys: [{ text: gpg(['--armor', '--export']), source: 'gpg' }], fingerprints: [] });
const fingerprints = (gpg: Gpg['run']) =>
  [...gpg(['--with-colons', '--list-keys']).matchAll(/^fpr:+([0-9A-F]{40}):/gm)].map(
    (match) => match[1] ?? '',
  );

describe('openTrust', () => {
  it.each(['ed25519', 'rsa3072'])('takes what gpg signs with %s', async (type) => {
    await withGpg(async (gpg) => {
      gpg(['--quick-gen-key', 'Toy <toy@example.org>', type, 'sign', 'never']);
      expect(await (await trustOf(gpg)).verify(sign(gpg), 'x')).toEqual({
        text: TEXT,
        fingerprint: fingerprints(gpg)[0],
      });
    });
  });

  it('takes a signing subkey until it has expired, whatever time it says it has signed at', async () => {
    await withGpg(async (gpg) => {
      const past = ['--faked-system-time', '20240101T000000'];
      gpg([...past, '--quick-gen-key', 'Toy <toy@example.org>', 'ed25519', 'cert', 'never']);
      const [primary = ''] = fingerprints(gpg);
      gpg([...past, '--quick-add-key', primary, 'ed25519', 'sign', '1y']);
      const old = sign(gpg, '--faked-system-time', '20240201T000000');
      gpg(['--quick-add-key', primary, 'ed25519', 'sign', 'never']);
      const trust = await trustOf(gpg);
      expect(await trust.verify(sign(gpg), 'x')).toEqual({ text: TEXT, fingerprint: primary });
      await expect(trust.verify(old, 'x')).rejects.toMatchObject({
        code: 'untrusted',
        facts: { found: expect.stringMatching(/subkey that is expired/) },
      });
    });
  });

  it('hears of a revocation', async () => {
    await withGpg(async (gpg, home) => {
      gpg(['--quick-gen-key', 'Toy <toy@example.org>', 'ed25519', 'sign', 'never']);
      const signed = sign(gpg);
      const [fingerprint = ''] = fingerprints(gpg);
      const certificate = join(home, 'openpgp-revocs.d', `${fingerprint}.rev`);
      // gpg puts a colon before it, so that nobody imports it by accident.
      writeFileSync(certificate, readFileSync(certificate, 'utf8').replace(':-----BEGIN', '-----BEGIN'));
      gpg(['--import', certificate]);
      await expect((await trustOf(gpg)).verify(signed, 'x')).rejects.toMatchObject({
        facts: { found: expect.stringContaining('which is revoked') },
      });
    });
  });
});
