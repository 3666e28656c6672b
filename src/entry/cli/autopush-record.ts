/** `buildcache autopush --record FILE`: before a build, notes what the install tree holds. */
import { resolve } from 'node:path';
import { refuseDevice } from '../../core/device-path.ts';
import { errorCode } from '../../core/errors.ts';
import { findEnvironment } from '../../environment/environment.ts';
import { terminalReporter } from '../../report/terminal.ts';
import { readTreeIfThere, takeSnapshot, writeSnapshot } from '../../tree/install-snapshot.ts';
import type { SharedOptions } from './shared-options.ts';
import { type StoreOptions, storePlace } from './store-options.ts';
import type { VerbContext } from './verb.ts';

/**
 * Writes to `file` what the install tree holds, for `--since`. It needs neither mirrors nor an environment, since the
 * build may only make these later.
 * @throws BuildcacheError when the tree cannot be read, or `file` cannot be written
 */
export async function recordTree(
  file: string,
  options: SharedOptions & StoreOptions,
  context: VerbContext,
): Promise<void> {
  const { env, cwd, stdout, stderr } = context;
  refuseDevice(file);
  const where = resolve(cwd, options.environment ?? (env['SPACK_ENV'] || '.'));
  const environment = await findEnvironment(where).catch((error: unknown) => {
    if (errorCode(error) !== 'not-found') throw error;
    return { folder: where, lockfile: '' };
  });
  const reporter = terminalReporter({
    verbosity: options.quiet ? 'quiet' : 'normal',
    color: false,
    interactive: false,
    write: (text) => stderr.write(text),
  });
  const place = await storePlace(options, { environment, notes: [], reporter }, context);
  const tree = await readTreeIfThere(place);
  for (const note of tree?.notes ?? []) reporter.warn(note);
  const snapshot = await takeSnapshot(place, tree);
  await writeSnapshot(file, snapshot);
  const installed = snapshot.installed.size;
  const root = tree?.root ?? place.root;
  if (options.json) stdout.write(`${JSON.stringify({ version: 1, installed, install_tree: root })}\n`);
  else if (!options.quiet && tree === undefined) stdout.write(`there is no install tree in ${root} yet\n`);
  else if (!options.quiet) stdout.write(`${installed} specs are in ${root} already\n`);
}
