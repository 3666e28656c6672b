import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { walkPrefix } from '../../src/package/walk-prefix.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'walk-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const touch = (...names: string[]) => {
  for (const name of names) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), '');
  }
};

const walked = (except = 'none') =>
  [...walkPrefix(root, except)].map(
    ({ relative, entries }) =>
      `${relative}: ${entries.map(({ name, kind }) => `${name} ${kind}`).join(', ')}`,
  );

describe('walkPrefix', () => {
  it('gives a directory, its entries, then its subdirectories, each by name', () => {
    touch('b', 'a', 'lib/z', 'lib.d/y', 'bin/x', 'lib/sub/w', 'B');
    mkdirSync(path.join(root, 'empty'));
    expect(walked()).toEqual([
      ': B file, a file, b file',
      'bin: x file',
      'empty: ',
      'lib: z file',
      'lib/sub: w file',
      'lib.d: y file',
    ]);
  });

  it('takes symlinks for what they are, and follows none but the prefix itself', () => {
    touch('dir/f');
    symlinkSync('dir', path.join(root, 'to-dir'));
    symlinkSync('nowhere', path.join(root, 'dangling'));
    expect(walked()).toEqual([': dangling symlink, to-dir symlink', 'dir: f file']);
    const alias = `${root}-alias`;
    symlinkSync(root, alias);
    try {
      expect([...walkPrefix(alias, 'none')]).toHaveLength(2);
    } finally {
      rmSync(alias);
    }
  });

  it('passes over FIFOs and sockets', async () => {
    touch('f');
    execFileSync('mkfifo', [path.join(root, 'fifo')]);
    const server = createServer().listen(path.join(root, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      expect(walked()).toEqual([': f file']);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('keeps names that are not UTF-8 as they are', () => {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x61, 0xff])]), '');
    const [directory] = [...walkPrefix(root, 'none')];
    expect(directory?.entries[0]?.name).toEqual(Buffer.from([0x61, 0xff]));
  });

  it.each(['file', 'directory'])('leaves out one path, a %s', (kind) => {
    touch('.spack/spec.json', 'lib/binary_distribution');
    if (kind === 'file') touch('.spack/binary_distribution');
    else touch('.spack/binary_distribution/inside');
    expect(walked('.spack/binary_distribution')).toEqual([
      ': ',
      '.spack: spec.json file',
      'lib: binary_distribution file',
    ]);
  });

  it.each<[string, () => void]>([
    ['got a file', () => touch('lib/new')],
    ['lost a file', () => rmSync(path.join(root, 'lib/f'))],
    ['is gone', () => rmSync(path.join(root, 'lib'), { recursive: true })],
    [
      'became a symlink',
      () => {
        rmSync(path.join(root, 'lib'), { recursive: true });
        symlinkSync('bin', path.join(root, 'lib'));
      },
    ],
  ])('throws conflict when a directory it has listed %s', (_what, change) => {
    touch('lib/f', 'bin/f', 'zzz/f');
    for (const directory of ['lib', 'bin', 'zzz', '']) utimesSync(path.join(root, directory), 1, 1);
    const walk = () => {
      for (const { relative } of walkPrefix(root, 'none')) if (`${relative}` === 'zzz') change();
    };
    expect(walk).toThrow(expect.objectContaining({ code: 'conflict' }));
  });

  it('throws conflict when a subdirectory goes before it is reached', () => {
    touch('lib/f');
    const walk = () => {
      for (const _ of walkPrefix(root, 'none'))
        rmSync(path.join(root, 'lib'), { recursive: true, force: true });
    };
    expect(walk).toThrow(
      expect.objectContaining({ code: 'conflict', facts: expect.objectContaining({ file: `${root}/lib` }) }),
    );
  });

  it('tells a prefix that is not there from one that is no directory', () => {
    touch('f');
    expect(() => [...walkPrefix(`${root}/none`, 'none')]).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
    expect(() => [...walkPrefix(`${root}/f`, 'none')]).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});
