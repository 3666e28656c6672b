/** Makes ELF files by the byte: just enough of one for a run path, an interpreter and strings in its data. */

export interface ElfParts {
  readonly bits?: 32 | 64;
  readonly endian?: 'little' | 'big';
  readonly type?: number;
  readonly interpreter?: string;
  readonly rpath?: string;
  /** Dynamic tag of the run path: 15 is RPATH, 29 RUNPATH. Several make several. */
  readonly rpathTags?: readonly number[];
  readonly needed?: readonly string[];
  readonly soname?: string;
  /** What stands behind the dynamic section, in a loaded segment. */
  readonly data?: Buffer;
  readonly sections?: boolean;
}

export function makeElf(parts: ElfParts = {}): Buffer {
  const { bits = 64, endian = 'little', rpathTags = [29], data = Buffer.alloc(0) } = parts;
  const is64 = bits === 64;
  const word = is64 ? 8 : 4;
  const strings = stringTable();
  const dynamic: [number, number][] = (parts.needed ?? []).map((name) => [1, strings.add(name)]);
  if (parts.soname !== undefined) dynamic.push([14, strings.add(parts.soname)]);
  if (parts.rpath !== undefined) {
    const at = strings.add(parts.rpath);
    for (const tag of rpathTags) dynamic.push([tag, at]);
  }
  const interpreter =
    parts.interpreter === undefined ? undefined : Buffer.from(`${parts.interpreter}\0`, 'latin1');

  const headerSize = is64 ? 64 : 52;
  const segmentSize = is64 ? 56 : 32;
  const sectionSize = is64 ? 64 : 40;
  const segmentCount = interpreter === undefined ? 2 : 3;
  const interpreterAt = headerSize + segmentCount * segmentSize;
  const stringsAt = interpreterAt + (interpreter?.length ?? 0);
  const dynamicAt = align(stringsAt + strings.bytes().length, 8);
  const dynamicSize = (dynamic.length + 2) * 2 * word;
  const dataAt = dynamicAt + dynamicSize;
  const sectionsAt = align(dataAt + data.length, 8);
  const base = 0x400000;
  dynamic.push([5, base + stringsAt], [0, 0]);

  const file = Buffer.alloc(sectionsAt + (parts.sections === false ? 0 : 2 * sectionSize));
  const put = (at: number, value: number, length: number) => {
    if (endian === 'little') file.writeUIntLE(value, at, Math.min(length, 6));
    else file.writeUIntBE(value, at + Math.max(0, length - 6), Math.min(length, 6));
  };
  const putAll = (at: number, fields: readonly (readonly [value: number, length: number])[]) => {
    for (const [value, length] of fields) {
      put(at, value, length);
      at += length;
    }
  };
  file.write('\x7fELF', 0, 'latin1');
  file[4] = is64 ? 2 : 1;
  file[5] = endian === 'little' ? 1 : 2;
  file[6] = 1;
  putAll(16, [
    [parts.type ?? 3, 2],
    [62, 2],
    [1, 4],
    [0, word],
    [headerSize, word],
    [parts.sections === false ? 0 : sectionsAt, word],
    [0, 4],
    [headerSize, 2],
    [segmentSize, 2],
    [segmentCount, 2],
    [sectionSize, 2],
    [parts.sections === false ? 0 : 2, 2],
    [0, 2],
  ]);
  const segments: [type: number, at: number, size: number][] = [
    [1, 0, sectionsAt],
    [2, dynamicAt, dynamicSize],
  ];
  if (interpreter !== undefined) segments.push([3, interpreterAt, interpreter.length]);
  for (const [i, [type, at, size]] of segments.entries()) {
    const common = [at, base + at, base + at, size, size].map((value) => [value, word] as const);
    const fields = is64
      ? [[type, 4] as const, [5, 4] as const, ...common, [4096, word] as const]
      : [[type, 4] as const, ...common, [5, 4] as const, [4096, word] as const];
    putAll(headerSize + i * segmentSize, fields);
  }
  interpreter?.copy(file, interpreterAt);
  strings.bytes().copy(file, stringsAt);
  for (const [i, entry] of dynamic.entries()) {
    putAll(dynamicAt + i * 2 * word, [
      [entry[0], word],
      [entry[1], word],
    ]);
  }
  data.copy(file, dataAt);
  if (parts.sections !== false) {
    putAll(sectionsAt + sectionSize, [
      [0, 4],
      [3, 4],
      [2, word],
      [base + stringsAt, word],
      [stringsAt, word],
      [strings.bytes().length, word],
    ]);
  }
  return file;
}

function stringTable() {
  const parts = [Buffer.from([0])];
  let size = 1;
  return {
    add(text: string): number {
      const at = size;
      const bytes = Buffer.from(`${text}\0`, 'latin1');
      parts.push(bytes);
      size += bytes.length;
      return at;
    },
    bytes: () => Buffer.concat(parts),
  };
}

function align(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}
