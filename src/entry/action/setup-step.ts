/**
 * `command: setup` of the action: puts `buildcache` on the PATH of the steps that follow. The bundle has the program
 * already. This step writes a launcher that names the Node which runs this action, so that the job needs no other Node.
 */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { BuildcacheError, fileError } from '../../core/errors.ts';
import { addPath, setOutput } from '../../github/files.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { shellWord } from '../../report/shell-words.ts';
import type { ActionJob } from './step.ts';

/** @throws BuildcacheError `unsupported` where the launcher cannot be run; also where it cannot be written */
export async function setupCommand(
  { env, folder, signal }: ActionJob,
  reporter: JobReporter,
): Promise<number> {
  // The launcher of the command line lies beside that of this step.
  const program = join(dirname(process.argv[1] ?? ''), 'cli.js');
  const bin = join(folder, 'bin');
  const launcher = join(bin, 'buildcache');
  const text = `#!/bin/sh\nexec ${shellWord(process.execPath)} ${shellWord(program)} "$@"\n`;
  try {
    await mkdir(bin);
    await writeFile(launcher, text, { mode: 0o755 });
  } catch (error) {
    throw fileError(error, launcher, 'write the launcher of buildcache');
  }
  const version = await versionOf(launcher, signal);
  addPath(env, bin);
  setOutput(env, 'buildcache-path', launcher);
  setOutput(env, 'buildcache-version', version);
  reporter.info(`buildcache ${version} is on the PATH of the steps that follow`);
  return 0;
}

/** Runs the launcher once: its folder may forbid programs, or a shell be missing. It is better to fail here than later. */
async function versionOf(launcher: string, signal: AbortSignal): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(launcher, ['--version'], { signal });
    return stdout.trim();
  } catch (error) {
    signal.throwIfAborted();
    const hint = 'the runner needs sh, and a folder for temporary files that may hold programs';
    throw new BuildcacheError(
      'unsupported',
      'buildcache cannot be run here',
      { file: launcher, hint },
      error,
    );
  }
}
