/** Options of verbs that write a copy-list. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { BuildcacheError } from '../../core/errors.ts';
import type { VerbContext } from './verb.ts';

export interface CopyListOptions {
  readonly copyTo?: string;
  readonly copyList: string;
}

/** @param what goes into the list */
export function addCopyListOptions(command: Command, what: string): Command {
  return command
    .option('--copy-to <mirror>', `write a copy-list of ${what}, for \`sync\` to bring it to this mirror`)
    .option('--copy-list <file>', 'where the copy-list is written, with --copy-to', 'copy-list.json')
    .hook('preAction', requireCopyTo);
}

/** @throws BuildcacheError `usage` for a list that nobody would write: a later sync would take an older one for it */
function requireCopyTo(command: Command): void {
  const { copyTo } = command.opts<CopyListOptions>();
  if (copyTo !== undefined || command.getOptionValueSource('copyList') !== 'cli') return;
  throw new BuildcacheError('usage', '--copy-list goes with --copy-to, which says where to copy to');
}

/** The file; undefined where none is to be written. */
export function copyListFile(
  { copyTo, copyList }: CopyListOptions,
  { cwd }: VerbContext,
): string | undefined {
  return copyTo === undefined ? undefined : resolve(cwd, copyList);
}
