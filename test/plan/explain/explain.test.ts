/** Why specs differ: causes, whose fault they are, and the proof. Nodes are made to order, or changed at random. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Explanation, explain } from '../../../src/plan/explain/explain.ts';
import { makePool, type Pool } from '../../../src/plan/explain/pool.ts';
import { decodeNode } from '../../../src/spec/decode-node.ts';
import { postOrder, type SpecGraph } from '../../../src/spec/graph.ts';
import { dagHash, inSpackOrder } from '../../../src/spec/hash.ts';
import { readLockfile } from '../../../src/spec/lockfile.ts';
import { generateEnvironment } from '../../harness/generate.ts';
import { runs } from '../../harness/runs.ts';
import { type Dict, edge, lockfile, node } from '../../spec/node-fixture.ts';
import { readFixture } from '../../spec/spec-nodes.ts';
import { type Lock, lockOf, lockText, type Mutated, mutate, WAYS, withRepeatedNames } from './mutate.ts';

const FIXTURES = ['spack-1.2/env/spack.lock', 'spack-0.23/env/spack.lock'];

describe('a lockfile with changes', () => {
  test('every way of changing one node is found, alone, and proven', () => {
    for (const way of WAYS) {
      const bases = [base(1), ...FIXTURES.map((name) => lockOf(JSON.parse(readFixture(name))))];
      const changed = bases.flatMap((lock) => {
        for (let seed = 1; seed < 40; seed++) {
          const made = mutate(lock, 1, seed, [way]);
          if (made !== undefined && made.done.size === 1) return [{ lock, made }];
        }
        return [];
      });
      expect(changed.length, way.kind).toBeGreaterThan(0);
      for (const { lock, made } of changed) expectExactly(lock, made, way.kind);
    }
  });

  test('of one to five changes at once, exactly those are found, and proven', () => {
    const first = Number(process.env['EXPLAIN_SEED'] ?? 1);
    const all = runs(1000);
    let tried = 0;
    for (let seed = first; tried < all; seed++) {
      const lock = lockFor(seed);
      const count = seed % 2 === 0 ? 1 : 2 + (seed % 4);
      const made = mutate(lock, count, seed);
      // Two nodes that have become one, or a change that is cut off from every root, cannot be found.
      if (made === undefined || made.done.size < count) continue;
      expectExactly(lock, made, `seed ${seed} (EXPLAIN_SEED=${seed} repeats it)`);
      tried++;
    }
    expect(tried).toBe(all);
  });
});

describe('whose fault it is', () => {
  const gcc = node('gcc', { external: { path: '/usr', module: null, extra_attributes: {} } });
  const runtime = node('gcc-runtime', { version: '13.2.0', dependencies: [edge(gcc, ['build'])] });
  const zlib = node('zlib', { dependencies: [edge(runtime)] });
  const hdf5 = node('hdf5', { dependencies: [edge(runtime), edge(zlib)] });
  const old = [hdf5, zlib, runtime, gcc];
  const newRuntime = node('gcc-runtime', { version: '13.3.0', dependencies: [edge(gcc, ['build'])] });

  function rebuilt(change: Dict = {}): Dict[] {
    const newZlib = node('zlib', { dependencies: [edge(newRuntime)], ...change });
    const newHdf5 = node('hdf5', { dependencies: [edge(newRuntime), edge(newZlib)] });
    return [newHdf5, newZlib, newRuntime, gcc];
  }

  test('what only follows from a change below is no cause', () => {
    const { causes } = explained(rebuilt(), old);
    expect(causes.map(({ pairs }) => pairs.map(({ wanted }) => wanted.name))).toEqual([['gcc-runtime']]);
    expect(causes[0]?.changes).toMatchObject([{ kind: 'version', from: '13.2.0', to: '13.3.0' }]);
    expect(causes[0]?.drags.map(({ name }) => name)).toEqual(['gcc-runtime', 'zlib', 'hdf5']);
  });

  test('a spec with two causes is dragged by both and counted once', () => {
    const { causes } = explained(rebuilt({ version: '1.3' }), old);
    expect(causes.map(({ drags, counted }) => [drags.length, counted])).toEqual([
      [3, 3],
      [2, 0],
    ]);
  });

  test('one target for all is one cause, and named', () => {
    const arch = { platform: 'linux', platform_os: 'debian12', target: 'zen4' };
    const top = node('zlib', { arch });
    const { causes } = explained(
      [node('hdf5', { arch, dependencies: [edge(top)] }), top],
      [node('hdf5', { dependencies: [edge(node('zlib'))] }), node('zlib')],
    );
    expect(causes).toMatchObject([{ case: 'target', counted: 2, pairs: [{}, {}] }]);
  });

  test('recipes that changed and nothing else are one cause', () => {
    const top = node('zlib', { package_hash: 'b' });
    const { causes } = explained(
      [node('hdf5', { package_hash: 'b', dependencies: [edge(top)] }), top],
      [node('hdf5', { dependencies: [edge(node('zlib'))] }), node('zlib')],
    );
    expect(causes).toMatchObject([{ case: 'recipe', counted: 2 }]);
  });

  test('another version of the external compiler is the case of a compiler', () => {
    const withGcc = (version: string) => {
      const compiler = node('gcc', {
        version,
        external: { path: '/usr', module: null, extra_attributes: {} },
      });
      const uses = { name: 'gcc', hash: compiler.hash, parameters: { deptypes: ['build'], virtuals: ['c'] } };
      return [node('zlib', { dependencies: [uses] }), compiler];
    };
    expect(explained(withGcc('13'), withGcc('12')).causes).toMatchObject([{ case: 'compiler', counted: 1 }]);
  });

  test('another glibc is the case of the C library', () => {
    const withGlibc = (version: string) => {
      const libc = node('glibc', { version, external: { path: '/usr', module: null, extra_attributes: {} } });
      const uses = { name: 'glibc', hash: libc.hash, parameters: { deptypes: ['link'], virtuals: ['libc'] } };
      return [node('zlib', { dependencies: [uses] }), libc];
    };
    expect(explained(withGlibc('2.41'), withGlibc('2.36')).causes).toMatchObject([{ case: 'libc' }]);
  });

  test('what is known under the same hash was pruned or never pushed', () => {
    const { answers, causes } = explained(old, old);
    expect(answers.map(({ is }) => is)).toEqual(['elsewhere', 'elsewhere', 'elsewhere']);
    expect(causes).toEqual([]);
  });

  test('a package of which there is nothing is new', () => {
    expect(explained([node('toyapp')], old).answers).toMatchObject([{ is: 'new' }]);
  });

  test('with one name in five versions each is compared with its own', () => {
    const versions = ['1', '2', '3', '4', '5'];
    const tools = (change: Dict) => versions.map((version) => node('tool', { version, ...change }));
    const users = (made: readonly (Dict & { hash: string })[]) =>
      made.map((tool, i) => node(`user${i}`, { dependencies: [edge(tool, ['build'])] }));
    const env = (change: Dict) => [...users(tools(change)), ...tools(change)];
    const roots = { roots: users(tools({ namespace: 'x' })).map(({ hash }) => ({ hash, spec: 'user' })) };
    const { answers } = explained(env({ namespace: 'x' }), env({}), roots);
    const pairs = answers.flatMap((answer) => (answer.is === 'changed' ? [answer.pair] : []));
    expect(pairs).toHaveLength(10);
    expect(pairs.every(({ wanted, near }) => wanted.version === near.version)).toBe(true);
  });
});

describe('what cannot be proven', () => {
  const zlib = node('zlib');

  test('another spec format, which is told as such', () => {
    const old = graphOf(lockOf(JSON.parse(readFixture('spack-0.23/env/spack.lock'))));
    const wanted = graphOf(lockOf(JSON.parse(readFixture('spack-1.2/env/spack.lock'))));
    const { causes, answers } = explain(missing(wanted, old), wanted, poolOf(old));
    expect(causes[0]).toMatchObject({ case: 'format', changes: [{ from: '4', to: '5' }] });
    const proofs = answers.flatMap((answer) => (answer.is === 'changed' ? [answer.proof] : []));
    expect(proofs.length).toBeGreaterThan(0);
    for (const proof of proofs) expect(proof).toMatchObject({ proven: false, why: /spec format/ });
    // The compiler was an attribute there and is a dependency here: it is the same one.
    expect(causes.filter((cause) => cause.case === 'compiler')).toEqual([]);
  });

  test('a nearest spec that is below a record nobody has', () => {
    const [newZlib, oldZlib] = [node('zlib', { version: '2' }), zlib];
    const wanted = readLockfile(lockfile([node('hdf5', { dependencies: [edge(newZlib)] }), newZlib]), 'new');
    const pool = makePool();
    const near = readLockfile(lockfile([node('hdf5', { dependencies: [edge(oldZlib)] }), oldZlib]), 'old');
    for (const each of near.nodes.values()) if (each.name === 'hdf5') pool.add(each, 'a mirror');
    const { answers, causes } = explain([...wanted.nodes.values()].reverse(), wanted, pool);
    expect(answers.find(({ node: { name } }) => name === 'hdf5')).toMatchObject({
      proof: { proven: false, why: /no record of zlib/ },
    });
    expect(causes).toMatchObject([{ case: 'unknown' }]);
  });

  test('a spliced spec whose hash nobody can recompute', () => {
    const spliced = decoded(readFixture('spack-1.3/spliced/env-toyapp/spack.lock'));
    const built = readLockfile(readFixture('spack-1.2/env/spack.lock'), 'built');
    const asked = missing(spliced, built).filter(({ buildSpec }) => buildSpec !== undefined);
    expect(asked.map(({ name }) => name)).toContain('toyapp');
    const { answers } = explain(asked, spliced, poolOf(built));
    const toyapp = answers.find(({ node: { name } }) => name === 'toyapp');
    expect(toyapp).toMatchObject({
      is: 'changed',
      proof: { proven: false, why: /spliced|cannot be recomputed/ },
    });
    const kinds = toyapp?.is === 'changed' ? toyapp.pair.changes.map(({ kind }) => kind) : [];
    expect(kinds).toContain('splice');
  });

  test('an external whose stored hash is from elsewhere, and all above it', () => {
    const external = { path: '/usr', module: null, extra_attributes: {} };
    const made = (version: string, hash?: string) => {
      const glibc = { ...node('glibc', { version, external }), ...(hash === undefined ? {} : { hash }) };
      return [node('hdf5', { dependencies: [edge(glibc)] }), glibc];
    };
    const { answers, causes } = explained(made('2.41', 'a'.repeat(32)), made('2.36'));
    expect(answers).toMatchObject([
      { proof: { proven: false, why: /glibc.*cannot be recomputed.*external/ } },
    ]);
    expect(causes).toMatchObject([{ case: 'external', counted: 1 }]);
  });
});

test('a spec that Spack has rewritten in format 5 is compared in the format it was hashed in', () => {
  const before = graphOf(lockOf(JSON.parse(readFixture('spack-0.23/env/spack.lock'))));
  const wanted = mutate(lockOf(JSON.parse(readFixture('spack-0.23/env/spack.lock'))), 1, 3);
  const rewritten = lockOf(JSON.parse(readFixture('spack-0.23/env/spack.lock')));
  const pool = makePool();
  for (const [hash, dict] of rewritten.nodes) {
    const { compiler, hash: _, ...rest } = dict;
    const { name, version } = compiler as { name: string; version: string };
    const annotations = { original_specfile_version: 4, compiler: `${name}@=${version}` };
    const text = lockfile([{ ...rest, annotations, hash, dependencies: [] }]);
    const read = readLockfile(text, 'rewritten').nodes.get(hash);
    const whole = before.nodes.get(hash);
    if (read === undefined || whole === undefined) throw new Error('the fixture has changed');
    const node5 = { ...read, dict: { ...read.dict, dependencies: whole.dict['dependencies'] } };
    const own = whole.dependencies.length === 0 ? withoutKey(node5.dict, 'dependencies') : node5.dict;
    pool.add({ ...node5, dict: own, dependencies: whole.dependencies }, 'an index');
  }
  if (wanted === undefined) throw new Error('the seed changes nothing');
  const graph = graphOf(wanted.lock);
  const { answers } = explain(missing(graph, before), graph, pool);
  expect(answers.length).toBeGreaterThan(0);
  for (const answer of answers) expect(answer).toMatchObject({ is: 'changed', proof: { proven: true } });
});

test.each([4, 5])(
  'a spec of format %s that Spack has rewritten in format 6 is, too: what it provides is not compared',
  (format) => {
    const gcc = { name: 'gcc', version: '12.2.0' };
    const made = (version: string) =>
      format === 5
        ? node('mpich', { version })
        : withHash({ ...withoutKey(node('mpich', { version }), 'annotations'), compiler: gcc });
    const [near, wanted] = [made('1.0'), made('1.1')];
    const { hash, compiler: _, ...rest } = near as Dict & { hash: string };
    const annotations =
      format === 5
        ? { original_specfile_version: 5 }
        : { original_specfile_version: 4, compiler: 'gcc@=12.2.0' };
    const rewritten = { ...rest, provided_virtuals: ['mpi@:3'], annotations, hash };
    const read = (dict: Dict, version: 4 | 5 | 6) => decodeNode(dict, version, 'made', 'node');
    for (const [asked, known] of [
      [read(wanted, format as 4 | 5), read(rewritten, 6)],
      [read(rewritten, 6), read(wanted, format as 4 | 5)],
    ] as const) {
      const graph = { nodes: new Map([[asked.hash, asked]]), roots: [] };
      const pool = makePool();
      pool.add(known, 'an index');
      const [answer] = explain([asked], graph, pool).answers;
      expect(answer).toMatchObject({ is: 'changed', proof: { proven: true } });
      expect(answer?.is === 'changed' && answer.pair.changes.map(({ kind }) => kind)).toEqual(['version']);
    }
  },
);

function withHash(dict: Dict): Dict & { hash: string } {
  const ordered = inSpackOrder(withoutKey(dict, 'hash'));
  return { ...ordered, hash: dagHash(ordered) };
}

function withoutKey(dict: Readonly<Record<string, unknown>>, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(dict).filter(([each]) => each !== key));
}

/** The causes are these changes of these nodes and no others, and each spec that is missing is proven. */
function expectExactly(lock: Lock, { lock: after, done, renamed }: Mutated, about: string): void {
  const [old, wanted] = [graphOf(lock), graphOf(after)];
  const asked = missing(wanted, old);
  const { causes, answers } = explain(asked, wanted, poolOf(old));
  const made = [...done].map(([hash, { kind }]) => `${hash} is now ${renamed.get(hash)}: ${kind}`);
  const found = causes.flatMap(({ pairs }) =>
    pairs.flatMap(({ wanted: to, near, changes }) =>
      changes.map(({ kind }) => `${near.hash} is now ${to.hash}: ${kind}`),
    ),
  );
  expect([...new Set(found)].sort(), about).toEqual(made.sort());
  const unproven = answers.filter((answer) => answer.is !== 'changed' || !answer.proof.proven);
  expect(unproven, about).toEqual([]);
}

