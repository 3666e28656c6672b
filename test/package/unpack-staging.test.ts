import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeStaging, moveInPlace, stagingSweeper } from '../../src/package/unpack-staging.ts';
import { tempDir } from '../harness/temp-dir.ts';

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
  // A path that leads through the prefix itself leads nowhere once that is moved aside.
  const throughItself = `${prefix}/../${basename(prefix)}`;
  let thrown: unknown;
  try {
    moveInPlace(from, throughItself, staging.replaced);
  } catch (error) {
    thrown = error;
  }
  await staging.remove();
  const kept = join(dirname(staging.tree), 'kept');
  expect(thrown).toMatchObject({
    code: 'io',
    facts: { file: throughItself, found: `what was there is in ${kept}` },
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

test('what others have given the name of such a directory stays', async () => {
  await using dir = await tempDir();
  const prefix = join(dir.path, 'zlib-1.3');
  const staging = makeStaging(prefix);
  const directory = dirname(staging.tree);
  renameSync(directory, join(dir.path, 'away'));
  mkdirSync(join(directory, 'lib'), { recursive: true });
  writeFileSync(join(directory, 'file'), 'of another package');
  await staging.remove();
  await stagingSweeper()(prefix);
  expect(readdirSync(directory).sort()).toEqual(['file', 'lib']);
});

test('what was moved aside stays when nobody knows that it was', async () => {
  await using dir = await tempDir();
  const { prefix, staging } = replacing(dir.path);
  renameSync(prefix, staging.replaced); // and an error was told
  await staging.remove();
  expect(contentOf(staging.replaced)).toBe('old');
});
