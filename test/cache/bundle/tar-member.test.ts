import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import {
  ARCHIVE_END,
  BLOCK,
  describeHeader,
  memberHead,
  memberLength,
  paddingOf,
  sizeOfFirst,
} from '../../../src/cache/bundle/tar-member.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const BLOB = `blobs/sha256/aa/${'a'.repeat(64)}`;
const LONG = `v3/manifests/spec/${'n'.repeat(60)}/${'n'.repeat(60)}-${'1'.repeat(70)}-${'h'.repeat(32)}.spec.manifest.json`;

it.each([
  ['a short name', 'v3/layout.json', 18, 512, '6bb720d2'],
  ['a blob', BLOB, 123_456, 512, '170a05f1'],
  ['a name that fits into no header', LONG, 5, 1536, '6c75153e'],
  ['letters that are not ASCII', 'v3/manifests/spec/ü/ü.spec.manifest.json', 5, 1536, 'bbe3228d'],
  ['more than 8 GiB', BLOB, 9 * 1024 ** 3, 1536, 'a753b11a'],
])(
  'the header of %s stays what it is: bundles that were made are read by it',
  (_, path, size, length, digest) => {
    const head = memberHead(path, size);
    expect(head.length).toBe(length);
    expect(sha256(head).slice(0, 8)).toBe(digest);
    expect(memberLength(path, size)).toBe(length + size + paddingOf(size));
  },
);

it.each([98, 99, 100, 101, 255, 256])(
  'the length of a member whose name has %i letters is that of its header and content',
  (length) => {
    for (const path of [
      `v3/${'n'.repeat(length - 3)}`,
      `v3/${'n/'.repeat(length)}`.slice(0, length - 1).concat('n'),
    ])
      for (const size of [0, 8 * 1024 ** 3 - 1, 8 * 1024 ** 3])
        expect(memberLength(path, size)).toBe(memberHead(path, size).length + size + paddingOf(size));
  },
);

it('a plain tar reads them all', async () => {
  await using dir = await tempDir();
  const names = ['v3/layout.json', BLOB, LONG, 'v3/manifests/spec/ü/ü.spec.manifest.json'];
  const members = names.flatMap((name) => [
    memberHead(name, 3),
    Buffer.from('abc'),
    Buffer.alloc(paddingOf(3)),
  ]);
  const file = join(dir.path, 'x.tar');
  writeFileSync(file, Buffer.concat([...members, ARCHIVE_END]));
  const listed = execFileSync('tar', ['-tf', file, '--quoting-style=literal'], { encoding: 'utf8' });
  expect(listed.trimEnd().split('\n')).toEqual(names);
});

it('any byte of a header may be another one', () => {
  for (let at = 0; at < BLOCK; at++)
    for (const byte of [0x00, 0x7f, 0x80, 0xff]) {
      const block = memberHead(BLOB, 123_456);
      if (block[at] === byte) continue;
      block[at] = byte;
      expect(sizeOfFirst(block, BLOB)).toBeUndefined();
      expect(describeHeader(block)).toMatch(/^(?:no header of a tar archive|the file "|"blobs)/);
    }
  expect(describeHeader(gzipSync(randomBytes(2 * BLOCK)).subarray(0, BLOCK))).toBe(
    'no header of a tar archive',
  );
});
