/** Reads the entry of a spec that is to be in an index, also where something else has the spec's hash in its name. */
import { BuildcacheError, describeError, errorCode } from '../../core/errors.ts';
import type { SpecFile } from '../../spec/spec-file.ts';
import { askedAgain } from '../../storage/asked-again.ts';
import type { EntryReader, ListedEntry } from '../entries.ts';
import { documentUrl } from '../fetch-document.ts';

export interface SoundEntry {
  /** Undefined where none of the entries is sound. */
  readonly file: SpecFile | undefined;
  readonly failures: readonly { readonly entry: ListedEntry; readonly reason: string }[];
}

/**
 * The first entry of a hash that is sound. What lies beside it under another name takes nothing from it.
 * @throws as the storage does
 */
export async function readSound(
  reader: EntryReader,
  entries: readonly ListedEntry[],
  signal: AbortSignal | undefined,
): Promise<SoundEntry> {
  const failures: { entry: ListedEntry; reason: string }[] = [];
  for (const entry of entries) {
    try {
      return { file: await readEntrySpec(reader, entry, signal), failures };
    } catch (error) {
      if (!isBroken(error)) throw error;
      failures.push({ entry, reason: describeError(error) });
    }
  }
  return { file: undefined, failures };
}

/** A spec's document, which must be about the spec that the entry's name says. */
async function readEntrySpec(
  reader: EntryReader,
  { hash, key }: ListedEntry,
  signal: AbortSignal | undefined,
): Promise<SpecFile> {
  const url = documentUrl(reader.storage, key);
  const entry = await askedAgain(reader.storage, () => reader.readAt(key, signal), signal);
  if (entry === undefined) {
    throw new BuildcacheError('not-found', 'it is listed, and not there', {
      url,
      hint: 'run `buildcache update-index MIRROR` later, if nobody has removed it meanwhile',
    });
  }
  const file = await reader.readSpec(entry, signal);
  const { root } = file;
  if (root.hash !== hash || !reader.isPlaceOf(key, root)) {
    throw new BuildcacheError('bad-input', 'it is filed as another spec', {
      url,
      expected: hash,
      found: `${root.name}@${root.version}/${root.hash}`,
    });
  }
  return file;
}

/** Whether the entry itself is to blame, and not the way to it. */
function isBroken(error: unknown): boolean {
  return ['bad-input', 'corrupt', 'unsupported', 'too-large', 'not-found'].includes(errorCode(error));
}
