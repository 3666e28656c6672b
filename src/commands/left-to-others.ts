/**
 * What a sync says of entries that it has left alone although all was to be signed anew. An entry that is present stays
 * as it is: it may be another build of the same hash, which the holder of another key has put there. So the new key does
 * not count for it, and whoever trusts only that key cannot install it.
 */
import pLimit from 'p-limit';
import type { EntryName } from '../cache/entries.ts';
import { textSignedBy } from '../cache/trust/signed-by.ts';
import { describeError } from '../core/errors.ts';
import type { SyncOptions, SyncTask } from './sync.ts';

/**
 * @param left entries that are present
 * @returns notes for people. Of an entry that is unsigned, or cannot be read now, nothing is said
 */
export async function leftToOthers(
  { cache: { reader }, openSigner }: Pick<SyncTask, 'cache' | 'openSigner'>,
  left: readonly EntryName[],
  { jobs, signal }: Pick<SyncOptions, 'jobs' | 'signal'>,
): Promise<string[]> {
  if (left.length === 0) return [];
  const signer = await openSigner().catch(() => undefined); // without the key nothing can be said
  if (signer === undefined) return [];
  const others: string[] = [];
  const unread: string[] = [];
  const look = async (name: EntryName) => {
    if (signal.aborted) return; // what was copied is to be told all the same
    const key = reader.naming.keyOfName?.(name);
    if (key === undefined) return;
    try {
      const entry = await reader.readAt(key, signal);
      if (entry === undefined || !entry.signed) return;
      for (const bytes of [entry.bytes, ...(entry.otherTexts ?? [])]) {
        if ((await textSignedBy(signer, bytes, entry.url)) !== undefined) return;
      }
      others.push(`${name.name}@${name.version}/${name.hash.slice(0, 7)}`);
    } catch (error) {
      if (!signal.aborted) unread.push(describeError(error));
    }
  };
  const limit = pLimit(jobs);
  await Promise.all(left.map((name) => limit(look, name)));
  const [first, ...more] = others.sort();
  const notes = first === undefined ? [] : [othersText(first, more.length)];
  if (unread[0] !== undefined)
    notes.push(`it is not known who has signed ${unread.length} of the present entries: ${unread[0]}`);
  return notes;
}

function othersText(first: string, more: number): string {
  const which = more === 0 ? `${first} is` : `${first} and ${more} more are`;
  return (
    `${which} present with a signature by another key, and not signed anew, since it may be another build: ` +
    'to sign all of it anew, sync to an empty mirror'
  );
}
