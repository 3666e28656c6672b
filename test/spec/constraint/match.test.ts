import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Constraint } from '../../../src/spec/constraint/constraint.ts';
import { compileConstraint, satisfies } from '../../../src/spec/constraint/match.ts';
import { parseSpec, parseSpecs } from '../../../src/spec/constraint/parse.ts';
import type { SpecGraph } from '../../../src/spec/graph.ts';
import { runs } from '../../harness/runs.ts';
import { graphOf, makeNode, readFixture, readLock, readMirrorIndex } from '../spec-nodes.ts';

const graph = readLock('spack-1.2/env/spack.lock');
const old = readLock('spack-0.23/env/spack.lock');

/** Names of the nodes that match, sorted. */
function matching(text: string, of: SpecGraph = graph, ask = satisfies): string[] {
  const constraint = parseSpec(text);
  return [...of.nodes.values()]
    .filter((node) => ask(of, node, constraint))
    .map(({ name }) => name)
    .sort();
}

type Answers = Record<string, { satisfies: string[]; intersects: string[] } | { error: string }>;

function readAnswers(fixture: string): Answers {
  return JSON.parse(readFixture(fixture)) as Answers;
}

describe.each(['spack-1.2', 'spack-1.3'])('as %s answers', (spack) => {
  const expected = readAnswers(`${spack}/expected/constraints.json`);
  const toys = readLock(`${spack}/env/spack.lock`);

  it('has all queries', () => {
    expect(Object.keys(expected).length).toBe(70);
  });

  it.each(Object.entries(expected))('%s', (query, answer) => {
    if ('error' in answer) throw new Error(answer.error);
    expect(matching(query, toys)).toEqual([...answer.satisfies].sort());
    // Of a concrete spec it is the same question.
    expect([...answer.intersects].sort()).toEqual([...answer.satisfies].sort());
  });
});

describe('a variant 1394, as Spack 1.3 answers', () => {
  it.each([
    ['opencv 1394=true', true],
    ['opencv+1394', true],
    ['opencv~1394', false],
    ['opencv +1394', true],
    ['opencv 1394=false', false],
    ['opencv 1394=True', true],
    ['+1394', true],
    ['opencv@4.8.0+1394', true],
    ['1394=true', true],
    ['opencv ++1394', true],
    ['opencv 1394==true', true],
    ['opencv+1394~9', false],
    ['opencv 1394=*', true],
  ])('%s', (query, answer) => {
    const opencv = makeNode('opencv', { version: '4.8.0', variants: { 1394: true } });
    expect(satisfies(graphOf([opencv]), opencv, parseSpec(query))).toBe(answer);
  });
});

describe('on specs rich in edges', () => {
  const rich = readMirrorIndex('spack-1.3/rich/mirror-unsigned');
  const now = readAnswers('spack-1.3/rich/constraints-1.3.json');
  const before = readAnswers('spack-1.3/rich/constraints-1.2-dev.json');

  /** Hashes of what matches any of the specs in a query, or that it cannot be read. */
  function answer(query: string): readonly string[] | 'refused' {
    let asked: Constraint[];
    try {
      asked = parseSpecs(query);
    } catch {
      return 'refused';
    }
    const nodes = [...rich.nodes.values()];
    const found = nodes.filter((node) => asked.some((constraint) => satisfies(rich, node, constraint)));
    return found.map((node) => node.hash.slice(0, 7)).sort();
  }

  const answerOf = (one: Answers[string] | undefined) =>
    one === undefined || 'error' in one ? 'refused' : [...one.satisfies].sort();

  it.each(Object.keys(now))('as Spack 1.3 answers: %s', (query) => {
    expect(answer(query)).toEqual(answerOf(now[query]));
  });

  it('as Spack 1.2-dev of January answered, but for what came after', () => {
    expect(Object.keys(now).length).toBe(211);
    expect(Object.keys(before)).toEqual(Object.keys(now));
    const differing = Object.keys(before).filter(
      (query) => JSON.stringify(answer(query)) !== JSON.stringify(answerOf(before[query])),
    );
    expect(differing.toSorted()).toEqual(Object.values(CHANGED).flat().toSorted());
  });

  /** What Spack answered otherwise until 1.2 was released, by why. */
  const CHANGED = {
    'all of the virtuals must be on the edge, and an old compiler provides c, cxx and fortran': [
      '%c,cxx=gcc',
      '%c,fortran=gcc@13',
      '%[virtuals=c,cxx] gcc@12',
    ],
    'an old compiler is a build dependency': ['%[deptypes=link] gcc', '^gcc@12', '^*', '^', '%'],
    "a virtual package's name is matched by edges, without recipes": ['%libc', '^c', '%c', '^zlib-api'],
    'old specs have direct dependencies beside their compiler': [
      '%[virtuals=zlib-api] zlib-toy',
      'toyapp %libtoy@2.0',
      '%toymake',
    ],
    'test dependencies are direct dependencies': ['toyapp ^toymake', '^toymake'],
    'types are asked of ^ too, and of one edge': [
      '^[deptypes=test] toymake',
      '^[deptypes=link] toymake',
      '^[deptypes=build,run] toymake',
      '^[deptypes=build] zlib-toy',
      '^[deptypes=build,link] zlib-toy',
      '^[deptypes=link] toypy',
      '^[deptypes=run] libtoy',
      '^[deptypes=link,run] libtoy',
    ],
    'what is below a dependency is asked of the first that matches': [
      '^libtoy %gcc@13',
      '^zlib-toy@1.2 %gcc@13',
      'toyapp ^libtoy %zlib-toy@1.3',
      'toyapp ^toypy %libtoy',
      'toyapp %gcc@12 ^libtoy %gcc@12',
    ],
  };
});

