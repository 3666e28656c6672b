import { execFile, execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import promises from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readDatabase } from '../../src/spec/database.ts';
import type { SpecGraph } from '../../src/spec/graph.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { type Locks, openLocks } from '../../src/tree/database-lock.ts';
import {
  checkDatabase,
  checkWritable,
  type KeptDatabase,
  registerInstalled,
} from '../../src/tree/database-write.ts';
import { installPrefix } from '../../src/tree/projection.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { inFormat6 } from '../harness/generate-format6.ts';
import { patchFs, systemError } from '../harness/patched.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { toyPackages } from './toy-mirror.ts';
import { TOY_ROOT, unpackToyStore } from './toy-store.ts';

const toys = toyPackages();
const { graph, node: toyapp } = toy('toyapp');
const QUICK = { interpreters: ['perl'] };

function toy(name: string) {
  const found = toys.get(name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

const hashOf = (name: string) => [...graph.nodes.values()].find((node) => node.name === name)?.hash ?? '';

/** A root where these are installed, as far as the database looks. */
function fakeStore(root: string, ...names: readonly string[]) {
  const prefixOf = (hash: string) => {
    const node = graph.nodes.get(hash);
    return (node && installPrefix(node, graph, { root, projections: [] })) ?? '';
  };
  for (const name of names) {
    const hash = hashOf(name);
    mkdirSync(join(prefixOf(hash), '.spack'), { recursive: true });
    writeFileSync(join(prefixOf(hash), '.spack/spec.json'), JSON.stringify({ spec: { nodes: [{ hash }] } }));
  }
  const file = join(root, '.spack-db/index.json');
  return {
    prefixOf,
    file,
    register: (installs: readonly string[], explicit = false, locks?: Locks) =>
      registerInstalled(root, {
        graph,
        installs: installs.map((name) => ({ hash: hashOf(name), explicit, time: 1234567890 })),
        prefixOf,
        locks,
      }),
    records: () =>
      new Map(
        [...readDatabase(readFileSync(file, 'utf8'), file).records.values()].map((r) => [r.node.name, r]),
      ),
    raw: () =>
      (
        JSON.parse(readFileSync(file, 'utf8')) as {
          database: { installs: Record<string, Record<string, unknown>> };
        }
      ).database.installs,
  };
}

const ALL = ['gcc-runtime', 'zlib-toy', 'libtoy', 'toypy', 'toymake', 'toyapp'];

describe('registering', () => {
  test("writes Spack's own records but for time and path", async () => {
    await using dir = await tempDir();
    const theirs = await unpackToyStore(join(dir.path, 'theirs'));
    const root = join(dir.path, 'ours');
    const store = fakeStore(root, ...ALL);
    await store.register(ALL.slice(0, 5));
    await store.register(['toyapp'], true);
    const text = readFileSync(join(dir.path, 'theirs/.spack-db/index.json'), 'utf8');
    const alike = (json: string) =>
      json.replaceAll(/"installation_time":[\d.]+/g, '"installation_time":0').replaceAll(TOY_ROOT, root);
    const installs = (json: string) =>
      Object.entries((JSON.parse(alike(json)) as { database: { installs: object } }).database.installs).map(
        // The order of fields counts, that of records does not: Spack had installed them in another one.
        ([hash, record]) => [hash, JSON.stringify(record)],
      );
    const ours = readFileSync(store.file, 'utf8');
    expect(installs(ours).sort()).toEqual(installs(text).sort());
    expect(ours).toContain('"installation_time":1234567890.0');
    expect(theirs.records.size).toBe(8);
  });

  test('what is installed in an upstream has no record and no count, unless it is installed here', async () => {
    await using dir = await tempDir();
    const store = fakeStore(dir.path, 'libtoy', 'zlib-toy');
    const isUpstream = (hash: string) => ['zlib-toy', 'gcc-runtime', 'toymake'].map(hashOf).includes(hash);
    const register = (name: string) =>
      registerInstalled(dir.path, {
        graph,
        installs: [{ hash: hashOf(name), explicit: false }],
        prefixOf: store.prefixOf,
        isUpstream,
        locks: undefined,
      });
    await register('libtoy');
    expect([...store.records().keys()].sort()).toEqual(['gcc', 'glibc', 'libtoy']);
    await register('zlib-toy');
    expect([...store.records().keys()].sort()).toEqual(['gcc', 'glibc', 'libtoy', 'zlib-toy']);
    expect(store.raw()[hashOf('zlib-toy')]).toMatchObject({ installed: true, ref_count: 0 });
  });

  test('makes what Spack makes: index, verifier and locks, and nothing else', async () => {
    await using dir = await tempDir();
    const store = fakeStore(dir.path, 'gcc-runtime');
    const locks = await openLocks(dir.path, QUICK);
    writeFileSync(`${store.file}.there.123.temp`, 'what a killed process has left');
    await store.register(['gcc-runtime'], false, locks);
    await locks.close();
    const folder = join(dir.path, '.spack-db');
    expect(readdirSync(folder).sort()).toEqual(['index.json', 'index_verifier', 'lock', 'prefix_lock']);
    const first = readFileSync(join(folder, 'index_verifier'), 'utf8');
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    await store.register(['gcc-runtime']);
    expect(readFileSync(join(folder, 'index_verifier'), 'utf8')).not.toBe(first);
  });

  test("takes Spack's marks of failed builds away, of what is installed by now only", async () => {
    await using dir = await tempDir();
    const store = fakeStore(dir.path, 'gcc-runtime', 'zlib-toy');
    const marks = join(dir.path, '.spack-db/failures');
    mkdirSync(marks, { recursive: true });
    const mark = (name: string) => `${name}-${hashOf(name)}`;
    const others = [mark('libtoy'), `zlib-toy-${hashOf('libtoy')}`];
    for (const name of [mark('zlib-toy'), ...others]) writeFileSync(join(marks, name), '{}');
    await store.register(['gcc-runtime', 'zlib-toy']);
    expect(readdirSync(marks).sort()).toEqual(others.sort());
    // What others have put there is theirs.
    rmSync(marks, { recursive: true });
    mkdirSync(join(dir.path, 'elsewhere'));
    writeFileSync(join(dir.path, 'elsewhere', mark('zlib-toy')), '{}');
    symlinkSync('../elsewhere', marks);
    await store.register(['zlib-toy']);
    expect(readdirSync(join(dir.path, 'elsewhere'))).toEqual([mark('zlib-toy')]);
  });

  test('records what is needed as it is: externals in place, the rest installed or not; counts once', async () => {
    await using dir = await tempDir();
    const store = fakeStore(dir.path, 'libtoy', 'zlib-toy', 'toymake');
    await store.register(['libtoy'], true);
    const records = store.records();
    const flags = [...records].map(([name, r]) => [name, r.installed, r.explicit, r.path]);
    expect(flags).toEqual([
      ['gcc', true, false, '/usr'],
      ['glibc', true, false, '/usr'],
      ['gcc-runtime', false, false, store.prefixOf(hashOf('gcc-runtime'))],
      ['toymake', true, false, store.prefixOf(hashOf('toymake'))],
      ['zlib-toy', true, false, store.prefixOf(hashOf('zlib-toy'))],
      ['libtoy', true, true, store.prefixOf(hashOf('libtoy'))],
    ]);
    const counts = () => Object.values(store.raw()).map(({ ref_count }) => ref_count);
    expect(counts()).toEqual([4, 4, 3, 2, 1, 0]);
    // Again, now as something that is needed: what was asked for stays asked for, and nothing counts twice.
    await store.register(['libtoy']);
    expect(store.records().get('libtoy')?.explicit).toBe(true);
    expect(counts()).toEqual([4, 4, 3, 2, 1, 0]);
  });

  test('what became installed since is, and only that record changes', async () => {
    await using dir = await tempDir();
    const store = fakeStore(dir.path, 'libtoy');
    await store.register(['libtoy']);
    expect(store.records().get('zlib-toy')?.installed).toBe(false);
    fakeStore(dir.path, 'zlib-toy');
    const before = store.raw();
    await store.register(['zlib-toy'], true);
    expect(store.records().get('zlib-toy')).toMatchObject({ installed: true, explicit: true });
    const { [hashOf('zlib-toy')]: _, ...rest } = store.raw();
    expect(before).toMatchObject(rest);
  });

  test('what is still to be registered is not installed before, and is looked for by nobody', async () => {
    await using dir = await tempDir();
    const store = fakeStore(dir.path, 'libtoy', 'zlib-toy', 'toymake');
    const { prefixOf } = store;
    const register = (name: string, ...pending: readonly string[]) => {
      const isPending = (hash: string) => pending.map(hashOf).includes(hash);
      const installs = [{ hash: hashOf(name), explicit: false }];
      return registerInstalled(dir.path, { graph, installs, prefixOf, isPending, locks: undefined });
    };
    const installed = (name: string) => store.records().get(name)?.installed;
    await register('libtoy', 'toymake', 'libtoy');
    expect(['libtoy', 'toymake', 'zlib-toy'].map(installed)).toEqual([true, false, true]);
    await register('toymake', 'toymake', 'libtoy');
    expect(['libtoy', 'toymake', 'zlib-toy'].map(installed)).toEqual([true, true, true]);
    expect(store.raw()[hashOf('toymake')]).toMatchObject({ ref_count: 2 });
  });

  test("others' records go through with every number and key, known or not", async () => {
    await using dir = await tempDir();
    const store = fakeStore(dir.path, 'gcc-runtime');
    const hash = 'a'.repeat(32);
    const record = `{"spec":{"name":"x","external":{"extra_attributes":{"2":1.0,"1":1e3}},"hash":"${hash}"},"ref_count":0,"path":"/x","installed":true,"explicit":false,"installation_time":1795220272.10000002,"deprecated_for":"é","origin":"external-db","later":[1.50]}`;
    mkdirSync(join(dir.path, '.spack-db'));
    writeFileSync(store.file, `{"database":{"version":"8","installs":{"${hash}":${record}}}}`);
    await store.register(['gcc-runtime']);
    expect(readFileSync(store.file, 'utf8')).toContain(`"${hash}":${record.replace('é', '\\u00e9')}`);
  });
});

describe('of format 6', () => {
  const generated = generateEnvironment({ specs: 12, seed: 4 });
  const old = [...generated.nodes.values()].filter(({ external }) => external === undefined).at(-1);
  const sixth = readLockfile(inFormat6(generated, [old?.hash ?? '']).lockfile, 'spack.lock');
  const built = [...sixth.nodes.values()].filter(({ external }) => external === undefined);
  const older = built.filter(({ originalFormat }) => originalFormat === 5).map(({ hash }) => hash);
  const newer = built.filter(({ originalFormat }) => originalFormat === 6).map(({ hash }) => hash);

  function store(root: string) {
    const prefixOf = (hash: string) => join(root, hash);
    const file = join(root, '.spack-db/index.json');
    for (const { hash } of built) {
      mkdirSync(join(prefixOf(hash), '.spack'), { recursive: true });
      writeFileSync(
        join(prefixOf(hash), '.spack/spec.json'),
        JSON.stringify({ spec: { nodes: [{ hash }] } }),
      );
    }
    return {
      file,
      register: (hashes: readonly string[]) =>
        registerInstalled(root, {
          graph: sixth,
          installs: hashes.map((hash) => ({ hash, explicit: true, time: 1 })),
          prefixOf,
          locks: undefined,
        }),
      database: () => readDatabase(readFileSync(file, 'utf8'), file),
    };
  }

  test('a new database is of the oldest version that holds what goes in, and stays of that', async () => {
    await using dir = await tempDir();
    const root = join(dir.path, '8');
    const tree = store(root);
    await tree.register(older);
    expect(tree.database().version).toBe(8);
    const before = readFileSync(tree.file, 'utf8');
    await expect(tree.register(newer)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(/version 8 cannot hold \S+@\S+\/[a-z2-7]{7}/),
      facts: { file: tree.file, hint: expect.stringMatching(/spack reindex.*--store/) },
    });
    expect(readFileSync(tree.file, 'utf8')).toBe(before);
    const asked = (hash = '') => checkDatabase(root, sixth, [{ hash }]);
    await expect(asked(newer[0])).rejects.toMatchObject({ code: 'unsupported' });
    expect(await asked(older[0])).toBe(8);
  });

  test('one of version 9 holds all, as Spack 1.3 writes it', async () => {
    await using dir = await tempDir();
    const tree = store(join(dir.path, '9'));
    await tree.register(newer.slice(0, 2));
    expect(tree.database().version).toBe(9);
    await tree.register([...older, ...newer]);
    const { version, records } = tree.database();
    expect(version).toBe(9);
    for (const hash of [...older, ...newer]) {
      expect(records.get(hash)?.node.dict).toEqual(sixth.nodes.get(hash)?.dict);
    }
  });
});

describe('the database stays as it was', () => {
  test.each([
    ['an older one', '{"database":{"version":"7","installs":{}}}', 'unsupported', /spack reindex.*--store/],
    ['a newer one', '{"database":{"version":"10","installs":{}}}', 'unsupported', /update buildcache-action/],
    ['one without records', '{"database":{"version":"8"}}', 'bad-input', /reindex/],
    ['one with an odd record', '{"database":{"version":"8","installs":{"x":1}}}', 'bad-input', /reindex/],
    ['no JSON', '{"database"', 'bad-input', /.*/],
  ])('for %s', async (_, text, code, hint) => {
    await using dir = await tempDir();
    const store = fakeStore(dir.path, 'gcc-runtime');
    mkdirSync(join(dir.path, '.spack-db'));
    writeFileSync(store.file, text);
    const failed = await store.register(['gcc-runtime']).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code, facts: { file: store.file } });
    expect(String((failed as { facts: { hint?: string } }).facts.hint ?? '')).toMatch(hint);
    expect(readdirSync(join(dir.path, '.spack-db'))).toEqual(['index.json']);
    expect(readFileSync(store.file, 'utf8')).toBe(text);
  });

  test('where what was installed is gone, and where the graph is not whole', async () => {
    await using dir = await tempDir();
    const store = fakeStore(dir.path, 'zlib-toy');
    await expect(store.register(['zlib-toy', 'libtoy'])).rejects.toMatchObject({ code: 'conflict' });
    const part: Pick<SpecGraph, 'nodes'> = { nodes: new Map([[toyapp.hash, toyapp]]) };
    const installs = [{ hash: toyapp.hash, explicit: true }];
    fakeStore(dir.path, 'toyapp');
    const failed = registerInstalled(dir.path, {
      graph: part,
      installs,
      prefixOf: store.prefixOf,
      locks: undefined,
    });
    await expect(failed).rejects.toMatchObject({ code: 'not-found' });
    expect(readdirSync(dir.path)).not.toContain('.spack-db');
  });

  test('when the verifier cannot be written: what is told to have failed is not in it', async () => {
    await using dir = await tempDir();
    const store = fakeStore(dir.path, 'zlib-toy', 'toymake');
    await store.register(['zlib-toy']);
    const before = readFileSync(store.file, 'utf8');
    const verifier = join(dir.path, '.spack-db/index_verifier');
    rmSync(verifier);
    mkdirSync(join(verifier, 'in the way'), { recursive: true });
    await expect(store.register(['toymake'])).rejects.toMatchObject({ facts: { file: verifier } });
    expect(readFileSync(store.file, 'utf8')).toBe(before);
    expect(readdirSync(join(dir.path, '.spack-db')).sort()).toEqual(['index.json', 'index_verifier']);
  });

  test('when the lock is lost on the way', async () => {
    await using dir = await tempDir();
    const store = fakeStore(dir.path, 'zlib-toy');
    const lost: Locks = {
      database: async () => ({
        assertHeld() {
          throw new Error('lost');
        },
        release: async () => undefined,
      }),
      prefix: () => Promise.reject(new Error('not asked for')),
      prefixFree: () => Promise.reject(new Error('not asked for')),
      close: async () => undefined,
    };
    await expect(store.register(['zlib-toy'], false, lost)).rejects.toThrow();
    expect(readdirSync(join(dir.path, '.spack-db'))).toEqual([]);
  });
});

