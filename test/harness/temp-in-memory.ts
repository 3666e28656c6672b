/**
 * Temporary folders of unit and stress tests lie in memory where there is enough of it: creating, syncing and removing
 * some hundred thousand small files on a disk is a quarter of what the tests would take. A TMPDIR that is set
 * stays, and so does the disk where /dev/shm is small or runs no programs, as in a container.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const ENOUGH = 4 * 1024 ** 3;

/** @returns what removes them */
export function setup(): (() => void) | undefined {
  if (process.env['TMPDIR'] !== undefined) return undefined;
  const folder = openFolder();
  if (folder === undefined) return undefined;
  process.env['TMPDIR'] = folder;
  return () => {
    delete process.env['TMPDIR'];
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}

function openFolder(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < ENOUGH) return undefined;
    const folder = mkdtempSync(join(MEMORY, 'bc-'));
    chmodSync(folder, 0o1777); // as /tmp is: tests that are root become somebody else
    const program = join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
    if (spawnSync(program).status === 0) return folder;
    rmSync(folder, { recursive: true });
  } catch {
    // there is none, or not for us
  }
  return undefined;
}
