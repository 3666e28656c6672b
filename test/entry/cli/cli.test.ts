import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/core/digest.ts';
import { VERBS } from '../../../src/entry/cli/verbs.ts';
import { type Fault, startHttpServer } from '../../harness/http-server.ts';
import { readCommands } from '../../harness/runner-commands.ts';
import { createMasker } from '../../harness/runner-masks.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { moveToyStore } from '../../tree/toy-store.ts';
import {
  buildcache,
  copyMirror,
  deleteIndex,
  environmentOf,
  expectedShortSpecs,
  mirrorOf,
  program,
  type SpackVersion,
} from '../command-line.ts';

const VERSIONS: readonly SpackVersion[] = ['1.2', '0.23'];

interface RebuildSpec {
  readonly short_spec: string;
  readonly hash: string;
}
type Manifest = Record<string, { mirrorName: string; mirrorUrl: string; rebuildSpecs: RebuildSpec[] }>;

const readManifest = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Manifest;

describe.each(VERSIONS)('check of the Spack %s fixture', (version) => {
  it.each(['signed', 'unsigned'] as const)('against its %s mirror on disk: all present', async (kind) => {
    await using dir = await tempDir();
    const output = join(dir.path, 'out.json');
    const url = pathToFileURL(mirrorOf(version, kind)).href;
    const result = await program(['check', '-e', environmentOf(version), '-m', url, '-o', output]);
    // A busy machine takes long enough to be told of progress.
    expect(result).toMatchObject({ code: 0, stderr: expect.stringMatching(/^(Checking: \d of 6\n)*$/) });
    expect(readFileSync(output, 'utf8')).toBe('{}');
  });

  it('against an empty folder: everything but the external specs, in the very words of Spack', async () => {
    await using dir = await tempDir();
    const output = join(dir.path, 'out.json');
    const url = pathToFileURL(join(dir.path, 'empty')).href;
    await mkdir(join(dir.path, 'empty'));
    const { code } = await program(['check', '-e', environmentOf(version), '-m', url, '-o', output]);
    expect(code).toBe(1);
    const manifest = readManifest(output);
    expect(Object.keys(manifest)).toEqual([url]);
    expect(manifest[url]).toMatchObject({ mirrorName: 'additionalMirrorUrl', mirrorUrl: url });
    const found = Object.fromEntries(
      (manifest[url]?.rebuildSpecs ?? []).map((spec) => [spec.hash, spec.short_spec]),
    );
    expect(found).toEqual(expectedShortSpecs(version));
  });

  it.each(['present', 'deleted', 'corrupted', 'stale'])(
    'over HTTP with its index %s: the same answer',
    async (state) => {
      await using dir = await tempDir();
      const mirror = await copyMirror(version, 'unsigned', join(dir.path, 'mirror'));
      await spoilIndex(version, mirror, state);
      await using server = await startHttpServer({ root: mirror });
      const args = ['check', '-e', environmentOf(version), '-m', server.url, '-q'];
      const output = join(dir.path, 'out.json');
      const env = { BUILDCACHE_CACHE_DIR: join(dir.path, 'cache') };
      for (const run of ['cold', 'warm']) {
        const result = await buildcache([...args, '-o', output], { env });
        expect(result, run).toMatchObject({ code: 0, stdout: '', stderr: '' });
        expect(readFileSync(output, 'utf8')).toBe('{}');
      }
    },
  );
});

async function spoilIndex(version: SpackVersion, mirror: string, state: string): Promise<void> {
  if (state === 'deleted') await deleteIndex(version, mirror);
  if (state === 'present' || state === 'deleted') return;
  const stale = state === 'stale';
  const empty = '{"database":{"version":"8","installs":{}}}';
  const text = stale ? empty : '{"database":{"version":"8","insta';
  if (version === '0.23') {
    await writeFile(join(mirror, 'build_cache/index.json'), text);
    if (stale) await writeFile(join(mirror, 'build_cache/index.json.hash'), sha256(text));
    return;
  }
  const file = join(mirror, 'v3/manifests/index/index.manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as {
    data: { checksum: string; contentLength: number }[];
  };
  const [record] = manifest.data;
  if (record === undefined) throw new Error('the fixture has no index record');
  const digest = stale ? sha256(text) : record.checksum;
  await mkdir(join(mirror, 'blobs/sha256', digest.slice(0, 2)), { recursive: true });
  await writeFile(join(mirror, 'blobs/sha256', digest.slice(0, 2), digest), text);
  if (stale) {
    Object.assign(record, { checksum: digest, contentLength: text.length });
    await writeFile(file, JSON.stringify(manifest));
  }
}

