/** Whoever waits for a slow mirror sees within two seconds that something is being done, whatever it is. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { makeKey } from '../cache/keys.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { environmentOf, mirrorOf } from './command-line.ts';
import { runVerb } from './run-verb.ts';

/** Two seconds, and a lot for a machine that is busy and has to load us first. Without a sign it is for ever. */
const MOST = 8_000;

const FROM = 'http://slow';
const TO = 's3://slow/cache';

const VERBS: readonly (readonly string[])[] = [
  ['check', '-e', 'env', '-m', FROM],
  ['explain', '-e', 'env', '-m', FROM],
  ['diff', 'env', 'env', '-m', FROM],
  ['plan', '-e', 'env', '-m', FROM, '--format', 'json'],
  ['list', '-a', '-m', FROM],
  ['install', '-m', FROM, '--store', 'store', '--otherarch', '--no-lock', '-u', 'zlib-toy'],
  ['install', '-e', 'env', '-m', FROM, '--store', 'store', '--otherarch', '--no-lock', '-u'],
  ['keys', '-m', FROM],
  ['keys', '--publish', 'key.asc', TO],
  ['download', '-e', 'env', '-m', FROM, '-p', 'to', '-u', '-s', 'zlib-toy'],
  ['sync', '--all', '--unsigned', FROM, './to'],
  ['sync', '-e', 'env', '--unsigned', FROM, './to'],
  ['sync', '--all', '--unsigned', mirrorOf('1.2', 'signed'), TO],
  ['update-index', TO],
  ['check-index', FROM],
  ['check-index', TO],
  ['prune', TO, '--keep-environment', 'env'],
  ['migrate', '-u', TO],
];

test.each(VERBS.map((args) => [args.join(' '), args] as const))('%s', async (_, args) => {
  await using dir = await tempDir();
  cpSync(environmentOf('1.2'), join(dir.path, 'env'), { recursive: true });
  const server = await startHttpServer({ fault: () => 'stall' });
  await using __ = { [Symbol.asyncDispose]: () => server.close() };
  const bucket = await startS3Server({ fault: () => 'stall' });
  await using ___ = { [Symbol.asyncDispose]: () => bucket.close() };
  const { publicKey } = await makeKey();
  writeFileSync(join(dir.path, 'key.asc'), publicKey);
  const env = { S3_ENDPOINT_URL: bucket.url, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const controller = new AbortController();
  const start = performance.now();
  let first: number | undefined;
  const onError = (text: string) => {
    if (/^(?:warning|error)/.test(text)) return; // the warning that signatures are not verified comes at once
    first ??= performance.now() - start;
    controller.abort();
  };
  setTimeout(() => controller.abort(), MOST + 1_000).unref();
  const given = args.map((each) => (each === FROM ? server.url : each));
  await runVerb([...given, '--timeout', '60'], dir.path, env, { signal: controller.signal, onError });
  expect(first).toBeLessThan(MOST);
});
