import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type PackOptions, packPrefix } from '../../src/package/pack.ts';
import { entriesOf, infoOf, type PrefixFixture, prefixFixture, splitInfo, tarOf } from './prefix-fixture.ts';
import { FIXTURES, unpackStore } from './store-fixture.ts';

let fixture: PrefixFixture;
beforeEach(() => {
  fixture = prefixFixture();
});
afterEach(() => fixture.remove());

describe("packing the fixtures' prefixes", () => {
  it('gives the very tars Spack 1.2 wrote', async () => {
    const store = unpackStore('1.2', path.join(fixture.folder, 'store-1.2'));
    const specs: Record<string, { tar_sha256?: string }> = JSON.parse(
      fs.readFileSync(path.join(FIXTURES, 'spack-1.2/expected/specs.json'), 'utf8'),
    );
    const found: Record<string, string | undefined> = {};
    const expected: Record<string, string | undefined> = {};
    for (const hash of store.hashes) {
      const packed = await packPrefix(store.packOptions(hash, fixture.spoolDir));
      found[store.nameOf(hash)] = packed.tarSha256;
      expected[store.nameOf(hash)] = specs[hash]?.tar_sha256;
      await packed.dispose();
    }
    expect(Object.keys(found)).toHaveLength(6);
    expect(found).toEqual(expected);
  });

  // Spack 0.23 found the files to relocate before it wrote the archive, so its keys come in another order.
  it('gives the tars of Spack 0.23 but for the order of the keys in the build info', async () => {
    const store = unpackStore('0.23', path.join(fixture.folder, 'store-0.23'));
    expect(store.hashes).toHaveLength(5);
    const mirror = path.join(FIXTURES, 'spack-0.23/mirror-unsigned/build_cache');
    const tarballs = fs.readdirSync(mirror, { recursive: true, encoding: 'utf8' });
    for (const hash of store.hashes) {
      const theirs = tarballs.find((name) => name.endsWith(`${hash}.spack`)) ?? '';
      const [ours, info] = splitInfo(await tarOf(store.packOptions(hash, fixture.spoolDir)));
      const [expected, expectedInfo] = splitInfo(gunzipSync(fs.readFileSync(path.join(mirror, theirs))));
      expect(ours.equals(expected)).toBe(true);
      expect(parse(info)).toEqual(parse(expectedInfo));
      expect(Object.keys(parse(info).hash_to_prefix)).toEqual(
        Object.keys(parse(expectedInfo).hash_to_prefix),
      );
    }
  });
});

