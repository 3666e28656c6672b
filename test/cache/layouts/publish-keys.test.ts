import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPrivateKey, reformatKey, revokeKey } from 'openpgp';
import { describe, expect, it } from 'vitest';
import { keyManifestKey, publishKey } from '../../../src/cache/layouts/publish-keys.ts';
import { fetchKeys } from '../../../src/cache/reading/keys.ts';
import { readPublicKeys } from '../../../src/cache/trust/public-key.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { makeDesignated, makeKey } from '../keys.ts';
import { readersOf } from '../mirror-fixture.ts';

const DAY = 24 * 3600;
const EARLIER = new Date(Date.now() - 10 * DAY * 1000);

/** A mirror in a folder, to which copies of keys are published. */
function mirrorIn(folder: string) {
  const storage = openFileStorage(folder);
  return {
    publish: async (armored: string) => {
      const [key] = await readPublicKeys(armored, 'x');
      return await publishKey(storage, key?.fingerprint ?? '', armored);
    },
    offered: async () => (await fetchKeys(readersOf(storage, { nodes: new Map(), roots: [] }))).keys,
  };
}

const DISTRUSTED = "as the mirror's copy of it says";

describe('publishKey', () => {
  it('does not undo a revocation that was published, and says so', async () => {
    await using dir = await tempDir();
    const { publish, offered } = mirrorIn(dir.path);
    const { publicKey, privateKey } = await makeKey();
    const secret = await readPrivateKey({ armoredKey: privateKey });
    const revoked = (await revokeKey({ key: secret, format: 'armored' })).publicKey;
    expect(await publish(publicKey)).toBe(true);
    expect(await publish(revoked)).toBe(true);
    const files = readdirSync(dir.path, { recursive: true });
    await expect(publish(publicKey)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`revoked, ${DISTRUSTED}`),
    });
    expect(await offered()).toMatchObject([{ problem: 'revoked' }]);
    expect(await publish(revoked)).toBe(false);
    expect(readdirSync(dir.path, { recursive: true })).toEqual(files);
  });

  it('does not undo one by a designated revoker', async () => {
    await using dir = await tempDir();
    const { publish, offered } = mirrorIn(dir.path);
    const { before, revoked } = await makeDesignated();
    await publish(before);
    expect(await publish(revoked)).toBe(true);
    expect(await publish(revoked)).toBe(false);
    await expect(publish(before)).rejects.toThrow(DISTRUSTED);
    expect(await offered()).toMatchObject([{ problem: 'revoked by its designated revoker' }]);
  });

  it('does not undo that a key is over', async () => {
    await using dir = await tempDir();
    const { publish, offered } = mirrorIn(dir.path);
    const { publicKey, privateKey } = await makeKey({ date: EARLIER });
    const privateKeyRead = await readPrivateKey({ armoredKey: privateKey });
    const ended = await reformatKey({
      privateKey: privateKeyRead,
      userIDs: [{ name: 'Toy', email: 'toy@example.org' }],
      date: new Date(EARLIER.getTime() + 1000),
      keyExpirationTime: DAY,
      format: 'armored',
    });
    await publish(ended.publicKey);
    await expect(publish(publicKey)).rejects.toThrow(DISTRUSTED);
    expect((await offered())[0]?.problem).toContain('expired on');
  });

  it('keeps both the longer life and the new name, whichever copy comes last', async () => {
    await using dir = await tempDir();
    const { publish, offered } = mirrorIn(dir.path);
    const { publicKey, privateKey } = await makeKey({ date: EARLIER, expires: 20 * DAY });
    const longer = await reformatKey({
      privateKey: await readPrivateKey({ armoredKey: privateKey }),
      userIDs: [{ name: 'Other', email: 'other@example.org' }],
      keyExpirationTime: 1000 * DAY,
      format: 'armored',
    });
    expect(await publish(longer.publicKey)).toBe(true);
    expect(await publish(publicKey)).toBe(true);
    // By now all is there.
    expect(await publish(publicKey)).toBe(false);
    expect(await publish(longer.publicKey)).toBe(false);
    const [key] = await offered();
    expect(key?.userIds).toHaveLength(2);
    expect(key?.expires?.getTime()).toBeGreaterThan(Date.now() + 900 * DAY * 1000);
  });

  it.each([
    ['no key', () => 'no key'],
    ['another key', async () => (await makeKey()).publicKey],
  ])('replaces %s in its place', async (_, other) => {
    await using dir = await tempDir();
    const { publish, offered } = mirrorIn(dir.path);
    const { publicKey } = await makeKey();
    const [key] = await readPublicKeys(publicKey, 'x');
    const fingerprint = key?.fingerprint ?? '';
    await publishKey(openFileStorage(dir.path), fingerprint, await other());
    expect(await publish(publicKey)).toBe(true);
    expect(await offered()).toMatchObject([{ fingerprint, problem: undefined }]);
    writeFileSync(join(dir.path, keyManifestKey(fingerprint)), '{');
    expect(await publish(publicKey)).toBe(true);
    expect(await offered()).toMatchObject([{ fingerprint, problem: undefined }]);
  });
});
