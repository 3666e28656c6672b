/**
 * Load commands of Mach-O files that hold paths (Apple's `mach-o/loader.h`), read and written back. Every
 * number in them is attacker-controlled.
 */
import type { ByteFile } from './byte-file.ts';

/** One architecture of a file. */
export interface MachOImage {
  /** Where in the file it starts. */
  readonly at: number;
  readonly is64: boolean;
  readonly littleEndian: boolean;
  readonly commands: readonly LoadCommand[];
  /** Bytes the load commands may grow to before they meet the first section. */
  readonly room: number;
}

export interface LoadCommand {
  readonly bytes: Buffer;
  /** The path in it, where it is one of those that dyld follows. */
  readonly path: LoadPath | undefined;
}

export interface LoadPath {
  readonly kind: 'id' | 'library' | 'rpath';
  /** Offset in the command. */
  readonly at: number;
  readonly value: Buffer;
}

/** `undefined` for anything that is not a Mach-O file or is malformed, which is left alone. */
export function readMachO(file: ByteFile): MachOImage[] | undefined {
  const slices = readSlices(file);
  const images: MachOImage[] = [];
  for (const slice of slices) {
    const image = readImage(file, slice);
    if (image === undefined) return undefined;
    images.push(image);
  }
  return images.length === 0 ? undefined : images;
}

/** The load command with another path. Its length stays the same if the path fits, and else is what the path needs. */
export function withPath(image: MachOImage, command: LoadCommand, path: Buffer): Buffer {
  if (command.path === undefined) return command.bytes;
  const { at } = command.path;
  const alignment = image.is64 ? 8 : 4;
  const needed = Math.ceil((at + path.length + 1) / alignment) * alignment;
  const bytes = Buffer.alloc(Math.max(needed, command.bytes.length));
  command.bytes.copy(bytes, 0, 0, at);
  path.copy(bytes, at);
  writeUInt32(bytes, bytes.length, 4, image.littleEndian);
  return bytes;
}

/** Writes load commands over the image's, each as long as the old one or longer, all within its room. */
export function writeLoadCommands(file: ByteFile, image: MachOImage, commands: readonly Buffer[]): void {
  const all = Buffer.concat(commands);
  const size = Buffer.alloc(4);
  writeUInt32(size, all.length, 0, image.littleEndian);
  file.write(image.at + SIZE_OF_COMMANDS, size);
  file.write(image.at + headerSize(image.is64), all);
}

interface Slice {
  readonly at: number;
  readonly size: number;
}

const FAT_MAGIC = 0xcafebabe;
/** A Java class file has the same magic and its version here; Spack draws the line at ten. */
const MAX_SLICES = 9;
const NUMBER_OF_COMMANDS = 16;
const SIZE_OF_COMMANDS = 20;
/**
 * Bytes of all load commands, and how many there are. Real ones are some dozens in a few kilobytes. A short path in them
 * may become many times as long, each command takes hundreds of bytes here, and all slices may be the same bytes.
 */
const MAX_COMMANDS = 1024 * 1024;
const MAX_COUNT = 50_000;
/** Bytes to which they may grow: a short path may stand in them half a million times, whatever room the file says there is. */
const MAX_GROWN = 8 * MAX_COMMANDS;

const LC_SEGMENT = 0x1;
const LC_SEGMENT_64 = 0x19;
/** `LC_REQ_DYLD`, the bit that makes an unknown command an error, is part of some. */
const PATHS: ReadonlyMap<number, LoadPath['kind']> = new Map([
  [0xd, 'id'],
  [0xc, 'library'], // LC_LOAD_DYLIB
  [0x80000018, 'library'], // LC_LOAD_WEAK_DYLIB
  [0x8000001f, 'library'], // LC_REEXPORT_DYLIB
  [0x20, 'library'], // LC_LAZY_LOAD_DYLIB
  [0x80000023, 'library'], // LC_LOAD_UPWARD_DYLIB
  [0x8000001c, 'rpath'],
]);

/** The architectures of a universal file, whose header is big-endian, or the file itself. */
function readSlices(file: ByteFile): Slice[] {
  const header = file.read(0, 8);
  if (header.length < 8) return [];
  if (header.readUInt32BE(0) !== FAT_MAGIC) return [{ at: 0, size: file.size }];
  const count = header.readUInt32BE(4);
  const table = file.read(8, count > MAX_SLICES ? 0 : count * 20);
  const slices: Slice[] = [];
  for (let at = 0; at + 20 <= table.length; at += 20) {
    slices.push({ at: table.readUInt32BE(at + 8), size: table.readUInt32BE(at + 12) });
  }
  return slices.length === count ? slices : [];
}

