/**
 * Where an ELF file keeps its run path and its interpreter (System V ABI, chapters 4 and 5). Reads the few
 * kilobytes it needs of a file of any size; every number in it is attacker-controlled.
 */
import type { ByteFile } from './byte-file.ts';

/** A NUL-terminated string and where in the file it starts. */
export interface StoredString {
  readonly at: number;
  readonly value: Buffer;
}

export interface ElfPaths {
  /** `DT_RPATH` or `DT_RUNPATH`, in the string table of the dynamic section. */
  readonly rpath: StoredString | undefined;
  /** The dynamic linker, from `PT_INTERP`. */
  readonly interpreter: StoredString | undefined;
}

/**
 * `undefined` for what Spack leaves alone: a file that is not ELF, an ELF file that is neither an executable nor a
 * shared object, a malformed one, one with several run paths, and one without the section header of its string table.
 */
export function readElf(file: ByteFile): ElfPaths | undefined {
  try {
    return parse(file);
  } catch (error) {
    if (error instanceof MalformedElf) return undefined;
    throw error;
  }
}

/** Never leaves this module. */
class MalformedElf extends Error {}

const ET_EXEC = 2;
const ET_DYN = 3;
const PT_LOAD = 1n;
const PT_DYNAMIC = 2n;
const PT_INTERP = 3n;
const DT_NULL = 0n;
const DT_NEEDED = 1n;
const DT_STRTAB = 5n;
const DT_SONAME = 14n;
const DT_RPATH = 15n;
const DT_RUNPATH = 29n;
const SHT_STRTAB = 3n;

/** No real run path is longer. The limit bounds how much memory a hostile file makes us hold. */
const MAX_STRING = 1024 * 1024;
/** Real files have some dozens. The limit bounds how long a hostile file keeps the main thread. */
const MAX_DYNAMIC = 1_000_000n;
const BLOCK = 64 * 1024;

interface Segment {
  readonly type: bigint;
  readonly offset: bigint;
  readonly vaddr: bigint;
  readonly filesz: bigint;
}

interface Layout {
  readonly file: ByteFile;
  readonly is64: boolean;
  /** Reads an unsigned number of this many bytes in the file's byte order. */
  readonly number: (bytes: Buffer, at: number, length: 2 | 4 | 8) => bigint;
  readonly phoff: bigint;
  readonly phnum: number;
  readonly shoff: bigint;
  readonly shnum: number;
}

function parse(file: ByteFile): ElfPaths {
  const layout = readLayout(file);
  const segments = readSegments(layout);
  const interpreter = segments.findLast(({ type }) => type === PT_INTERP);
  const dynamic = segments.findLast(({ type }) => type === PT_DYNAMIC);
  // Segments are looked up by address. A linker sorts them by it; patchelf may not, so they are sorted here.
  const loads = segments
    .filter(({ type }) => type === PT_LOAD)
    .sort((a, b) => (a.vaddr < b.vaddr ? -1 : Number(a.vaddr > b.vaddr)));
  return {
    interpreter:
      interpreter === undefined ? undefined : readString(file, interpreter.offset, interpreter.filesz, 0n),
    rpath: dynamic === undefined || loads.length === 0 ? undefined : readRpath(layout, dynamic, loads),
  };
}

function readLayout(file: ByteFile): Layout {
  const ident = exactly(file, 0n, 16);
  const [elfClass, encoding] = [ident[4], ident[5]];
  if (ident.toString('latin1', 0, 4) !== '\x7fELF') throw new MalformedElf();
  if (elfClass !== 1 && elfClass !== 2) throw new MalformedElf();
  if (encoding !== 1 && encoding !== 2) throw new MalformedElf();
  const is64 = elfClass === 2;
  const number = encoding === 1 ? littleEndian : bigEndian;
  const header = exactly(file, 16n, is64 ? 48 : 36);
  const type = Number(number(header, 0, 2));
  if (type !== ET_EXEC && type !== ET_DYN) throw new MalformedElf();
  const word = is64 ? 8 : 4;
  return {
    file,
    is64,
    number,
    phoff: number(header, 8 + word, word),
    phnum: Number(number(header, is64 ? 40 : 28, 2)),
    shoff: number(header, 8 + 2 * word, word),
    shnum: Number(number(header, is64 ? 44 : 32, 2)),
  };
}

/** Segments without contents are left out. */
function readSegments({ file, is64, number, phoff, phnum }: Layout): Segment[] {
  const size = is64 ? 56 : 32;
  const word = is64 ? 8 : 4;
  const table = exactly(file, phoff, phnum * size);
  return Array.from({ length: phnum }, (_, i) => {
    const at = i * size;
    return {
      type: number(table, at, 4),
      offset: number(table, at + (is64 ? 8 : 4), word),
      vaddr: number(table, at + (is64 ? 16 : 8), word),
      filesz: number(table, at + (is64 ? 32 : 16), word),
    };
  }).filter(({ filesz }) => filesz !== 0n);
}

