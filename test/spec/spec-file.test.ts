import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readSpecFile, specFileFormat } from '../../src/spec/spec-file.ts';
import { FIXTURES, fixtureGraph } from '../cache/mirror-fixture.ts';
import { codeOf, type Dict, edge, node } from './node-fixture.ts';

const read = (text: string | Uint8Array) => readSpecFile(Buffer.from(text), 'x.spec.json');
const document = (nodes: readonly Dict[], version: unknown = 5) =>
  JSON.stringify({ spec: { _meta: { version }, nodes } });

describe('readSpecFile', () => {
  test('the spec files of layout 2, clear-signed and plain', () => {
    const graph = fixtureGraph('0.23');
    let read2 = 0;
    for (const kind of ['signed', 'unsigned']) {
      const folder = path.join(FIXTURES, `spack-0.23/mirror-${kind}/build_cache`);
      for (const file of readdirSync(folder).filter((name) => /\.spec\.json(\.sig)?$/.test(name))) {
        const { root, nodes, tarballSha256 } = readSpecFile(readFileSync(path.join(folder, file)), file);
        expect(graph.nodes.get(root.hash)?.dict).toEqual(root.dict);
        expect(nodes.get(root.hash)).toBe(root);
        expect(tarballSha256).toMatch(/^[0-9a-f]{64}$/);
        read2++;
      }
    }
    expect(read2).toBe(10);
  });

  test.each([
    ['2026-06-30T12:00:01.123456+00:00', '2026-06-30T12:00:01.123Z'],
    ['2026-06-30T12:00:01+02:00', '2026-06-30T10:00:01.000Z'],
    ['2026-06-30T12:00:01', undefined],
    ['2026-06-99T12:00:01+00:00', undefined],
    ['yesterday', undefined],
    [1_750_000_000, undefined],
    [undefined, undefined],
  ])('when an image was made: %j', (archive_timestamp, time) => {
    const text = JSON.stringify({ ...JSON.parse(document([node('a')])), archive_timestamp });
    expect(read(text).archivedAt?.toISOString()).toBe(time);
  });

  test('the spec blobs of layout 3, in gzip and unpacked', () => {
    const graph = fixtureGraph('1.2');
    const blobs = path.join(FIXTURES, 'spack-1.2/mirror-signed/blobs/sha256');
    const roots = new Set<string>();
    for (const file of readdirSync(blobs, { recursive: true, encoding: 'utf8' })) {
      if (!file.includes('/')) continue;
      const bytes = readFileSync(path.join(blobs, file));
      const text = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
      if (!text.subarray(0, 7).equals(Buffer.from('{"spec"'))) continue;
      const { root } = readSpecFile(bytes, file);
      expect(readSpecFile(text, file).root).toEqual(root);
      roots.add(root.hash);
    }
    const expected = [...graph.nodes.values()].filter(({ external }) => external === undefined);
    expect([...roots].sort()).toEqual(expected.map(({ hash }) => hash).sort());
  });

  test('format 6', () => {
    const mpi = node('mpich', { provided_virtuals: ['mpi@:3'] }, 6);
    expect(read(document([mpi], 6)).root).toMatchObject({ name: 'mpich', format: 6, originalFormat: 6 });
    const without = { ...mpi, provided_virtuals: undefined };
    expect(codeOf(() => read(document([without], 6)))).toBe('corrupt');
  });

  test('the format that a text says it has', () => {
    const mpi = node('mpich', {}, 6);
    for (const text of [document([mpi], 6), JSON.stringify(JSON.parse(document([mpi], 6)), null, 2)])
      expect(specFileFormat(text)).toBe(6);
    expect(['{}', '{"spec":[]}', document([mpi], '6')].map(specFileFormat)).toEqual(Array(3).fill(undefined));
  });

  const a = node('a');
  const rewritten = { ...a, annotations: { original_specfile_version: 4 } };
  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'bad-input'],
    ['a web page', '<html></html>', 'bad-input'],
    ['no nodes', document([]), 'bad-input'],
    ['format 2', document([a], 2), 'unsupported'],
    ['format 7', document([a], 7), 'unsupported'],
    ['a hostile format', document([a], { toString: 1, valueOf: 1 }), 'unsupported'],
    ['dangling', document([node('b', { dependencies: [edge(a)] })]), 'bad-input'],
    ['changed', document([{ ...a, version: '9' }]), 'corrupt'],
    // Of an older Spack's node no content gives the hash: nothing else would tell which of the two is meant.
    ['two nodes of one hash', document([{ ...rewritten, version: '9' }, rewritten]), 'bad-input'],
    ['the same node twice', document([rewritten, rewritten]), 'no error'],
    ['gzip cut short', gzipSync(document([a])).subarray(0, 40), 'corrupt'],
    ['gzip of nothing', gzipSync(''), 'bad-input'],
    ['a bomb', gzipSync(Buffer.alloc(257 * 1024 * 1024), { level: 1 }), 'too-large'],
    [
      'a signature without its end',
      `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${document([a])}`,
      'bad-input',
    ],
  ])('%s', (_, bytes, code) => {
    expect(codeOf(() => read(bytes))).toBe(code);
  });
});
