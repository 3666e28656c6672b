/**
 * Names we put beside published files: unfinished ones and turns. They are no keys: never listed, never read
 * or written by key, so nobody takes half a file for a whole one.
 */
import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

const TEMPORARY = '.tmp-';
const TURN = '.lock-';

/** What NFS makes of a file that was deleted while a program had it open. */
const NFS_DELETED = /^\.nfs[0-9a-f]{8,}$/;

export function isReservedName(name: string): boolean {
  return name.startsWith(TEMPORARY) || name.startsWith(TURN) || NFS_DELETED.test(name);
}

/** Made below; old ones were left by writers that died. Others may name files of theirs nearly so. */
export function isLeftoverName(name: string): boolean {
  return LEFTOVER.test(name);
}

const LEFTOVER = /^\.(?:tmp-[0-9a-f]{24}|lock-[0-9a-f]{32})$/;

/** A name nobody else has. It does not contain the final one, which may be as long as names can be. */
export function temporaryName(): string {
  return TEMPORARY + randomBytes(12).toString('hex');
}

/** What writers of one name in one folder contend for. */
export function turnName(name: string): string {
  return TURN + createHash('sha256').update(name).digest('hex').slice(0, 32);
}

const HOST = hostname()
  .replace(/[^A-Za-z0-9.-]/g, '_')
  .slice(0, 64);

/** Unique for ever, and tells a person whom to look for. */
export function ownerName(): string {
  return `${HOST}-${process.pid}-${randomBytes(12).toString('hex')}`;
}
