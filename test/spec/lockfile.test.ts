import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeError } from '../../src/core/errors.ts';
import { stringifyCompact } from '../../src/core/json.ts';
import { postOrder } from '../../src/spec/graph.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { FIXTURES } from '../cache/mirror-fixture.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { inFormat6 } from '../harness/generate-format6.ts';
import { runs } from '../harness/runs.ts';
import { codeOf, type Dict, edge, lockfile, node } from './node-fixture.ts';

const read = (text: string) => readLockfile(text, 'spack.lock');
const fixture = (version: string) =>
  readFileSync(path.join(FIXTURES, `spack-${version}/env/spack.lock`), 'utf8');

describe('readLockfile', () => {
  test.each(['1.3', '1.2', '0.23'])('the fixture of Spack %s', (version) => {
    const text = fixture(version);
    const graph = read(text);
    const document = JSON.parse(text);
    expect([...graph.nodes.keys()]).toEqual(Object.keys(document.concrete_specs));
    expect(graph.roots).toEqual(document.roots);
  });

  test('version 4, with format 3 edges; its hashes are not recomputed', () => {
    const low = { ...node('low'), annotations: undefined };
    const high = {
      ...node('high'),
      annotations: undefined,
      dependencies: [{ name: 'low', hash: low.hash, type: ['run', 'build'] }],
    };
    const { nodes } = read(lockfile([high, low], {}, 4));
    expect(nodes.get(high.hash)?.dependencies).toEqual([
      { name: 'low', hash: low.hash, deptypes: ['build', 'run'], virtuals: [], direct: true },
    ]);
    expect(nodes.get(high.hash)?.format).toBe(3);
  });

  test.each([1, 2, 3, 9, 6.5, -1])('version %d is not supported, and says what to do', (version) => {
    try {
      read(lockfile([node('a')], {}, version));
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'unsupported' });
      expect(describeError(error)).toMatch(version < 4 ? /concretize/ : /update buildcache-action/);
    }
  });

  test('version 8, made to the documents of the format: what a node provides is part of its hash', () => {
    const { lockfile: text, nodes } = inFormat6(generateEnvironment({ specs: 30, seed: 2 }));
    const graph = read(text);
    expect([...graph.nodes.keys()]).toEqual([...nodes.keys()]);
    expect([...graph.nodes.values()].every(({ format }) => format === 6)).toBe(true);
    const changed = text.replace('"virtual-', '"vertual-');
    expect(changed).not.toBe(text);
    expect(codeOf(() => read(changed))).toBe('corrupt');
  });

  test('the roots of included environments are in no group of this one', () => {
    const [a, b] = [node('a'), node('b')];
    const root = (each: Dict & { hash: string }, group: string) => ({ hash: each.hash, spec: 'x', group });
    const inner = { roots: [root(b, 'tools')], concrete_specs: { [b.hash]: b } };
    const { roots } = read(lockfile([a], { roots: [root(a, 'apps')], include_concrete: { '/b': inner } }, 7));
    expect(roots).toEqual([root(a, 'apps'), { ...root(b, 'tools'), included: true }]);
  });

  test('included environments, nested, are followed; the same hash twice is one', () => {
    const [a, b, c] = [node('a'), node('b'), node('c')];
    const part = (each: Dict, more: Dict = {}) => ({
      roots: [{ hash: each['hash'], spec: String(each['name']) }],
      concrete_specs: { [String(each['hash'])]: each },
      ...more,
    });
    const inner = part(b, { include_concrete: { '/c': part(c), '/a': part(a) } });
    const { nodes, roots } = read(lockfile([a], { include_concrete: { '/b': inner } }));
    expect([...nodes.values()].map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(roots.map(({ spec }) => spec)).toEqual(['a', 'b', 'c', 'a']);
  });

  test('included environments that make two specs of one hash are refused', () => {
    const external = { external: { path: '/usr', module: null, extra_attributes: {} }, hash: 'a'.repeat(32) };
    const here = { ...node('gcc'), ...external };
    const inner = (version: string) => ({
      '/e': { roots: [], concrete_specs: { [here.hash]: { ...here, version } } },
    });
    expect(read(lockfile([here], { include_concrete: inner('1.0') })).nodes.size).toBe(1);
    expect(codeOf(() => read(lockfile([here], { include_concrete: inner('6.6') })))).toBe('bad-input');
  });

  test('what is external without a path or a module is not, as in Spack: a gate would leave it out', () => {
    const read1 = (external: Dict) => [...read(lockfile([node('zlib', { external })])).nodes.values()][0];
    for (const none of [
      {},
      { path: null, module: null },
      { path: '', module: [] },
      { path: null, module: false },
      { path: null, module: {} },
      { path: null, module: 0 },
    ]) {
      expect(read1(none)?.external).toBeUndefined();
      const forged = { ...node('zlib', { external: none }), hash: 'a'.repeat(32) };
      expect(codeOf(() => read(lockfile([forged])))).toBe('corrupt');
    }
    const one = node('zlib', { external: { path: null, module: 77 } });
    const withModule = (token: string) => {
      const text = lockfile([{ ...one, annotations: { original_specfile_version: 4 } }]);
      return read(text.replace('77', token)).nodes.get(one.hash)?.external;
    };
    for (const zero of ['0.0', '-0', '-0.0', '0e7', '1e-400']) expect(withModule(zero)).toBeUndefined();
    for (const module of ['0.5', '1e400', '"0"', '[0]', '{"a":0}', 'true'])
      expect(withModule(module)).toEqual({ path: undefined });
    expect(read1({ path: null, module: ['zlib/1'] })?.external).toEqual({ path: undefined });
    expect(read1({ path: '/usr', module: null })?.external).toEqual({ path: '/usr' });
  });

  test('what Spack would read as no concrete spec, or as one of another version, is refused', () => {
    const loose = { annotations: { original_specfile_version: 4 } };
    for (const odd of [{ versions: ['2.0'] }, { versions: [] }, { concrete: false }, { concrete: null }])
      expect(codeOf(() => read(lockfile([{ ...node('zlib'), ...loose, ...odd }])))).toBe('bad-input');
    expect(read(lockfile([{ ...node('zlib'), ...loose, concrete: true }])).nodes.size).toBe(1);
  });

  test('what only an included environment builds a spec with is asked for, too', () => {
    const loose = { annotations: { original_specfile_version: 4 } };
    const tool = { ...node('tool'), ...loose };
    const bare = { ...node('app'), ...loose };
    const app = { ...bare, dependencies: [edge(tool, ['build'])] };
    const inner = {
      roots: [{ hash: app.hash, spec: 'app' }],
      concrete_specs: { [app.hash]: app, [tool.hash]: tool },
    };
    const graph = read(lockfile([bare], { include_concrete: { '/inner': inner } }));
    expect(postOrder(graph, [bare.hash]).map(({ name }) => name)).toEqual(['tool', 'app']);
  });

  test('200,000 roots of one hash', () => {
    const a = node('a');
    const roots = Array.from({ length: 200_000 }, () => ({ hash: a.hash, spec: 'a' }));
    expect(read(lockfile([a], { roots })).roots).toHaveLength(200_000);
  });

  const a = node('a');
  const b = node('b');
  const external = (name: string, hash: string, to: string) => ({
    ...node(name, { external: { path: '/usr', module: null }, dependencies: [{ ...edge(a), hash: to }] }),
    hash,
  });
  const [x, y] = ['x'.repeat(32), 'y'.repeat(32)];
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const BAD: [string, string, string][] = [
    ['empty', '', 'bad-input'],
    ['truncated', fixture('1.2').slice(0, 3000), 'bad-input'],
    ['a list', '[]', 'bad-input'],
    ['null', 'null', 'bad-input'],
    ['another document', '{"spec":{}}', 'bad-input'],
    ['concrete_specs a list', lockfile([a], { concrete_specs: [] }), 'bad-input'],
    ['no concrete_specs', lockfile([a], { concrete_specs: undefined }), 'bad-input'],
    ['roots missing', lockfile([a], { roots: undefined }), 'bad-input'],
    ['roots of strings', lockfile([a], { roots: [a.hash] }), 'bad-input'],
    [
      'a group that is a list',
      lockfile([a], { roots: [{ hash: a.hash, spec: 'a', group: [] }] }, 7),
      'bad-input',
    ],
    ['virtuals that are no list', lockfile([{ ...a, provided_virtuals: 'mpi' }], {}, 8), 'bad-input'],
    ['a virtual that is a number', lockfile([{ ...a, provided_virtuals: [1] }], {}, 8), 'bad-input'],
    ['a root that is not there', lockfile([a], { roots: [{ hash: x, spec: 'x' }] }), 'bad-input'],
    ['a dangling edge', lockfile([node('c', { dependencies: [edge(b)] })]), 'bad-input'],
    ['a circle', lockfile([external('p', x, y), external('q', y, x)]), 'bad-input'],
    ['itself', lockfile([external('p', x, x)]), 'bad-input'],
    ['another hash than its key', lockfile([a], { concrete_specs: { [b.hash]: a } }), 'bad-input'],
    ['a version that no URL can hold', lockfile([{ ...a, version: '1.\ud800' }]), 'bad-input'],
    [
      'a compiler of such a version',
      lockfile([{ ...a, compiler: { name: 'gcc', version: '\udfff' } }]),
      'bad-input',
    ],
    ['content changed', lockfile([{ ...a, version: '2.0' }]), 'corrupt'],
    [
      '__proto__ as a key',
      lockfile([a]).replace('"concrete_specs":{', '"concrete_specs":{"__proto__":{},'),
      'bad-input',
    ],
    [
      '__proto__ in a node',
      lockfile([a]).replace('"version":"1.0"', '"version":"1.0","__proto__":{"x":1}'),
      'corrupt',
    ],
    ['deep in a node', lockfile([a]).replace('"abc===="', nested(10_000)), 'bad-input'],
    ['deep with tokens', lockfile([a]).replace('"abc===="', `1.0,"d":${nested(10_000)}`), 'bad-input'],
    ['deep by itself', nested(100_000), 'bad-input'],
    [
      'a version with a hostile toString',
      lockfile([a], { _meta: { 'file-type': 'spack-lockfile', 'lockfile-version': { toString: 1 } } }),
      'bad-input',
    ],
    [
      'includes itself for ever',
      `${lockfile([a]).slice(0, -1)}${',"include_concrete":{"/e":{"roots":[]'.repeat(40)}${'}}'.repeat(40)}}`,
      'bad-input',
    ],
  ];
  test.each(BAD)('%s: %#', (_, text, code) => {
    expect(codeOf(() => read(text))).toBe(code);
  });

  test('of a key that stands twice the last value counts, as Spack reads it', () => {
    const twice = lockfile([a]).replace('"version":"1.0"', '"version":"0.1","version":"1.0"');
    expect([...read(twice).nodes.keys()]).toEqual([a.hash]);
    expect(
      codeOf(() => read(lockfile([a]).replace('"version":"1.0"', '"version":"1.0","version":"2"'))),
    ).toBe('corrupt');
    const hashes = (first: string, last: string) =>
      lockfile([a]).replace(`"hash":"${a.hash}"}}`, `"hash":"${first}","hash":"${last}"}}`);
    expect([...read(hashes(b.hash, a.hash)).nodes.keys()]).toEqual([a.hash]);
    expect(codeOf(() => read(hashes(a.hash, b.hash)))).toBe('bad-input');
    const specs = lockfile([a]).replace('"concrete_specs":', '"concrete_specs":{"x":1},"concrete_specs":');
    expect([...read(specs).nodes.keys()]).toEqual([a.hash]);
  });

  test('keys and numbers that JavaScript bends are no reason to refuse a file', () => {
    const attributes =
      '{"10":1e400,"2":9223372036854775808,"1":-0,"x":1.0,"__proto__":{"3":1},"toString":"\\ud800","constructor":null}';
    const hash = 'a'.repeat(32);
    const text = lockfile([
      { ...node('x', { external: { path: '/usr', module: null, extra_attributes: 'HERE' } }), hash },
    ])
      .replace('"HERE"', attributes)
      .replace('"parameters":{', '"parameters":{"1394":true,"5":2.0,');
    const found = read(`${text.slice(0, -1)},"7":{},"include_concrete":{"1":{"roots":[]}}}`).nodes.get(hash);
    expect(found?.variants.get('1394')).toBe(true);
    expect(found?.variants.get('5')).toBe('2.0');
    expect(stringifyCompact(found?.dict)).toContain(`"extra_attributes":${attributes}`);
  });

  test('a name, version or hash that could leave a folder is refused', () => {
    for (const change of [
      { name: '../x' },
      { name: 'a/b' },
      { name: '' },
      { version: 'a\nb' },
      { hash: '../'.repeat(10) },
    ]) {
      expect(codeOf(() => read(lockfile([{ ...a, ...change }])))).toBe('bad-input');
    }
    expect(Object.prototype).not.toHaveProperty('x');
  });

  test('mutated lockfiles are read or end in one of our errors', () => {
    const text = lockfileText();
    const at = fc.nat(text.length - 1);
    const values = [
      'null',
      '[]',
      '{}',
      '1.0',
      '"x"',
      '{"toString":1}',
      '"',
      '}',
      '\u0000',
      '-',
      '"__proto__":',
      '9e999',
    ];
    const edits = fc.array(fc.tuple(at, fc.nat(30), fc.constantFrom(...values)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(edits, (changes) => {
        let changed = text;
        for (const [from, length, value] of changes) {
          changed = changed.slice(0, from) + value + changed.slice(from + length);
        }
        codeOf(() => read(changed));
      }),
      { numRuns: runs(300) },
    );
  });

  test('any value replaced by another of any type', () => {
    const document = JSON.parse(lockfileText());
    const places: [Record<string, unknown>, string][] = [];
    const collect = (value: unknown) => {
      if (typeof value !== 'object' || value === null) return;
      for (const key of Object.keys(value)) {
        const holder = value as Record<string, unknown>;
        places.push([holder, key]);
        collect(holder[key]);
      }
    };
    collect(document);
    const any = fc.constantFrom<unknown>(
      null,
      0,
      -1,
      '',
      'x',
      true,
      [],
      [null],
      {},
      { toString: 1, valueOf: 1 },
      [[]],
    );
    fc.assert(
      fc.property(fc.nat(places.length - 1), any, (i, value) => {
        const place = places[i];
        if (place === undefined) return;
        const [holder, key] = place;
        const before = holder[key];
        holder[key] = value;
        try {
          codeOf(() => read(JSON.stringify(document)));
        } finally {
          holder[key] = before;
        }
      }),
      { numRuns: runs(400) },
    );
  });

  test('generated environments', () => {
    const environment = generateEnvironment({ specs: 200, seed: 9 });
    const { nodes, roots } = read(environment.lockfile);
    expect([...nodes.keys()]).toEqual([...environment.nodes.keys()]);
    expect(roots).toEqual(environment.roots);
  });
});

function lockfileText(): string {
  return generateEnvironment({ specs: 6, seed: 2 }).lockfile;
}
