import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BuildcacheError } from '../../src/core/errors.ts';
import { readTar, type TarEntry } from '../../src/package/tar-reader.ts';
import { runs } from '../harness/runs.ts';
import { entry, pax, TAR_END, tar, writeChecksum } from './make-tar.ts';

type Read = TarEntry & { readonly body: string };

/** Everything in an archive, fed in chunks of so many bytes. */
function read(archive: Buffer, chunkSize = archive.length): Read[] {
  const entries: Read[] = [];
  let current: TarEntry | undefined;
  let body: Buffer[] = [];
  const reader = readTar({
    entry: (started) => {
      expect(current).toBeUndefined();
      current = started;
      body = [];
    },
    data: (chunk) => body.push(Buffer.from(chunk)),
    entryEnd: () => {
      if (current === undefined) throw new Error('an end without a start');
      entries.push({ ...current, body: Buffer.concat(body).toString('latin1') });
      current = undefined;
    },
  });
  for (let at = 0; at < archive.length; at += chunkSize) reader.write(archive.subarray(at, at + chunkSize));
  reader.end();
  return entries;
}

function code(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof BuildcacheError ? error.code : `not ours: ${error}`;
  }
}

const file = entry({ name: 'a/file', body: 'contents', mode: 0o755, mtime: 1_700_000_000 });

test('files, directories and links', () => {
  const archive = tar(
    entry({ name: 'a/', type: '5' }),
    file,
    entry({ name: 'a/empty' }),
    entry({ name: 'a/link', type: '2', target: '../x', mode: 0o777 }),
    entry({ name: 'a/hard', type: '1', target: 'a/file' }),
  );
  expect(read(archive)).toEqual([
    { type: 'directory', path: 'a/', target: '', mode: 0o755, mtime: 0, size: 0, body: '' },
    {
      type: 'file',
      path: 'a/file',
      target: '',
      mode: 0o755,
      mtime: 1_700_000_000,
      size: 8,
      body: 'contents',
    },
    { type: 'file', path: 'a/empty', target: '', mode: 0o644, mtime: 0, size: 0, body: '' },
    { type: 'symlink', path: 'a/link', target: '../x', mode: 0o777, mtime: 0, size: 0, body: '' },
    { type: 'hardlink', path: 'a/hard', target: 'a/file', mode: 0o644, mtime: 0, size: 0, body: '' },
  ]);
});

test('how the stream is cut makes no difference', () => {
  const archive = tar(
    pax({ path: 'é'.repeat(80), mtime: '12.75' }),
    entry({ name: 'short', body: 'x'.repeat(1000) }),
    entry({ name: 'long', type: 'L', body: `${'d/'.repeat(60)}\0` }),
    entry({ name: 'cut', type: '5' }),
    file,
  );
  const whole = read(archive);
  expect(whole.map(({ path }) => Buffer.from(path, 'latin1').toString())).toEqual([
    'é'.repeat(80),
    'd/'.repeat(60),
    'a/file',
  ]);
  expect(whole[0]).toMatchObject({ mtime: 12, size: 1000 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1500 }), (size) => {
      expect(read(archive, size)).toEqual(whole);
    }),
    { numRuns: 40 },
  );
});

test('names: the prefix field of POSIX headers, GNU long names, bytes that are not UTF-8', () => {
  const archive = tar(
    entry({ name: 'name', prefix: 'some/prefix' }),
    entry({ name: 'gnu', magic: 'ustar  \0' }),
    entry({ name: '././@LongLink', type: 'K', body: 'far/target\0' }),
    entry({ name: '././@LongLink', type: 'L', body: 'far/link\0' }),
    entry({ name: 'x', type: '2', target: 'y' }),
    pax({ hdrcharset: 'BINARY', path: Buffer.from([0x61, 0xff, 0x0a]), comment: 'a=b\nc' }),
    entry({ name: 'a?' }),
  );
  expect(read(archive).map(({ path, target }) => [path, target])).toEqual([
    ['some/prefix/name', ''],
    ['gnu', ''],
    ['far/link', 'far/target'],
    ['a\xff\n', ''],
  ]);
});

test('sizes: PAX, base 256 and blanks', () => {
  const base256 = (header: Buffer) => {
    header.fill(0, 124, 136);
    header[124] = 0x80;
    header[135] = 5;
    return undefined;
  };
  const blanks = (header: Buffer) => {
    header.write('         5 \0', 124, 'latin1');
    return undefined;
  };
  const archive = tar(
    pax({ size: '5' }),
    entry({ name: 'pax', body: 'first', size: 0 }),
    entry({ name: 'base256', body: 'other', tamper: base256 }),
    entry({ name: 'blanks', body: 'third', tamper: blanks }),
  );
  expect(read(archive).map(({ body }) => body)).toEqual(['first', 'other', 'third']);
});

