import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLocks, prefixOffset } from '../../src/tree/database-lock.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { HASH, lockContract, OTHER, QUICK } from './lock-contract.ts';
import { type Locker, startLocker } from './locker.ts';

let somebody: Locker;
beforeAll(() => {
  somebody = startLocker('perl');
});
afterAll(() => somebody.end());

// The first is what Spack computes: base32 to bytes, the first 63 bits of them.
test('the byte for a prefix is the first 63 bits of its hash', () => {
  expect(prefixOffset(HASH)).toBe(BigInt(`0b${bitsOf(HASH).slice(0, 63)}`));
  expect(prefixOffset('a'.repeat(32))).toBe(0n);
  expect(prefixOffset('7'.repeat(32))).toBe(2n ** 63n - 1n);
});

function bitsOf(hash: string): string {
  const value = (c: string) => 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(c);
  return [...hash].map((c) => value(c).toString(2).padStart(5, '0')).join('');
}

describe('locks held by perl', () => lockContract('perl', () => somebody));

test('we take turns among ourselves, and stop waiting when cancelled', async () => {
  await using dir = await tempDir();
  const locks = await openLocks(dir.path, QUICK);
  const order: string[] = [];
  const first = await locks.prefix(HASH);
  const second = locks.prefix(HASH).then((lock) => {
    order.push('second');
    return lock;
  });
  const abort = new AbortController();
  const never = locks.prefix(HASH, abort.signal);
  abort.abort();
  await expect(never).rejects.toMatchObject({ code: 'cancelled' });
  const third = locks.prefix(HASH);
  const elsewhere = await locks.prefix(OTHER);
  order.push('first released');
  await first.release();
  await (await second).release();
  await (await third).release();
  await elsewhere.release();
  expect(order).toEqual(['first released', 'second']);
  await locks.close();
});

test('nothing is made before what they wait for, and nothing at all when that fails', async () => {
  await using dir = await tempDir();
  let go = (): void => undefined;
  const after = new Promise<void>((resolve) => {
    go = resolve;
  });
  const opening = openLocks(dir.path, { ...QUICK, check: () => after });
  const other = await openLocks(join(dir.path, 'other'), QUICK);
  expect(readdirSync(dir.path)).toEqual(['other']);
  go();
  await (await opening).close();
  await other.close();
  const elsewhere = join(dir.path, 'elsewhere');
  const error = new Error('no');
  await expect(openLocks(elsewhere, { ...QUICK, check: () => Promise.reject(error) })).rejects.toBe(error);
  await expect(openLocks(elsewhere, { interpreters: [], check: () => Promise.reject(error) })).rejects.toBe(
    error,
  );
  expect(existsSync(elsewhere)).toBe(false);
});

test('waiting for others stops when cancelled', async () => {
  await using dir = await tempDir();
  expect(await somebody.ask('hold', dir.path, 'prefix_lock', prefixOffset(HASH), 1)).toBe('done');
  const locks = await openLocks(dir.path, QUICK);
  const abort = new AbortController();
  const waiting = locks.prefix(HASH, abort.signal);
  setTimeout(() => abort.abort(), 30);
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  await locks.close();
});

test('the holder that Spack wrote down is named where the system does not know', async () => {
  await using dir = await tempDir();
  expect(await somebody.ask('hold', dir.path, 'lock', 0n, 0)).toBe('done');
  writeFileSync(join(dir.path, '.spack-db/lock'), 'pid=42,host=node1');
  const locks = await openLocks(dir.path, { ...QUICK, timeoutMs: 0 });
  // On Linux the system knows better.
  await expect(locks.database()).rejects.toThrow(
    process.platform === 'linux' ? /process \d+ \(/ : /42 on node1/,
  );
  await locks.close();
});

test('a pipe that another user has put in the place of the lock is not waited for', async () => {
  await using dir = await tempDir();
  const busy = join(dir.path, 'busy');
  writeFileSync(busy, '#!/bin/sh\necho ready\nwhile read -r _; do echo busy; done\n', { mode: 0o755 });
  mkdirSync(join(dir.path, '.spack-db'));
  execFileSync('mkfifo', [join(dir.path, '.spack-db/lock')]);
  const locks = await openLocks(dir.path, { interpreters: [busy], timeoutMs: 0 });
  await expect(locks.database()).rejects.toThrow('locked by another process');
  await locks.close();
});

test('one that is not there is passed over; without any, the way out is named', async () => {
  await using dir = await tempDir();
  const locks = await openLocks(dir.path, { interpreters: ['/no/such', '/bin/false', 'perl'] });
  await (await locks.database()).release();
  await locks.close();
  await expect(openLocks(dir.path, { interpreters: ['/no/such'] })).rejects.toMatchObject({
    code: 'unsupported',
    facts: { hint: expect.stringContaining('--no-lock') as unknown },
  });
});

test('a file in the way of the database is an error that names it', async () => {
  await using dir = await tempDir();
  writeFileSync(join(dir.path, '.spack-db'), '');
  await expect(openLocks(dir.path, QUICK)).rejects.toMatchObject({
    facts: { file: join(dir.path, '.spack-db/lock') },
  });
});
