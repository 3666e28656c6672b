/** `command: push` of the action: pushes what is built in an install tree. */
import { BuildcacheError } from '../../core/errors.ts';
import { isRegistryUrl } from '../../environment/location.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import type { SpecGraph } from '../../spec/graph.ts';
import { EMPTY_SNAPSHOT } from '../../tree/install-snapshot.ts';
import { readTreeConfiguration } from '../shared/install-tree-settings.ts';
import { namedEnvironment } from '../shared/named-environment.ts';
import { chosenMirrors } from './chosen-mirrors.ts';
import { unusedKeyText } from './push-rights.ts';
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
  const unused = unusedKeyText(mirrors, env);
  if (unused !== undefined) reporter.info(unused);
  const { tag } = inputs;
  if (tag !== undefined && !mirrors.some((mirror) => isRegistryUrl(mirror.push.url))) {
    throw new BuildcacheError('usage', 'tag is for registries, and none is pushed to', {
      expected: 'a mirror at oci://…',
      found: mirrors.map(({ name }) => name).join(', '),
    });
  }
  const lockfile = await readMeant(step);
  const push = { place: settings, mirrors, tag, lockfile, before: EMPTY_SNAPSHOT };
  return await runPush({ ...step, ...push, expected: 'something' }, reporter);
}

/**
 * The environment's specs. Without them only specs that are named are pushed, as by the verb: the tree of a runner that is
 * kept has what other projects have built.
 * @throws BuildcacheError `not-found` for an environment that is named and has no lockfile, `usage` where nothing is named
 */
async function readMeant({ inputs, env }: ActionStep): Promise<SpecGraph | undefined> {
  const named = { environment: inputs.namedEnvironment };
  const lockfile = await namedEnvironment(inputs.environment, named, env);
  if (lockfile !== undefined || inputs.selection.specs.length > 0) return lockfile;
  throw new BuildcacheError(
    'usage',
    'there is nothing to push: no spec was named and there is no environment',
    { hint: 'name a folder with a spack.lock in the input environment, or specs in the input specs' },
  );
}
