import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  armor,
  enums,
  generateKey,
  PacketList,
  PublicKey,
  readPrivateKey,
  reformatKey,
  revokeKey,
} from 'openpgp';
import { describe, expect, it, vi } from 'vitest';
import { publishKey } from '../../../src/cache/layouts/publish-keys.ts';
import { admitPinnedKeys, fetchKeys } from '../../../src/cache/reading/keys.ts';
import { addToKeyring, readKeyring } from '../../../src/cache/trust/keyring.ts';
import { readPublicKeys } from '../../../src/cache/trust/public-key.ts';
import { openSigner } from '../../../src/cache/trust/signing.ts';
import { openTrust } from '../../../src/cache/trust/trust.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import { startHttpServer } from '../../harness/http-server.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { makeKey, sign } from '../keys.ts';
import { copyMirror, FIXTURES, fixtureGraph, openHttp, readersOf } from '../mirror-fixture.ts';
import { TOY } from '../signed-fixture.ts';

const OTHER = 'A'.repeat(40);
const NO_GRAPH = { nodes: new Map(), roots: [] };
const readersAt = (folder: string) => readersOf(openFileStorage(folder), NO_GRAPH);

async function keyOf(publicKey: string) {
  const [key] = await readPublicKeys(publicKey, 'x');
  if (key === undefined) throw new Error('no key');
  return key;
}

describe('fetchKeys', () => {
  it.each(['1.2', '0.23'] as const)('finds the key on the signed mirror of Spack %s', async (version) => {
    const root = join(FIXTURES, `spack-${version}/mirror-signed`);
    await using server = await startHttpServer({ root });
    const storage = await openHttp(server.url);
    for (const readers of [readersAt(root), readersOf(storage, fixtureGraph(version))]) {
      const { keys, problems } = await fetchKeys(readers);
      expect(problems).toEqual([]);
      expect(keys).toMatchObject([{ fingerprint: TOY, problem: undefined, expires: undefined }]);
      expect(keys[0]?.userIds[0]).toContain('Toy CI');
    }
    await storage.close();
  });

  it.each(['1.2', '0.23'] as const)('has no keys of the unsigned mirror of Spack %s', async (version) => {
    const readers = readersAt(join(FIXTURES, `spack-${version}/mirror-unsigned`));
    expect(await fetchKeys(readers)).toEqual({ keys: [], problems: [] });
  });

  it('finds keys nobody has listed, where it can look', async () => {
    await using dir = await tempDir();
    copyMirror('1.2', 'signed', dir.path);
    rmSync(join(dir.path, 'v3/manifests/key/keys.manifest.json'));
    expect((await fetchKeys(readersAt(dir.path))).keys).toHaveLength(1);
  });

  it('finds those of an old mirror without a list, by looking or by asking for one that is pinned', async () => {
    await using dir = await tempDir();
    copyMirror('0.23', 'signed', dir.path);
    rmSync(join(dir.path, 'build_cache/_pgp/index.json'));
    writeFileSync(join(dir.path, 'build_cache/_pgp/README'), 'no key');
    expect(await fetchKeys(readersAt(dir.path))).toMatchObject({
      keys: [{ fingerprint: TOY }],
      problems: [],
    });
    await using server = await startHttpServer({ root: dir.path });
    const storage = await openHttp(server.url);
    expect((await fetchKeys(readersOf(storage, NO_GRAPH))).keys).toEqual([]);
    const trust = await openTrust({ keys: [], fingerprints: [TOY] });
    expect(await admitPinnedKeys(trust, readersOf(storage, NO_GRAPH))).toEqual([]);
    expect(trust.missing()).toEqual([]);
    await storage.close();
  });

  it('does not take a key under another name, and says so', async () => {
    await using dir = await tempDir();
    const folder = join(dir.path, 'build_cache/_pgp');
    mkdirSync(folder, { recursive: true });
    const names = [OTHER, TOY, '../../etc/passwd', TOY.toLowerCase(), 'B'.repeat(40), 'C'.repeat(40)];
    writeFileSync(
      join(folder, 'index.json'),
      JSON.stringify({ keys: Object.fromEntries(names.map((name) => [name, {}])) }),
    );
    cpSync(join(FIXTURES, 'toy-ci.pub.asc'), join(folder, `${OTHER}.pub`));
    cpSync(join(FIXTURES, 'toy-ci.pub.asc'), join(folder, `${TOY}.pub`));
    writeFileSync(join(folder, `${'B'.repeat(40)}.pub`), 'no key');
    const { keys, problems } = await fetchKeys(readersAt(dir.path));
    expect(keys.map(({ fingerprint }) => fingerprint)).toEqual([TOY]);
    expect(problems).toEqual([
      expect.stringContaining(`holds another key than its name says: ${TOY}`),
      expect.stringContaining('"../../etc/passwd"'),
      expect.stringContaining(TOY.toLowerCase()),
      expect.stringContaining('no public key'),
      expect.stringContaining('it is not there'),
    ]);
  });

  it('does not take a blob that is not the one that is named', async () => {
    await using dir = await tempDir();
    copyMirror('1.2', 'signed', dir.path);
    const blob = '2d91e0bae85e26609597075a6576e2bc642ea41c319edc7922612ddfca3e2796';
    writeFileSync(join(dir.path, 'blobs/sha256/2d', blob), (await makeKey()).publicKey);
    const { keys, problems } = await fetchKeys(readersAt(dir.path));
    expect(keys).toEqual([]);
    expect(problems).toEqual([expect.stringContaining(TOY)]);
  });

  it('does not take a mirror that is down for one without keys', async () => {
    await using server = await startHttpServer({ fault: () => ({ status: 503 }) });
    const storage = await openHttp(server.url);
    await expect(fetchKeys(readersOf(storage, NO_GRAPH))).rejects.toMatchObject({ code: 'server-error' });
    await storage.close();
  });
});