/** What Go, which unpacks layers, and Python read otherwise than POSIX says, or than each other. */
const name = pax({ path: 'a' });
const longName = entry({ name: 'L', type: 'L', body: 'b\0' });
const longTarget = entry({ name: 'K', type: 'K', body: 'b\0' });
const comment = pax({ comment: 'x' });
const globalComment = pax({ comment: 'x' }, 'g');
const link = entry({ name: 'x', type: '2', target: 'y' });

test.each<[string, readonly Buffer[]]>([
  ['a PAX header behind one (Go forgets the first)', [name, comment, file]],
  ['a PAX header behind a comment', [comment, name, file]],
  ['a global header behind a PAX header (Go forgets it)', [name, globalComment, file]],
  ['a global header behind a long name', [longName, globalComment, file]],
  ['a PAX header behind a long name', [longName, comment, file]],
  ['a long name behind a PAX header', [comment, longName, file]],
  ['two long names', [longName, longName, file]],
  ['two long targets', [longTarget, longTarget, link]],
  ['a long name behind both', [longTarget, longName, longTarget, link]],
  ['attributes of no entry that change nothing', [comment]],
])('refuses attributes of attributes: %s', (_, parts) => {
  expect(code(() => read(tar(...parts)))).toBe('corrupt');
});

test('takes the attributes that packers write before one entry', () => {
  expect(read(tar(globalComment, name, file, longTarget, longName, link))).toHaveLength(2);
  expect(read(tar(longName, longTarget, link))).toHaveLength(1);
});

test.each([
  [124, 12, 'size'],
  [100, 8, 'mode'],
  [136, 12, 'time'],
  [108, 8, 'user, which is of no use'],
  [116, 8, 'group'],
  [329, 8, 'device'],
  [337, 8, 'device'],
  [148, 8, 'checksum'],
])('refuses a number that readers end elsewhere, at byte %i', (at, length, what) => {
  const digits = '644'.padStart(length - 3, '0');
  for (const text of [`\0${digits}`, ` \0${digits}`, `${digits}\0${'7'}`, `\u00a0${digits}`, `\n${digits}`]) {
    const tamper = (header: Buffer) => {
      if (what === 'checksum') writeChecksum(header);
      header.fill(0, at, at + length);
      header.write(text, at, length, 'latin1');
      return what === 'checksum' ? true : undefined;
    };
    expect([text, code(() => read(tar(entry({ name: 'x', tamper }))))]).toEqual([text, 'corrupt']);
  }
});

test.each<[string, number, string | undefined]>([
  ["star's, which ends the beginning of names earlier", 508, undefined],
  ['unknown, with something behind its names', 500, undefined],
  ["GNU's, with times that Python takes for the beginning of a name", 345, 'ustar  \0'],
  ["GNU's, with a sparse map", 386, 'ustar  \0'],
  ['older, with what Python takes for the beginning of a name', 345, '\0\0\0\0\0\0\0\0'],
])('refuses a header whose format is %s', (_, at, magic) => {
  const tamper = (header: Buffer) => {
    header.write('tar\0', at, 'latin1');
    return undefined;
  };
  const made = entry({ name: 'x', tamper, ...(magic === undefined ? {} : { magic }) });
  expect(code(() => read(tar(made)))).toBe('unsupported');
});

test('a global PAX header may comment, but not name', () => {
  expect(read(tar(pax({ comment: 'made by git' }, 'g'), file))).toHaveLength(1);
  expect(code(() => read(tar(pax({ path: 'everything' }, 'g'), file)))).toBe('unsupported');
});