describe('a mirror that gives no answer', () => {
  const faults: Record<string, Fault> = {
    '401': { status: 401 },
    '403': { status: 403 },
    '429': { status: 429, headers: { 'retry-after': '0' } },
    '500': { status: 500 },
    '503': { status: 503 },
    reset: 'reset',
    stall: 'stall',
    'stall in the body': 'stall-body',
    'truncated body': 'truncate',
    'HTML with 200': 'html',
    'redirect loop': 'redirect-loop',
    'no HTTP': 'garbage',
  };
  it.each(Object.entries(faults))(
    '%s: exit 2, one line that says why, the old file removed',
    async (_, fault) => {
      await using dir = await tempDir();
      const output = join(dir.path, 'out.json');
      writeFileSync(output, 'an old answer');
      await using server = await startHttpServer({ root: mirrorOf('1.2', 'signed'), fault: () => fault });
      const timeout = String(fault).startsWith('stall') ? '0.1' : '5';
      const options = ['--timeout', timeout, '--retries', '0', '-o', output];
      const result = await buildcache(['check', '-e', environmentOf('1.2'), '-m', server.url, ...options], {
        env: { BUILDCACHE_CACHE_DIR: join(dir.path, 'cache') },
      });
      expect(result.code).toBe(2);
      expect(existsSync(output)).toBe(false);
      expect(result.stdout).toMatch(/0 present, 6 unknown/);
      expect(result.stdout.match(/Unknown: .* and 3 more:\n {2}http/g)).toHaveLength(1);
      expect(server.requests.length).toBeLessThan(60); // the mirror is down, not every spec
    },
  );

  it('a refused port: exit 2', async () => {
    const server = await startHttpServer();
    await server.close();
    const result = await buildcache([
      'check',
      '-e',
      environmentOf('1.2'),
      '-m',
      server.url,
      '--retries',
      '0',
    ]);
    expect(result.code).toBe(2);
    expect(result.stdout).toContain('the connection was refused');
  });

  it('404 for everything is an answer: exit 1', async () => {
    await using server = await startHttpServer();
    const result = await buildcache(['check', '-e', environmentOf('1.2'), '-m', server.url]);
    expect(result.code).toBe(1);
    expect(result.stdout).toContain('6 of 6 specs are missing and need a rebuild.');
  });
});

