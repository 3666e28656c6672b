/** Runs a command of the user's beside or for us: with its own output, and without what only we are to know. */
import { spawn } from 'node:child_process';
import { BuildcacheError, systemCode } from '../../core/errors.ts';
import type { Invocation } from './invocation.ts';

/** The key signs what is built: whatever a build runs need not have it. */
const OURS = ['BUILDCACHE_SIGNING_KEY', 'BUILDCACHE_SIGNING_PASSPHRASE'];

/** As a shell says it of a command that a signal has ended. */
const SIGNALLED = 128;

/**
 * @returns the exit code once it is over; 128 and more where a signal has ended it. It is ended, too, when ours is
 * @throws BuildcacheError `not-found` where there is no such program, `denied` where it may not be run
 */
export async function runCommand(
  [program = '', ...args]: readonly string[],
  { env, cwd, signal }: Invocation & { readonly signal: AbortSignal },
): Promise<number> {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !OURS.includes(name)));
  const child = spawn(program, args, { env: own, cwd, stdio: 'inherit' });
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
