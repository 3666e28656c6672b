/** `update-index`: makes a mirror's index anew from what the mirror holds, and the list of its keys. */
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import { type IndexUpdate, remakeIndex } from '../cache/writing/update-index.ts';
import { BuildcacheError } from '../core/errors.ts';

export interface UpdateIndexOptions {
  readonly cache: CacheWriter;
  /** For a view: the hashes that it lists. Undefined: everything. */
  readonly only: ReadonlySet<string> | undefined;
  /** What to do with a view that exists. */
  readonly existing: 'refuse' | 'replace' | 'append';
  readonly keys: boolean;
  /** Whether to read every spec again. */
  readonly full: boolean;
  readonly jobs: number;
  readonly signal: AbortSignal;
}

export interface UpdateIndexResult {
  readonly url: string;
  readonly index: IndexUpdate;
  readonly keysChanged: boolean;
  /** Entries that were left out, and why. */
  readonly problems: readonly string[];
}

/**
 * @throws BuildcacheError `usage` for a view that exists and may not be replaced; `unsupported` for layout 2; else as the
 *   storage does
 */
export async function updateIndex(options: UpdateIndexOptions): Promise<UpdateIndexResult> {
  const { cache, only, existing, keys, full, jobs, signal } = options;
  if (cache.index.isView && existing === 'refuse') await requireNoView(cache, signal);
  await cache.prepare(signal);
  const problems: string[] = [];
  const onProblem = (text: string) => void problems.push(text);
  const index = await remakeIndex(cache, {
    only,
    append: existing === 'append',
    full,
    jobs,
    onProblem,
    signal,
  });
  const keysChanged = keys && (await cache.updateKeyIndex(signal));
  return { url: cache.reader.storage.url, index, keysChanged, problems };
}

async function requireNoView({ index }: CacheWriter, signal: AbortSignal): Promise<void> {
  if (!(await index.read(signal)).exists) return;
  throw new BuildcacheError('usage', 'there is an index of that name already', {
    url: index.url,
    hint: 'replace it with --force, or add to it with --append',
  });
}
