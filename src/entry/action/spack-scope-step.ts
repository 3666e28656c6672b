/**
 * The input `spack-scope`: writes the step's mirrors as a configuration scope, which the job's Spack steps name with
 * `-C`. Setting a variable instead would not do: the one that Spack has for this (SPACK_SYSTEM_CONFIG_PATH) is ignored in
 * jobs that turn local configuration off.
 */

import { join } from 'node:path';
import type { Env } from '../../core/env.ts';
import { setOutput } from '../../github/files.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { writeSpackScope } from '../shared/write-spack-scope.ts';
import type { ActionInputs } from './inputs.ts';

/** Writes the scope below the step's folder, and sets the output `spack-scope` to its path. */
export async function spackScopeStep(
  { configuration }: ActionInputs,
  { env, folder }: { readonly env: Env; readonly folder: string },
  reporter: JobReporter,
): Promise<void> {
  const scope = join(folder, 'spack-scope');
  for (const note of await writeSpackScope(configuration.mirrors, scope)) reporter.warn(note);
  setOutput(env, 'spack-scope', scope);
  reporter.info(`spack-scope: the steps that follow may say spack -C ${scope}`);
}
