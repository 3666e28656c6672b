/** What comes from outside has a bound where it enters: one case for each that cost minutes, or the process. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { readKey } from 'openpgp';
import { expect, test } from 'vitest';
import { compactBuilder } from '../../src/cache/index/compact-builder.ts';
import { readPublicKeys } from '../../src/cache/trust/public-key.ts';
import { BuildcacheError, describeError } from '../../src/core/errors.ts';
import { fileSink } from '../../src/core/file-sink.ts';
import { globMatcher } from '../../src/core/glob.ts';
import { parseJson, stringifyCompact } from '../../src/core/json.ts';
import { DEFAULT_RETRY } from '../../src/core/retry.ts';
import { gunzipped } from '../../src/core/streams.ts';
import { readEnvironment } from '../../src/environment/environment.ts';
import { parseYaml } from '../../src/environment/yaml-text.ts';
import { readMirrors } from '../../src/mirrors/config.ts';
import { environmentMirrors } from '../../src/mirrors/environment-mirrors.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { readSpecFile } from '../../src/spec/spec-file.ts';
import { openGcsStorage } from '../../src/storage/gcs/gcs.ts';
import { openS3Storage } from '../../src/storage/s3/s3.ts';
import { makeKey } from '../cache/keys.ts';
import { cpuOf } from '../harness/cpu.ts';
import { listen } from '../harness/listen.ts';
import { openTestReader } from '../harness/registry-client.ts';
import { openTestClient } from '../harness/s3-place.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { SOURCE } from './parsers.ts';

const context = { base: '/', environment: undefined, env: {} };

test.each<readonly [string, () => unknown]>([
  ['a spec file that is a bomb', () => readSpecFile(gzipSync(Buffer.alloc(64 * 1024 * 1024, ' ')), SOURCE)],
  ['a spec file of small objects', () => readSpecFile(Buffer.from(`[${'{},'.repeat(1_500_000)}0]`), SOURCE)],
  ['a spec file that is too long', () => readSpecFile(Buffer.alloc(33 * 1024 * 1024, ' '), SOURCE)],
  ['a lockfile of small objects', () => readLockfile(`[${'{},'.repeat(3_000_000)}0]`, SOURCE)],
  ['a hundred thousand mirrors', () => readMirrors(manyMirrors(100_000), SOURCE, context)],
  ['390 kB of quotes', () => parseYaml('"'.repeat(390_000), SOURCE)],
  ['a YAML document that is too long', () => parseYaml('a: b\n'.repeat(200_000), SOURCE)],
  [
    'four megabytes that begin keys',
    () => readPublicKeys('-----BEGIN PGP PUBLIC KEY BLOCK-----\n'.repeat(110_000), SOURCE),
  ],
  [
    'a gzip stream that is a bomb',
    () => buffer(gunzipped(Readable.from([gzipSync(Buffer.alloc(64 * 1024 * 1024))]), SOURCE)),
  ],
])('%s is refused at once, by name', async (_, read) => {
  const started = performance.now();
  const error = await Promise.resolve()
    .then(read)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  expect(error).toBeInstanceOf(BuildcacheError);
  expect(error).toMatchObject({ code: 'too-large' });
  expect(describeError(error)).toContain(SOURCE);
  expect(performance.now() - started).toBeLessThan(20_000);
});

function manyMirrors(count: number) {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${i}`, `https://x/${i}`]));
}

test('an index names no more packages than there could be', () => {
  const builder = compactBuilder(SOURCE);
  const add = (i: number, name: string) =>
    builder.add({
      hash: hashOf(i),
      json: Buffer.from(JSON.stringify({ spec: { name } })),
      offset: i,
      version: '8',
    });
  const all = () => {
    for (let i = 0; i <= 200_000; i++) add(i, `p${i}`);
  };
  expect(all).toThrow(
    expect.objectContaining({ code: 'too-large', facts: expect.objectContaining({ url: SOURCE }) }),
  );
  add(1, 'p1'); // one that is known
});

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

function hashOf(i: number): string {
  return [...i.toString(32).padStart(32, '0')].map((c) => BASE32[Number.parseInt(c, 32)]).join('');
}

test('a key that is repeated twenty thousand times is one key', async () => {
  const { publicKey } = await makeKey();
  const started = performance.now();
  const keys = await readPublicKeys(publicKey.repeat(500), SOURCE);
  expect(keys).toHaveLength(1);
  await expect(readPublicKeys(publicKey.repeat(20_000), SOURCE)).rejects.toMatchObject({ code: 'too-large' });
  expect(performance.now() - started).toBeLessThan(20_000);
});

test.each<readonly [string, string, (url: string) => Promise<AsyncIterable<unknown>>]>([
  ['a bucket of Google', 'items', async (url) => (await openGoogle(url)).list('')],
  ['a registry', 'tags', async (url) => (await openTestReader(`oci+${url}/toy/cache`)).tags()],
])('a page of %s with millions of values is not parsed', async (_, name, list) => {
  const page = `{"${name}":[${'{},'.repeat(3_000_000)}{}]}`;
  await using server = await listen((_request, response) => void response.end(page));
  const all = async () => {
    for await (const _one of await list(server.url));
  };
  await expect(all()).rejects.toMatchObject({ code: 'too-large' });
});

test.each([
  ['with fifty thousand types', `${'<!DOCTYPE a>'.repeat(50_000)}<ListBucketResult/>`],
  ['with a key of megabytes', `<ListBucketResult><Name>${'&x;'.repeat(700_000)}</Name></ListBucketResult>`],
  ['with an attribute of megabytes', `<ListBucketResult a="${'<a>'.repeat(700_000)}"/>`],
  ['with an attribute without quotes', `<ListBucketResult a=>${'<a>'.repeat(700_000)}>/>`],
  ['with a name of megabytes', `<${'<a'.repeat(1_000_000)}/>`],
])('an answer of S3 %s is not parsed', async (_, page) => {
  await using server = await listen((_request, response) => void response.end(page));
  const storage = await openS3Storage({
    bucket: 'bucket',
    prefix: '',
    endpointUrl: server.url,
    credentials: 'anonymous',
    http: await openTestClient(5_000),
    retry: DEFAULT_RETRY,
  });
  const all = async () => {
    for await (const _one of storage.list(''));
  };
  await expect(all()).rejects.toThrow('none that S3 gives');
});

async function openGoogle(endpointUrl: string) {
  const http = await openTestClient(5_000);
  return openGcsStorage({
    bucket: 'bucket',
    prefix: '',
    endpointUrl,
    token: async () => undefined,
    http,
    retry: DEFAULT_RETRY,
  });
}

test('keys that take minutes to look at are not looked at', { timeout: 60_000 }, async () => {
  const { publicKey } = await makeKey();
  const key = await readKey({ armoredKey: publicKey });
  const [user] = key.users;
  const [own] = user?.selfCertifications ?? [];
  if (user === undefined || own === undefined) throw new Error('a key without a signature');
  const signed = (times: number) => {
    user.selfCertifications = Array.from({ length: times }, () => own);
    return key.armor();
  };
  const tooMuch = { code: 'too-large' };
  await expect(readPublicKeys(largeDsaKey(), SOURCE)).rejects.toMatchObject(tooMuch);
  await expect(readPublicKeys(signed(1100), SOURCE)).rejects.toMatchObject(tooMuch);
  const budget = { signatures: 250 };
  const some = signed(100);
  for (let i = 0; i < 2; i++) expect(await readPublicKeys(some, SOURCE, budget)).toHaveLength(1);
  await expect(readPublicKeys(some, SOURCE, budget)).rejects.toMatchObject(tooMuch);
});

/** With numbers of eight kilobytes, and a signature of its own that takes minutes to be found wrong (RFC 9580). */
function largeDsaKey(): Buffer {
  const packet = (tag: number, body: Buffer) =>
    Buffer.concat([Buffer.of(0xc0 | tag, 0xff), u32(body.length), body]);
  const u16 = (value: number) => Buffer.of(value >> 8, value & 0xff);
  const u32 = (value: number) =>
    Buffer.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
  const mpi = (bytes: Buffer) => Buffer.concat([u16(8 * bytes.length), bytes]);
  const large = (last: number) => {
    const bytes = Buffer.alloc(8190, 0xff);
    bytes[bytes.length - 1] = last;
    return mpi(bytes);
  };
  const key = Buffer.concat([Buffer.of(4), u32(1_700_000_000), Buffer.of(17), large(0xff), large(0xfd)]);
  const body = Buffer.concat([key, large(0xa1), large(0xb1)]);
  const user = Buffer.from('large <large@example.org>');
  // Made at a time, for certifying and signing.
  const hashed = Buffer.concat([Buffer.of(5, 2), u32(1_700_000_001), Buffer.of(2, 27, 3)]);
  const head = Buffer.concat([Buffer.of(4, 0x13, 17, 10), u16(hashed.length), hashed]);
  const withLength = (first: number, length: Buffer, bytes: Buffer) =>
    Buffer.concat([Buffer.of(first), length, bytes]);
  const digest = createHash('sha512')
    .update(withLength(0x99, u16(body.length), body))
    .update(withLength(0xb4, u32(user.length), user))
    .update(Buffer.concat([head, Buffer.of(4, 0xff), u32(head.length)]))
    .digest();
  const id = createHash('sha1')
    .update(withLength(0x99, u16(body.length), body))
    .digest()
    .subarray(-8);
  const issuer = Buffer.concat([u16(10), Buffer.of(9, 16), id]);
  const numbers = Buffer.concat([large(0xf1), u16(1), Buffer.of(1)]);
  const signature = Buffer.concat([head, issuer, digest.subarray(0, 2), numbers]);
  return Buffer.concat([packet(6, body), packet(13, user), packet(2, signature)]);
}

