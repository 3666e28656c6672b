/** The copy-lists that patterns name. */
import { BuildcacheError, errorCode, fileError } from '../../core/errors.ts';
import { readBoundedText } from '../../core/read-file.ts';
import { type CopyItem, parseCopyList } from '../../plan/copy-list.ts';
import { globFiles } from './glob-files.ts';

/**
 * Bytes of all lists of a run: two hundred thousand specs, for half a gigabyte of memory. What there is more of goes into
 * several runs.
 */
const MOST = 48 * 1024 * 1024;

/**
 * @param cwd what relative patterns start from
 * @param allowNone a pattern may match nothing
 * @param most bytes of all files together
 * @throws BuildcacheError `not-found` where a pattern matches nothing, `bad-input` for a file that is not a copy-list,
 *   `too-large`
 */
export async function readCopyLists(
  patterns: readonly string[],
  cwd: string,
  allowNone: boolean,
  most: number = MOST,
): Promise<{ readonly file: string; readonly items: readonly CopyItem[] }[]> {
  const files = await Promise.all(
    patterns.map(async (pattern) => {
      try {
        return await globFiles(pattern, cwd);
      } catch (error) {
        if (allowNone && errorCode(error) === 'not-found') return [];
        throw error;
      }
    }),
  );
  // One after the other, so that no more than the bound is ever read.
  const lists: { file: string; items: readonly CopyItem[] }[] = [];
  let left = most;
  for (const file of new Set(files.flat())) {
    const text = await readText(file, left, most);
    left -= Buffer.byteLength(text);
    lists.push({ file, items: parseCopyList(text, file) });
  }
  return lists;
}

async function readText(file: string, left: number, most: number): Promise<string> {
  try {
    return await readBoundedText(file, left);
  } catch (error) {
    if (left < most && errorCode(error) === 'too-large') {
      throw new BuildcacheError('too-large', `the copy-lists have more than ${most} bytes together`, {
        file,
        hint: 'copy some of them in another run',
      });
    }
    throw fileError(error, file, 'read the copy-list');
  }
}
