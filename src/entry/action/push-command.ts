/** `command: push` of the action: pushes what is built in an install tree. */
import { BuildcacheError } from '../../core/errors.ts';
import { isRegistryUrl } from '../../environment/location.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { EMPTY_SNAPSHOT } from '../../tree/install-snapshot.ts';
import { readTreeConfiguration } from '../shared/install-tree-settings.ts';
import { chosenMirrors } from './chosen-mirrors.ts';
import { runPush } from './push-step.ts';
import type { ActionStep } from './step.ts';

/** Pushes everything in the install tree that belongs to the environment, or is named. @returns the exit code */
export async function pushCommand(step: ActionStep, reporter: JobReporter): Promise<number> {
  const { inputs, env, host } = step;
  const { settings } = await readTreeConfiguration(inputs.environment.folder, inputs.installTree, {
    env,
    checkoutEnv: inputs.checkoutEnv,
    cwd: host.workspace ?? process.cwd(),
  });
  for (const note of settings.notes) if (!inputs.configuration.notes.includes(note)) reporter.warn(note);
  const mirrors = chosenMirrors(inputs);
  const { tag } = inputs;
  if (tag !== undefined && !mirrors.some((mirror) => isRegistryUrl(mirror.push.url))) {
    throw new BuildcacheError('usage', 'tag is for registries, and none is pushed to', {
      expected: 'a mirror at oci://…',
      found: mirrors.map(({ name }) => name).join(', '),
    });
  }
  const push = { place: settings, mirrors, tag, before: EMPTY_SNAPSHOT };
  return await runPush({ ...step, ...push, expected: 'something' }, reporter);
}