describe('batch after batch', () => {
  const register = (
    store: ReturnType<typeof fakeStore>,
    root: string,
    names: readonly string[],
    kept?: KeptDatabase,
  ) =>
    registerInstalled(root, {
      ...{ graph, prefixOf: store.prefixOf, locks: undefined, kept },
      installs: names.map((name) => ({ hash: hashOf(name), explicit: false, time: 1234567890.5 })),
    });
  /** The bytes, less where they lie. */
  const written = (store: ReturnType<typeof fakeStore>, root: string) =>
    readFileSync(store.file, 'utf8').replaceAll(root, '<root>');

  test('what is kept from one to the next gives the same bytes as reading it again', async () => {
    await using dir = await tempDir();
    const kept: KeptDatabase = {};
    const [again, once] = ['again', 'once'].map((name) => join(dir.path, name)) as [string, string];
    const stores = [fakeStore(again, ...ALL), fakeStore(once, ...ALL)] as const;
    for (const name of ALL) {
      await register(stores[0], again, [name]);
      await register(stores[1], once, [name], kept);
      expect(written(stores[1], once)).toBe(written(stores[0], again));
    }
  });

  test('what somebody else has written meanwhile stays, and what failed leaves no trace', async () => {
    await using dir = await tempDir();
    const kept: KeptDatabase = {};
    const store = fakeStore(dir.path, ...ALL);
    await register(store, dir.path, ['zlib-toy'], kept);
    await register(store, dir.path, ['toypy']);
    const before = readFileSync(store.file, 'utf8');
    rmSync(store.prefixOf(hashOf('toyapp')), { recursive: true });
    await expect(register(store, dir.path, ['toymake', 'toyapp'], kept)).rejects.toThrow(
      'is no longer installed',
    );
    expect(readFileSync(store.file, 'utf8')).toBe(before);
    await register(store, dir.path, ['gcc-runtime'], kept);
    const names = [...store.records().keys()];
    expect(names).toEqual(expect.arrayContaining(['zlib-toy', 'toypy', 'gcc-runtime']));
    expect(names).not.toContain('toyapp');
    rmSync(store.file);
    await register(store, dir.path, ['zlib-toy'], kept);
    expect([...store.records().keys()]).not.toContain('toypy');
  });

  test('what another host has made stays, although the file system still says that there is none', async () => {
    await using dir = await tempDir();
    const store = fakeStore(dir.path, ...ALL);
    await store.register(['zlib-toy']);
    const before = [...store.records().keys()];
    const [open, link] = [promises.open, promises.link];
    let isKnown = false;
    using _ = patchFs(
      {},
      {
        open(file, ...others) {
          if (!isKnown && file === store.file) return Promise.reject(systemError('ENOENT', 2));
          return open(file, ...others);
        },
        link(...args) {
          isKnown = true; // its server is asked
          return link(...args);
        },
      },
    );
    await store.register(['toymake']);
    expect([...store.records().keys()]).toEqual(expect.arrayContaining([...before, 'toymake']));
    expect(readdirSync(join(dir.path, '.spack-db')).sort()).toEqual(['index.json', 'index_verifier']);
  });

  test('a database that was made and renamed is told so, although the answers were lost', async () => {
    await using dir = await tempDir();
    const store = fakeStore(dir.path, ...ALL);
    const [rename, link] = [promises.rename, promises.link];
    const lose = (code: string) => () => Promise.reject(systemError(code, 2));
    using _ = patchFs(
      {},
      {
        rename: (...args) => rename(...args).then(lose('ENOENT')),
        link: (...args) => link(...args).then(lose('EEXIST')),
      },
    );
    await store.register(['zlib-toy']);
    await store.register(['toymake']);
    expect([...store.records().keys()]).toEqual(expect.arrayContaining(['zlib-toy', 'toymake']));
  });

  test('what another host has written stays, although the file system still says that the file is the old one', async () => {
    await using dir = await tempDir();
    const kept: KeptDatabase = {};
    const store = fakeStore(dir.path, ...ALL);
    await register(store, dir.path, ['zlib-toy'], kept);
    const stamp = join(dir.path, 'stamp');
    writeFileSync(stamp, '');
    execFileSync('touch', ['-r', store.file, stamp]);
    writeFileSync(
      store.file,
      readFileSync(store.file, 'utf8').replace('"explicit":false', '"explicit":true '),
    );
    execFileSync('touch', ['-r', stamp, store.file]);
    writeFileSync(join(dir.path, '.spack-db/index_verifier'), 'another');
    await register(store, dir.path, ['toymake'], kept);
    expect([...store.records().values()].filter(({ explicit }) => explicit)).toHaveLength(1);
  });
});

