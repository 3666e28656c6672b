import { expect, test } from 'vitest';
import { localSources, localSourceText, ofLocalSource } from '../../src/spec/local-source.ts';
import type { DepType, SpecNode } from '../../src/spec/node.ts';
import { graphOf, makeNode } from './spec-nodes.ts';

const develop = (name: string, devPath: string | boolean | readonly string[] = '/src') =>
  makeNode(name, { variants: { dev_path: devPath } });
const above = (name: string, below: SpecNode, ...types: DepType[]) =>
  makeNode(name, { dependencies: [[below, ...types]] });
const namesOf = (nodes: readonly SpecNode[]) =>
  Object.fromEntries(
    [...localSources(graphOf(nodes))].map(([hash, { name }]) => [nameOf(nodes, hash), name]),
  );
const nameOf = (nodes: readonly SpecNode[], hash: string) => nodes.find((node) => node.hash === hash)?.name;

test('is what is developed, and what needs it by any edge at any depth', () => {
  const own = develop('own');
  const nodes = (['build', 'link', 'run', 'test'] as const).flatMap((type) => {
    const needs = above(`needs-to-${type}`, own, type);
    return [needs, above(`needs-what-needs-to-${type}`, needs, 'link')];
  });
  const found = namesOf([...nodes, own, makeNode('other'), above('over-other', makeNode('other'), 'link')]);
  expect(found).toEqual(
    Object.fromEntries(['own', ...nodes.map(({ name }) => name)].map((name) => [name, 'own'])),
  );
});

test('is what a spliced spec was built as, and so the spliced spec', () => {
  const own = develop('own');
  const built = above('lib', own, 'link');
  const spliced = {
    ...makeNode('lib', { hash: 's'.repeat(32) }),
    buildSpec: { name: 'lib', hash: built.hash },
  };
  const over = above('app', spliced, 'run');
  expect(ofLocalSource([over, spliced, makeNode('other')], graphOf([over, spliced, built, own]))).toEqual([
    over,
    spliced,
  ]);
});

test('names the nearest of several', () => {
  const far = develop('far');
  const near = makeNode('near', { variants: { dev_path: '/near' }, dependencies: [[far, 'link']] });
  expect(namesOf([far, near, above('app', near, 'link')])).toEqual({ far: 'far', near: 'near', app: 'near' });
});

test('is no external, which nobody builds, whatever it says', () => {
  const external = makeNode('mpi', { variants: { dev_path: '/src' }, external: { path: '/usr' } });
  expect(namesOf([external, above('app', external, 'link')])).toEqual({});
});

test('is whatever has the variant, as in Spack, and says of which folder in one bounded line', () => {
  const text = (value: string | boolean | readonly string[]) => {
    const own = develop('own', value);
    const found = localSources(graphOf([own])).get(own.hash);
    return found && localSourceText(own, found);
  };
  expect(text('/src/own')).toBe('built from local source: /src/own');
  expect(text('')).toBe('built from local source: ');
  expect(text(false)).toBe('built from local source: false');
  expect(text(['/a', '/b'])).toBe('built from local source: /a,/b');
  expect(text('/a\n::error::b\u001b[2J\u202e')).toBe(
    'built from local source: /a\\n::error::b\\x1b[2J\\x202e',
  );
  for (const endless of ['/x'.repeat(1e6), '\u202e'.repeat(1e6)])
    expect(text(endless)?.length).toBeLessThan(250);
  const own = develop('own', '/src');
  expect(localSourceText(above('app', own, 'link'), own)).toBe(
    'depends on own, which is built from local source',
  );
});

type Edges = SpecNode['dependencies'];

test('takes a moment for a chain deeper than any stack, and for wide nodes', () => {
  const plain = above('n', makeNode('n'), 'link');
  const edges = Array.from({ length: 20_000 }, (_, i) => ({
    ...plain.dependencies[0],
    name: 'n',
    hash: `n${i}`,
  }));
  const chain = edges.map((edge, i) => ({ ...plain, hash: `n${i + 1}`, dependencies: [edge] as Edges }));
  const nodes = [{ ...develop('n'), hash: 'n0' }, ...chain];
  const wide = { ...plain, hash: 'wide', dependencies: edges as Edges };
  const start = performance.now();
  expect(localSources(graphOf([...nodes, wide])).size).toBe(20_002);
  expect(performance.now() - start).toBeLessThan(5000);
});
