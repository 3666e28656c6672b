import { createHash } from 'node:crypto';
import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import fs, { type FileHandle, open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PlannedVolume } from '../../../src/cache/bundle/arrange.ts';
import { type Draft, openDraft } from '../../../src/cache/bundle/draft.ts';
import { ARCHIVE_END, memberHead, memberLength } from '../../../src/cache/bundle/tar-member.ts';
import { writeVolume } from '../../../src/cache/bundle/write-volume.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';

const LARGE = 70 * 1024 * 1024;

describe('a volume', () => {
  let dir: TempDir;
  let draft: Draft;
  let file: string;
  let handle: FileHandle;
  beforeEach(async () => {
    dir = await tempDir();
    draft = await openDraft(dir.path);
    file = join(dir.path, 'volume.tar');
    handle = await open(join(dir.path, 'draft'));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await handle.close();
    await draft.close();
    await dir[Symbol.asyncDispose]();
  });

  const settings = { jobs: 2, signal: new AbortController().signal };
  const error = Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO', syscall: 'fsync' });
  const failing = (call: 'sync' | 'datasync') =>
    vi.spyOn(Object.getPrototypeOf(handle), call).mockRejectedValueOnce(error);

  const plan = (path: string, size: number, sha256: string): PlannedVolume => {
    const head = memberHead('bundle.json', 0);
    const length = head.length + memberLength(path, size) + ARCHIVE_END.length;
    return { head, files: [{ path, size, sha256 }], specs: 0, size: length };
  };

  async function smallVolume(): Promise<PlannedVolume> {
    await draft.storage.put('v3/x', Buffer.from('content'));
    return plan('v3/x', 7, createHash('sha256').update('content').digest('hex'));
  }

  /** Of nothing but zeros, which take no place on disk where they are read. */
  async function largeVolume(): Promise<PlannedVolume> {
    const mirror = openFileStorage(join(dir.path, 'mirror'));
    await mirror.put('zeros', Buffer.from(''));
    truncateSync(join(dir.path, 'mirror/zeros'), LARGE);
    const sha256 = createHash('sha256').update(Buffer.alloc(LARGE)).digest('hex');
    await draft.storage.copyFrom?.(mirror, 'zeros', 'v3/zeros', { expected: { sha256, size: LARGE } });
    return plan('v3/zeros', LARGE, sha256);
  }

  it.each([
    ['at its end', 'sync', smallVolume],
    ['in the middle', 'datasync', largeVolume],
  ] as const)(
    'that cannot be synced %s gets no name, nothing of it is kept, and the next run begins it anew',
    async (_, call, make) => {
      const volume = await make();
      failing(call);
      const write = async () => {
        const { outcome, named } = await writeVolume(file, volume, draft, settings);
        await named;
        return outcome;
      };
      await expect(write()).rejects.toMatchObject({
        code: 'io',
        facts: { file: `${file}.part`, hint: expect.stringContaining('begin this volume anew') },
      });
      expect(readdirSync(dir.path).filter((name) => name.startsWith('volume'))).toEqual([]);
      expect(await write()).toBe('written');
      expect(readFileSync(file)).toHaveLength(volume.size);
    },
  );

  it('that cannot be named stays for the next run', async () => {
    const volume = await smallVolume();
    vi.spyOn(fs, 'rename').mockRejectedValueOnce(Object.assign(new Error('no'), { code: 'EACCES' }));
    syncBuiltinESMExports();
    onTestFinished(() => {
      vi.restoreAllMocks();
      syncBuiltinESMExports();
    });
    const { named } = await writeVolume(file, volume, draft, settings);
    await expect(named).rejects.toMatchObject({ code: 'denied' });
    expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, true]);
    const again = await writeVolume(file, volume, draft, settings);
    await again.named;
    expect([again.outcome, existsSync(file)]).toEqual(['resumed', true]);
  });

  it.each([
    ['has a second name', () => void linkSync(`${file}.part`, join(dir.path, 'second')), /2 names/],
    ['belongs to another user', () => void vi.spyOn(process, 'getuid').mockReturnValue(4242), /of user/],
  ])('is not continued in a part that %s', async (_, prepare, found) => {
    const volume = await smallVolume();
    writeFileSync(`${file}.part`, volume.head);
    prepare();
    await expect(writeVolume(file, volume, draft, settings)).rejects.toMatchObject({
      code: 'conflict',
      facts: { file: `${file}.part`, found: expect.stringMatching(found) },
    });
    expect([existsSync(file), readFileSync(`${file}.part`)]).toEqual([false, volume.head]);
  });

  it('is made anew where another user has the file of its name, and could have written anything', async () => {
    const volume = await smallVolume();
    const write = async () => {
      const { outcome, named } = await writeVolume(file, volume, draft, settings);
      await named;
      return outcome;
    };
    expect([await write(), await write()]).toEqual(['written', 'kept']);
    const whole = readFileSync(file);
    writeFileSync(file, Buffer.from(whole).fill('x', volume.head.length + 512, volume.head.length + 519));
    vi.spyOn(process, 'getuid').mockReturnValue(4242);
    expect(await write()).toBe('written');
    expect(readFileSync(file)).toEqual(whole);
  });

  it('is not begun without a claim on its part, and leaves none', async () => {
    const volume = await smallVolume();
    const lock = `${file}.part.lock`;
    writeFileSync(lock, 'of another program');
    await expect(writeVolume(file, volume, draft, settings)).rejects.toMatchObject({ code: 'conflict' });
    expect(existsSync(`${file}.part`)).toBe(false);
    rmSync(lock);
    const { named } = await writeVolume(file, volume, draft, settings);
    await named;
    expect(readdirSync(dir.path).filter((name) => name.startsWith('volume'))).toEqual(['volume.tar']);
  });

  it('is continued in a file of its own where the process that had it before may only have been stopped', async () => {
    const volume = await smallVolume();
    writeFileSync(`${file}.part`, volume.head);
    writeFileSync(`${file}.part.lock`, `1 elsewhere ${'0'.repeat(16)}\n`);
    const other = await open(`${file}.part`, 'r+');
    onTestFinished(() => other.close());
    const { named } = await writeVolume(file, volume, draft, {
      ...settings,
      claimTiming: { touchMs: 10, deadMs: 50 },
    });
    await other.write(Buffer.alloc(volume.size, 'x'), 0, volume.size, 0); // it wakes up
    await named;
    expect(readFileSync(file).subarray(0, volume.head.length)).toEqual(volume.head);
    expect(readFileSync(file).includes('x'.repeat(100))).toBe(false);
    expect(readdirSync(dir.path).filter((name) => name.startsWith('volume'))).toEqual(['volume.tar']);
  });
});
