/** What the main step records for its post step, so that the post step can tell what is new. It holds no secret. */

import { join } from 'node:path';
import { shortRoot } from '../../commands/require-root-length.ts';
import type { Env } from '../../core/env.ts';
import { describeError, errorCode } from '../../core/errors.ts';
import { isObject } from '../../core/json.ts';
import { saveState } from '../../github/files.ts';
import type { Host } from '../../github/host.ts';
import { readState } from '../../github/inputs.ts';
import type { Reporter } from '../../report/reporter.ts';
import { readTreeIfThere, takeSnapshot, writeSnapshot } from '../../tree/install-snapshot.ts';
import type { TreePlace } from '../../tree/tree-root.ts';
import { autopushMirrors } from './chosen-mirrors.ts';
import type { ActionInputs } from './inputs.ts';

/** The state that {@link recallHost} reads, as a watcher gets it in its environment, too. */
export const PULL_REQUEST_STATE = 'autopush-pull-request';

const MIRRORS_STATE = 'autopush-mirrors';
/** Bytes: a variable holds twice as much. Nobody has so many mirrors. */
const MAX_NAMES = 64 * 1024;

/**
 * Records what the install tree holds now. A tree that cannot be read is not an error here. If the command of the main
 * step needs the tree, it fails by itself; the post step will say what it could not push.
 * @returns the record, as the post step will find it
 */
export async function rememberInstalled(
  inputs: ActionInputs,
  { env, host, folder }: { readonly env: Env; readonly host: Host; readonly folder: string },
  reporter: Reporter,
): Promise<Recalled> {
  const names = autopushMirrors(inputs).map(({ name }) => name);
  if (names.length === 0 || !env['GITHUB_STATE']) return { kind: 'off' };
  saveState(env, PULL_REQUEST_STATE, pullRequestState(host));
  const mirrors = JSON.stringify(names);
  if (Buffer.byteLength(mirrors) <= MAX_NAMES) saveState(env, MIRRORS_STATE, mirrors);
  const cwd = host.workspace ?? process.cwd();
  // This module is heavy, and most checks push nothing.
  const { readTreeConfiguration } = await import('../shared/install-tree-settings.ts');
  let place: TreePlace;
  try {
    const { settings } = await readTreeConfiguration(inputs.environment.folder, inputs.installTree, {
      env,
      checkoutEnv: inputs.checkoutEnv,
      cwd,
    });
    for (const note of settings.notes) if (!inputs.configuration.notes.includes(note)) reporter.warn(note);
    place = settings;
  } catch (error) {
    const reason = describeError(error);
    const kind = errorCode(error) === 'usage' ? 'unknown' : 'broken';
    saveState(env, `autopush-${kind}`, reason);
    return { kind, reason };
  }
  try {
    const tree = await readTreeIfThere(place);
    const snapshot = await takeSnapshot(place, tree);
    // The files of outputs are in the same folder.
    const file = join(folder, 'before-autopush.json');
    await writeSnapshot(file, snapshot);
    saveState(env, 'autopush-snapshot', file);
    saveState(env, 'autopush-tree', place.unpaddedRoot);
    for (const note of tree?.notes ?? []) reporter.warn(`autopush: ${note}`);
    const holds =
      tree === undefined ? 'there is no install tree in' : `${snapshot.installed.size} specs are in`;
    const when = tree === undefined ? 'yet' : 'already';
    reporter.info(`autopush: ${holds} ${tree?.root ?? place.root} ${when}`);
    const short = shortRoot(tree?.root ?? place.root, inputs.minRootLength);
    if (short !== undefined) reporter.warn(`autopush: nothing will be pushed: ${describeError(short)}`);
    return { kind: 'recorded', root: place.unpaddedRoot, file };
  } catch (error) {
    const reason = describeError(error);
    saveState(env, 'autopush-broken', reason);
    return { kind: 'broken', reason };
  }
}

/** Whether the job has something to build, as far as the main step could tell. */
export function rememberNeeded(env: Env, needed: boolean): void {
  if (env['GITHUB_STATE']) saveState(env, 'autopush-needed', String(needed));
}

/** What {@link rememberInstalled} left. */
export type Recalled =
  /** Nothing is to be pushed. */
  | { readonly kind: 'off' }
  /** Neither an input nor the configuration says which tree to watch. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** What the tree held could not be recorded. */
  | { readonly kind: 'broken'; readonly reason: string }
  | { readonly kind: 'recorded'; readonly root: string; readonly file: string };

/** The value of {@link PULL_REQUEST_STATE}. */
export function pullRequestState({ pullRequest }: Host): string {
  return JSON.stringify(pullRequest ?? null);
}

/**
 * What the main step has found about the pull request. It decides whether this job may push and sign, and the file of the
 * event lies where builds can write.
 * @returns undefined where no main step has said it
 */
export function recallHost(env: Env): Pick<Host, 'pullRequest'> | undefined {
  const text = readState(env, PULL_REQUEST_STATE);
  if (text === undefined) return undefined;
  const found: unknown = JSON.parse(text);
  if (found === null) return { pullRequest: undefined };
  // What nobody understands is a pull request that may do the least.
  const { number, fork, privileged } = isObject(found) ? found : {};
  return {
    pullRequest: {
      number: typeof number === 'number' ? number : undefined,
      fork: fork !== false,
      privileged: privileged !== false,
    },
  };
}

/** Names of the mirrors that the job was to push to when it began; none where that is not known. */
export function recallMirrors(env: Env): readonly string[] {
  const names: unknown = JSON.parse(readState(env, MIRRORS_STATE) ?? '[]');
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

export function recallInstalled(env: Env): Recalled {
  for (const kind of ['unknown', 'broken'] as const) {
    const reason = readState(env, `autopush-${kind}`);
    if (reason !== undefined) return { kind, reason };
  }
  const file = readState(env, 'autopush-snapshot');
  const root = readState(env, 'autopush-tree');
  return file === undefined || root === undefined ? { kind: 'off' } : { kind: 'recorded', root, file };
}

/** Whether the job may have had something to build. It is false only if the main step recorded that nothing was. */
export function recallNeeded(env: Env): boolean {
  return readState(env, 'autopush-needed') !== 'false';
}
