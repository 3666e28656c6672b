/**
 * Removing entries from a mirror and its indices. The indices forget entries before these go, so that no index lists
 * what is not there. Until then, an entry that is not listed is still found by those who ask for it.
 */
import pLimit from 'p-limit';
import { throwIfCancelled } from '../../core/abort.ts';
import { describeError, errorCode } from '../../core/errors.ts';
import type { ListedEntry } from '../entries.ts';
import type { CacheWriter } from './cache-writer.ts';
import { remakeIndex } from './update-index.ts';

export interface RemovalOptions {
  /** Requests under way at once. */
  readonly jobs: number;
  readonly signal: AbortSignal;
}

/**
 * @param problems gets what could not be removed, or was written again meanwhile and stays
 * @returns those that were removed
 * @throws as the storage does where an index cannot be updated; no entry has been removed then, or only the index is
 *   behind
 */
export async function removeEntries(
  cache: CacheWriter,
  condemned: readonly ListedEntry[],
  problems: string[],
  options: RemovalOptions,
): Promise<ListedEntry[]> {
  if (condemned.length === 0) return [];
  const { jobs, signal } = options;
  const without = new Set(condemned.map(({ hash }) => hash));
  const onProblem = (text: string) => {
    if (!problems.includes(text)) problems.push(text);
  };
  await updateIndices(cache, options, { without, onProblem });
  const limit = pLimit(jobs);
  const removed: ListedEntry[] = [];
  const failures = new Map<string, string[]>();
  await Promise.all(
    condemned.map((entry) =>
      limit(async () => {
        throwIfCancelled(signal);
        try {
          if (await cache.remove(entry, signal)) removed.push(entry);
          else problems.push(`${entry.key} was written or removed meanwhile by somebody else`);
        } catch (error) {
          throwIfCancelled(signal);
          const reason = describeError(error);
          failures.set(reason, [...(failures.get(reason) ?? []), entry.key]);
        }
      }),
    ),
  );
  // A server that refuses one refuses all, in the same words.
  for (const [reason, [first, ...others]] of failures) {
    const which = others.length === 0 ? `${first}` : `${first} and ${others.length} more`;
    problems.push(`${which} could not be removed: ${reason}`);
  }
  // An entry that stays after all belongs in the index. A removed one that a rebuild has listed meanwhile does not.
  await updateIndices(cache, options, { onProblem });
  return removed;
}

/**
 * Makes the main index and the present views anew. Each view lists what it listed before and is still there; the main
 * index lists everything.
 * @param how.onProblem told of entries that cannot be listed, and of views that cannot be read
 * @returns whether anything had to be changed
 */
export async function updateIndices(
  cache: CacheWriter,
  { jobs, signal }: RemovalOptions,
  how: { readonly without?: ReadonlySet<string>; readonly onProblem: (text: string) => void },
): Promise<boolean> {
  const { without, onProblem } = how;
  let changed = false;
  for (const index of await cache.listIndices(signal)) {
    // Only a view's own index knows what the view is about.
    const only = index.isView ? { only: new Set<string>(), append: true } : {};
    const options = { ...only, without, full: false, jobs, onProblem, signal };
    try {
      changed = (await remakeIndex({ reader: cache.reader, index }, options)).changed || changed;
    } catch (error) {
      // A damaged view misleads nobody, and what it was about is lost.
      if (!index.isView || !['bad-input', 'corrupt'].includes(errorCode(error))) throw error;
      onProblem(`${index.url}: the view is damaged, make it again: ${describeError(error)}`);
    }
  }
  return changed;
}
