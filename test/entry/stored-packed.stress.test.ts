/** Mirrors whose servers say `Content-Encoding`: of documents that were packed on top, and of what is gzip by itself. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { folderDocuments, listedHashes } from '../cache/mirror-state.ts';
import { cleanupsAfterEach } from '../harness/cleanups.ts';
import { type Fault, startHttpServer } from '../harness/http-server.ts';
import { ACCESS_KEY, SECRET_KEY, startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { buildcache, environmentOf, FIXTURES, mirrorOf } from './command-line.ts';

const KEY = ['--trusted-keys', join(FIXTURES, 'toy-ci.pub.asc')];
const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024));

const cleanups = cleanupsAfterEach();

type Version = '1.2' | '0.23';

/** All files of a mirror but its tarballs, by their path. */
function documentsOf(version: Version): ReadonlyMap<string, Buffer> {
  const root = mirrorOf(version, 'signed');
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return new Map(
    paths
      .filter((path) => !isTarball(readFileSync(path)))
      .map((path) => [path.slice(root.length + 1), readFileSync(path)]),
  );
}

/** What unpacks to something else than JSON. */
function isTarball(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes.length > 1_500;
}

async function served(version: Version, answer: (path: string, content: Buffer) => Fault): Promise<string> {
  const documents = documentsOf(version);
  const server = await startHttpServer({
    root: mirrorOf(version, 'signed'),
    fault: ({ path }) => {
      const content = documents.get(decodeURIComponent(path.slice(1)));
      return content === undefined ? undefined : answer(path, content);
    },
  });
  cleanups.push(() => server.close());
  return server.url;
}

const packed = (body: Uint8Array, coding = 'gzip'): Fault => ({
  status: 200,
  headers: { 'content-encoding': coding, 'content-length': String(body.length) },
  body,
});

const check = (version: Version, url: string, ...more: string[]) =>
  buildcache(['check', '-e', environmentOf(version), '-m', url, '--retries', '0', ...more]);

describe.each(['1.2', '0.23'] as const)('a mirror of Spack %s', (version) => {
  const ways: readonly (readonly [string, (path: string, content: Buffer) => Fault])[] = [
    ['packed on top', (_, content) => packed(gzipSync(content))],
    ['packed on top, by another name', (_, content) => packed(gzipSync(content), 'X-GZIP')],
    ['called gzip, and as it is', (_, content) => packed(content)],
    ['sent in chunks of AWS', (_, content) => packed(content, 'aws-chunked')],
    ['said to be packed in nothing', (_, content) => packed(content, 'identity')],
    ['said to be packed in their characters', (_, content) => packed(content, 'utf-8')],
  ];
  test.each(ways)('whose documents are %s', async (way, answer) => {
    const url = await served(version, answer);
    for (const verify of ['exists', 'manifests']) {
      expect(await check(version, url, '--verify', verify), way).toMatchObject({ code: 0 });
    }
    const list = await buildcache(['list', '--allarch', '-m', url]);
    expect(list).toMatchObject({ code: 0, stdout: expect.stringContaining('toyapp') });
  });

  test.each<readonly [string, Fault, RegExp]>([
    ['a bomb', packed(BOMB), /too large when unpacked/],
    ['cut short', packed(gzipSync(Buffer.alloc(1000)).subarray(0, 15)), /cannot be unpacked.*cut short/],
    ['damaged', packed(Buffer.from('1f8b0800000000000003ffffffffffff', 'hex')), /cannot be unpacked/],
    ['packed in Brotli', packed(brotliCompressSync('{}'), 'br'), /Content-Encoding.*br/],
    ['packed twice', packed(gzipSync(gzipSync('{}')), 'gzip, gzip'), /Content-Encoding.*gzip, gzip/],
    ['empty', packed(Buffer.alloc(0)), /JSON|spec file|index/],
  ])('does not end a check by documents that are %s', async (_, fault, reason) => {
    const url = await served(version, () => fault);
    const { code, stdout, stderr } = await check(version, url, '--verify', 'manifests');
    expect(stdout + stderr).toMatch(reason);
    expect(code).toBe(2);
  });
});

it('is copied as it was before somebody packed it', async () => {
  const url = await served('1.2', (_, content) => packed(gzipSync(content)));
  await using dir = await tempDir();
  const copied = await buildcache(['sync', '-e', environmentOf('1.2'), url, dir.path, ...KEY]);
  expect(copied).toMatchObject({ code: 0 });
  expect(listedHashes(folderDocuments(dir.path)).size).toBe(6);
  expect(await check('1.2', dir.path, '--verify', 'blobs')).toMatchObject({ code: 0 });
});

it('a compressed index that its server calls gzip is read as its manifest says', async () => {
  const root = mirrorOf('1.2', 'signed');
  await using dir = await tempDir();
  await using server = await startHttpServer({
    root,
    fault: ({ path }) => {
      const content = path.startsWith('/blobs/') ? readFileSync(join(root, path)) : undefined;
      return content === undefined ? undefined : packed(content);
    },
  });
  expect(await check('1.2', server.url, '--verify', 'blobs')).toMatchObject({ code: 0 });
  const copied = await buildcache(['sync', '-e', environmentOf('1.2'), server.url, dir.path, ...KEY]);
  expect(copied).toMatchObject({ code: 0 });
});

it('documents of a bucket are read as they were before somebody packed them', async () => {
  const documents = documentsOf('1.2');
  const server = await startS3Server({
    fault: ({ method, key }) => {
      const content = documents.get(key.replace(/^m\//, ''));
      if (content === undefined || method === 'PUT') return undefined;
      const body = gzipSync(content);
      const headers = { 'content-encoding': 'gzip', 'content-length': String(body.length) };
      return { answer: { status: 200, headers, body } };
    },
  });
  cleanups.push(() => server.close());
  const env = {
    S3_ENDPOINT_URL: server.url,
    AWS_ENDPOINT_URL: server.url,
    ID: ACCESS_KEY,
    SECRET: SECRET_KEY,
  };
  await using dir = await tempDir();
  const mirrors = join(dir.path, 'mirrors.yaml');
  const pair = 'access_pair: {id_variable: ID, secret_variable: SECRET}';
  writeFileSync(mirrors, `mirrors:\n  it: {url: "s3://bucket/m", ${pair}}\n`);
  const args = ['check', '-e', environmentOf('1.2'), '--mirrors', mirrors, '--verify', 'manifests'];
  expect(await buildcache(args, { env })).toMatchObject({ code: 0 });
  expect(server.requests.length).toBeGreaterThan(6);
});
