/** Where the secret key comes from: a file, else a variable. Its text goes to the signer and nowhere else. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileError } from '../../core/errors.ts';
import type { Invocation } from './invocation.ts';

export const KEY_VARIABLE = 'BUILDCACHE_SIGNING_KEY';
export const PASSPHRASE_VARIABLE = 'BUILDCACHE_SIGNING_PASSPHRASE';

export interface SigningKey {
  readonly secretKeys: string | undefined;
  readonly passphrase: string | undefined;
  /** For messages. */
  readonly source: string;
}

/** @throws BuildcacheError when the file cannot be read */
export async function readSigningKey(
  file: string | undefined,
  { env, cwd }: Invocation,
): Promise<SigningKey> {
  const passphrase = env[PASSPHRASE_VARIABLE];
  if (file === undefined) return { secretKeys: env[KEY_VARIABLE], passphrase, source: `$${KEY_VARIABLE}` };
  const source = resolve(cwd, file);
  try {
    return { secretKeys: await readFile(source, 'utf8'), passphrase, source };
  } catch (error) {
    throw fileError(error, source, 'read the secret key');
  }
}
