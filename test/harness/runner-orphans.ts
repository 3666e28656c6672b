/** What the runner does at the end of a job on Linux: it kills all processes that have the job's mark in their environment. */
import { readdir, readFile } from 'node:fs/promises';

/** @param id the value of RUNNER_TRACKING_ID @returns the command lines of what was killed */
export async function killOrphans(id: string): Promise<string[]> {
  const killed: string[] = [];
  for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    if (Number(pid) === process.pid) continue;
    // Another user's, or gone meanwhile: not of this job.
    const text = async (name: string) => await readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
    if (!(await text('environ')).split('\0').includes(`RUNNER_TRACKING_ID=${id}`)) continue;
    const command = (await text('cmdline')).replaceAll('\0', ' ').trim();
    try {
      process.kill(Number(pid), 'SIGKILL');
      killed.push(command);
    } catch {
      // It has just ended.
    }
  }
  return killed;
}
