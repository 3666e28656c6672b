/**
 * The output `copy-list`: the path of a file. The main step writes what is present into it; the post step adds what was
 * pushed.
 */

import { join } from 'node:path';
import type { Env } from '../../core/env.ts';
import { fileError, systemCode } from '../../core/errors.ts';
import { readBoundedText } from '../../core/read-file.ts';
import { writeWholeFile } from '../../core/write-file.ts';
import { saveState, setOutput } from '../../github/files.ts';
import { readState } from '../../github/inputs.ts';
import { type CopyItem, formatCopyList, parseCopyList } from '../../plan/copy-list.ts';

/** @param folder where the file is made, if the step has none yet */
export async function writeCopyList(items: readonly CopyItem[], env: Env, folder: string): Promise<void> {
  const earlier = readState(env, 'copy-list');
  const file = earlier ?? join(folder, 'copy-list.json');
  const known = earlier === undefined ? [] : await readItems(earlier);
  await writeWholeFile(file, formatCopyList([...known, ...items]));
  setOutput(env, 'copy-list', file);
  if (env['GITHUB_STATE']) saveState(env, 'copy-list', file);
}

/** Bytes, as `sync` reads at most. Builds can write there: a pipe would be waited for until the job is killed. */
const MOST = 48 * 1024 * 1024;

/** The items in the file. If a step has moved the file away, there are none. */
async function readItems(file: string): Promise<CopyItem[]> {
  try {
    return parseCopyList(await readBoundedText(file, MOST), file);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw fileError(error, file, 'read the copy-list');
  }
}
