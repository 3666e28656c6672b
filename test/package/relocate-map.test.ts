import { expect, test } from 'vitest';
import type { BuildInfo } from '../../src/package/build-info-reader.ts';
import { relocationMap } from '../../src/package/relocate-map.ts';

const info: BuildInfo = {
  buildPath: '/old',
  prefix: '/old/app-aaa',
  hashToPrefix: new Map([
    ['aaa', '/old/app-aaa'],
    ['bbb', '/old/lib-bbb'],
    ['ccc', '/up/run-ccc'],
  ]),
  sbangInstallPath: '/old/bin/sbang',
  relativeRpaths: false,
  textFiles: [],
  binaries: [],
  links: [],
};
const target = { storeRoot: '/new', sbangPath: '/new/bin/sbang' };

test('sbang, the prefixes in the order they are given, the root', () => {
  const prefixes = [
    ['aaa', '/new/app-aaa'],
    ['ccc', '/new/run-ccc'],
    ['not-in-the-build-info', '/new/x'],
    ['bbb', '/upstream/lib-bbb'],
  ] as const;
  expect([...relocationMap(info, { ...target, prefixes })]).toEqual([
    ['/old/bin/sbang', '/new/bin/sbang'],
    ['/old/app-aaa', '/new/app-aaa'],
    ['/up/run-ccc', '/new/run-ccc'],
    ['/old/lib-bbb', '/upstream/lib-bbb'],
    ['/old', '/new'],
  ]);
});

test('what stays where it is is left out', () => {
  const prefixes = [['aaa', '/old/app-aaa']] as const;
  const map = relocationMap(info, { storeRoot: '/old', sbangPath: '/old/bin/sbang', prefixes });
  expect([...map]).toEqual([]);
});

test('a spliced spec: its nodes stand for those of its build spec', () => {
  const prefixes = [
    ['new-app', '/new/app-new'],
    ['new-lib', '/new/lib-new'],
    ['ccc', '/new/run-ccc'],
  ] as const;
  const splicedFrom = new Map([
    ['new-app', 'aaa'],
    ['new-lib', 'bbb'],
  ]);
  const { sbangInstallPath: _, ...rest } = info;
  const old = { ...rest, sbangInstallPath: undefined };
  expect([...relocationMap(old, { ...target, prefixes, splicedFrom })]).toEqual([
    ['/old/app-aaa', '/new/app-new'],
    ['/old/lib-bbb', '/new/lib-new'],
    ['/up/run-ccc', '/new/run-ccc'],
    ['/old', '/new'],
  ]);
});
