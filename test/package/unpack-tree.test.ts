import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TarEntry } from '../../src/package/tar-reader.ts';
import { type UnpackedTree, unpackTree } from '../../src/package/unpack-tree.ts';

const HASH = 'abcdefg';
let root: string;
let tree: UnpackedTree;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tree-test-'));
  tree = unpackTree(root, 1000, HASH);
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
    for (let i = 0; i < 90; i++) add(`link${i}-${tree.counts.files}`, { type: 'symlink', target });
  };
  addMany();
  expect(addMany).toThrow(expect.objectContaining({ code: 'too-large' }));
});

test('names the file system refuses are its errors, with the name', () => {
  const name = 'x'.repeat(300);
  expect(() => add(name)).toThrow(expect.objectContaining({ code: 'io', facts: { file: name } }));
});
