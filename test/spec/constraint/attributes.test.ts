import { describe, expect, it } from 'vitest';
import { attributeTests, versionTest } from '../../../src/spec/constraint/attributes.ts';
import { parseSpec } from '../../../src/spec/constraint/parse.ts';
import { indexGraph } from '../../../src/spec/constraint/reach.ts';
import { parseVersionSet } from '../../../src/spec/version.ts';
import { makeNode } from '../spec-nodes.ts';

const node = makeNode('foo', {
  version: '1.2.3',
  namespace: 'toy',
  target: 'zen2',
  variants: {
    shared: true,
    static: 'False',
    api: 'v1',
    langs: ['c', 'c++'],
    none: [],
    patches: ['abc123', 'def456'],
  },
  flags: { cflags: ['-O2', '-g'] },
});
const index = indexGraph(new Map([[node.hash, node]]));

function meets(text: string, of = node): boolean {
  return attributeTests(index, parseSpec(text)).every((test) => test(of));
}

describe('attributeTests', () => {
  it.each([
    ...[
      '@1.2',
      '@1:2',
      'namespace=toy',
      '+shared',
      'shared=TRUE',
      '~static',
      'static=false',
      'api=v1',
      'api:=v1',
      'api=*',
    ],
    ...[
      'langs=c',
      'langs=c++,c',
      'langs:=c++,c',
      'none=*',
      'shared=*',
      'patches=abc',
      'patches=def,abc1',
      'cflags=-g',
    ],
    ...[
      "cflags='-g -O2'",
      'cflags==-g',
      'platform=linux',
      'os=debian12',
      'os=*',
      'target=x86_64:',
      'target=zen2,zen3',
    ],
    ...['++shared', '++absent', 'api==v1', 'patches:=abc123,def456'],
  ])('%s is met', (text) => {
    expect(meets(text)).toBe(true);
  });

  it.each([
    ...[
      '@1.3',
      '@=1.2',
      'namespace=builtin',
      '~shared',
      'shared=x',
      '+static',
      '+api',
      'api=v2',
      'api=v1,v2',
      'api:=v1,v2',
    ],
    ...[
      'langs:=c',
      'langs=fortran',
      '+langs',
      'none=c',
      'absent=*',
      '~absent',
      'patches=bc',
      'patches:=abc',
      'cflags=-O3',
    ],
    ...[
      'ldflags=-g',
      'platform=darwin',
      'os=sonoma',
      'target=zen',
      'target=:zen',
      '~~shared',
      'api==v2',
      'shared:=x',
    ],
  ])('%s is not', (text) => {
    expect(meets(text)).toBe(false);
  });

  it('any platform or system leaves the target asked for', () => {
    expect(meets('platform=* os=* target=zen2')).toBe(true);
    expect(meets('platform=* os=* target=zen3')).toBe(false);
  });

  it('a node without a namespace is of every one', () => {
    expect(meets('namespace=builtin', makeNode('bar'))).toBe(true);
  });

  it('patches are also found where only the dictionary has them', () => {
    const patched = makeNode('bar', { dict: { patches: ['abc123', 7] } });
    expect(meets('patches=abc', patched)).toBe(true);
    expect(meets('patches=def', patched)).toBe(false);
  });
});

describe('versionTest', () => {
  it('answers for anything with a version', () => {
    const test = versionTest(parseVersionSet('12:13'));
    expect(['11.9', '12.1', '13.3', '14', '12.1'].map((version) => test({ version }))).toEqual([
      false,
      true,
      true,
      false,
      true,
    ]);
  });
});
