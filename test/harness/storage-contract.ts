/** What every `Storage` owes its users, run against each backend and each kind of server behind it. */
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import type { ErrorCode } from '../../src/core/errors.ts';
import { readAll } from '../../src/storage/read.ts';
import type {
  ConditionSupport,
  GetOptions,
  ObjectInfo,
  PutOptions,
  Storage,
  StorageReader,
  StoredObject,
} from '../../src/storage/storage.ts';
import { addLine } from './add-line.ts';

export interface Place {
  /** Each call another storage over the same, at first empty, place. */
  open(): Promise<Storage>;
  /** Puts the place away. */
  stop(): Promise<void>;
}

/** Keys that have tripped somebody's encoding. */
const ODD_KEYS = [
  'v3/manifests/spec/libtoy/libtoy-2.0.0+cuda-abc.spec.manifest.json',
  'odd/with space',
  'odd/100%',
  'odd/a%2Fb',
  'odd/q?x=1&y=2#z',
  "odd/it's(fine)!*",
  'odd/ünï/ço∂é-😀',
  'odd/a=b;c:d@e,f$g~h',
  'odd/<&">',
  'odd/.hidden',
  'odd/...',
];

export function storageContract(
  name: string,
  start: () => Promise<Place>,
  conditions: ConditionSupport,
): void {
  describe(`${name} keeps the storage contract`, () => {
    let place: Place;
    let storage: Storage;
    let scratch: string;
    beforeAll(async () => {
      place = await start();
      storage = await place.open();
      scratch = await mkdtemp(join(tmpdir(), 'contract-'));
    });
    afterAll(async () => {
      await storage.close();
      await place.stop();
      await rm(scratch, { recursive: true });
    });
    const file = async (content: Uint8Array) => {
      const path = join(scratch, `${Math.random()}`);
      await writeFile(path, content, { mode: 0o600 });
      return { file: path, size: content.length };
    };

    it('tells what is not there', async () => {
      expect(await storage.get('absent/key')).toBeUndefined();
      expect(await storage.head('absent/key')).toBeUndefined();
      expect(await storage.delete('absent/key')).toBe(false);
      expect(await keysOf(storage, 'absent/')).toEqual([]);
    });

    it.each([0, 1, 100_000, 3_000_001])('gives back %i bytes, from memory and from a file', async (size) => {
      const content = pattern(size);
      for (const [key, source] of [
        [`back/memory-${size}`, content],
        [`back/file-${size}`, await file(content)],
      ] as const) {
        const { etag } = await storage.put(key, source, { contentType: 'application/x-toy; a=b' });
        const found = await get(storage, key);
        expect(found).toMatchObject({ key, size, offset: 0, etag });
        expect((await bytes(found)).equals(content)).toBe(true);
        expect(await storage.head(key)).toMatchObject({ key, size, etag });
        expect([undefined, 'application/x-toy']).toContain(found.contentType);
      }
    });

    it('replaces, and deletes once', async () => {
      await storage.put('again', text('one'));
      await storage.put('again', text('three'));
      expect(await content(storage, 'again')).toBe('three');
      expect(await storage.delete('again')).toBe(true);
      expect(await storage.delete('again')).toBe(false);
      expect(await storage.get('again')).toBeUndefined();
    });

    it('deletes what was listed, and not what was written since', async () => {
      await storage.put('listed', text('listed'));
      let listed: ObjectInfo | undefined;
      for await (const info of storage.list('listed')) listed = info;
      expect(await storage.delete('listed', { listed: { modified: new Date(0) } })).toBe(false);
      expect(await content(storage, 'listed')).toBe('listed');
      expect(await storage.delete('listed', { listed })).toBe(true);
      expect(await storage.delete('listed', { listed })).toBe(false);
    });

    it.each(ODD_KEYS)('takes the key %s', async (key) => {
      await storage.put(key, text(key));
      expect(await content(storage, key)).toBe(key);
      expect(await keysOf(storage, key)).toEqual([key]);
      expect(await storage.delete(key)).toBe(true);
    });

    it.each([
      '',
      '/',
      '/etc/passwd',
      'a//b',
      'a/',
      './a',
      'a/../b',
      '..',
      'a/..',
      'a/./b',
      'a\0b',
      'a\ud800b',
    ])('refuses the key %j', async (key) => {
      await failsAs('bad-input', storage.get(key));
      await failsAs('bad-input', storage.head(key));
      await failsAs('bad-input', storage.put(key, text('x')));
      await failsAs('bad-input', storage.delete(key));
      await failsAs('bad-input', storage.copyFrom?.(storage, key, 'x') ?? storage.get(key));
      await failsAs('bad-input', storage.copyFrom?.(storage, 'x', key) ?? storage.get(key));
    });

    it.each([0, 2_000_000])('reads a range of an object of %i bytes more than ten', async (more) => {
      const whole = pattern(10 + more);
      await storage.put('range', whole);
      for (const [range, from, to] of [
        [{ start: 2, end: 4 }, 2, 5],
        [{ start: 7 }, 7, whole.length],
        [{ start: 7, end: whole.length + 100 }, 7, whole.length],
        [{ start: whole.length }, whole.length, whole.length],
      ] as const) {
        const found = await get(storage, 'range', { range });
        // Past the end, not every server says where the end is.
        if (from < whole.length || found.size !== undefined) expect(found.size).toBe(whole.length);
        const part = await bytes(found);
        // A backend may answer with the whole: its offset says so.
        expect(part.subarray(from - found.offset, to - found.offset).equals(whole.subarray(from, to))).toBe(
          true,
        );
        expect(found.offset).toBeLessThanOrEqual(from);
      }
    });

    it('does not send again what has not changed', async () => {
      await storage.put('same', text('same'));
      const { etag = '' } = await take(storage, 'same');
      expect(await storage.get('same', { ifNoneMatch: etag })).toBe('not-modified');
      await storage.put('same', text('other'));
      expect(await bytes(await get(storage, 'same', { ifNoneMatch: etag }))).toEqual(text('other'));
    });

    it('lists by prefix, whole segments or not', async () => {
      const keys = ['list/a/1', 'list/a/2', 'list/ab/3', 'list/b', 'listing'];
      for (const key of keys) await storage.put(key, text(key));
      expect(await keysOf(storage, 'list/')).toEqual(keys.slice(0, 4));
      expect(await keysOf(storage, 'list')).toEqual(keys);
      expect(await keysOf(storage, 'list/a')).toEqual(keys.slice(0, 3));
      expect(await keysOf(storage, 'list/a/')).toEqual(keys.slice(0, 2));
      expect(await keysOf(storage, 'list/a/1/')).toEqual([]);
      expect(await keysOf(storage, '')).toEqual(expect.arrayContaining(keys));
      for await (const info of storage.list('list/')) {
        expect(info.size).toBe(info.key.length);
        expect(info.modified?.getTime()).toBeGreaterThan(Date.now() - 3_600_000);
      }
      await failsAs('bad-input', keysOf(storage, '../'));
    });

    it('has bodies that may be left unread', async () => {
      await storage.put('unread', pattern(2_000_000));
      for (let i = 0; i < 20; i++) (await get(storage, 'unread')).body.destroy();
      expect(await storage.head('unread')).toBeDefined();
    });

    it('stops when told to', async () => {
      const big = pattern(5_000_000);
      await storage.put('stop', big);
      const aborted = AbortSignal.abort();
      await failsAs('cancelled', storage.get('stop', { signal: aborted }));
      await failsAs('cancelled', storage.head('stop', { signal: aborted }));
      await failsAs('cancelled', storage.put('stop', text('x'), { signal: aborted }));
      await failsAs('cancelled', storage.put('stop', await file(big), { signal: aborted }));
      await failsAs('cancelled', storage.delete('stop', { signal: aborted }));
      await failsAs('cancelled', keysOf(storage, '', aborted));
      const controller = new AbortController();
      const found = await get(storage, 'stop', { signal: controller.signal });
      controller.abort();
      await failsAs('cancelled', bytes(found));
      expect((await bytes(await get(storage, 'stop'))).length).toBe(big.length);
    });

    it('says when a file to put is not there, and writes nothing', async () => {
      const missing = { file: join(scratch, 'missing'), size: 3 };
      await failsAs('not-found', storage.put('from-nothing', missing));
      expect(await storage.get('from-nothing')).toBeUndefined();
    });

    it.each([0, 5, 3_000_001])(
      'takes a file of %i bytes whose digest is given, and refuses one with another',
      async (size) => {
        const content = pattern(size);
        const source = await file(content);
        await storage.put('digested', { ...source, sha256: sha256(content) });
        expect((await bytes(await get(storage, 'digested'))).equals(content)).toBe(true);
        const other = { ...source, sha256: sha256(text('another')) };
        await failsAs('corrupt', storage.put('digested', other));
        await failsAs('corrupt', storage.put('digested-new', other));
        expect((await bytes(await get(storage, 'digested'))).equals(content)).toBe(true);
        expect(await storage.head('digested-new')).toBeUndefined();
      },
    );

    it.each([5, 3_000_001])('keeps nothing of a file of %i bytes that changes meanwhile', async (size) => {
      const content = pattern(size);
      const source = await file(content);
      let isChanged = false;
      const onBytes = () => {
        if (!isChanged) writeFileSync(source.file, Buffer.alloc(size, 7));
        isChanged = true;
      };
      const put = storage.put(`changing-${size}`, { ...source, sha256: sha256(content), onBytes });
      const failed = await put.then(
        () => false,
        () => true,
      );
      // Where all of it had been read by then, it is what was said.
      const found = await storage.get(`changing-${size}`);
      expect(found === undefined).toBe(failed);
      if (!failed) expect((await bytes(found as StoredObject)).equals(content)).toBe(true);
    });

    it('tells how much of a file is on its way, wherever the bytes pass through us', async () => {
      const source = await file(Buffer.alloc(700_000, 1));
      let seen = 0;
      const onBytes = (bytes: number) => {
        seen += bytes;
      };
      await storage.put('watched', { ...source, onBytes });
      // Where both are files of this machine, the system copies them.
      expect(seen).toBe(storage.fileOf === undefined ? source.size : 0);
    });

    it('never shows half of an object', async () => {
      const versions = [text('x'.repeat(200_000)), text('y'.repeat(300_000)), text('z'.repeat(100))];
      await storage.put('whole', versions[0] ?? text(''));
      let writing = true;
      const write = async () => {
        for (let i = 0; i < 30; i++) await storage.put('whole', versions[i % 3] ?? text(''));
        writing = false;
      };
      const read = async () => {
        const reader = await place.open();
        while (writing) {
          const seen = await bytes(await get(reader, 'whole'));
          expect(versions.some((version) => version.equals(seen))).toBe(true);
        }
        await reader.close();
      };
      await Promise.all([write(), read(), read()]);
    });

    it('copies by itself from its own kind, and says when it cannot', async () => {
      const other = await place.open();
      await other.put('copy/from a+b', text('copied'));
      expect(await copy(storage, other, 'copy/from a+b', 'copy/to')).toBe(true);
      expect(await content(storage, 'copy/to')).toBe('copied');
      await failsAs('not-found', copy(storage, other, 'copy/absent', 'copy/to'));
      expect(await content(storage, 'copy/to')).toBe('copied');
      const condition = { ifAbsent: true } as const;
      await other.put('copy/again', text('again'));
      await failsAs('conflict', copy(storage, other, 'copy/again', 'copy/to', { condition }));
      expect(await content(storage, 'copy/to')).toBe('copied');
      expect(await copy(storage, foreign, 'copy/from a+b', 'copy/to')).toBeUndefined();
      await other.close();
    });

    it('writes only where nothing is, when asked to', async () => {
      const condition = { ifAbsent: true } as const;
      const { etag } = await storage.put('first', text('first'), { condition });
      expect((await storage.head('first'))?.etag).toBe(etag);
      await failsAs('conflict', storage.put('first', text('second'), { condition }));
      await failsAs('conflict', storage.put('first', await file(text('second')), { condition }));
      expect(await content(storage, 'first')).toBe('first');
      expect(storage.conditions).toBe(conditions);
    });

    it('writes only over what was seen, when asked to', async () => {
      await storage.put('seen', text('a'));
      const a = (await storage.head('seen'))?.etag ?? '';
      const { etag: b = '' } = await storage.put('seen', text('b'), { condition: { ifMatch: a } });
      await failsAs('conflict', storage.put('seen', text('c'), { condition: { ifMatch: a } }));
      expect(await content(storage, 'seen')).toBe('b');
      // Same size, and as good as the same time.
      await storage.put('seen', text('d'), { condition: { ifMatch: b } });
      expect(await content(storage, 'seen')).toBe('d');
      await storage.delete('seen');
      await failsAs('conflict', storage.put('seen', text('e'), { condition: { ifMatch: b } }));
      expect(await storage.get('seen')).toBeUndefined();
    });

    if (conditions === 'none') return;

    it('lets one of many create', async () => {
      const storages = await Promise.all(Array.from({ length: 8 }, () => place.open()));
      const outcomes = await Promise.allSettled(
        storages.map((each, i) => each.put('race', text(`${i}`), { condition: { ifAbsent: true } })),
      );
      const won = outcomes.flatMap(({ status }, i) => (status === 'fulfilled' ? [`${i}`] : []));
      expect(won).toEqual([await content(storage, 'race')]);
      for (const lost of outcomes.filter(({ status }) => status === 'rejected')) {
        expect(lost).toMatchObject({ reason: { code: 'conflict' } });
      }
      for (const each of storages) await each.close();
    });

    it('loses nothing when many add to one document', async () => {
      const writers = 6;
      const each = 5;
      await storage.put('document', text(''));
      const add = async (writer: number) => {
        const mine = await place.open();
        for (let i = 0; i < each; i++) await addLine(mine, 'document', `${writer}.${i}`);
        await mine.close();
      };
      await Promise.all(Array.from({ length: writers }, (_, writer) => add(writer)));
      const lines = (await content(storage, 'document')).split('\n').slice(0, -1);
      expect(new Set(lines).size).toBe(writers * each);
      expect(lines.length).toBe(writers * each);
    });
  });
}

