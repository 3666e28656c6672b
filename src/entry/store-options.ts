/** The install tree a verb works on: its options and what they come to. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { BuildcacheError } from '../core/errors.ts';
import type { VerbContext } from './verbs.ts';

export interface StoreOptions {
  readonly store?: string;
  readonly spackPrefix?: string;
}

export function addStoreOptions(command: Command): Command {
  return command
    .option('--store <dir>', 'the root of the install tree (default: $SPACK_ROOT/opt/spack)')
    .option(
      '--spack-prefix <dir>',
      "Spack's own prefix, for the build info (default: $SPACK_ROOT, else the store)",
    );
}

/** @throws BuildcacheError `usage` when it is not known */
export function storeRoot({ store }: StoreOptions, { env, cwd }: Pick<VerbContext, 'env' | 'cwd'>): string {
  if (store !== undefined) return resolve(cwd, store);
  if (env['SPACK_ROOT']) return resolve(env['SPACK_ROOT'], 'opt', 'spack');
  throw new BuildcacheError('usage', 'which install tree to push from is not known', {
    hint: "name its root with --store (config:install_tree:root in Spack's configuration)",
  });
}

/** What is written into the build info. */
export function spackPrefix(
  options: StoreOptions,
  { env, cwd }: Pick<VerbContext, 'env' | 'cwd'>,
  store: string,
): string {
  return resolve(cwd, options.spackPrefix ?? (env['SPACK_ROOT'] || store));
}
