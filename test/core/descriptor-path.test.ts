import { chownSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { inOwnFolder } from '../../src/core/descriptor-path.ts';
import { tempDir } from '../harness/temp-dir.ts';

async function folders() {
  const dir = await tempDir();
  const [ours, theirs] = [join(dir.path, 'ours'), join(dir.path, 'theirs')];
  for (const folder of [ours, theirs]) {
    mkdirSync(folder);
    writeFileSync(join(folder, 'file'), folder);
  }
  const swap = () => {
    renameSync(ours, join(dir.path, 'moved'));
    symlinkSync(theirs, ours);
  };
  return { ours, theirs, swap, [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose]() };
}

test('a folder that is open is read, whatever has its name by now', async () => {
  await using dir = await folders();
  const text = await inOwnFolder(dir.ours, async (at) => {
    dir.swap();
    return readFileSync(join(at, 'file'), 'utf8');
  });
  expect(text).toBe(dir.ours);
});

test('a link in its place is refused', async () => {
  await using dir = await folders();
  dir.swap();
  await expect(inOwnFolder(dir.ours, async (at) => at)).rejects.toThrow();
});

test('only its owner may use it', async () => {
  await using dir = await folders();
  // Only root can give it away.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(dir.ours, 12345, 12345);
  const outcome = await inOwnFolder(dir.ours, async () => 'used').catch((error) => error.code);
  expect(outcome).toBe(isRoot ? 'conflict' : 'used');
});

test('where the system keeps its descriptors to itself, there is no path through them', async () => {
  vi.doMock('node:fs', async (original) => ({
    ...(await original<typeof import('node:fs')>()),
    statSync: () => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'stat' });
    },
  }));
  try {
    vi.resetModules();
    const { throughDescriptor } = await import('../../src/core/descriptor-path.ts');
    expect(throughDescriptor(0)).toBeUndefined();
  } finally {
    vi.doUnmock('node:fs');
    vi.resetModules();
  }
});
