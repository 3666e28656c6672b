import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryPlace } from '../../src/cache/reading/entry-url.ts';
import { type CopyItem, formatCopyList, mergeCopyLists, parseCopyList } from '../../src/plan/copy-list.ts';
import { built, fixtureGraph } from '../cache/mirror-fixture.ts';

const graph = fixtureGraph('1.2');
const [first, second] = built(graph);
if (first === undefined || second === undefined) throw new Error('the fixture has no specs');

const item = (from: string, to: string, spec = first): CopyItem => ({
  hash: spec.hash,
  src: entryPlace(from, 'v3', spec, graph.nodes, true),
  dest: entryPlace(to, 'v3', spec, graph.nodes, true),
});

const HASH_TWICE = 'a'.repeat(32);

describe('a copy-list', () => {
  it('is what Spack reads: manifests by hash', () => {
    const { name, version, hash } = first;
    const key = `v3/manifests/spec/${name}/${name}-${version}-${hash}.spec.manifest.json`;
    expect(JSON.parse(formatCopyList([item('s3://b/pr', 'file:///srv/release')]))).toEqual({
      [hash]: { src: `s3://b/pr/${key}`, dest: `file:///srv/release/${key}` },
    });
  });

  it('comes back as it was, whatever the mirrors', () => {
    const url = fc.constantFrom('s3://b/x', 'https://h:81/a', 'file:///a%20b', 'oci://h/n');
    fc.assert(
      fc.property(url, url, fc.subarray(built(graph)), (from, to, specs) => {
        const items = specs.map((spec) => ({
          hash: spec.hash,
          src: entryPlace(from, from.startsWith('oci') ? 'oci' : 'v3', spec, graph.nodes, true),
          dest: entryPlace(to, to.startsWith('oci') ? 'oci' : 'v3', spec, graph.nodes, true),
        }));
        expect(parseCopyList(formatCopyList(items), 'list')).toEqual(items);
      }),
    );
  });

  it("is read in the older form: a list of layout 2's files", () => {
    const file = `linux-debian12-x86_64-gcc-12.2.0-zlib-1.3-${first.hash}`;
    const pair = (name: string) => ({
      src: `s3://b/pr/build_cache/${name}`,
      dest: `s3://b/r/build_cache/${name}`,
    });
    const text = JSON.stringify({
      [first.hash]: [pair(`linux/gcc-12.2.0/zlib-1.3/${file}.spack`), pair(`${file}.spec.json.sig`)],
    });
    expect(parseCopyList(text, 'list')).toEqual([
      {
        hash: first.hash,
        src: {
          mirror: 's3://b/pr',
          layout: 'v2',
          key: `build_cache/${file}.spec.json.sig`,
          hash: first.hash,
        },
        dest: {
          mirror: 's3://b/r',
          layout: 'v2',
          key: `build_cache/${file}.spec.json.sig`,
          hash: first.hash,
        },
      },
    ]);
  });

  it.each([
    ['no JSON', '{', /JSON/],
    ['a list', '[]', /not a copy-list/],
    ['no hash', '{"zlib": {}}', /malformed/],
    ['nothing to copy', `{"${first.hash}": {}}`, /malformed/],
    ['a list without a spec file', `{"${first.hash}": [{"src": "x", "dest": "y"}]}`, /malformed/],
    [
      'another hash',
      formatCopyList([item('s3://b', 's3://c')]).replace(first.hash, second.hash),
      /malformed/,
    ],
  ])('that has %s is refused', (_, text, message) => {
    expect(() => parseCopyList(text, 'list.json')).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringMatching(message) }),
    );
  });

  it('is refused where it names a hash twice, which JSON would take the last of', () => {
    const entry = (where: string) =>
      `"${HASH_TWICE}": {"src": "s3://${where}/v3/manifests/spec/a/a-1-${HASH_TWICE}.spec.manifest.json",` +
      ` "dest": "s3://to/v3/manifests/spec/a/a-1-${HASH_TWICE}.spec.manifest.json"}`;
    expect(parseCopyList(`{${entry('one')}}`, 'list')).toHaveLength(1);
    expect(() => parseCopyList(`{${entry('one')}, ${entry('two')}}`, 'list')).toThrow(/twice/);
    // Each letter of a key may be spelled as an escape.
    const code = HASH_TWICE.charCodeAt(3).toString(16).padStart(4, '0');
    const spelled = `${HASH_TWICE.slice(0, 3)}\\u${code}${HASH_TWICE.slice(4)}`;
    const other = entry('two').replace(`"${HASH_TWICE}"`, `"${spelled}"`);
    for (const text of [`{${entry('one')}, ${other}}`, `{${other}, ${entry('one')}}`]) {
      expect(() => parseCopyList(text, 'list')).toThrow(/twice/);
    }
  });

  it('does not crash on anything', () => {
    const whole = formatCopyList([item('s3://b/pr', 's3://b/r'), item('s3://b/pr', 's3://b/r', second)]);
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(40), fc.string({ maxLength: 8 }), (at, cut, put) => {
        try {
          parseCopyList(whole.slice(0, at) + put + whole.slice(at + cut), 'list');
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-input' });
        }
      }),
    );
  });
});

describe('several lists', () => {
  const merged = (...lists: (readonly CopyItem[])[]) =>
    mergeCopyLists(lists.map((items, i) => ({ file: `${i}.json`, items })));

  it('that say the same mean one copy', () => {
    const { copies, conflicts } = merged([item('s3://b/pr', 's3://b/r')], [item('s3://b/pr/', 's3://b/r')]);
    expect(copies).toMatchObject([{ hash: first.hash, lists: ['0.json', '1.json'] }]);
    expect(conflicts).toEqual([]);
  });

  it('may copy one spec to several mirrors', () => {
    const { copies, conflicts } = merged([item('s3://b/pr', 's3://b/r')], [item('s3://b/pr', 's3://b/t')]);
    expect(copies.map(({ dest }) => dest.mirror)).toEqual(['s3://b/r', 's3://b/t']);
    expect(conflicts).toEqual([]);
  });

  it('that name different sources are in conflict, whichever is the last', () => {
    const lists = [
      [item('s3://b/pr-1', 's3://b/r'), item('s3://b/pr-1', 's3://b/r', second)],
      [item('s3://b/pr-2', 's3://b/r')],
    ];
    for (const order of [lists, lists.toReversed()]) {
      const { copies, conflicts } = merged(...order);
      expect(copies.map(({ hash }) => hash)).toEqual([second.hash]);
      expect(conflicts).toMatchObject([{ hash: first.hash }]);
      expect(conflicts[0]?.sources.map(({ src }) => src.mirror).sort()).toEqual([
        's3://b/pr-1',
        's3://b/pr-2',
      ]);
    }
  });
});
