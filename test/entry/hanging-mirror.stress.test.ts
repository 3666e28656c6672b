/** Servers that hang cost a bounded time, whatever there is to ask, and whatever is configured of retries. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { cleanupsAfterEach } from '../harness/cleanups.ts';
import { type Fault, startHttpServer } from '../harness/http-server.ts';
import { listen } from '../harness/listen.ts';
import { ACCESS_KEY, SECRET_KEY, startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { buildcache, environmentOf, mirrorOf } from './command-line.ts';

const SIGNED = mirrorOf('1.2', 'signed');
/** Seconds. */
const TIMEOUT = 0.4;

const cleanups = cleanupsAfterEach();

async function timed(args: readonly string[], env: Record<string, string> = {}) {
  const start = performance.now();
  const all = ['check', '-e', environmentOf('1.2'), '--timeout', String(TIMEOUT), '--json', ...args];
  const { code, stdout } = await buildcache(all, { env });
  return { code, report: JSON.parse(stdout), seconds: (performance.now() - start) / 1000 };
}

/** Twice the time-out, and a lot for a machine that is busy: with all its retries one request alone would take longer. */
const MOST = 2 * TIMEOUT + 15;

describe('a mirror that hangs', () => {
  const isSpec = (path: string) => path.includes('/manifests/spec/');
  test.each<readonly [string, (path: string) => Fault, readonly string[]]>([
    ['altogether', () => 'stall', []],
    ['in the middle of each answer', () => 'stall-body', []],
    ['at its specs', (path) => (isSpec(path) ? 'stall' : undefined), ['--verify', 'manifests']],
    [
      'at its specs, one at a time',
      (path) => (isSpec(path) ? 'stall' : undefined),
      ['--verify', 'manifests', '-j', '1'],
    ],
    ['at its index', (path) => (path.includes('/index') ? 'stall' : undefined), []],
  ])('%s is unknown within twice the time-out, for all specs and retries', async (_, fault, more) => {
    const server = await startHttpServer({ root: SIGNED, fault: ({ path }) => fault(path) });
    cleanups.push(() => server.close());
    const { code, report, seconds } = await timed(['-m', server.url, '--retries', '20', ...more]);
    expect(code).toBe(2);
    expect(seconds).toBeLessThan(MOST);
    expect(JSON.stringify(report)).toMatch(/did not answer in time|stalled|is not asked again/);
  });

  it('does not cost the others anything', async () => {
    const hanging = await startHttpServer({ root: SIGNED, fault: () => 'stall' });
    const good = await startHttpServer({ root: SIGNED });
    cleanups.push(
      () => hanging.close(),
      () => good.close(),
    );
    const args = ['-m', hanging.url, '-m', good.url, '--needs', 'all', '--retries', '20'];
    const { code, seconds } = await timed(args);
    expect(code).toBe(0); // on one of them it is all there
    expect(seconds).toBeLessThan(MOST);
  });

  it('in a bucket', async () => {
    const server = await startS3Server({ fault: () => 'stall' });
    cleanups.push(() => server.close());
    await using dir = await tempDir();
    const mirrors = join(dir.path, 'mirrors.yaml');
    const pair = 'access_pair: {id_variable: ID, secret_variable: SECRET}';
    writeFileSync(mirrors, `mirrors:\n  it: {url: "s3://bucket/m", ${pair}}\n`);
    const env = { S3_ENDPOINT_URL: server.url, ID: ACCESS_KEY, SECRET: SECRET_KEY };
    const { code, seconds } = await timed(['--mirrors', mirrors, '--retries', '20'], env);
    expect(code).toBe(2);
    expect(seconds).toBeLessThan(MOST);
  });

  it('in a registry', async () => {
    const server = await listen(() => undefined);
    cleanups.push(() => server.close());
    const { code, seconds } = await timed([
      '-m',
      `oci+http://${new URL(server.url).host}/toy/cache`,
      '--retries',
      '20',
    ]);
    expect(code).toBe(2);
    expect(seconds).toBeLessThan(MOST);
  });

  it('behind a proxy that hangs', async () => {
    const proxy = await listen(() => undefined);
    cleanups.push(() => proxy.close());
    proxy.server.on('connect', () => undefined);
    for (const scheme of ['http', 'https']) {
      const { code, seconds } = await timed(['-m', `${scheme}://mirror.invalid`, '--retries', '20'], {
        ALL_PROXY: proxy.url,
      });
      expect(code).toBe(2);
      expect(seconds).toBeLessThan(MOST);
    }
  });
});
