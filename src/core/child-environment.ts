/**
 * The environment of programs that we start. A step's own environment has secrets in it (a signing key, credentials
 * of mirrors, tokens of the runner). A program that locks or edits a file has no business with any of them.
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
 * For programs that look for credentials of their own, as docker's helpers do. Leaves out what is for this program,
 * or for GitHub's runner.
 */
export function environmentWithoutOurs(env: Env): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isOurs(name)));
}

/**
 * For a command of the user's, such as a build. Where there is no runner of GitHub's, nobody but the user has given a
 * variable such a name as `INPUT_DIR`.
 */
export function environmentOfCommand(env: Env): Record<string, string | undefined> {
  if (env['GITHUB_ACTIONS']) return environmentWithoutOurs(env);
  const isTheirs = (name: string) => !isOurs(name) || /^(?:INPUT_|STATE_)/i.test(name);
  return Object.fromEntries(Object.entries(env).filter(([name]) => isTheirs(name)));
}

/**
 * Whether a checked-out file may ask about a variable at all. The answer shows in which mirrors are asked, so their
 * servers learn it: a few hundred conditions such as `'a' in env['TOKEN']` spell a secret out.
 */
export function mayBeAsked(variable: string): boolean {
  return !isOurs(variable) && !SECRET_NAME.test(variable);
}

const SECRET_NAME =
  /TOKEN|SECRET|PASS|CREDENTIAL|PRIVATE|SIGN|LOGIN|COOKIE|BEARER|JWT|AUTH|KEY|PAT$|(?:^|_)PW(?:_|$)/i;

/** What the runner and the system say of themselves. No workflow's author gives a secret such a name. */
const PUBLIC_NAME =
  /^(?:CI|HOME|USER|LOGNAME|HOSTNAME|LANG|PATH|SHELL|TMPDIR|(?:RUNNER|GITHUB|SLURM)_[A-Z_]+|SPACK_[A-Z_]+)$/;

/** The variables that a stranger's configuration may use, in a job with secrets of any name. */
export function publicVariables(env: Env): Env {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => PUBLIC_NAME.test(name) && mayBeAsked(name)),
  );
}

/** Whether a variable is a secret of the job itself: no mirror's credential, and for no other program. */
export function isOurs(variable: string): boolean {
  return /^(?:ACTIONS_|INPUT_|STATE_|BUILDCACHE_SIGNING_|SPACK_SIGNING_)/i.test(variable);
}
