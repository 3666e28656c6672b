import { utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { layout3Stamps } from '../../../src/cache/layouts/stamps.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { openS3 } from '../../harness/s3-place.ts';
import { startS3Server } from '../../harness/s3-server.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const DAY = 24 * 3_600_000;
const ALL = { isAsked: () => true };
const NOON = new Date('2026-11-29T12:00:00Z');
const hashOf = (i: number) =>
  `${i}`.replace(/\d/g, (digit) => 'bcdefghijk'[Number(digit)] ?? '').padEnd(32, 'z');

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function folder() {
  const dir = await tempDir();
  closing.push(async () => await dir[Symbol.asyncDispose]());
  const storage = openFileStorage(dir.path);
  const put = async (name: string, text: string, modified = new Date()) => {
    await mkdir(join(dir.path, 'stamps'), { recursive: true });
    writeFileSync(join(dir.path, 'stamps', name), text);
    utimesSync(join(dir.path, 'stamps', name), modified, modified);
  };
  return { storage, put };
}

const stampText = (...hashes: readonly string[]) => JSON.stringify({ version: 1, needed: hashes });

async function keysIn(storage: Storage): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list('')) keys.push(key);
  return keys.sort();
}

describe('stamps', () => {
  it('say when each spec was needed last, one document a day', async () => {
    const { storage } = await folder();
    // Folders have their own clock: files of a test are from now.
    const now = Date.now();
    const on = (daysAgo: number) => layout3Stamps(storage, () => new Date(now - daysAgo * DAY));
    expect(await on(2).add([hashOf(1), hashOf(2)])).toBe(true);
    expect(await on(0).add([hashOf(2), hashOf(3)])).toBe(true);
    const needed = await on(0).read(ALL);
    expect([...needed.keys()].sort()).toEqual([hashOf(1), hashOf(2), hashOf(3)].sort());
    const day = (hash: string) => needed.get(hash)?.getTime() ?? 0;
    expect(day(hashOf(1))).toBeLessThan(now - DAY);
    expect(day(hashOf(2))).toBeGreaterThan(now - DAY);
    expect(await keysIn(storage)).toHaveLength(2);
  });

  it('write nothing when all of it is there', async () => {
    const { storage } = await folder();
    const stamps = layout3Stamps(storage, () => NOON);
    await stamps.add([hashOf(1)]);
    expect(await stamps.add([hashOf(1)])).toBe(false);
    expect(await stamps.add([])).toBe(false);
    expect(await keysIn(storage)).toEqual(['stamps/2026-11-29.json']);
  });

  it.each(['folder', 'native', 'ignored'] as const)('of racing jobs lose nothing (%s)', async (kind) => {
    const place = async (): Promise<Storage> => {
      if (kind === 'folder') return (await folder()).storage;
      const server = await startS3Server(kind === 'native' ? {} : { conditions: 'ignored' });
      closing.push(() => server.close());
      const storage = await openS3(server.url);
      closing.push(() => storage.close());
      return storage;
    };
    const storage = await place();
    const stamps = layout3Stamps(storage, () => NOON);
    await Promise.all(Array.from({ length: 6 }, (_, i) => stamps.add([hashOf(i), hashOf(100 + i)])));
    expect((await stamps.read(ALL)).size).toBe(12);
  });

  it('from the future count as of when they were written', async () => {
    const { storage, put } = await folder();
    const written = new Date(Date.now() - 50 * DAY);
    await put('2099-01-01.json', stampText(hashOf(1)), written);
    await put('2098-01-01.json', stampText(hashOf(2)), new Date(Date.now() + 400 * DAY));
    const now = new Date();
    const needed = await layout3Stamps(storage, () => now).read(ALL);
    expect(needed.get(hashOf(1))?.getTime()).toBe(written.getTime());
    expect(needed.get(hashOf(2))).toEqual(now);
  });

  it('that were written late count for the day they name, and not for the next', async () => {
    const { storage, put } = await folder();
    await put('2026-01-02.json', stampText(hashOf(1)));
    expect((await layout3Stamps(storage).read(ALL)).get(hashOf(1))).toEqual(
      new Date('2026-01-02T23:59:59.999Z'),
    );
  });

  it('are removed after a year and a bit, and nothing else is', async () => {
    const { storage, put } = await folder();
    const ago = (days: number) => new Date(Date.now() - days * DAY);
    const name = (days: number) => `${ago(days).toISOString().slice(0, 10)}.json`;
    await put(name(500), stampText(hashOf(1)), ago(500));
    await put(name(300), stampText(hashOf(2)), ago(300));
    await put('notes.txt', 'mine', ago(500));
    await put(name(600), '{"of": "somebody else"}', ago(600));
    expect(await layout3Stamps(storage).removeOld()).toBe(1);
    const left = [name(600), name(300), 'notes.txt'].map((each) => `stamps/${each}`);
    expect(await keysIn(storage)).toEqual(left);
  });

  it.each([
    ['no JSON', '{"version": 1, "needed": [', 'bad-input'],
    ['another document', '{"hello": 1}', 'bad-input'],
    ['hashes that are none', stampText('../../etc/passwd'), 'bad-input'],
    ['a list of others', '{"version": 1, "needed": [1, null]}', 'bad-input'],
    ['a newer version', '{"version": 2, "needed": {}}', 'unsupported'],
    ['next to no end', `{"version": 1, "needed": [${'"",'.repeat(600_000)}""]}`, 'too-large'],
  ])('with %s are not passed over, and not replaced', async (_, text, code) => {
    const { storage, put } = await folder();
    await put('2026-11-29.json', text);
    const stamps = layout3Stamps(storage, () => NOON);
    await expect(stamps.read(ALL)).rejects.toMatchObject({ code });
    await expect(stamps.add([hashOf(1)])).rejects.toMatchObject({ code });
    expect((await storage.head('stamps/2026-11-29.json'))?.size).toBe(Buffer.byteLength(text));
  });

  it('of more days than there are, are refused', async () => {
    const { storage, put } = await folder();
    for (let i = 0; i < 1_001; i++) {
      await put(`${new Date(Date.UTC(1990, 0, 1 + i)).toISOString().slice(0, 10)}.json`, stampText());
    }
    await expect(layout3Stamps(storage).read(ALL)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('are kept in memory only for what is asked for, and only of the days that are', async () => {
    const { storage } = await folder();
    const now = Date.now();
    const on = (daysAgo: number) => layout3Stamps(storage, () => new Date(now - daysAgo * DAY));
    for (const daysAgo of [5, 0]) await on(daysAgo).add([hashOf(1), hashOf(2), hashOf(3 + daysAgo)]);
    const isAsked = (hash: string) => hash !== hashOf(2);
    const ever = await on(0).read({ isAsked });
    expect([...ever.keys()].sort()).toEqual([hashOf(1), hashOf(3), hashOf(8)].sort());
    const lately = await on(0).read({ isAsked, since: new Date(now - DAY) });
    expect([...lately.keys()].sort()).toEqual([hashOf(1), hashOf(3)].sort());
  });

  it('of many days have a bound together', async () => {
    const { storage } = await folder();
    const now = Date.now();
    for (const daysAgo of [2, 1, 0])
      await layout3Stamps(storage, () => new Date(now - daysAgo * DAY)).add([hashOf(1), hashOf(2)]);
    const today = () => new Date(now);
    expect((await layout3Stamps(storage, today, 6).read(ALL)).size).toBe(2);
    await expect(layout3Stamps(storage, today, 5).read(ALL)).rejects.toMatchObject({
      code: 'too-large',
      message: 'the stamps of all days together list too many specs',
    });
  });

  it('and what else lies in that folder is no stamp', async () => {
    const { storage, put } = await folder();
    await put('2026-11-29.json.bak', '{');
    await put('2026-13-45.json', '{');
    expect(await layout3Stamps(storage).read(ALL)).toEqual(new Map());
  });
});
