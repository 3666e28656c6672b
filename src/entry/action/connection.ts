/** How the action's steps talk to mirrors. */
import type { Env } from '../../core/env.ts';
import { DEFAULT_RETRY } from '../../core/retry.ts';
import { awsRenewal } from '../../github/aws-credentials.ts';
import { addMask } from '../../github/workflow-commands.ts';
import type { Connection } from '../../mirrors/open.ts';
import type { ActionInputs } from './inputs.ts';
import { jobToken } from './job-secrets.ts';

/** @param tell called with each secret that is obtained on the way; when not given, the runner is told to mask it */
export function actionConnection(
  { jobs, timeout, retries, configuration }: ActionInputs,
  env: Env,
  tell: (secret: string) => void = mask,
): Connection {
  return {
    timeoutMs: timeout * 1000,
    retry: { ...DEFAULT_RETRY, retries },
    jobs,
    verifyTls: configuration.verifyTls ?? true,
    caFile: configuration.caFile,
    env,
    githubToken: jobToken(env),
    renewAws: awsRenewal(env, tell),
  };
}

function mask(secret: string): void {
  const line = addMask(secret);
  if (line !== undefined) process.stdout.write(`${line}\n`);
}
