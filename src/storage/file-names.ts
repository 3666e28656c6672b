/**
 * Names we put beside published files: unfinished ones and locks. They are no keys: never listed, never read
 * or written by key, so nobody takes half a file for a whole one.
 */
import { createHash, randomBytes } from 'node:crypto';

const TEMPORARY = '.tmp-';
const LOCK = '.lock-';

export function isReservedName(name: string): boolean {
  return name.startsWith(TEMPORARY) || name.startsWith(LOCK);
}

export function isTemporaryName(name: string): boolean {
  return name.startsWith(TEMPORARY);
}

/** A name nobody else has. It does not contain the final one, which may be as long as names can be. */
export function temporaryName(): string {
  return TEMPORARY + randomBytes(12).toString('hex');
}

/** The lock file of a name in the same folder. */
export function lockName(name: string): string {
  return LOCK + createHash('sha256').update(name).digest('hex').slice(0, 32);
}
