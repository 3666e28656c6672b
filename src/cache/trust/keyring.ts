/** The keys this user trusts: a folder of armored public keys, each under its fingerprint. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError, systemCode } from '../../core/errors.ts';
import { makeFolder } from '../../core/make-folder.ts';
import { readBounded, readBoundedText } from '../../core/read-file.ts';
import { changeFile } from '../../storage/file/change-file.ts';
import { withoutOthers } from './drop-forged.ts';
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
 * expiry, a revocation) is merged into it. Others may add to the same key at the same time.
 * @param force replace what is there
 * @param others keys, among which designated revokers of this one may be: else nobody can verify what these say
 * @throws BuildcacheError when it cannot be read or written; `too-large`
 */
export async function addToKeyring(
  folder: string,
  key: KnownKey,
  force: boolean,
  others: readonly KnownKey[] = [],
  signal?: AbortSignal,
): Promise<'added' | 'updated' | 'unchanged'> {
  const file = join(folder, `${key.fingerprint}.asc`);
  try {
    // Anybody who may write here decides whom this user trusts.
    await makeFolder(folder, 0o700);
  } catch (error) {
    throw fileError(error, folder, 'make the folder of trusted keys');
  }
  let isNew = false;
  const merge = async (before: string | undefined): Promise<string> => {
    isNew = before === undefined;
    const known = before === undefined || force ? [] : await readPublicKeys(before, file);
    const same = known.find(({ fingerprint }) => fingerprint === key.fingerprint);
    const { key: merged } = same === undefined ? key : await mergeKeys(same, key, others);
    const text = (await withoutOthers(merged)).armor();
    await readPublicKeys(text, file); // what nobody can read would be in the way of every other key
    return text;
  };
  if (!(await changeFile(file, () => readIfThere(file), merge, signal))) return 'unchanged';
  return isNew ? 'added' : 'updated';
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readBoundedText(file, MAX_KEY_TEXT);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw fileError(error, file, 'read the trusted key');
  }
}
