/** What other programs make of what we relocate. Debian: patchelf, llvm-14. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openByteFile } from '../../src/package/byte-file.ts';
import { readElf } from '../../src/package/elf.ts';
import { relocatePackage } from '../../src/package/relocate.ts';
import { makeFat, makeMachO } from './make-macho.ts';
import { memoryFile } from './memory-file.ts';

let root: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'relocate-integration-'));
  file = join(root, 'file');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function relocate(map: Readonly<Record<string, string>>, format: 'elf' | 'macho') {
  const info = {
    buildPath: '/opt/store',
    prefix: '/opt/store/pkg',
    hashToPrefix: new Map(),
    sbangInstallPath: undefined,
    relativeRpaths: false,
    textFiles: [],
    binaries: ['file'],
    links: [],
  };
  const tree = {
    directories: new Map([['.', { listed: true, holds: undefined }]]),
    links: new Map<string, string>(),
    open: (path: string) => openByteFile(join(root, path), 'read-write'),
    onDisk: (path: string) => join(root, path),
  };
  const relocation = { info, map: new Map(Object.entries(map)), format, scratch: join(root, 'scratch') };
  return relocatePackage(tree, '.', relocation);
}

test('patchelf makes room for a longer run path, and the program still runs', async () => {
  copyFileSync('/bin/true', file);
  execFileSync('patchelf', ['--set-rpath', '/opt/store/lib:$ORIGIN', file]);
  const longer = `/somewhere/else/${'long/'.repeat(20)}store`;
  expect(await relocate({ '/opt/store': longer }, 'elf')).toMatchObject({ binaries: 1 });
  const paths = readElf(memoryFile(readFileSync(file)));
  expect(paths?.rpath?.value.toString()).toBe(`${longer}/lib:$ORIGIN`);
  expect(execFileSync('patchelf', ['--print-rpath', file], { encoding: 'utf8' })).toBe(
    `${longer}/lib:$ORIGIN\n`,
  );
  execFileSync(file);
});

test('a longer interpreter leaves the run path as it is', async () => {
  copyFileSync('/bin/true', file);
  execFileSync('patchelf', ['--set-rpath', '$ORIGIN/../lib', '--set-interpreter', '/opt/store/ld.so', file]);
  await relocate({ '/opt/store': '/lib/../lib/../lib64/../lib64' }, 'elf');
  expect(execFileSync('patchelf', ['--print-rpath', file], { encoding: 'utf8' })).toBe('$ORIGIN/../lib\n');
  expect(execFileSync('patchelf', ['--print-interpreter', file], { encoding: 'utf8' })).toBe(
    '/lib/../lib/../lib64/../lib64/ld.so\n',
  );
});

test('patchelf agrees with what was patched in place', async () => {
  copyFileSync('/bin/true', file);
  execFileSync('patchelf', ['--set-rpath', '/opt/store/a/lib:/opt/store/b/lib', file]);
  await relocate({ '/opt/store/b': '/b', '/opt/store': '/t' }, 'elf');
  expect(execFileSync('patchelf', ['--print-rpath', file], { encoding: 'utf8' })).toBe('/t/a/lib:/b/lib\n');
  execFileSync(file);
});

const PARTS = {
  id: '/opt/store/x-1/lib/libx.dylib',
  libraries: ['/opt/store/y-1/lib/liby.dylib', '/usr/lib/libSystem.B.dylib'],
  weak: ['/opt/store/w-1/lib/libw.dylib'],
  rpaths: ['/opt/store/y-1/lib', '@loader_path'],
  padding: 400,
};

test.each([
  ['shorter', '/t'],
  ['longer', '/somewhere/else/store'],
])('otool reads load commands with %s paths', async (_, now) => {
  const [wide, narrow] = [makeMachO(PARTS), makeMachO({ ...PARTS, bits: 32 })];
  for (const [bytes, architectures] of [
    [wide, ['x86_64']],
    [narrow, ['i386']],
    [makeMachO({ ...PARTS, endian: 'big' }), ['x86_64']],
    [makeFat(wide, narrow), ['x86_64', 'i386']],
  ] as const) {
    writeFileSync(file, bytes);
    expect(await relocate({ '/opt/store': now }, 'macho')).toMatchObject({ binaries: 1 });
    for (const architecture of architectures) {
      const listing = execFileSync('llvm-otool-14', ['-l', '-arch', architecture, file], {
        encoding: 'utf8',
      });
      const paths = [...listing.matchAll(/^ +(?:name|path) (\S*[/@]\S*) \(offset/gm)].map(([, path]) => path);
      expect(paths).toEqual([
        `${now}/x-1/lib/libx.dylib`,
        `${now}/y-1/lib/liby.dylib`,
        '/usr/lib/libSystem.B.dylib',
        `${now}/w-1/lib/libw.dylib`,
        `${now}/y-1/lib`,
        '@loader_path',
      ]);
    }
  }
});
