import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BuildInfo } from '../../src/package/build-info-reader.ts';
import { openByteFile } from '../../src/package/byte-file.ts';
import { readElf } from '../../src/package/elf.ts';
import { readMachO } from '../../src/package/macho.ts';
import { type Relocation, relocatePackage } from '../../src/package/relocate.ts';
import { makeElf } from './make-elf.ts';
import { makeMachO } from './make-macho.ts';
import { memoryFile } from './memory-file.ts';

let root: string;
let links: Map<string, string>;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'relocate-test-'));
  mkdirSync(join(root, 'pkg/lib'), { recursive: true });
  links = new Map();
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const SHORTER = new Map([['/opt/store', '/t']]);
const LONGER = new Map([['/opt/store', '/somewhere/else/store']]);

function write(name: string, contents: string | Buffer): void {
  writeFileSync(join(root, 'pkg', name), contents);
}

function read(name: string): Buffer {
  return readFileSync(join(root, 'pkg', name));
}

function relocate(
  lists: Partial<Pick<BuildInfo, 'textFiles' | 'binaries' | 'links'>>,
  rest: Partial<Relocation> = {},
) {
  const directory = { listed: true, holds: undefined };
  const info: BuildInfo = {
    buildPath: '/opt/store',
    prefix: '/opt/store/pkg',
    hashToPrefix: new Map(),
    sbangInstallPath: undefined,
    relativeRpaths: false,
    textFiles: [],
    binaries: [],
    links: [],
    ...lists,
  };
  const tree = {
    directories: new Map(['', 'pkg', 'pkg/lib'].map((path) => [path, directory])),
    links,
    open: (path: string) => openByteFile(join(root, path), 'read-write'),
    onDisk: (path: string) => join(root, path),
  };
  const relocation = { info, map: SHORTER, format: 'elf' as const, scratch: join(root, 'scratch'), ...rest };
  return relocatePackage(tree, 'pkg', relocation);
}

test('counts what it changes', async () => {
  write('text', 'x /opt/store/y');
  write('other', 'nothing');
  write('lib/a.so', makeElf({ rpath: '/opt/store/lib' }));
  write('lib/b.so', makeElf({ rpath: '/usr/lib' }));
  links
    .set('pkg/link', '/opt/store/x')
    .set('pkg/relative', 'opt/store')
    .set('pkg/elsewhere', '/usr/opt/store');
  const counts = await relocate({
    textFiles: ['text', 'other'],
    binaries: ['lib/a.so', 'lib/b.so'],
    links: ['link', 'relative', 'elsewhere'],
  });
  expect(counts).toEqual({ text: 1, binaries: 1, links: 1 });
  expect(read('text').toString()).toBe('x /t/y');
  expect([...links.values()]).toEqual(['/t/x', 'opt/store', '/usr/opt/store']);
});

test('without anything to replace nothing is looked at', async () => {
  expect(await relocate({ textFiles: ['missing'] }, { map: new Map() })).toEqual({
    text: 0,
    binaries: 0,
    links: 0,
  });
});

test('paths of a binary are cut, its other strings padded', async () => {
  const data = Buffer.from('\0/opt/store/share/data\0');
  write('a.so', makeElf({ rpath: '/opt/store/lib', interpreter: '/opt/store/lib/ld.so', data }));
  await relocate({ binaries: ['a.so'] });
  const paths = readElf(memoryFile(read('a.so')));
  expect(paths?.rpath?.value.toString()).toBe('/t/lib');
  expect(paths?.interpreter?.value.toString()).toBe('/t/lib/ld.so');
  expect(read('a.so').includes('\0/////////t/share/data\0')).toBe(true);
});

test('what is listed many times, or by several spellings, is changed once', async () => {
  const map = new Map([['/opt', '/opt/store']]);
  links.set('pkg/link', '/opt/x');
  write('text', 'at /opt/y\n');
  const spellings = (name: string) => [name, `./${name}`, `.//${name}`, ...Array<string>(2000).fill(name)];
  const counts = await relocate({ links: spellings('link'), textFiles: spellings('text') }, { map });
  expect(links.get('pkg/link')).toBe('/opt/store/x');
  expect(read('text').toString()).toBe('at /opt/store/y\n');
  expect(counts).toEqual({ text: 1, binaries: 0, links: 1 });
});

test('hard links are changed once', async () => {
  write('a', '/opt/store');
  linkSync(join(root, 'pkg/a'), join(root, 'pkg/lib/b'));
  const map = new Map([['/opt/store', '/opt/store/x']]);
  expect(await relocate({ textFiles: ['a', 'lib/b', 'a'] }, { map })).toMatchObject({ text: 1 });
  expect(read('lib/b').toString()).toBe('/opt/store/x');
});

