import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TarEntry } from '../../src/package/tar-reader.ts';
import { type UnpackedTree, unpackTree } from '../../src/package/unpack-tree.ts';

const HASH = 'abcdefg';
let root: string;
let tree: UnpackedTree;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tree-test-'));
  tree = unpackTree(root, 1000, HASH, 0);
});

afterEach(() => {
  tree.close();
  rmSync(root, { recursive: true, force: true });
  rmSync(`${root}.package`, { recursive: true, force: true });
});

function add(path: string, rest: Partial<TarEntry> & { readonly body?: string } = {}): void {
  const body = Buffer.from(rest.body ?? '');
  tree.entry({ type: 'file', path, target: '', mode: 0o644, mtime: 0, size: body.length, ...rest });
  if (body.length > 0) tree.data(body);
  tree.entryEnd();
}

test('directories are known by whether the archive has them and what they hold', () => {
  add('a/', { type: 'directory' });
  add('a/b/file');
  add('a/b/other');
  add('a/link', { type: 'symlink', target: 'x' });
  add('c/', { type: 'directory' });
  add('c/', { type: 'directory' });
  expect(Object.fromEntries(tree.directories)).toEqual({
    '': { listed: false, holds: undefined },
    a: { listed: true, holds: 'a/link' },
    'a/b': { listed: false, holds: 'a/b/file' },
    c: { listed: true, holds: undefined },
  });
  expect(tree.counts).toEqual({ files: 3, bytes: 0 });
});

test('directories above that of the package are made once something else is in them', () => {
  add('opt/', { type: 'directory', mode: 0o711 });
  add('opt/store/', { type: 'directory' });
  add('opt/store/pkg-abcdefg/', { type: 'directory', mode: 0o750 });
  add('opt/store/pkg-abcdefg/bin/tool', { body: 'contents' });
  expect(readdirSync(root)).toEqual([]);
  expect(() => add('opt/link', { type: 'hardlink', target: 'opt/store' })).toThrow(
    expect.objectContaining({ code: 'corrupt' }),
  );
  const isThere = () => readFileSync(join(String(tree.locate('opt/store/pkg-abcdefg')), 'bin/tool'), 'utf8');
  expect(isThere()).toBe('contents');
  add('opt/store/other/file');
  expect(isThere()).toBe('contents');
  expect(tree.locate('opt/store/pkg-abcdefg')).toBe(join(root, 'opt/store/pkg-abcdefg'));
  expect(lstatSync(join(root, 'opt')).mode & 0o777).toBe(0o711);
  expect(lstatSync(join(root, 'opt/store/pkg-abcdefg')).mode & 0o777).toBe(0o750);
  expect(() => add('opt/store/pkg-abcdefg/bin/tool')).toThrow(expect.objectContaining({ code: 'corrupt' }));
});

test('symlinks are there when they are made, and not before', () => {
  add('link', { type: 'symlink', target: '/somewhere' });
  add('hard', { type: 'hardlink', target: 'link' });
  expect(existsSync(join(root, 'link'))).toBe(false);
  tree.links.set('hard', 'else\xff');
  tree.makeLinks();
  expect(readlinkSync(join(root, 'link'))).toBe('/somewhere');
  expect(readlinkSync(join(root, 'hard'), 'buffer')).toEqual(Buffer.from('else\xff', 'latin1'));
});

test('hard links share their file', () => {
  add('file', { body: 'contents' });
  add('d/link', { type: 'hardlink', target: './file' });
  expect(readFileSync(join(root, 'd/link'), 'utf8')).toBe('contents');
  expect(lstatSync(join(root, 'file')).nlink).toBe(2);
  for (const target of ['d', 'missing', 'file/below', 'none/file']) {
    expect(() => add('other', { type: 'hardlink', target })).toThrow(
      expect.objectContaining({ code: 'corrupt' }),
    );
  }
});

/** What a file system that does not tell two names apart answers to the second one. */
test('two names that are one file here are refused with what to do', () => {
  add('file', { body: 'first' });
  expect(() => add('file', { body: 'second' })).toThrow(
    expect.objectContaining({
      code: 'corrupt',
      facts: expect.objectContaining({ hint: expect.stringContaining('case') }),
    }),
  );
  expect(readFileSync(join(root, 'file'), 'utf8')).toBe('first');
  add('link', { type: 'symlink', target: 'x' });
  expect(() => add('link/below')).toThrow(expect.objectContaining({ code: 'corrupt' }));
  expect(existsSync(join(root, 'link'))).toBe(false);
});

test('a symlink that meets a file of the same name is refused when it is made', () => {
  add('file');
  add('file', { type: 'symlink', target: 'x' });
  expect(() => tree.makeLinks()).toThrow(expect.objectContaining({ code: 'corrupt' }));
});

test('what is kept in memory is bounded', () => {
  const target = 'x'.repeat(1024 * 1024);
  const addMany = () => {
    for (let i = 0; i < 110; i++) add(`link${i}-${tree.counts.files}`, { type: 'symlink', target });
  };
  addMany();
  expect(addMany).toThrow(expect.objectContaining({ code: 'too-large' }));
});

