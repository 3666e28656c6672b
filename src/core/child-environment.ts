/**
 * The environment of programs that we start. A step has secrets in its own (a signing key, credentials of mirrors, tokens of
 * the runner), and none of them is a program's business that locks a file or edits one.
 */

import type { Env } from './env.ts';

/** What a program needs to be found, to find its libraries, to speak English and to have room. */
const NEEDED = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'HOME', 'TMPDIR', 'SYSTEMROOT'];

/** For programs that need nothing of ours. @param env ours; the process's own when not given */
export function childEnvironment(env: Env = process.env): Record<string, string> {
  const kept = NEEDED.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

/**
 * For programs that look for credentials of their own, as docker's helpers do: all but what is for this program, or
 * for GitHub's runner.
 */
export function environmentWithoutOurs(env: Env): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isOurs(name)));
}

/**
 * Whether a checked-out file may ask about a variable at all. Which mirrors are spoken to tells their servers the answer:
 * a few hundred conditions such as `'a' in env['TOKEN']` spell a secret out.
 */
export function mayBeAsked(variable: string): boolean {
  return !isOurs(variable) && !SECRET_NAME.test(variable);
}

const SECRET_NAME =
  /TOKEN|SECRET|PASS|CREDENTIAL|PRIVATE|SIGN|LOGIN|COOKIE|BEARER|JWT|AUTH|KEY|PAT$|(?:^|_)PW(?:_|$)/i;

/** What the runner and the system say of themselves: no workflow's author has given a secret such a name. */
const PUBLIC_NAME =
  /^(?:CI|HOME|USER|LOGNAME|HOSTNAME|LANG|PATH|SHELL|TMPDIR|(?:RUNNER|GITHUB|SLURM)_[A-Z_]+|SPACK_[A-Z_]+)$/;

/** Variables for configuration that is a stranger's, in a job with secrets of whatever name. */
export function publicVariables(env: Env): Env {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => PUBLIC_NAME.test(name) && mayBeAsked(name)),
  );
}

/** Whether a variable is a secret of the job itself: no mirror's credential, and for no other program. */
export function isOurs(variable: string): boolean {
  return /^(?:ACTIONS_|INPUT_|STATE_|BUILDCACHE_SIGNING_|SPACK_SIGNING_)/i.test(variable);
}
