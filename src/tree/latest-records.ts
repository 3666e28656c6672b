/**
 * What the database of a tree says by now. Another process may be installing the same thousand specs, and then it is asked
 * for each of them: it is read again only when it is another file.
 */
import type { InstallRecord } from '../spec/database.ts';
import { databaseIdentity } from './database-identity.ts';
import { readTreeIfThere } from './install-snapshot.ts';

/** @returns the record; undefined where there is none, or no database. Throws as `readInstallTree`. */
export type RecordByNow = (hash: string) => Promise<InstallRecord | undefined>;

/** @param root of the install tree, absolute, its padding included */
export function latestRecords(root: string): RecordByNow {
  let identity: string | undefined;
  let records: Promise<ReadonlyMap<string, InstallRecord> | undefined> | undefined;
  return async (hash) => {
    // It is looked at first: what is read may be newer, and then it is read once more.
    const now = await databaseIdentity(root);
    if (now === undefined || now !== identity || records === undefined) {
      identity = now;
      records = readTreeIfThere(root).then((tree) => tree?.records);
      records.catch(() => {
        identity = undefined;
      });
    }
    return (await records)?.get(hash);
  };
}
