/**
 * The hash of an external cannot be recomputed, so that a stranger's lockfile can call a folder of its own an external under
 * the hash of somebody's spec. What an install from it registers must not become what others install.
 */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EQUAL_ROOT } from '../commands/install-toy.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { buildcache, environmentOf, FIXTURES, mirrorOf } from './command-line.ts';

interface Lockfile {
  roots: { hash: string; spec: string }[];
  concrete_specs: Record<string, Record<string, unknown>>;
}

const LOCKFILE = readFileSync(join(environmentOf('1.2'), 'spack.lock'), 'utf8');
const HONEST = JSON.parse(LOCKFILE) as Lockfile;
const hashOf = (name: string) =>
  Object.entries(HONEST.concrete_specs).find(([, node]) => node['name'] === name)?.[0] ?? '';

let root: string;
let dir: TempDir;
beforeEach(async () => {
  root = mkdtempSync('/tmp/bc-'.padEnd(EQUAL_ROOT.length - 6, '-'));
  dir = await tempDir();
  mkdirSync(join(dir.path, 'evil/bin'), { recursive: true });
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
  await dir[Symbol.asyncDispose]();
});

async function install(folder: string, ...more: string[]) {
  const keys = join(FIXTURES, 'toy-ci.pub.asc');
  const args = ['install', '--json', '-e', folder, '-m', mirrorOf('1.2', 'signed'), '--trusted-keys', keys];
  const found = await buildcache([...args, '--otherarch', '--store', root, ...more]);
  return { ...found, all: found.stdout + found.stderr };
}

/** A lockfile that has a spec of the honest one as an external of the stranger's, as a root or below one. */
function forge(name: string, isRoot: boolean, dependent = 'toymake'): string {
  const folder = join(dir.path, `stranger-${name}-${isRoot}`);
  const hash = hashOf(name);
  const concrete = structuredClone(HONEST.concrete_specs);
  const external = { path: join(dir.path, 'evil'), module: null, extra_attributes: {} };
  concrete[hash] = { ...concrete[hash], external, dependencies: [] };
  const above = HONEST.roots.filter(({ spec }) => spec.startsWith(dependent));
  mkdirSync(folder);
  const roots = isRoot ? [{ hash, spec: name }] : above;
  writeFileSync(join(folder, 'spack.lock'), JSON.stringify({ ...HONEST, roots, concrete_specs: concrete }));
  return folder;
}

it.each([
  ['toypy', true, 'toyapp'],
  ['zlib-toy', true, 'toyapp'],
  ['toypy', false, 'toyapp'],
])("a stranger's external under the hash of %s, as a root: %s", async (name, isRoot, dependent) => {
  const theirs = await install(forge(name, isRoot, dependent));
  expect(theirs.code, theirs.all).toBe(0);
  const database = () => readFileSync(join(root, '.spack-db/index.json'), 'utf8');
  expect(database()).toContain(join(dir.path, 'evil'));
  for (const outcome of ['installed', 'present']) {
    const ours = await install(environmentOf('1.2'));
    expect(ours.code, ours.all).toBe(0);
    expect(ours.stdout).not.toContain(join(dir.path, 'evil'));
    expect(ours.stdout).toMatch(new RegExp(`"name": "${name}"[^}]*"outcome": "${outcome}"`));
    expect(database()).not.toContain(join(dir.path, 'evil'));
  }
});

it.each([
  ['toypy', 'a spec becomes no external'],
  ['glibc', 'an external gets no other folder'],
])('of what is installed already, %s: %s', async (name) => {
  const before = await install(environmentOf('1.2'));
  expect(before.code, before.all).toBe(0);
  const theirs = await install(forge(name, true));
  expect(theirs).toMatchObject({ code: 2, stderr: expect.stringMatching(/another spec under the hash of/) });
  expect(readFileSync(join(root, '.spack-db/index.json'), 'utf8')).not.toContain(join(dir.path, 'evil'));
  const after = await install(environmentOf('1.2'));
  expect(after).toMatchObject({ code: 0, stdout: expect.not.stringContaining(join(dir.path, 'evil')) });
});

it('what a splice has put at the prefix of a spec makes way for the spec', async () => {
  expect((await install(environmentOf('1.2'))).code).toBe(0);
  const hash = hashOf('toypy');
  const file = join(root, '.spack-db/index.json');
  const read = () => JSON.parse(readFileSync(file, 'utf8')) as Database;
  const database = read();
  const record = database.database.installs[hash];
  const counts = ({ database: { installs } }: Database) =>
    Object.values(installs).map((each) => each.ref_count);
  const counted = counts(database);
  Object.assign(record?.spec ?? {}, { build_spec: { name: 'toypy', hash: hash.replace(/^./, 'a') } });
  writeFileSync(file, JSON.stringify(database));
  writeFileSync(join(record?.path ?? '', 'bin/toypy'), 'of the stranger');
  const ours = await install(environmentOf('1.2'));
  expect(ours.code, ours.all).toBe(0);
  expect(readFileSync(join(record?.path ?? '', 'bin/toypy'), 'utf8')).not.toContain('of the stranger');
  const after = read().database.installs[hash];
  expect(after).toMatchObject({ path: record?.path, installed: true });
  expect(counts(read())).toEqual(counted);
  expect(after?.spec).not.toHaveProperty('build_spec');
});

interface Database {
  database: { installs: Record<string, { path: string; ref_count: number; spec: object }> };
}
