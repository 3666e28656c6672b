import { expect, test } from 'vitest';
import { dagHash } from '../../src/spec/hash.ts';
import { readSpecFile } from '../../src/spec/spec-file.ts';
import { specFileRoots } from '../../src/spec/spec-file-roots.ts';
import { generateEnvironment, preOrder } from '../harness/generate.ts';
import { codeOf, edge, node } from './node-fixture.ts';

const readWith = (text: string, roots = specFileRoots()) => roots.rootOf(Buffer.from(text), 'x.spec.json');
const read = (text: string, roots = specFileRoots()) => readWith(text, roots).root;
const readAlone = (text: string) => readSpecFile(Buffer.from(text), 'x.spec.json').root;
const fileOf = (nodes: readonly unknown[], version: unknown = 5) =>
  `{"spec":{"_meta":{"version":${version}},"nodes":[${nodes.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(',')}]},"buildcache_layout_version":2}`;

test('the spec files of an environment have the roots that each has by itself', () => {
  const { nodes } = generateEnvironment({ specs: 60 });
  const roots = specFileRoots();
  for (const hash of nodes.keys()) {
    const closure = preOrder(nodes, hash);
    const version = closure.some(({ annotations }) => annotations.original_specfile_version === 6) ? 6 : 5;
    const text = fileOf(closure, version);
    const { name, version: ofNode, dependencies } = readAlone(text);
    const edges = dependencies.map((each) => expect.objectContaining({ name: each.name, hash: each.hash }));
    const expected = { name, hash, version: ofNode, dependencies: edges };
    expect(read(text, roots)).toMatchObject(expected);
    expect(read(text, roots)).toMatchObject(expected);
  }
});

test('a node of the same hash and another content is looked into', () => {
  const good = node('a');
  const roots = specFileRoots();
  read(fileOf([good]), roots);
  const changed = JSON.stringify(good).replace('"name":"a"', '"name":"b"');
  expect(codeOf(() => read(fileOf([changed]), roots))).toBe('corrupt');
  expect(read(fileOf([good]), roots).name).toBe('a');
});

test.each([
  ['a comma too many', (text: string) => text.replace('},{"name"', '},,{"name"')],
  ['a comma too few', (text: string) => text.replace('},{"name"', '}{"name"')],
  ['no end', (text: string) => text.slice(0, -1)],
  ['more than the end', (text: string) => `${text}}`],
  ['a byte order mark', (text: string) => text.replace('},{"name"', '},\ufeff{"name"')],
  ['an end too early', (text: string) => text.replace('},{"name"', '}]}},{"name"')],
  ['a version with zeros before it', (text: string) => text.replace('"version":5', '"version":05')],
])('%s is an error as it is alone', (_, change) => {
  const b = node('b');
  const text = fileOf([node('a', { dependencies: [edge(b)] }), b]);
  const roots = specFileRoots();
  read(text, roots);
  const bad = change(text);
  expect(bad).not.toBe(text);
  expect(codeOf(() => read(bad, roots))).toBe('bad-input');
  expect(codeOf(() => readAlone(bad))).toBe('bad-input');
});

test('a text that begins as the one before it is read as a whole', () => {
  const [a, b] = [node('a'), node('b')];
  const text = fileOf([a]);
  const nodes = text.slice(0, text.indexOf(']}') + 1);
  const sha256 = '0'.repeat(64);
  for (const other of [
    fileOf([a, b]),
    `${nodes}},"binary_cache_checksum":{"hash_algorithm":"sha256","hash":"${sha256}"}}`,
    `${nodes},"nodes":[${JSON.stringify(b)}]}}`,
    `${nodes},"_meta":{"version":4}}}`,
    `${nodes}},"spec":{}}`,
    nodes,
    `${nodes}}}x`,
  ]) {
    const answer = (roots = specFileRoots()) => {
      try {
        const { root, tarballSha256 } = readWith(other, roots);
        return [root.name, root.hash, tarballSha256];
      } catch (error) {
        return error;
      }
    };
    const roots = specFileRoots();
    read(text, roots);
    expect(answer(roots)).toEqual(answer());
    expect(read(text, roots).name).toBe('a');
  }
});