describe('paths that do not fit', () => {
  /** Stands in for patchelf: overwrites the old run path, and writes down what it was asked for. */
  function patchelf(): string {
    const path = join(root, 'patchelf');
    writeFileSync(
      path,
      `#!/bin/sh\nprintf '%s ' "$@" > '${root}/call'\nfor file; do :; done\nprintf patched > "$file"\n`,
    );
    chmodSync(path, 0o755);
    return path;
  }

  test('go to patchelf', async () => {
    write('a.so', makeElf({ rpath: '/opt/store/lib' }));
    const tools = { patchelf: patchelf(), codesign: undefined };
    expect(await relocate({ binaries: ['a.so'] }, { map: LONGER, tools })).toMatchObject({ binaries: 1 });
    const file = join(root, 'pkg/a.so');
    expect(readFileSync(join(root, 'call'), 'utf8')).toBe(
      `--force-rpath --set-rpath /somewhere/else/store/lib ${file} `,
    );
    expect(read('a.so').toString()).toBe('patched');
  });

  test('are an error with the file named where there is none', async () => {
    write('a.so', makeElf({ rpath: '/opt/store/lib' }));
    const tools = { patchelf: join(root, 'none'), codesign: undefined };
    await expect(relocate({ binaries: ['a.so'] }, { map: LONGER, tools })).rejects.toThrow(
      expect.objectContaining({ code: 'unsupported', facts: expect.objectContaining({ file: 'pkg/a.so' }) }),
    );
  });

  test('are one in other strings as well', async () => {
    write('a.so', makeElf({ data: Buffer.from('/opt/store/share') }));
    await expect(relocate({ binaries: ['a.so'] }, { map: LONGER })).rejects.toThrow(
      expect.objectContaining({ code: 'unsupported', facts: expect.objectContaining({ file: 'pkg/a.so' }) }),
    );
  });
});

describe('on macOS', () => {
  const parts = {
    id: '/opt/store/libx.dylib',
    rpaths: ['/opt/store/libraries'],
    data: Buffer.from('/opt/store/share/data\0'),
  };

  test('load commands, other strings and the signature', async () => {
    write('libx.dylib', makeMachO(parts));
    write('same.dylib', makeMachO({ rpaths: ['/usr/lib'] }));
    const codesign = join(root, 'codesign');
    writeFileSync(codesign, `#!/bin/sh\necho "$@" >> '${root}/signed'\n`);
    chmodSync(codesign, 0o755);
    const tools = { patchelf: 'none', codesign };
    const counts = await relocate({ binaries: ['libx.dylib', 'same.dylib'] }, { format: 'macho', tools });
    expect(counts.binaries).toBe(1);
    const commands = readMachO(memoryFile(read('libx.dylib')))?.[0]?.commands ?? [];
    expect(commands.flatMap(({ path }) => (path ? [path.value.toString()] : []))).toEqual([
      '/t/libx.dylib',
      '/t/libraries',
    ]);
    expect(read('libx.dylib').includes('/////////t/share/data\0')).toBe(true);
    expect(readFileSync(join(root, 'signed'), 'utf8')).toBe(`-fs- ${join(root, 'scratch')}\n`);
  });

  test('object files and the compiler runtime keep their load commands, as with Spack', async () => {
    write('x.o', makeMachO(parts));
    write('libgcc_s.dylib', makeMachO(parts));
    await relocate({ binaries: ['x.o', 'libgcc_s.dylib'] }, { format: 'macho' });
    for (const name of ['x.o', 'libgcc_s.dylib']) {
      const commands = readMachO(memoryFile(read(name)))?.[0]?.commands ?? [];
      const paths = commands.flatMap(({ path }) => (path ? [path.value.toString()] : []));
      expect(paths).toEqual(['/////////t/libx.dylib', '/////////t/libraries']);
    }
  });
});

test.each([
  ['text', { textFiles: ['missing'] }],
  ['a binary', { binaries: ['lib'] }],
  ['a link', { links: ['missing'] }],
  ['a file in a directory that is not there', { textFiles: ['none/x'] }],
])('%s that the archive does not have is refused', async (_, lists) => {
  await expect(relocate(lists)).rejects.toThrow(expect.objectContaining({ code: 'bad-input' }));
});

test('a listed file in a directory that is not of the archive is not touched', async () => {
  const outside = join(root, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'x'), '/opt/store');
  symlinkSync(outside, join(root, 'pkg/way-out'));
  for (const list of ['textFiles', 'binaries']) {
    await expect(relocate({ [list]: ['way-out/x'] })).rejects.toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  }
  expect(readFileSync(join(outside, 'x'), 'utf8')).toBe('/opt/store');
});

test.each(['../x', '/etc/passwd', 'lib/../../x'])('the listed path %s is refused', async (name) => {
  for (const list of ['textFiles', 'binaries', 'links']) {
    await expect(relocate({ [list]: [name] })).rejects.toThrow(expect.objectContaining({ code: 'corrupt' }));
  }
});

test('cancelling stops it between two files', async () => {
  write('a', '/opt/store');
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(relocate({ textFiles: ['a'] }, { signal })).rejects.toThrow('enough');
  expect(read('a').toString()).toBe('/opt/store');
});
