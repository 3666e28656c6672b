import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { turnName } from '../../../src/storage/file/names.ts';
import { shareWithWriters, type Turn, takeTurn } from '../../../src/storage/file/turn.ts';
import { failsAs } from '../../harness/storage-contract.ts';

/** A writer that is gone. */
const DEAD = `other-host-1-${'0'.repeat(24)}`;
const QUICK = { staleMs: 60, waitMs: 2_000 };

describe('taking turns at a file', () => {
  let folder: string;
  let path: string;
  let slot: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'turn-'));
    path = join(folder, 'document');
    slot = join(folder, turnName('document'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const writing = (text: string, decide: Turn['decide'] = async () => 'publish'): Turn => ({
    fill: async (file) => await writeFile(file, text),
    decide,
  });

  it('has one at a time', async () => {
    let inside = 0;
    let most = 0;
    const decide = async () => {
      most = Math.max(most, ++inside);
      await pause(5);
      inside--;
      return 'publish' as const;
    };
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, i) => takeTurn(path, writing(`${i}`, decide), undefined)),
    );
    expect(outcomes).toEqual(Array(8).fill('done'));
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual(['document']);
  });

  it('goes on after a writer that died in its turn', async () => {
    await mkdir(slot);
    await writeFile(join(slot, DEAD), 'never published');
    const started = performance.now();
    expect(await takeTurn(path, writing('mine'), undefined, QUICK)).toBe('done');
    expect(performance.now() - started).toBeGreaterThan(QUICK.staleMs - 1);
    expect(await readFile(path, 'utf8')).toBe('mine');
    expect(await readdir(folder)).toEqual(['document']);
  });

  it('goes on at once after a writer that died leaving it', async () => {
    await mkdir(slot);
    expect(await takeTurn(path, writing('mine'), undefined, QUICK)).toBe('done');
    expect(await readdir(folder)).toEqual(['document']);
  });

  it('lets many find the same dead writer, and loses none of them', async () => {
    await mkdir(slot);
    await writeFile(join(slot, DEAD), 'never published');
    const seen: string[] = [];
    const add = async (line: string): Promise<void> => {
      let next = '';
      const outcome = await takeTurn(
        path,
        {
          fill: async (file) => {
            // What is added to is read before the turn, as a compare-and-swap does.
            next = `${await readFile(path, 'utf8').catch(() => '')}${line}`;
            await writeFile(file, next);
          },
          decide: async () => {
            const now = await readFile(path, 'utf8').catch(() => '');
            if (`${now}${line}` !== next) return 'leave';
            seen.push(line);
            return 'publish';
          },
        },
        undefined,
        QUICK,
      );
      if (outcome === 'lost' || !seen.includes(line)) await add(line);
    };
    const lines = Array.from({ length: 6 }, (_, i) => `${i};`);
    await Promise.all(lines.map((line) => add(line)));
    expect((await readFile(path, 'utf8')).match(/\d;/g)?.sort()).toEqual(lines);
  });

  it('keeps one that slept through its turn from overwriting what came after', async () => {
    let awake = () => {};
    const asleep = new Promise<void>((resolve) => {
      awake = resolve;
    });
    const entered = new Promise<void>((resolve) => {
      void takeTurn(
        path,
        writing('old', async () => {
          resolve();
          await asleep;
          return 'publish';
        }),
        undefined,
        QUICK,
      ).then((outcome) => outcomes.push(outcome));
    });
    const outcomes: string[] = [];
    await entered;
    expect(await takeTurn(path, writing('new'), undefined, QUICK)).toBe('done');
    awake();
    await expect.poll(() => outcomes).toEqual(['lost']);
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['document']);
  });

  it('gives up in the end, and says who is in the way', async () => {
    await mkdir(slot);
    await writeFile(join(slot, 'node7-42-abc'), '');
    const never = { staleMs: 10_000, waitMs: 50 };
    await expect(takeTurn(path, writing('x'), undefined, never)).rejects.toMatchObject({
      code: 'conflict',
      facts: { found: 'a turn taken by node7-42-abc' },
    });
    expect(await readdir(folder)).toEqual([turnName('document')]);
  });

  it("removes no file but a writer's, for a link may stand in the place of a turn", async () => {
    await mkdir(slot);
    for (const name of ['authorized_keys', 'node7-42-abc', `${DEAD}.bak`]) {
      await writeFile(join(slot, name), 'theirs');
      const waiting = takeTurn(path, writing('x'), undefined, { staleMs: 1, waitMs: 20 });
      await failsAs('conflict', waiting);
      expect(await readdir(slot)).toEqual([name]);
      await rm(join(slot, name));
    }
    expect(await readdir(folder)).toEqual([turnName('document')]);
  });

  it('stops waiting when told to', async () => {
    await mkdir(slot);
    await writeFile(join(slot, 'node7-42-abc'), '');
    const controller = new AbortController();
    const waiting = takeTurn(path, writing('x'), controller.signal);
    setTimeout(() => controller.abort(), 20);
    await failsAs('cancelled', waiting);
    expect(await readdir(folder)).toEqual([turnName('document')]);
  });

  it('lets whoever may write beside it clear up after it', async () => {
    const { chmod } = await import('node:fs/promises');
    await chmod(folder, 0o2775);
    let mode = 0;
    const decide = async () => {
      mode = (await stat(slot)).mode & 0o7777;
      return 'leave' as const;
    };
    const before = process.umask(0o077);
    try {
      await takeTurn(path, writing('x', decide), undefined);
    } finally {
      process.umask(before);
    }
    expect(mode).toBe(0o2775);
    expect(await readdir(folder)).toEqual([]);
  });

  it('changes the mode of nothing that a link in the place of its folder leads to', async () => {
    const { chmod, symlink } = await import('node:fs/promises');
    await chmod(folder, 0o777);
    await mkdir(join(folder, 'theirs'), { mode: 0o700 });
    await writeFile(join(folder, 'secret'), '', { mode: 0o600 });
    for (const name of ['theirs', 'secret']) {
      await symlink(name, join(folder, `to-${name}`));
      const { mode } = await stat(join(folder, name));
      await expect(shareWithWriters(join(folder, `to-${name}`))).rejects.toThrow();
      expect((await stat(join(folder, name))).mode).toBe(mode);
    }
  });

  it('passes on what goes wrong while it fills or decides', async () => {
    const failing = async () => {
      throw new Error('no');
    };
    await expect(takeTurn(path, { fill: failing, decide: failing }, undefined)).rejects.toThrow('no');
    await expect(takeTurn(path, writing('x', failing), undefined)).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
  });
});

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
