/**
 * A file of a volume in tar's format. Its header says only its name and its length, so equal content makes equal
 * bytes, whoever writes it and when. Readers know from the volume's contents which header must be where, and compare
 * all of its bytes. A header that differs was not written by us, whatever it means to a tar program.
 */
import { Header } from 'tar/header';
import { Pax } from 'tar/pax';

export const BLOCK = 512;
/** Two empty blocks end an archive. */
export const ARCHIVE_END = Buffer.alloc(2 * BLOCK);

/** The header of a file. Before it stands what does not fit into it: a long name, or a size of 8 GiB and more. */
export function memberHead(path: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const mtime = new Date(0);
  const names = { linkpath: '', uname: '', gname: '' };
  const header = new Header({ path, size, mode: 0o644, uid: 0, gid: 0, mtime, type: 'File', ...names });
  if (!header.encode(block)) return block;
  return Buffer.concat([new Pax({ path, size, mtime, uid: 0, gid: 0 }).encode(), block]);
}

/** Bytes from the end of a file to the next block. */
export function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

/** Bytes that a file takes in a volume. */
export function memberLength(path: string, size: number): number {
  return headLength(path, size) + size + paddingOf(size);
}

/** Bytes of a file's header, and of what stands before it. */
export function headLength(path: string, size: number): number {
  return fitsPlainly(path, size) ? BLOCK : memberHead(path, size).length;
}

/** Whether one block is surely enough. The length of thousands of files is asked for, again and again. */
function fitsPlainly(path: string, size: number): boolean {
  return size < 8 * 1024 ** 3 && /^[ -~]{1,100}$/.test(path);
}

/** What a tar program would see in this block, for messages; attacker-controlled. */
export function describeHeader(block: Buffer): string {
  if (block.length < BLOCK) return 'the end of the file';
  if (block.every((byte) => byte === 0)) return 'the end of the archive';
  const { type, path, linkpath, cksumValid = false } = headerOf(block) ?? {};
  if (!cksumValid) return 'no header of a tar archive';
  const name = JSON.stringify((path ?? '').slice(0, SHOWN));
  switch (type) {
    case 'File':
    case 'OldFile':
      return `the file ${name}`;
    case 'SymbolicLink':
    case 'Link':
      return `the link ${name} to ${JSON.stringify((linkpath ?? '').slice(0, SHOWN))}`;
    default:
      return `${name} of type ${type}`;
  }
}

/** The size of the file that a volume begins with. Undefined: it does not begin with that file. */
export function sizeOfFirst(block: Buffer, path: string): number | undefined {
  if (block.length < BLOCK) return undefined;
  const size = headerOf(block)?.size;
  if (size === undefined || !Number.isSafeInteger(size)) return undefined;
  return memberHead(path, size).equals(block) ? size : undefined;
}

/** Undefined for bytes that are no header of any tar: gzip's, say, have a number that none has. */
function headerOf(block: Buffer): Header | undefined {
  try {
    return new Header(block);
  } catch {
    return undefined;
  }
}

const SHOWN = 200;
