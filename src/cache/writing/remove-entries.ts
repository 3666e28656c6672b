/**
 * Removing entries from a mirror and its indices. The indices forget entries before these go, so that no index lists
 * what is not there. Until then, an entry that is not listed is still found by those who ask for it.
 */

import pLimit from 'p-limit';
import { throwIfCancelled, withGrace } from '../../core/abort.ts';
import { describeError, errorCode } from '../../core/errors.ts';
import { addTo } from '../../core/multimap.ts';
import type { ListedEntry } from '../entries.ts';
import type { CacheWriter } from './cache-writer.ts';
import { remakeIndex } from './update-index.ts';

export interface RemovalOptions {
  /** Requests under way at once. */
  readonly jobs: number;
  readonly signal: AbortSignal;
}

/** As for a push: GitHub's runner waits some ten seconds for a step that it cancels. */
const GRACE_MS = 5_000;

/**
 * @param problems gets what could not be removed, or was written again meanwhile and stays
 * @returns those that were removed
 * @throws as the storage does where an index cannot be updated; `cancelled`. Entries that stay are put back into the
 *   indices then, as far as these can be written
 */
export async function removeEntries(
  cache: CacheWriter,
  condemned: readonly ListedEntry[],
  problems: string[],
  options: RemovalOptions,
): Promise<ListedEntry[]> {
  if (condemned.length === 0) return [];
  const withheld: Withheld = new Map();
  const told = new Set(problems);
  const onProblem = (text: string) => {
    if (told.has(text)) return;
    told.add(text);
    problems.push(text);
  };
  // An entry that stays after all belongs in the indices. A removed one that a rebuild has listed meanwhile does not.
  const putBack = async () => {
    const signal = withGrace(options.signal, GRACE_MS);
    await updateIndices(cache, { ...options, signal }, { withheld, onProblem });
  };
  let removed: ListedEntry[];
  try {
    const without = new Set(condemned.map(({ hash }) => hash));
    await updateIndices(cache, options, { without, withheld, onProblem });
    removed = await removeAll(cache, condemned, problems, options);
  } catch (error) {
    await putBack().catch(() => undefined); // The first error says more.
    throw error;
  }
  await putBack();
  return removed;
}

async function removeAll(
  cache: CacheWriter,
  condemned: readonly ListedEntry[],
  problems: string[],
  { jobs, signal }: RemovalOptions,
): Promise<ListedEntry[]> {
  const limit = pLimit(jobs);
  const removed: ListedEntry[] = [];
  const failures = new Map<string, string[]>();
  const remove = async (entry: ListedEntry) => {
    if (signal.aborted) return;
    try {
      if (await cache.remove(entry, signal)) removed.push(entry);
      else problems.push(`${entry.key} was written or removed meanwhile by somebody else`);
    } catch (error) {
      addTo(failures, describeError(error), entry.key);
    }
  };
  // All of them end before the indices are put right.
  await Promise.all(condemned.map((entry) => limit(remove, entry)));
  throwIfCancelled(signal);
  // A server that refuses one refuses all, in the same words.
  for (const [reason, [first, ...others]] of failures) {
    const which = others.length === 0 ? `${first}` : `${first} and ${others.length} more`;
    problems.push(`${which} could not be removed: ${reason}`);
  }
  return removed;
}

/** What views have listed of entries that were to go, by the URL of the view: nothing else knows what a view is about. */
type Withheld = Map<string, Set<string>>;

/**
 * Makes the main index and the present views anew. Each view lists what it listed before and is still there; the main
 * index lists everything. A view stays as it is where most of what it lists cannot be seen.
 * @param how.without hashes that are not to be listed
 * @param how.withheld what views list as well. Gets what they list no more because of `without`
 * @param how.onProblem told of entries that cannot be listed, and of views that cannot be read
 * @returns whether anything had to be changed
 */
export async function updateIndices(
  cache: CacheWriter,
  { jobs, signal }: RemovalOptions,
  how: {
    readonly without?: ReadonlySet<string>;
    readonly withheld?: Withheld;
    readonly onProblem: (text: string) => void;
  },
): Promise<boolean> {
  const { without, withheld, onProblem } = how;
  let changed = false;
  for (const index of await cache.listIndices(signal)) {
    const before = withheld?.get(index.url) ?? new Set();
    if (index.isView) withheld?.set(index.url, before);
    const only = index.isView ? { only: before, append: true, unlessUnseen: true } : {};
    const onWithheld = (hash: string) => void before.add(hash);
    const options = { ...only, without, onWithheld, full: false, jobs, onProblem, signal };
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
