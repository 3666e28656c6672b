import { describe, expect, test } from 'vitest';
import { isObject, parseJson } from '../../src/core/json.ts';
import { decodeNode } from '../../src/spec/decode-node.ts';
import { dagHash, hashHolds, hashMustHold } from '../../src/spec/hash.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { fixtureGraph } from '../cache/mirror-fixture.ts';
import { edge, node } from './node-fixture.ts';

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
  return Object.fromEntries(
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

  test('it must hold only where Spack computed it from this text', () => {
    const spec = decodeNode(node('app'), 5, 'x', 'x');
    expect(hashMustHold(spec)).toBe(true);
    expect(hashMustHold({ ...spec, external: { path: '/usr' } })).toBe(false);
    expect(hashMustHold({ ...spec, originalFormat: 4 })).toBe(false);
    expect(hashMustHold({ ...spec, format: 3, originalFormat: 3 })).toBe(false);
    expect(hashMustHold({ ...spec, dict: { arch: { target: { name: 'zen3' } } } })).toBe(false);
  });
});
