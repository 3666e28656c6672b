import { execFileSync } from 'node:child_process';
import { lchown, mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import { turnName } from '../../../src/storage/file/names.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import {
  bytes,
  content,
  failsAs,
  get,
  keysOf,
  pattern,
  storageContract,
  text,
} from '../../harness/storage-contract.ts';

storageContract(
  'a folder',
  async () => {
    const root = await mkdtemp(join(tmpdir(), 'file-storage-'));
    return {
      open: async () => openFileStorage(join(root, 'not', 'yet')),
      stop: async () => await rm(root, { recursive: true }),
    };
  },
  'lock',
);

describe('a folder', () => {
  let root: string;
  let storage: Storage;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'file-storage-'));
    storage = openFileStorage(root);
  });
  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  it('goes by a file URL', () => {
    expect(openFileStorage('/a b/c%d').url).toBe('file:///a%20b/c%25d');
    expect(openFileStorage('relative').url).toBe(pathToFileURL('relative').href);
  });

  it.each(['', 'a\0b'])('is none with the name %j', (name) => {
    expect(() => openFileStorage(name)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  it('takes what is no file for absent', async () => {
    await mkdir(join(root, 'folder'));
    await writeFile(join(root, 'file'), 'x');
    execFileSync('mkfifo', [join(root, 'fifo')]);
    await symlink('nowhere', join(root, 'dangling'));
    for (const key of ['folder', 'fifo', 'dangling', 'file/below', 'x'.repeat(300)]) {
      expect(await storage.get(key)).toBeUndefined();
      expect(await storage.head(key)).toBeUndefined();
      expect(await storage.delete(key)).toBe(false);
    }
    expect(await keysOf(storage, '')).toEqual(['file']);
    expect(await keysOf(storage, 'file/')).toEqual([]);
  });

  it('follows links, but not in circles', async () => {
    await mkdir(join(root, 'a'));
    await writeFile(join(root, 'a', 'file'), 'linked');
    await symlink('a', join(root, 'b'));
    await symlink('..', join(root, 'a', 'up'));
    await symlink('itself', join(root, 'itself'));
    expect(await keysOf(storage, '')).toEqual(['a/file', 'b/file']);
    expect(await content(storage, 'b/file')).toBe('linked');
    await failsAs('io', storage.get('itself'));
  });

  it('tells of links that lead nowhere, also of one above what is listed', async () => {
    await mkdir(join(root, 'a'));
    await writeFile(join(root, 'a', 'file'), 'x');
    for (const [name, target] of [
      ['dangling', 'nowhere'],
      ['itself', 'itself'],
      ['below', 'file/below'],
      ['up', '..'],
      ['.tmp-link', 'nowhere'],
    ] as const) {
      await symlink(target, join(root, 'a', name));
    }
    const hiddenIn = async (prefix: string) => {
      const keys: string[] = [];
      for await (const _ of storage.list(prefix, { onHidden: (key) => void keys.push(key) }));
      return keys.sort();
    };
    expect(await hiddenIn('')).toEqual(['a/below', 'a/dangling', 'a/itself']);
    expect(await hiddenIn('a/d')).toEqual(['a/dangling']);
    expect(await hiddenIn('a/dangling/b/c/')).toEqual(['a/dangling']);
    expect(await hiddenIn('a/none/')).toEqual([]);
  });

  it('changes nothing behind a link that another user has put there', async () => {
    await mkdir(join(root, 'other'));
    await writeFile(join(root, 'other', 'file'), 'precious');
    await symlink('other', join(root, 'link'));
    const OURS = 65_533;
    if (process.geteuid?.() === 0) await lchown(join(root, 'link'), 65_534, 65_534);
    // The owner of `/` is root, and has not made the link either.
    const below = openFileStorage('/');
    const behind = `${root.slice(1)}/link/file`;
    const user = vi.spyOn(process, 'geteuid').mockReturnValue(OURS);
    try {
      await failsAs('denied', below.delete(behind));
      await failsAs('denied', below.put(behind, text('x')));
      await failsAs('denied', below.put(`${root.slice(1)}/link/new/file`, text('x')));
      await failsAs('denied', below.move?.(behind, `${root.slice(1)}/moved`) ?? Promise.resolve());
      await failsAs('denied', below.copyFrom?.(storage, 'other/file', behind) ?? Promise.resolve());
    } finally {
      user.mockRestore();
    }
    expect(await keysOf(storage, '')).toEqual(['link/file', 'other/file']);
    expect(await content(below, behind)).toBe('precious');
  });

  it('works through a link of the owner of the mirror', async () => {
    await mkdir(join(root, 'disk'));
    await symlink('disk', join(root, 'blobs'));
    await storage.put('blobs/file', text('x'));
    expect(await keysOf(storage, 'disk/')).toEqual(['disk/file']);
    expect(await storage.delete('blobs/file')).toBe(true);
  });

  it.each(['.tmp-x', 'a/.lock-x/b', '.nfs0123456789abcdef'])('keeps %s for itself', async (key) => {
    await failsAs('bad-input', storage.put(key, text('x')));
    await failsAs('bad-input', storage.get(key));
    await mkdir(join(root, 'a', '.lock-x'), { recursive: true });
    await writeFile(join(root, key), 'x');
    expect(await keysOf(storage, '')).toEqual([]);
  });

  const temporary = (digit: string) => `.tmp-${digit.repeat(24)}`;
  const OWNER = `host-1-${'a'.repeat(24)}`;
  const turn = (digit: string) => `.lock-${digit.repeat(32)}`;

  it('clears old leftovers away where it writes, and leaves young ones, and what is named nearly so', async () => {
    const theirs = ['.tmp-notes', `${temporary('a')}x`, '.lock-0123', '.tmpfile'];
    for (const name of [temporary('0'), temporary('1'), turn('2'), ...theirs]) {
      await mkdir(join(root, 'a', name), { recursive: true });
      await writeFile(join(root, 'a', name, OWNER), 'half');
    }
    await writeFile(join(root, 'a', temporary('3')), 'half');
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    for (const name of [temporary('0'), turn('2'), temporary('3'), ...theirs]) {
      await utimes(join(root, 'a', name), yesterday, yesterday);
    }
    await storage.put('a/b', text('x'));
    expect((await readdir(join(root, 'a'))).sort()).toEqual([temporary('1'), 'b', ...theirs].sort());
  });

  it('clears nothing away that no writer has made, for a link may stand in the place of a leftover', async () => {
    const old = join(root, 'a', temporary('6'));
    await mkdir(join(old, OWNER), { recursive: true });
    for (const name of ['.bashrc', `${OWNER}/.bashrc`]) await writeFile(join(old, name), 'mine');
    await utimes(old, 1, 1);
    await storage.put('a/b', text('x'));
    expect(await readdir(old, { recursive: true })).toEqual(['.bashrc', OWNER, `${OWNER}/.bashrc`]);
  });

  it('clears old leftovers away everywhere when told to, and counts them', async () => {
    const old = join(root, 'a/b', temporary('4'));
    await mkdir(old, { recursive: true });
    await mkdir(join(root, 'a', turn('5')), { recursive: true });
    await utimes(old, 1, 1);
    expect(await storage.sweep?.()).toBe(1);
    expect(await readdir(join(root, 'a'))).toEqual(expect.arrayContaining([turn('5'), 'b']));
    expect(await readdir(join(root, 'a/b'))).toEqual([]);
  });

  it('moves files, in place of what is there, and knows what is not', async () => {
    await storage.put('from', text('new'));
    await storage.put('deep/er/to', text('old'));
    const { modified } = (await storage.head('from')) ?? {};
    expect(await storage.move?.('from', 'deep/er/to')).toBe(true);
    expect(await content(storage, 'deep/er/to')).toBe('new');
    expect((await storage.head('deep/er/to'))?.modified).toEqual(modified);
    expect(await storage.move?.('from', 'deep/er/to')).toBe(false);
    expect(await storage.move?.('deep', 'elsewhere')).toBe(false);
    await failsAs('bad-input', storage.move?.('../from', 'to') ?? storage.get('x'));
    await failsAs('bad-input', storage.move?.('deep/er/to', '../to') ?? storage.get('x'));
  });

  it('leaves nothing behind', async () => {
    const file = join(root, 'source');
    await writeFile(file, 'four');
    await storage.put('a/b', { file, size: 4 });
    await failsAs('conflict', storage.put('a/b', text('x'), { condition: { ifMatch: 'sha256:other' } }));
    await failsAs('io', storage.put('a/b', { file, size: 5 }));
    await failsAs('not-found', storage.put('a/b', { file: join(root, 'missing'), size: 5 }));
    await failsAs('cancelled', storage.put('a/b', text('x'), { signal: AbortSignal.abort() }));
    expect(await storage.delete('a/c')).toBe(false);
    expect(await readdir(join(root, 'a'))).toEqual(['b']);
    expect(await content(storage, 'a/b')).toBe('four');
  });

  it.each([
    [0o022, 0o644, 0o755],
    [0o027, 0o640, 0o750],
    [0o002, 0o664, 0o775],
  ])('publishes private files with the umask %o', async (umask, fileMode, folderMode) => {
    const file = join(root, 'source');
    await writeFile(file, 'x', { mode: 0o600 });
    const before = process.umask(umask);
    try {
      await storage.put('new/from-file', { file, size: 1 });
      await storage.put('new/from-memory', text('x'));
    } finally {
      process.umask(before);
    }
    expect((await stat(join(root, 'new/from-file'))).mode & 0o7777).toBe(fileMode);
    expect((await stat(join(root, 'new/from-memory'))).mode & 0o7777).toBe(fileMode);
    expect((await stat(join(root, 'new'))).mode & 0o7777).toBe(folderMode);
  });

  it('tells denied from absent', async () => {
    await storage.put('locked/file', text('x'));
    await asNobody(join(root, 'locked'), async () => {
      await failsAs('denied', storage.get('locked/file'));
      await failsAs('denied', storage.get('locked/absent'));
      await failsAs('denied', storage.put('locked/file', text('y')));
      await failsAs('denied', storage.delete('locked/file'));
      await failsAs('denied', keysOf(storage, 'locked/'));
    });
    expect(await content(storage, 'locked/file')).toBe('x');
  });

  it('says so when a file becomes shorter while it is read', async () => {
    await storage.put('large', pattern(3_000_000));
    const found = await get(storage, 'large');
    await writeFile(join(root, 'large'), 'short');
    await failsAs('io', bytes(found));
  });

  it('tells large files of one size apart', async () => {
    const first = await storage.put('large', pattern(2_000_000));
    const second = await storage.put('large', pattern(2_000_000));
    expect(second.etag).not.toBe(first.etag);
    const condition = { ifMatch: first.etag ?? '' };
    await failsAs('conflict', storage.put('large', pattern(2_000_000), { condition }));
  });

  it('leaves nothing half-written where no more can be written', async () => {
    // A limit on the size of files stands in for a full disk: the write fails in the middle.
    await storage.put('a/b', text('before'));
    const file = join(root, 'source');
    await writeFile(file, pattern(1_000_000));
    const module = join(import.meta.dirname, '../../../src/storage/file/file.ts');
    const script = `
      import { openFileStorage } from ${JSON.stringify(module)};
      const storage = openFileStorage(${JSON.stringify(root)});
      for (const source of [Buffer.alloc(1e6), { file: ${JSON.stringify(file)}, size: 1e6 }]) {
        console.log(await storage.put('a/b', source).catch((error) => error.code));
      }`;
    const limited = 'trap "" XFSZ; ulimit -f 100; exec "$0" --input-type=module -e "$1"';
    const output = execFileSync('sh', ['-c', limited, process.execPath, script], { encoding: 'utf8' });
    expect(output).toBe('io\nio\n');
    expect(await readdir(join(root, 'a'))).toEqual(['b']);
    expect(await content(storage, 'a/b')).toBe('before');
  });

  it('waits for no turn where nothing is yet: one of many writers gets the name', async () => {
    const held = join(root, 'a', turnName('b'));
    await mkdir(held, { recursive: true });
    await writeFile(join(held, 'a-writer-that-sleeps'), 'x');
    const puts = Array.from({ length: 8 }, (_, i) =>
      storage.put('a/b', text(`${i}`), { condition: { ifAbsent: true } }).then(
        () => `${i}`,
        ({ code }) => code,
      ),
    );
    const first = await Promise.any(
      puts.map(async (put) => {
        const outcome = await put;
        if (outcome === 'conflict') throw new Error(outcome);
        return outcome;
      }),
    );
    expect(await content(storage, 'a/b')).toBe(first);
    await rm(held, { recursive: true });
    expect((await Promise.all(puts)).filter((outcome) => outcome !== 'conflict')).toEqual([first]);
    expect(await readdir(join(root, 'a'))).toEqual(['b']);
  });

  it.each([
    [
      'writes in turns where the file system has no second names',
      "throw Object.assign(new Error, { code: 'EPERM' })",
    ],
    [
      'knows its own name where a network file system says that it is taken',
      'await link(from, to); await link(from, to)',
    ],
  ])('%s', async (_, body) => {
    // In a process of its own, where no thread writes the file.
    const module = join(import.meta.dirname, '../../../src/storage/file/file.ts');
    const script = `
      import fs from 'node:fs/promises';
      import { syncBuiltinESMExports } from 'node:module';
      const { link } = fs;
      fs.link = async (from, to) => { console.log('asked'); ${body}; };
      syncBuiltinESMExports();
      const { openFileStorage } = await import(${JSON.stringify(module)});
      const storage = openFileStorage(${JSON.stringify(root)});
      const put = (key) => storage.put(key, Buffer.from('new'), { condition: { ifAbsent: true } });
      await put('a/b');
      await put('a/b').catch((error) => console.log(error.code));`;
    const args = ['--input-type=module', '-e', script];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('asked\nconflict\n');
    expect(await content(storage, 'a/b')).toBe('new');
    expect(await readdir(join(root, 'a'))).toEqual(['b']);
  });

  it('refuses to put a file where a folder is', async () => {
    await storage.put('a/b', text('x'));
    await failsAs('io', storage.put('a', text('x')));
    expect(await keysOf(storage, '')).toEqual(['a/b']);
  });
});

/** Runs as somebody who may not enter the folder; root may enter any. */
async function asNobody(folder: string, run: () => Promise<void>): Promise<void> {
  const root = process.geteuid?.() === 0;
  execFileSync('chmod', ['0', folder]);
  if (root) process.seteuid?.(65534);
  try {
    await run();
  } finally {
    if (root) process.seteuid?.(0);
    execFileSync('chmod', ['755', folder]);
  }
}
