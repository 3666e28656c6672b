import { expect, test } from 'vitest';
import { knownNodes } from '../../src/spec/known-nodes.ts';
import { readSpecFile } from '../../src/spec/spec-file.ts';
import { generateEnvironment, preOrder } from '../harness/generate.ts';
import { codeOf, edge, node } from './node-fixture.ts';

const read = (text: string, known?: ReturnType<typeof knownNodes>) =>
  readSpecFile(Buffer.from(text), 'x.spec.json', known);
const fileOf = (nodes: readonly unknown[], version: unknown = 5) =>
  `{"spec":{"_meta":{"version":${version}},"nodes":[${nodes.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(',')}]},"buildcache_layout_version":2}`;

test('the spec files of an environment are read as without them, and share their nodes', () => {
  const { nodes } = generateEnvironment({ specs: 60 });
  const known = knownNodes();
  const seen = new Map<string, unknown>();
  for (const hash of nodes.keys()) {
    const closure = preOrder(nodes, hash);
    const version = closure.some(({ annotations }) => annotations.original_specfile_version === 6) ? 6 : 5;
    const text = fileOf(closure, version);
    const found = read(text, known);
    expect(found).toEqual(read(text));
    for (const each of found.nodes.values()) {
      const before = seen.get(`${version}${each.hash}`) ?? each;
      expect(before).toBe(each);
      seen.set(`${version}${each.hash}`, each);
    }
  }
});

test('a node of the same hash and another content is looked into', () => {
  const good = node('a');
  const known = knownNodes();
  read(fileOf([good]), known);
  const changed = JSON.stringify(good).replace('"name":"a"', '"name":"b"');
  expect(codeOf(() => read(fileOf([changed]), known))).toBe('corrupt');
  expect(read(fileOf([good]), known).root.name).toBe('a');
});

test.each([
  ['a comma too many', (text: string) => text.replace('},{"name"', '},,{"name"')],
  ['a comma too few', (text: string) => text.replace('},{"name"', '}{"name"')],
  ['no end', (text: string) => text.slice(0, -1)],
  ['more than the end', (text: string) => `${text}}`],
  ['a byte order mark', (text: string) => text.replace('},{"name"', '},\ufeff{"name"')],
  ['an end too early', (text: string) => text.replace('},{"name"', '}]}},{"name"')],
  ['a version with zeros before it', (text: string) => text.replace('"version":5', '"version":05')],
])('%s is an error as without them', (_, change) => {
  const b = node('b');
  const text = fileOf([node('a', { dependencies: [edge(b)] }), b]);
  const known = knownNodes();
  read(text, known);
  const bad = change(text);
  expect(bad).not.toBe(text);
  expect(codeOf(() => read(bad, known))).toBe('bad-input');
  expect(codeOf(() => read(bad))).toBe('bad-input');
});

test('what is written otherwise is read all the same', () => {
  const known = knownNodes();
  const text = fileOf([node('a')]);
  for (const other of [JSON.stringify(JSON.parse(text), undefined, 2), text.replace('[', '[ ')])
    expect(read(other, known)).toEqual(read(text, known));
  const twice = text.replace(
    '"buildcache_layout_version":2',
    `"spec":${JSON.stringify(JSON.parse(fileOf([node('b')])).spec)}`,
  );
  expect(read(twice, known).root.name).toBe('b');
});

test('what closes a set of nodes is still looked at', () => {
  const known = knownNodes();
  const b = node('b');
  const a = node('a', { dependencies: [edge(b)] });
  read(fileOf([a, b]), known);
  expect(codeOf(() => read(fileOf([a]), known))).toBe('bad-input');
  expect(codeOf(() => read(fileOf([]), known))).toBe('bad-input');
});
