import { describe, expect, it } from 'vitest';
import { compilerOf, packageOfCompiler } from '../../../src/spec/constraint/compiler.ts';
import { makeNode } from '../spec-nodes.ts';

describe('packageOfCompiler', () => {
  it('knows the old names, and leaves others alone', () => {
    expect(
      ['clang', 'oneapi', 'intel', 'rocmcc', 'arm', 'gcc', 'apple-clang'].map(packageOfCompiler),
    ).toEqual([
      ...[
        'llvm',
        'intel-oneapi-compilers',
        'intel-oneapi-compilers-classic',
        'llvm-amdgpu',
        'acfl',
        'gcc',
        'apple-clang',
      ],
    ]);
  });
});

describe('compilerOf', () => {
  it.each([
    [{ annotations: { compiler: 'gcc@=12.2.0' } }, { name: 'gcc', version: '12.2.0' }],
    [{ annotations: { compiler: 'apple-clang@15.0' } }, { name: 'apple-clang', version: '15.0' }],
    [{ annotations: { compiler: 'gcc' } }, undefined],
    [{ annotations: { compiler: { name: 'gcc' } } }, undefined],
    [{ annotations: null }, undefined],
    [{}, undefined],
  ])('%j: %j', (dict, compiler) => {
    expect(compilerOf(makeNode('x', { dict }))).toEqual(compiler);
  });

  it("takes the node's own first", () => {
    const compiler = { name: 'gcc', version: '11' };
    expect(compilerOf(makeNode('x', { compiler, dict: { annotations: { compiler: 'gcc@=12' } } }))).toBe(
      compiler,
    );
  });
});
