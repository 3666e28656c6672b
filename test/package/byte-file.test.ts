import { execFileSync } from 'node:child_process';
import { linkSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openByteFile } from '../../src/package/byte-file.ts';

let root: string;
let path: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'byte-file-test-'));
  path = join(root, 'file');
  writeFileSync(path, '0123456789');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('reads what is there, and less where the file ends', () => {
  const file = openByteFile(path, 'read');
  expect(file.size).toBe(10);
  expect(file.read(2, 3).toString()).toBe('234');
  expect(file.read(8, 100).toString()).toBe('89');
  expect(file.read(50, 1)).toHaveLength(0);
  expect(() => file.write(0, Buffer.from('x'))).toThrow();
  file.close();
});

test('writes in place, beyond the end, and cuts', () => {
  const file = openByteFile(path, 'read-write');
  file.write(8, Buffer.from('abcd'));
  expect(file.size).toBe(12);
  expect(file.read(6, 10).toString()).toBe('67abcd');
  file.truncate(7);
  expect(file.read(0, 10).toString()).toBe('0123456');
  file.close();
  expect(readFileSync(path, 'utf8')).toBe('0123456');
});

test('creates, or empties', () => {
  for (const name of ['file', 'new']) {
    const file = openByteFile(join(root, name), 'create');
    expect(file.size).toBe(0);
    file.write(0, Buffer.from('x'));
    expect(file.read(0, 5).toString()).toBe('x');
    file.close();
  }
});

test('tells hard links from other files', () => {
  linkSync(path, join(root, 'link'));
  writeFileSync(join(root, 'other'), '');
  const identities = ['file', 'link', 'other'].map((name) => {
    const file = openByteFile(join(root, name), 'read');
    file.close();
    return file.identity;
  });
  expect(identities[0]).toBe(identities[1]);
  expect(identities[0]).not.toBe(identities[2]);
});

test('opens nothing but files', () => {
  symlinkSync(path, join(root, 'symlink'));
  execFileSync('mkfifo', [join(root, 'fifo')]);
  expect(() => openByteFile(join(root, 'symlink'), 'read')).toThrow(
    expect.objectContaining({ code: 'ELOOP' }),
  );
  expect(() => openByteFile(root, 'read')).toThrow(expect.objectContaining({ code: 'EINVAL' }));
  expect(() => openByteFile(join(root, 'fifo'), 'read')).toThrow(expect.objectContaining({ code: 'EINVAL' }));
  expect(() => openByteFile(join(root, 'missing'), 'read-write')).toThrow(
    expect.objectContaining({ code: 'ENOENT' }),
  );
});
