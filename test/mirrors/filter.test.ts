import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseMirrors, readMirrors } from '../../src/mirrors/config.ts';
import { refusalOf } from '../../src/mirrors/filter.ts';
import { built, FIXTURES } from '../cache/mirror-fixture.ts';
import { graphs } from '../cache/signed-fixture.ts';
import { rejection } from './rejection.ts';

const FORMS = join(FIXTURES, 'spack-1.3/mirrors');
const context = { base: '/base', environment: undefined, env: {} };
const graph = graphs['1.2'];

test("Spack's own answer: which toy specs each mirror of the fixture is for, in each direction", async () => {
  const { mirrors } = parse(readFileSync(join(FORMS, 'include-exclude.yaml'), 'utf8'));
  const expected = JSON.parse(readFileSync(join(FORMS, 'include-exclude-expected.json'), 'utf8'));
  for (const mirror of parseMirrors(mirrors, 'm.yaml', context).mirrors) {
    for (const direction of ['fetch', 'push'] as const) {
      const refuses = await refusalOf(mirror, direction, graph);
      const accepted = built(graph).filter((spec) => refuses?.(spec) === undefined);
      expect(accepted.map(({ name }) => name).sort(), `${mirror.name} ${direction}`).toEqual(
        expected[mirror.name][direction],
      );
    }
  }
});

async function accepted(mirror: object): Promise<string[]> {
  const [one] = parseMirrors({ m: { url: 'https://x', ...mirror } }, 'm.yaml', context).mirrors;
  if (one === undefined) throw new Error('no mirror');
  const refuses = await refusalOf(one, 'fetch', graph);
  return built(graph)
    .filter((spec) => refuses?.(spec) === undefined)
    .map(({ name }) => name)
    .sort();
}

const ALL = built(graph)
  .map(({ name }) => name)
  .sort();

test.each([
  [{}, ALL],
  [{ include_binary: [], exclude_binary: [] }, ALL],
  [{ include_binary: ['zlib-toy', 'toymake@4'] }, ['toymake', 'zlib-toy']],
  [{ include_binary: ['zlib-toy', 'toymake'], exclude_binary: ['toymake@4'] }, ['zlib-toy']],
  [{ exclude_binary: ['@1.0'] }, ALL.filter((name) => name !== 'toyapp')],
  [{ include_binary: ['nosuch'] }, []],
  // What a direction says wins, key by key.
  [{ include_binary: ['toypy'], fetch: { include_binary: [] } }, ALL],
  [{ include_binary: ['toypy', 'toymake'], fetch: { exclude_binary: ['toypy'] } }, ['toymake']],
])('%j is for %j', async (mirror, names) => {
  expect(await accepted(mirror)).toEqual(names);
});

test.each([
  [{ include_binary: ['toy ok'] }, 'include_binary', '"toy ok"'],
  [{ exclude_binary: ['@@'] }, 'exclude_binary', '"@@"'],
  [{ push: { exclude_binary: ['fine', 'x@'] } }, 'exclude_binary', '"x@"'],
  [{ fetch: { include_binary: [''] } }, 'include_binary', '""'],
])('%j is an error that names the file, the mirror and the filter', async (own, key, text) => {
  const error = await rejection(
    readMirrors({ ours: { url: 'https://x', ...own } }, 'conf/mirrors.yaml', context),
  );
  expect(error).toMatchObject({ code: 'bad-input', facts: { file: 'conf/mirrors.yaml' } });
  for (const part of ['mirror "ours"', key, text]) expect(error.message).toContain(part);
  expect(error.message).not.toContain('\n');
});

test.each([
  ['one long list that stands for many mirrors', Array(200).fill('zlib'), 51],
  ['more text than anybody writes', ['a'.repeat(2_000)], 101],
  ['more dependencies than anybody asks for', ['a ^b %c', ...Array(2).fill('d ^e ^f ^g ^h')], 101],
])('%s is too large, whoever names it', async (_, list, count) => {
  const mirrors = (most: number) =>
    Object.fromEntries(
      Array.from({ length: most }, (_, i) => [`m${i}`, { url: 'https://x', exclude_binary: list }]),
    );
  await readMirrors(mirrors(count - 1), 'm.yaml', context);
  const error = await rejection(readMirrors(mirrors(count), 'm.yaml', context));
  expect(error).toMatchObject({ code: 'too-large', facts: { file: 'm.yaml' } });
});

test('one of a newer Spack is no other list of specs', () => {
  const parsed = (own: object) => parseMirrors({ m: { url: 'https://x', ...own } }, 'm.yaml', context);
  expect(() => parsed({ include_binary: 'zlib' })).toThrow(/mirror "m" \(include_binary\) is malformed/);
  expect(() => parsed({ exclude_binary: [1] })).toThrow(/mirror "m" \(exclude_binary\.0\) is malformed/);
});

test('a spliced spec comes from its build spec, so that decides about downloads, too', async () => {
  const [toyapp, toymake] = ['toyapp', 'toymake'].map((name) =>
    built(graph).find((spec) => spec.name === name),
  );
  if (toyapp === undefined || toymake === undefined) throw new Error('no toys');
  const spliced = { ...toyapp, hash: 'a'.repeat(32), buildSpec: { name: 'toymake', hash: toymake.hash } };
  const nodes = { nodes: new Map([...graph.nodes, [spliced.hash, spliced]]) };
  const { mirrors } = parseMirrors(
    { m: { url: 'https://x', exclude_binary: ['toymake'] } },
    'm.yaml',
    context,
  );
  const [mirror] = mirrors;
  if (mirror === undefined) throw new Error('no mirror');
  expect((await refusalOf(mirror, 'fetch', nodes))?.(spliced)).toContain('"toymake"');
  expect((await refusalOf(mirror, 'push', nodes))?.(spliced)).toBeUndefined();
});

test('filters of a few lines that would take minutes to be asked of a large lockfile are refused, over all mirrors', async () => {
  const [node] = built(graph);
  if (node === undefined) throw new Error('no spec');
  const many = { nodes: new Map(Array.from({ length: 60_000 }, (_, i) => [`spec-${i}`, node])) };
  const mirror = (specs: readonly string[]) => ({ url: 'https://x', exclude_binary: specs });
  const named = (from: number, of: number) => Array.from({ length: of }, (_, i) => `q${from + i} ^z`);
  const { mirrors } = parseMirrors(
    { a: mirror(named(0, 40)), b: mirror(named(40, 40)), c: mirror(Array.from({ length: 900 }, () => '+z')) },
    'm.yaml',
    context,
  );
  const asks = await Promise.all(mirrors.map((each) => refusalOf(each, 'fetch', many)));
  expect(asks[0]?.(node)).toBeUndefined();
  expect(() => asks[1]?.(node)).toThrow(expect.objectContaining({ code: 'too-large' }));
  const others = { nodes: new Map(many.nodes) };
  const [, , third] = await Promise.all(mirrors.map((each) => refusalOf(each, 'fetch', others)));
  expect(() => third?.(node)).toThrow(expect.objectContaining({ code: 'too-large' }));
});
