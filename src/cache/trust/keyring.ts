/** The keys this user trusts: a folder of armored public keys, each under its fingerprint. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError, systemCode } from '../../core/errors.ts';
import { makeFolder } from '../../core/make-folder.ts';
import { readBounded } from '../../core/read-file.ts';
import { writeWholeFile } from '../../core/write-file.ts';
import { type KnownKey, MAX_KEY_TEXT, mergeKeys, readPublicKeys } from './public-key.ts';

/**
 * The keys as they lie there, for `openTrust`. A folder that is not there is an empty one.
 * @throws BuildcacheError for what cannot be read
 */
export async function readKeyring(folder: string): Promise<{ text: Buffer; source: string }[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw fileError(error, folder, 'read the trusted keys');
  }
  const files = names.filter((name) => name.endsWith('.asc')).sort();
  return await Promise.all(files.map((name) => readKeyFile(join(folder, name))));
}

/** @throws BuildcacheError when it cannot be read */
export async function readKeyFile(file: string): Promise<{ text: Buffer; source: string }> {
  try {
    return { text: await readBounded(file, MAX_KEY_TEXT), source: file };
  } catch (error) {
    throw fileError(error, file, 'read the public keys');
  }
}

/**
 * Trusts a key from now on. A copy of the key that is there already is kept, and what the new copy adds (a later
 * expiry, a revocation) is merged into it.
 * @param force replace what is there
 * @throws BuildcacheError when it cannot be written
 */
export async function addToKeyring(
  folder: string,
  key: KnownKey,
  force: boolean,
): Promise<'added' | 'updated' | 'unchanged'> {
  const file = join(folder, `${key.fingerprint}.asc`);
  const before = await readFile(file).catch(() => undefined);
  const known = before === undefined || force ? [] : await readPublicKeys(before, file);
  const same = known.find(({ fingerprint }) => fingerprint === key.fingerprint);
  const merged = same === undefined ? key : await mergeKeys(same, key);
  const text = merged.key.armor();
  if (before?.toString('utf8') === text) return 'unchanged';
  try {
    // Anybody who may write here decides whom this user trusts.
    await makeFolder(folder, 0o700);
  } catch (error) {
    throw fileError(error, folder, 'make the folder of trusted keys');
  }
  await writeWholeFile(file, text);
  return before === undefined ? 'added' : 'updated';
}
