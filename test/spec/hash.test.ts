import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isObject, objectOf, parseJson } from '../../src/core/json.ts';
import { addEntryNodes, addNodes } from '../../src/spec/add-nodes.ts';
import { decodeNode } from '../../src/spec/decode-node.ts';
import { specEmitter } from '../../src/spec/emit-spec.ts';
import { fullSpec, shortSpec } from '../../src/spec/format.ts';
import { dagHash, hashHolds, hashMustHold, verifyHash } from '../../src/spec/hash.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import type { SpecFormat, SpecNode } from '../../src/spec/node.ts';
import { differenceInEntry } from '../../src/spec/same-nodes.ts';
import { readSpecFile } from '../../src/spec/spec-file.ts';
import { FIXTURES, fixtureGraph } from '../cache/mirror-fixture.ts';
import { type Dict, edge, lockfile, node } from './node-fixture.ts';

/** Hashed once with CPython: `json.dumps(…, separators=(',', ':'))`, SHA-1, base32. */
const VECTOR =
  '{"name":"toolchain","version":"1.0","arch":{"platform":"linux","platform_os":"debian12","target":"x86_64_v3"},' +
  '"namespace":"builtin","parameters":{"build_system":"generic","cflags":[]},"external":{"path":"/usr",' +
  '"module":null,"extra_attributes":{"10":"ten","2":"two","factor":1.0,"tiny":1e-07,' +
  '"big":12345678901234567890,"neg":-0.0,"name":"caf\\u00e9 \\ud83d\\ude00 \\u007f"}},"package_hash":"abc====",' +
  '"annotations":{"original_specfile_version":5}}';

function parsed(text: string): Readonly<Record<string, unknown>> {
  const value = parseJson(text, 'vector');
  if (!isObject(value)) throw new Error('not an object');
  return value;
}