function readImage(file: ByteFile, slice: Slice): MachOImage | undefined {
  const header = file.read(slice.at, 32);
  if (header.length < 32) return undefined;
  const format = FORMATS.get(header.readUInt32BE(0));
  if (format === undefined) return undefined;
  const { is64, littleEndian } = format;
  const count = readUInt32(header, NUMBER_OF_COMMANDS, littleEndian);
  const size = readUInt32(header, SIZE_OF_COMMANDS, littleEndian);
  if (size > MAX_COMMANDS || count > MAX_COUNT) return undefined;
  const bytes = file.read(slice.at + headerSize(is64), size);
  if (bytes.length !== size) return undefined;

  const commands: LoadCommand[] = [];
  let at = 0;
  while (commands.length < count) {
    if (at + 8 > size) return undefined;
    const length = readUInt32(bytes, at + 4, littleEndian);
    if (length < 8 || at + length > size) return undefined;
    const command = bytes.subarray(at, at + length);
    commands.push({ bytes: command, path: readPath(command, littleEndian) });
    at += length;
  }
  // The last command must end at the total size: bytes after it would belong to no command.
  if (at !== size) return undefined;
  const end = Math.min(slice.size, file.size - slice.at);
  const contents = Math.min(end, ...commands.map((command) => firstByte(command.bytes, format)));
  const room = Math.max(size, Math.min(contents - headerSize(is64), MAX_GROWN));
  return { at: slice.at, is64, littleEndian, commands, room };
}

interface Format {
  readonly is64: boolean;
  readonly littleEndian: boolean;
}

/** By the magic's bytes. */
const FORMATS: ReadonlyMap<number, Format> = new Map([
  [0xcffaedfe, { is64: true, littleEndian: true }],
  [0xfeedfacf, { is64: true, littleEndian: false }],
  [0xcefaedfe, { is64: false, littleEndian: true }],
  [0xfeedface, { is64: false, littleEndian: false }],
]);

function headerSize(is64: boolean): number {
  return is64 ? 32 : 28;
}

function readPath(command: Buffer, littleEndian: boolean): LoadPath | undefined {
  const kind = PATHS.get(readUInt32(command, 0, littleEndian));
  if (kind === undefined || command.length < 12) return undefined;
  const at = readUInt32(command, 8, littleEndian);
  if (at < 12 || at >= command.length) return undefined;
  const text = command.subarray(at);
  const nul = text.indexOf(0);
  return { kind, at, value: nul === -1 ? text : text.subarray(0, nul) };
}

/** The lowest offset in the image that a segment command says has contents. */
function firstByte(command: Buffer, { is64, littleEndian }: Format): number {
  const type = readUInt32(command, 0, littleEndian);
  if (type !== (is64 ? LC_SEGMENT_64 : LC_SEGMENT)) return Number.POSITIVE_INFINITY;
  const [fixed, sectionSize, word] = is64 ? [72, 80, 8] : [56, 68, 4];
  if (command.length < fixed) return Number.POSITIVE_INFINITY;
  const fileOffset = readWord(command, is64 ? 40 : 32, word, littleEndian);
  const fileSize = readWord(command, is64 ? 48 : 36, word, littleEndian);
  // The segment at 0 holds the header and the load commands too, so where its contents begin, its sections say.
  let first = fileOffset > 0 && fileSize > 0 ? fileOffset : Number.POSITIVE_INFINITY;
  for (let at = fixed; at + sectionSize <= command.length; at += sectionSize) {
    const offset = readUInt32(command, at + (is64 ? 48 : 40), littleEndian);
    if (offset > 0) first = Math.min(first, offset);
  }
  return first;
}

function readUInt32(bytes: Buffer, at: number, littleEndian: boolean): number {
  return littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
}

function readWord(bytes: Buffer, at: number, length: number, littleEndian: boolean): number {
  if (length === 4) return readUInt32(bytes, at, littleEndian);
  return Number(littleEndian ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
}

function writeUInt32(bytes: Buffer, value: number, at: number, littleEndian: boolean): void {
  if (littleEndian) bytes.writeUInt32LE(value, at);
  else bytes.writeUInt32BE(value, at);
}