export async function get(storage: StorageReader, key: string, options?: GetOptions): Promise<StoredObject> {
  const found = await storage.get(key, options);
  if (found === undefined || found === 'not-modified') throw new Error(`${key}: ${found}`);
  return found;
}

export async function bytes(object: StoredObject): Promise<Buffer> {
  return await readAll(object, { maxBytes: 1024 ** 3, what: object.key, url: 'x:' });
}

export async function content(storage: StorageReader, key: string): Promise<string> {
  return (await bytes(await get(storage, key))).toString();
}

export async function failsAs(code: ErrorCode, promise: Promise<unknown>): Promise<void> {
  await expect(promise).rejects.toMatchObject({ name: 'BuildcacheError', code });
}

export function text(of: string): Buffer {
  return Buffer.from(of);
}

/** Bytes without a period of a power of two, so that pieces in the wrong place show. */
export function pattern(size: number): Buffer {
  const made = Buffer.allocUnsafe(size);
  for (let i = 0; i < size; i++) made[i] = (i * 31 + (i >> 8) * 7) % 251;
  return made;
}

export async function keysOf(storage: Storage, prefix: string, signal?: AbortSignal): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list(prefix, { signal })) keys.push(key);
  return keys.sort();
}

async function copy(
  to: Storage,
  from: StorageReader,
  sourceKey: string,
  key: string,
  options?: PutOptions,
): Promise<true | undefined> {
  if (to.copyFrom === undefined) throw new Error('does not copy');
  return await to.copyFrom(from, sourceKey, key, options);
}

async function take(storage: StorageReader, key: string): Promise<StoredObject> {
  const found = await get(storage, key);
  await bytes(found);
  return found;
}

/** Some other kind of storage. */
const foreign: StorageReader = {
  url: 'https://elsewhere.example',
  get: async () => undefined,
  head: async () => undefined,
  close: async () => {},
};