test('what is written otherwise is read all the same', () => {
  const roots = specFileRoots();
  const text = fileOf([node('a')]);
  for (const other of [JSON.stringify(JSON.parse(text), undefined, 2), text.replace('[', '[ ')])
    expect(read(other, roots)).toMatchObject(read(text, roots));
  const twice = text.replace(
    '"buildcache_layout_version":2',
    `"spec":${JSON.stringify(JSON.parse(fileOf([node('b')])).spec)}`,
  );
  expect(read(twice, roots).name).toBe('b');
});

test('what closes a set of nodes is still looked at', () => {
  const roots = specFileRoots();
  const b = node('b');
  const a = node('a', { dependencies: [edge(b)] });
  read(fileOf([a, b]), roots);
  expect(codeOf(() => read(fileOf([a]), roots))).toBe('bad-input');
  expect(codeOf(() => read(fileOf([]), roots))).toBe('bad-input');
});

test('a hash that stands in another member than it seems to is no hash of a node', () => {
  const b = node('b');
  const a = node('a', { dependencies: [edge(b)] });
  const ending = (each: typeof a, hash: string) => {
    const { hash: _, ...others } = each;
    return JSON.stringify({ hash: dagHash({ ...others, 'a"hash': hash }), ...others, 'a"hash': hash });
  };
  const [like, c] = [ending(node('c'), b.hash), ending(node('c'), node('d').hash)];
  for (const text of [fileOf([a, like]), fileOf([a, b, c, `${c.slice(0, -34)}${a.hash}"}`])]) {
    const code = codeOf(() => readAlone(text));
    expect(code).not.toBe('no error');
    expect(codeOf(() => read(text))).toBe(code);
  }
});

/** As the configuration of an image has it: other members before and behind. */
const configOf = (spec: string, before = '"config":{"Env":["PATH=/bin"]},') =>
  `{"architecture":"amd64",${before}${spec.slice(1, -1)},"binary_cache_checksum":{"hash_algorithm":"sha256","hash":"f00d"},"archive_size":1}`;

test('the configuration of an image says its root and the tarball that belongs to it', () => {
  const roots = specFileRoots();
  const b = node('b');
  const text = configOf(fileOf([node('a', { dependencies: [edge(b)] }), b]));
  for (let i = 0; i < 2; i++) {
    const { root, tarballSha256 } = readWith(text, roots);
    expect(root.name).toBe('a');
    expect(tarballSha256).toBe('f00d');
  }
  const changed = text.replaceAll('"name":"b"', '"name":"c"');
  expect(codeOf(() => readWith(changed, roots))).toBe('corrupt');
  expect(readWith(fileOf([b]), roots).tarballSha256).toBeUndefined();
});

const decoy = fileOf([node('decoy')]).slice(1, -1);
test.each([
  ['in another member', (text: string) => configOf(text, `"config":{${decoy}},`)],
  ['in a member whose name ends like it', (text: string) => configOf(text, `"a\\${decoy},`)],
  ['in a spec that the second replaces', (text: string) => configOf(text, `${decoy},`)],
  ['in a text', (text: string) => configOf(text, `"config":${JSON.stringify(`{${decoy}}`)},`)],
  [
    'in another member, that are wrong besides,',
    (text: string) => configOf(text, `"config":{${decoy.replace('"version":"1.0"', '"version":"2.0"')}},`),
  ],
])('nodes %s are not taken for those of the spec', (_, disguise) => {
  const text = disguise(fileOf([node('a')]));
  const roots = specFileRoots();
  for (let i = 0; i < 2; i++) expect(read(text, roots).name).toBe('a');
  expect(readAlone(text).name).toBe('a');
});

test.each([
  ['no nodes in the spec that counts', '"spec":{"_meta":{"version":5},"nodes":[]}', 'bad-input'],
  ['a version that counts and is not read', '"spec":{"_meta":{"version":"5"},"nodes":[]}', 'unsupported'],
  ['something after the nodes that is no JSON', '"x":01', 'bad-input'],
])('%s is an error as it is alone', (_, behind, code) => {
  const text = `${fileOf([node('a')]).slice(0, -1)},${behind}}`;
  expect(codeOf(() => read(text))).toBe(code);
  expect(codeOf(() => readAlone(text))).toBe(code);
});

test('a version that is written again after the nodes counts', () => {
  const text = fileOf([node('a')]).replace(']},"build', '],"_meta":{"version":"5"}},"build');
  expect(codeOf(() => read(text))).toBe('unsupported');
  expect(codeOf(() => readAlone(text))).toBe('unsupported');
});
