import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFileStorage } from '../../../src/storage/file/file.ts';

const WRITER = join(import.meta.dirname, '../../harness/add-lines.ts');

it('loses nothing that processes have published, however they die', async () => {
  const root = await mkdtemp(join(tmpdir(), 'file-stress-'));
  await openFileStorage(root).put('document', Buffer.from(''));
  const published: string[] = [];
  const start = (name: string, lines: number): ChildProcess => {
    const child = spawn(process.execPath, [WRITER, root, name, String(lines)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let rest = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      published.push(...lines);
    });
    return child;
  };
  const ended = (child: ChildProcess) => new Promise((resolve) => child.once('close', resolve));

  // Writers to be killed at any moment, and writers that must get through all the same.
  const mortals = Array.from({ length: 24 }, async (_, i) => {
    const child = start(`mortal${i}`, 1_000_000);
    setTimeout(() => child.kill('SIGKILL'), 1_000 + i * 400 + Math.random() * 300);
    await ended(child);
  });
  const survivors = Array.from({ length: 3 }, async (_, i) => {
    const child = start(`survivor${i}`, 100);
    await ended(child);
    expect(child.exitCode).toBe(0);
  });
  await Promise.all([...mortals, ...survivors]);

  const lines = (await readFile(join(root, 'document'), 'utf8')).split('\n').slice(0, -1);
  expect(new Set(lines).size).toBe(lines.length);
  expect(published.filter((line) => !lines.includes(line))).toEqual([]);
  expect(published.filter((line) => line.startsWith('survivor')).length).toBe(300);
  // Whoever comes next gets its turn, dead writers or not.
  const begun = performance.now();
  await openFileStorage(root).put('document', Buffer.from('last'));
  expect(performance.now() - begun).toBeLessThan(10_000);
  const leftovers = await readdir(root);
  console.log(`${published.length} lines published, left behind: ${leftovers.length - 1}`);
  await rm(root, { recursive: true });
});
