import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  findRecord,
  formatManifest,
  lacksRecord,
  newestIndex,
  parseIndexManifest,
  parseManifest,
} from '../../../src/cache/layouts/manifest.ts';
import { codeOf } from '../../spec/node-fixture.ts';
import { FIXTURES } from '../mirror-fixture.ts';

const record = {
  contentLength: 1,
  mediaType: 'application/pgp-keys',
  compression: 'none',
  checksumAlgorithm: 'sha256',
  checksum: 'a'.repeat(64),
};
const text = (change: object = {}) => JSON.stringify({ version: 3, data: [{ ...record, ...change }] });

describe('manifests', () => {
  test.each(['signed', 'unsigned'])("Spack's, %s, come back as they were", (kind) => {
    const folder = path.join(FIXTURES, `spack-1.2/mirror-${kind}/v3/manifests`);
    let signed = 0;
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) =>
      each.endsWith('.json'),
    )) {
      const bytes = readFileSync(path.join(folder, name));
      const manifest = parseManifest(bytes, name);
      if (manifest.signed) signed++;
      expect(bytes.toString().includes(formatManifest(manifest.records))).toBe(true);
      if (!manifest.signed) expect(formatManifest(manifest.records)).toBe(bytes.toString());
      if (name.startsWith('spec/')) {
        expect(findRecord(manifest, 'tarball')).toBe(manifest.records[0]);
        expect(findRecord(manifest, 'spec')).toBe(manifest.records[1]);
      }
    }
    expect(signed).toBe(kind === 'signed' ? 6 : 0);
  });

  test('media types are matched whatever their version', () => {
    const manifest = parseManifest(
      Buffer.from(text({ mediaType: 'application/vnd.spack.spec.v4+json' })),
      'x',
    );
    expect(findRecord(manifest, 'spec')).toBeDefined();
    expect(findRecord(manifest, 'index')).toBeUndefined();
  });

  const index = (version: number, change: object = {}) => ({
    ...record,
    mediaType: `application/vnd.spack.db.v${version}+json`,
    checksum: String(version % 10).repeat(64),
    ...change,
  });
  const indices = (...data: unknown[]) =>
    parseIndexManifest(Buffer.from(JSON.stringify({ version: 3, data })), 'x');

  test('of several records the newest that is read is meant, of equals that of Spack, then the first', () => {
    const spec = (version: number) => ({
      ...record,
      mediaType: `application/vnd.spack.spec.v${version}+json`,
    });
    const data = [spec(7), spec(5), spec(6), spec(6)];
    const manifest = parseManifest(Buffer.from(JSON.stringify({ version: 3, data })), 'x');
    expect(findRecord(manifest, 'spec')).toBe(manifest.records[2]);
    const tarball = (suffix: string) => ({
      ...record,
      mediaType: `application/vnd.spack.install.v2.tar${suffix}`,
    });
    const packed = ['+zstd', '', '+gzip', '+gzip'].map(tarball);
    const two = parseManifest(Buffer.from(JSON.stringify({ version: 3, data: packed })), 'x');
    expect(findRecord(two, 'tarball')).toBe(two.records[2]);
    const twice = indices(index(10), index(8), index(9), index(9, { checksum: 'f'.repeat(64) }));
    expect([...twice.indices.keys()]).toEqual([8, 9]);
    expect(newestIndex(twice)?.sha256).toBe('9'.repeat(64));
  });

  test("others' indices are kept as they are, whatever they say", () => {
    const strange = {
      mediaType: 'application/vnd.spack.db.v10+json',
      compression: 'zstd',
      deep: { a: [1, 'é'] },
    };
    const { indices: ours, others } = indices(strange, index(8), null);
    expect(others).toEqual([strange, null]);
    const text = formatManifest([...ours.values()], others);
    expect(JSON.parse(text).data).toEqual([index(8), strange, null]);
    expect(text).toMatch(
      /\{\n"mediaType":"application\/vnd\.spack\.db\.v10\+json",\n"compression":"zstd",\n/,
    );
  });

  test('a broken one of ours does not stand for the others', () => {
    const broken = index(9, { checksum: 'x' });
    expect(indices(index(10), broken, index(8))).toMatchObject({
      others: [index(10)],
      problem: { code: 'bad-input' },
    });
    expect(newestIndex(indices(broken, index(8)))?.sha256).toBe('8'.repeat(64));
    expect(indices(index(10), broken)).toMatchObject({ indices: new Map(), others: [index(10)] });
  });

  test('one without any is no index, and what else it holds stays', () => {
    expect(indices()).toMatchObject({ others: [], problem: { code: 'bad-input' } });
    expect(indices({})).toMatchObject({ others: [{}], problem: { code: 'bad-input' } });
  });

  test('a thousand of them', () => {
    const many = Array.from({ length: 1000 }, (_, i) => index(10 + i));
    expect(codeOf(() => indices(...many))).toBe('unsupported');
    const { indices: ours, others } = indices(...many, index(8));
    expect([ours.size, others.length]).toEqual([1, 1000]);
  });

  test('an older index, or one of another suffix, is ours to replace where there is no other', () => {
    const older = { ...index(7), mediaType: 'application/vnd.spack.db.v7' };
    expect(indices(older)).toMatchObject({ indices: new Map([[8, { size: 1 }]]), others: [] });
    expect(indices(older, index(8)).others).toEqual([older]);
  });

  test.each<[string, unknown[], string]>([
    ['only what is to come', [index(10)], 'unsupported'],
    ['ours in a form to come', [index(9, { compression: 'zstd' })], 'unsupported'],
  ])('an index manifest with %s', (_, data, code) => {
    expect(codeOf(() => indices(...data))).toBe(code);
  });

  test.each<[string, string, string]>([
    ['empty', '', 'bad-input'],
    ['a web page', '\n<!doctype html><p>', 'protocol'],
    ['version 2', '{"version":2,"data":[]}', 'bad-input'],
    ['a hostile version', '{"version":{"toString":1,"valueOf":1},"data":[]}', 'bad-input'],
    ['data a map', '{"version":3,"data":{}}', 'bad-input'],
    ['a record that is none', '{"version":3,"data":[null]}', 'bad-input'],
    ['a negative length', text({ contentLength: -1 }), 'bad-input'],
    ['a broken length', text({ contentLength: 1.5 }), 'bad-input'],
    ['no type', text({ mediaType: undefined }), 'bad-input'],
    ['no compression', text({ compression: null }), 'bad-input'],
    ['a blob of terabytes', text({ contentLength: 8e12 }), 'unsupported'],
    ['a version to come', '{"version":4,"entries":{}}', 'unsupported'],
    ['a version to come, as text', '{"version":"10"}', 'unsupported'],
    ['another compression', text({ compression: 'xz' }), 'unsupported'],
    ['another algorithm', text({ checksumAlgorithm: 'sha512', checksum: 'x' }), 'unsupported'],
    ['a path for a digest', text({ checksum: `../${'a'.repeat(61)}` }), 'bad-input'],
  ])('%s is refused', (_, document, code) => {
    expect(codeOf(() => parseManifest(Buffer.from(document), 'x'))).toBe(code);
  });

  test('what lacks a record may be newer, where it has one of a kind that is not known', () => {
    const lacking = (change: object) => () =>
      lacksRecord(parseManifest(Buffer.from(text(change)), 'x'), 'tarball', 'x');
    expect(codeOf(lacking({}))).toBe('bad-input');
    expect(codeOf(lacking({ mediaType: 'application/vnd.spack.squashfs.v1' }))).toBe('unsupported');
  });
});

describe('a statement in a manifest', () => {
  const records = parseManifest(Buffer.from(text()), '').records;
  const read = (manifest: string) => parseManifest(Buffer.from(manifest), '');

  test('comes back as it was, in lines that signing leaves as they are', () => {
    const statement = {
      text: '- a dash, "quotes", \n a line end, an é and a space at the end ',
      list: [-1, 2, [-3], '-', [], {}, null, true],
      deep: { a: { b: [] } },
    };
    const written = formatManifest(records, [], statement);
    expect(read(written)).toEqual({ records, signed: false, statement });
    for (const line of written.split('\n')) expect(line).not.toMatch(/^-|[ \t\r]$|.{200}/);
    expect(formatManifest(records)).toBe(formatManifest(records, [], undefined));
    expect(read(formatManifest(records))).toEqual({ records, signed: false });
  });

  test.each([
    ['a text', '"x"'],
    ['a list', '[{}]'],
    ['null', 'null'],
    ['deeper than any', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
  ])('that is %s is none, and the manifest is as good as without', (_, statement) => {
    const manifest = text().replace(/\}$/, `,"inTotoStatement":${statement}}`);
    expect(read(manifest)).toEqual({ records, signed: false });
  });
});