test('names the file system refuses are its errors, with the name', () => {
  const name = 'x'.repeat(300);
  expect(() => add(name)).toThrow(expect.objectContaining({ code: 'io', facts: { file: name } }));
});

describe('small files are held until they are written', () => {
  beforeEach(() => {
    tree = unpackTree(root, 1000, HASH, 10_000);
  });

  const read = (path: string) => readFileSync(join(root, path), 'utf8');

  test('with what they have become, all names of one file, and the time of a file that has not changed', () => {
    add('d/same', { body: 'as it was', mtime: 1_000_000 });
    add('changed', { body: 'old', mtime: 1_000_000, mode: 0o755 });
    add('also', { type: 'hardlink', target: 'changed' });
    expect(readdirSync(root)).toEqual(['d']);
    expect(readdirSync(join(root, 'd'))).toEqual([]);
    const file = tree.open('also');
    expect([file.isExecutable, file.read(0, 10).toString()]).toEqual([true, 'old']);
    file.write(0, Buffer.from('new, and longer'));
    file.truncate(3);
    file.close();
    tree.writeHeld();
    expect([read('d/same'), read('changed'), read('also')]).toEqual(['as it was', 'new', 'new']);
    expect(lstatSync(join(root, 'd/same')).mtimeMs).toBe(1_000_000_000);
    expect(lstatSync(join(root, 'changed')).mtimeMs).toBeGreaterThan(1_000_000_000);
    expect(lstatSync(join(root, 'changed'))).toMatchObject({ nlink: 2, mode: 0o100755 });
    expect(tree.counts).toEqual({ files: 3, bytes: 12 });
  });

  test('or when a program has to see them', () => {
    add('file', { body: 'x' });
    add('also', { type: 'hardlink', target: 'file' });
    expect(tree.onDisk('also')).toBe(join(root, 'also'));
    expect([read('file'), read('also')]).toEqual(['x', 'x']);
    tree.open('file').write(0, Buffer.from('changed'));
    tree.writeHeld();
    expect(read('also')).toBe('changed');
  });

  test('or when they have become too long for that together', () => {
    const names = Array.from({ length: 8 }, (_, i) => `file${i}`);
    for (const name of names) add(name, { body: 'x' });
    expect(readdirSync(root)).toEqual([]);
    for (const name of names) {
      const file = tree.open(name);
      file.write(0, Buffer.alloc(4000, name));
      file.close();
    }
    // Two fit.
    expect(readdirSync(root)).toHaveLength(6);
    tree.writeHeld();
    for (const name of names) expect(read(name)).toBe(Buffer.alloc(4000, name).toString());
  });

  test('and a file is the same one before and after it is written, by all its names', () => {
    add('file', { body: 'x' });
    add('also', { type: 'hardlink', target: 'file' });
    const before = tree.open('file');
    tree.onDisk('also');
    for (const name of ['file', 'also']) {
      const after = tree.open(name);
      expect(after.identity).toBe(before.identity);
      after.write(after.size, Buffer.from(name));
      expect(after.size).toBe(name === 'file' ? 5 : 9);
      after.close();
    }
    expect(read('file')).toBe('xfilealso');
  });

  test('or at once where there is no more room for them, or they grow out of it', () => {
    add('large', { body: 'x'.repeat(20_000) });
    expect(read('large')).toHaveLength(20_000);
    add('grows', { body: 'x' });
    const file = tree.open('grows');
    file.write(0, Buffer.alloc(2_000_000, 'y'));
    expect(existsSync(join(root, 'grows'))).toBe(false);
    file.close();
    expect(read('grows')).toHaveLength(2_000_000);
    for (let i = 0; i < 30; i++) add(`empty${i}`);
    expect(readdirSync(root).filter((name) => name.startsWith('empty')).length).toBeGreaterThan(10);
  });

  test('what is read of one stays as it was when it is written to', () => {
    add('file', { body: 'before' });
    const file = tree.open('file');
    const bytes = file.read(0, 6);
    file.write(0, Buffer.from('behind'));
    expect(bytes.toString()).toBe('before');
    expect(file.read(3, -1)).toHaveLength(0);
  });

  test('and nothing can take their names, nor they those of others', () => {
    add('file', { body: 'x' });
    add('link', { type: 'symlink', target: 'x' });
    add('d/', { type: 'directory' });
    const refused = expect.objectContaining({ code: 'corrupt' });
    for (const path of ['file', 'file/below', './file', 'link', 'd']) {
      expect(() => add(path), path).toThrow(refused);
    }
    expect(() => add('file', { type: 'symlink', target: '/etc' })).toThrow(refused);
    expect(() => add('file', { type: 'directory' })).toThrow(refused);
    expect(() => add('d', { type: 'hardlink', target: 'file' })).toThrow(refused);
    add('late');
    writeFileSync(join(root, 'late'), 'a name that is the same to the file system');
    expect(() => tree.writeHeld()).toThrow(refused);
  });
});
