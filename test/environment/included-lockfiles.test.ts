import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findEnvironment, readEnvironment } from '../../src/environment/environment.ts';
import { isConcretized } from '../../src/environment/included-lockfiles.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { rejection } from '../mirrors/rejection.ts';
import { TOY_ENVIRONMENT } from '../tree/toy-store.ts';

const EMPTY_LOCK = JSON.stringify({
  _meta: { 'file-type': 'spack-lockfile', 'lockfile-version': 6, 'specfile-version': 5 },
  roots: [],
  concrete_specs: {},
});

/** `toy/` is the fixture's environment; `env/` has this `spack.yaml`, and no lockfile. */
async function place(yaml: string) {
  const dir = await tempDir();
  const at = (name: string) => join(dir.path, name);
  cpSync(TOY_ENVIRONMENT, at('toy'), { recursive: true });
  const write = (name: string, text: string) => {
    mkdirSync(at(name.replace(/\/[^/]*$/, '')), { recursive: true });
    writeFileSync(at(name), text);
  };
  write('env/spack.yaml', yaml);
  const read = async (env = {}) => await readEnvironment(await findEnvironment(at('env'), env));
  return { at, write, read, [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose]() };
}

const toy = await readEnvironment(await findEnvironment(TOY_ENVIRONMENT));

test.each([
  ['include', 'spack: {include: [../toy/spack.lock]}'],
  ['include with a map', 'spack: {include: [{path: ../toy/spack.lock}]}'],
  ['a variable', 'spack: {include: [$WHERE/spack.lock]}'],
  ['a URL', 'spack: {include: ["file://$env/../toy/spack.lock"]}'],
  ['another path by a variable', 'spack: {include: [{path: gone/spack.lock, path_override_env_var: LOCK}]}'],
  ['include_concrete, as before 1.3', 'spack: {include_concrete: [../toy]}'],
  ['both, and twice', 'spack: {include_concrete: [../toy], include: [../toy/spack.lock, ../toy/spack.lock]}'],
])('the specs of an included lockfile are those of the environment: %s', async (_, yaml) => {
  await using env = await place(yaml);
  const found = await env.read({ WHERE: '../toy', LOCK: '../toy/spack.lock' });
  expect([...found.nodes.keys()].sort()).toEqual([...toy.nodes.keys()].sort());
  const roots = (graph: typeof toy) => [...new Set(graph.roots.map(({ hash }) => hash))].sort();
  expect(roots(found)).toEqual(roots(toy));
  // As in a lockfile of its own: they are in none of its groups.
  expect(new Set(found.roots.map(({ included }) => included))).toEqual(new Set([true]));
});

test('so are those that it includes itself', async () => {
  await using env = await place('spack: {include: [../middle/spack.lock]}');
  env.write('middle/spack.yaml', 'spack: {include: [../toy/spack.lock]}');
  expect((await env.read()).nodes.size).toBe(toy.nodes.size);
  expect(await isConcretized(await findEnvironment(env.at('env')))).toBe(true);
});

test('where there is a lockfile of its own, that has them already, or Spack has yet to take them over', async () => {
  await using env = await place('spack: {include: [../toy/spack.lock]}');
  env.write('env/spack.lock', EMPTY_LOCK);
  expect((await env.read()).nodes.size).toBe(0);
  const toyLock = JSON.parse(readFileSync(env.at('toy/spack.lock'), 'utf8'));
  const { roots, concrete_specs } = toyLock;
  env.write(
    'env/spack.lock',
    JSON.stringify({ ...JSON.parse(EMPTY_LOCK), include_concrete: { '/toy': { roots, concrete_specs } } }),
  );
  expect((await env.read()).nodes.size).toBe(toy.nodes.size);
});

test('two that make two specs of one hash are refused', async () => {
  await using env = await place('spack: {include: [../toy/spack.lock, ../other/spack.lock]}');
  const text = readFileSync(env.at('toy/spack.lock'), 'utf8');
  const lock = JSON.parse(text) as { concrete_specs: Record<string, { name: string; version: string }> };
  env.write('other/spack.lock', text);
  expect((await env.read()).nodes.size).toBe(toy.nodes.size);
  // An external spec: nobody can recompute its hash.
  for (const spec of Object.values(lock.concrete_specs)) if (spec.name === 'gcc') spec.version = '6.6.6';
  env.write('other/spack.lock', JSON.stringify(lock));
  expect(await rejection(env.read())).toMatchObject({
    code: 'bad-input',
    facts: { file: env.at('other/spack.lock'), found: expect.stringContaining('the version of gcc/') },
  });
});

test.each([
  ['itself', 'spack: {include: [spack.lock]}', ''],
  ['what includes it', 'spack: {include: [../middle/spack.lock]}', 'spack: {include: [../env/spack.lock]}'],
])('an environment that includes %s is one error', async (_, yaml, middle) => {
  await using env = await place(yaml);
  env.write('middle/spack.yaml', middle || 'spack: {}');
  const error = await rejection(env.read());
  expect(error).toMatchObject({ code: 'bad-input', facts: { file: expect.stringMatching(/spack\.yaml$/) } });
  expect(error.message).toContain('includes it again');
});

test('one that is not there is named', async () => {
  await using env = await place('spack: {include: [gone/spack.lock]}');
  await expect(env.read()).rejects.toMatchObject({
    code: 'not-found',
    facts: { file: env.at('env/gone/spack.lock') },
  });
  await using none = await place('spack: {include: [a.yaml]}');
  await expect(none.read()).rejects.toMatchObject({ facts: { file: none.at('env/spack.lock') } });
  expect(await isConcretized(await findEnvironment(none.at('env')))).toBe(false);
});

test('environments that include the next ones twice at each level are read once each', async () => {
  await using site = await place('spack: {include: [../a1/spack.lock, ../b1/spack.lock]}');
  const depth = 30;
  for (let i = 1; i < depth; i++) {
    const yaml = `spack: {include: [../a${i + 1}/spack.lock, ../b${i + 1}/spack.lock]}`;
    for (const name of ['a', 'b']) site.write(`${name}${i}/spack.yaml`, yaml);
  }
  for (const name of ['a', 'b']) site.write(`${name}${depth}/spack.lock`, EMPTY_LOCK);
  expect((await site.read()).nodes.size).toBe(0);
});

test('one lockfile under very many names is too much', async () => {
  const names = Array.from({ length: 300 }, (_, i) => `../l${i}/spack.lock`);
  await using site = await place(`spack:\n  include:\n${names.map((name) => `  - ${name}\n`).join('')}`);
  for (let i = 0; i < 300; i++) symlinkSync(site.at('toy'), site.at(`l${i}`));
  expect(await rejection(site.read())).toMatchObject({
    code: 'too-large',
    message: 'the environment includes too much',
  });
});