describe('the command line', () => {
  it('takes many who wait for one signal for no leak', () => {
    const cli = new URL('../../../src/entry/cli/cli.ts', import.meta.url).href;
    // What a signal is to Node 20; from 22 on signals are never warned of.
    const many = `
      import { runCli } from ${JSON.stringify(cli)};
      await runCli(['--version'], '1');
      const signal = new EventTarget();
      for (let i = 0; i < 11; i++) signal.addEventListener('abort', () => {});`;
    const child = spawnSync(process.execPath, ['--input-type=module', '--eval', many], { encoding: 'utf8' });
    expect([child.stdout, child.stderr]).toEqual(['1\n', '']);
  });

  it.each([
    ['GitHub', { GITHUB_ACTIONS: 'true' }],
    ['Azure Pipelines', { TF_BUILD: 'True' }],
    ['TeamCity', { TEAMCITY_VERSION: '2026.1' }],
    ['nobody', {}],
  ])(
    'prints no command to the runner of %s, whatever mirrors are called, and the same answer',
    async (_, env) => {
      await using dir = await tempDir();
      const mirrors = join(dir.path, 'mirrors.yaml');
      const vso = 'b ##vso[task.setvariable variable=x]y';
      const names = ['::set-output name=x::y', '##[set-output name=x;]y', vso, '##teamcity[message]', 'a'];
      const url = pathToFileURL(mirrorOf('1.2', 'signed')).href;
      await writeFile(
        mirrors,
        JSON.stringify({ mirrors: Object.fromEntries(names.map((name) => [name, url])) }),
      );
      const asked = ['check', '-e', environmentOf('1.2'), '--mirrors', mirrors, 'libtoy'];
      const text = await buildcache(asked, { env });
      const json = await buildcache([...asked, '--json'], { env });
      const wrong = await buildcache([...asked, '--needs', names[1] ?? '', '##[set-output name=x;]y'], {
        env,
      });
      expect([text.code, json.code, wrong.code]).toEqual([0, 0, 2]);
      const reader = readCommands(createMasker());
      for (const each of [text, json, wrong])
        for (const line of `${each.stdout}\n${each.stderr}`.split('\n')) reader.line(line);
      expect(reader.commands).toEqual([]);
      for (const { stdout, stderr } of [text, json, wrong])
        expect(stdout + stderr).not.toMatch(/##(?:vso|teamcity)?\[|^\s*::/m);
      expect(JSON.parse(json.stdout)).toMatchObject({ mirrors: names.map((name) => ({ name })) });
    },
  );

  it('prints its version, and help for a verb', async () => {
    const { version } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'),
    ) as {
      version: string;
    };
    expect(await program(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
    const help = await program(['check', '--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('--needs <any|all|mirror>');
  });

  it('has help for every verb: its own options first, examples, exit codes, no empty defaults', async () => {
    for (const { name } of VERBS) {
      const { code, stdout } = await buildcache([name, '--help']);
      expect(code, name).toBe(0);
      expect(stdout, name).toMatch(/Examples:\n {2}buildcache .*.*Exit code:\n {2}0 {2}/s);
      expect(stdout, name).not.toMatch(/default: (\[\]|\[object|false|\d{7})/);
      if (!['mirror', 'bundle', 'completion'].includes(name))
        expect(stdout, name).toMatch(/\nOptions:\n.*\nOptions of all verbs:\n {2}-e, /s);
    }
  });

  it('--verbose says how it was told', async () => {
    const args = ['check', '-v', '-e', environmentOf('1.2'), '-m', mirrorOf('1.2', 'signed')];
    expect((await buildcache(args)).stderr).toMatch(/index .*, 6 specs told by it; 0 asked for one by one/);
  });

  it('-q says what failed, and no more', async () => {
    await using dir = await tempDir();
    const store = join(dir.path, 'store');
    await moveToyStore(store);
    await rm(join(store, 'linux-x86_64_v3'), { recursive: true });
    const args = ['push', '-q', '-u', join(dir.path, 'mirror'), '--store', store, '-e', environmentOf('1.2')];
    const { code, stdout, stderr } = await buildcache(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: failed gcc-runtime@12.2.0\/n7wlr2i, .* and 1 more: .*\n$/);
  });

  it.each([
    [['chekc'], 'Did you mean check?'],
    [['check', '--verify', 'maybe'], 'exists, manifests, blobs'],
    [['check', '--jobs', '0'], 'a whole number from 1 to 512'],
    [['check', '-e', '/nonexistent'], '/nonexistent: cannot open the environment'],
    [['check', '-e', environmentOf('1.2')], 'there is no mirror to check against'],
    [['check', '-e', environmentOf('1.2'), '-m', 'releases'], 'no mirror named "releases"'],
    [['check', '-e', environmentOf('1.2'), '-m', 'ftp://host/x'], 'ftp:// is not supported'],
    [['check', '-e', environmentOf('1.2'), '-m', 'htps://host/x'], 'htps:// is not supported'],
    [
      ['check', '-e', environmentOf('1.2'), '-m', '/tmp/', 'nosuchpackage'],
      'no spec of the environment matches',
    ],
    [['check', '-e', environmentOf('1.2'), '-m', '/tmp/', 'toyapp@@'], 'at column 7'],
    [
      ['check', '-e', environmentOf('1.2'), '-m', '/tmp/', '--needs', 'other'],
      'needs names a mirror that is not asked',
    ],
  ])('%j: exit 2 and what to do', async (args, message) => {
    const result = await buildcache(args);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
    expect(result.stdout).toBe('');
  });

  it('what means several specs: one a line by what differs, and what to do', async () => {
    const rich = fileURLToPath(new URL('../../fixtures/spack-1.3/rich/mirror-unsigned', import.meta.url));
    await using dir = await tempDir();
    const args = ['install', '-u', '-o', '-m', rich, '--store', join(dir.path, 'store'), 'zlib-toy'];
    const { code, stdout, stderr } = await buildcache(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const [, line, ...choices] = stderr.split('\n');
    expect(line).toMatch(
      /^error: "zlib-toy" matches 3 specs in the mirrors\. Name one by its hash: \/[a-z2-7]{7}, or take them all with --multiple$/,
    );
    expect(choices.toSorted()).toEqual([
      '',
      "  zlib-toy@1.2.11~pic cflags='-O2 -g' ldflags=-Wl,-z,now ^gcc@13.1.0 ^glibc@2.36 /jhaccdj",
      '  zlib-toy@1.3.1+optimize+pic %gcc@12.2.0 ^toymake@4.4 /zmnnzos',
      "  zlib-toy@1.3.1+pic cuda_arch:=70,80 cflags='-march=native -DX=1' ^gcc@12.2.0 ^glibc@2.36 ^toymake@4.4 /4ajqb6h",
    ]);
  });

  it('bad usage, as a process: exit 2 and what to do', async () => {
    for (const [args, message] of [
      [['chekc'], 'Did you mean check?'],
      [['check', '-e', '/nonexistent'], '/nonexistent: cannot open the environment'],
    ] as const) {
      const result = await program(args);
      expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
    }
  });

  it('finds the environment in SPACK_ENV and in the working directory, and its mirrors in spack.yaml', async () => {
    await using dir = await tempDir();
    await writeFile(join(dir.path, 'spack.lock'), readFileSync(join(environmentOf('1.2'), 'spack.lock')));
    await writeFile(
      join(dir.path, 'spack.yaml'),
      `spack:\n  mirrors:\n    toy: ${mirrorOf('1.2', 'signed')}\n`,
    );
    expect(await program(['check'], { cwd: dir.path })).toMatchObject({ code: 0 });
    const byVariable = await program(['check', '--json'], { env: { SPACK_ENV: dir.path } });
    expect(JSON.parse(byVariable.stdout)).toMatchObject({
      exit_code: 0,
      counts: { total: 6, present: 6, rebuild: 0, unknown: 0 },
      mirrors: [{ name: 'toy', present: 6 }],
    });
  });

  it('--needs all: present on one of two mirrors is enough', async () => {
    await using dir = await tempDir();
    const mirrors = ['-m', `${dir.path}/`, '-m', mirrorOf('1.2', 'signed')];
    const base = ['check', '-e', environmentOf('1.2'), ...mirrors, '-q'];
    expect((await buildcache(base)).code).toBe(1);
    expect((await buildcache([...base, '--needs', 'all'])).code).toBe(0);
    expect((await buildcache([...base, '--needs', `${dir.path}/`])).code).toBe(1);
  });

  it('never prints a secret', async () => {
    await using server = await startHttpServer({
      root: mirrorOf('1.2', 'signed'),
      auth: { username: 'me', password: 'other' },
    });
    const url = server.url.replace('://', '://me:hunter2@');
    const result = await buildcache([
      'check',
      '-e',
      environmentOf('1.2'),
      '-m',
      `${url}/?sig=hunter2`,
      '--json',
      '-v',
    ]);
    expect(result.code).toBe(2);
    expect(result.stdout).toContain('the server wants credentials (401)');
    expect(result.stdout + result.stderr).not.toContain('hunter2');
  });

  it('reads with the credentials of the URL', async () => {
    await using server = await startHttpServer({
      root: mirrorOf('1.2', 'signed'),
      auth: { username: 'me', password: 'p@ss' },
    });
    const url = server.url.replace('://', '://me:p%40ss@');
    expect((await buildcache(['check', '-e', environmentOf('1.2'), '-m', url])).code).toBe(0);
  });

  it('is ended cleanly by SIGTERM while a server stalls: exit 2, no file', async () => {
    await using dir = await tempDir();
    let pid = 0;
    let sent = false; // a second signal would end it at once
    await using server = await startHttpServer({
      fault: () => {
        if (!sent) setTimeout(() => process.kill(pid, 'SIGTERM'), 50);
        sent = true;
        return 'stall';
      },
    });
    const output = join(dir.path, 'out.json');
    const result = await program(['check', '-e', environmentOf('1.2'), '-m', server.url, '-o', output], {
      onStart: (started) => {
        pid = started;
      },
    });
    expect(result).toMatchObject({ code: 2, stderr: 'error: cancelled\n' });
    expect(existsSync(output)).toBe(false);
    expect(result.milliseconds).toBeLessThan(25_000);
  });

  it('--verify manifests and blobs catch what the index lists and is not there', async () => {
    await using dir = await tempDir();
    const mirror = await copyMirror('1.2', 'unsigned', join(dir.path, 'mirror'));
    await rm(join(mirror, 'v3/manifests/spec/toyapp'), { recursive: true });
    const [libtoy = ''] =
      Object.entries(expectedTarballs())
        .find(([name]) => name === 'libtoy')
        ?.slice(1) ?? [];
    await rm(join(mirror, 'blobs/sha256', libtoy.slice(0, 2), libtoy));
    const counts = async (verify: string) => {
      const args = ['check', '-e', environmentOf('1.2'), '-m', mirror, '--verify', verify, '--json'];
      const { stdout } = await buildcache(args);
      return (JSON.parse(stdout) as { counts: { rebuild: number } }).counts.rebuild;
    };
    expect([await counts('exists'), await counts('manifests'), await counts('blobs')]).toEqual([0, 1, 2]);
  });
});

function expectedTarballs(): Record<string, string> {
  const file = join(import.meta.dirname, '../../fixtures/spack-1.2/expected/specs.json');
  const rows = JSON.parse(readFileSync(file, 'utf8')) as Record<
    string,
    { name: string; tar_gz_sha256: string }
  >;
  return Object.fromEntries(Object.values(rows).map((row) => [row.name, row.tar_gz_sha256]));
}
