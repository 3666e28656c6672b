/** What gpg signs, by keys gpg made, kept, let expire and revoked. Wants gpg (Debian: gnupg). */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSigner } from '../../../src/cache/trust/signing.ts';
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

  it('hears of a revocation by the designated revoker, also in one of two copies of the key', async () => {
    await withGpg(async (gpg, home) => {
      for (const name of ['toy', 'revoker'])
        gpg(['--quick-gen-key', `${name} <${name}@example.org>`, 'ed25519', 'sign', 'never']);
      const fingerprint = (name: string) =>
        /^fpr:+([0-9A-F]{40}):/m.exec(gpg(['--with-colons', '--list-keys', `${name}@example.org`]))?.[1] ??
        '';
      const asked = (args: readonly string[], answers: readonly string[]) =>
        execFileSync('gpg', ['--no-tty', '--quiet', '--yes', '--command-fd', '0', ...args], {
          env: { ...process.env, GNUPGHOME: home },
          input: `${answers.join('\n')}\n`,
          stdio: ['pipe', 'pipe', 'ignore'],
        }).toString();
      const loopback = ['--pinentry-mode', 'loopback', '--passphrase', ''];
      const toy = fingerprint('toy');
      asked([...loopback, '--edit-key', toy], ['addrevoker', fingerprint('revoker'), 'y', 'save']);
      const signed = gpg(['--local-user', toy, '--clearsign', '--output', '-'], TEXT);
      const before = gpg(['--armor', '--export', toy]);
      gpg(['--import'], asked([...loopback, '--desig-revoke', toy], ['y', '0', '', 'y']));
      const after = gpg(['--armor', '--export', toy]);
      // Nor is it a key to sign with.
      const secretKeys = gpg(['--armor', '--export-secret-keys', toy]);
      const choice = { secretKeys, passphrase: undefined, choose: undefined, source: 'gpg', mirror: 'm' };
      await expect(openSigner(choice)).rejects.toThrow('was revoked');
      const copies = (...texts: string[]) =>
        openTrust({ keys: texts.map((text) => ({ text, source: 'gpg' })), fingerprints: [] });
      expect(await (await copies(before)).verify(signed, 'x')).toMatchObject({ fingerprint: toy });
      for (const trust of [await copies(after), await copies(before, after), await copies(after, before)])
        await expect(trust.verify(signed, 'x')).rejects.toMatchObject({
          facts: { found: expect.stringContaining('which is revoked by its designated revoker') },
        });
    });
  });
});