describe('virtual packages', () => {
  it.each([
    ['zlib-api', ['zlib-toy']],
    ['^zlib-api', ['libtoy', 'toyapp', 'toypy']],
    ['zlib-api@7+nonsense', ['zlib-toy']],
    ['zlib-api %gcc', ['zlib-toy']],
    ['zlib-api %gcc@99', []],
    ['zlib-api ^toypy', []],
    ['^zlib-api@7+nonsense', ['libtoy', 'toyapp', 'toypy']],
    ['%zlib-api', ['libtoy']],
    [
      '%c',
      ['gcc-runtime', 'libtoy', 'toyapp', 'toymake', 'zlib-toy'].filter((name) => name !== 'gcc-runtime'),
    ],
    ['^zlib-api=libtoy', []],
    ['%c,cxx=gcc', []],
    ['%c,fortran=gcc', []],
    ['^mpi', []],
  ])('%s', (query, names) => {
    expect(matching(query)).toEqual(names);
  });
});

describe('dependencies', () => {
  const leaf = makeNode('leaf', { version: '2', variants: { pic: true } });
  const tool = makeNode('tool', { dependencies: [[leaf, 'link']] });
  const lib = makeNode('lib', {
    dependencies: [
      [leaf, 'link'],
      [tool, 'build'],
    ],
  });
  const app = makeNode('app', {
    dependencies: [
      [lib, 'link', 'run'],
      [tool, 'build'],
    ],
  });
  const tester = makeNode('tester', { dependencies: [[lib, 'test']] });
  const small = graphOf([leaf, tool, lib, app, tester]);

  it.each([
    ['^leaf', ['app', 'lib', 'tool']],
    ['%leaf', ['lib', 'tool']],
    ['^tool', ['app', 'lib']],
    ['^lib %tool', ['app', 'tester']],
    ['^lib %leaf@2+pic', ['app', 'tester']],
    ['^lib %leaf~pic', []],
    ['%[deptypes=link,run] lib', ['app']],
    ['%[deptypes=build] lib', []],
    ['%[deptypes=test] lib', ['tester']],
    ['^lib', ['app', 'tester']],
    ['^*+pic', ['app', 'lib', 'tool']],
    ['^*', ['app', 'lib', 'tester', 'tool']],
    ['%*', ['app', 'lib', 'tester', 'tool']],
    ['%[when=^tool] leaf', ['leaf', 'lib', 'tester', 'tool']],
    ['lib %leaf ^leaf@2', ['lib']],
    ['app %lib ^leaf@2', ['app']],
    ['++pic', ['app', 'leaf', 'lib', 'tester', 'tool']],
    ['~~pic', []],
  ])('%s', (query, names) => {
    expect(matching(query, small)).toEqual(names);
  });

  it.each([
    ['^[virtuals=blas] openblas', ['lib', 'app']],
    ['^blas', ['lib', 'app']],
    ['^blas@3+nonsense', ['lib', 'app']],
    ['^[virtuals=blas] openblas@1', ['lib', 'app']],
    ['^[virtuals=blas] openblas@2', []],
    ['^[virtuals=blas,lapack] openblas', []],
    ['^[deptypes=run virtuals=blas] openblas', []],
    ['%[virtuals=blas] openblas', ['lib']],
  ])('with its attributes all on the one edge: %s', (query, names) => {
    const openblas = makeNode('openblas', { version: '1' });
    const plain = makeNode('plain', { dependencies: [[openblas, 'run']] });
    const blasLib = makeNode('lib', { dependencies: [[openblas, 'link']], virtuals: ['blas'] });
    const blasApp = makeNode('app', { dependencies: [[blasLib, 'link']] });
    // What it links itself is met first, and provides nothing there.
    const direct = makeNode('direct', {
      dependencies: [
        [blasLib, 'link'],
        [openblas, 'link'],
      ],
    });
    const edges = graphOf([openblas, plain, blasLib, blasApp, direct]);
    expect(matching(query, edges)).toEqual([...names].sort());
  });

  it.each([
    // Nearest first, then the first in the document: what is asked below is not asked of the others.
    ['top ^dep %x', []],
    ['top ^dep %y', ['top']],
    ['top ^dep@2 %x', ['top']],
    ['below ^dep %x', ['below']],
    ['below ^dep %y', []],
    ["top ^dep@2 %[when='@1'] y", ['top']],
    ["top ^dep@2 %[when='@2'] y", []],
  ])('first found, first asked: %s', (query, names) => {
    const x = makeNode('x');
    const y = makeNode('y');
    const dep1 = makeNode('dep', { hash: 'dep1', version: '1', dependencies: [[y, 'build']] });
    const dep2 = makeNode('dep', { hash: 'dep2', version: '2', dependencies: [[x, 'build']] });
    const deep = makeNode('deep', { dependencies: [[dep1, 'link']] });
    const below = makeNode('below', {
      dependencies: [
        [deep, 'link'],
        [dep2, 'link'],
      ],
    });
    const near = makeNode('near', { dependencies: [[dep1, 'run']] });
    const top = makeNode('top', {
      dependencies: [
        [near, 'link'],
        [below, 'link'],
      ],
    });
    expect(matching(query, graphOf([x, y, dep1, dep2, deep, below, near, top]))).toEqual(names);
  });

  it('of which only the edge is there are known by name, hash and virtuals', () => {
    const blas = makeNode('openblas', { version: '0.3' });
    const user = makeNode('user', { dependencies: [[blas, 'link']], virtuals: ['blas'] });
    const pruned = graphOf([user]);
    for (const query of [
      '^openblas',
      '%openblas',
      `^openblas/${blas.hash.slice(0, 5)}`,
      '^blas',
      '%blas=openblas',
    ]) {
      expect([query, matching(query, pruned)]).toEqual([query, ['user']]);
    }
    for (const query of ['^openblas@0.3', '^openblas/zzzz', '^lapack', '%openblas+x']) {
      expect([query, matching(query, pruned)]).toEqual([query, []]);
    }
  });
});

