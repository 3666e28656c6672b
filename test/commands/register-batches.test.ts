import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openRegistrar } from '../../src/commands/register-batches.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { tempDir } from '../harness/temp-dir.ts';

const graph = readLockfile(generateEnvironment({ specs: 150 }).lockfile, 'spack.lock');
const specs = [...graph.nodes.values()].filter(({ external }) => external === undefined).reverse();

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
  expect(count).toBeLessThanOrEqual(Math.ceil(specs.length / 64));
  expect(done).toEqual(specs.map(() => undefined));
  const { database } = JSON.parse(readFileSync(file, 'utf8'));
  expect(specs.every(({ hash }) => database.installs[hash].installed)).toBe(true);
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
