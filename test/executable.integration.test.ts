/**
 * The command line as one file. CI runs the command line's own tests on it too; here is what those cannot say: that it
 * needs no Node, and what its sum is good for. It is made of dist as it is.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeKey } from './cache/keys.ts';
import { FIXTURES, ROOT } from './entry/command-line.ts';
import { runProgram } from './entry/program-under-test.ts';
import { bring, bringProgram, filesInRoot, makeBareRoot, runInRoot } from './harness/bare-root.ts';
import { startRegistry } from './harness/registry.ts';
import { TEST_CREDENTIALS } from './harness/s3-place.ts';
import { startS3Server } from './harness/s3-server.ts';
import { type TempDir, tempDir } from './harness/temp-dir.ts';
import { moveToyStore, TOY_ENVIRONMENT } from './tree/toy-store.ts';

const NAME = `buildcache-linux-${process.arch}`;
const SPACK = join(FIXTURES, 'spack-1.3');

let dir: TempDir;
let made: string;
let executable: string;

beforeAll(async () => {
  dir = await tempDir();
  made = join(dir.path, 'made');
  execFileSync(process.execPath, [join(ROOT, 'scripts/executable.mjs'), '--out', made], { stdio: 'pipe' });
  executable = join(made, NAME);
}, 60_000);
afterAll(() => dir[Symbol.asyncDispose]());

test('it is the version of the package', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'dist/package.json'), 'utf8'));
  expect(execFileSync(executable, ['--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
});

test('the licences of all that is in it lie beside it', () => {
  const text = readFileSync(join(made, 'buildcache-licenses.txt'), 'utf8');
  for (const part of ['Apache License', 'MIT License', 'Node.js', 'openpgp', '@aws-sdk/client-s3']) {
    expect(text).toContain(part);
  }
});

describe('its sum', () => {
  const check = (folder: string) =>
    spawnSync('sha256sum', ['-c', `${NAME}.sha256`], { cwd: folder, encoding: 'utf8' });

  test('fits it', () => {
    expect(check(made)).toMatchObject({ status: 0, stdout: `${NAME}: OK\n` });
  });

  test.each([1000, 4096, 0.5, 0.97, -1])(
    'does not fit when it was cut short (%s), and nothing has run',
    (where) => {
      const folder = join(dir.path, `cut-${where}`);
      mkdirSync(folder);
      for (const name of [NAME, `${NAME}.sha256`]) copyFileSync(join(made, name), join(folder, name));
      const { size } = statSync(executable);
      truncateSync(
        join(folder, NAME),
        where < 0 ? size + where : where < 1 ? Math.floor(size * where) : where,
      );
      expect(check(folder)).toMatchObject({ status: 1, stdout: `${NAME}: FAILED\n` });
      // Its last bytes are names of sections, which nobody needs to run it.
      if (where < 0) return;
      const ran = spawnSync(join(folder, NAME), ['--version'], { encoding: 'utf8' });
      expect(ran.status).not.toBe(0);
      expect(ran.stdout ?? '').toBe('');
    },
  );
});

test('on a file system that is mounted noexec the shell and findmnt say what docs/install-tool.md explains', () => {
  const folder = join(dir.path, 'noexec');
  mkdirSync(folder);
  const script = `mount -t tmpfs -o noexec,size=300m none "$0"; cp "$1" "$0/buildcache"
    "$0/buildcache" --version || echo "exit $?"
    findmnt -n -o OPTIONS -T "$0/buildcache"`;
  const isolated = ['--mount', 'sh', '-c', script, folder, executable];
  const { stdout, stderr } = spawnSync('unshare', isolated, { encoding: 'utf8' });
  expect(stderr).toMatch(/buildcache: Permission denied\n$/);
  expect(stdout).toMatch(/^exit 126\n.*\bnoexec\b/);
});

describe('nothing beside it, or in the folders above, is read', () => {
  const check = ['check', '-e', join(SPACK, 'env'), '-m', `file://${join(SPACK, 'mirror-signed')}`];

  test.each([
    ['a package.json that is none', (file: string) => writeFileSync(file, '{')],
    ['a pipe that nobody writes to', (file: string) => execFileSync('mkfifo', [file])],
    ['a link to what has no end', (file: string) => symlinkSync('/dev/zero', file)],
  ])('%s', async (name, put) => {
    // Also a folder whose name has a line break in it.
    const folder = join(dir.path, name, 'above\nit');
    mkdirSync(folder, { recursive: true });
    const program = join(folder, NAME);
    copyFileSync(executable, program);
    put(join(dir.path, name, 'package.json'));
    const ran = spawnSync(program, check, { cwd: folder, encoding: 'utf8', timeout: 60_000 });
    expect(ran).toMatchObject({ status: 0, stdout: expect.stringContaining('6 present') });
  });
});

test('where Node cannot load what is in it, that is no answer', () => {
  const ran = spawnSync(executable, ['--version'], {
    env: { NODE_OPTIONS: '--no-experimental-require-module' },
    encoding: 'utf8',
  });
  expect(ran.status).toBe(2);
  expect(ran.stderr).toMatch(/^error: buildcache cannot be started: .+\n$/);
});

/** Debian 11 has glibc 2.31 and GCC 10, RHEL 8 has glibc 2.28 and GCC 8: libstdc++ 6.0.25. */
const OLDEST = { GLIBC: [2, 28], GLIBCXX: [3, 4, 25], CXXABI: [1, 3, 11], GCC: [8, 0, 0] } as const;

