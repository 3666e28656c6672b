import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseMirrors } from '../../src/mirrors/config.ts';
import { spackScope } from '../../src/mirrors/spack-scope.ts';

const context = { base: '/site', environment: undefined, env: {} };
const scopeOf = (section: unknown) => spackScope(parseMirrors(section, 'spack.yaml', context).mirrors);
const mirrorsOf = (section: unknown) => parse(scopeOf(section).files['mirrors.yaml'] ?? '').mirrors;

describe('the scope for Spack', () => {
  it('has the mirrors under their names, and says what is theirs in the words of Spack', () => {
    const bucket = {
      url: 's3://bucket/cache',
      view: 'main',
      endpoint_url: 'http://localhost:9000',
      profile: 'builds',
      include_binary: ['%gcc@13:'],
      exclude_binary: ['cuda'],
    };
    const section = {
      bucket: { ...bucket, access_pair: { id_variable: 'ID', secret_variable: 'SECRET' }, signed: false },
      site: { url: 'https://site.example/cache', access_token_variable: 'TOKEN', source: false },
      named: { url: 'https://named.example', access_pair: { id: 'me', secret_variable: 'SECRET' } },
    };
    expect(mirrorsOf(section)).toEqual({
      bucket: { ...section.bucket, binary: true },
      site: { ...section.site, signed: true, binary: true },
      named: { ...section.named, signed: true, binary: true },
    });
  });

  it('has directions where they differ, and none that the mirror has not', () => {
    expect(mirrorsOf({ a: { fetch: 'https://a', push: { url: 's3://a', profile: 'p' } } })).toEqual({
      a: { fetch: { url: 'https://a' }, push: { url: 's3://a', profile: 'p' }, signed: true, binary: true },
    });
    expect(mirrorsOf({ a: { fetch: 'https://a' } })).toEqual({
      a: { fetch: { url: 'https://a' }, signed: true, binary: true },
    });
  });

  it('says of each mirror whether it is signed, registries too, and whether it holds binaries', () => {
    expect(
      mirrorsOf({ image: 'oci://ghcr.io/o/n', sources: { url: '/sources', binary: false } }),
    ).toMatchObject({
      image: { signed: false },
      sources: { url: 'file:///sources', binary: false },
    });
  });

  it('has no empty filter', () => {
    expect(mirrorsOf({ a: { url: 's3://a', include_binary: [], exclude_binary: ['x'] } }).a).toEqual({
      url: 's3://a',
      exclude_binary: ['x'],
      signed: true,
      binary: true,
    });
  });

  it('does not have Spack push what the post step pushes', () => {
    expect(mirrorsOf({ a: { url: 's3://a', autopush: true } }).a).not.toHaveProperty('autopush');
  });

  it('keeps the order of the mirrors, of those whose names are numbers too', () => {
    const text = spackScope(
      ['b', '7', 'a', '1'].map((name) => ({
        ...(parseMirrors({ x: 's3://x' }, '', context).mirrors[0] as never as object),
        name,
      })) as never,
    ).files['mirrors.yaml'];
    expect([...(text ?? '').matchAll(/^ {2}"(.)"/gm)].map(([, name]) => name)).toEqual(['b', '7', 'a', '1']);
  });

  it('reuses what the mirrors hold', () => {
    expect(parse(scopeOf({}).files['concretizer.yaml'] ?? '')).toEqual({
      concretizer: { reuse: { roots: true, from: [{ type: 'local' }, { type: 'buildcache' }] } },
    });
  });

  it('is YAML without any mirror', () => {
    expect(mirrorsOf({})).toEqual({});
  });

  it.each([
    ['user and password', 'https://me:hunter22@site.example/cache'],
    ['a user that is a token', 'https://hunter22@site.example/cache'],
    ['a signed URL', 'https://site.example/cache?sig=hunter22'],
    ['a password that is not encoded', 'https://me:hunter/22@site.example/cache'],
    ['a pair in a registry URL', 'oci://me:hunter22@site.example/cache'],
  ])('leaves out a mirror whose URL holds %s, and says so', (_, url) => {
    for (const mirror of [url, { url: 's3://b', endpoint_url: url }, { fetch: 's3://b', push: url }]) {
      const { files, notes } = scopeOf({ secret: mirror, open: 's3://open' });
      expect(Object.values(files).join() + notes.join()).not.toContain('hunter');
      expect(Object.keys(parse(files['mirrors.yaml'] ?? '').mirrors)).toEqual(['open']);
      expect(notes).toEqual([expect.stringMatching(/^mirror "secret" is not in .*access_pair/)]);
    }
  });

  it('has no secret that a configuration writes out', () => {
    const section = { a: { url: 's3://a', access_token: 'hunter22', access_pair: ['me', 'hunter22'] } };
    expect(JSON.stringify(scopeOf(section))).not.toContain('hunter');
  });

  it.each([
    'a: b',
    'a\n  evil: {url: s3://evil}\nconfig:\n  install_tree: /evil',
    '"',
    "'",
    '\\',
    '# none',
    '- a',
    '{a: b}',
    '!!python/object:os.system',
    '&a',
    '*a',
    '<<',
    '? a',
    'yes',
    '1e3',
    '0o17',
    '2026-11-29',
    'null',
    '~',
    '__proto__',
    '\u0000\u0007\u007f\u0085\u2028\u2029\ufeff',
    '\ud800',
    'ü\u{1f600}',
    '<unnamed>',
    'a'.repeat(160),
    '\u0000'.repeat(160),
  ])('a mirror may be called %j, and nothing else comes of it', (name) => {
    const [mirror] = parseMirrors({ a: 's3://a' }, '', context).mirrors;
    const { files, notes } = spackScope(mirror === undefined ? [] : [{ ...mirror, name }]);
    expect(notes).toEqual([]);
    expect(files['mirrors.yaml']?.split('\n')).toHaveLength(3);
    const parsed = parse(files['mirrors.yaml'] ?? '', { mapAsMap: true }) as Map<
      string,
      Map<string, Map<string, unknown>>
    >;
    expect([...parsed.keys()]).toEqual(['mirrors']);
    expect([...(parsed.get('mirrors')?.keys() ?? [])]).toEqual([name]);
    expect(parsed.get('mirrors')?.get(name)?.get('url')).toBe('s3://a');
  });

  it.each(['a:', 'a+', 'a-', 'a::', '+', '-', ':'])('the end of %j is no mark to Spack', (name) => {
    const [mirror] = parseMirrors({ a: 's3://a' }, '', context).mirrors;
    const { files } = spackScope(mirror === undefined ? [] : [{ ...mirror, name }]);
    expect(Object.keys(parse(files['mirrors.yaml'] ?? '').mirrors)).toEqual([`${name}:`]);
  });

  it('leaves out a name that is too long for YAML', () => {
    const { notes } = scopeOf({ ['a'.repeat(161)]: 's3://a' });
    expect(notes).toEqual([expect.stringContaining('its name is too long')]);
  });
});
