/** What the runner does at the end of a job on Linux: it kills all processes that have the job's mark in their environment. */
import { readdirSync, readFileSync } from 'node:fs';

/** @param id the value of RUNNER_TRACKING_ID @returns the command lines of what was killed */
export function killOrphans(id: string): string[] {
  const killed: string[] = [];
  for (const pid of processes()) {
    if (!read(pid, 'environ').split('\0').includes(`RUNNER_TRACKING_ID=${id}`)) continue;
    const command = read(pid, 'cmdline').replaceAll('\0', ' ').trim();
    try {
      process.kill(pid, 'SIGKILL');
      killed.push(command);
    } catch {
      // It has just ended.
    }
  }
  return killed;
}

function processes(): number[] {
  try {
    const names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return names.map(Number).filter((pid) => pid !== process.pid);
  } catch {
    return [];
  }
}

/** Of another user's, or one that is gone meanwhile: nothing, as it is not of this job. */
function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
