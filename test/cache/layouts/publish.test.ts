import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { publishEntry, sendBlobs } from '../../../src/cache/layouts/publish.ts';
import type { Signer } from '../../../src/cache/trust/signing.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { memoryStorage, type Objects } from '../memory-storage.ts';
import { specOf } from '../signed-fixture.ts';

const NOBODY: Signer = {
  fingerprint: '',
  publicKey: '',
  sign: () => Promise.reject(new Error('it was to be signed')),
};

it('signs and sends no small tarball that is another than the one that was verified', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, 'tarball');
  const verified = gzipSync('verified');
  writeFileSync(file, gzipSync('another!'));
  const tarball = { file, size: verified.length, sha256: sha256(verified) };
  const content = { tarball, document: '{"spec":{"_meta":{"version":5}}}' };
  const objects: Objects = new Map();
  const storage = memoryStorage(objects, true);
  for (const send of [
    () => publishEntry(storage, specOf('1.2', 'toyapp'), content, NOBODY),
    () => sendBlobs(storage, content),
  ]) {
    await expect(send()).rejects.toMatchObject({ code: 'corrupt', facts: { url: file } });
  }
  expect([...objects.keys()]).toEqual([]);
});
