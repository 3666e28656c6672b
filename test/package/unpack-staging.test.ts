import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { makeStaging, moveInPlace, stagingSweeper } from '../../src/package/unpack-staging.ts';
import { tempDir } from '../harness/temp-dir.ts';

/** How many renames to a path still work. */
const works = vi.hoisted(() => new Map<string, number>());
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const renameSync: typeof fs.renameSync = (from, to) => {
    const left = works.get(String(to));
    if (left === 0) throw Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
    if (left !== undefined) works.set(String(to), left - 1);
    fs.renameSync(from, to);
  };
  return { ...fs, renameSync };
});
afterEach(() => works.clear());

/** A prefix with an old package, and a new one beside it. */
function replacing(folder: string) {
  const prefix = join(folder, 'tree/zlib-1.3');
  mkdirSync(prefix, { recursive: true });
  writeFileSync(join(prefix, 'file'), 'old');
  const staging = makeStaging(prefix);
  const from = join(staging.tree, 'package');
  mkdirSync(from);
  writeFileSync(join(from, 'file'), 'new');
  return { prefix, staging, from };
}

const contentOf = (folder: string) => readFileSync(join(folder, 'file'), 'utf8');

test('a package takes the place of another, and nothing is left', async () => {
  await using dir = await tempDir();
  const { prefix, staging, from } = replacing(dir.path);
  moveInPlace(from, prefix, staging.replaced);
  await staging.remove();
  expect(contentOf(prefix)).toBe('new');
  expect(readdirSync(dirname(prefix))).toEqual([basename(prefix)]);
});

test('what was to be replaced comes back if the last rename fails', async () => {
  await using dir = await tempDir();
  const { prefix, staging } = replacing(dir.path);
  expect(() => moveInPlace(join(staging.tree, 'none'), prefix, staging.replaced)).toThrow('ENOENT');
  await staging.remove();
  expect(contentOf(prefix)).toBe('old');
  expect(readdirSync(dirname(prefix))).toEqual([basename(prefix)]);
});

test('what cannot come back either is kept and named, also by the next install', async () => {
  await using dir = await tempDir();
  const { prefix, staging, from } = replacing(dir.path);
  works.set(prefix, 0);
  let thrown: unknown;
  try {
    moveInPlace(from, prefix, staging.replaced);
  } catch (error) {
    thrown = error;
  }
  await staging.remove();
  const kept = join(dirname(staging.tree), 'kept');
  expect(thrown).toMatchObject({
    code: 'io',
    facts: { file: prefix, found: `what was there is in ${kept}` },
  });
  mkdirSync(prefix);
  await stagingSweeper()(prefix);
  expect(contentOf(kept)).toBe('old');
});

test('what a killed process had moved aside is removed only when there is a package again', async () => {
  await using dir = await tempDir();
  const { prefix, staging } = replacing(dir.path);
  renameSync(prefix, staging.replaced);
  await stagingSweeper()(prefix);
  expect(contentOf(staging.replaced)).toBe('old');
  mkdirSync(prefix);
  await stagingSweeper()(prefix);
  expect(readdirSync(dirname(prefix))).toEqual([basename(prefix)]);
});