describe('admitPinnedKeys', () => {
  it.each(['1.2', '0.23'] as const)(
    'brings a pinned key from the mirror of Spack %s, and no other',
    async (version) => {
      const readers = readersAt(join(FIXTURES, `spack-${version}/mirror-signed`));
      const trust = await openTrust({ keys: [], fingerprints: [TOY, OTHER] });
      expect(await admitPinnedKeys(trust, readers)).toEqual([]);
      expect(trust.missing()).toEqual([OTHER]);
      const unpinned = await openTrust({ keys: [], fingerprints: [] });
      expect(await admitPinnedKeys(unpinned, readers)).toEqual([]);
    },
  );

  it('says when the mirror could not be asked', async () => {
    await using server = await startHttpServer({ fault: () => ({ status: 503 }) });
    const storage = await openHttp(server.url);
    const trust = await openTrust({ keys: [], fingerprints: [TOY] });
    const [problem] = await admitPinnedKeys(trust, readersOf(storage, NO_GRAPH));
    expect(problem).toContain(`the key ${TOY} could not be fetched`);
    await storage.close();
  });

  it('finds what push has published', async () => {
    await using dir = await tempDir();
    const { publicKey } = await makeKey();
    const { fingerprint } = await keyOf(publicKey);
    await publishKey(openFileStorage(dir.path), fingerprint, publicKey);
    const trust = await openTrust({ keys: [], fingerprints: [fingerprint] });
    await admitPinnedKeys(trust, readersAt(dir.path));
    expect(trust.missing()).toEqual([]);
  });
});

