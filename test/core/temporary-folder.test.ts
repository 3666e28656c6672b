import {
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withTemporaryFolder } from '../../src/core/temporary-folder.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';

let dir: TempDir;
const before = process.env['TMPDIR'];
beforeEach(async () => {
  dir = await tempDir();
  process.env['TMPDIR'] = dir.path;
});
afterEach(async () => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  await dir[Symbol.asyncDispose]();
});

describe('withTemporaryFolder', () => {
  it('removes the folder, whatever happens', async () => {
    expect(tmpdir()).toBe(dir.path);
    let used = '';
    const failing = withTemporaryFolder(async (folder) => {
      used = folder;
      writeFileSync(join(folder, 'f'), '');
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      throw new Error('enough');
    });
    await expect(failing).rejects.toThrow('enough');
    expect(used).not.toBe('');
    expect(existsSync(used)).toBe(false);
  });

  it('clears what was left a day ago, and nothing else', async () => {
    const [old, young, other] = ['buildcache-work-old', 'buildcache-work-young', 'other'].map((name) =>
      join(dir.path, name),
    ) as [string, string, string];
    for (const folder of [old, young, other]) mkdirSync(folder);
    const past = Date.now() / 1000 - 90_000;
    for (const folder of [old, other]) utimesSync(folder, past, past);
    await withTemporaryFolder(async () => undefined);
    expect([old, young, other].map(existsSync)).toEqual([false, true, true]);
  });

  it('leaves a folder that is in use for more than a day, though nothing is written to it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      await withTemporaryFolder(async (folder) => {
        const past = Date.now() / 1000 - 90_000;
        utimesSync(folder, past, past);
        vi.advanceTimersByTime(3600 * 1000);
        await vi.waitFor(() => expect(statSync(folder).mtimeMs).toBeGreaterThan(Date.now() - 60_000));
        await withTemporaryFolder(async () => undefined);
        expect(existsSync(folder)).toBe(true);
      });
      expect(vi.getTimerCount()).toBe(0);
      expect(readdirSync(dir.path)).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('takes a link of that name for what it is, whatever it leads to', async () => {
    const old = join(dir.path, 'old');
    mkdirSync(old);
    writeFileSync(join(old, 'f'), '');
    const past = Date.now() / 1000 - 90_000;
    utimesSync(old, past, past);
    const link = join(dir.path, 'buildcache-work-link');
    symlinkSync(old, link);
    await withTemporaryFolder(async () => undefined);
    // It was made a moment ago.
    expect(existsSync(link)).toBe(true);
    expect(existsSync(join(old, 'f'))).toBe(true);
  });
});
