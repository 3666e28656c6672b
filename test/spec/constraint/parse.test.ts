import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BuildcacheError } from '../../../src/core/errors.ts';
import { ANYTHING, type Constraint } from '../../../src/spec/constraint/constraint.ts';
import { formatConstraint } from '../../../src/spec/constraint/format.ts';
import { parseSpec, parseSpecArguments, parseSpecs } from '../../../src/spec/constraint/parse.ts';
import { parseTargetSet } from '../../../src/spec/target.ts';
import { parseVersionSet } from '../../../src/spec/version.ts';
import { cpuOf } from '../../harness/cpu.ts';
import { runs } from '../../harness/runs.ts';
import { specLike } from './arbitrary.ts';

const like = (parts: Partial<Constraint>): Constraint => ({ ...ANYTHING, ...parts });
const bool = (name: string, value: boolean, propagate = false) => ({
  kind: 'boolean' as const,
  name,
  value,
  propagate,
});
const values = (name: string, list: string[], exact = false, propagate = false) => ({
  kind: 'values' as const,
  name,
  values: list,
  exact,
  propagate,
});
const edge = { kind: '%' as const, deptypes: [], virtuals: [], when: undefined };

describe('parseSpec', () => {
  it.each<[string, Partial<Constraint>]>([
    ['zlib', { name: 'zlib' }],
    ['a.b.zlib', { name: 'zlib', namespace: 'a.b' }],
    ['namespace=toy', { namespace: 'toy' }],
    ['*', {}],
    ['@1.2:1.4,2', { versions: parseVersionSet('1.2:1.4,2') }],
    ['@=1.2', { versions: parseVersionSet('=1.2') }],
    ['foo@git.a/b=1.2', { name: 'foo', versions: parseVersionSet('git.a/b=1.2') }],
    ['@1.2:target=zen', { versions: parseVersionSet('1.2:'), target: parseTargetSet('zen') }],
    ['+a ~b -c', { variants: [bool('a', true), bool('b', false), bool('c', false)] }],
    ['++a~~b --c', { variants: [bool('a', true, true), bool('b', false, true), bool('c', false, true)] }],
    ['k=true l=FALSE', { variants: [bool('k', true), bool('l', false)] }],
    ['k=b,a,b', { variants: [values('k', ['a', 'b'])] }],
    [
      'k:=a l==b m:==c',
      {
        variants: [values('k', ['a'], true), values('l', ['b'], false, true), values('m', ['c'], true, true)],
      },
    ],
    ['k=* dev_path=/x', { variants: [values('k', []), values('dev_path', ['/x'])] }],
    [
      "k='a b' l=\"it's\" m='it\\'s'",
      { variants: [values('k', ['a b']), values('l', ["it's"]), values('m', ["it's"])] },
    ],
    ['build_type=Release%gcc', { variants: [values('build_type', ['Release%gcc'])] }],
    [
      "cflags='-O2 -I /opt/x' cflags==-g",
      {
        flags: [
          { name: 'cflags', values: ['-O2', '-I /opt/x'], propagate: false },
          { name: 'cflags', values: ['-g'], propagate: true },
        ],
      },
    ],
    ["cflags=''", {}],
    ['arch=linux-debian12-zen2', { platform: 'linux', os: 'debian12', target: parseTargetSet('zen2') }],
    ['arch=zen2', { target: parseTargetSet('zen2') }],
    [
      'platform=linux operating_system=sonoma target=x86_64:',
      { platform: 'linux', os: 'sonoma', target: parseTargetSet('x86_64:') },
    ],
    ['foo/abc', { name: 'foo', hash: 'abc' }],
    [
      '%gcc@12',
      { dependencies: [{ ...edge, spec: like({ name: 'gcc', versions: parseVersionSet('12') }) }] },
    ],
    ['%', { dependencies: [{ ...edge, spec: like({}) }] }],
    [
      '^^zlib',
      {
        dependencies: [
          { ...edge, kind: '^', spec: like({}) },
          { ...edge, kind: '^', spec: like({ name: 'zlib' }) },
        ],
      },
    ],
    ['%[virtuals=c]', { dependencies: [{ ...edge, virtuals: ['c'], spec: like({}) }] }],
    ['%%gcc', { dependencies: [{ ...edge, kind: '%%', spec: like({ name: 'gcc' }) }] }],
    [
      '%clang ^clang',
      {
        dependencies: [
          { ...edge, spec: like({ name: 'llvm' }) },
          { ...edge, kind: '^', spec: like({ name: 'clang' }) },
        ],
      },
    ],
    [
      '% cxx,c=gcc@12',
      {
        dependencies: [
          { ...edge, virtuals: ['c', 'cxx'], spec: like({ name: 'gcc', versions: parseVersionSet('12') }) },
        ],
      },
    ],
    ['^k=*', { dependencies: [{ ...edge, kind: '^', spec: like({ variants: [values('k', [])] }) }] }],
    [
      "^[deptypes=link,build virtuals=mpi when='+mpi'] openmpi",
      {
        dependencies: [
          {
            kind: '^',
            deptypes: ['build', 'link'],
            virtuals: ['mpi'],
            when: like({ variants: [bool('mpi', true)] }),
            spec: like({ name: 'openmpi' }),
          },
        ],
      },
    ],
    [
      '%[deptypes=build] c=a.gcc',
      {
        dependencies: [
          { ...edge, deptypes: ['build'], virtuals: ['c'], spec: like({ name: 'gcc', namespace: 'a' }) },
        ],
      },
    ],
  ])('%s', (text, parts) => {
    expect(parseSpec(text)).toEqual(like(parts));
  });

  it('gives % to what stands before it, and ^ to the root', () => {
    const { dependencies } = parseSpec('foo %gcc ^bar %llvm ^baz');
    expect(dependencies.map(({ kind, spec }) => kind + spec.name)).toEqual(['%gcc', '^bar', '^baz']);
    expect(dependencies[1]?.spec.dependencies.map(({ spec }) => spec.name)).toEqual(['llvm']);
  });
});

