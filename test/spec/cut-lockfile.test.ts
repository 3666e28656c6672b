import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeError } from '../../src/core/errors.ts';
import { stringifyCompact } from '../../src/core/json.ts';
import { cutLockfile, hashedText } from '../../src/spec/cut-lockfile.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { cpuOf } from '../harness/cpu.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { runs } from '../harness/runs.ts';
import { type Dict, edge, lockfile, node } from './node-fixture.ts';

function cut(text: string) {
  const steps = cutLockfile(text, 'spack.lock');
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** A space at the end leaves the document to the parser of whole ones. */
function asWhole(text: string): string {
  expect(cut(`${text} `)).toBeUndefined();
  return `${text} `;
}

function outcome(text: string): unknown {
  try {
    return readLockfile(text, 'spack.lock');
  } catch (error) {
    return describeError(error);
  }
}

function expectSame(text: string): void {
  const [cut, whole] = [outcome(text), outcome(asWhole(text))];
  if (!isDeepStrictEqual(cut, whole)) expect(cut).toEqual(whole);
}

/** Nested so deep in all. */
function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { in: value };
  return value;
}

describe('a lockfile that is cut into its nodes', () => {
  const low = node('low');
  const high = node('high', { dependencies: [edge(low, ['build', 'link'])] });
  const plain = lockfile([high, low]);

  test('is one that Spack writes, with or without a line end', () => {
    const environment = generateEnvironment({ specs: 40, seed: 3 }).lockfile;
    for (const text of [plain, `${plain}\n`, environment]) {
      const { nodes } = cut(text) ?? expect.unreachable();
      expect(Object.fromEntries([...nodes].map(([key, { dict }]) => [key, dict]))).toEqual(
        JSON.parse(text).concrete_specs,
      );
      for (const part of nodes.values()) {
        const { hash: _, ...rest } = part.dict;
        expect(hashedText(part)).toBe(stringifyCompact(rest));
      }
      expectSame(text.trimEnd());
    }
  });

  test('keeps the order of keys that JavaScript puts first', () => {
    const text = lockfile([node('opencv', { parameters: { 1394: false, build_system: 'cmake' } })]);
    expect(cut(text)).toBeDefined();
    expectSame(text);
    const before = node('opencv', { parameters: Object.freeze({ build_system: 'cmake' }) });
    expectSame(lockfile([before]).replace('"build_system":"cmake"', '"build_system":"cmake","1394":false'));
  });

  const spoiled: Record<string, string> = {
    'written with spaces': JSON.stringify(JSON.parse(plain), null, 1),
    'with a number that JavaScript prints otherwise': plain.replace('"namespace":', '"x":1.0,"namespace":'),
    'with a large number': plain.replace('"namespace":', '"x":12345678901234567890,"namespace":'),
    'with a letter that is not ASCII': plain.replace('"builtin"', '"büiltin"'),
    'with such a letter escaped': plain.replace('"builtin"', '"b\\u00fciltin"'),
    'with DEL': plain.replace('"builtin"', '"b\x7filtin"'),
    'with an escape that need not be': plain.replace('"builtin"', '"b\\u0075iltin"'),
    'with a member that stands twice': plain.replace('"platform":', '"platform":"a","platform":'),
    'with a node that stands twice': plain.replace(
      '"concrete_specs":{',
      `"concrete_specs":{"${low.hash}":${JSON.stringify(low)},`,
    ),
    'with specs that stand twice': plain.replace('"roots":', '"concrete_specs":{},"roots":'),
    'with specs that stand twice, once escaped': plain.replace(
      '"roots":',
      '"concrete\\u005fspecs":{},"roots":',
    ),
    'with specs where they do not belong': `${plain.replace('"concrete_specs":{', '"in":{"concrete_specs":{')}}`,
    'without specs': lockfile([]),
    'with members after the specs': lockfile([high, low], { more: 1 }),
    'with included environments': lockfile([high, low], { include_concrete: {} }),
    'with a hash that is not the last member': lockfile([{ ...low, more: 1 }]),
    'with a hash that is not its key': plain.replaceAll(`"hash":"${low.hash}"}`, `"hash":"${high.hash}"}`),
    'with a key that is no hash': plain.replace(`"${low.hash}":{`, '"low":{'),
    'that is cut short': plain.slice(0, -1),
    'with a bracket too many': `${plain}}`,
    'with a node that is no object': plain.replace(`:${JSON.stringify(low)}`, ':[]'),
  };
  test.each(Object.entries(spoiled))('is none %s, which is read as a whole', (_, text) => {
    expect(text).not.toBe(plain);
    expect(cut(text)).toBeUndefined();
  });

  test('is read once, however many environments it includes', () => {
    const included = Array.from({ length: 20_000 }, (_, i) => [`/e${i}`, { roots: [] }]);
    const nodes = Array.from({ length: 500 }, (_, i) => node(`p${i}`));
    const { concrete_specs, ...head } = JSON.parse(lockfile(nodes));
    const text = JSON.stringify({ ...head, include_concrete: Object.fromEntries(included), concrete_specs });
    expect(cut(text)).toBeDefined();
    expect(cpuOf(() => expect(readLockfile(text, 'spack.lock').nodes.size).toBe(500))).toBeLessThan(4);
    const few = text.replace(/,"\/e1":.*"\/e19999":\{"roots":\[\]\}/, '');
    expect(few.length).toBeLessThan(text.length);
    expectSame(few);
  });

  const wrong: Record<string, Dict[]> = {
    'a hash that does not hold': [{ ...low, version: '2.0', hash: low.hash }],
    'a dependency that is not there': [high],
    'a malformed name': [node('../low')],
    'a malformed parameter': [node('low', { parameters: { cflags: [1] } })],
    'an unknown type of dependency': [node('top', { dependencies: [edge(low, ['need'])] }), low],
    'a root elsewhere': [{ ...low, hash: high.hash }],
  };
  for (const levels of [250, 256, 260]) {
    const deep = nested(levels);
    const nestedEdge = { ...edge(low), more: deep };
    const nestedParameters = { ...edge(low), parameters: { deptypes: ['link'], virtuals: [], more: deep } };
    wrong[`${levels} levels beside the members`] = [node('top', { more: deep })];
    wrong[`${levels} levels in the architecture`] = [
      node('top', { arch: { platform: 'linux', platform_os: 'debian12', target: 'zen4', more: deep } }),
    ];
    wrong[`${levels} levels in an edge`] = [node('top', { dependencies: [nestedEdge] }), low];
    wrong[`${levels} levels in what is said of an edge`] = [
      node('top', { dependencies: [nestedParameters] }),
      low,
    ];
  }
  test.each(Object.entries(wrong))('is refused with the same words: %s', (_, nodes) => {
    const text = lockfile(nodes);
    expect(cut(text)).toBeDefined();
    expectSame(text);
  });

  test('reads as it would as a whole, whatever is changed in it', () => {
    const text = generateEnvironment({ specs: 4, seed: 1 }).lockfile;
    const at = fc.nat(text.length - 1);
    const pieces = ['', '"', '{', '}', ',', '[', ']', '\\', ' ', '1.0', 'é', '"hash":"', '"a":1,', '}}', '2'];
    const edit = fc.tuple(at, fc.nat(3), fc.constantFrom(...pieces));
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 2 }), (edits) => {
        let changed = text;
        for (const [from, length, piece] of edits)
          changed = changed.slice(0, from) + piece + changed.slice(from + length);
        if (cut(changed) !== undefined) expectSame(changed);
      }),
      { numRuns: runs(5000) },
    );
  });
});
