/**
 * Names that we put beside published files: unfinished files and turns. They are no keys: they are never listed, and
 * never read or written by key. So nobody takes half a file for a whole one.
 */
import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

const TEMPORARY = '.tmp-';
const TURN = '.lock-';

/** The name that NFS gives a file that was deleted while a program had it open. */
const NFS_DELETED = /^\.nfs[0-9a-f]{8,}$/;

export function isReservedName(name: string): boolean {
  return name.startsWith(TEMPORARY) || name.startsWith(TURN) || NFS_DELETED.test(name);
}

/** Whether the name was made below. Old ones were left by writers that died. Files of others may have similar names. */
export function isLeftoverName(name: string): boolean {
  return LEFTOVER.test(name);
}

const LEFTOVER = /^\.(?:tmp-[0-9a-f]{24}|lock-[0-9a-f]{32})$/;

/** A unique name. It does not contain the final name, which may be as long as a name can be. */
export function temporaryName(): string {
  return TEMPORARY + randomBytes(12).toString('hex');
}

/** The name that all writers of one file in a folder contend for. */
export function turnName(name: string): string {
  return TURN + createHash('sha256').update(name).digest('hex').slice(0, 32);
}

const HOST = hostname()
  .replace(/[^A-Za-z0-9.-]/g, '_')
  .slice(0, 64);

/** A name that is never used again, and tells a person which host and process to look for. */
export function ownerName(): string {
  return `${HOST}-${process.pid}-${randomBytes(12).toString('hex')}`;
}

/** Whether the name was made by {@link ownerName}. Another name is never removed: it may be anybody's file. */
export function isOwnerName(name: string): boolean {
  return /^[\w.-]{0,64}-\d+-[0-9a-f]{24}$/.test(name);
}
