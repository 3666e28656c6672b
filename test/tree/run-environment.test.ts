import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SpecNode } from '../../src/spec/node.ts';
import type { InstallTree } from '../../src/tree/install-tree.ts';
import {
  changedVariables,
  configuredInspections,
  defaultInspections,
  exportLines,
  imageEnvironment,
  runEnvironment,
  shellVariables,
  withoutSecrets,
} from '../../src/tree/run-environment.ts';
import { unpackToyStore } from './toy-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'run-environment-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

let toy: InstallTree;
beforeAll(async () => {
  toy = await unpackToyStore(join(folder, 'store'));
});

const LINUX = defaultInspections('linux');
const hashOf = (name: string) => [...toy.nodes.values()].find((node) => node.name === name)?.hash ?? '';
const prefix = (name: string) => toy.prefixOf(hashOf(name)) ?? '';

/** Externals are where this test says, so that it does not depend on what the machine has. */
function changesOf(roots: readonly string[], external = join(folder, 'nowhere'), inspections = LINUX) {
  return runEnvironment(toy, roots.map(hashOf), {
    inspections,
    prefixOf: (node: SpecNode) => (node.external === undefined ? toy.prefixOf(node.hash) : external),
    filesOf: (node, at) => (node.external === undefined ? toy.filesOf(at) : at),
  });
}

test('roots come first in each variable, then what they need, nearest first', () => {
  const values = changedVariables(changesOf(['toyapp', 'toymake']), { PATH: '/bin', EMPTY: '' });
  expect([...values.keys()]).toEqual(['CMAKE_PREFIX_PATH', 'PATH', 'PKG_CONFIG_PATH']);
  expect(values.get('PATH')).toBe(
    `${['toyapp', 'toymake', 'toypy'].map((name) => `${prefix(name)}/bin`).join(':')}:/bin`,
  );
  expect(values.get('CMAKE_PREFIX_PATH')).toBe(
    ['toyapp', 'toymake', 'toypy', 'libtoy', 'zlib-toy', 'gcc-runtime'].map(prefix).join(':'),
  );
  expect(values.get('PKG_CONFIG_PATH')).toBe(`${prefix('zlib-toy')}/lib/pkgconfig`);
});

test("externals count, but not the system's own folders", () => {
  const external = join(folder, 'external');
  mkdirSync(join(external, 'share/aclocal'), { recursive: true });
  mkdirSync(join(external, 'man'));
  const values = changedVariables(changesOf(['zlib-toy'], external), {});
  expect(values.get('ACLOCAL_PATH')).toBe(`${external}/share/aclocal`);
  expect(values.get('MANPATH')).toBe(`${external}/man`);
  expect(values.get('CMAKE_PREFIX_PATH')?.endsWith(`:${external}`)).toBe(true);
  for (const system of ['/usr', '/usr/', '/']) {
    const text = JSON.stringify(changesOf(['zlib-toy'], system));
    expect(text).not.toMatch(/"\/(usr\/?)?"|"\/(usr\/)?bin"/);
  }
});

test("configured inspections come before Spack's own, or instead of them", () => {
  const more = configuredInspections({ './bin': ['TOOLS'], etc: ['CONF_PATH', 'PATH'] }, 'spack.yaml', LINUX);
  expect([...more.entries()].slice(0, 3)).toEqual([
    ['./bin', ['TOOLS', 'PATH']],
    ['etc', ['CONF_PATH', 'PATH']],
    ['./man', ['MANPATH']],
  ]);
  const values = changedVariables(changesOf(['toyapp'], undefined, more), {});
  expect(values.get('TOOLS')?.startsWith(`${prefix('toyapp')}/bin`)).toBe(true);
  expect(values.get('CONF_PATH')).toBe(`${prefix('toyapp')}/etc`);
  const instead = configuredInspections({ './bin:': ['TOOLS'] }, 'spack.yaml', LINUX);
  expect(instead.get('./bin')).toEqual(['TOOLS']);
  expect(configuredInspections(undefined, 'spack.yaml', LINUX)).toBe(LINUX);
  for (const bad of [['./bin'], { './bin': 'PATH' }, { './bin': ['A B'] }, { './bin': ['$(x)'] }]) {
    expect(() => configuredInspections(bad, 'spack.yaml', LINUX)).toThrow(/spack\.yaml|malformed/);
  }
});

test.each(['..', '../evil', '/../evil/', './bin/../../evil/bin', '../package-2'])(
  'a folder above the prefix is none of it: %s',
  (below) => {
    for (const other of ['evil/bin', 'package-2', 'package/bin'])
      mkdirSync(join(folder, other), { recursive: true });
    const inspections = new Map([
      [below, ['PATH']],
      ['lib/../bin', ['PATH']],
    ]);
    const runtime = join(folder, 'package');
    const changes = runEnvironment(toy, [hashOf('toyapp')], { inspections, prefixOf: () => runtime });
    expect(new Set(changes.map((change) => change.folder))).toEqual(new Set([join(runtime, 'bin')]));
  },
);

test('a Mac gets its library path', () => {
  expect([...defaultInspections('darwin').keys()].slice(0, 3)).toEqual(['./lib', './lib64', './bin']);
});

test('a shell reads the lines back, whatever the folders are called', () => {
  const values = shellVariables(
    [
      { variable: 'MANPATH', folder: "/it's $HOME/`x`/man" },
      { variable: 'PATH', folder: '/a b/\\bin' },
    ],
    { PATH: '/usr/bin:/bin', MANPATH: '/m' },
  );
  expect(values.get('MANPATH')).toBe("/it's $HOME/`x`/man:/m:");
  const script = `${exportLines(values).join('\n')}\nprintf '%s\\n' "$MANPATH" "$PATH"`;
  expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' })).toBe(
    `${values.get('MANPATH')}\n${values.get('PATH')}\n`,
  );
});

test("an image's Env starts from the base's, and new variables follow by name", () => {
  const changes = changesOf(['toyapp']);
  const path = `${prefix('toyapp')}/bin:${prefix('toypy')}/bin`;
  expect(imageEnvironment(changes)[0]).toBe(`PATH=${path}:/bin:/usr/bin`);
  const env = imageEnvironment(changes, ['LANG=C', 'PATH=/sbin', 'PKG_CONFIG_PATH=']);
  expect(env.map((entry) => entry.split('=')[0])).toEqual([
    'PATH',
    'LANG',
    'PKG_CONFIG_PATH',
    'CMAKE_PREFIX_PATH',
  ]);
  expect(env[0]).toBe(`PATH=${path}:/sbin`);
  expect(env[2]).toBe(`PKG_CONFIG_PATH=${prefix('zlib-toy')}/lib/pkgconfig`);
});

test('a variable that may hold a secret is left as it was', () => {
  const env = { MY_TOKEN: 'x', A_PATH: '/a', PLAIN: 'p', COMPASS_PATH: '' };
  const changes = [...Object.keys(env), 'INPUT_X', 'LD_PRELOAD'].map((variable) => ({
    variable,
    folder: '/p',
  }));
  const own = withoutSecrets(changes, env, false);
  expect(own.hidden).toEqual(['INPUT_X', 'MY_TOKEN']);
  expect(own.shown.map(({ variable }) => variable)).toEqual([
    'A_PATH',
    'PLAIN',
    'COMPASS_PATH',
    'LD_PRELOAD',
  ]);
  const strangers = withoutSecrets(changes, env, true);
  expect(strangers.shown.map(({ variable }) => variable)).toEqual(['A_PATH', 'COMPASS_PATH']);
});
