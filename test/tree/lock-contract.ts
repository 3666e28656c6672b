/** What holds of Spack's locks, whichever program holds them for us and whichever the other side is. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openLocks, prefixOffset } from '../../src/tree/database-lock.ts';
import { tempDir } from '../harness/temp-dir.ts';
import type { Locker } from './locker.ts';

export const HASH = 'e5gsqvjcrlpv6547ytc3lxqxsuxp6wmg';
export const OTHER = 'ho3jsm3l5abkyjol5qpa6tojdouuj33m';
/** Starts sooner than Python. */
export const QUICK = { interpreters: ['perl'] };

/** Declares the tests. `locker` is asked once they run. */
export function lockContract(interpreter: string, locker: () => Locker): void {
  test('exclude another program, and are given back one by one', async () => {
    await using dir = await tempDir();
    const locks = await openLocks(dir.path, { interpreters: [interpreter] });
    const byte = prefixOffset(HASH);
    const database = await locks.database();
    const prefix = await locks.prefix(HASH);
    const other = await locks.prefix(OTHER);
    expect(await isLocked(locker(), dir.path, 'lock', 0n, 0)).toBe(true);
    expect(await isLocked(locker(), dir.path, 'prefix_lock', byte, 1)).toBe(true);
    expect(await isLocked(locker(), dir.path, 'prefix_lock', byte + 1n, 1)).toBe(false);
    await database.release();
    await other.release();
    expect(await isLocked(locker(), dir.path, 'lock', 0n, 0)).toBe(false);
    expect(await isLocked(locker(), dir.path, 'prefix_lock', byte, 1)).toBe(true);
    prefix.assertHeld();
    await prefix.release();
    await prefix.release();
    expect(await isLocked(locker(), dir.path, 'prefix_lock', byte, 1)).toBe(false);
    await locks.close();
    expect(statSync(join(dir.path, '.spack-db/lock')).size).toBe(0);
  });

  test('are those of the tree, whatever characters its name has', async () => {
    await using dir = await tempDir();
    const root = join(dir.path, "a tree, 100% m\u00fcller's\n");
    const locks = await openLocks(root, { interpreters: [interpreter] });
    const held = await locks.database();
    const others = await openLocks(root, { interpreters: [interpreter], timeoutMs: 0 });
    await expect(others.database()).rejects.toMatchObject({ code: 'conflict' });
    await held.release();
    await (await others.database()).release();
    await Promise.all([locks.close(), others.close()]);
  });

  test('many that are asked for at once are each answered', async () => {
    await using dir = await tempDir();
    const locks = await openLocks(dir.path, { interpreters: [interpreter] });
    expect(await locker().ask('hold', dir.path, 'prefix_lock', prefixOffset(HASH), 1)).toBe('done');
    const hashes = Array.from({ length: 2000 }, (_, i) => String(i).padStart(4, 'a').replace(/[01]/g, 'b'));
    const unlike = [...new Set(hashes.map((start) => start.replace(/[89]/g, 'c') + OTHER.slice(4)))];
    const stop = new AbortController();
    const busy = locks.prefix(HASH, stop.signal);
    const held = await Promise.all(unlike.map((hash) => locks.prefix(hash)));
    const byte = prefixOffset(unlike[7] ?? '');
    expect(await isLocked(locker(), dir.path, 'prefix_lock', byte, 1)).toBe(true);
    await Promise.all(held.map((lock) => lock.release()));
    expect(await isLocked(locker(), dir.path, 'prefix_lock', byte, 1)).toBe(false);
    stop.abort();
    await expect(busy).rejects.toMatchObject({ code: 'cancelled' });
    await locker().ask('drop', dir.path, 'prefix_lock', prefixOffset(HASH), 1);
    await locks.close();
  });

  test('are waited for until nobody has one for itself alone, or there is nothing to wait for', async () => {
    await using dir = await tempDir();
    const waits: unknown[] = [];
    const locks = await openLocks(dir.path, {
      interpreters: [interpreter],
      onWait: (what) => waits.push(what),
    });
    const others = await openLocks(dir.path, { interpreters: [interpreter] });
    const isAsked: boolean[] = [];
    const installed = (answer: boolean) => async () => {
      isAsked.push(answer);
      return answer;
    };
    const { signal } = new AbortController();
    await locks.prefixFree(HASH, signal, installed(true));
    expect(isAsked).toEqual([]);
    const held = await others.prefix(HASH);
    await locks.prefixFree(HASH, signal, installed(false));
    expect([isAsked, waits]).toEqual([[false], []]);
    let isOver = false;
    const waiting = locks.prefixFree(HASH, signal, installed(true)).then(() => {
      isOver = true;
    });
    await sleep(250);
    expect([isOver, waits]).toEqual([false, [`the prefix of /${HASH.slice(0, 7)}`]]);
    await held.release();
    await waiting;
    expect(await isLocked(locker(), dir.path, 'prefix_lock', prefixOffset(HASH), 1)).toBe(false);
    await Promise.all([locks.close(), others.close()]);
  });

  test('wait for another program, and say who has it', async () => {
    await using dir = await tempDir();
    expect(await locker().ask('hold', dir.path, 'lock', 0n, 0)).toBe('done');
    const waits: unknown[] = [];
    const onWait = (...wait: unknown[]) => void waits.push(wait);
    const locks = await openLocks(dir.path, { interpreters: [interpreter], onWait, timeoutMs: 150 });
    await expect(locks.database()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(
        new RegExp(
          `^the install database is locked by process ${locker().pid} \\(${locker().program}.*\\), waited 0 s$`,
        ),
      ),
    });
    expect(waits).toHaveLength(1);
    const patient = await openLocks(dir.path, { interpreters: [interpreter] });
    const lock = patient.database();
    expect(await Promise.race([lock.then(() => 'locked'), sleep(250, 'waiting')])).toBe('waiting');
    await locker().ask('drop', dir.path, 'lock', 0n, 0);
    await (await lock).release();
    await locks.close();
    await patient.close();
  });

  test('are those of the file that is there, also once it was replaced or removed', async () => {
    await using dir = await tempDir();
    const file = join(dir.path, '.spack-db/lock');
    const locks = await openLocks(dir.path, { interpreters: [interpreter], timeoutMs: 0 });
    await (await locks.database()).release();
    rmSync(file);
    expect(await locker().ask('hold', dir.path, 'lock', 0n, 0)).toBe('done');
    await expect(locks.database()).rejects.toMatchObject({ code: 'conflict' });
    rmSync(file);
    const held = await locks.database();
    const others = await openLocks(dir.path, { ...QUICK, timeoutMs: 0 });
    await expect(others.database()).rejects.toMatchObject({ code: 'conflict' });
    await held.release();
    rmSync(file);
    symlinkSync(join(dir.path, 'victim'), file);
    await expect(locks.database()).rejects.toMatchObject({ code: 'io' });
    expect(existsSync(join(dir.path, 'victim'))).toBe(false);
    await Promise.all([locks.close(), others.close()]);
    await locker().ask('drop', dir.path, 'lock', 0n, 0);
  });

  test('are shared with whoever has installed the spec, and not before, nor with who may be removing it', async () => {
    await using dir = await tempDir();
    const byte = prefixOffset(HASH);
    const locks = await openLocks(dir.path, { interpreters: [interpreter] });
    let isInstalled = false;
    const wanted = () => locks.prefix(HASH, undefined, async () => isInstalled);
    expect(await locker().ask('share', dir.path, 'prefix_lock', byte, 1)).toBe('done');
    const first = wanted();
    expect(await Promise.race([first, sleep(250, 'waiting')])).toBe('waiting');
    isInstalled = true;
    const shared = await first;
    expect(await locker().ask('hold', dir.path, 'prefix_lock', byte, 1)).toBe('locked');
    await shared.release();
    expect(await locker().ask('hold', dir.path, 'prefix_lock', byte, 1)).toBe('done');
    const second = wanted();
    expect(await Promise.race([second, sleep(250, 'waiting')])).toBe('waiting');
    await locker().ask('drop', dir.path, 'prefix_lock', byte, 1);
    await (await second).release();
    await locks.close();
  });

  test('end with whoever asked for them', async () => {
    await using dir = await tempDir();
    const module = fileURLToPath(new URL('../../src/tree/database-lock.ts', import.meta.url));
    const code = `
      import { openLocks } from ${JSON.stringify(module)};
      const locks = await openLocks(${JSON.stringify(dir.path)}, { interpreters: [${JSON.stringify(interpreter)}] });
      await locks.database();
      console.log('locked');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(await isLocked(locker(), dir.path, 'lock', 0n, 0)).toBe(true);
    child.kill('SIGKILL');
    const locks = await openLocks(dir.path, { interpreters: [interpreter] });
    await (await locks.database()).release();
    await locks.close();
  });

  test('are lost with the process, which is noticed', async () => {
    await using dir = await tempDir();
    const locks = await openLocks(dir.path, { interpreters: [interpreter], timeoutMs: 50 });
    const lock = await locks.database();
    const other = await openLocks(dir.path, { ...QUICK, timeoutMs: 0 });
    const message = await other.database().catch((error: unknown) => String(error));
    process.kill(Number(/process (\d+)/.exec(String(message))?.[1]), 'SIGKILL');
    await expect(locks.prefix(HASH)).rejects.toMatchObject({ code: 'io' });
    expect(() => lock.assertHeld()).toThrow(/has ended/);
    await lock.release();
    await locks.close();
    await other.close();
  });
}

/** Whether somebody else has it, as another program sees it. */
async function isLocked(
  locker: Locker,
  root: string,
  file: string,
  start: bigint,
  length: number,
): Promise<boolean> {
  return (await locker.ask('try', root, file, start, length)) === 'locked';
}