test.each([
  ['a character device', entry({ name: 'x', type: '3' }), 'unsupported'],
  ['a block device', entry({ name: 'x', type: '4' }), 'unsupported'],
  ['a FIFO', entry({ name: 'x', type: '6' }), 'unsupported'],
  ['a sparse file', entry({ name: 'x', type: 'S' }), 'unsupported'],
  ['an unknown type', entry({ name: 'x', type: 'Z' }), 'unsupported'],
  ['a PAX sparse file', Buffer.concat([pax({ 'GNU.sparse.major': '1' }), file]), 'unsupported'],
  ['a hard link with contents', entry({ name: 'x', type: '1', target: 'y', body: 'z' }), 'corrupt'],
  ['a symlink with contents', entry({ name: 'x', type: '2', target: 'y', body: 'z' }), 'corrupt'],
  ['a directory with contents', entry({ name: 'x/', type: '5', size: 512 }), 'corrupt'],
  ['no name', entry({ name: '' }), 'corrupt'],
  ['a link to nowhere', entry({ name: 'x', type: '2' }), 'corrupt'],
  ['a file named like a directory', entry({ name: 'x/' }), 'corrupt'],
  [
    'an old file that only its long name does not make a directory',
    Buffer.concat([longName, entry({ name: 'x/', type: '\0', body: 'x' })]),
    'corrupt',
  ],
  ['a NUL in a PAX name', Buffer.concat([pax({ path: 'a\0b' }), file]), 'corrupt'],
  ['a NUL in a GNU name', Buffer.concat([entry({ name: 'L', type: 'L', body: 'a\0b\0' }), file]), 'corrupt'],
  ['an empty PAX name', Buffer.concat([pax({ path: '' }), file]), 'corrupt'],
  [
    'two names',
    Buffer.concat([pax({ path: 'a' }), entry({ name: 'L', type: 'L', body: 'b\0' }), file]),
    'corrupt',
  ],
  ['two sizes', Buffer.concat([pax({ size: '8' }), pax({ size: '8' }), file]), 'corrupt'],
  ['a PAX size that is no number', Buffer.concat([pax({ size: '-1' }), file]), 'corrupt'],
  ['a PAX size beyond all numbers', Buffer.concat([pax({ size: '9999999999999999' }), file]), 'corrupt'],
  ['attributes of no entry', pax({ path: 'a' }), 'corrupt'],
  [
    'a megabyte of short attributes',
    entry({ name: 'x', type: 'x', body: '6 a=b\n'.repeat(170_000) }),
    'too-large',
  ],
  [
    'attributes of all entries by the thousand',
    Buffer.concat(Array<Buffer>(1001).fill(pax({ comment: 'x' }, 'g'))),
    'too-large',
  ],
  ['attributes over a megabyte', entry({ name: 'x', type: 'x', size: 1024 * 1024 + 1 }), 'too-large'],
  ['a PAX record without an end', entry({ name: 'x', type: 'x', body: '9 path=ab' }), 'corrupt'],
  ['a PAX record with a wrong length', entry({ name: 'x', type: 'x', body: '12 path=ab\n' }), 'corrupt'],
  ['a PAX record of length 0', entry({ name: 'x', type: 'x', body: '0 path=ab\n' }), 'corrupt'],
])('refuses %s', (_, part, expected) => {
  expect(code(() => read(tar(part)))).toBe(expected);
});

test.each<[string, (header: Buffer) => boolean | undefined]>([
  [
    'a wrong checksum',
    (header) => {
      header.write('0000001\0', 148, 'latin1');
      return true;
    },
  ],
  [
    'a size that is not octal',
    (header) => {
      header.write('9', 124, 'latin1');
      return undefined;
    },
  ],
  [
    'a negative size',
    (header) => {
      header.fill(0xff, 124, 136);
      return undefined;
    },
  ],
  [
    'a size beyond all numbers',
    (header) => {
      header.fill(0xff, 125, 136);
      header[124] = 0x80;
      return undefined;
    },
  ],
])('refuses %s', (_, tamper) => {
  expect(code(() => read(tar(entry({ name: 'x', tamper }))))).toBe('corrupt');
});

test('an archive must end, and once', () => {
  expect(read(TAR_END)).toEqual([]);
  expect(code(() => read(Buffer.alloc(0)))).toBe('corrupt');
  expect(code(() => read(file))).toBe('corrupt');
  expect(code(() => read(Buffer.concat([file, Buffer.alloc(512)])))).toBe('corrupt');
  expect(code(() => read(Buffer.concat([tar(file), file])))).toBe('corrupt');
  expect(code(() => read(Buffer.concat([file, Buffer.alloc(512), file, TAR_END])))).toBe('corrupt');
  expect(code(() => read(file.subarray(0, 515)))).toBe('corrupt');
  expect(code(() => read(Buffer.concat([TAR_END, Buffer.from([0, 1])])))).toBe('corrupt');
});

test('a changed byte is refused or read, and never anything else', () => {
  const archive = tar(
    pax({ path: 'long/name', size: '8' }),
    file,
    entry({ name: 'b', type: '2', target: 'c' }),
    file,
  );
  fc.assert(
    fc.property(
      fc.nat(4000),
      fc.nat(255),
      fc.boolean(),
      fc.integer({ min: 1, max: 2000 }),
      (at, byte, honest, size) => {
        const mutated = Buffer.from(archive);
        mutated[at] = byte;
        // With the checksum put right, what is behind it is what gets tested.
        if (honest) writeChecksum(mutated.subarray(Math.floor(at / 512) * 512).subarray(0, 512));
        const outcome = code(() => read(mutated, size));
        expect([undefined, 'corrupt', 'unsupported', 'too-large']).toContain(outcome);
      },
    ),
    { numRuns: runs(400) },
  );
});
