import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isStagedFolder } from '../../src/tree/stage-package.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await tempDir();
});
afterEach(() => dir[Symbol.asyncDispose]());

it('a folder of a staged package is there as it will be at its place, whatever this machine has', () => {
  const prefix = '/opt/spack/a';
  mkdirSync(join(dir.path, 'real/deep'), { recursive: true });
  writeFileSync(join(dir.path, 'file'), '');
  const links = {
    bin: 'real',
    absolute: `${prefix}/real`,
    out: '/usr/bin',
    beside: '../b/bin',
    'out-and-back': '../a/real',
    dangling: 'nothing',
    'absent-of-own': `${prefix}/nothing`,
    'to-file': 'file',
    circle: 'circle',
    // There is such a folder here, and none in the package.
    'of-this-machine': `${prefix}${dir.path}`,
  };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(dir.path, name));
  const there = [
    'real',
    './real',
    'real/deep',
    './',
    'bin',
    'bin/deep',
    'absolute',
    'out',
    'beside',
    'out-and-back',
  ];
  for (const name of there) expect(isStagedFolder(dir.path, name, prefix), name).toBe(true);
  for (const name of [
    'file',
    'nothing',
    'dangling',
    'absent-of-own',
    'to-file',
    'circle',
    'of-this-machine',
    'file/x',
  ])
    expect(isStagedFolder(dir.path, name, prefix), name).toBe(false);
});
