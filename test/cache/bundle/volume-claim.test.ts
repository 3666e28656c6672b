import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimPart, forgetClaim } from '../../../src/cache/bundle/volume-claim.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';

/** More than any process number on Linux. */
const NOBODY = 2 ** 23;

describe('a claim on an unfinished volume', () => {
  let dir: TempDir;
  let part: string;
  let lock: string;
  beforeEach(async () => {
    dir = await tempDir();
    part = join(dir.path, 'x.tar.part');
    lock = `${part}.lock`;
  });
  afterEach(async () => await dir[Symbol.asyncDispose]());

  const claim = () => claimPart(part, new AbortController().signal, { touchMs: 10, deadMs: 2_000 });
  const quickly = () => claimPart(part, new AbortController().signal, { touchMs: 10, deadMs: 50 });
  const leave = (pid: number, host: string) => writeFileSync(lock, `${pid} ${host} ${'0'.repeat(16)}\n`);

  it('is refused to a second process while the first one has it, and free when that is done', async () => {
    const first = await claim();
    await expect(claim()).rejects.toMatchObject({
      code: 'conflict',
      facts: { file: part, found: expect.stringContaining(`process ${process.pid} on`) },
    });
    await first.assertHeld();
    await first.release();
    expect(readdirSync(dir.path)).toEqual([]);
    await (await claim()).release();
  });

  /** Where this process sees others, as its claims say it. */
  async function here(): Promise<string> {
    const taken = await claim();
    const [, where = ''] = readFileSync(lock, 'utf8').split(' ');
    await taken.release();
    return where;
  }

  it('that a killed process has left on this host is taken at once, as one of nobody', async () => {
    leave(NOBODY, await here());
    const taken = await claim();
    expect(taken.isFromSilence).toBe(false);
    await taken.release();
    expect(readdirSync(dir.path)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')(
    'of a container with the name of this host, whose processes are not seen here, is no dead one',
    async () => {
      const where = await here();
      expect(where).toMatch(/^[^/ ]+\/pid\d+\/[0-9a-f-]{36}$/);
      leave(NOBODY, where.replace(/pid\d+/, 'pid1'));
      let time = 1e9;
      const touching = setInterval(() => utimesSync(lock, ++time, time), 5);
      await expect(claim()).rejects.toMatchObject({ code: 'conflict' });
      clearInterval(touching);
    },
  );

  it.each([
    ['on another host', 'elsewhere', NOBODY],
    ['on this host, by a number that another process has by now', undefined, process.pid],
  ])(
    'that was left %s is taken when it is not touched, as one whose owner may be there',
    async (_, host, pid) => {
      leave(pid, host ?? (await here()));
      const taken = await quickly();
      expect(taken.isFromSilence).toBe(true);
      await taken.assertHeld();
      await taken.release();
    },
  );

  it('that is touched on another host is not taken', async () => {
    leave(NOBODY, 'elsewhere');
    let time = 1e9;
    const touching = setInterval(() => utimesSync(lock, ++time, time), 5);
    await expect(claim()).rejects.toMatchObject({ code: 'conflict' });
    clearInterval(touching);
  });

  it('goes to one of many that find it left', async () => {
    // A machine with much to do may not touch a claim for a while.
    const patiently = () => claimPart(part, new AbortController().signal, { touchMs: 10, deadMs: 10_000 });
    for (let round = 0; round < 20; round++) {
      leave(NOBODY, await here());
      const all = await Promise.allSettled(Array.from({ length: 8 }, patiently));
      const got = all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      expect(got).toHaveLength(1);
      await got[0]?.assertHeld();
      await got[0]?.release();
      expect(readdirSync(dir.path)).toEqual([]);
    }
  });

  it('is forgotten beside a volume that is done, if its process is gone', async () => {
    const forget = () => forgetClaim(part, new AbortController().signal);
    const where = await here();
    for (const [pid, host] of [
      [NOBODY, 'elsewhere'],
      [process.pid, where],
    ] as const) {
      leave(pid, host);
      await forget();
      expect(existsSync(lock)).toBe(true);
    }
    leave(NOBODY, where);
    await forget();
    await forget();
    expect(readdirSync(dir.path)).toEqual([]);
  });

  it.each([
    ['long ago', '', 1e9],
    ['just now', undefined, undefined],
    ['just now, before it had written who it is', '', undefined],
    ['just now, in another container', `${NOBODY} elsewhere ${'0'.repeat(16)}\n`, undefined],
  ])('is taken although a process was killed while it took one, %s', async (_, text, time) => {
    leave(NOBODY, await here());
    writeFileSync(`${lock}.turn`, text ?? readFileSync(lock));
    if (time !== undefined) utimesSync(`${lock}.turn`, time, time);
    const began = performance.now();
    const taken = claimPart(part, new AbortController().signal, { touchMs: 10, deadMs: 400 });
    await (await taken).release();
    // Who is seen to be gone is not waited for.
    if (text === undefined) expect(performance.now() - began).toBeLessThan(300);
    expect(readdirSync(dir.path)).toEqual([]);
  });

  it('is not taken where something else has the name of its turn', async () => {
    leave(NOBODY, await here());
    mkdirSync(`${lock}.turn`);
    utimesSync(`${lock}.turn`, 1e9, 1e9);
    await expect(quickly()).rejects.toMatchObject({ code: 'conflict', facts: { file: `${lock}.turn` } });
  });

  it('that others have taken is noticed by who had it, and not released', async () => {
    const first = await claim();
    leave(1, 'elsewhere');
    await expect(first.assertHeld()).rejects.toMatchObject({ code: 'conflict' });
    await first.release();
    expect(existsSync(lock)).toBe(true);
  });

  it.each([
    ['a file', () => writeFileSync(lock, 'mine')],
    ['a folder', () => void mkdirSync(lock)],
    ['a link', () => symlinkSync('/etc/hostname', lock)],
  ])('is not made where %s of another is, which stays', async (_, make) => {
    make();
    await expect(quickly()).rejects.toMatchObject({ code: 'conflict', facts: { file: lock } });
    expect(readdirSync(dir.path)).toEqual(['x.tar.part.lock']);
    if (_ === 'a file') expect(readFileSync(lock, 'utf8')).toBe('mine');
  });

  it('is touched itself, and not what a link in its place leads to', async () => {
    const mine = join(dir.path, 'mine');
    writeFileSync(mine, '');
    utimesSync(mine, 1e9, 1e9);
    const taken = await claim();
    rmSync(lock);
    symlinkSync('mine', lock);
    await sleep(60);
    await taken.release();
    expect(statSync(mine).mtimeMs).toBe(1e12);
  });
});
