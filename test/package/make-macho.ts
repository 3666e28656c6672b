/** Makes Mach-O files by the byte: a header, load commands with paths, padding and one section. */

export interface MachOParts {
  readonly bits?: 32 | 64;
  readonly endian?: 'little' | 'big';
  readonly id?: string;
  readonly libraries?: readonly string[];
  readonly weak?: readonly string[];
  readonly rpaths?: readonly string[];
  /** Bytes between the load commands and the section. */
  readonly padding?: number;
  readonly data?: Buffer;
}

const LC_ID_DYLIB = 0xd;
const LC_LOAD_DYLIB = 0xc;
const LC_LOAD_WEAK_DYLIB = 0x80000018;
const LC_RPATH = 0x8000001c;

export function makeMachO(parts: MachOParts = {}): Buffer {
  const { bits = 64, endian = 'little', padding = 0, data = Buffer.from('section\0') } = parts;
  const is64 = bits === 64;
  const words = (...values: readonly number[]) => {
    const bytes = Buffer.alloc(values.length * 4);
    for (const [i, value] of values.entries()) {
      if (endian === 'little') bytes.writeUInt32LE(value, i * 4);
      else bytes.writeUInt32BE(value, i * 4);
    }
    return bytes;
  };
  const long = (value: number) => (!is64 ? [value] : endian === 'little' ? [value, 0] : [0, value]);
  const text = (type: number, fields: readonly number[], path: string) => {
    const at = 12 + fields.length * 4;
    const size = Math.ceil((at + path.length + 1) / 8) * 8;
    const command = Buffer.alloc(size);
    words(type, size, at, ...fields).copy(command);
    command.write(path, at, 'latin1');
    return command;
  };
  const library = (type: number, path: string) => text(type, [2, 0x10000, 0x10000], path);
  const paths = [
    ...(parts.id === undefined ? [] : [library(LC_ID_DYLIB, parts.id)]),
    ...(parts.libraries ?? []).map((path) => library(LC_LOAD_DYLIB, path)),
    ...(parts.weak ?? []).map((path) => library(LC_LOAD_WEAK_DYLIB, path)),
    ...(parts.rpaths ?? []).map((path) => text(LC_RPATH, [], path)),
  ];
  const headerSize = is64 ? 32 : 28;
  const segmentSize = is64 ? 72 + 80 : 56 + 68;
  const commandsSize = segmentSize + paths.reduce((sum, { length }) => sum + length, 0);
  const dataAt = headerSize + commandsSize + padding;
  const name = (value: string) => Buffer.from(value.padEnd(16, '\0'));
  const end = dataAt + data.length;
  const segment = Buffer.concat([
    words(is64 ? 0x19 : 0x1, segmentSize),
    name('__TEXT'),
    words(...long(0), ...long(end), ...long(0), ...long(end), 7, 5, 1, 0),
    name('__text'),
    name('__TEXT'),
    words(...long(dataAt), ...long(data.length), dataAt, 0, 0, 0, 0, 0, 0, ...(is64 ? [0] : [])),
  ]);
  const header = words(
    is64 ? 0xfeedfacf : 0xfeedface,
    is64 ? 0x01000007 : 7,
    3,
    parts.id === undefined ? 2 : 6,
    1 + paths.length,
    commandsSize,
    0,
    ...(is64 ? [0] : []),
  );
  return Buffer.concat([header, segment, ...paths, Buffer.alloc(padding), data]);
}

/** A universal file of these. */
export function makeFat(...images: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(8 + images.length * 20);
  header.writeUInt32BE(0xcafebabe, 0);
  header.writeUInt32BE(images.length, 4);
  let at = Math.ceil(header.length / 4096) * 4096;
  const parts: Buffer[] = [header, Buffer.alloc(at - header.length)];
  for (const [i, image] of images.entries()) {
    const isLittle = image[0] !== 0xfe;
    for (const field of [0, 4]) {
      const processor = isLittle ? image.readUInt32LE(4 + field) : image.readUInt32BE(4 + field);
      header.writeUInt32BE(processor, 8 + i * 20 + field);
    }
    header.writeUInt32BE(at, 8 + i * 20 + 8);
    header.writeUInt32BE(image.length, 8 + i * 20 + 12);
    header.writeUInt32BE(12, 8 + i * 20 + 16);
    const size = Math.ceil(image.length / 4096) * 4096;
    parts.push(image, Buffer.alloc(size - image.length));
    at += size;
  }
  return Buffer.concat(parts);
}