describe('compilers before format 5', () => {
  it.each([
    ['%gcc', ['libtoy', 'toyapp', 'toymake', 'toypy', 'zlib-toy']],
    ['%gcc@12', ['libtoy', 'toyapp', 'toymake', 'toypy', 'zlib-toy']],
    ['%c=gcc@12.2.0', ['libtoy', 'toyapp', 'toymake', 'toypy', 'zlib-toy']],
    ['%gcc@11', []],
    ['%clang', []],
    ['%gcc+x', []],
    ['%toymake', ['libtoy', 'zlib-toy']],
    ['^zlib-toy %gcc@12:', ['libtoy', 'toyapp', 'toypy']],
    ['^gcc', ['libtoy', 'toyapp', 'toymake', 'toypy', 'zlib-toy']],
    ['^gcc@11', []],
    ['%[deptypes=build] gcc', ['libtoy', 'toyapp', 'toymake', 'toypy', 'zlib-toy']],
    ['%[deptypes=link] gcc', []],
    ['%[virtuals=c,mpi] gcc', []],
    ['%fortran', ['libtoy', 'toyapp', 'toymake', 'toypy', 'zlib-toy']],
    ['%gcc/abc', []],
    ['%gcc target=x86_64_v3', []],
    ['%gcc ++x', ['libtoy', 'toyapp', 'toymake', 'toypy', 'zlib-toy']],
    ['toyapp ^gcc %binutils', []],
    ["toyapp ^gcc %[when='@11'] binutils", ['toyapp']],
    ["toyapp ^gcc %[when='@12'] binutils", []],
  ])('%s', (query, names) => {
    expect(matching(query, old)).toEqual(names);
  });

  it('are found by the names of then and now', () => {
    const clang = graphOf([makeNode('x', { format: 4, compiler: { name: 'clang', version: '15.0.7' } })]);
    expect(matching('%clang@15', clang)).toEqual(['x']);
    expect(matching('%llvm', clang)).toEqual(['x']);
    expect(matching('%clang@16', clang)).toEqual([]);
  });

  it('are read from where Spack 1.x keeps them when it rewrites a spec', () => {
    const annotations = { original_specfile_version: 4, compiler: 'gcc@=11.4.0' };
    const rewritten = graphOf([makeNode('x', { originalFormat: 4, dict: { annotations } })]);
    expect(matching('%gcc@11', rewritten)).toEqual(['x']);
    expect(matching('%gcc@12', rewritten)).toEqual([]);
  });
});