describe('the archive of a prefix', () => {
  it('archives parents, then the prefix, its files before its directories, the build info last', async () => {
    fixture.put('bin/x', 'x', 0o700);
    fixture.put('a', '');
    fixture.put('.spack/spec.json', '{}', 0o600);
    fs.mkdirSync(path.join(fixture.prefix, 'empty'));
    const entries = await entriesOf(fixture.options());
    expect(entries.map(({ path: name, mode, type }) => [name, mode, type])).toEqual([
      ['s/', 0o755, 'Directory'],
      ['s/l/', 0o755, 'Directory'],
      ['s/l/a-1/', 0o755, 'Directory'],
      ['s/l/a-1/a', 0o644, 'File'],
      ['s/l/a-1/.spack/', 0o755, 'Directory'],
      ['s/l/a-1/.spack/spec.json', 0o644, 'File'],
      ['s/l/a-1/bin/', 0o755, 'Directory'],
      ['s/l/a-1/bin/x', 0o755, 'File'],
      ['s/l/a-1/empty/', 0o755, 'Directory'],
      ['s/l/a-1/.spack/binary_distribution', 0o644, 'File'],
    ]);
    expect(entries.every(({ uid, gid, mtime }) => uid === 0 && gid === 0 && mtime === 0)).toBe(true);
  });

  it('writes the same tar whatever the spelling of the prefix', async () => {
    fixture.put('f', 'x');
    const plain = await tarOf(fixture.options());
    expect((await tarOf(fixture.options({ prefix: '//s/./l//a-1/' }))).equals(plain)).toBe(true);
  });

  it('links every further name of a file to the first', async () => {
    const first = fixture.put('b/first', '\x7fELF and more', 0o755);
    fs.mkdirSync(path.join(fixture.prefix, 'a'));
    fs.linkSync(first, path.join(fixture.prefix, 'a/second'));
    fs.linkSync(first, path.join(fixture.prefix, 'c'));
    fs.linkSync(fixture.put('other', 'o'), path.join(fixture.folder, 'outside'));
    const entries = await entriesOf(fixture.options());
    expect(
      entries
        .filter((entry) => entry.type !== 'Directory')
        .map((entry) => [entry.path, entry.type, entry.linkpath, entry.size]),
    ).toEqual([
      ['s/l/a-1/c', 'File', undefined, 13],
      ['s/l/a-1/other', 'File', undefined, 1],
      ['s/l/a-1/a/second', 'Link', 's/l/a-1/c', 0],
      ['s/l/a-1/b/first', 'Link', 's/l/a-1/c', 0],
      ['s/l/a-1/.spack/binary_distribution', 'File', undefined, expect.any(Number)],
    ]);
    expect(entries.filter((entry) => entry.type === 'Link').map((entry) => entry.mode)).toEqual([
      0o755, 0o755,
    ]);
    expect((await infoOf(fixture.options()))['relocate_binaries']).toEqual(['c']);
  });

  it('keeps symlinks: relative, absolute and dangling', async () => {
    for (const [name, target] of [
      ['rel', '../x'],
      ['etc', '/etc/hostname'],
      ['own', '/s/l/a-1/lib'],
      ['dangling', 'nowhere'],
      ['long', `/s/${'l'.repeat(120)}`],
    ] as const) {
      fs.symlinkSync(target, path.join(fixture.prefix, name));
    }
    fs.mkdirSync(path.join(fixture.prefix, '.spack'));
    fs.symlinkSync('/s/log', path.join(fixture.prefix, '.spack/log'));
    const entries = await entriesOf(fixture.options());
    const links = entries.filter((entry) => entry.type === 'SymbolicLink');
    expect(links.map((entry) => entry.linkpath)).toEqual([
      'nowhere',
      '/etc/hostname',
      `/s/${'l'.repeat(120)}`,
      '/s/l/a-1/lib',
      '../x',
      '/s/log',
    ]);
    expect((await infoOf(fixture.options()))['relocate_links']).toEqual(['long', 'own', '.spack/log']);
  });

  it('lists what to relocate, in the order of the archive, and nothing below .spack', async () => {
    fixture.put('lib/b.so', '\x7fELF....');
    fixture.put('lib/a.so', '\x7fELF....');
    fixture.put('bin/script', '#!/bin/sh /s/bin/sbang\n');
    fixture.put('bin/dep', 'see /up/x-2/lib');
    fixture.put('share/short', '/s/lib\n'); // under eight bytes
    fixture.put('share/doc', 'nothing of ours, /opt/s/l\n');
    fixture.put('.spack/log', 'built in /s/l/a-1\n');
    fixture.put('.spackage/log', 'built in /s/l/a-1\n');
    const info = await infoOf(
      fixture.options({
        hashToPrefix: [
          ['h', '/s/l/a-1'],
          ['g', '/up/x-2'],
        ],
      }),
    );
    expect(info).toMatchObject({
      relocate_binaries: ['lib/a.so', 'lib/b.so'],
      relocate_textfiles: ['.spackage/log', 'bin/dep', 'bin/script'],
      relocate_links: [],
      hash_to_prefix: { h: '/s/l/a-1', g: '/up/x-2' },
    });
  });

  it('judges a file larger than a block as a whole', async () => {
    // The prefix and a character lie across the end of the first MiB, wherever in it the file begins.
    const filler = 'é '.repeat(360_000);
    for (let shift = 0; shift < 8; shift++)
      fixture.put(`t${shift}`, `${' '.repeat(shift)}${filler}/s/l/a-1${filler}`);
    fixture.put('u', Buffer.from(`${'\xe9 '.repeat(700_000)}/s/l/a-1`, 'latin1'));
    fixture.put('v', Buffer.concat([Buffer.from(`/s/l/a-1${filler}\0`), Buffer.from([0xc3])]));
    const info = await infoOf(fixture.options());
    expect(info['relocate_textfiles']).toEqual(['t0', 't1', 't2', 't3', 't4', 't5', 't6', 't7', 'u']);
  });

  it('leaves out the old build info, by name and by inode, and writes its own', async () => {
    const old = fixture.put('.spack/binary_distribution', 'old');
    fs.linkSync(old, path.join(fixture.prefix, 'linked'));
    fixture.put('lib/binary_distribution', 'kept');
    const entries = await entriesOf(fixture.options());
    expect(entries.filter((entry) => entry.type !== 'Directory').map((entry) => entry.path)).toEqual([
      's/l/a-1/lib/binary_distribution',
      's/l/a-1/.spack/binary_distribution',
    ]);
  });

  it('copes with a .spack that is a file', async () => {
    fixture.put('.spack', 'see /s/l/a-1');
    expect((await infoOf(fixture.options()))['relocate_textfiles']).toEqual([]);
  });

  it('writes names that are not UTF-8 and names that need quotes', async () => {
    const odd = Buffer.concat([Buffer.from(`${fixture.prefix}/`), Buffer.from([0x6f, 0xff])]);
    fs.writeFileSync(odd, 'see /s/l/a-1');
    fixture.put('a: b, [c]', 'see /s/l/a-1');
    const tar = await tarOf(fixture.options());
    expect(
      tar.includes(Buffer.concat([Buffer.from('hdrcharset=BINARY\n19 path=s/l/a-1/o'), Buffer.from([0xff])])),
    ).toBe(true);
    expect(splitInfo(tar)[1]).toContain(`relocate_textfiles: ['a: b, [c]', "o\\uDCFF"]`);
  });

  it('reads nothing through a link that a folder above the prefix is for a moment', async () => {
    const [above, aside, evil] = ['above', 'aside', 'evil'].map((name) => path.join(fixture.folder, name));
    if (above === undefined || aside === undefined || evil === undefined) throw new Error('unreachable');
    for (const [name, text] of [
      ['a', 'ours'],
      ['b', 'ours'],
      ['lib/c', 'ours'],
    ] as const)
      fixture.put(name, text);
    for (const folder of [above, path.join(evil, 'prefix/lib')]) fs.mkdirSync(folder, { recursive: true });
    fs.renameSync(fixture.prefix, path.join(above, 'prefix'));
    for (const name of ['b', 'lib/c']) fs.writeFileSync(path.join(evil, 'prefix', name), 'secret');
    const onProgress = (bytes: number) => {
      if (bytes === 4) {
        fs.renameSync(above, aside);
        fs.symlinkSync(evil, above);
      } else if (bytes > 4 && fs.lstatSync(above).isSymbolicLink()) {
        fs.rmSync(above);
        fs.renameSync(aside, above);
      }
    };
    const tar = await tarOf(fixture.options({ readFrom: path.join(above, 'prefix'), onProgress }));
    expect(tar.includes('ours')).toBe(true);
    expect(tar.includes('secret')).toBe(false);
  });

  describe('refuses a prefix that changes meanwhile:', () => {
    const big = 3_000_000;
    /** Does something once, when the first chunk of the first file has been read. */
    const once = (change: () => void): Partial<PackOptions> => {
      let done = false;
      return {
        onProgress() {
          if (!done) change();
          done = true;
        },
      };
    };
    beforeEach(() => {
      const old = new Date('2020-01-01');
      for (const name of ['a', 'b']) fs.utimesSync(fixture.put(name, 'x'.repeat(big)), old, old);
      fs.symlinkSync('a', path.join(fixture.prefix, 'c'));
      fs.utimesSync(fixture.prefix, old, old);
    });

    it.each<[string, (at: (name: string) => string) => void]>([
      ['a file grows', (at) => fs.appendFileSync(at('a'), 'y')],
      ['a file shrinks', (at) => fs.truncateSync(at('a'), 2_000_000)],
      ['a file is emptied', (at) => fs.truncateSync(at('a'), 0)],
      ['a file is written over in place', (at) => fs.writeFileSync(at('a'), 'y'.repeat(big), { flag: 'r+' })],
      [
        'a file is written over and its times are set back',
        (at) => {
          fs.writeFileSync(at('a'), 'y'.repeat(big), { flag: 'r+' });
          fs.utimesSync(at('a'), new Date('2020-01-01'), new Date('2020-01-01'));
        },
      ],
      ['a file to come vanishes', (at) => fs.rmSync(at('b'))],
      [
        'a file to come becomes a directory',
        (at) => {
          fs.rmSync(at('b'));
          fs.mkdirSync(at('b'));
        },
      ],
      [
        'a file to come becomes a symlink',
        (at) => {
          fs.rmSync(at('b'));
          fs.symlinkSync('a', at('b'));
        },
      ],
      [
        'a symlink to come becomes a file',
        (at) => {
          fs.rmSync(at('c'));
          fs.writeFileSync(at('c'), '');
        },
      ],
      [
        'a file done with is replaced',
        (at) => {
          fs.renameSync(at('a'), at('a.old'));
          fs.writeFileSync(at('a'), 'y');
        },
      ],
      ['a file appears', (at) => fs.writeFileSync(at('new'), '')],
    ])('%s', async (_what, change) => {
      const packing = packPrefix(
        fixture.options(once(() => change((name) => path.join(fixture.prefix, name)))),
      );
      await expect(packing).rejects.toMatchObject({ code: 'conflict' });
      expect(fs.readdirSync(fixture.spoolDir)).toEqual([]);
    });

    it('but not one that is only read', async () => {
      const packed = await packPrefix(
        fixture.options(once(() => fs.readFileSync(path.join(fixture.prefix, 'b')))),
      );
      await packed.dispose();
      expect(packed.tarSize).toBeGreaterThan(2 * big);
    });
  });
});
