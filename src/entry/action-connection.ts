/** How the action's steps talk to mirrors. */
import { DEFAULT_RETRY } from '../core/retry.ts';
import type { Connection } from '../mirrors/open.ts';
import type { ActionInputs } from './action-inputs.ts';
import { jobToken } from './job-secrets.ts';

export function actionConnection(
  { jobs, configuration }: ActionInputs,
  env: Readonly<Record<string, string | undefined>>,
): Connection {
  return {
    timeoutMs: 30_000,
    retry: DEFAULT_RETRY,
    jobs,
    verifyTls: configuration.verifyTls ?? true,
    caFile: configuration.caFile,
    env,
    githubToken: jobToken(env),
  };
}
