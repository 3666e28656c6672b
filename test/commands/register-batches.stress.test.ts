import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openRegistrar } from '../../src/commands/register-batches.ts';
import { ofTypes } from '../../src/spec/graph.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { tempDir } from '../harness/temp-dir.ts';

const graph = readLockfile(generateEnvironment({ specs: 150 }).lockfile, 'spack.lock');
const specs = [...graph.nodes.values()].filter(({ external }) => external === undefined).reverse();

const isNeeded = ofTypes('link', 'run');

function needs({ dependencies }: SpecNode, hash: string): boolean {
  return dependencies.some((each) => each.hash === hash && isNeeded(each.deptypes));
}

/** Prefixes as an install leaves them, as far as the database looks at them. */
function place(root: string) {
  const prefixOf = (hash: string) => join(root, hash);
  for (const { hash } of specs) {
    mkdirSync(join(prefixOf(hash), '.spack'), { recursive: true });
    const document = { spec: { nodes: [{ hash }] } };
    writeFileSync(join(prefixOf(hash), '.spack/spec.json'), JSON.stringify(document));
  }
  return prefixOf;
}

function waiting(hash: string, newPrefix: string | undefined, onDone: (error: unknown) => void) {
  return { hash, explicit: false, lock: undefined, newPrefix, onDone };
}

const writes = async (file: string, until: () => boolean): Promise<number> => {
  const seen = new Set<number>();
  while (!until()) {
    if (existsSync(file)) seen.add(statSync(file).ino);
    await sleep(1);
  }
  return seen.size;
};

test('many are registered with few writes, and each is told', async () => {
  await using dir = await tempDir();
  const prefixOf = place(dir.path);
  const file = join(dir.path, '.spack-db/index.json');
  const done: unknown[] = [];
  const registrar = openRegistrar(dir.path, { graph, prefixOf, locks: undefined }, () => undefined);
  for (const { hash } of specs) registrar.add(waiting(hash, prefixOf(hash), (error) => done.push(error)));
  const [count] = await Promise.all([writes(file, () => done.length === specs.length), registrar.finish()]);
  expect(count).toBeLessThanOrEqual(2);
  expect(done).toEqual(specs.map(() => undefined));
  const { database } = JSON.parse(readFileSync(file, 'utf8'));
  expect(specs.every(({ hash }) => database.installs[hash].installed)).toBe(true);
});

test('what comes while a batch is written is the next batch, however many they are', async () => {
  await using dir = await tempDir();
  const prefixOf = place(dir.path);
  let writes = 0;
  let go = (): void => undefined;
  const first = new Promise<void>((resolve) => {
    go = resolve;
  });
  const held = { assertHeld: () => undefined, release: async () => undefined };
  const locks = {
    async database() {
      writes++;
      await first;
      return held;
    },
    prefix: async () => held,
    prefixFree: async () => undefined,
    close: async () => undefined,
  };
  const registrar = openRegistrar(dir.path, { graph, prefixOf, locks }, () => undefined);
  const done: unknown[] = [];
  const add = ({ hash }: SpecNode) => registrar.add(waiting(hash, undefined, (error) => done.push(error)));
  specs.slice(0, 3).forEach(add);
  const finished = registrar.finish();
  for (const spec of specs.slice(3)) {
    add(spec);
    if (done.length === 0) await sleep(5);
  }
  go();
  await finished;
  expect(done).toEqual(specs.map(() => undefined));
  expect(writes).toBe(2);
});

test('one that waits is registered after a while without others', async () => {
  await using dir = await tempDir();
  const prefixOf = place(dir.path);
  const [spec] = specs;
  if (spec === undefined) throw new Error('no spec');
  const registrar = openRegistrar(dir.path, { graph, prefixOf, locks: undefined }, () => undefined);
  const told = new Promise((resolve) => registrar.add(waiting(spec.hash, undefined, resolve)));
  expect(await Promise.race([told.then(() => 'registered'), sleep(5000, 'never')])).toBe('registered');
});

