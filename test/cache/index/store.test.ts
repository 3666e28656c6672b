import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { compactBuilder } from '../../../src/cache/index/compact-builder.ts';
import { dropReplaced, type IndexStore, openIndexStore } from '../../../src/cache/index/store.ts';
import { openBlobStore } from '../../../src/cache/reading/blob-store.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { makeUserSecret } from '../../../src/core/user-secret.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const TEXT = Buffer.from('an index');
const LOCATION = { key: 'k', sha256: sha256(TEXT), size: 8, etag: undefined, compression: 'none' } as const;

const mirror = (id: string, hidden?: string) => ({ id, storage: { hidden } });

async function keep(folder: string): Promise<string> {
  const writer = await openIndexStore(folder).write();
  await writer.write(TEXT.subarray(0, 3));
  await writer.write(TEXT.subarray(3));
  await writer.commit(sha256(TEXT));
  await writer.discard();
  return sha256(TEXT);
}

test('what was kept is read again, also by another process', async () => {
  await using dir = await tempDir();
  const folder = join(dir.path, 'made');
  expect(await openIndexStore(folder).recall(mirror('m'))).toBeUndefined();
  const document = await keep(folder);
  await openIndexStore(folder).remember(mirror('m'), LOCATION, document);
  const store = openIndexStore(folder);
  const remembered = await store.recall(mirror('m'));
  expect(remembered).toMatchObject({ location: LOCATION, document });
  expect(remembered?.age).toBeLessThan(10_000);
  expect(Buffer.concat((await (await store.read(document, TEXT.length))?.text.toArray()) ?? [])).toEqual(
    TEXT,
  );
  expect(await store.recall(mirror('another'))).toBeUndefined();
  expect(await store.read('0'.repeat(64), 1)).toBeUndefined();
});

test('what was not committed leaves nothing', async () => {
  await using dir = await tempDir();
  const writer = await openIndexStore(dir.path).write();
  await writer.write(TEXT);
  await writer.discard();
  expect(readdirSync(dir.path)).toEqual([]);
});

test('a clock set back does not make an old answer fresh', async () => {
  await using dir = await tempDir();
  const store = openIndexStore(dir.path);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
  try {
    await store.remember(mirror('m'), LOCATION, sha256(TEXT));
  } finally {
    vi.useRealTimers();
  }
  expect((await store.recall(mirror('m')))?.age).toBeGreaterThan(80_000_000);
});

test('what nobody has used for a month goes, and nothing that is not ours', async () => {
  await using dir = await tempDir();
  const old = join(dir.path, `${'0'.repeat(64)}.index`);
  writeFileSync(old, '');
  const theirs = ['notes.txt', `${'0'.repeat(63)}.index`, '.tmp-mine', 'mirror-list.json'];
  for (const name of theirs) writeFileSync(join(dir.path, name), 'mine');
  const then = new Date(Date.now() - 31 * 86_400_000);
  for (const file of [old, ...theirs.map((name) => join(dir.path, name))]) utimesSync(file, then, then);
  const document = await keep(dir.path);
  expect(existsSync(old)).toBe(false);
  expect(readdirSync(dir.path)).toEqual(expect.arrayContaining(theirs));
  expect(
    await openIndexStore(dir.path)
      .read(document, TEXT.length)
      .then((file) => file?.text.destroy()),
  ).toBeDefined();
});

test('what no mirror has had for a day goes', async () => {
  await using dir = await tempDir();
  const [old = '', younger = ''] = ['a', 'b'].map((digit) => join(dir.path, `${digit.repeat(64)}.index`));
  for (const [file, hours] of [
    [old, 25],
    [younger, 23],
  ] as const) {
    writeFileSync(file, 'replaced');
    const then = new Date(Date.now() - hours * 3_600_000);
    utimesSync(file, then, then);
  }
  await keep(dir.path);
  expect([old, younger].map((file) => existsSync(file))).toEqual([false, true]);
});

test('what is no file reads as nothing, and is not waited for', async () => {
  await using dir = await tempDir();
  const store = openIndexStore(dir.path);
  const digest = 'a'.repeat(64);
  symlinkSync('/dev/ptmx', join(dir.path, `${digest}.index`));
  symlinkSync('/dev/zero', join(dir.path, `${'b'.repeat(64)}.index`));
  expect(await store.read(digest, 1)).toBeUndefined();
  expect(await store.openDocument('b'.repeat(64))).toBeUndefined();
});

