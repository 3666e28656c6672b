import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PushSelection, selectToPush } from '../../src/plan/push-selection.ts';
import type { SpecGraph } from '../../src/spec/graph.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { unpackToyStore } from '../tree/toy-store.ts';

let dir: TempDir;
let graph: SpecGraph;
beforeAll(async () => {
  dir = await tempDir();
  const { nodes } = await unpackToyStore(dir.path);
  graph = { nodes, roots: [...nodes.values()].map(({ hash, name }) => ({ hash, spec: name })) };
});
afterAll(() => dir[Symbol.asyncDispose]());

async function names(more: Partial<PushSelection>, of = graph): Promise<string> {
  const { specs } = await selectToPush(of, {
    specs: [],
    only: 'package,dependencies',
    buildDependencies: false,
    required: 'all',
    exclude: [],
    ...more,
  });
  return specs.map(({ name }) => name).join(' ');
}

describe('selectToPush', () => {
  it('takes what a spec links and runs, dependencies first, and no externals', async () => {
    expect(await names({ specs: ['toyapp'] })).toBe('gcc-runtime zlib-toy libtoy toypy toyapp');
    expect(await names({ specs: ['libtoy@2 cflags=-O2'] })).toBe('gcc-runtime zlib-toy libtoy');
    expect(await names({ specs: ['/ho3j', 'gcc-runtime'] })).toBe('gcc-runtime zlib-toy');
  });

  it('takes what is needed to build, only the spec or only what it needs, when asked to', async () => {
    expect(await names({ specs: ['zlib-toy'], buildDependencies: true })).toBe(
      'gcc-runtime toymake zlib-toy',
    );
    expect(await names({ specs: ['zlib-toy'], only: 'package' })).toBe('zlib-toy');
    expect(await names({ specs: ['zlib-toy'], only: 'dependencies' })).toBe('gcc-runtime');
  });

  it('asks for what is linked or run to be installed, or for all of it', async () => {
    const optional = async (required: PushSelection['required']) => {
      const selected = await selectToPush(graph, {
        specs: ['toyapp'],
        only: 'package,dependencies',
        buildDependencies: true,
        required,
        exclude: [],
      });
      return selected.specs.filter(({ hash }) => selected.optional.has(hash)).map(({ name }) => name);
    };
    expect(await optional('runtime')).toEqual(['toymake']);
    expect(await optional('all')).toEqual([]);
  });

  it('takes the roots when nothing is named, and leaves out what is excluded', async () => {
    const app = graph.roots.filter(({ spec }) => spec === 'toymake');
    expect(await names({}, { nodes: graph.nodes, roots: app })).toBe('gcc-runtime toymake');
    const selected = await selectToPush(graph, {
      specs: ['toyapp'],
      only: 'package,dependencies',
      buildDependencies: false,
      required: 'all',
      exclude: ['toy*', 'zlib-toy+shared'],
    });
    expect(selected.specs.map(({ name }) => name)).toEqual(['gcc-runtime', 'libtoy']);
    expect(selected.excluded.map(({ name }) => name).sort()).toEqual(['toyapp', 'toypy', 'zlib-toy']);
  });

  it('says which specs an ambiguous constraint means, unless only one is a root', async () => {
    await expect(names({ specs: ['@1:'] })).rejects.toMatchObject({
      code: 'usage',
      facts: {
        choices: expect.arrayContaining(['zlib-toy@1.3.1 /ho3jsm3']),
        hint: expect.stringMatching(/\/[a-z2-7]{7}/),
      },
    });
    const roots = graph.roots.filter(({ spec }) => spec === 'zlib-toy');
    expect(await names({ specs: ['@1:'] }, { nodes: graph.nodes, roots })).toBe('gcc-runtime zlib-toy');
    await expect(names({ specs: ['nothing'] })).rejects.toMatchObject({ code: 'not-found' });
  });
});
