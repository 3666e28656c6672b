import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLayout3Writer } from '../../../src/cache/writing/cache-writer.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const SPEC = { name: 'toy', version: '1', hash: 'a'.repeat(32) };

/** A writer of a folder, and the keys that its storage was asked for. */
function writerOf(folder: string) {
  const asked: string[] = [];
  const storage = openFileStorage(folder);
  const get: Storage['get'] = async (key, options) => {
    asked.push(key);
    return await storage.get(key, options);
  };
  return { writer: openLayout3Writer({ ...storage, get }, undefined), asked };
}

it('asks an empty folder once, and not for each of many entries', async () => {
  await using dir = await tempDir();
  const { writer, asked } = writerOf(dir.path);
  await writer.lookAround?.(1000);
  expect(await writer.hasWhole(SPEC, false)).toBe(false);
  expect(asked).toEqual([]);
  // By now another writer may have brought it.
  expect(await writer.hasWhole(SPEC, false)).toBe(false);
  expect(asked).toHaveLength(1);
});

it.each(['blobs/sha256/aa', 'v3/manifests/spec/other'])(
  'asks a folder that has something in %s',
  async (place) => {
    await using dir = await tempDir();
    mkdirSync(join(dir.path, place), { recursive: true });
    writeFileSync(join(dir.path, place, 'something'), '');
    const { writer, asked } = writerOf(dir.path);
    await writer.lookAround?.(1000);
    expect(await writer.hasWhole(SPEC, false)).toBe(false);
    expect(asked).toHaveLength(1);
  },
);
