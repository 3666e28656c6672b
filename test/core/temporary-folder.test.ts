import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
});
