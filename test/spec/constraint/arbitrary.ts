/** Arbitrary constraints, in the form the parser gives them, and texts that look like specs. */
import fc from 'fast-check';
import type {
  Constraint,
  DependencyConstraint,
  VariantConstraint,
} from '../../../src/spec/constraint/constraint.ts';
import { DEPTYPES, FLAG_NAMES } from '../../../src/spec/node.ts';
import { parseTargetSet } from '../../../src/spec/target.ts';
import { parseVersionSet } from '../../../src/spec/version.ts';

const absent = fc.constant(undefined);
const identifier = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,6}$/);
const name = identifier.filter((text) => !['clang', 'oneapi', 'rocmcc', 'intel', 'arm'].includes(text));
const reserved = [
  ...FLAG_NAMES,
  'arch',
  'architecture',
  'platform',
  'os',
  'operating_system',
  'target',
  'namespace',
];
const variantName = fc
  .stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,6}$/)
  .filter((text) => !reserved.includes(text));
/** Anything but what quotes cannot hold. */
const text = fc
  .oneof(
    fc.string({ maxLength: 8 }),
    fc.string({ unit: fc.constantFrom(...'\'"\\ ,=%^:+~/]a'), maxLength: 8 }),
  )
  .filter((value) => !value.endsWith('\\'));
const value = text.filter((one) => !one.includes(',') && one !== '*');

const variant: fc.Arbitrary<VariantConstraint> = fc.oneof(
  fc.record({
    kind: fc.constant('boolean' as const),
    name: variantName,
    value: fc.boolean(),
    propagate: fc.boolean(),
  }),
  fc
    .record({
      kind: fc.constant('values' as const),
      name: variantName,
      values: fc.uniqueArray(value, { maxLength: 3 }).map((values) => values.sort()),
      exact: fc.boolean(),
      propagate: fc.boolean(),
    })
    .filter(
      ({ values, exact }) => !/^(true|false)$/i.test(values.join(',')) && !(exact && values.length === 0),
    ),
);

const versions = fc
  .constantFrom(
    '1',
    '=1.2',
    '1.2:',
    ':2',
    '1:2,3.1',
    '=git.main',
    'git.main/x=1.2',
    'develop',
    ':',
    `${'0a'.repeat(20)}`,
  )
  .map(parseVersionSet);
const target = fc
  .constantFrom('zen2', 'x86_64:', ':icelake,zen', 'x86_64_v2:zen4', '*', 'a b')
  .map(parseTargetSet);

const flag = fc.record({
  name: fc.constantFrom(...FLAG_NAMES),
  values: fc.array(fc.constantFrom('-O2', '-g', '-I /opt/x y', "-D'X Y'", '-W="a"'), {
    minLength: 1,
    maxLength: 3,
  }),
  propagate: fc.boolean(),
});

const part = text.filter((one) => one !== '' && one !== 'None' && !['fe', 'be'].includes(one));

const node: fc.Arbitrary<Constraint> = fc.record({
  name: fc.oneof(absent, name),
  namespace: fc.oneof(absent, absent, name, fc.constant('a.b'), text),
  versions: fc.oneof(absent, versions),
  variants: fc.uniqueArray(variant, { maxLength: 3, selector: (one) => one.name }),
  flags: fc.array(flag, { maxLength: 2 }),
  platform: fc.oneof(absent, part),
  os: fc.oneof(absent, part),
  target: fc.oneof(absent, target),
  hash: fc.oneof(absent, fc.stringMatching(/^[a-z0-9]{1,32}$/)),
  dependencies: fc.constant([]),
});

/** A condition without a comma, which Spack cannot read. */
const when = fc
  .constantFrom('+a', '@1:', "%gcc@12 k='a b'", '^zlib+pic', `k="it's"`)
  .chain((condition) => fc.constant(condition));

function edge(
  kind: fc.Arbitrary<DependencyConstraint['kind']>,
  parse: (text: string) => Constraint,
  spec: fc.Arbitrary<Constraint>,
) {
  return fc.record({
    kind,
    deptypes: fc.subarray([...DEPTYPES]),
    virtuals: fc.uniqueArray(identifier, { maxLength: 2 }).map((list) => list.sort()),
    when: fc.oneof(absent, when.map(parse)),
    spec,
  });
}

/**
 * Constraints with dependencies; no two for one package, because those may contradict each other.
 * @param parse reads the conditions of dependencies
 */
export function constraints(parse: (text: string) => Constraint): fc.Arbitrary<Constraint> {
  const direct = fc.uniqueArray(edge(fc.constantFrom('%', '%%'), parse, node), {
    maxLength: 2,
    selector: ({ spec }) => spec.name,
  });
  const withDirect = fc.tuple(node, direct).map(([top, dependencies]) => ({ ...top, dependencies }));
  const below = fc.uniqueArray(edge(fc.constant('^'), parse, withDirect), {
    maxLength: 2,
    selector: ({ spec }) => spec.name,
  });
  return fc
    .tuple(node, direct, below)
    .filter(([, a, b]) => !a.some(({ spec }) => b.some((other) => other.spec.name === spec.name)))
    .map(([top, a, b]) => ({ ...top, dependencies: [...a, ...b] }));
}

/** Words of specs and pieces of words, in any order: some are specs, most are almost. */
export const specLike: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          'foo',
          'ns.bar',
          '@',
          '@1.2',
          '@=1',
          '@1:2',
          '@git.main',
          '+a',
          '~b',
          '-c',
          '++d',
          'k=v',
          'l:=v,w',
          'm==*',
        ],
        ...[
          'n="a b"',
          "o='it\\'s'",
          "p='",
          'q=a\\',
          'r==',
          'cflags=-O2',
          "ldflags='-L x\\ '",
          '%',
          '^',
          '%%gcc',
          '^bar',
        ],
        ...[
          '%c,cxx=gcc',
          '%[virtuals=c] gcc',
          '^[deptypes=link',
          ']',
          '[',
          "%[when='+a'] foo",
          '%[when="k=a\\ "] foo',
        ],
        ...[
          'os=x',
          'target=zen:',
          'arch=a-b-c',
          'namespace=x',
          '/abc',
          '/',
          '*',
          ' ',
          '  ',
          '\n',
          ',',
          '=',
          ':',
          'é',
          '😀',
          '.',
        ],
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .chain((words) => fc.constantFrom(words.join(''), words.join(' ')));
