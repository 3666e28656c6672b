import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { entriesOf, isObject } from '../../src/core/json.ts';
import { parseYaml } from '../../src/environment/yaml-text.ts';
import { parseMirrors } from '../../src/mirrors/config.ts';
import { parseMirrorsInput } from '../../src/mirrors/input.ts';

const context = { base: '/', environment: undefined, env: {} };

describe('YAML', () => {
  it.each([
    'a: {b: [1, 2.5, true, null, "x"], c: {d: }}',
    'base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\nlist: [*b, *b]',
    '1: a\n2.5: b\ntrue: c\nnull: d\n"": e\n',
    'text',
    '',
    '- - - a',
    '{"__proto__": {"x": 1}, "constructor": 2, "toString": [3]}',
  ])('means what the package says it means: %j', async (text) => {
    const plain = (value: unknown) => JSON.stringify([value]);
    expect(plain(await parseYaml(text, 'x.yaml'))).toBe(plain(parse(text, { merge: true })));
  });

  it('keeps the order of keys that JavaScript puts first', async () => {
    const value = await parseYaml('{z: 0, "10": a, "2": {"9": 1, b: 2, "8": 3}, "1": c}', 'x.yaml');
    if (!isObject(value)) throw new Error('no map');
    expect(entriesOf(value).map(([key]) => key)).toEqual(['z', '10', '2', '1']);
    expect(isObject(value['2']) && entriesOf(value['2'])).toEqual([
      ['9', 1],
      ['b', 2],
      ['8', 3],
    ]);
  });

  it.each([
    ['a loop', 'a: &a\n  b: *a\n'],
    ['no bottom', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['a key twice', '"1": a\n"1": b\n'],
  ])('with %s is refused, naming the file', async (_, text) => {
    await expect(parseYaml(text, 'x.yaml')).rejects.toMatchObject({
      code: 'bad-input',
      facts: { file: 'x.yaml' },
    });
  });
});

describe('mirrors whose names are numbers', () => {
  const named = (names: string[]) => names.map((name) => expect.objectContaining({ name }));

  it('are asked in the order in which they stand', async () => {
    const section = await parseYaml(
      '"2": file:///b\n"10": file:///c\n"1": file:///a\nz: file:///z\n',
      'm.yaml',
    );
    expect(parseMirrors(section, 'm.yaml', context).mirrors).toEqual(named(['2', '10', '1', 'z']));
    const lines = await parseMirrorsInput('2=file:///b\n10=file:///c\n1=file:///a\n', context);
    expect(lines.mirrors).toEqual(named(['2', '10', '1']));
  });
});
