/**
 * A tar stream read strictly, entry by entry, in one pass and in constant memory. It understands what Spack of
 * any age writes (ustar, PAX, GNU long names) and refuses what two readers could understand differently: sparse
 * files, contents of links, attributes of attributes, numbers behind a NUL, fields of other formats, anything but
 * zeros after the end. Every byte is attacker-controlled. Names stay bytes.
 *
 * Not the `tar` package's parser, for control rather than speed (fed by the same gunzip they differ by a tenth):
 * that one tidies names, skips entries it does not know and reads past the end of the archive.
 */
import { BuildcacheError, type ErrorFacts } from '../core/errors.ts';
import { type ByteString, byteString, printable } from './byte-string.ts';
import {
  ATTRIBUTES,
  type AttributesType,
  addAttributes,
  mayFollow,
  type Overrides,
} from './tar-attributes.ts';

export interface TarEntry {
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink';
  /** As the archive has it: neither empty nor holding NULs, otherwise unchecked. */
  readonly path: ByteString;
  /** Where a link points, as the archive has it; empty for files and directories. */
  readonly target: ByteString;
  /** The low twelve bits. */
  readonly mode: number;
  /** Whole seconds since 1970, not negative. */
  readonly mtime: number;
  /** Bytes of a file; 0 for everything else. */
  readonly size: number;
  /** The header names an owner or a group that is not root. An install does not look at it. */
  readonly foreign?: true;
}

export interface TarHandler {
  /** A PAX record that changes no name, size or time. It belongs to the entry that comes next, or to all entries. */
  attribute?(key: string, value: ByteString): void;
  entry(entry: TarEntry): void;
  /** Part of the last entry's body. The bytes are only good until the call returns. */
  data(chunk: Buffer): void;
  /** The last entry is complete. Called once for every entry. */
  entryEnd(): void;
}

export interface TarReader {
  write(chunk: Buffer): void;
  /** The stream is over. Throws unless the archive was complete. */
  end(): void;
}

/**
 * A reader that calls `handler` synchronously from `write`.
 *
 * `write` and `end` throw `BuildcacheError`: `corrupt` for what no tar writer writes or for a stream cut short,
 * `unsupported` for kinds of entries that do not belong in a package, `too-large` for attributes over 1 MiB, or more
 * of them than any entry has.
 */
