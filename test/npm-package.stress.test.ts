/** What `npm pack` makes, as somebody has it who installs it: npm, an empty folder, and nothing from the registry. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { environmentOf, mirrorOf, ROOT } from './entry/command-line.ts';
import { type TempDir, tempDir } from './harness/temp-dir.ts';

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

let dir: TempDir;
let packed: Packed;
let folder: string;

beforeAll(async () => {
  dir = await tempDir();
  const made = npm(ROOT, 'pack', '--json', '--pack-destination', dir.path);
  [packed] = JSON.parse(made) as [Packed];
  folder = join(dir.path, 'empty');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private": true}\n');
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', join(dir.path, packed.filename));
}, 60_000);
afterAll(() => dir[Symbol.asyncDispose]());

/** Without what npm tells the scripts it runs, such as this one. */
function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  return { ...Object.fromEntries(own), npm_config_cache: join(dir.path, 'npm'), ...more };
}

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, env: environment(), encoding: 'utf8', stdio: 'pipe' });
}

test('it has the program, the bundle, the manual page and the licences, and neither tests nor sources', () => {
  const names = packed.files.map(({ path }) => path);
  const folders = new Set(names.map((name) => (name.includes('/') ? `${dirname(name)}/` : name)));
  expect([...folders].sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE-APACHE',
    'LICENSE-MIT',
    'README.md',
    'bin/',
    'dist/',
    'man/',
    'package.json',
  ]);
  expect(names).toEqual(expect.arrayContaining(['bin/buildcache', 'dist/cli.js', 'dist/licenses.txt']));
  expect(names.filter((name) => name.startsWith('dist/')).sort()).toEqual(
    readdirSync(join(ROOT, 'dist'))
      .map((name) => `dist/${name}`)
      .sort(),
  );
  expect(packed.files.find(({ path }) => path === 'bin/buildcache')?.mode).toBe(0o755);
});

test('it brings no other package along, and no Node', () => {
  expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'buildcache-action',
  ]);
});

test('nothing of it can be imported: what is inside is not for others to rely on', () => {
  for (const name of ['buildcache-action', 'buildcache-action/dist/index.js']) {
    const ran = spawnSync(process.execPath, ['-e', `import('${name}')`], { cwd: folder, encoding: 'utf8' });
    expect(ran.stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  }
});

test.each(['buildcache-action', 'buildcache'])('npx %s runs it', (name) => {
  const check = ['check', '-e', environmentOf('1.2'), '-m', `file://${mirrorOf('1.2', 'signed')}`];
  const ran = spawnSync('npx', ['--offline', '--no', name, ...check], {
    cwd: folder,
    env: environment({ HOME: dir.path }),
    encoding: 'utf8',
  });
  expect(ran).toMatchObject({ status: 0, stdout: expect.stringContaining('6 present') });
});

test.each(['index.js', 'package.json'])('without its %s it gives no answer: 1 would be one', (name) => {
  const damaged = join(dir.path, `without-${name}`);
  for (const part of ['bin', 'dist']) cpSync(join(ROOT, part), join(damaged, part), { recursive: true });
  rmSync(join(damaged, 'dist', name));
  const ran = spawnSync(join(damaged, 'bin/buildcache'), ['check'], { env: environment(), encoding: 'utf8' });
  expect(ran.status).toBe(2);
  expect(ran.stderr).toMatch(/^error: buildcache cannot be started: .+\n$/);
});

test('npx runs it from the file, in a folder where nothing is', () => {
  const nowhere = join(dir.path, 'nowhere');
  mkdirSync(nowhere);
  const how = ['--offline', '--yes', '--package', join(dir.path, packed.filename), 'buildcache', '--version'];
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const ran = spawnSync('npx', how, { cwd: nowhere, env: environment(), encoding: 'utf8' });
  expect(ran).toMatchObject({ status: 0, stdout: `${version}\n` });
});

test('installed for all, it has its program and its manual page where they are looked for', () => {
  const prefix = join(dir.path, 'prefix');
  npm(dir.path, 'install', '--global', '--offline', '--prefix', prefix, join(dir.path, packed.filename));
  expect(lstatSync(join(prefix, 'bin/buildcache')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(prefix, 'share/man/man1/buildcache.1'), 'utf8')).toContain('.TH BUILDCACHE 1');
  const ran = spawnSync(join(prefix, 'bin/buildcache'), ['--version'], {
    env: environment(),
    encoding: 'utf8',
  });
  expect(ran.status).toBe(0);
});
