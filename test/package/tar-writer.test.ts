import fc from 'fast-check';
import { Header, Pax } from 'tar';
import { describe, expect, it } from 'vitest';
import { decodePath } from '../../src/package/path-bytes.ts';
import { TAR_BLOCK, type TarMember, tarEnd, tarHeader, tarPadding } from '../../src/package/tar-writer.ts';

const file = (name: string, size = 0): TarMember => ({
  type: 'file',
  name: Buffer.from(name),
  executable: false,
  size,
});

describe('tarHeader', () => {
  it('writes the plain fields to the byte', () => {
    const header = tarHeader({ type: 'file', name: Buffer.from('opt/x'), executable: true, size: 12 });
    expect(header).toHaveLength(TAR_BLOCK);
    const text = header.toString('latin1');
    expect(text.slice(0, 100)).toBe('opt/x'.padEnd(100, '\0'));
    expect(text.slice(100, 148)).toBe('0000755\x000000000\x000000000\x0000000000014\x0000000000000\0');
    expect(text.slice(148, 156)).toMatch(/^[0-7]{6}\0 $/);
    expect(text.slice(156, 257)).toBe('0'.padEnd(101, '\0'));
    expect(text.slice(257, 265)).toBe('ustar\x0000');
    expect(text.slice(265)).toBe('\0'.repeat(247));
  });

  it('normalises modes, and gives directories their slash', () => {
    const mode = (entry: TarMember) => tarHeader(entry).toString('latin1', 100, 107);
    const name = Buffer.from('a');
    expect(mode({ type: 'file', name, executable: false, size: 0 })).toBe('0000644');
    expect(mode({ type: 'link', name, executable: true, target: name })).toBe('0000755');
    expect(mode({ type: 'link', name, executable: false, target: name })).toBe('0000644');
    expect(mode({ type: 'symlink', name, target: name })).toBe('0000755');
    expect(mode({ type: 'directory', name })).toBe('0000755');
    expect(tarHeader({ type: 'directory', name }).toString('latin1', 0, 3)).toBe('a/\0');
  });

  it('needs PAX from 101 bytes on, a directory one earlier', () => {
    expect(tarHeader(file('n'.repeat(100)))).toHaveLength(TAR_BLOCK);
    expect(tarHeader(file('n'.repeat(101)))).toHaveLength(3 * TAR_BLOCK);
    expect(tarHeader({ type: 'directory', name: Buffer.from('n'.repeat(99)) })).toHaveLength(TAR_BLOCK);
    expect(tarHeader({ type: 'directory', name: Buffer.from('n'.repeat(100)) })).toHaveLength(3 * TAR_BLOCK);
  });

  it('writes the path whole into the PAX record and what ASCII there is into the header', () => {
    const header = tarHeader(file('toyé😀.py'));
    expect(header.toString('latin1', 0, 16)).toBe('././@PaxHeader\0\0');
    expect(header.toString('latin1', 100, 107)).toBe('0000000');
    expect(header.toString('latin1', 156, 157)).toBe('x');
    expect(header.toString('utf8', TAR_BLOCK, TAR_BLOCK + 22)).toBe('21 path=toyé😀.py\n\0');
    expect(header.toString('latin1', 2 * TAR_BLOCK, 2 * TAR_BLOCK + 9)).toBe('toy??.py\0');
  });

  it('announces names that are not UTF-8 and writes their bytes', () => {
    const name = Buffer.from([0x61, 0xff, 0xfe]);
    const header = tarHeader({ type: 'symlink', name, target: Buffer.from('é') });
    const records = header.subarray(TAR_BLOCK, TAR_BLOCK + 52).toString('latin1');
    expect(records).toBe('21 hdrcharset=BINARY\n12 path=a\xff\xfe\n15 linkpath=\xc3\xa9\n\0\0\0\0');
    expect(header.toString('latin1', 2 * TAR_BLOCK, 2 * TAR_BLOCK + 4)).toBe('a??\0');
  });

  it('counts the digits of a record length into it, across a power of ten', () => {
    // `path` and its three separators are 7 bytes; two digits make 99 of the first and would make 101 of the next.
    const length = (bytes: number) =>
      tarHeader(file('é'.repeat(bytes / 2))).toString('latin1', TAR_BLOCK, TAR_BLOCK + 4);
    expect([length(90), length(92), length(94)]).toEqual(['99 p', '102 ', '104 ']);
  });

  it('keeps the size in the header up to 8 GiB, then moves it to a record', () => {
    const below = tarHeader(file('big', 8 ** 11 - 1));
    expect(below.toString('latin1', 124, 136)).toBe('77777777777\0');
    const above = tarHeader(file('big', 8 ** 11));
    expect(above.toString('latin1', TAR_BLOCK, TAR_BLOCK + 19)).toBe('19 size=8589934592\n');
    expect(above.toString('latin1', 2 * TAR_BLOCK + 124, 2 * TAR_BLOCK + 136)).toBe('00000000000\0');
    expect(read(above).size).toBe(8 ** 11);
  });

  it('is what another implementation reads back', () => {
    const name = fc.array(fc.constantFrom('a', 'é', '😀', '-', 'lib', 'x'.repeat(40)), {
      minLength: 1,
      maxLength: 9,
    });
    const entry = fc.oneof(
      fc.record({
        type: fc.constant('file' as const),
        name: name.map(bytes),
        executable: fc.boolean(),
        size: fc.oneof(fc.nat(), fc.integer({ min: 8 ** 11 - 2, max: 8 ** 12 })),
      }),
      fc.record({ type: fc.constant('directory' as const), name: name.map(bytes) }),
      fc.record({ type: fc.constant('symlink' as const), name: name.map(bytes), target: name.map(bytes) }),
      fc.record({
        type: fc.constant('link' as const),
        name: name.map(bytes),
        target: name.map(bytes),
        executable: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(entry, (given: TarMember) => {
        const encoded = tarHeader(given);
        expect(encoded.length % TAR_BLOCK).toBe(0);
        const found = read(encoded);
        expect(found.cksumValid).toBe(true);
        expect(found.path).toBe(decodePath(given.name) + (given.type === 'directory' ? '/' : ''));
        if (given.type === 'file') expect(found.size).toBe(given.size);
        if (given.type === 'symlink' || given.type === 'link')
          expect(found.linkpath).toBe(decodePath(given.target));
        expect(found.type).toBe(
          { file: 'File', directory: 'Directory', symlink: 'SymbolicLink', link: 'Link' }[given.type],
        );
      }),
    );
  });
});

describe('the blocks around', () => {
  it('pads data to 512 bytes and the archive to a multiple of 10,240 with at least 1,024 zeros', () => {
    expect([0, 1, 511, 512, 513].map(tarPadding)).toEqual([0, 511, 1, 0, 511]);
    for (const length of [0, 512, 10240 - 1536, 10240 - 1024, 10240 - 512, 10240, 51200]) {
      const end = tarEnd(length);
      expect((length + end.length) % 10240).toBe(0);
      expect(end.length).toBeGreaterThanOrEqual(1024);
      expect(end.length).toBeLessThan(1024 + 10240);
      expect(end.every((byte) => byte === 0)).toBe(true);
    }
  });
});

function bytes(parts: string[]): Buffer {
  return Buffer.from(parts.join('/'));
}

/** Reads a header with the `tar` package, PAX records applied: it wants the path early and the link late. */
function read(encoded: Buffer) {
  const first = new Header(encoded, 0);
  const length = first.size ?? 0;
  if (first.type !== 'ExtendedHeader') return first;
  const records = Pax.parse(encoded.toString('utf8', TAR_BLOCK, TAR_BLOCK + length));
  const header = new Header(encoded, TAR_BLOCK + length + tarPadding(length), records);
  if (records.linkpath !== undefined) header.linkpath = records.linkpath;
  return header;
}