export function readTar(handler: TarHandler): TarReader {
  const header = Buffer.alloc(BLOCK);
  let headerFill = 0;
  let bodyLeft = 0;
  let paddingLeft = 0;
  /** Attributes of the next entry, while their body is being collected. */
  let attributes: { readonly type: AttributesType; readonly chunks: Buffer[] } | undefined;
  let overrides: Overrides = {};
  /** The kinds of attributes that wait for their entry. */
  let waiting: AttributesType[] = [];
  let globals = 0;
  let zeros = 0;

  return {
    write(chunk) {
      let at = 0;
      while (at < chunk.length) {
        if (bodyLeft > 0) {
          const part = chunk.subarray(at, at + bodyLeft);
          at += part.length;
          bodyLeft -= part.length;
          if (attributes === undefined) handler.data(part);
          else attributes.chunks.push(Buffer.from(part));
          if (bodyLeft === 0) bodyEnd();
        } else if (paddingLeft > 0) {
          const part = Math.min(paddingLeft, chunk.length - at);
          at += part;
          paddingLeft -= part;
        } else if (zeros > 0) {
          readAfterEnd(chunk.subarray(at));
          at = chunk.length;
        } else {
          const part = Math.min(BLOCK - headerFill, chunk.length - at);
          chunk.copy(header, headerFill, at, at + part);
          at += part;
          headerFill += part;
          if (headerFill === BLOCK) {
            headerFill = 0;
            readHeader();
          }
        }
      }
    },
    end() {
      if (zeros < 2 * BLOCK) {
        throw corrupt('the archive is cut short', { expected: 'an end-of-archive marker', found: 'the end' });
      }
    },
  };

  function readHeader(): void {
    if (header.equals(ZERO_BLOCK)) {
      if (waiting.length > 0) throw corrupt('the archive ends with attributes of no entry');
      zeros = BLOCK;
      return;
    }
    checkSum(header);
    checkFormat(header);
    const flag = header.toString('latin1', 156, 157);
    const attributesType = ATTRIBUTES[flag];
    if (attributesType !== undefined) {
      if (!mayFollow(waiting, attributesType)) {
        throw corrupt('attributes stand before other attributes, instead of before an entry', {
          found: [...waiting, attributesType].join(', '),
        });
      }
      if (attributesType !== 'pax-global') waiting.push(attributesType);
      else if (++globals > MAX_GLOBALS) throw tooManyGlobals();
      attributes = { type: attributesType, chunks: [] };
      startBody(attributesSize(header));
      return;
    }
    const entry = readEntry(header, flag, overrides);
    overrides = {};
    waiting = [];
    handler.entry(entry);
    startBody(entry.size);
  }

  function startBody(size: number): void {
    bodyLeft = size;
    paddingLeft = (BLOCK - (size % BLOCK)) % BLOCK;
    if (size === 0) bodyEnd();
  }

  function bodyEnd(): void {
    if (attributes === undefined) {
      handler.entryEnd();
      return;
    }
    overrides = addAttributes(overrides, attributes.type, Buffer.concat(attributes.chunks), (key, value) =>
      handler.attribute?.(key, value),
    );
    attributes = undefined;
  }

  function readAfterEnd(rest: Buffer): void {
    for (let at = 0; at < rest.length; at += BLOCK) {
      const part = rest.subarray(at, at + BLOCK);
      if (!part.equals(ZERO_BLOCK.subarray(0, part.length))) {
        throw corrupt('the archive goes on after its end', { expected: 'zeros', found: 'data' });
      }
    }
    zeros += rest.length;
  }
}

const BLOCK = 512;
const ZERO_BLOCK = Buffer.alloc(BLOCK);
/** Names are bounded by PATH_MAX; anything near this is an attack. */
const MAX_ATTRIBUTES = 1024 * 1024;

/** An archive has one, if any. They are of no entry, so nobody else counts them. */
const MAX_GLOBALS = 1000;

function tooManyGlobals(): BuildcacheError {
  return new BuildcacheError('too-large', 'the archive has too many attributes of all entries', {
    expected: `at most ${MAX_GLOBALS} headers of them`,
  });
}

/** Python writes `0`; `\0` is its old spelling and `7` a contiguous file. */
const ENTRIES: Readonly<Record<string, TarEntry['type']>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '5': 'directory',
};

const REFUSED: Readonly<Record<string, string>> = {
  '3': 'a character device',
  '4': 'a block device',
  '6': 'a FIFO',
  S: 'a sparse file',
};

function readEntry(header: Buffer, flag: string, overrides: Overrides): TarEntry {
  const path = overrides.path ?? ustarPath(header);
  const file = printable(path);
  const type = ENTRIES[flag];
  if (type === undefined) {
    throw new BuildcacheError('unsupported', 'the archive holds something a package cannot', {
      file,
      expected: 'files, directories and links',
      found: REFUSED[flag] ?? `an entry of type ${JSON.stringify(flag)}`,
    });
  }
  const isLink = type === 'symlink' || type === 'hardlink';
  const target = isLink ? (overrides.target ?? field(header, 157, 100)) : '';
  const size = overrides.size ?? number(header, 124, 12, 'size');
  if (path === '') throw corrupt('an entry has no name');
  if (path.includes('\0') || target.includes('\0')) throw corrupt('a name holds a NUL byte', { file });
  if (isLink && target === '') throw corrupt('a link points nowhere', { file });
  // In the old spelling of a file, the header's own name decides for some readers, whatever its attributes say.
  const isFolder = path.endsWith('/') || (flag === '\0' && ustarPath(header).endsWith('/'));
  if (type === 'file' && isFolder) throw corrupt('a file is named like a directory', { file });
  // Readers disagree on whether such an entry has contents, and so on where the next header is.
  if (type !== 'file' && size !== 0) {
    throw corrupt(`a ${type} has contents`, { file, expected: '0 bytes', found: String(size) });
  }
  // Of no use here, but Python takes a header with such a field for the end of the archive.
  for (const at of [329, 337]) number(header, at, 8, 'device');
  const mode = number(header, 100, 8, 'mode') & 0o7777;
  const mtime = overrides.mtime ?? number(header, 136, 12, 'time');
  return { type, path, target, mode, mtime, size, ...(isForeign(header) ? { foreign: true } : {}) };
}

