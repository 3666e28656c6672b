/** What the main step leaves for its post step, so that it can tell what is new: never a secret. */
import { join } from 'node:path';
import { describeError } from '../core/errors.ts';
import { saveState } from '../github/files.ts';
import { readState } from '../github/inputs.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import type { Reporter } from '../report/reporter.ts';
import { readSnapshot, takeSnapshot, writeSnapshot } from '../tree/install-snapshot.ts';
import type { ActionInputs } from './action-inputs.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The mirrors the post step pushes to. */
export function autopushMirrors({ autopush, configuration }: ActionInputs): readonly Mirror[] {
  if (autopush === 'off') return [];
  const binary = configuration.mirrors.filter((mirror) => mirror.binary);
  if (autopush === 'configured') return binary.filter((mirror) => mirror.autopush);
  return binary.filter(({ name }) => autopush.includes(name));
}

/**
 * Records what the install tree holds now. A tree that cannot be read is a warning: the main step's own answer does not
 * need it.
 */
export async function rememberInstalled(
  inputs: ActionInputs,
  env: Env,
  folder: string,
  reporter: Reporter,
): Promise<void> {
  const { installTree } = inputs;
  if (autopushMirrors(inputs).length === 0 || !env['GITHUB_STATE']) return;
  if (installTree === undefined) {
    reporter.info('autopush is off: which install tree to push from is not known (input install-tree)');
    return;
  }
  try {
    const snapshot = await takeSnapshot(installTree);
    const file = join(folder, 'installed.json');
    await writeSnapshot(file, snapshot);
    saveState(env, 'autopush-snapshot', file);
    saveState(env, 'autopush-tree', installTree);
    reporter.info(`autopush: ${snapshot.installed.size} specs are in ${installTree} already`);
  } catch (error) {
    reporter.warn(`autopush is off: ${describeError(error)}`);
  }
}

/** What {@link rememberInstalled} recorded; undefined where it did not. */
export async function recallInstalled(env: Env) {
  const file = readState(env, 'autopush-snapshot');
  const root = readState(env, 'autopush-tree');
  if (file === undefined || root === undefined) return undefined;
  return { root, before: await readSnapshot(file) };
}
