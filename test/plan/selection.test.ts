import { expect, test } from 'vitest';
import { EVERYTHING, type Selection, selectSpecs } from '../../src/plan/selection.ts';
import { fixtureGraph } from '../cache/mirror-fixture.ts';

const graph = fixtureGraph('1.2');
const names = async (selection: Partial<Selection>) =>
  (await selectSpecs(graph, { ...EVERYTHING, ...selection })).map(({ name }) => name).sort();
const ALL = ['gcc-runtime', 'libtoy', 'toyapp', 'toymake', 'toypy', 'zlib-toy'];

test('everything but externals, dependencies first, once', async () => {
  expect(await names({})).toEqual(ALL);
  const order = (await selectSpecs(graph, EVERYTHING)).map(({ hash }) => hash);
  for (const node of await selectSpecs(graph, EVERYTHING)) {
    for (const { hash } of node.dependencies)
      expect(order.indexOf(hash)).toBeLessThan(order.indexOf(node.hash));
  }
});

test.each<[Partial<Selection>, string[]]>([
  [{ rootsOnly: true }, ['toyapp', 'toymake']],
  [{ specs: ['libtoy'] }, ['libtoy']],
  [{ specs: ['toy*'] }, ['toyapp', 'toymake', 'toypy']],
  [{ specs: ['/2qpxivo'] }, ['libtoy']],
  [{ hashes: ['2qpxivo', '/x5la'] }, ['libtoy', 'toymake']],
  [{ specs: ['toy*'], include: ['toy[ap]*'], exclude: ['toyapp'] }, ['toypy']],
  [{ exclude: ['nothing-like-it'] }, ALL],
  [{ specs: ['zlib-api'] }, ['zlib-toy']],
  [{ exclude: ['zlib-api', '%zlib-api'] }, ALL.filter((name) => name !== 'zlib-toy' && name !== 'libtoy')],
  [{ specs: ['^'], exclude: ['^zlib-toy'] }, ['gcc-runtime', 'toymake', 'zlib-toy']],
])('%j', async (selection, expected) => {
  expect(await names(selection)).toEqual(expected);
});

test.each<[Partial<Selection>, string]>([
  [{ specs: ['absent'] }, 'not-found'],
  [{ specs: ['glibc'] }, 'not-found'],
  [{ specs: ['/'] }, 'usage'],
  [{ hashes: [''] }, 'usage'],
  [{ hashes: ['0189'] }, 'usage'],
  [{ hashes: ['a'.repeat(33)] }, 'usage'],
  [{ specs: [''] }, 'usage'],
])('%j is refused: %s', async (selection, code) => {
  await expect(names(selection)).rejects.toMatchObject({ code });
});
