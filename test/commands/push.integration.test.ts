/** What gpg says of what we sign, with keys that gpg made and one that openpgp made. Wants gpg (Debian: gnupg). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSigner } from '../../src/cache/trust/signing.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { makeKey } from '../cache/keys.ts';
import { assertSound, folderDocuments } from '../cache/mirror-state.ts';
import { startGpg } from '../harness/gpg.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { EXPECTED, unpackToyStore } from '../tree/toy-store.ts';
import { kinds, pushToy, target } from './push-toy.ts';

describe('manifests signed with a key', () => {
  it.each([
    ['rsa3072', 'gpg', undefined],
    ['ed25519', 'gpg', undefined],
    ['ed25519', 'gpg', 'a pass phrase'],
    ['ed25519', 'openpgp', undefined],
    ['rsa', 'openpgp', 'a pass phrase'],
  ] as const)('%s made by %s, passphrase: %s', async (type, maker, passphrase) => {
    await using dir = await tempDir();
    await using gpg = startGpg(dir.path, passphrase);
    let secretKeys: string;
    if (maker === 'gpg') {
      gpg.run(['--quick-gen-key', 'Toy <toy@example.org>', type, 'sign', 'never']);
      secretKeys = gpg.run(['--armor', '--export-secret-keys']);
    } else {
      const options = { type, ...(passphrase === undefined ? {} : { passphrase }) };
      secretKeys = (await makeKey(options)).privateKey;
    }
    const signer = await openSigner({
      secretKeys,
      passphrase,
      choose: undefined,
      source: '$KEY',
      mirror: 'mirror',
    });
    const mirror = join(dir.path, 'mirror');
    const tree = await unpackToyStore(join(dir.path, 'store'));
    expect(kinds(await pushToy(tree, [target(openFileStorage(mirror), { signer })]))).toEqual(
      Array(6).fill('pushed'),
    );
    assertSound(folderDocuments(mirror));
    // As Spack does it: the published key, imported.
    const key = join(dir.path, 'key.asc');
    writeFileSync(key, signer.publicKey);
    gpg.run(['--import', key]);
    expect(gpg.run(['--list-keys', '--with-colons'])).toContain(`fpr:::::::::${signer.fingerprint}:`);
    for (const { manifest_path: path } of EXPECTED.values()) {
      expect(gpg.verify(join(mirror, path))).toContain(`VALIDSIG ${signer.fingerprint}`);
    }
  });
});