test('what a killed process has begun to write goes after a day', async () => {
  await using dir = await tempDir();
  const begun = ['.tmp-1-2-3', `mirror-${'0'.repeat(32)}.json.7.tmp`];
  const young = '.tmp-4-5-6';
  const theirs = ['.tmp-mine', `mirror-${'0'.repeat(32)}.json.x.tmp`];
  for (const name of [...begun, young, ...theirs]) writeFileSync(join(dir.path, name), '');
  const then = new Date(Date.now() - 2 * 86_400_000);
  for (const name of [...begun, ...theirs]) utimesSync(join(dir.path, name), then, then);
  await keep(dir.path);
  const left = readdirSync(dir.path);
  expect(left).toEqual(expect.arrayContaining([young, ...theirs]));
  expect(left.filter((name) => begun.includes(name))).toEqual([]);
});

test('where a pointer cannot be written, nothing of it is left', async () => {
  await using dir = await tempDir();
  const store = openIndexStore(dir.path);
  await store.remember(mirror('m'), LOCATION, sha256(TEXT));
  const [name = ''] = readdirSync(dir.path);
  rmSync(join(dir.path, name));
  mkdirSync(join(dir.path, name, 'in the way'), { recursive: true });
  await expect(store.remember(mirror('m'), LOCATION, sha256(TEXT))).rejects.toThrow();
  expect(readdirSync(dir.path)).toEqual([name]);
});

