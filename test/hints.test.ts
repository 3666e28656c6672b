/** What `docs/automation.md` lists under "When something is wrong": each message says what to type next. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ELSEWHERE_HINT } from '../src/tree/install-tree.ts';
import { environmentOf, mirrorOf, ROOT } from './entry/command-line.ts';
import { type Ran, runVerb } from './entry/run-verb.ts';
import { startHttpServer } from './harness/http-server.ts';
import { startS3Server } from './harness/s3-server.ts';
import { tempDir } from './harness/temp-dir.ts';

/** A command or a program to run, an option, an input or a variable to set, or a page to read. */
const NEXT =
  /`[a-z][^`]+`|--[a-z][a-z-]+|the input [a-z-]+|index-cache|\b[A-Za-z]+_[A-Za-z_]+\b|did you mean/i;

/** What comes of a command against the 1.2 environment, in a folder that it may change first. */
async function said(
  args: (folder: string) => readonly string[],
  env: Record<string, string> = {},
  change: (folder: string) => void = () => undefined,
): Promise<Ran> {
  await using dir = await tempDir();
  cpSync(environmentOf('1.2'), join(dir.path, 'env'), { recursive: true });
  change(dir.path);
  return await runVerb([...args(dir.path)], dir.path, env);
}

const check = (...more: string[]) => ['check', '-e', 'env', '--retries', '0', ...more];
const inEnv = (name: string, text: string) => (folder: string) =>
  writeFileSync(join(folder, 'env', name), text);
const mirrorsYaml = (section: string) =>
  inEnv('spack.yaml', `spack:\n  specs: []\n  mirrors: {${section}}\n`);

const CASES: Readonly<Record<string, () => Promise<string>>> = {
  'there is no index and none of the specs': async () =>
    (
      await said(
        (folder) => check('-m', join(folder, 'empty')),
        {},
        (at) => mkdirSync(join(at, 'empty')),
      )
    ).err,
  async 'the server answered with a web page'() {
    const html = { status: 200, body: '<!doctype html><title>Log in</title>' };
    await using server = await startHttpServer({ fault: () => html });
    return (await said(() => check('-m', server.url, '--verify', 'manifests'))).out;
  },
  'the connection was refused': async () => (await said(() => check('-m', 'http://127.0.0.1:1'))).out,
  async 'the proxy … wants a user and a password (407)'() {
    await using server = await startHttpServer({ fault: () => ({ status: 407, body: '' }) });
    return (await said(() => check('-m', 'http://m.example'), { http_proxy: server.url })).out;
  },
  async 'the server is not asked again'() {
    await using server = await startHttpServer({ fault: () => 'stall' });
    const args = ['--timeout', '0.1', '--retries', '20', '--verify', 'manifests', '-j', '1'];
    return (await said(() => check('-m', server.url, ...args))).out;
  },
  async 'the request signature is wrong'() {
    const server = await startS3Server({});
    await using _ = { [Symbol.asyncDispose]: () => server.close() };
    const pair = '{id: AKIATESTONLY, secret_variable: SECRET}';
    const mirror = `a: {url: "s3://bucket/m", endpoint_url: "${server.url}", access_pair: ${pair}}`;
    return (await said(() => check(), { SECRET: 'another' }, mirrorsYaml(mirror))).out;
  },
  'its signature is not to be trusted': async () =>
    (
      await said(() => [
        ...['install', '-m', mirrorOf('1.2', 'signed'), '--store', 'store', '--no-lock', '--otherarch'],
        'zlib-toy',
      ])
    ).err,
  'mirror … is signed, and there is no key to sign with': async () =>
    (await said(() => ['sync', '--all', '--key', 'A'.repeat(40), mirrorOf('1.2', 'signed'), './to'])).err,
  'there is no lockfile': async () =>
    (
      await said(
        () => check(),
        {},
        (folder) => rmSync(join(folder, 'env/spack.lock')),
      )
    ).err,
  'lockfile version … is not supported': async () =>
    (
      await said(
        () => check(),
        {},
        inEnv('spack.lock', '{"_meta": {"file-type": "spack-lockfile", "lockfile-version": 3}}'),
      )
    ).err,
  'has an unknown key': async () =>
    (await said(() => check(), {}, mirrorsYaml('a: {url: /m, singed: no}'))).err,
  'no spec of the environment matches': async () =>
    (await said(() => check('-m', mirrorOf('1.2', 'signed'), 'hdf5'))).err,
  'there is no install tree': async () =>
    (await said(() => ['push', '--store', 'none', './to', 'zlib-toy'])).err,
};

/** Rows that are no error, or whose error has a test where it comes from. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'it is listed, and not there': 'test/cache/writing/rebuild-index.test.ts',
  '403 for a single entry': 'test/cache/reading/presence.test.ts',
  'may not serve it': 'test/entry/mirror-filters.test.ts',
  'built from local source': 'test/commands/check.test.ts',
  'the database of … has prefixes elsewhere': 'test/tree/install-tree.test.ts',
  'unpacked from a build cache, not built here': 'no error: what a cache has need not be pushed',
  'a binary has no room for the longer new prefix': 'test/package/relocate-strings.test.ts',
  'going on without the GitHub Actions cache': 'test/github/cache.test.ts',
  'everything is rebuilt each time': 'no message',
};

const rows = (
  /## When something is wrong\n(.*)/s.exec(readFileSync(join(ROOT, 'docs/automation.md'), 'utf8'))?.[1] ?? ''
)
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:---|What you see)/.test(line))
  .map(
    (line) =>
      /^\| (?:`([^`]+)`|([^|`]+))/
        .exec(line)
        ?.slice(1)
        .find((each) => each !== undefined)
        ?.trim() ?? line,
  );

it('every row of the table is tried, or says where that is done', () => {
  expect([...Object.keys(CASES), ...Object.keys(ELSEWHERE)].sort()).toEqual([...rows].sort());
});

it.each(Object.entries(CASES))('%s: the message says what to do next', async (row, provoke) => {
  const text = await provoke();
  const line = text.split('\n').find((each) => row.split('…').every((part) => each.includes(part.trim())));
  expect(line, text).toBeDefined();
  expect(line).toMatch(NEXT);
});

it('a tree that was moved is told where Spack installs', () => {
  expect(ELSEWHERE_HINT).toMatch(NEXT);
});