test('several processes at once lose nothing', async () => {
  await using dir = await tempDir();
  const store = fakeStore(dir.path, ...ALL);
  const from = (file: string) => JSON.stringify(fileURLToPath(new URL(file, import.meta.url)));
  const code = `
    import { openLocks } from ${from('../../src/tree/database-lock.ts')};
    import { checkWritable, registerInstalled } from ${from('../../src/tree/database-write.ts')};
    import { installPrefix } from ${from('../../src/tree/projection.ts')};
    import { toyPackages } from ${from('./toy-mirror.ts')};
    const [root, name] = process.argv.slice(1);
    const { graph, node } = toyPackages().get(name);
    const prefixOf = (hash) => installPrefix(graph.nodes.get(hash), graph, { root, projections: [] });
    const locks = await openLocks(root, { interpreters: ['perl'] });
    const kept = {};
    for (let i = 0; i < 10; i++) {
      await registerInstalled(root, { graph, installs: [{ hash: node.hash, explicit: true }], prefixOf, locks, kept });
    }
    await locks.close();`;
  const run = (name: string) =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', code, dir.path, name]);
  await Promise.all(['toymake', 'zlib-toy', 'toypy'].map(run));
  const explicit = [...store.records()].filter(([, { explicit }]) => explicit).map(([name]) => name);
  expect(explicit.sort()).toEqual(['toymake', 'toypy', 'zlib-toy']);
  // Every edge counts once, whoever was first.
  const edges = [...store.records().values()].flatMap(({ node }) =>
    node.dependencies.map(({ hash }) => hash),
  );
  for (const [hash, { ref_count }] of Object.entries(store.raw())) {
    expect(ref_count).toBe(edges.filter((each) => each === hash).length);
  }
  expect(readdirSync(join(dir.path, '.spack-db')).filter((name) => name.includes(hostname()))).toEqual([]);
});

