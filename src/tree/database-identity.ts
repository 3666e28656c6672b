/**
 * Tells one content of a tree's database from the next. Whoever writes the database replaces its file by renaming, and writes
 * a new verifier. The file alone is not enough: a network file system may say for a minute what a file was when this host
 * looked last. It asks its server when a file is opened, and the verifier is.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { readBoundedText } from '../core/read-file.ts';
import { databaseFile } from './tree-root.ts';

/** @returns undefined where there is no database */
export async function databaseIdentity(root: string): Promise<string | undefined> {
  const file = databaseFile(root);
  const found = await stat(file, { bigint: true }).catch(() => undefined);
  if (found === undefined) return undefined;
  const verifier = await readBoundedText(path.join(path.dirname(file), 'index_verifier'), LONGEST).catch(
    () => '',
  );
  return `${found.dev} ${found.ino} ${found.size} ${found.mtimeNs} ${verifier}`;
}

/** Bytes. It is a UUID. */
const LONGEST = 1024;