describe('of copies of a pinned key on several mirrors', () => {
  /** A key whose subkey signs, and copies of it, as gpg writes them: what the subkey says stands where anybody can change it. */
  async function copiesOf() {
    const { privateKey } = await generateKey({
      ...{ type: 'ecc', curve: 'ed25519Legacy', userIDs: [{ name: 'Toy' }] },
      ...{ subkeys: [{ sign: true }], format: 'armored' },
    });
    const secret = await readPrivateKey({ armoredKey: privateKey });
    const [key, user, certified, subkey] = secret.toPublic().toPacketList();
    const [{ keyPacket } = secret] = secret.subkeys;
    const about = { key: secret.keyPacket, bind: subkey };
    const said = await sign(
      Object.create(secret, { keyPacket: { value: keyPacket } }),
      enums.signature.keyBinding,
      about,
    );
    const flags = { keyFlags: new Uint8Array([enums.keyFlags.signData]) };
    const binding = await sign(secret, enums.signature.subkeyBinding, about, flags);
    const revocation = await sign(secret, enums.signature.subkeyRevocation, about);
    const copy = (unhashedSubpackets: readonly object[], more: readonly unknown[] = [binding]) => {
      Object.assign(binding, { unhashedSubpackets });
      const packets = [key, user, certified, subkey, ...more];
      const list = Object.assign(new PacketList(), packets, { length: packets.length });
      return armor(enums.armor.publicKey, list.write());
    };
    const embedded = (body: Uint8Array) => [{ type: 32, critical: false, body }]; // RFC 9580, section 5.2.3.34
    const back = Buffer.from(said.write());
    const changed = Buffer.from(back);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    const stripped = new PublicKey(secret.toPublic().toPacketList());
    stripped.subkeys = [];
    return {
      privateKey,
      whole: copy(embedded(back)),
      twice: copy(embedded(back), [binding, subkey, binding]),
      revoked: copy(embedded(back), [revocation, binding]),
      'without its subkey': stripped.armor(),
      'without what its subkey says': copy([]),
      'with something else that its subkey says': copy(embedded(changed)),
    };
  }

  it.each([
    ['without its subkey', 'first'],
    ['without its subkey', 'last'],
    ['without what its subkey says', 'first'],
    ['without what its subkey says', 'last'],
    ['with something else that its subkey says', 'first'],
    ['with something else that its subkey says', 'last'],
  ] as const)('one %s hides nothing of the other where it comes %s', async (what, place) => {
    const { privateKey, whole, [what]: worse } = await copiesOf();
    const { fingerprint } = await keyOf(whole);
    const trust = await openTrust({ keys: [], fingerprints: [fingerprint] });
    for (const text of place === 'first' ? [worse, whole] : [whole, worse]) {
      await using dir = await tempDir();
      await publishKey(openFileStorage(dir.path), fingerprint, text);
      expect(await admitPinnedKeys(trust, readersAt(dir.path))).toEqual([]);
    }
    const signer = await openSigner({
      ...{ secretKeys: privateKey, passphrase: undefined, choose: undefined, source: 'x', mirror: 'm' },
    });
    expect(await trust.verify(await signer.sign('{}\n'), 'x')).toMatchObject({ fingerprint });
  });

  it.each(['whole', 'twice'] as const)(
    'what one says is revoked is so, where another has it %s',
    async (how) => {
      const { privateKey, revoked, [how]: other } = await copiesOf();
      const { fingerprint } = await keyOf(other);
      const signer = await openSigner({
        ...{ secretKeys: privateKey, passphrase: undefined, choose: undefined, source: 'x', mirror: 'm' },
      });
      const message = await signer.sign('{}\n');
      for (const texts of [
        [revoked, other],
        [other, revoked],
      ]) {
        const trust = await openTrust({ keys: [], fingerprints: [fingerprint] });
        for (const text of texts) await trust.admit(text, 'a mirror');
        await expect(trust.verify(message, 'x')).rejects.toThrow();
      }
      const trust = await openTrust({ keys: [], fingerprints: [fingerprint] });
      await trust.admit(other, 'a mirror');
      expect(await trust.verify(message, 'x')).toMatchObject({ fingerprint });
    },
  );

  it('says nothing of a mirror that does not give what another one has', async () => {
    await using dir = await tempDir();
    await using server = await startHttpServer({ fault: () => ({ status: 403 }) });
    const storage = await openHttp(server.url);
    const { publicKey } = await makeKey();
    const { fingerprint } = await keyOf(publicKey);
    await publishKey(openFileStorage(dir.path), fingerprint, publicKey);
    const trust = await openTrust({ keys: [], fingerprints: [fingerprint] });
    const readers = [...readersOf(storage, NO_GRAPH), ...readersAt(dir.path)];
    expect(await admitPinnedKeys(trust, readers)).toEqual([]);
    expect(trust.missing()).toEqual([]);
    await storage.close();
  });

  it('none counts beside one that was brought by hand', async () => {
    await using dir = await tempDir();
    const { publicKey } = await makeKey();
    const { fingerprint } = await keyOf(publicKey);
    const fetched = vi.fn();
    const trust = await openTrust({ keys: [{ text: publicKey, source: 'a' }], fingerprints: [fingerprint] });
    expect(trust.wanted()).toEqual([]);
    const [reader] = readersAt(dir.path);
    if (reader === undefined) throw new Error('no reader');
    await admitPinnedKeys(trust, [{ ...reader, storage: { ...reader.storage, get: fetched } }]);
    expect(fetched).not.toHaveBeenCalled();
  });
});

