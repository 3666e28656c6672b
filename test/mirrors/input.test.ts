import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeError } from '../../src/core/errors.ts';
import { parseMirrorsInput } from '../../src/mirrors/input.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { rejection } from './rejection.ts';

const context = { base: '/base', environment: undefined, env: {} };
const names = async (text: string) =>
  (await parseMirrorsInput(text, context)).mirrors.map(({ name, fetch }) => `${name} ${fetch.url}`);

test.each([
  ['lines', 'a=https://a\n# no\n\n1=./b\n', ['1 file:///base/b', 'a https://a']],
  ['a map', 'a: https://a\nb: {url: s3://b}\n', ['a https://a', 'b s3://b']],
  ['a map under mirrors:', 'mirrors:\n  a: https://a\n', ['a https://a']],
  ['a mirror named mirrors', 'mirrors: {url: https://a}\n', ['mirrors https://a']],
])('%s', async (_, text, expected) => {
  expect((await names(text)).sort()).toEqual(expected);
});

test('a file', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, 'm.yaml');
  writeFileSync(file, 'mirrors: {a: {url: https://a, exclude_binary: [b]}}');
  const { mirrors } = await parseMirrorsInput(file, context);
  expect(mirrors[0]?.fetch.filter).toEqual({ include: [], exclude: ['b'] });
  writeFileSync(file, 'mirrors: {a: {url: https://a, exclude_bniary: [b]}}');
  const error = await rejection(parseMirrorsInput(file, context));
  expect(describeError(error)).toContain(`${file}: mirror "a" has an unknown key "exclude_bniary"`);
});

test.each([
  [
    'a: {url: https://a, singed: false}',
    /the input mirrors: mirror "a" has an unknown key "singed"\. Did you mean "signed"\?/,
  ],
  ['a: {url: https://a, push: {veiw: b}}', /mirror "a" \(push\) has an unknown key "veiw"/],
  [
    'a: {url: https://a, include_binary: ["@@"]}',
    /the input mirrors: mirror "a" \(include_binary\): "@@" is no spec/,
  ],
  ['a=https://a\na=https://b', /two mirrors are named "a"/],
  ['a: https://a\na: https://b', /unique/],
])('%j is refused', async (text, message) => {
  const told = describeError(await rejection(parseMirrorsInput(text, context)));
  expect(told).toMatch(message);
  expect(told).not.toContain('\n');
});
