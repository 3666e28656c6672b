import { mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { latestRecords } from '../../src/tree/latest-records.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { moveToyStore } from './toy-store.ts';

/** A tree without a database, its text, and the hash of the spec in it that nothing needs. */
async function toyDatabase(root: string): Promise<{ root: string; text: string; hash: string }> {
  await moveToyStore(root);
  const file = join(root, '.spack-db/index.json');
  const text = readFileSync(file, 'utf8');
  const { installs } = JSON.parse(text).database as { installs: Record<string, { spec: { name: string } }> };
  const [hash = ''] = Object.entries(installs).find(([, { spec }]) => spec.name === 'toyapp') ?? [];
  rmSync(join(root, '.spack-db'), { recursive: true });
  return { root, text, hash };
}

/** Writes the database as Spack does: a new file takes the name. */
function replace(file: string, text: string): void {
  writeFileSync(`${file}.temp`, text);
  renameSync(`${file}.temp`, file);
}

test('a database is read again for what is asked only when it was written again', async () => {
  await using dir = await tempDir();
  const { root, text, hash } = await toyDatabase(dir.path);
  const file = join(root, '.spack-db/index.json');
  const recordByNow = latestRecords(root);
  expect(await recordByNow(hash)).toBe(undefined);
  mkdirSync(join(root, '.spack-db'), { recursive: true });
  replace(file, text);
  utimesSync(file, 1, 1);
  expect(await recordByNow(hash)).toMatchObject({ installed: true });
  // As no writer does it: it stays the same file, with the same length and time.
  writeFileSync(file, text.replace(/\S/g, ' '));
  utimesSync(file, 1, 1);
  expect(await recordByNow(hash)).toMatchObject({ installed: true });
  // A network file system may say for a while that it is still the old one. The verifier is asked for by opening it.
  writeFileSync(join(root, '.spack-db/index_verifier'), 'another');
  await expect(recordByNow(hash)).rejects.toMatchObject({ code: 'bad-input' });
  const gone = JSON.parse(text);
  delete gone.database.installs[hash];
  replace(file, JSON.stringify(gone));
  expect(await recordByNow(hash)).toBe(undefined);
});

test('a database that cannot be read is read again', async () => {
  await using dir = await tempDir();
  const { root, text, hash } = await toyDatabase(dir.path);
  const file = join(root, '.spack-db/index.json');
  mkdirSync(join(root, '.spack-db'), { recursive: true });
  writeFileSync(file, 'no database');
  const recordByNow = latestRecords(root);
  await expect(recordByNow(hash)).rejects.toMatchObject({ code: 'bad-input' });
  await expect(recordByNow(hash)).rejects.toMatchObject({ code: 'bad-input' });
  replace(file, text);
  expect(await recordByNow(hash)).toMatchObject({ installed: true });
});
