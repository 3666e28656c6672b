import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { EntryReader } from '../../../src/cache/entries.ts';
import { layout2Keys, openLayout2 } from '../../../src/cache/layouts/layout2.ts';
import { openLayout3, specManifestKey } from '../../../src/cache/layouts/layout3.ts';
import { checkEntry, verifyBlob } from '../../../src/cache/reading/check-entry.ts';
import { openSigner } from '../../../src/cache/trust/signing.ts';
import { specEmitter } from '../../../src/spec/emit-spec.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import type { StorageReader } from '../../../src/storage/storage.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { makeKey } from '../keys.ts';
import { graphs, mirrorOf, specOf, toyTrust } from '../signed-fixture.ts';

/** All in one place of memory: who keeps it keeps nothing, and who joins it needs all of it. */
const PIECE = Buffer.alloc(64 * 1024 * 1024);

function endless(): StorageReader {
  const body = function* () {
    for (;;) yield PIECE;
  };
  return {
    url: 'https://x',
    get: async (key: string) => ({ key, size: undefined, offset: 0, body: Readable.from(body()) }),
    head: async () => undefined,
    close: async () => undefined,
  };
}

it('a tarball of which nothing is known and that never ends is given up, and kept nowhere', async () => {
  const blob = { key: 'a', sha256: undefined, size: undefined };
  await expect(verifyBlob({ storage: endless() }, blob, undefined)).rejects.toMatchObject({
    code: 'too-large',
    facts: { url: 'https://x/a' },
  });
});

describe('checkEntry, where signatures count', () => {
  const kinds = async (reader: EntryReader, key: string, hash: string) => {
    const how = { tarball: 'no', signed: true, trust: await toyTrust(), sizes: undefined } as const;
    const { problems } = await checkEntry(reader, { key, hash, modified: undefined }, how);
    return problems.map(({ kind }) => kind);
  };

  it('verifies the entry that was looked at, whatever stands in its place a moment later', async () => {
    const spec = specOf('1.2', 'libtoy');
    const key = specManifestKey(spec);
    const whole = openFileStorage(mirrorOf('1.2', 'signed'));
    let asked = 0;
    const changing: StorageReader = {
      ...whole,
      async get(wanted, options) {
        const found = await whole.get(wanted, options);
        if (wanted !== key || asked++ > 0 || typeof found !== 'object') return found;
        const text = (await Readable.from(found.body).toArray()).join('');
        const changed = Buffer.from(text.replace(/"contentLength":\d/, '"contentLength":9'));
        return { ...found, body: Readable.from([changed]), size: changed.length };
      },
    };
    expect(await kinds(openLayout3(changing, undefined), key, spec.hash)).toEqual(['untrusted']);
    expect(asked).toBeGreaterThan(0);
    expect(await kinds(openLayout3(whole, undefined), key, spec.hash)).toEqual([]);
  });

  it('verifies an entry of layout 2 whose compiler only its own document knows', async () => {
    await using dir = await tempDir();
    const spec = specOf('1.2', 'toyapp');
    const { nodes } = graphs['1.2'];
    const key = `${layout2Keys(spec, nodes).spec}.sig`;
    expect(key).not.toContain('-none-none-');
    const document = JSON.parse(specEmitter({ nodes }).document(spec.hash));
    const checksum = { hash_algorithm: 'sha256', hash: '0'.repeat(64) };
    const text = JSON.stringify({ ...document, binary_cache_checksum: checksum });
    const { privateKey } = await makeKey();
    const stranger = { secretKeys: privateKey, passphrase: undefined, choose: undefined };
    const signer = await openSigner({ ...stranger, source: 'a key', mirror: 'm' });
    mkdirSync(dirname(join(dir.path, key)), { recursive: true });
    writeFileSync(join(dir.path, key), await signer.sign(text));
    const reader = openLayout2(openFileStorage(dir.path), { nodes: new Map() });
    expect(await kinds(reader, key, spec.hash)).toEqual(['untrusted']);
  });
});