/** As a tool would write it that sorts keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return objectOf(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}

const again = (spec: SpecNode) => decodeNode(sorted(spec.dict), spec.format, 'sorted', 'node');

describe('DAG hashes', () => {
  test('number tokens, integer-like keys and escapes are hashed as Python writes them', () => {
    expect(dagHash(parsed(VECTOR))).toBe('kqevvzqslijibdycwh274ho2yexbxm2h');
    // The same document with raw characters instead of escapes is the same value.
    const raw = VECTOR.replace('\\u00e9', 'é').replace('\\ud83d\\ude00', '😀');
    expect(dagHash(parsed(raw))).toBe('kqevvzqslijibdycwh274ho2yexbxm2h');
    expect(dagHash(parsed(VECTOR.replace('1.0,', '1,')))).not.toBe('kqevvzqslijibdycwh274ho2yexbxm2h');
  });

  const flags = '"cflags":[],"cppflags":[],"cxxflags":[],"fflags":[],"ldflags":[],"ldlibs":[]';
  const opencv = (parameters: string) =>
    '{"name":"opencv","version":"4.8.0","arch":{"platform":"linux","platform_os":"debian12","target":"x86_64_v3"},' +
    `"namespace":"builtin","parameters":{${parameters},"build_system":"generic",${flags}},"package_hash":"abc====",` +
    '"annotations":{"original_specfile_version":5},"hash":"';

  test.each([
    ['"1394":true', 'qh2wwz34crp34gbvw6nr75kw7aziesff', '+1394 build_system=generic'],
    ['"1394":false', 'nablwanpv6cnn5zbf6rx4sbmzahc2bis', '~1394 build_system=generic'],
    ['"1394":["a","b"]', 'mas75pldbcejd6333nay3ll6cl57p4sm', ' 1394:=a,b build_system=generic'],
    [
      '"10":"x","1394":true,"9":false,"Abc":"y","_z":true',
      'opbjw3uiiv446cl3ooggrdhj25dnff5b',
      '+1394~9+_z 10=x Abc=y build_system=generic',
    ],
  ])('variants %s are hashed and printed as Spack 1.3 does', (parameters, hash, printed) => {
    const dict = parsed(`${opencv(parameters)}${hash}"}`);
    const spec = decodeNode(dict, 5, 'opencv', 'node');
    expect(dagHash(dict)).toBe(hash);
    expect(hashHolds(again(spec))).toBe(true);
    const arch = ' platform=linux os=debian12 target=x86_64_v3';
    expect(shortSpec(spec)).toBe(`opencv@4.8.0${printed}${arch}/${hash.slice(0, 7)}`);
    expect(fullSpec(spec)).toBe(`opencv@=4.8.0${printed}${arch}`);
    expect(specEmitter({ nodes: new Map([[hash, spec]]) }).node(spec, 5)).toBe(
      `${opencv(parameters)}${hash}"}`,
    );
  });

  test("attributes we do not know keep their keys' order wherever they stand, a node's own too", () => {
    const text =
      '{"9":1.0,"name":"x","version":"1","arch":{"2":1,"1":[{"7":1e400,"3":-0}],"platform":"linux","platform_os":"o",' +
      '"target":"t"},"parameters":{"__proto__":"a","constructor":true},"10":{"b":1,"2":2},"annotations":{"6":1,"5":2,' +
      '"original_specfile_version":5},"hash":"';
    const spec = decodeNode(parsed(`${text}${'a'.repeat(32)}"}`), 5, 'x', 'x');
    expect([...spec.variants]).toEqual([
      ['__proto__', 'a'],
      ['constructor', true],
    ]);
    const emitted = specEmitter({ nodes: new Map([[spec.hash, spec]]) }).node(spec, 5);
    expect(emitted).toBe(`${text}${'a'.repeat(32)}"}`);
    const hash = dagHash(spec.dict);
    expect(hash).toBe(dagHash(parsed(`${text.slice(0, -',"hash":"'.length)}}`)));
    expect(dagHash(parsed(text.replace('"9":1.0,', '').concat('"}')))).not.toBe(hash);
  });

  test('a node without a bottom is named, whether its hash must hold or not', () => {
    for (const external of ['', '"external":{"path":"/usr","module":null},']) {
      const deep = `${'['.repeat(9000)}${']'.repeat(9000)}`;
      const dict = parsed(
        `${opencv('"a":"b"').replace('"package_hash"', `${external}"x":${deep},"package_hash"`)}${'a'.repeat(32)}"}`,
      );
      const spec = decodeNode(dict, 5, 'f.lock', 'node');
      expect(() => verifyHash(spec, 'f.lock')).toThrow(
        expect.objectContaining({ code: 'bad-input', facts: { file: 'f.lock' } }),
      );
    }
  });

  test('what a node of format 6 provides stands between its package hash and its dependencies', () => {
    const change = { provided_virtuals: ['blas', 'mpi@:3'], dependencies: [edge(node('low'))] };
    const spec = decodeNode(sorted(node('mpich', change, 6)), 6, 'sorted', 'node');
    expect(hashMustHold(spec)).toBe(true);
    expect(hashHolds(spec)).toBe(true);
    // Hashed once with CPython, as above.
    expect(node('mpich', { provided_virtuals: ['blas', 'mpi@:3'] }, 6).hash).toBe(
      '35pxtzl7tzgcmounos26cqb66o2pskg2',
    );
  });

  test('a spliced node keeps the last seven characters of its build spec', () => {
    const spliced = node('app', {
      version: '1',
      build_spec: { name: 'app', hash: `${'a'.repeat(25)}bcdefgh` },
    });
    expect(spliced.hash).toBe('wsvtgfy4tsrncff3ymfxlccnvbcdefgh');
    const spec = decodeNode(sorted(spliced), 5, 'sorted', 'node');
    expect(hashHolds(spec)).toBe(true);
  });

  test('a spliced node need not give its hash, as after most splices in Spack; its build spec must', () => {
    const file = join(FIXTURES, 'spack-1.3/spliced/env-toyapp/spack.lock');
    const { nodes } = readLockfile(readFileSync(file, 'utf8'), file);
    const spliced = [...nodes.values()].filter(({ buildSpec }) => buildSpec !== undefined);
    expect(spliced.map(({ name }) => name).sort()).toEqual(['toyapp', 'toypy']);
    for (const node of spliced) {
      expect([hashHolds(node), hashMustHold(node)]).toEqual([false, false]);
      expect(() => verifyHash(node, file)).not.toThrow();
      const built = nodes.get(node.buildSpec?.hash ?? '');
      expect(built && [hashHolds(built), hashMustHold(built)]).toEqual([true, true]);
      expect(() => built && verifyHash({ ...built, dict: { ...built.dict, version: '7' } }, file)).toThrow(
        'does not give its DAG hash',
      );
    }
  });

  test.each(['1.2', '0.23'] as const)(
    'every node of the %s fixture holds, its keys sorted too',
    (version) => {
      const graph = fixtureGraph(version);
      expect(graph.nodes.size).toBeGreaterThan(4);
      for (const spec of graph.nodes.values()) {
        expect(hashHolds(spec), spec.name).toBe(true);
        if (spec.external === undefined) expect(hashHolds(again(spec)), spec.name).toBe(true);
        const changed = { ...spec, dict: { ...spec.dict, version: '666' } };
        expect(hashHolds(changed)).toBe(false);
      }
    },
  );

  describe('up to Spack 0.20, over indented JSON', () => {
    // Hashed once with CPython: `json.dumps(…, indent=2, separators=(',', ': '))`, with edges of format 3 and 4.
    const [low, ofFormat3, ofFormat4] = [
      'dt2xhft6zwv4hzga3r42mfdxjeerufch',
      'edydq4cgnothw2ag7bzcmru6srnhonym',
      'bj23nbebop5semraxo5mt2u24uvw5mhr',
    ];
    const of = (name: string, hash: string, change: Dict = {}) => ({
      name,
      version: '1.0',
      arch: { platform: 'linux', platform_os: 'debian12', target: 'x86_64_v3' },
      compiler: { name: 'gcc', version: '12.2.0' },
      namespace: 'builtin',
      parameters: {
        build_system: 'generic',
        def: 'a"b\\,{}: é',
        patches: ['x', 'y'],
        cflags: [],
        ldlibs: ['-lm'],
      },
      package_hash: 'abc====',
      ...change,
      hash,
    });
    const needsLow = (virtuals: readonly string[]) => ({
      dependencies: [{ name: 'low', hash: low, parameters: { deptypes: ['build', 'link'], virtuals } }],
    });
    const decoded = (dict: Dict) => decodeNode(dict, 4, 'x', 'x');

    test.each<[string, string, string, Dict]>([
      ['a node without edges', 'low', low, {}],
      ['one of format 4, as 0.20 writes it', 'high', ofFormat4, needsLow(['z'])],
    ])('%s must hold', (_, name, hash, edges) => {
      const dict = of(name, hash, edges);
      for (const spec of [decoded(dict), again(decoded(dict))])
        expect([hashHolds(spec), hashMustHold(spec)]).toEqual([true, true]);
      const changed = decoded({ ...dict, version: '6.6.6' });
      expect(() => verifyHash(changed, 'x')).toThrow('does not give its DAG hash');
      // Later formats never were hashed so.
      expect(() => verifyHash({ ...decoded(dict), format: 5, originalFormat: 5 }, 'x')).toThrow();
    });

    test('one of format 3 is read from a lockfile of 0.20 to 0.23, unless it was changed', () => {
      const nodes = [of('high', ofFormat3, needsLow([])), of('low', low)];
      const read = (high: Dict) => readLockfile(lockfile([high, of('low', low)], {}, 5), 'spack.lock').nodes;
      expect([...read(nodes[0] ?? {}).keys()]).toEqual([ofFormat3, low]);
      for (const change of [{ version: '6.6.6' }, { name: 'evil' }, { package_hash: 'evil' }]) {
        const changed = of('high', ofFormat3, { ...needsLow([]), ...change });
        expect(() => read(changed)).toThrow('does not give its DAG hash');
      }
    });

    test('one of format 3 does not prove the virtuals of its edges', () => {
      const spec = decoded(of('high', ofFormat3, needsLow(['mpi'])));
      for (const each of [spec, again(spec)]) {
        expect(() => verifyHash(each, 'x')).not.toThrow();
        expect([hashHolds(each), hashMustHold(each)]).toEqual([false, false]);
      }
    });

    test('a text that would become many times as long is not made', () => {
      const deep = { a: { b: { c: { d: { e: { f: { g: [1] } } } } } } };
      expect(() => verifyHash(decoded(of('low', low, { x: deep })), 'x')).toThrow(
        'does not give its DAG hash',
      );
    });
  });

  describe('of a node that Spack has reused, its flags in another order', () => {
    const parameters = (flags: Dict) => ({ parameters: { build_system: 'generic', ...flags } });
    const built = (flags: Dict, format: 5 | 6 = 5) => node('app', parameters(flags), format);
    const decoded = (dict: Dict, format: SpecFormat = 5) => decodeNode(dict, format, 'x', 'x');

    test.each<[string, Dict, Dict]>([
      ['sorted', { cflags: ['-g', '-O2'] }, { cflags: ['-O2', '-g'] }],
      [
        'those of the command line last (0.23)',
        { cflags: ['-pipe', '-m64', '-g', '-O2'] },
        { cflags: ['-m64', '-pipe', '-g', '-O2'] },
      ],
      [
        'of several kinds',
        { cflags: ['-g'], ldflags: ['-s', '-Wl,-z,now'] },
        { cflags: ['-g'], ldflags: ['-Wl,-z,now', '-s'] },
      ],
    ])('need not hold: %s', (_, before, after) => {
      for (const format of [5, 6] as const) {
        const [first, reused] = [built(before, format), { ...built(before, format), ...parameters(after) }];
        expect(hashMustHold(decoded(first, format))).toBe(true);
        expect(hashMustHold(decoded(reused, format))).toBe(false);
        const version = format === 5 ? 6 : 8;
        const { nodes } = readLockfile(lockfile([reused], {}, version), 'spack.lock');
        expect(nodes.get(first.hash)?.flags).toEqual(new Map(Object.entries(after)));
      }
      const { annotations: _a, hash: _h, ...older } = built(before);
      const reused = { ...older, ...parameters(after), hash: dagHash(older) };
      expect(() => verifyHash(decoded(reused, 4), 'x')).not.toThrow();
    });

    test.each(['0.23', '1.2', '1.3'])('as Spack %s itself orders them', (version) => {
      const file = join(FIXTURES, `spack-${version}/reused-flags.spec.json`);
      const { root } = readSpecFile(readFileSync(file), file);
      expect(root.flags.get('cflags')).toEqual(['-O2', '-g', '-pipe']);
      expect([hashHolds(root), hashMustHold(root)]).toEqual([false, false]);
    });

    test.each<Dict>([{}, { cflags: ['-g'] }, { cflags: ['-g'], cxxflags: ['-O2'], ldlibs: [] }])(
      'must hold without flags that could be in another order: %j',
      (flags) => {
        const changed = decoded({ ...built(flags), version: '6.6.6' });
        expect(hashMustHold(changed)).toBe(true);
        expect(() => verifyHash(changed, 'x')).toThrow('does not give its DAG hash');
      },
    );

    test('a changed one proves nothing: what else is known of its hash has to agree', () => {
      const flags = { cflags: ['-O2', '-g'] };
      const forged = decoded({ ...built(flags), version: '6.6.6' });
      expect(hashMustHold(forged)).toBe(false);
      const nodes = new Map([[forged.hash, decoded(built(flags))]]);
      expect(() => addNodes(nodes, new Map([[forged.hash, forged]]), 'x')).toThrow('that differ');
      expect(differenceInEntry(forged.hash, new Map([[forged.hash, forged]]), nodes)).toMatch('the version');
      const into = new Map([[forged.hash, forged]]);
      const root = decoded(built({ cflags: ['-O2', '-g'] }));
      addEntryNodes(into, { root, nodes: new Map([[root.hash, root]]) });
      expect(into.get(root.hash)).toBe(root);
    });
  });

  describe('of a node to which Spack has added a commit when it reused it', () => {
    const commit = 'a'.repeat(40);
    const first = node('app', { parameters: { build_system: 'generic', shared: true, cflags: [] } });
    const withCommit = (value: unknown) => ({
      ...first,
      parameters: { build_system: 'generic', commit: value, shared: true, cflags: [] },
    });
    const decoded = (dict: Dict) => decodeNode(dict, 5, 'x', 'x');

    test.each(['1.2', '1.3'])('it need not hold, as Spack %s itself writes it', (version) => {
      const file = join(FIXTURES, `spack-${version}/reused-commit.spec.json`);
      const { root } = readSpecFile(readFileSync(file), file);
      expect(root.variants.get('commit')).toBe(commit);
      for (const each of [root, again(root)])
        expect([hashHolds(each), hashMustHold(each)]).toEqual([false, false]);
    });

    test('the rest must give the hash, and nothing but a commit is left out', () => {
      expect(() => verifyHash(decoded(withCommit(commit)), 'x')).not.toThrow();
      const bad = [
        { ...withCommit(commit), version: '6.6.6' },
        ...['main', commit.slice(1), commit.toUpperCase(), [commit]].map(withCommit),
      ];
      for (const dict of bad)
        expect(() => verifyHash(decoded(dict), 'x')).toThrow('does not give its DAG hash');
    });

    test('a commit that is hashed must be there', () => {
      const hashed = node('app', { parameters: { build_system: 'generic', commit, cflags: [] } });
      expect(hashMustHold(decoded(hashed))).toBe(true);
      const without = decoded({ ...hashed, parameters: { build_system: 'generic', cflags: [] } });
      expect(() => verifyHash(without, 'x')).toThrow('does not give its DAG hash');
    });
  });

  test('it must hold only where Spack computed it from this text', () => {
    const spec = decodeNode(node('app'), 5, 'x', 'x');
    expect(hashMustHold(spec)).toBe(true);
    expect(hashMustHold({ ...spec, external: { path: '/usr' } })).toBe(false);
    expect(hashMustHold({ ...spec, originalFormat: 4 })).toBe(false);
    expect(hashMustHold({ ...spec, format: 3, originalFormat: 3 })).toBe(false);
    expect(hashMustHold({ ...spec, dict: { arch: { target: { name: 'zen3' } } } })).toBe(false);
  });
});