test('keys stay as many as they are, up to a number that anybody has', async () => {
  const pairs = await Promise.all(Array.from({ length: 8 }, () => makeKey()));
  expect(await readPublicKeys(pairs.map(({ publicKey }) => publicKey).join('\n'), SOURCE)).toHaveLength(8);
});

test('a name of a package has an alphabet and a length', async () => {
  const node = (name: string) =>
    JSON.stringify({
      spec: { _meta: { version: 5 }, nodes: [{ name, version: '1', hash: 'a'.repeat(32), arch: {} }] },
    });
  for (const name of ['a'.repeat(129), 'a/b', 'a\nb', '-a', '']) {
    expect(() => readSpecFile(Buffer.from(node(name)), SOURCE)).toThrow(/name is malformed/);
  }
});

test.each(['/dev/zero', '/dev/ptmx', 'a pipe'])(
  'a link in a checked-out repository to what has no end, or never answers, is refused: %s',
  async (target) => {
    await using dir = await tempDir();
    for (const name of ['spack.lock', 'spack.yaml']) symlinkSync(target, join(dir.path, name));
    if (target === 'a pipe') {
      for (const name of ['spack.lock', 'spack.yaml']) {
        rmSync(join(dir.path, name));
        execFileSync('mkfifo', [join(dir.path, name)]);
      }
    }
    const files = { folder: dir.path, lockfile: join(dir.path, 'spack.lock') };
    await expect(environmentMirrors(dir.path, {})).rejects.toMatchObject({ code: 'bad-input' });
    await expect(readEnvironment(files)).rejects.toMatchObject({
      code: 'bad-input',
      facts: { file: files.lockfile },
    });
  },
);

