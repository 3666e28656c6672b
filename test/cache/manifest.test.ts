import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findRecord, formatManifest, lacksRecord, parseManifest } from '../../src/cache/manifest.ts';
import { codeOf } from '../spec/node-fixture.ts';
import { FIXTURES } from './mirror-fixture.ts';

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