/** Without looking at hashes: those of spliced specs often cannot be recomputed. */
function decoded(text: string): SpecGraph {
  const { nodes, roots } = lockOf(JSON.parse(text));
  const read = [...nodes].map(([hash, dict]) => [hash, decodeNode(dict, 5, 'spliced', hash)] as const);
  return { nodes: new Map(read), roots: roots.map((hash) => ({ hash, spec: '' })) };
}

function lockFor(seed: number): Lock {
  const file = process.env['EXPLAIN_LOCKFILE'];
  if (file !== undefined && seed % 50 === 0) return lockOf(JSON.parse(readFileSync(file, 'utf8')));
  const name = FIXTURES[seed % 8];
  if (name !== undefined) return lockOf(JSON.parse(readFixture(name)));
  return seed % 3 === 0 ? withRepeatedNames(base(seed), 5) : base(seed);
}

/** With patches here and there, so that their order can change. */
function base(seed: number): Lock {
  const lock = lockOf(JSON.parse(generateEnvironment({ specs: 30, seed }).lockfile));
  const patches = WAYS.filter(({ kind }) => kind === 'patches').slice(0, 1);
  return mutate(lock, 5, seed, patches)?.lock ?? lock;
}

function graphOf(lock: Lock): SpecGraph {
  return readLockfile(lockText(lock), 'a lockfile');
}

function poolOf(graph: SpecGraph): Pool {
  const pool = makePool();
  for (const each of graph.nodes.values()) pool.add(each, 'the other');
  return pool;
}

function missing(wanted: SpecGraph, old: SpecGraph) {
  const all = postOrder(
    wanted,
    wanted.roots.map(({ hash }) => hash),
  );
  return all.filter(({ external, hash }) => external === undefined && !old.nodes.has(hash));
}

function explained(wanted: readonly Dict[], old: readonly Dict[], change: Dict = {}): Explanation {
  const graph = readLockfile(lockfile(wanted, change), 'new');
  const asked = postOrder(
    graph,
    graph.roots.map(({ hash }) => hash),
  ).filter(({ external }) => external === undefined);
  const pool = makePool();
  for (const each of readLockfile(lockfile(old), 'old').nodes.values()) pool.add(each, 'the other');
  return explain(asked, graph, pool);
}
