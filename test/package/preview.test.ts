import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { previewRelocation, type Relocatable } from '../../src/package/preview.ts';
import { relocateElf } from '../../src/package/relocate-elf.ts';
import { prefixMatcher } from '../../src/package/relocate-matcher.ts';
import { relocateStrings } from '../../src/package/relocate-strings.ts';
import { makeElf } from './make-elf.ts';
import { memoryFile } from './memory-file.ts';

const ROOT = '/opt/padded/store';
const PREFIX = `${ROOT}/pkg-1.0-abcdefg`;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'preview-test-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

function preview(lists: Partial<Relocatable>) {
  return previewRelocation(directory, {
    buildPath: ROOT,
    hashToPrefix: new Map([['abcdefg', PREFIX]]),
    sbangInstallPath: `${ROOT}/bin/sbang`,
    textFiles: [],
    binaries: [],
    links: [],
    ...lists,
  });
}

function write(name: string, contents: string | Buffer): void {
  writeFileSync(join(directory, name), contents);
}

test('text and links take any length', async () => {
  write('script', `#!/bin/sh ${ROOT}/bin/sbang\n#!${PREFIX}/bin/x /usr${ROOT}\n`);
  write('plain', 'nothing');
  symlinkSync(`${PREFIX}/x`, join(directory, 'own'));
  symlinkSync('/etc/hostname', join(directory, 'other'));
  expect(await preview({ textFiles: ['script', 'plain'], links: ['own', 'other'] })).toEqual({
    files: [
      { kind: 'text', path: 'script', paths: 2 },
      { kind: 'link', path: 'own', paths: 1 },
    ],
    maxRootLength: undefined,
  });
});

test('binaries as long as the tightest allows', async () => {
  write('none.so', makeElf({ rpath: '/usr/lib' }));
  write('rpath.so', makeElf({ rpath: `${ROOT}/a:${ROOT}/b:$ORIGIN:::::`, interpreter: `${ROOT}/ld.so` }));
  write('slack.so', makeElf({ rpath: `${ROOT}/a:${ROOT}/b${':'.repeat(9)}` }));
  write('string.so', makeElf({ data: Buffer.from(`${PREFIX}\0${ROOT}/share/data\0`) }));
  const binaries = ['none.so', 'rpath.so', 'slack.so', 'string.so'];
  expect(await preview({ binaries })).toEqual({
    files: [
      { kind: 'binary', path: 'rpath.so', paths: 3, room: 0, patchelfHelps: true },
      { kind: 'binary', path: 'slack.so', paths: 2, room: 4, patchelfHelps: true },
      { kind: 'binary', path: 'string.so', paths: 2, room: 0, patchelfHelps: false },
    ],
    maxRootLength: ROOT.length,
  });
  expect((await preview({ binaries: ['slack.so'] })).maxRootLength).toBe(ROOT.length + 4);
  write('end.so', makeElf({ data: Buffer.from(`${ROOT}\0`) }));
  expect(await preview({ binaries: [...binaries, 'end.so'] })).toMatchObject({
    maxRootLength: ROOT.length - 8,
  });
});

test('a file counts once, however often and by whatever name it is listed', async () => {
  write('text', `${ROOT}/x\n`);
  write('lib.so', makeElf({ data: Buffer.from(`${PREFIX}\0`) }));
  linkSync(join(directory, 'lib.so'), join(directory, 'lib.so.1'));
  symlinkSync(`${PREFIX}/x`, join(directory, 'link'));
  const many = (...names: string[]) => Array.from({ length: 3000 }, () => names).flat();
  const lists = {
    textFiles: many('text', './text'),
    links: many('link'),
    binaries: many('lib.so', 'lib.so.1'),
  };
  const { files } = await preview(lists);
  expect(files.map(({ path }) => path)).toEqual(['text', 'link', 'lib.so']);
});

test('and relocation agrees', async () => {
  const datas = [
    '',
    `${PREFIX}\0`,
    `${ROOT}\0`,
    `${ROOT}/abc\0`,
    `${ROOT}/share/x`,
    `${ROOT}`,
    `${ROOT}/bin/sbang\0`,
  ];
  const rpaths = [undefined, `${ROOT}/lib`, `${ROOT}/a:/usr:${ROOT}${':'.repeat(5)}`];
  for (const data of datas) {
    for (const rpath of rpaths) {
      const elf = makeElf({ data: Buffer.from(`x${data}`), ...(rpath === undefined ? {} : { rpath }) });
      write('a.so', elf);
      const { maxRootLength } = await preview({ binaries: ['a.so'] });
      if (maxRootLength === undefined) continue;
      expect([data, rpath, await fits(elf, maxRootLength)]).toEqual([data, rpath, true]);
      if (maxRootLength >= ROOT.length)
        expect([data, rpath, await fits(elf, maxRootLength + 1)]).toEqual([data, rpath, false]);
    }
  }
});

/** Whether a binary can be relocated below a root of this length, with no help from patchelf. */
async function fits(elf: Buffer, length: number): Promise<boolean> {
  const root = `/${'n'.repeat(length - 1)}`;
  const map = ['/bin/sbang', '/pkg-1.0-abcdefg', ''].map((below) => [ROOT + below, root + below] as const);
  const matcher = prefixMatcher(new Map(map));
  if (matcher === undefined) throw new Error('nothing to replace');
  const file = memoryFile(elf);
  try {
    if (relocateElf(file, matcher).kind === 'too-long') return false;
    await relocateStrings(file, matcher, async () => undefined);
    return true;
  } catch {
    return false;
  }
}

test('a package that lists what is not there, or not its own', async () => {
  write('file', '');
  mkdirSync(join(directory, 'd'));
  symlinkSync('/etc', join(directory, 'd/etc'));
  symlinkSync('/etc/passwd', join(directory, 'passwd'));
  await expect(preview({ textFiles: ['missing'] })).rejects.toThrow(
    expect.objectContaining({ code: 'not-found' }),
  );
  await expect(preview({ binaries: ['none/x'] })).rejects.toThrow(
    expect.objectContaining({ code: 'not-found' }),
  );
  await expect(preview({ links: ['file'] })).rejects.toThrow(expect.objectContaining({ code: 'io' }));
  await expect(preview({ textFiles: ['passwd'] })).rejects.toThrow(expect.objectContaining({ code: 'io' }));
  await expect(preview({ textFiles: ['d/etc/passwd'] })).rejects.toThrow(
    expect.objectContaining({ code: 'bad-input' }),
  );
  await expect(preview({ textFiles: ['../x'] })).rejects.toThrow(
    expect.objectContaining({ code: 'corrupt' }),
  );
});
