/** Whether a job can push to a mirror at all, as far as that is known before anything is built or sent. */

import { openSigner } from '../../cache/trust/signing.ts';
import type { Env } from '../../core/env.ts';
import { BuildcacheError, describeError, errorCode } from '../../core/errors.ts';
import type { Host } from '../../github/host.ts';
import { readInput } from '../../github/inputs.ts';
import { credentialVariables, resolveCredentials } from '../../mirrors/credentials.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import type { ActionInputs } from './inputs.ts';
import { jobSigningKey } from './job-secrets.ts';

interface Job {
  readonly env: Env;
  readonly host: Host;
  readonly inputs: Pick<ActionInputs, 'allowPrivileged'>;
}

/**
 * A run for a fork's pull request, or of Dependabot. A privileged run has secrets, whatever repository the pull request is
 * from.
 */
export function isWithoutSecrets({ pullRequest, ofDependabot }: Host): boolean {
  return (pullRequest?.fork === true || ofDependabot) && pullRequest?.privileged !== true;
}

/** Whether the run has secrets that files of a stranger could get at. */
export function isRefused({ host, inputs }: Pick<Job, 'host' | 'inputs'>): boolean {
  return host.pullRequest?.privileged === true && !inputs.allowPrivileged;
}

/** Why nothing of a tree is pushed where {@link isRefused}. */
export function refusedText({ eventName }: Host): string {
  return `refused on ${eventName}: what was built may be a stranger's (allow-unsafe-pull-request-target)`;
}

/** @throws BuildcacheError `denied` where the run has our secrets and may work on a stranger's files */
export function refusePrivileged({ host, inputs }: Pick<Job, 'host' | 'inputs'>): void {
  if (!isRefused({ host, inputs })) return;
  throw new BuildcacheError('denied', `refused on ${host.eventName}`, {
    hint: 'allow-unsafe-pull-request-target: true says that it is safe',
  });
}

/**
 * For commands that write and push nothing, and so need no key.
 * @throws BuildcacheError `denied` as {@link refusePrivileged}; also where the run {@link isWithoutSecrets} and was not given
 *   what the mirror asks of everybody who writes
 */
export function requireWritable(mirror: Mirror, job: Job): void {
  refusePrivileged(job);
  if (!isWithoutSecrets(job.host) || hasCredentials(mirror, job.env)) return;
  throw new BuildcacheError(
    'denied',
    `the run of a fork or of Dependabot may not write to the mirror "${mirror.name}"`,
    {
      hint: 'run this step on other events of the repository',
    },
  );
}

/** Of the mirrors to write to, those that the job may write to. */
export function writableMirrors(mirrors: readonly Mirror[], job: Job): readonly Mirror[] {
  if (isRefused(job)) return [];
  return isWithoutSecrets(job.host) ? mirrors.filter((mirror) => hasSecrets(mirror, job.env)) : mirrors;
}

export interface RightsProblem {
  /** A sentence that names the mirror or the key. */
  readonly text: string;
  /** Nothing was given. A job that has nothing to push in the end can do without it. */
  readonly isAbsent: boolean;
}

/** What would keep a push from writing to these mirrors: keys that cannot sign, and credentials that are missing. */
export async function rightsProblems(mirrors: readonly Mirror[], env: Env): Promise<RightsProblem[]> {
  const problems: RightsProblem[] = [];
  for (const { name, push } of mirrors) {
    try {
      resolveCredentials(name, push, env, 'write');
    } catch (error) {
      problems.push({ text: describeError(error), isAbsent: errorCode(error) === 'usage' });
    }
  }
  const [signed] = mirrors.filter((mirror) => mirror.signed);
  if (signed === undefined) return problems;
  const key = jobSigningKey(env);
  try {
    await openSigner({ ...key, choose: undefined, mirror: signed.name });
  } catch (error) {
    problems.push({ text: describeError(error), isAbsent: key.secretKeys === undefined });
  }
  return problems;
}

/** What to say where the workflow gives a key and no mirror is signed: whoever gives one mostly means to sign. */
export function unusedKeyText(mirrors: readonly Mirror[], env: Env): string | undefined {
  if (readInput(env, 'signing-key') === undefined || mirrors.some(({ signed }) => signed)) return undefined;
  const names = mirrors.map(({ name }) => name).join(', ');
  return `nothing is signed with signing-key, since no mirror to push to is configured as signed: ${names}`;
}

/**
 * Whether a mirror needs secrets and all of them are set. A stranger's pull request may not write to a mirror that needs
 * none, such as a folder on a self-hosted runner.
 */
function hasSecrets(mirror: Mirror, env: Env): boolean {
  const isGiven = credentialVariables(mirror.push.credentials).every((variable) => Boolean(env[variable]));
  if (!mirror.signed) return hasCredentials(mirror, env);
  return isGiven && jobSigningKey(env).secretKeys !== undefined;
}

/** A folder asks for none, whatever variables the fork's `spack.yaml` names for it. */
function hasCredentials({ push }: Mirror, env: Env): boolean {
  const variables = push.url.startsWith('file:') ? [] : credentialVariables(push.credentials);
  return variables.length > 0 && variables.every((variable) => Boolean(env[variable]));
}