describe('properties', () => {
  const fragments = [
    ...[
      '@1:',
      '@1.0',
      '@:2',
      '@=1.3.1',
      '+shared',
      '~gui',
      '+pic',
      'build_system=generic',
      'build_type=*',
      'api=none',
    ],
    ...[
      'cflags=-O2',
      'platform=linux',
      'os=debian12',
      'target=x86_64:',
      'target=x86_64_v3',
      'namespace=toy',
      '++pic',
      '~~ipo',
    ],
  ];
  const edges = [
    '%gcc@12',
    '^zlib-toy',
    '^libtoy~ipo',
    '^zlib-toy %gcc',
    '%[deptypes=link] zlib-toy',
    '^zlib-api',
    '%toypy',
    '^*+pic',
  ];
  const name = fc.constantFrom('', 'toyapp', 'libtoy', 'zlib-toy', 'toypy', 'gcc', 'zlib-api');
  /** What a fragment is about: two about one thing may contradict or, merged, widen each other. */
  const subject = (fragment: string) => /@|[\w*-]+/.exec(fragment.replace(/^.*\]/, ''))?.[0];
  const attributes = fc.uniqueArray(fc.constantFrom(...fragments), { maxLength: 4, selector: subject });
  const dependencies = fc
    .uniqueArray(fc.constantFrom(...edges), { maxLength: 3, selector: subject })
    // After a `^`, a `%` would not be about the root.
    .map((list) => list.sort((a, b) => Number(a.startsWith('^')) - Number(b.startsWith('^'))));

  it('adding a constraint never adds matches', () => {
    fc.assert(
      fc.property(name, attributes, dependencies, fc.nat(), (root, own, below, choice) => {
        const parts = [root, ...own, ...below].filter((part) => part !== '');
        const fewer = parts.filter((_, i) => i !== choice % parts.length);
        const before = matching(fewer.join(' ') || '*');
        const after = matching(parts.join(' ') || '*');
        // Of a virtual package's provider nothing else is asked, so that its name takes constraints away.
        const isProvider = (one: string) => root === 'zlib-api' && one === 'zlib-toy';
        expect(after.filter((one) => !before.includes(one) && !isProvider(one))).toEqual([]);
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe('size', () => {
  it('does not matter to the depth of what is asked', () => {
    let below = makeNode('leaf', { hash: 'leaf' });
    const chain = [below];
    for (let i = 0; i < 30_000; i++) {
      below = makeNode(`n${i}`, { hash: `hash${i}`, dependencies: [[below, 'link']] });
      chain.push(below);
    }
    const deep = graphOf(chain);
    const has = compileConstraint(deep, parseSpec('^leaf'));
    expect(chain.filter(has).length).toBe(30_000);
    expect(satisfies(deep, below, parseSpec('^leaf %gcc'))).toBe(false);
    expect(satisfies(deep, below, parseSpec('++pic ^n5 %n4'))).toBe(true);
  });

  it('ends where a document has a cycle', () => {
    const a = makeNode('a', { hash: 'a', dependencies: [[{ name: 'b', hash: 'b' }, 'link']] });
    const b = makeNode('b', { hash: 'b', dependencies: [[a, 'link']] });
    const cycle = graphOf([a, b]);
    expect(matching('^b', cycle)).toContain('a');
    expect(matching('^c', cycle)).toEqual([]);
    expect(matching('^a %c', cycle)).toEqual([]);
  });
});
