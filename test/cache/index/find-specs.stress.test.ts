import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompactIndex } from '../../../src/cache/index/compact-index.ts';
import { findSpecs, type SpecSource } from '../../../src/cache/index/find-specs.ts';
import { askIndex } from '../../../src/cache/index/listing.ts';
import { indexSpecs } from '../../../src/cache/index/specs.ts';
import { openIndexStore } from '../../../src/cache/index/store.ts';
import { openLayout3 } from '../../../src/cache/layouts/layout3.ts';
import { entrySpecs } from '../../../src/cache/reading/entry-specs.ts';
import { satisfies } from '../../../src/spec/constraint/match.ts';
import { parseSpec, parseSpecs } from '../../../src/spec/constraint/parse.ts';
import type { SpecGraph } from '../../../src/spec/graph.ts';
import { readLockfile } from '../../../src/spec/lockfile.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import { generateEnvironment } from '../../harness/generate.ts';
import { generateMirror } from '../../harness/generate-mirror.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';
import { makeNode, readFixture, readMirrorIndex } from '../../spec/spec-nodes.ts';

describe('in a cache of 80 generated specs', () => {
  let dir: TempDir;
  let graph: SpecGraph;

  beforeAll(async () => {
    dir = await tempDir();
    const environment = generateEnvironment({ specs: 80, seed: 11 });
    graph = readLockfile(environment.lockfile, 'generated');
    await generateMirror(`${dir.path}/mirror`, environment);
  });
  afterAll(() => dir[Symbol.asyncDispose]());

  /** Of every kind: by name, version, variant, architecture, hash, by what is below, by virtual package. */
  function questions(): string[] {
    const nodes = [...graph.nodes.values()];
    const virtuals = new Set(nodes.flatMap((node) => node.dependencies.flatMap((edge) => edge.virtuals)));
    const some = nodes.filter((_, i) => i % 10 === 0);
    const below = some.flatMap((node) => node.dependencies.slice(0, 1));
    return [
      '*',
      'target=x86_64_v3',
      'os=debian12 %gcc',
      '^gcc@12:',
      ...[...virtuals].flatMap((name) => [name, `^${name}`, `%${name}`]),
      ...some.map((node) => `${node.name}@${node.version}`),
      ...some.map((node) => `/${node.hash.slice(0, 2)}`),
      ...some.map((node) => `${node.name} /${node.hash.slice(0, 5)}`),
      ...below.flatMap((edge) => [
        `^${edge.name}`,
        `%${edge.name}`,
        `^${edge.name} /${edge.hash.slice(0, 3)}`,
      ]),
      ...some.flatMap(({ name, variants }) =>
        [...variants].flatMap(([variant, value]) =>
          typeof value === 'boolean' ? [`+${variant}`, `${name}~${variant}`, `++${variant}`] : [],
        ),
      ),
    ];
  }

  async function compare(source: SpecSource): Promise<number> {
    let matches = 0;
    const asked = questions();
    expect(asked.length).toBeGreaterThan(50);
    for (const text of asked) {
      const constraint = parseSpec(text);
      const found: string[] = [];
      await findSpecs(source, constraint, (node) => found.push(node.hash));
      const expected = [...graph.nodes.values()].filter(
        (node) => node.external === undefined && satisfies(graph, node, constraint),
      );
      expect([text, found.toSorted()]).toEqual([text, expected.map((node) => node.hash).toSorted()]);
      matches += found.length;
    }
    return matches;
  }

  it('finds through the index what matching against the whole graph finds', async () => {
    const reader = openLayout3(openFileStorage(`${dir.path}/mirror`), undefined);
    const options = { store: openIndexStore(`${dir.path}/index`), ttlMs: 0 };
    const bad: unknown[] = [];
    const ask = () =>
      askIndex(reader, options, (index) => compare(indexSpecs(index, 'test', (error) => bad.push(error))));
    const cold = await ask();
    const warm = await ask();
    expect(cold?.answer).toBeGreaterThan(200);
    expect(warm).toMatchObject({ answer: cold?.answer, from: 'local copy' });
    expect(bad).toEqual([]);
  });

  it('finds the same among the entries themselves', async () => {
    const storage = openFileStorage(`${dir.path}/mirror`);
    const onBad = (error: Error) => {
      throw error;
    };
    const reader = openLayout3(storage, undefined);
    const source = await entrySpecs(reader, { asked: [parseSpec('*')], jobs: 8, onBad });
    if (source === undefined) throw new Error('there are entries');
    expect(await compare(source)).toBeGreaterThan(200);
  });
});

