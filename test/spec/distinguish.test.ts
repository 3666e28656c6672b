import { describe, expect, it } from 'vitest';
import { distinguish } from '../../src/spec/distinguish.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { makeNode, readMirrorIndex } from './spec-nodes.ts';

function linesOf(specs: readonly SpecNode[], known: readonly SpecNode[] = []): readonly string[] {
  return distinguish(specs, (hash) => known.find((node) => node.hash === hash));
}

describe('distinguish', () => {
  it.each<[string, Parameters<typeof makeNode>[1], Parameters<typeof makeNode>[1], string, string]>([
    ['versions', { version: '1' }, { version: '2' }, 'x@1 /aaaaaaa', 'x@2 /bbbbbbb'],
    [
      'variants, not those they share',
      { variants: { mpi: true, pic: true, api: 'v1' } },
      { variants: { mpi: false, pic: true, api: 'v2' } },
      'x@1.0+mpi api=v1 /aaaaaaa',
      'x@1.0~mpi api=v2 /bbbbbbb',
    ],
    [
      'a variant that one of them lacks',
      { variants: { cuda_arch: ['70', '80'] } },
      {},
      'x@1.0 cuda_arch:=70,80 /aaaaaaa',
      'x@1.0 /bbbbbbb',
    ],
    ['targets', { target: 'zen2' }, {}, 'x@1.0 target=zen2 /aaaaaaa', 'x@1.0 target=x86_64_v3 /bbbbbbb'],
    ['flags', { flags: { cflags: ['-O2', '-g'] } }, {}, "x@1.0 cflags='-O2 -g' /aaaaaaa", 'x@1.0 /bbbbbbb'],
    [
      'namespaces',
      { namespace: 'ours' },
      { namespace: 'builtin' },
      'x@1.0 namespace=ours /aaaaaaa',
      'x@1.0 namespace=builtin /bbbbbbb',
    ],
    [
      'compilers of old specs',
      { format: 4, compiler: { name: 'gcc', version: '12' } },
      { format: 4, compiler: { name: 'gcc', version: '13' } },
      'x@1.0 %gcc@12 /aaaaaaa',
      'x@1.0 %gcc@13 /bbbbbbb',
    ],
    ['nothing that is known', {}, {}, 'x@1.0 /aaaaaaa', 'x@1.0 /bbbbbbb'],
  ])('tells by %s', (_, first, second, one, other) => {
    const a = makeNode('x', { hash: 'a'.repeat(32), ...first });
    const b = makeNode('x', { hash: 'b'.repeat(32), ...second });
    expect(linesOf([a, b])).toEqual([one, other]);
  });

  it('tells by direct dependencies: their versions, else that there are any, else their hashes', () => {
    const mpi = (version: string, hash: string) => makeNode('mpi', { version, hash: hash.repeat(32) });
    const [four, five, fiveToo] = [mpi('4', 'p'), mpi('5', 'q'), mpi('5', 'r')];
    const user = (hash: string, ...dependencies: readonly SpecNode[]) =>
      makeNode('x', { hash: hash.repeat(32), dependencies: dependencies.map((to) => [to, 'link']) });
    const [a, b, c, d] = [user('a', four), user('b', five), user('c', fiveToo), user('d')];
    expect(linesOf([a, b, d], [four, five])).toEqual([
      'x@1.0 ^mpi@4 /aaaaaaa',
      'x@1.0 ^mpi@5 /bbbbbbb',
      'x@1.0 /ddddddd',
    ]);
    expect(linesOf([a, b, c], [four, five, fiveToo])).toEqual([
      'x@1.0 ^mpi@4 /aaaaaaa',
      'x@1.0 ^mpi@5 ^mpi/qqqqqqq /bbbbbbb',
      'x@1.0 ^mpi@5 ^mpi/rrrrrrr /ccccccc',
    ]);
    expect(linesOf([a, b])).toEqual(['x@1.0 ^mpi/ppppppp /aaaaaaa', 'x@1.0 ^mpi/qqqqqqq /bbbbbbb']);
  });

  it('compares packages with themselves only', () => {
    const x = (hash: string, mpi: boolean) => makeNode('x', { hash: hash.repeat(32), variants: { mpi } });
    const y = makeNode('y', { hash: 'c'.repeat(32), target: 'zen2', variants: { shared: true } });
    expect(linesOf([x('a', true), y, x('b', false)])).toEqual([
      'x@1.0+mpi /aaaaaaa',
      'y@1.0 /ccccccc',
      'x@1.0~mpi /bbbbbbb',
    ]);
  });

  it('says of real specs no more than tells them apart', () => {
    const rich = readMirrorIndex('spack-1.3/rich/mirror-unsigned');
    const of = (name: string) => [...rich.nodes.values()].filter((node) => node.name === name);
    for (const name of new Set([...rich.nodes.values()].map((node) => node.name))) {
      const lines = distinguish(of(name), (hash) => rich.nodes.get(hash));
      expect(new Set(lines.map((line) => line.replace(/ \/\w+$/, ''))).size).toBe(lines.length);
      for (const line of lines) expect(line).not.toContain('build_system=');
    }
    expect(distinguish(of('zlib-toy'), (hash) => rich.nodes.get(hash))).toEqual([
      'zlib-toy@1.3.1+optimize+pic %gcc@12.2.0 ^toymake@4.4 /zmnnzos',
      "zlib-toy@1.3.1+pic cuda_arch:=70,80 cflags='-march=native -DX=1' ^gcc@12.2.0 ^glibc@2.36 ^toymake@4.4 /4ajqb6h",
      "zlib-toy@1.2.11~pic cflags='-O2 -g' ldflags=-Wl,-z,now ^gcc@13.1.0 ^glibc@2.36 /jhaccdj",
    ]);
  });
});
