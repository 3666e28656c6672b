/** What ends the process, and how. Each runs in one of its own, from the sources. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it, test } from 'vitest';
import { blobKey, indexManifestKey } from '../../src/cache/layouts/layout3.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { buildcache, copyMirror, environmentOf, mirrorOf } from './command-line.ts';
import { VERB_PROCESS } from './program-under-test.ts';

const VERB = fileURLToPath(new URL('./verb-process.ts', import.meta.url));
const BUNDLE = new URL('../../src/entry/bundle.ts', import.meta.url).href;

const home = mkdtempSync(join(tmpdir(), 'buildcache-home-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param stdout a file descriptor, in place of a pipe */
function run(
  [program, ...args]: readonly [string, ...string[]],
  options: { stdout?: number; env?: Record<string, string> } = {},
) {
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, ...options.env };
  const child = spawn(program, args, { env, stdio: ['ignore', options.stdout ?? 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...output })));
}

/** All but the progress that is shown where a machine is slow. */
function errors(stderr: string): string[] {
  return stderr.split('\n').filter((line) => line !== '' && !/^\w+: \d+ of \d+/.test(line));
}

describe('an error that nobody catches', () => {
  test.each([
    ['thrown', 'throw new TypeError("oh\\nno")'],
    ['a rejection', 'Promise.reject(new TypeError("oh\\nno"))'],
    ['of a stream without a listener', 'process.stdin.destroy(new TypeError("oh\\nno"))'],
  ])('(%s) ends a verb with 2, and one line', async (_, fault) => {
    await using server = await startHttpServer({ fault: () => 'stall' });
    const preload = `data:text/javascript,${encodeURIComponent(`setTimeout(() => { ${fault} }, 1000).unref()`)}`;
    const args = ['check', '-e', environmentOf('1.2'), '-m', server.url, '--timeout', '20'];
    const { code, stderr } = await run([process.execPath, '--import', preload, VERB, ...args]);
    expect(errors(stderr)).toEqual(['error: internal error: oh\\nno. Please report it, with what was run']);
    expect(code).toBe(2);
  });

  it('ends a step with 2, and an annotation that is one line', async () => {
    await using server = await startHttpServer({ fault: () => 'stall' });
    await using dir = await tempDir();
    const script = `
      setTimeout(() => { throw new Error('oh\\n::set-output name=x::y') }, 1500).unref();
      await (await import(${JSON.stringify(BUNDLE)})).main();`;
    const env = {
      RUNNER_TEMP: dir.path,
      GITHUB_WORKSPACE: environmentOf('1.2'),
      GITHUB_OUTPUT: join(dir.path, 'outputs'),
      INPUT_MIRRORS: `toy=${server.url}`,
    };
    writeFileSync(join(dir.path, 'outputs'), '');
    const { code, stdout } = await run([process.execPath, '--input-type=module', '-e', script], { env });
    expect(stdout.split('\n').filter((line) => line.startsWith('::error'))).toEqual([
      expect.stringContaining('internal error: oh\\n::set-output'),
    ]);
    expect(code).toBe(2);
  });
});

describe('a disk that is full behind stdout', () => {
  test.each([[['--json']], [[]], [['--help']]])('is a failure, whatever the answer is (%j)', async (more) => {
    const full = openSync('/dev/full', 'w');
    try {
      const args = ['check', '-e', environmentOf('1.2'), '-m', mirrorOf('1.2', 'signed'), ...more];
      const { code, stderr } = await run([...VERB_PROCESS, ...args], { stdout: full });
      expect(errors(stderr)).toEqual([
        'error: stdout: cannot write the answer: no space left on the device (ENOSPC)',
      ]);
      expect(code).toBe(2);
    } finally {
      closeSync(full);
    }
  });

  it('a reader that has seen enough is none', async () => {
    const args = ['check', '-e', environmentOf('1.2'), '-m', mirrorOf('1.2', 'signed'), '--json'];
    const script = 'node_="$1"; shift; { "$node_" "$@"; echo "exit $?" >&2; } | true';
    const child = spawn('sh', ['-c', script, 'sh', ...VERB_PROCESS, ...args], {
      env: { PATH: process.env['PATH'] ?? '', HOME: home },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    await new Promise((resolve) => child.on('close', resolve));
    expect(errors(stderr)).toEqual(['exit 0']);
  });
});

describe('an index that is gzip, and cut short', () => {
  async function withIndex(dir: TempDir, bytes: Buffer): Promise<string> {
    const mirror = await copyMirror('1.2', 'signed', join(dir.path, 'mirror'));
    const file = join(mirror, indexManifestKey(undefined));
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { data: Record<string, unknown>[] };
    const checksum = createHash('sha256').update(bytes).digest('hex');
    Object.assign(manifest.data[0] ?? {}, { checksum, contentLength: bytes.length, compression: 'gzip' });
    writeFileSync(file, JSON.stringify(manifest));
    const blob = join(mirror, blobKey(checksum));
    await mkdir(dirname(blob), { recursive: true });
    writeFileSync(blob, bytes);
    return mirror;
  }
  const whole = gzipSync(JSON.stringify({ database: { version: '8', installs: {} } }));
  const other = gzipSync(Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 251)));

  test.each([
    ['at its start', whole.subarray(0, 5)],
    ['in its middle', whole.subarray(0, 30)],
    ['in its trailer', whole.subarray(0, -4)],
    ['far from its start', other.subarray(0, other.length - 40)],
    ['before anything', Buffer.alloc(0)],
    ['and replaced by what is no gzip', Buffer.from('{"database": {}}')],
  ])('%s, its digest right, is a note: the specs are asked for', async (_, bytes) => {
    await using dir = await tempDir();
    const mirror = await withIndex(dir, bytes);
    const args = ['check', '-e', environmentOf('1.2'), '-m', mirror];
    // What is uncaught ends the tests' own process too; that it is an answer, one of its own shows.
    const check = bytes.length === 30 ? await run([...VERB_PROCESS, ...args]) : await buildcache(args);
    expect(check.code).toBe(0);
    expect(check.stdout + check.stderr).toMatch(/its index cannot be used/);
    // Every other way to that index says it in one line, with 2.
    const list = await buildcache(['list', '-a', '-m', mirror]);
    expect(list.stdout + list.stderr).not.toMatch(/Z_|incorrect header|unexpected end/);
    const checked = await buildcache(['check-index', mirror]);
    expect(checked.code).toBe(1);
    const updated = await buildcache(['update-index', mirror]);
    expect(updated).toMatchObject({ code: 0 });
    expect((await buildcache(['check-index', mirror])).code).toBe(0);
  });
});