describe('in the cache of specs rich in edges', () => {
  const rich = readMirrorIndex('spack-1.3/rich/mirror-unsigned');
  const answers = JSON.parse(readFixture('spack-1.3/rich/constraints-1.3.json')) as Record<
    string,
    { satisfies?: string[] }
  >;
  const folder = fileURLToPath(new URL('../../fixtures/spack-1.3/rich/mirror-unsigned', import.meta.url));

  /** All queries that can be read, through one source; externals are never in a cache. */
  async function compare(source: SpecSource): Promise<number> {
    let compared = 0;
    for (const [query, { satisfies: expected }] of Object.entries(answers)) {
      if (expected === undefined) continue;
      const found = new Set<string>();
      for (const constraint of parseSpecs(query))
        await findSpecs(source, constraint, (node) => found.add(node.hash));
      const isCached = (hash7: string) =>
        [...rich.nodes.values()].some((node) => node.hash.startsWith(hash7) && node.external === undefined);
      const shown = [...found].map((hash) => hash.slice(0, 7)).toSorted();
      expect([query, shown]).toEqual([query, expected.filter(isCached).toSorted()]);
      compared++;
    }
    return compared;
  }

  it('finds through the index what Spack 1.3 answers', async () => {
    await using dir = await tempDir();
    const reader = openLayout3(openFileStorage(folder), undefined);
    const options = { store: openIndexStore(dir.path), ttlMs: 0 };
    const ask = (index: CompactIndex) =>
      compare(
        indexSpecs(index, 'test', (error) => {
          throw error;
        }),
      );
    expect((await askIndex(reader, options, ask))?.answer).toBe(204);
  });

  it('finds the same among the entries themselves', async () => {
    const onBad = (error: Error) => {
      throw error;
    };
    const reader = openLayout3(openFileStorage(folder), undefined);
    const source = await entrySpecs(reader, { asked: [parseSpec('*')], jobs: 8, onBad });
    if (source === undefined) throw new Error('there are entries');
    expect(await compare(source)).toBe(204);
  });
});

describe('who provides a virtual package', () => {
  const tool = makeNode('tool');
  const mpich = makeNode('mpich', { dependencies: [[tool, 'build']] });
  const openmpi = makeNode('openmpi', { version: '4', variants: { cuda: true } });
  const source: SpecSource = {
    // The specs that use them are elsewhere, and only the source knows what they provide.
    async *candidates() {
      yield mpich;
      yield openmpi;
    },
    get: async (hashes) => new Map([...hashes].flatMap((hash) => (hash === tool.hash ? [[hash, tool]] : []))),
  };

  it.each([
    ['mpi', ['mpich', 'openmpi']],
    ['mpi@3 ~cuda', ['mpich', 'openmpi']],
    ['mpi %tool', ['mpich']],
    ['mpi ^tool', ['mpich']],
    ['mpi %tool@99', []],
    [`mpi/${openmpi.hash.slice(0, 5)}`, ['openmpi']],
  ])('is asked for what lies below, and for nothing of its own: %s', async (query, names) => {
    const found: string[] = [];
    await findSpecs(source, parseSpec(query), ({ name }) => found.push(name));
    expect(found).toEqual(names);
  });
});

describe('compilers', () => {
  async function compilersOf(node: SpecNode, ...others: readonly SpecNode[]): Promise<string[]> {
    const nodes = new Map([node, ...others].map((each) => [each.hash, each]));
    const source: SpecSource = {
      async *candidates() {
        yield node;
      },
      get: async (hashes) =>
        new Map([...hashes].flatMap((hash) => [nodes.get(hash) ?? []].flat().map((found) => [hash, found]))),
    };
    const found: string[] = [];
    await findSpecs(source, parseSpec('*'), (_, compilers) => found.push(compilers));
    return found;
  }

  const gcc = makeNode('gcc', { version: '12.2.0' });
  const llvm = makeNode('llvm', { version: '18.1.0' });

  function user(...edges: readonly (readonly [SpecNode, readonly string[]])[]): SpecNode {
    const dependencies = edges.map(([{ name, hash }, virtuals]) => ({
      name,
      hash,
      virtuals,
      deptypes: ['build'] as const,
      direct: true,
    }));
    return { ...makeNode('user'), dependencies };
  }

  it('are named as Spack names them, sorted by package', async () => {
    expect(await compilersOf(user([llvm, ['c', 'cxx']], [gcc, ['fortran']]), llvm, gcc)).toEqual([
      '%fortran=gcc@12.2.0 %c,cxx=clang@18.1.0',
    ]);
  });

  it('are named without a version where their record is not there, and not at all where there are none', async () => {
    expect(await compilersOf(user([gcc, ['c']]))).toEqual(['%c=gcc']);
    expect(await compilersOf(user([gcc, ['gcc-api']]), gcc)).toEqual(['']);
  });
});