describe('what somebody else may have written', () => {
  /** Whether the compact form of the document is believed. */
  async function isCompactKnown(folder: string, stateFolder: string): Promise<boolean> {
    const index = await openIndexStore(folder, stateFolder).openCompact(sha256(TEXT));
    await index?.close();
    return index !== undefined;
  }

  /** A folder of indices in which a user has kept a pointer and a compact form, and where his secret is. */
  async function kept(location: Parameters<IndexStore['remember']>[1] = LOCATION) {
    const dir = await tempDir();
    const at = {
      folder: join(dir.path, 'index'),
      mine: join(dir.path, 'mine'),
      theirs: join(dir.path, 'theirs'),
    };
    await keep(at.folder);
    const store = openIndexStore(at.folder, at.mine);
    await store.remember(mirror('m'), location, sha256(TEXT));
    const parts = compactBuilder('').finish({ version: '8', records: 0 }, TEXT.length);
    await store.writeCompact(sha256(TEXT), parts);
    const fileOf = (pattern: RegExp) =>
      join(at.folder, readdirSync(at.folder).find((name) => pattern.test(name)) ?? '');
    return {
      ...at,
      pointer: fileOf(/^mirror-/),
      compact: fileOf(/compact/),
      [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
    };
  }

  test('is one that another user, or the same on another machine, has written', async () => {
    await using at = await kept();
    expect(await isCompactKnown(at.folder, at.mine)).toBe(true);
    expect((await openIndexStore(at.folder, at.mine).recall(mirror('m')))?.age).toBeLessThan(10_000);
    await openIndexStore(at.folder, at.theirs).remember(mirror('other'), LOCATION, sha256(TEXT));
    for (const stranger of [at.theirs, join(at.folder, 'no secret')]) {
      expect(await isCompactKnown(at.folder, stranger)).toBe(false);
      // The mirror's digest proves the document. Nothing proves how long ago that was said.
      expect(await openIndexStore(at.folder, stranger).recall(mirror('m'))).toEqual({
        location: LOCATION,
        document: sha256(TEXT),
        age: Number.POSITIVE_INFINITY,
      });
    }
    expect(await openIndexStore(at.folder).openCompact(sha256(TEXT))).toBeUndefined();
  });

  test.each([
    ['publishes no digest', { ...LOCATION, sha256: undefined, etag: '"1"' }],
    ['packs its index', { ...LOCATION, sha256: sha256('packed'), compression: 'gzip' } as const],
  ])('says nothing of a mirror that %s', async (_, location) => {
    await using at = await kept(location);
    expect(await openIndexStore(at.folder, at.mine).recall(mirror('m'))).toMatchObject({ location });
    expect(await openIndexStore(at.folder, at.theirs).recall(mirror('m'))).toBeUndefined();
  });

  test('is said of a mirror whose URL hides something else', async () => {
    await using at = await kept();
    const store = openIndexStore(at.folder, at.mine);
    const etag = { ...LOCATION, sha256: undefined, etag: '"1"' };
    for (const [mine, theirs] of [
      [undefined, '?tenant=b'],
      ['?tenant=a', undefined],
      ['?tenant=a', '?tenant=b'],
    ]) {
      await store.remember(mirror('m', mine), LOCATION, sha256(TEXT));
      expect((await store.recall(mirror('m', mine)))?.age).toBeLessThan(10_000);
      expect((await store.recall(mirror('m', theirs)))?.age).toBe(Number.POSITIVE_INFINITY);
      await store.remember(mirror('m', mine), etag, sha256(TEXT));
      expect(await store.recall(mirror('m', mine))).toBeDefined();
      expect(await store.recall(mirror('m', theirs))).toBeUndefined();
      expect(readFileSync(at.pointer, 'utf8')).not.toContain('tenant');
    }
  });

  test('is each pointer of which a part was changed', async () => {
    await using at = await kept({ ...LOCATION, sha256: undefined, etag: '"1"' });
    const text = readFileSync(at.pointer, 'utf8');
    const recall = () => openIndexStore(at.folder, at.mine).recall(mirror('m'));
    expect(await recall()).toBeDefined();
    const { location, ...rest } = JSON.parse(text);
    for (const changed of [
      { location: { ...location, etag: '"2"' }, ...rest },
      { location: { ...location, key: 'other' }, ...rest },
      { location: { ...location, compression: 'gzip' }, ...rest },
      { location: { ...location, sha256: sha256('other') }, ...rest },
      { location, ...rest, document: sha256('other') },
      { location, ...rest, asked: rest.asked + 1 },
      { location, ...rest, proof: undefined },
      { location, ...rest, proof: '0'.repeat(64) },
    ]) {
      writeFileSync(at.pointer, JSON.stringify(changed));
      expect(await recall()).toBeUndefined();
    }
    writeFileSync(at.pointer, text);
    expect(await recall()).toBeDefined();
    const store = openIndexStore(at.folder, at.mine);
    await store.remember(mirror('other'), LOCATION, sha256(TEXT));
    const [other = ''] = readdirSync(at.folder).filter(
      (name) => /^mirror-/.test(name) && !at.pointer.endsWith(name),
    );
    renameSync(at.pointer, join(at.folder, other));
    expect(await store.recall(mirror('other'))).toBeUndefined();
  });

  test('is each compact form of which a byte was changed, and that of another document', async () => {
    await using at = await kept();
    const bytes = readFileSync(at.compact);
    for (const [i, byte] of bytes.entries()) {
      const changed = Buffer.from(bytes);
      changed[i] = byte ^ 1;
      writeFileSync(at.compact, changed);
      const index = await openIndexStore(at.folder, at.mine).openCompact(sha256(TEXT));
      const answer = index?.ofPackage('zlib').finally(() => index.close());
      await expect(answer ?? Promise.reject(new Error('not ours'))).rejects.toThrow();
    }
    for (const short of [
      bytes.subarray(0, -1),
      bytes.subarray(0, 64),
      bytes.subarray(0, 3),
      Buffer.alloc(0),
    ]) {
      writeFileSync(at.compact, short);
      expect(await isCompactKnown(at.folder, at.mine)).toBe(false);
    }
    writeFileSync(at.compact, bytes);
    expect(await isCompactKnown(at.folder, at.mine)).toBe(true);
    const other = sha256('another');
    writeFileSync(at.compact.replace(sha256(TEXT), other), bytes);
    writeFileSync(join(at.folder, `${other}.index`), TEXT);
    expect(await openIndexStore(at.folder, at.mine).openCompact(other)).toBeUndefined();
  });
});

describe.runIf(process.platform === 'linux')(
  'a folder that cannot be made, though its parent is there,',
  () => {
    test('ends at once, instead of being made again without end', async () => {
      const store = openIndexStore('/proc/buildcache/indices', '/proc/buildcache/state');
      await expect(store.write()).rejects.toMatchObject({ code: 'ENOENT' });
      await expect(store.keepAnswer('0'.repeat(64), 'yes')).rejects.toMatchObject({ code: 'ENOENT' });
      expect(await makeUserSecret('/proc/buildcache/state')).toBeUndefined();
      const blobs = openBlobStore('/proc/buildcache/blobs');
      await blobs.keep('0'.repeat(64), Buffer.from('x'));
      expect(await blobs.begin('0'.repeat(64))).toBeUndefined();
    });
  },
);

test('what no mirror has any more goes, unless somebody has used it since', async () => {
  await using dir = await tempDir();
  const store = openIndexStore(dir.path);
  const then = new Date(Date.now() - 60_000);
  const put = (name: string) => {
    writeFileSync(join(dir.path, name), 'an index');
    utimesSync(join(dir.path, name), then, then);
    return name;
  };
  const [replaced = '', present = '', read = ''] = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
  for (const digest of [replaced, present, read]) put(`${digest}.index`);
  for (const digest of [replaced, present]) put(`${digest}.compact-1`);
  const others = [`${replaced}.answer-1`, '.tmp-1-2-3', 'notes.txt'].map(put);
  await store.remember(mirror('m'), { ...LOCATION, sha256: present }, present);
  const since = Date.now() - 30_000;
  const reader = await store.openDocument(read);
  await dropReplaced(dir.path, since);
  const left = [`${present}.index`, `${present}.compact-1`, `${read}.index`, ...others];
  const kept = readdirSync(dir.path).filter((name) => !name.startsWith('mirror-'));
  expect(kept.sort()).toEqual(left.sort());
  await reader?.close();
  await dropReplaced(join(dir.path, 'none'), since);
});