/** The versions of libraries' symbols that a program asks its loader for. */
function neededSymbols(file: string): Map<string, number[]> {
  const newest = new Map<string, number[]>();
  const text = execFileSync('llvm-readelf-14', ['--version-info', file], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for (const [, name = '', version = ''] of text.matchAll(/\bName: ([A-Z]+)_([\d.]+) /g)) {
    const parts = version.split('.').map(Number);
    if (compare(parts, newest.get(name) ?? []) > 0) newest.set(name, parts);
  }
  return newest;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function expectOldLibraries(file: string): void {
  const needed = neededSymbols(file);
  expect([...needed.keys()].sort()).toEqual(Object.keys(OLDEST).sort());
  for (const [name, oldest] of Object.entries(OLDEST)) {
    const newest = needed.get(name) ?? [];
    expect(compare(newest, oldest), `${name} ${newest.join('.')}`).toBeLessThanOrEqual(0);
  }
}

test('asks for no symbols that the libraries of Debian 11 and RHEL 8 lack', () =>
  expectOldLibraries(executable));

test('the one for the other architecture of Linux: its machine, its libraries, the bundle in it, its sum', () => {
  // e_machine of x86-64 and of AArch64.
  const [arch, machine] = process.arch === 'x64' ? (['arm64', 183] as const) : (['x64', 62] as const);
  const name = `buildcache-linux-${arch}`;
  const built = [join(ROOT, 'scripts/executable.mjs'), `linux-${arch}`, '--out', join(dir.path, 'other')];
  execFileSync(process.execPath, built, { stdio: 'pipe' });
  const file = join(dir.path, 'other', name);
  const bytes = readFileSync(file);
  expect(bytes.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
  expect(bytes.readUInt16LE(18)).toBe(machine);
  expectOldLibraries(file);
  // Node looks for the blob where this says 1, and 0 is what an ordinary Node says.
  expect(bytes.includes('NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1')).toBe(true);
  const launcher = readFileSync(join(ROOT, 'scripts/executable/launcher.cjs'));
  for (const part of [launcher, readFileSync(join(ROOT, 'dist/index.js'))])
    expect(bytes.includes(part)).toBe(true);
  expect(spawnSync('sha256sum', ['-c', `${name}.sha256`], { cwd: join(dir.path, 'other') }).status).toBe(0);
});

test('pushes signed to S3 from an install tree, and syncs to a registry and to a folder', async () => {
  const store = join(dir.path, 'store');
  await moveToyStore(store);
  const { privateKey, publicKey } = await makeKey();
  await using registry = await startRegistry();
  const server = await startS3Server();
  const key = join(dir.path, 'key.asc');
  const copy = join(dir.path, 'copy');
  const env = {
    HOME: dir.path,
    PATH: '',
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: 'us-east-1',
    BUILDCACHE_SIGNING_KEY: privateKey,
  };
  const run = (...args: string[]) => runProgram(executable, args, { cwd: dir.path, env });
  writeFileSync(key, publicKey);
  try {
    const bucket = 's3://bucket/cache';
    const trusting = ['--trusted-keys', key];
    expect(
      await run('push', bucket, '--store', store, '--update-index', '-e', TOY_ENVIRONMENT),
    ).toMatchObject({
      code: 0,
    });
    expect(await run('check', '-e', TOY_ENVIRONMENT, '-m', bucket)).toMatchObject({ code: 0 });
    expect(await run('sync', '--all', bucket, copy, ...trusting)).toMatchObject({ code: 0 });
    expect(
      await run('sync', '--all', copy, `oci+http://${new URL(registry.url).host}/cache`, ...trusting),
    ).toMatchObject({
      code: 0,
    });
    expect(await run('check-index', copy, '--verify', 'all', ...trusting)).toMatchObject({ code: 0 });
  } finally {
    await server.close();
  }
});

describe('without a Node, and without a network', () => {
  let root: string;
  const trusted = ['-m', 'file:///work/mirror-signed', '--trusted-keys', '/work/interop-13.pub.asc'];

  beforeAll(() => {
    root = join(dir.path, 'root');
    makeBareRoot(root, ['sh', 'perl', 'patchelf']);
    bringProgram(root, executable, '/usr/bin/buildcache');
    for (const name of ['mirror-signed', 'env', 'interop-13.pub.asc'])
      bring(root, join(SPACK, name), `/work/${name}`);
  });

  test('says what is there', () => {
    expect(() => runInRoot(root, ['node', '--version'])).toThrow('No such file');
    expect(runInRoot(root, ['buildcache', 'check', '-e', '/work/env', ...trusted.slice(0, 2)])).toContain(
      '6 present',
    );
  });

  test("installs, verified and relocated, under Spack's locks; what it has installed runs", () => {
    const installed = runInRoot(root, [
      'buildcache',
      'install',
      '-e',
      '/work/env',
      ...trusted,
      '--store',
      '/opt/toy14/store',
      '--otherarch', // than the fixture's, on older machines
    ]);
    expect(installed).toContain('6 installed');
    const [program = ''] = filesInRoot(root, '/opt/toy14/store', /^toyapp$/);
    expect(runInRoot(root, [program])).toContain('/opt/toy14/store/');
  });

  test('calls the patchelf of the PATH where a longer path needs it', () => {
    const store = '/opt/longer/than/it/was/store';
    const where = ['-e', '/work/env', ...trusted, '--store', store, '--otherarch'];
    const only = ['buildcache', 'install', '--no-deps', ...where, 'libtoy@2.0.0'];
    expect(runInRoot(root, only)).toContain('1 installed');
    const [library = ''] = filesInRoot(root, store, /^libtoy\.so/);
    expect(runInRoot(root, ['patchelf', '--print-rpath', library])).toContain(`${store}/`);
  });
});

test('the image of the Dockerfile has it on its PATH, with what is known of its licences', () => {
  const base = join(dir.path, 'base');
  makeBareRoot(base, ['sh', 'perl']);
  // For what the executable loads: the base brings it, and nothing of ours.
  bringProgram(base, executable, '/usr/bin/buildcache');
  rmSync(join(base, 'usr/bin/buildcache'));
  const place = [
    '--storage-driver',
    'vfs',
    '--root',
    join(dir.path, 'images'),
    '--runroot',
    join(dir.path, 'run'),
  ];
  const buildah = (...args: string[]) =>
    execFileSync('buildah', [...place, ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, HOME: dir.path },
    }).trim();
  const from = buildah('from', 'scratch');
  buildah('copy', '--quiet', from, base, '/');
  buildah('commit', '--quiet', from, 'localhost/base');
  const how = ['--build-arg', 'BASE=localhost/base', '--build-arg', `ARCH=${process.arch}`];
  buildah('build', '--quiet', '--file', join(ROOT, 'Dockerfile'), ...how, '--tag', 'localhost/made', made);
  const image = buildah('mount', buildah('from', '--pull-never', 'localhost/made'));
  try {
    expect(JSON.parse(buildah('inspect', '--type', 'image', 'localhost/made'))).toMatchObject({
      OCIv1: { config: { Cmd: ['buildcache', '--help'] } },
    });
    expect(runInRoot(image, ['buildcache', '--help'])).toContain('Usage: buildcache');
    expect(readFileSync(join(image, 'usr/share/doc/buildcache/copyright'), 'utf8')).toContain('Node.js');
  } finally {
    buildah('umount', '--all');
  }
});

test('what it cannot be built for is said in one line', () => {
  const build = (...args: string[]) =>
    spawnSync(process.execPath, [join(ROOT, 'scripts/executable.mjs'), ...args], { encoding: 'utf8' });
  for (const platform of ['win32-x64', 'darwin-arm64']) {
    const { status, stderr } = build(platform);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .*\n$/);
  }
});