test('what cannot be registered is removed again, unless it took the place of something', async () => {
  await using dir = await tempDir();
  const prefixOf = place(dir.path);
  mkdirSync(join(dir.path, '.spack-db'));
  writeFileSync(join(dir.path, '.spack-db/index.json'), 'no database');
  const errors: unknown[] = [];
  const done: unknown[] = [];
  const registrar = openRegistrar(dir.path, { graph, prefixOf, locks: undefined }, (error) =>
    errors.push(error),
  );
  const [a = '', b = '', c = ''] = specs.map(({ hash }) => hash);
  registrar.add(waiting(a, prefixOf(a), (error) => done.push(error)));
  registrar.add(waiting(b, undefined, (error) => done.push(error)));
  await registrar.finish();
  registrar.add(waiting(c, prefixOf(c), (error) => done.push(error)));
  await registrar.finish();
  expect(errors).toHaveLength(1);
  expect(done).toEqual([errors[0], errors[0], errors[0]]);
  expect([a, b, c].map((hash) => existsSync(prefixOf(hash)))).toEqual([false, true, false]);
  expect(readFileSync(join(dir.path, '.spack-db/index.json'), 'utf8')).toBe('no database');
});

test('one that was removed meanwhile fails itself and what needs it, and no other of its batch', async () => {
  await using dir = await tempDir();
  const prefixOf = place(dir.path);
  const lost = specs.find(({ hash }) => specs.some((each) => needs(each, hash)));
  if (lost === undefined) throw new Error('nothing is needed');
  rmSync(prefixOf(lost.hash), { recursive: true });
  const errors: unknown[] = [];
  const told = new Map<string, unknown>();
  const options = { graph, prefixOf, locks: undefined };
  const registrar = openRegistrar(dir.path, options, (error) => errors.push(error));
  for (const { hash } of specs) {
    registrar.add({
      ...waiting(hash, prefixOf(hash), (error) => told.set(hash, error)),
      isPlaced: true,
    });
  }
  await registrar.finish();
  expect(errors).toEqual([]);
  for (const spec of specs) {
    const isHit = spec === lost || needs(spec, lost.hash);
    expect(told.get(spec.hash)).toEqual(isHit ? expect.objectContaining({ code: 'conflict' }) : undefined);
    expect(existsSync(prefixOf(spec.hash))).toBe(spec !== lost);
  }
  const { database } = JSON.parse(readFileSync(join(dir.path, '.spack-db/index.json'), 'utf8'));
  expect(specs.filter(({ hash }) => !database.installs[hash].installed)).toEqual([lost]);
});

test('what another process has uninstalled is missed only where it was to be installed too', async () => {
  await using dir = await tempDir();
  const prefixOf = place(dir.path);
  const spec = specs.find((each) => specs.some(({ hash }) => needs(each, hash)));
  const needed = specs.find(({ hash }) => spec !== undefined && needs(spec, hash));
  if (spec === undefined || needed === undefined) throw new Error('nothing is needed');
  rmSync(prefixOf(needed.hash), { recursive: true });
  const told: unknown[] = [];
  for (const dependencies of [true, false]) {
    const options = { graph, prefixOf, locks: undefined, dependencies };
    const registrar = openRegistrar(dir.path, options, (error) => told.push(error));
    registrar.add({
      ...waiting(spec.hash, prefixOf(spec.hash), (error) => told.push(error)),
      isPlaced: true,
    });
    await registrar.finish();
  }
  expect(told).toEqual([expect.objectContaining({ code: 'conflict' }), undefined]);
  expect(String(told[0])).toContain(
    `${needed.name}/${needed.hash.slice(0, 7)}, which it needs, is not any more`,
  );
  expect(existsSync(prefixOf(spec.hash))).toBe(true);
});

test('a prefix whose lock is lost is not removed: it may be another process that has it now', async () => {
  await using dir = await tempDir();
  const prefixOf = place(dir.path);
  mkdirSync(join(dir.path, '.spack-db'));
  writeFileSync(join(dir.path, '.spack-db/index.json'), 'no database');
  const [held = '', lost = ''] = specs.map(({ hash }) => hash);
  const lock = (assertHeld: () => void) => ({ assertHeld, release: async () => undefined });
  const registrar = openRegistrar(dir.path, { graph, prefixOf, locks: undefined }, () => undefined);
  registrar.add({ ...waiting(held, prefixOf(held), () => undefined), lock: lock(() => undefined) });
  const throws = lock(() => {
    throw new Error('it has ended');
  });
  registrar.add({ ...waiting(lost, prefixOf(lost), () => undefined), lock: throws });
  await registrar.finish();
  expect([held, lost].map((hash) => existsSync(prefixOf(hash)))).toEqual([false, true]);
});
