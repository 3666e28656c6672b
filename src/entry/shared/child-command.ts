/** Runs a command of the user's, such as a build. It writes its own output, and does not get our secrets. */
import { spawn } from 'node:child_process';
import { environmentOfCommand } from '../../core/child-environment.ts';
import { BuildcacheError, systemCode } from '../../core/errors.ts';
import type { Invocation } from './invocation.ts';

/** The exit code of a command that a signal has ended is this and the signal's number, as in a shell. */
const SIGNALLED = 128;

/**
 * Runs a command, and ends it when our signal fires. The signing key signs what was built, and the job's identity may give
 * the right to push it: a build needs neither, so it must not see them.
 * @returns the command's exit code; more than 128 where a signal has ended it
 * @throws BuildcacheError `not-found` where there is no such program, `denied` where it may not be run
 */
export async function runCommand(
  [program = '', ...args]: readonly string[],
  { env, cwd, signal }: Invocation & { readonly signal: AbortSignal },
): Promise<number> {
  const child = spawn(program, args, { env: environmentOfCommand(env), cwd, stdio: 'inherit' });
  const stop = () => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? SIGNALLED));
    });
  } catch (error) {
    const isAbsent = systemCode(error) === 'ENOENT';
    throw new BuildcacheError(
      isAbsent ? 'not-found' : 'denied',
      isAbsent ? 'there is no such program' : 'the program cannot be run',
      { file: program, hint: 'name the command, with its arguments, after --' },
      error,
    );
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
