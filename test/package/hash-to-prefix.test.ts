import { describe, expect, it } from 'vitest';
import { hashToPrefix } from '../../src/package/hash-to-prefix.ts';
import type { DepType, SpecNode } from '../../src/spec/node.ts';
import { specNode } from './store-fixture.ts';

/** `name: [name of a dependency, its types]…`; a name is its own hash, one in upper case external. */
function graph(edges: Record<string, readonly (readonly [string, ...DepType[]])[]>): {
  nodes: Map<string, SpecNode>;
} {
  const nodes = new Map<string, SpecNode>();
  for (const [name, dependencies] of Object.entries(edges)) {
    const node = {
      name,
      version: '1',
      dependencies: dependencies.map(([to, ...deptypes]) => ({
        name: to,
        hash: to,
        parameters: { deptypes, virtuals: [] },
      })),
      ...(name === name.toUpperCase() ? { external: { path: '/usr' } } : {}),
    };
    nodes.set(name, specNode(node, name));
  }
  return { nodes };
}

const order = (given: ReturnType<typeof graph>, root: string) =>
  hashToPrefix(given, root, (hash) => `/p/${hash}`).map(([hash]) => hash);

describe('hashToPrefix', () => {
  it('maps the spec itself first, then link dependencies breadth-first, then direct run dependencies', () => {
    const given = graph({
      app: [
        ['tool', 'build', 'run'],
        ['zlib', 'link'],
        ['lib', 'build', 'link'],
      ],
      lib: [
        ['deep', 'link'],
        ['python', 'run'],
      ],
      zlib: [['runtime', 'link']],
      deep: [['zlib', 'link']],
      runtime: [],
      tool: [['toollib', 'link', 'run']],
      toollib: [],
      python: [],
    });
    expect(hashToPrefix(given, 'app', (hash) => `/p/${hash}`)).toEqual([
      ['app', '/p/app'],
      ['lib', '/p/lib'],
      ['zlib', '/p/zlib'],
      ['deep', '/p/deep'],
      ['runtime', '/p/runtime'],
      ['tool', '/p/tool'],
    ]);
  });

  it('names each once, a run dependency too that is linked to elsewhere', () => {
    const given = graph({
      a: [
        ['b', 'link', 'run'],
        ['c', 'link'],
      ],
      b: [['c', 'link']],
      c: [],
    });
    expect(order(given, 'a')).toEqual(['a', 'b', 'c']);
  });

  it('leaves externals out but looks behind them', () => {
    const given = graph({
      a: [
        ['GLIBC', 'link'],
        ['x', 'link'],
      ],
      GLIBC: [['y', 'link']],
      x: [],
      y: [],
    });
    expect(order(given, 'a')).toEqual(['a', 'x', 'y']);
  });

  it('does not ask for build dependencies, which a graph may lack', () => {
    expect(order(graph({ a: [['cmake', 'build']] }), 'a')).toEqual(['a']);
  });

  it('names the spec and the dependency that is missing', () => {
    const lacking = graph({ a: [['b', 'link']] });
    expect(() => order(lacking, 'a')).toThrow('a dependency of a/a is missing');
    expect(() => order(lacking, 'b')).toThrow('the spec to push is missing');
    const given = graph({ a: [['b', 'link']], b: [] });
    expect(() => hashToPrefix(given, 'a', (hash) => (hash === 'a' ? '/p/a' : undefined))).toThrow(
      'known for b/b',
    );
  });
});
