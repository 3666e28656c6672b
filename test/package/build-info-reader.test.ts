import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BuildcacheError } from '../../src/core/errors.ts';
import { checkIdentity, readBuildInfo } from '../../src/package/build-info-reader.ts';

const SELF = 'nqmmpbajioy2vgi5xzgwqqkvwp74qliy';
const DEPENDENCY = '2qpxivof4q2qmhn5ubiihmnsq242cphq';
const REST = 'relocate_binaries: [], relocate_textfiles: []';
const HEAD = 'buildpath: /opt/store, relative_prefix: linux/pkg-1';

function read(yaml: string) {
  return readBuildInfo(Buffer.from(yaml));
}

test('what Spack 1.x writes', () => {
  const info = read(
    `{sbang_install_path: /opt/store/bin/sbang, buildpath: /opt/store, spackprefix: /opt/spack, ` +
      `relative_prefix: linux/pkg-1, hardlinks_deduped: true, hash_to_prefix: {${SELF}: /opt/store/linux/pkg-1, ` +
      `${DEPENDENCY}: /up/dep}, relocate_binaries: [lib/a.so, 'b, c'], relocate_links: ["tab\\tx"], ` +
      `relocate_textfiles: [lib/toyé.py, '123', 'null', ~, 1.0, yes, "\\uDCFFx"]}\n`,
  );
  expect(info).toEqual({
    buildPath: '/opt/store',
    prefix: '/opt/store/linux/pkg-1',
    hashToPrefix: new Map([
      [SELF, '/opt/store/linux/pkg-1'],
      [DEPENDENCY, '/up/dep'],
    ]),
    sbangInstallPath: '/opt/store/bin/sbang',
    relativeRpaths: false,
    binaries: ['lib/a.so', 'b, c'],
    links: ['tab\tx'],
    textFiles: ['lib/toy\xc3\xa9.py', '123', 'null', '~', '1.0', 'yes', '\xffx'],
  });
});

test('a store root with slashes at its end is the root', () => {
  const text = `{buildpath: /opt/store//, relative_prefix: linux/pkg-1, hash_to_prefix: {${SELF}: /opt/store/linux/pkg-1}, ${REST}}`;
  const info = read(text);
  expect(info).toMatchObject({ buildPath: '/opt/store', prefix: '/opt/store/linux/pkg-1' });
  expect(() => checkIdentity(info, SELF)).not.toThrow();
});

test('older forms: wrapped lines, long keys, prefix_to_hash, relative run paths, no links', () => {
  const info = read(
    `{buildpath: /opt/store, relative_prefix: linux/pkg-1, relative_rpaths: True,\n  spackprefix: /opt/spack,\n` +
      `  prefix_to_hash: {/opt/store/linux/pkg-1: ${SELF}, /usr: ${DEPENDENCY},\n    ? /opt/dep\n    : ${DEPENDENCY}},\n` +
      `  relocate_binaries: [bin/a, bin/b with\n    blank],\n  relocate_textfiles: [share/x]}\n`,
  );
  expect(info.hashToPrefix).toEqual(
    new Map([
      [SELF, '/opt/store/linux/pkg-1'],
      [DEPENDENCY, '/opt/dep'],
    ]),
  );
  expect(info).toMatchObject({ relativeRpaths: true, links: [], sbangInstallPath: undefined });
  expect(info.binaries).toEqual(['bin/a', 'bin/b with blank']);
});

test('a prefix in another store than the root comes out resolved', () => {
  const yaml = `{buildpath: /opt/store, relative_prefix: ../up/pkg, hash_to_prefix: {${SELF}: /opt/up/pkg}, ${REST}}`;
  expect(read(yaml).prefix).toBe('/opt/up/pkg');
  checkIdentity(read(yaml), SELF);
});

test('without any hashes it cannot be relocated, as in Spack', () => {
  expect(() => read(`{${HEAD}, ${REST}}`)).toThrow(expect.objectContaining({ code: 'unsupported' }));
});

test.each([
  ['nothing', ''],
  ['no YAML', '{a: ['],
  ['a list', '[a, b]'],
  ['no buildpath', `{relative_prefix: x, hash_to_prefix: {}, ${REST}}`],
  ['a relative buildpath', `{buildpath: opt, relative_prefix: x, hash_to_prefix: {}, ${REST}}`],
  ['a buildpath that is everything', `{buildpath: /, relative_prefix: x, hash_to_prefix: {}, ${REST}}`],
  ['a buildpath with a newline', `{buildpath: "/a\\nb", relative_prefix: x, hash_to_prefix: {}, ${REST}}`],
  ['a relative prefix of a dependency', `{${HEAD}, hash_to_prefix: {${DEPENDENCY}: opt/x}, ${REST}}`],
  ['an empty sbang path', `{${HEAD}, sbang_install_path: '', hash_to_prefix: {}, ${REST}}`],
  ['files that are no list', `{${HEAD}, hash_to_prefix: {}, relocate_binaries: a, relocate_textfiles: []}`],
  ['a list in a list', `{${HEAD}, hash_to_prefix: {}, relocate_binaries: [[a]], relocate_textfiles: []}`],
  ['brackets without end', `{a: ${'['.repeat(1_000_000)}`],
])('refuses %s', (_, yaml) => {
  expect(() => read(yaml)).toThrow(expect.objectContaining({ code: 'bad-input' }));
});

test('more prefixes than any package has are refused', () => {
  const of = (count: number) => {
    const prefixes = Array.from({ length: count }, (_, i) => `h${i}: /p${i}`);
    return read(`{${HEAD}, hash_to_prefix: {${prefixes.join(', ')}}, ${REST}}`);
  };
  expect(of(10_000).hashToPrefix.size).toBe(10_000);
  expect(() => of(10_001)).toThrow(expect.objectContaining({ code: 'too-large' }));
});

test('mutated, it is read or refused', () => {
  const yaml = Buffer.from(
    `{${HEAD}, hash_to_prefix: {${SELF}: /opt/store/linux/pkg-1}, relocate_links: ['a b'], ${REST}}\n`,
  );
  fc.assert(
    fc.property(fc.nat(yaml.length - 1), fc.nat(255), (at, byte) => {
      const mutated = Buffer.from(yaml);
      mutated[at] = byte;
      try {
        readBuildInfo(mutated);
      } catch (error) {
        expect(error).toBeInstanceOf(BuildcacheError);
      }
    }),
  );
});

test('the tarball must be the package that was asked for, not one that depends on it', () => {
  const info = read(
    `{${HEAD}, hash_to_prefix: {${SELF}: /opt/store/linux/pkg-1, ${DEPENDENCY}: /opt/store/dep}, ${REST}}`,
  );
  checkIdentity(info, SELF);
  for (const hash of [DEPENDENCY, 'unknown']) {
    const expected = { code: 'corrupt', facts: expect.objectContaining({ found: `hash ${SELF}` }) };
    expect(() => checkIdentity(info, hash)).toThrow(expect.objectContaining(expected));
  }
});

test('older forms are checked by their relative prefix all the same', () => {
  const info = read(
    `{${HEAD}, prefix_to_hash: {/opt/store/linux/pkg-1: ${SELF}, /opt/dep: ${DEPENDENCY}}, ${REST}}`,
  );
  checkIdentity(info, SELF);
  expect(() => checkIdentity(info, DEPENDENCY)).toThrow(expect.objectContaining({ code: 'corrupt' }));
});