function readRpath(layout: Layout, dynamic: Segment, loads: readonly Segment[]): StoredString | undefined {
  let rpath: bigint | undefined;
  let table: bigint | undefined;
  let soname = -1n;
  /** Where the last name of a library begins: a hostile file has millions. */
  let lastNeeded = -1n;
  for (const { tag, value } of dynamicEntries(layout, dynamic)) {
    if (tag === DT_RPATH || tag === DT_RUNPATH) {
      if (rpath !== undefined) throw new MalformedElf();
      rpath = value;
    } else if (tag === DT_STRTAB) {
      if (table !== undefined) throw new MalformedElf();
      table = value;
    } else if (tag === DT_NEEDED) {
      if (value > lastNeeded) lastNeeded = value;
    } else if (tag === DT_SONAME) {
      soname = value;
    }
  }
  if (table === undefined) throw new MalformedElf();
  if (rpath === undefined && lastNeeded === -1n && soname === -1n) return undefined;

  const offset = fileOffset(loads, table);
  const size = stringTableSize(layout, offset);
  const lastNul = lastNulBefore(layout.file, offset, size);
  if (lastNeeded > lastNul || soname > lastNul) throw new MalformedElf();
  return rpath === undefined ? undefined : readString(layout.file, offset, size, rpath);
}

function* dynamicEntries(layout: Layout, dynamic: Segment): Generator<{ tag: bigint; value: bigint }> {
  const { file, is64, number } = layout;
  const word = is64 ? 8 : 4;
  const perBlock = BLOCK / (2 * word);
  let left = dynamic.filesz / BigInt(2 * word);
  let read = 0n;
  for (let at = dynamic.offset; left > 0n; at += BigInt(BLOCK)) {
    const wanted = Number(left < BigInt(perBlock) ? left : BigInt(perBlock));
    const block = file.read(position(file, at), wanted * 2 * word);
    for (let i = 0; i < wanted; i++) {
      if ((i + 1) * 2 * word > block.length) throw new MalformedElf();
      const tag = number(block, i * 2 * word, word);
      if (tag === DT_NULL) return;
      yield { tag, value: number(block, i * 2 * word + word, word) };
    }
    read += BigInt(wanted);
    if (read > MAX_DYNAMIC) throw new MalformedElf();
    left -= BigInt(wanted);
  }
}

/** Where an address is in the file: by the last segment that starts at or before it. */
function fileOffset(loads: readonly Segment[], address: bigint): bigint {
  // An address before all segments counts from the last one, as in Spack. It cannot lead anywhere valid.
  const segment = loads.findLast(({ vaddr }) => vaddr <= address) ?? loads.at(-1);
  if (segment === undefined) throw new MalformedElf();
  return segment.offset - segment.vaddr + address;
}

/** Finds the table's size in the section headers, since nothing else says how long it is. */
function stringTableSize({ file, is64, number, shoff, shnum }: Layout, offset: bigint): bigint {
  const size = is64 ? 64 : 40;
  const word = is64 ? 8 : 4;
  const table = shnum === 0 ? Buffer.alloc(0) : file.read(position(file, shoff), shnum * size);
  for (let at = 0; at + size <= table.length; at += size) {
    const isTable = number(table, at + 4, 4) === SHT_STRTAB;
    if (isTable && number(table, at + (is64 ? 24 : 16), word) === offset) {
      return number(table, at + (is64 ? 32 : 20), word);
    }
  }
  throw new MalformedElf();
}

/** The offset of the last NUL in the range, -1 where it has none. A string that starts after the last NUL has no end. */
function lastNulBefore(file: ByteFile, offset: bigint, size: bigint): bigint {
  const start = position(file, offset);
  let end = Number(size);
  if (start + end > file.size) throw new MalformedElf();
  while (end > 0) {
    const length = Math.min(BLOCK, end);
    const at = file.read(start + end - length, length).lastIndexOf(0);
    if (at !== -1) return BigInt(end - length + at);
    end -= length;
  }
  return -1n;
}

/** The string at an offset in a range of the file, which must be whole and hold its NUL. */
function readString(file: ByteFile, offset: bigint, size: bigint, start: bigint): StoredString {
  const at = position(file, offset + start);
  const end = position(file, offset) + Number(size);
  if (end > file.size) throw new MalformedElf();
  const bytes = file.read(at, Math.min(MAX_STRING, Math.max(0, end - at)));
  const length = bytes.indexOf(0);
  if (length === -1) throw new MalformedElf();
  return { at, value: bytes.subarray(0, length) };
}

function exactly(file: ByteFile, offset: bigint, length: number): Buffer {
  const bytes = file.read(position(file, offset), length);
  if (bytes.length !== length) throw new MalformedElf();
  return bytes;
}

function position(file: ByteFile, offset: bigint): number {
  if (offset < 0n || offset > BigInt(file.size)) throw new MalformedElf();
  return Number(offset);
}

function littleEndian(bytes: Buffer, at: number, length: 2 | 4 | 8): bigint {
  return length === 8 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUIntLE(at, length));
}

function bigEndian(bytes: Buffer, at: number, length: 2 | 4 | 8): bigint {
  return length === 8 ? bytes.readBigUInt64BE(at) : BigInt(bytes.readUIntBE(at, length));
}