describe('parseSpecs', () => {
  it('finds where one spec ends and the next starts', () => {
    const texts = (text: string) => parseSpecs(text).map(formatConstraint);
    expect(texts('foo @1 bar+x ^baz qux')).toEqual(['foo@1', 'bar+x ^baz', 'qux']);
    expect(texts('/abc /def')).toEqual(['/abc', '/def']);
    expect(texts('@1 foo')).toEqual(['@1', 'foo']);
    expect(texts(' \n ')).toEqual([]);
  });

  it('joins arguments, whose quotes the shell has taken', () => {
    const written = parseSpecArguments([
      'hdf5',
      '@1.14',
      'cflags=-O2 -g',
      'k=it\'s "so"',
      '%gcc',
      'zlib',
    ]).map(formatConstraint);
    expect(written).toEqual(['hdf5@1.14 k="it\'s \\"so\\"" cflags=\'-O2 -g\' %gcc', 'zlib']);
    expect(parseSpecArguments(['k=v%gcc']).map(formatConstraint)).toEqual(["k='v%gcc'"]);
  });
});

describe('errors', () => {
  it.each([
    ['', 1],
    ['foo bar', 5],
    ['foo@', 4],
    ['foo@1.2.', 8],
    ['foo@3:1', 4],
    ['foo@1@2', 6],
    ['foo +', 5],
    ['foo +a ~a', 8],
    ['foo +target', 5],
    ['foo k=', 7],
    ['foo k=[x]', 7],
    ["foo k='a b", 7],
    ["foo k='a\\' ", 7],
    ['foo k=a,*', 5],
    ['foo target==zen', 5],
    ['foo target=quantum1:', 5],
    ['foo os=fe', 5],
    ['foo os=a os=b', 10],
    ['foo %[virtuals=c', 17],
    ['foo %[bogus=c] gcc', 7],
    ['foo %[deptypes=c] gcc', 7],
    ['foo %[virtuals=c virtuals=d] gcc', 18],
    ["foo %[when='+a,b'] gcc", 7],
    ["foo %[when='@'] gcc", 7],
    ['foo ]', 5],
    ['foo ^bar@1 ^bar@2', 12],
    ['./foo.json', 1],
    ['é', 1],
    ['😀 é', 1],
    ['"😀', 1],
    ["k='😀' é", 7],
  ])('%j is wrong at column %d', (text, column) => {
    expect(failure(() => parseSpec(text)).message).toContain(` at column ${column} of spec `);
  });

  it('say what was expected, on one line, however long and odd the text', () => {
    const { code, message } = failure(() => parseSpecs(`${'x'.repeat(5000)}\n\u001b[31m(`));
    expect(code).toBe('usage');
    expect(message).toMatch(/^unexpected "\\u001b" at column 5002 of spec "x+…"$/);
    expect(message.length).toBeLessThan(200);
  });

  it('name a column for any garbage', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), specLike),
        (text) => {
          try {
            parseSpecs(text);
          } catch (error) {
            if (!(error instanceof BuildcacheError)) throw error;
            expect(error.code).toBe('usage');
            expect(error.message).toMatch(/^[^\n\r]+ at column [1-9]\d* of spec "[^\n\r]*"$/);
          }
        },
      ),
      { numRuns: runs(3000) },
    );
  });

  it('come without delay for a hostile text', () => {
    const texts = [
      'a/'.repeat(5000),
      '@1,'.repeat(20_000),
      "k='".repeat(20_000),
      '.'.repeat(50_000),
      `${'%'.repeat(50_000)}]`,
    ];
    const seconds = cpuOf(() => {
      for (const text of texts) failure(() => parseSpec(text));
    });
    expect(seconds).toBeLessThan(2);
  });
});

function failure(run: () => unknown): BuildcacheError {
  try {
    run();
  } catch (error) {
    if (error instanceof BuildcacheError) return error;
    throw error;
  }
  throw new Error('expected an error');
}

it.each([
  ['dependencies', (n: number) => `a${Array.from({ length: n }, (_, i) => ` ^d${i}`).join('')}`],
  ['variants', (n: number) => `a${Array.from({ length: n }, (_, i) => `+v${i}`).join('')}`],
])('a spec has at most a thousand %s', (what, text) => {
  expect(parseSpecs(text(1000))).toHaveLength(1);
  expect(() => parseSpecs(text(1001))).toThrow(`more than 1000 ${what} at column`);
});
