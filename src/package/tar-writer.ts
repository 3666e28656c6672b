/**
 * Tar headers, byte for byte as Spack's: Python's `tarfile` in its default (PAX) format, with the metadata
 * that is not reproducible left at zero. Pure functions: entry in, blocks of 512 bytes out.
 * POSIX.1-2001 pax; the choices POSIX leaves open are Python's.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { decodePath } from './path-bytes.ts';

/** Names are bytes without a leading slash; a directory's gets its final one here. Sizes are bytes. */
export type TarMember =
  | { readonly type: 'directory'; readonly name: Buffer }
  | { readonly type: 'file'; readonly name: Buffer; readonly executable: boolean; readonly size: number }
  | { readonly type: 'symlink'; readonly name: Buffer; readonly target: Buffer }
  | { readonly type: 'link'; readonly name: Buffer; readonly target: Buffer; readonly executable: boolean };

export const TAR_BLOCK = 512;

/** The header of an entry: one block, or three and more where PAX records are needed. */
export function tarHeader(entry: TarMember): Buffer {
  const name = entry.type === 'directory' ? Buffer.concat([entry.name, SLASH]) : entry.name;
  const target = entry.type === 'symlink' || entry.type === 'link' ? entry.target : NOTHING;
  const size = entry.type === 'file' ? entry.size : 0;
  const records: PaxRecord[] = [];
  if (!fits(name)) records.push(['path', name]);
  if (!fits(target)) records.push(['linkpath', target]);
  if (size > LARGEST_SIZE) records.push(['size', Buffer.from(String(size))]);
  const header = block({
    name: fieldText(name),
    mode: modeOf(entry),
    size: size > LARGEST_SIZE ? 0 : size,
    type: TYPE_FLAG[entry.type],
    target: fieldText(target),
  });
  return records.length === 0 ? header : Buffer.concat([paxHeader(records), header]);
}

/** How many NULs follow a file's data. */
export function tarPadding(size: number): number {
  return (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
}

/** The end of an archive that is `length` bytes long so far: two zero blocks, and zeros up to a full record. */
export function tarEnd(length: number): Buffer {
  const end = length + 2 * TAR_BLOCK;
  return Buffer.alloc(2 * TAR_BLOCK + ((TAR_RECORD - (end % TAR_RECORD)) % TAR_RECORD));
}

const TAR_RECORD = 20 * TAR_BLOCK;
const NAME_FIELD = 100;
/** Eleven octal digits: one byte below 8 GiB. */
const LARGEST_SIZE = 8 ** 11 - 1;
const NOTHING = Buffer.alloc(0);
const SLASH = Buffer.from('/');
const TYPE_FLAG = { file: '0', link: '1', symlink: '2', directory: '5' } as const;

type PaxRecord = readonly [keyword: string, value: Buffer];

interface HeaderFields {
  readonly name: Buffer;
  readonly mode: number;
  readonly size: number;
  readonly type: string;
  readonly target: Buffer;
}

function modeOf(entry: TarMember): number {
  switch (entry.type) {
    case 'directory':
    case 'symlink':
      return 0o755;
    case 'file':
    case 'link':
      return entry.executable ? 0o755 : 0o644;
  }
}

function fits(text: Buffer): boolean {
  return text.length <= NAME_FIELD && isAscii(text);
}

/** What the fixed field keeps of a name: `?` for each character that is not ASCII, the first 100. */
function fieldText(text: Buffer): Buffer {
  if (isAscii(text)) return text.subarray(0, NAME_FIELD);
  const ascii = Array.from(decodePath(text), (character) => (character < '\u0080' ? character : '?'));
  return Buffer.from(ascii.slice(0, NAME_FIELD).join(''), 'latin1');
}

function paxHeader(records: readonly PaxRecord[]): Buffer {
  // Python announces bytes that are not UTF-8 and then writes them as they are.
  const binary = records.some(([, value]) => !isUtf8(value));
  const parts: Buffer[] = binary ? [Buffer.from('21 hdrcharset=BINARY\n')] : [];
  for (const [keyword, value] of records) parts.push(paxRecord(keyword, value));
  const data = Buffer.concat(parts);
  const header = block({
    name: Buffer.from('././@PaxHeader'),
    mode: 0,
    size: data.length,
    type: 'x',
    target: NOTHING,
  });
  return Buffer.concat([header, data, Buffer.alloc(tarPadding(data.length))]);
}

/** `<length> <keyword>=<value>\n`, where the length counts its own digits. */
function paxRecord(keyword: string, value: Buffer): Buffer {
  const rest = Buffer.byteLength(keyword) + value.length + 3;
  let length = rest;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return Buffer.concat([Buffer.from(`${length} ${keyword}=`), value, Buffer.from('\n')]);
}

function block(fields: HeaderFields): Buffer {
  const header = Buffer.alloc(TAR_BLOCK);
  fields.name.copy(header, 0);
  header.write(octal(fields.mode, 7), 100, 'latin1');
  header.write(octal(0, 7), 108, 'latin1'); // uid
  header.write(octal(0, 7), 116, 'latin1'); // gid
  header.write(octal(fields.size, 11), 124, 'latin1');
  header.write(octal(0, 11), 136, 'latin1'); // mtime
  header.write('        ', 148, 'latin1'); // the checksum counts itself as spaces
  header.write(fields.type, 156, 'latin1');
  fields.target.copy(header, 157);
  header.write('ustar\u000000', 257, 'latin1');
  let sum = 0;
  for (const byte of header) sum += byte;
  header.write(`${sum.toString(8).padStart(6, '0')}\0`, 148, 'latin1');
  return header;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
