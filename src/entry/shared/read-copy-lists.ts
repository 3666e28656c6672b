/** The copy-lists that patterns name. */
import { errorCode, fileError } from '../../core/errors.ts';
import { readBoundedText } from '../../core/read-file.ts';
import { type CopyItem, parseCopyList } from '../../plan/copy-list.ts';
import { globFiles } from './glob-files.ts';

/** Bytes: two hundred thousand specs, for half a gigabyte of memory. What there is more of goes into several runs. */
const LARGEST = 48 * 1024 * 1024;

/**
 * @param cwd what relative patterns start from
 * @param allowNone a pattern may match nothing
 * @throws BuildcacheError `not-found` where a pattern matches nothing, `bad-input` for a file that is not a copy-list
 */
export async function readCopyLists(
  patterns: readonly string[],
  cwd: string,
  allowNone: boolean,
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
  return await Promise.all(
    [...new Set(files.flat())].map(async (file) => ({
      file,
      items: parseCopyList(await readText(file), file),
    })),
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readBoundedText(file, LARGEST);
  } catch (error) {
    throw fileError(error, file, 'read the copy-list');
  }
}