test('whether a tree can be written to is told without making it', async () => {
  await using dir = await tempDir();
  await checkWritable(join(dir.path, 'new/store'));
  expect(readdirSync(dir.path)).toEqual([]);
  writeFileSync(join(dir.path, 'file'), '');
  await expect(checkWritable(join(dir.path, 'file/store'))).rejects.toMatchObject({
    message: expect.stringContaining('write to the install tree'),
  });
});

describe('a link that another user of the tree has put in .spack-db', () => {
  test.each([
    ['where the new database is written', `index.json.${hostname()}.${process.pid}.temp`, undefined],
    ['where the verifier is', 'index_verifier', undefined],
    ['where the lock is', 'lock', QUICK],
    ['where the lock on prefixes is', 'prefix_lock', QUICK],
  ])('%s does not lead a write elsewhere', async (_, name, locking) => {
    for (const exists of [true, false]) {
      await using dir = await tempDir();
      const store = fakeStore(join(dir.path, 'store'), 'gcc-runtime');
      const victim = join(dir.path, 'victim');
      if (exists) writeFileSync(victim, 'mine');
      mkdirSync(join(dir.path, 'store/.spack-db'), { recursive: true });
      symlinkSync(victim, join(dir.path, 'store/.spack-db', name));
      const work = async () => {
        const locks = locking && (await openLocks(join(dir.path, 'store'), locking));
        try {
          await store.register(['gcc-runtime'], false, locks);
        } finally {
          await locks?.close();
        }
      };
      // A lock on nothing is no lock.
      if (locking !== undefined && !exists) await expect(work()).rejects.toMatchObject({ code: 'not-found' });
      else {
        await work();
        expect(lstatSync(store.file).isFile()).toBe(true);
        expect(readFileSync(store.file, 'utf8')).toContain(hashOf('gcc-runtime'));
      }
      expect(existsSync(victim) && readFileSync(victim, 'utf8')).toBe(exists && 'mine');
    }
  });
});
