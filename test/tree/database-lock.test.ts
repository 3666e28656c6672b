import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLocks, prefixOffset } from '../../src/tree/database-lock.ts';
import { LOCK_INTERPRETERS } from '../../src/tree/lock-helper.ts';
import { tempDir } from '../harness/temp-dir.ts';

const HASH = 'e5gsqvjcrlpv6547ytc3lxqxsuxp6wmg';
/** Starts sooner. */
const QUICK = { interpreters: ['perl'] };
const OTHER = 'ho3jsm3l5abkyjol5qpa6tojdouuj33m';

/** A Python that locks as Spack does. It answers one line at a time, and ends with the tests. */
const PYTHON = `
import fcntl, os, sys
held = {}
for line in iter(sys.stdin.readline, ""):
    verb, start, length, path = line.rstrip("\\n").split(" ", 3)
    if path not in held: held[path] = os.open(path, os.O_RDWR | os.O_CREAT)
    how = fcntl.LOCK_UN if verb == "drop" else fcntl.LOCK_EX | fcntl.LOCK_NB
    try:
        fcntl.lockf(held[path], how, int(length), int(start), os.SEEK_SET)
        if verb == "try": fcntl.lockf(held[path], fcntl.LOCK_UN, int(length), int(start), os.SEEK_SET)
        print("done", flush=True)
    except OSError:
        print("locked", flush=True)
`;

let python: ChildProcess;
let answers: AsyncIterator<string>;

beforeAll(() => {
  python = spawn('python3', ['-I', '-S', '-c', PYTHON], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (python.stdout === null) throw new Error('no pipe');
  answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
});

afterAll(() => python.stdin?.end());

async function ask(verb: string, root: string, file: string, start: bigint, length: number) {
  mkdirSync(join(root, '.spack-db'), { recursive: true });
  python.stdin?.write(`${verb} ${start} ${length} ${join(root, '.spack-db', file)}\n`);
  return String((await answers.next()).value);
}

/** Whether somebody else has it, as Python sees it. */
async function isLocked(root: string, file: string, start: bigint, length: number): Promise<boolean> {
  return (await ask('try', root, file, start, length)) === 'locked';
}

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

describe.each(LOCK_INTERPRETERS)('locks held by %s', (interpreter) => {
  test('exclude Python, and are given back one by one', async () => {
    await using dir = await tempDir();
    const locks = await openLocks(dir.path, { interpreters: [interpreter] });
    const byte = prefixOffset(HASH);
    const database = await locks.database();
    const prefix = await locks.prefix(HASH);
    const other = await locks.prefix(OTHER);
    expect(await isLocked(dir.path, 'lock', 0n, 0)).toBe(true);
    expect(await isLocked(dir.path, 'prefix_lock', byte, 1)).toBe(true);
    expect(await isLocked(dir.path, 'prefix_lock', byte + 1n, 1)).toBe(false);
    await database.release();
    await other.release();
    expect(await isLocked(dir.path, 'lock', 0n, 0)).toBe(false);
    expect(await isLocked(dir.path, 'prefix_lock', byte, 1)).toBe(true);
    prefix.assertHeld();
    await prefix.release();
    await prefix.release();
    expect(await isLocked(dir.path, 'prefix_lock', byte, 1)).toBe(false);
    await locks.close();
    expect(statSync(join(dir.path, '.spack-db/lock')).size).toBe(0);
  });

  test('wait for Python, and say who has it', async () => {
    await using dir = await tempDir();
    expect(await ask('hold', dir.path, 'lock', 0n, 0)).toBe('done');
    const waits: unknown[] = [];
    const onWait = (...wait: unknown[]) => void waits.push(wait);
    const locks = await openLocks(dir.path, { interpreters: [interpreter], onWait, timeoutMs: 150 });
    await expect(locks.database()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(
        new RegExp(`^the install database is locked by process ${python.pid} \\(python3.*\\), waited 0 s$`),
      ),
    });
    expect(waits).toHaveLength(1);
    const patient = await openLocks(dir.path, { interpreters: [interpreter] });
    const lock = patient.database();
    expect(await Promise.race([lock.then(() => 'locked'), sleep(250, 'waiting')])).toBe('waiting');
    await ask('drop', dir.path, 'lock', 0n, 0);
    await (await lock).release();
    await locks.close();
    await patient.close();
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
    expect(await isLocked(dir.path, 'lock', 0n, 0)).toBe(true);
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
});

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

test('waiting for others stops when cancelled', async () => {
  await using dir = await tempDir();
  expect(await ask('hold', dir.path, 'prefix_lock', prefixOffset(HASH), 1)).toBe('done');
  const locks = await openLocks(dir.path, QUICK);
  const abort = new AbortController();
  const waiting = locks.prefix(HASH, abort.signal);
  setTimeout(() => abort.abort(), 30);
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  await locks.close();
});

test('the holder that Spack wrote down is named where the system does not know', async () => {
  await using dir = await tempDir();
  expect(await ask('hold', dir.path, 'lock', 0n, 0)).toBe('done');
  writeFileSync(join(dir.path, '.spack-db/lock'), 'pid=42,host=node1');
  const locks = await openLocks(dir.path, { ...QUICK, timeoutMs: 0 });
  // On Linux the system knows better.
  await expect(locks.database()).rejects.toThrow(
    process.platform === 'linux' ? /process \d+ \(/ : /42 on node1/,
  );
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
