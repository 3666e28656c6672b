/** Blobs that are not held in memory, from and to each kind of storage. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { copyMirror } from '../../entry/command-line.ts';
import { runVerb } from '../../entry/run-verb.ts';
import { startGcsServer } from '../../harness/gcs-server.ts';
import { startHttpServer } from '../../harness/http-server.ts';
import { ACCESS_KEY, SECRET_KEY, startS3Server } from '../../harness/s3-server.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';
import { folderDocuments, publishedHashes } from '../mirror-state.ts';
import { bundleIn, ENV } from './bundle-fixture.ts';

let dir: TempDir;
let bundle: ReturnType<typeof bundleIn>;
const at = (name: string) => join(dir.path, name);

beforeAll(async () => {
  dir = await tempDir();
  bundle = bundleIn(dir.path);
  await copyMirror('1.2', 'unsigned', at('mirror'));
  const names = readdirSync(at('mirror'), { recursive: true, encoding: 'utf8' });
  const manifest = at(join('mirror', names.find((name) => name.includes('spec/zlib-toy/zlib')) ?? ''));
  const document = JSON.parse(readFileSync(manifest, 'utf8'));
  const bytes = randomBytes(6 * 1024 * 1024 + 5);
  const checksum = createHash('sha256').update(bytes).digest('hex');
  mkdirSync(at(`mirror/blobs/sha256/${checksum.slice(0, 2)}`), { recursive: true });
  writeFileSync(at(`mirror/blobs/sha256/${checksum.slice(0, 2)}/${checksum}`), bytes);
  document.data[0] = { ...document.data[0], contentLength: bytes.length, checksum };
  writeFileSync(manifest, JSON.stringify(document));
  const ran = await bundle('create', '-e', ENV, '-m', './mirror', '-u', '-o', 'env.tar');
  expect(ran, ran.err).toMatchObject({ code: 0 });
});
afterAll(() => dir[Symbol.asyncDispose]());

const whole = () => publishedHashes(folderDocuments(at('mirror')));

it('folder to folder: in one pass, by the thread that digests it', async () => {
  expect((await bundle('verify', 'env.tar')).code).toBe(0);
  const ran = await bundle('import', '-u', 'env.tar', './folder', '--json');
  expect(ran.code).toBe(0);
  const [mirror] = JSON.parse(ran.out).mirrors;
  expect(mirror.specs.map((spec: { bytes_through_us: number }) => spec.bytes_through_us)).toEqual([
    0, 0, 0, 0, 0, 0,
  ]);
  expect(publishedHashes(folderDocuments(at('folder')))).toEqual(whole());
  expect(await runVerb(['check-index', '-u', '--verify', 'all', './folder'], dir.path)).toMatchObject({
    code: 0,
  });
});

it('the same bytes from a web server', async () => {
  await using server = await startHttpServer({ root: at('mirror') });
  const args = ['create', '-e', ENV, '-m', server.url, '-u'] as const;
  expect((await bundle(...args, '-o', 'web.tar')).code).toBe(0);
  expect(readFileSync(at('web.tar')).equals(readFileSync(at('env.tar')))).toBe(true);
});

it('to a bucket of S3, and the same bytes out of it', async () => {
  const server = await startS3Server({ buckets: ['bucket'] });
  const env = {
    AWS_ACCESS_KEY_ID: ACCESS_KEY,
    AWS_SECRET_ACCESS_KEY: SECRET_KEY,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: server.url,
  };
  // The SDK reads them itself.
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    const imported = await runVerb(['bundle', 'import', '-u', 'env.tar', 's3://bucket/cache'], dir.path, env);
    expect(imported, imported.err).toMatchObject({ code: 0 });
    const create = ['bundle', 'create', '-e', ENV, '-m', 's3://bucket/cache', '-u', '-o', 's3.tar'];
    const made = await runVerb(create, dir.path, env);
    expect(made, made.err).toMatchObject({ code: 0 });
    expect(readFileSync(at('s3.tar')).equals(readFileSync(at('env.tar')))).toBe(true);
  } finally {
    await server.close();
  }
});

it('to a bucket of Google, and the same bytes out of it', async () => {
  await using server = await startGcsServer();
  const env = { STORAGE_EMULATOR_HOST: server.url };
  const imported = await runVerb(['bundle', 'import', '-u', 'env.tar', 'gs://bucket/cache'], dir.path, env);
  expect(imported, imported.err).toMatchObject({ code: 0 });
  const create = ['bundle', 'create', '-e', ENV, '-m', 'gs://bucket/cache', '-u', '-o', 'gcs.tar'];
  const made = await runVerb(create, dir.path, env);
  expect(made, made.err).toMatchObject({ code: 0 });
  expect(readFileSync(at('gcs.tar')).equals(readFileSync(at('env.tar')))).toBe(true);
});