/** Whether the header has ids that are not zero or names that are not root's. */
function isForeign(header: Buffer): boolean {
  const ids = [number(header, 108, 8, 'user'), number(header, 116, 8, 'group')];
  const isNamed = header.toString('latin1', 257, 262) === 'ustar';
  const names = isNamed ? [field(header, 265, 32), field(header, 297, 32)] : [];
  return ids.some((id) => id !== 0) || names.some((name) => !/^(?:root|wheel)?$/.test(name));
}

/** The name field, after the prefix field where the header is a POSIX one (GNU keeps other things there). */
function ustarPath(header: Buffer): ByteString {
  const name = field(header, 0, 100);
  const prefix = header.toString('latin1', 257, 263) === 'ustar\0' ? field(header, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function field(header: Buffer, at: number, length: number): ByteString {
  const bytes = header.subarray(at, at + length);
  const end = bytes.indexOf(0);
  return byteString(end === -1 ? bytes : bytes.subarray(0, end));
}

/**
 * Refuses headers with something behind the names. There the formats differ, and some readers do not look which format
 * it is: Python takes what GNU keeps there for the beginning of a name, and Go ends that beginning earlier in a header
 * of star's.
 */
function checkFormat(header: Buffer): void {
  const isPosix = header.toString('latin1', 257, 263) === 'ustar\0';
  if (header.subarray(isPosix ? 500 : 345).equals(ZERO_BLOCK.subarray(isPosix ? 500 : 345))) return;
  throw new BuildcacheError('unsupported', 'the header of an entry is of another format', {
    file: printable(field(header, 0, 100)),
    expected: 'a header of POSIX, or of GNU without times and sparse maps',
    found: 'data behind its names',
  });
}

/**
 * Octal digits between blanks, or GNU's base 256 for what does not fit. Nothing but blanks may follow the digits, nor a
 * NUL stand before them: some readers end there, and others do not.
 */
function number(header: Buffer, at: number, length: number, what: string): number {
  const first = header.readUInt8(at);
  let value: number;
  if (first === 0x80) {
    value = 0;
    for (const byte of header.subarray(at + 1, at + length)) value = value * 256 + byte;
  } else {
    const [, digits] =
      /^ {0,12}([0-7]{0,12})[ \0]{0,12}$/.exec(header.toString('latin1', at, at + length)) ?? [];
    value = digits === undefined ? Number.NaN : Number.parseInt(digits === '' ? '0' : digits, 8);
  }
  if (!Number.isSafeInteger(value)) {
    throw corrupt(`an entry has a ${what} that is not a number`, { file: printable(ustarPath(header)) });
  }
  return value;
}

function attributesSize(header: Buffer): number {
  const size = number(header, 124, 12, 'size');
  if (size <= MAX_ATTRIBUTES) return size;
  throw new BuildcacheError('too-large', 'the attributes of an entry are too long', {
    expected: `at most ${MAX_ATTRIBUTES} bytes`,
    found: String(size),
  });
}

function checkSum(header: Buffer): void {
  let sum = 8 * 0x20; // the checksum's own field counts as blanks
  for (let at = 0; at < BLOCK; at++) {
    if (at < 148 || at >= 156) sum += header[at] ?? 0;
  }
  const stored = number(header, 148, 8, 'checksum');
  if (stored !== sum) {
    throw corrupt('the header of an entry is damaged', {
      expected: `checksum ${stored}`,
      found: String(sum),
    });
  }
}

function corrupt(message: string, facts: ErrorFacts = {}): BuildcacheError {
  return new BuildcacheError('corrupt', message, facts);
}
