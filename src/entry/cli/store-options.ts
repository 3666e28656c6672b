/** The install tree that a verb works on: the options, and the values they are turned into. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { spackRoot } from '../../environment/spack-root.ts';
import type { TreePlace } from '../../tree/tree-root.ts';
import { readTreeConfiguration } from '../shared/install-tree-settings.ts';
import type { Surroundings } from './shared-options.ts';
import type { VerbContext } from './verb.ts';

export interface StoreOptions {
  readonly store?: string;
  readonly spackPrefix?: string;
}

export function addStoreOptions(command: Command): Command {
  return command
    .option(
      '--store <dir>',
      'the root of the install tree (default: as configured, else opt/spack of $SPACK_ROOT or of the spack on the PATH)',
    )
    .option(
      '--spack-prefix <dir>',
      "Spack's own prefix, for the build info (default: $SPACK_ROOT, else that of the spack on the PATH, else the store)",
    );
}

/**
 * The install tree that a verb works on; it need not exist. Warns of parts of the configuration that are not read.
 * @throws BuildcacheError as `readTreeConfiguration`
 */
export async function storePlace(
  { store }: StoreOptions,
  { environment, notes, reporter }: Pick<Surroundings, 'environment' | 'notes' | 'reporter'>,
  context: Pick<VerbContext, 'env' | 'cwd'>,
): Promise<TreePlace> {
  const { settings } = await readTreeConfiguration(environment.folder, store, context);
  for (const note of settings.notes) if (!notes.includes(note)) reporter.warn(note);
  return settings;
}

/** What is written into the build info. */
export function spackPrefix(
  options: StoreOptions,
  { env, cwd }: Pick<VerbContext, 'env' | 'cwd'>,
  store: string,
): string {
  return resolve(cwd, options.spackPrefix ?? spackRoot(env) ?? store);
}
