/** Who holds a record lock, as far as the system says: on Linux, and on this machine. */
import { readFileSync, statSync } from 'node:fs';

/** For a message; undefined where it is not known. Best effort. */
export function describeLockHolder(file: string): string | undefined {
  try {
    const inode = String(statSync(file).ino);
    const table = readFileSync('/proc/locks', 'utf8');
    for (const line of table.split('\n')) {
      // `1: POSIX  ADVISORY  WRITE 1234 08:01:5678 0 EOF`
      const [, kind, , , pid = '', place = ''] = line.trim().split(/\s+/);
      if (kind !== 'POSIX' || place.split(':')[2] !== inode || !/^[1-9]\d*$/.test(pid)) continue;
      return `process ${pid}${nameOf(pid)}`;
    }
  } catch {
    // This is not Linux, or we may not read it.
  }
  return undefined;
}

function nameOf(pid: string): string {
  try {
    return ` (${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()})`;
  } catch {
    return '';
  }
}
