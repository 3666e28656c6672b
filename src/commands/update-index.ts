/** `update-index`: a mirror's index, made anew from what it holds; and the list of its keys. */
import { type IndexUpdate, remakeIndex } from '../cache/index-update.ts';
import { indexManifestKey } from '../cache/layout3.ts';
import { ensureLayout3 } from '../cache/publish.ts';
import { updateKeyIndex } from '../cache/publish-keys.ts';
import { BuildcacheError } from '../core/errors.ts';
import type { Storage } from '../storage/storage.ts';

export interface UpdateIndexOptions {
  readonly storage: Storage;
  readonly view: string | undefined;
  /** For a view: the hashes it lists; everything when undefined. */
  readonly only: ReadonlySet<string> | undefined;
  /** A view that is there is replaced. */
  readonly force: boolean;
  readonly keys: boolean;
  /** Read every spec again. */
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
 * @throws BuildcacheError `usage` for a view that is there and may not be replaced; `unsupported` for layout 2; else as
 *   the storage does
 */
export async function updateIndex(options: UpdateIndexOptions): Promise<UpdateIndexResult> {
  const { storage, view, only, force, keys, full, jobs, signal } = options;
  if (view !== undefined && !force) await requireNoView(storage, view, signal);
  await ensureLayout3(storage, signal);
  const problems: string[] = [];
  const onProblem = (text: string) => void problems.push(text);
  const index = await remakeIndex(storage, { view, only, full, jobs, onProblem, signal });
  const keysChanged = keys && (await updateKeyIndex(storage, signal));
  return { url: storage.url, index, keysChanged, problems };
}

async function requireNoView(storage: Storage, view: string, signal: AbortSignal): Promise<void> {
  if ((await storage.head(indexManifestKey(view), { signal })) === undefined) return;
  throw new BuildcacheError('usage', `there is an index "${view}" already`, {
    url: storage.url,
    hint: 'replace it with --force',
  });
}