describe('the keyring', () => {
  it('keeps keys by fingerprint, for this user, and learns of revocations', async () => {
    await using dir = await tempDir();
    const folder = join(dir.path, 'data/keys');
    expect(await readKeyring(folder)).toEqual([]);
    const pair = await makeKey();
    const key = await keyOf(pair.publicKey);
    expect(await addToKeyring(folder, key, false)).toBe('added');
    expect(await addToKeyring(folder, key, false)).toBe('unchanged');
    expect(readdirSync(folder)).toEqual([`${key.fingerprint}.asc`]);
    expect(statSync(folder).mode & 0o077).toBe(0);

    const revoked = await revokeKey({
      key: await readPrivateKey({ armoredKey: pair.privateKey }),
      format: 'armored',
    });
    expect(await addToKeyring(folder, await keyOf(revoked.publicKey), false)).toBe('updated');
    // The copy without the revocation does not undo it, unless that is what is asked for.
    expect(await addToKeyring(folder, key, false)).toBe('unchanged');
    const [kept] = await readKeyring(folder);
    expect(await readPublicKeys(kept?.text ?? '', 'x')).toMatchObject([{ problem: 'revoked' }]);
    expect(await addToKeyring(folder, key, true)).toBe('updated');
    expect(readFileSync(join(folder, `${key.fingerprint}.asc`), 'utf8')).toBe(key.key.armor());
  });

  it('loses nothing of what two add to one key at the same time', async () => {
    await using dir = await tempDir();
    const { privateKey, publicKey } = await makeKey();
    const key = await keyOf(publicKey);
    const secret = await readPrivateKey({ armoredKey: privateKey });
    const revoked = await revokeKey({ key: secret, format: 'armored' });
    const userIDs = [{ name: 'Other', email: 'other@example.org' }];
    const renamed = await reformatKey({ privateKey: secret, userIDs, format: 'armored' });
    await addToKeyring(dir.path, key, false);
    const copies = [await keyOf(revoked.publicKey), await keyOf(renamed.publicKey)];
    await Promise.all(copies.map((copy) => addToKeyring(dir.path, copy, false)));
    const [kept] = await readKeyring(dir.path);
    const [merged] = await readPublicKeys(kept?.text ?? '', 'x');
    expect([merged?.problem, merged?.userIds.length]).toEqual(['revoked', 2]);
  });

  it('names the file that is no key', async () => {
    await using dir = await tempDir();
    writeFileSync(join(dir.path, 'x.asc'), 'no key');
    const keys = await readKeyring(dir.path);
    await expect(openTrust({ keys, fingerprints: [] })).rejects.toMatchObject({
      code: 'bad-input',
      facts: { file: join(dir.path, 'x.asc') },
    });
  });
});
