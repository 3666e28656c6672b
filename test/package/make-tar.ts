/** Makes tar archives entry by entry, honest or not: every field of a header can be set to anything. */
import { gzipSync } from 'node:zlib';

export interface RawEntry {
  readonly name: string | Buffer;
  /** Type flag; `0` for a file when not given. */
  readonly type?: string;
  readonly body?: Buffer | string;
  readonly target?: string | Buffer;
  readonly mode?: number;
  readonly mtime?: number;
  /** Instead of the body's length. */
  readonly size?: number;
  readonly prefix?: string;
  readonly magic?: string;
  /** Changes the header at the last moment; the checksum is computed afterwards unless it returns true. */
  readonly tamper?: (header: Buffer) => boolean | undefined;
}

export function entry(raw: RawEntry): Buffer {
  const { name, type = '0', body = '', target = '', mode = type === '5' ? 0o755 : 0o644, mtime = 0 } = raw;
  const bytes = Buffer.from(body);
  const header = Buffer.alloc(512);
  Buffer.from(name).copy(header, 0, 0, 100);
  header.write(`${octal(mode, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`, 100, 'latin1');
  header.write(`${octal(raw.size ?? bytes.length, 11)}\0${octal(mtime, 11)}\0`, 124, 'latin1');
  header.write(type, 156, 'latin1');
  Buffer.from(target).copy(header, 157, 0, 100);
  header.write(raw.magic ?? 'ustar\x0000', 257, 'latin1');
  header.write(raw.prefix ?? '', 345, 155, 'latin1');
  if (raw.tamper?.(header) !== true) writeChecksum(header);
  return Buffer.concat([header, bytes, padding(bytes.length)]);
}

export function writeChecksum(header: Buffer): void {
  header.write(' '.repeat(8), 148, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148, 'latin1');
}

/** A PAX header of records; a value may be bytes. */
export function pax(records: Record<string, string | Buffer>, type = 'x'): Buffer {
  const body = Object.entries(records).map(([key, value]) => paxRecord(key, Buffer.from(value)));
  return entry({ name: '././@PaxHeader', type, body: Buffer.concat(body) });
}

function paxRecord(key: string, value: Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')]);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

export const TAR_END = Buffer.alloc(1024);

export function tar(...parts: readonly Buffer[]): Buffer {
  const archive = Buffer.concat([...parts, TAR_END]);
  return Buffer.concat([archive, Buffer.alloc((10_240 - (archive.length % 10_240)) % 10_240)]);
}

export function tgz(...parts: readonly Buffer[]): Buffer {
  return gzipSync(tar(...parts), { level: 1 });
}

function padding(length: number): Buffer {
  return Buffer.alloc((512 - (length % 512)) % 512);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
