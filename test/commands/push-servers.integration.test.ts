/** The fixture's store on S3 servers that others wrote, as Spack would have it there. Wants gpg and radosgw. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSigner } from '../../src/cache/trust/signing.ts';
import { readAll } from '../../src/storage/read.ts';
import type { Storage } from '../../src/storage/storage.ts';
import type { InstallTree } from '../../src/tree/install-tree.ts';
import { makeKey } from '../cache/keys.ts';
import {
  assertSound,
  blobOf,
  type Documents,
  folderDocuments,
  indexOf,
  manifestRecords,
} from '../cache/mirror-state.ts';
import { startGpg } from '../harness/gpg.ts';
import { hasMoto, startMoto } from '../harness/moto.ts';
import { startRadosgw } from '../harness/radosgw.ts';
import { createBucket, openS3, openTestClient, TEST_CREDENTIALS } from '../harness/s3-place.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { EXPECTED, SPACK_MIRROR, unpackToyStore } from '../tree/toy-store.ts';
import { kinds, pushToy, target } from './push-toy.ts';

const { accessKeyId, secretAccessKey } = TEST_CREDENTIALS;
const SERVERS: [string, () => Promise<{ readonly url: string; stop(): Promise<void> }>][] = [
  ["Ceph's gateway", async () => await startRadosgw(accessKeyId, secretAccessKey)],
];
if (hasMoto()) SERVERS.push(['moto', startMoto]);
else console.log('moto_server is not on the PATH: pushing to moto is not tested here');

let dir: TempDir;
let tree: InstallTree;
beforeAll(async () => {
  dir = await tempDir();
  tree = await unpackToyStore(join(dir.path, 'store'));
});
afterAll(() => dir[Symbol.asyncDispose]());

describe.each(SERVERS)("the fixture's store, pushed to %s", (_, start) => {
  let url: string;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ url, stop } = await start());
  }, 120_000);
  afterAll(async () => await stop());

  const open = async (bucket: string): Promise<Storage> => {
    await createBucket(url, bucket);
    return await openS3(url, { bucket, http: await openTestClient(30_000) });
  };

  it("is unsigned what Spack's own mirror is", async () => {
    const storage = await open('unsigned');
    try {
      expect(kinds(await pushToy(tree, [target(storage)]))).toEqual(Array(6).fill('pushed'));
      const documents = await download(storage);
      expectSpacksTars(documents);
      expect(indexOf(documents)).toEqual(indexOf(folderDocuments(SPACK_MIRROR)));
      const again = await pushToy(tree, [target(storage)]);
      expect(kinds(again)).toEqual(Array(6).fill('present'));
      expect(again.mirrors[0]?.index).toMatchObject({ changed: false });
    } finally {
      await storage.close();
    }
  });

  it.each(['gpg', 'openpgp'])(
    'is signed so that gpg accepts each manifest, with a key that %s made',
    async (by) => {
      const folder = join(dir.path, `${by}-${new URL(url).port}`);
      mkdirSync(folder);
      await using gpg = startGpg(folder);
      let secretKeys: string;
      if (by === 'gpg') {
        gpg.run(['--quick-gen-key', 'Toy <toy@example.org>', 'rsa3072', 'sign', 'never']);
        secretKeys = gpg.run(['--armor', '--export-secret-keys']);
      } else {
        secretKeys = (await makeKey()).privateKey;
      }
      const signer = await openSigner({
        secretKeys,
        passphrase: undefined,
        choose: undefined,
        source: '$KEY',
        mirror: 'mirror',
      });
      gpg.run(['--import'], signer.publicKey);
      const storage = await open(`signed-${by}`);
      try {
        expect(kinds(await pushToy(tree, [target(storage, { signer })]))).toEqual(Array(6).fill('pushed'));
        const documents = await download(storage);
        expectSpacksTars(documents);
        for (const { manifest_path: key } of EXPECTED.values()) {
          const file = join(folder, key);
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, documents.get(key) ?? '');
          expect(gpg.verify(file)).toContain(`VALIDSIG ${signer.fingerprint}`);
        }
      } finally {
        await storage.close();
      }
    },
  );
});

function expectSpacksTars(documents: Documents): void {
  assertSound(documents);
  for (const { manifest_path: key, tar_sha256 } of EXPECTED.values()) {
    const [tarball] = manifestRecords(documents.get(key) ?? Buffer.alloc(0)).filter(({ mediaType }) =>
      mediaType.includes('tar'),
    );
    if (tarball === undefined) throw new Error(`${key} names no tarball`);
    expect(createHash('sha256').update(blobOf(documents, tarball)).digest('hex')).toBe(tar_sha256);
  }
}

async function download(storage: Storage): Promise<Documents> {
  const documents = new Map<string, Buffer>();
  for await (const { key } of storage.list('')) {
    const object = await storage.get(key);
    if (object === undefined || object === 'not-modified') throw new Error(`${key} is gone`);
    documents.set(key, await readAll(object, { maxBytes: 2 ** 30, what: key, url: 'x:' }));
  }
  return documents;
}