test('a glob takes its length times that of the name', () => {
  const seconds = cpuOf(() => {
    expect(globMatcher('*-*-*-*-x')('-'.repeat(500))).toBe(false);
    expect(globMatcher(`${'*-'.repeat(50)}x`)('-'.repeat(500))).toBe(false);
  });
  expect(seconds).toBeLessThan(1);
  expect(() => globMatcher('*'.repeat(5000))).toThrow('too long');
});

test('what is nested too deep to be written names where it came from', () => {
  const deep = parseJson(`${'['.repeat(20_000)}${']'.repeat(20_000)}`, SOURCE);
  const written = () => stringifyCompact(deep, SOURCE);
  expect(written).toThrow(expect.objectContaining({ facts: { file: SOURCE } }));
});

test('a full disk names the file that found no room', async () => {
  const writing = pipeline(Readable.from([Buffer.alloc(1024)]), fileSink('/dev/full'));
  const error = await writing.catch((thrown: unknown) => thrown);
  expect(describeError(error)).toBe('/dev/full: cannot write the file: no space left on the device (ENOSPC)');
});

test('what a stream brings is not blamed on the file it was to become', async () => {
  await using dir = await tempDir();
  mkdirSync(join(dir.path, 'a'));
  writeFileSync(join(dir.path, 'b'), '');
  const theirs = new BuildcacheError('corrupt', 'theirs');
  const broken = Readable.from(
    (function* () {
      yield Buffer.alloc(1);
      throw theirs;
    })(),
  );
  await expect(pipeline(broken, fileSink(join(dir.path, 'b')))).rejects.toBe(theirs);
  const nowhere = pipeline(Readable.from([Buffer.alloc(1)]), fileSink(join(dir.path, 'a')));
  await expect(nowhere).rejects.toMatchObject({ code: 'io', facts: { file: join(dir.path, 'a') } });
});

test('an error of the system that nobody has made ours still says which file and why', () => {
  const error = Object.assign(new Error('EMFILE: too many open files, open'), {
    code: 'EMFILE',
    syscall: 'open',
    path: '/a/b',
  });
  expect(describeError(error)).toBe('/a/b: cannot open: too many open files (EMFILE)');
});
