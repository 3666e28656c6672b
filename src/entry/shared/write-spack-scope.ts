/** Writes the folder that `spack -C` takes, from the mirrors of a step or a command. */
import { join } from 'node:path';
import { writeWholeFile } from '../../core/write-file.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { spackScope } from '../../mirrors/spack-scope.ts';

/**
 * @param folder made if missing; its `mirrors.yaml` and `concretizer.yaml` are replaced
 * @returns notes on mirrors that were left out
 */
export async function writeSpackScope(
  mirrors: readonly Mirror[],
  folder: string,
): Promise<readonly string[]> {
  const { files, notes } = spackScope(mirrors);
  for (const [name, text] of Object.entries(files)) await writeWholeFile(join(folder, name), text);
  return notes;
}
