/**
 * A secret of this user on this machine, by which the program knows what it has written itself. It is kept apart from
 * what it vouches for: a cache folder is carried between machines and jobs, and others write to it; this folder is not.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clearLeftovers } from './leftovers.ts';
import { makeFolder } from './make-folder.ts';
import { readEnd } from './read-file.ts';

const BYTES = 32;

/** @returns undefined where there is none, or it cannot be read */
export async function readUserSecret(folder: string): Promise<Buffer | undefined> {
  try {
    const secret = await readEnd(fileIn(folder), BYTES);
    return secret.length === BYTES ? secret : undefined;
  } catch {
    return undefined;
  }
}

/** The same; it is made where there is none. Of two processes that make it, the later wins. */
export async function makeUserSecret(folder: string): Promise<Buffer | undefined> {
  const known = await readUserSecret(folder);
  if (known !== undefined) return known;
  const secret = randomBytes(BYTES);
  const temporary = `${fileIn(folder)}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await makeFolder(folder, 0o700);
    await writeFile(temporary, secret, { flag: 'wx', mode: 0o600 });
    await rename(temporary, fileIn(folder));
    await clearLeftovers(folder, (name) => /^secret\.[0-9a-f]{12}\.tmp$/.test(name));
    return secret;
  } catch {
    return undefined;
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Hexadecimal HMAC-SHA-256. */
export function vouch(secret: Buffer, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

function fileIn(folder: string): string {
  return join(folder, 'secret');
}
