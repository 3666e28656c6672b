import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findEnvironment, readEnvironment } from '../../src/environment/environment.ts';
import { parseYaml } from '../../src/environment/yaml-text.ts';
import { environmentMirrors, mirrorsFile } from '../../src/mirrors/environment-mirrors.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { rejection } from '../mirrors/rejection.ts';

async function folder(files: Readonly<Record<string, string>>): Promise<TempDir> {
  const dir = await tempDir();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir.path, name)), { recursive: true });
    writeFileSync(join(dir.path, name), text);
  }
  return dir;
}

const urls = (mirrors: readonly { name: string; fetch: { url: string } }[]) =>
  Object.fromEntries(mirrors.map(({ name, fetch }) => [name, fetch.url]));

describe('the mirrors of an environment', () => {
  test("its own, then what it includes; the environment's win; paths start at their file", async () => {
    await using dir = await folder({
      'spack.yaml':
        'spack:\n  include: [sub/more.yaml, conf, {path: gone.yaml, optional: true}, {path: x.yaml, when: "hostname.isupper()"}, "https://x/y.yaml"]\n  mirrors:\n    a: ./a\n',
      'sub/more.yaml': 'mirrors:\n  a: https://other\n  b: ./b\n',
      'conf/mirrors.yaml': 'mirrors:\n  c: $env/c\n',
    });
    const { mirrors, notes } = await environmentMirrors(dir.path, {});
    expect(urls(mirrors)).toEqual({
      a: `file://${dir.path}/a`,
      b: `file://${dir.path}/sub/b`,
      c: `file://${dir.path}/c`,
    });
    expect(notes).toHaveLength(2);
  });

  test('mirrors:: takes nothing from elsewhere', async () => {
    await using dir = await folder({
      'spack.yaml': 'spack:\n  include: [m.yaml]\n  mirrors::\n    a: https://a\n',
      'm.yaml': 'mirrors:\n  b: https://b\n',
    });
    expect(urls((await environmentMirrors(dir.path, {})).mirrors)).toEqual({ a: 'https://a' });
  });

  test('none without a spack.yaml; an include that is gone, includes for ever and odd files are errors', async () => {
    await using none = await folder({});
    expect(await environmentMirrors(none.path, {})).toEqual({ mirrors: [], notes: [] });
    await using gone = await folder({ 'spack.yaml': 'spack: {include: [x.yaml]}' });
    await expect(environmentMirrors(gone.path, {})).rejects.toMatchObject({ code: 'not-found' });
    await using loop = await folder({ 'spack.yaml': 'spack: {include: [spack.yaml, spack.yaml]}' });
    await expect(environmentMirrors(loop.path, {})).rejects.toMatchObject({ code: 'bad-input' });
    await using odd = await folder({ 'spack.yaml': '[]' });
    await expect(environmentMirrors(odd.path, {})).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('scopes are merged as Spack 1.3 merges them', () => {
  const HEAD = 'spack:\n  specs: []\n';
  const mirrorsOf = async (files: Readonly<Record<string, string>>, env: Record<string, string> = {}) => {
    await using dir = await folder(files);
    const { mirrors, notes } = await environmentMirrors(dir.path, { ...env, HERE: dir.path.slice(1) });
    const short = (url: string) => url.replace(`file://${dir.path}/`, '');
    return {
      notes,
      names: mirrors.map(({ name }) => name),
      urls: Object.fromEntries(mirrors.map(({ name, fetch }) => [name, short(fetch.url)])),
      mirrors: Object.fromEntries(mirrors.map((mirror) => [mirror.name, mirror])),
      short,
    };
  };

  test('a mirror key by key, lists joined, the higher one first', async () => {
    const { names, urls, mirrors, short } = await mirrorsOf({
      'spack.yaml': `${HEAD}  include: [a.yaml, b.yaml]
  mirrors:
    m: {url: ./m, exclude_binary: [x]}
    s: ./s
`,
      'a.yaml': `mirrors:
  m: {url: ./am, signed: false, exclude_binary: [y, x], include_binary: [q], push: {url: ./push}}
  s: {url: ./as, signed: false}
  z: ./z
`,
      'b.yaml': `mirrors:
  m: {fetch: {view: v}, autopush: true}
  n: {url: ./n}
  z: {url: ./bz, binary: false}
`,
    });
    expect(names).toEqual(['m', 's', 'z', 'n']);
    expect(urls).toEqual({ m: 'm', s: 's', z: 'z', n: 'n' });
    expect(mirrors['m']).toMatchObject({ signed: false, autopush: true, fetch: { view: 'v' } });
    expect(mirrors['m']?.fetch.filter).toEqual({ include: ['q'], exclude: ['x', 'y'] });
    expect(short(mirrors['m']?.push.url ?? '')).toBe('push');
    // What is a URL and what is a map replace each other.
    expect(mirrors['s']?.signed).toBe(true);
    expect(mirrors['z']?.binary).toBe(true);
  });

  test.each([
    ['of a mirror', 'm:', { url: './m' }, { signed: true, exclude: undefined }],
    ['of one key', 'm', { url: './m', 'exclude_binary:': ['x'] }, { signed: false, exclude: ['x'] }],
    ['of nothing', 'm', { url: './m', exclude_binary: ['x'] }, { signed: false, exclude: ['x', 'y'] }],
  ])('an override %s', async (_, name, own, expected) => {
    const { mirrors, names } = await mirrorsOf({
      'spack.yaml': `${HEAD}  include: [a.yaml]\n  mirrors: {"${name}": ${JSON.stringify(own)}}\n`,
      'a.yaml': 'mirrors:\n  m: {url: ./am, signed: false, exclude_binary: [y]}\n  n: ./n\n',
    });
    expect(names).toEqual(['m', 'n']);
    expect(mirrors['m']?.signed).toBe(expected.signed);
    expect(mirrors['m']?.fetch.filter?.exclude).toEqual(expected.exclude);
  });

  test("null is a value: it takes the lower scope's away", async () => {
    const { mirrors } = await mirrorsOf({
      'spack.yaml': `${HEAD}  include: [a.yaml]\n  mirrors: {m: {url: s3://b, profile: null}}\n`,
      'a.yaml': 'mirrors: {m: {url: s3://a, profile: p}}\n',
    });
    expect(mirrors['m']?.fetch.credentials.profile).toBeUndefined();
  });

  test.each([
    ['config: {ssl_certs: /a}', { verifyTls: false, caFile: '/a' }],
    ['config: {verify_ssl: true}', { verifyTls: true, caFile: '/b' }],
    ['config:: {verify_ssl: true}', { verifyTls: true, caFile: undefined }],
    ['config:: {ssl_certs: /a}', { verifyTls: undefined, caFile: '/a' }],
    ['config: {"verify_ssl:": true}', { verifyTls: true, caFile: '/b' }],
  ])('whose certificates count, with an override: %s', async (own, expected) => {
    await using dir = await folder({
      'spack.yaml': `${HEAD}  include: [a.yaml]\n  ${own}\n`,
      'a.yaml': 'config: {verify_ssl: false, ssl_certs: /b}\n',
    });
    expect(await environmentMirrors(dir.path, {})).toMatchObject(expected);
  });

  test('mirrors:: in an included file ends it there', async () => {
    const { names } = await mirrorsOf({
      'spack.yaml': `${HEAD}  include: [a.yaml, b.yaml]\n  mirrors: {e: ./e}\n`,
      'a.yaml': 'mirrors::\n  a: ./a\n',
      'b.yaml': 'mirrors: {b: ./b}\n',
    });
    expect(names).toEqual(['e', 'a']);
  });

  test("include.yaml of a folder is read, after the folder's own mirrors; paths start at the folder", async () => {
    const { names, urls } = await mirrorsOf({
      'spack.yaml': `${HEAD}  include: [conf.d]\n  mirrors: {own: ./own}\n`,
      'conf.d/include.yaml': 'include: [../other, deep.yml]\n',
      'conf.d/mirrors.yaml': 'mirrors: {c: ./c}\n',
      'conf.d/deep.yml': 'mirrors: {deep: ./deep, c: ./no}\n',
      'other/mirrors.yaml': 'mirrors: {o: ./o, own: ./no}\n',
    });
    expect(names).toEqual(['own', 'c', 'o', 'deep']);
    expect(urls).toEqual({ own: 'own', c: 'conf.d/c', o: 'other/o', deep: 'conf.d/deep' });
  });

  test('include:: leaves what is above, and what it includes itself, but not what that includes', async () => {
    const files = {
      'a.yaml': 'include:: [c.yaml]\nmirrors: {a: ./a}\n',
      'b.yaml': 'mirrors: {b: ./b}\n',
      'c.yaml': 'include: [d.yaml]\nmirrors: {c: ./c}\n',
      'd.yaml': 'mirrors: {d: ./d}\n',
    };
    const middle = { 'spack.yaml': `${HEAD}  include: [a.yaml, b.yaml]\n  mirrors: {e: ./e}\n`, ...files };
    expect((await mirrorsOf(middle)).names).toEqual(['e', 'a', 'c']);
    const top = { 'spack.yaml': `${HEAD}  include:: [c.yaml]\n  mirrors: {e: ./e}\n`, ...files };
    expect((await mirrorsOf(top)).names).toEqual(['e', 'c']);
  });

  test('file:// is decoded and its variables replaced, a plain path is not decoded', async () => {
    const yaml =
      'include: ["file:///$HERE/with%20space.yaml", "file:///$HERE/x%2By.yaml", "plain%20.yaml", "file:rel.yaml"]';
    const { names } = await mirrorsOf({
      'spack.yaml': `${HEAD}  ${yaml}\n`,
      'with space.yaml': 'mirrors: {a: ./a}\n',
      'x+y.yaml': 'mirrors: {b: ./b}\n',
      'plain%20.yaml': 'mirrors: {p: ./p}\n',
      'rel.yaml': 'mirrors: {r: ./r}\n',
    });
    expect(names).toEqual(['a', 'b', 'p', 'r']);
  });

  test('path_override_env_var replaces the path where the variable is set, be it empty', async () => {
    const files = {
      'spack.yaml': `${HEAD}  include: [{path: a.yaml, path_override_env_var: OTHER}]\n`,
      'a.yaml': 'mirrors: {a: ./a}\n',
      'b.yaml': 'mirrors: {b: ./b}\n',
      'mirrors.yaml': 'mirrors: {folder: ./f}\n',
    };
    expect((await mirrorsOf(files)).names).toEqual(['a']);
    expect((await mirrorsOf(files, { OTHER: 'b.yaml' })).names).toEqual(['b']);
    expect((await mirrorsOf(files, { OTHER: '' })).names).toEqual(['folder']);
  });

  test('when: what holds is read, what does not is not looked for, what only Spack can tell is a note', async () => {
    const { names, notes } = await mirrorsOf(
      {
        'spack.yaml': `${HEAD}  include:
  - {path: a.yaml, when: 'env.get("WHERE") == "here" and not env.get("UNSET")'}
  - {path: gone.yaml, when: '"UNSET" in env'}
  - {path: gone.yaml, optional: true}
  - {path: gone, optional: true}
  - {path: b.yaml, when: ''}
  - {path: b.yaml, when: 'arch.satisfies("target=zen3")'}
`,
        'a.yaml': 'mirrors: {a: ./a}\n',
        'b.yaml': 'mirrors: {b: ./b}\n',
      },
      { WHERE: 'here' },
    );
    expect(names).toEqual(['a', 'b']);
    expect(notes).toEqual([expect.stringContaining('which only Spack evaluates')]);
  });

  test('a lockfile is no configuration: however large, it is not read for mirrors', async () => {
    const { names } = await mirrorsOf({
      'spack.yaml': `${HEAD}  include: [x/spack.lock, a.yaml]\n`,
      'x/spack.lock': '{ this is no YAML: [',
      'a.yaml': 'mirrors: {a: ./a}\n',
    });
    expect(names).toEqual(['a']);
  });

  test.each([
    ['itself, through its include.yaml', { 'conf/include.yaml': 'include: [../conf]\n' }, 'conf'],
    [
      'itself, through another',
      { 'a.yaml': 'include: [b.yaml]\n', 'b.yaml': 'include: [./a.yaml]\n' },
      'a.yaml',
    ],
    ['the environment', { 'a.yaml': 'include: [spack.yaml]\n' }, 'a.yaml'],
  ])('what includes %s is one clear error', async (_, files, first) => {
    const error = await rejection(mirrorsOf({ 'spack.yaml': `${HEAD}  include: [${first}]\n`, ...files }));
    expect(error).toMatchObject({ code: 'bad-input', facts: { file: expect.stringMatching(/\.yaml$/) } });
    expect(error.message).toMatch(/which includes it again$/);
  });

  test('includes that double at each level end, too', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `${i}.yaml`,
        `include: [${i + 1}.yaml, x/../${i + 1}.yaml, ./y/../${i + 1}.yml]\n`,
      ]),
    );
    for (let i = 1; i <= 40; i++) files[`${i}.yml`] = files[`${i}.yaml`] ?? 'mirrors: {}\n';
    files['40.yaml'] = 'mirrors: {}\n';
    const error = await rejection(mirrorsOf({ 'spack.yaml': `${HEAD}  include: [0.yaml]\n`, ...files }));
    expect(error).toMatchObject({ code: 'bad-input', message: expect.stringContaining('256 scopes') });
  });

  test('one large file under many names is too much', async () => {
    const large = `packages: {all: {version: ['1']}}\n${'# what a site says\n'.repeat(20_000)}`;
    const names = Array.from({ length: 7 }, (_, i) => `${i}.yaml`);
    const files = Object.fromEntries(names.map((name) => [name, large]));
    const error = await rejection(
      mirrorsOf({ 'spack.yaml': `${HEAD}  include: [${names.join()}]\n`, ...files }),
    );
    expect(error).toMatchObject({ code: 'too-large', facts: { file: expect.stringMatching(/2\.yaml$/) } });
    const fewer = `${HEAD}  include: [${names.slice(0, 2).join()}]\n`;
    expect((await mirrorsOf({ 'spack.yaml': fewer, ...files })).mirrors).toEqual({});
  });

  test.each([
    ['a file of another kind', { 'a.json': '{}' }, 'a.json', 'bad-input'],
    ['a list', { 'a.yaml': '[1]' }, 'a.yaml', 'bad-input'],
    ['nothing', {}, 'a.yaml', 'not-found'],
    ['a mirror that is none', { 'a.yaml': 'mirrors: {m: {ulr: x}}' }, 'a.yaml', 'bad-input'],
    [
      'a filter that is none',
      { 'a.yaml': 'mirrors: {m: {url: x, include_binary: ["@@"]}}' },
      'a.yaml',
      'bad-input',
    ],
  ])('an include of %s is an error that names the file', async (_, files, name, code) => {
    const error = await rejection(mirrorsOf({ 'spack.yaml': `${HEAD}  include: [${name}]\n`, ...files }));
    expect(error).toMatchObject({ code, facts: { file: expect.stringMatching(new RegExp(`/${name}$`)) } });
  });
});

test.each([
  'mirrors:\n  a: https://a\n',
  'mirrors::\n  a: https://a\n',
  'a: https://a\n',
  '{"mirrors": {"a": "https://a"}}',
])('mirrorsFile reads %j', async (text) => {
  await using dir = await folder({ 'm.yaml': text });
  expect(urls((await mirrorsFile(join(dir.path, 'm.yaml'), {})).mirrors)).toEqual({ a: 'https://a' });
});

describe('parseYaml', () => {
  test.each([
    ['deep nesting', '['.repeat(20_000)],
    ['a bad indent', 'a:\n  b: 1\n c: 2\n'],
    ['an unknown alias', 'a: *b'],
    ['the same key twice', 'a: 1\na: 2\n'],
  ])('%s is bad input', async (_, text) => {
    await expect(parseYaml(text, 'x.yaml')).rejects.toMatchObject({
      code: 'bad-input',
      facts: { file: 'x.yaml' },
    });
  });

  test('what is merged counts each time', async () => {
    const base = Array.from({ length: 2_500 }, (_, i) => `  k${i}: [1]`).join('\n');
    const merging = (times: number) =>
      `a: &a\n${base}\n${Array.from({ length: times }, (_, i) => `b${i}: {<<: *a, own: ${i}}\n`).join('')}`;
    expect(await parseYaml(merging(5), 'x.yaml')).toMatchObject({ b4: { k2499: [1], own: 4 } });
    const much = { code: 'too-large', facts: { file: 'x.yaml' } };
    await expect(parseYaml(merging(80), 'x.yaml')).rejects.toMatchObject(much);
    // The same name stands for something small in the end.
    await expect(parseYaml(`${merging(80)}z: &a {k: 1}\n`, 'x.yaml')).rejects.toMatchObject(much);
    // A map that takes over one which takes over another, and a list of them.
    const chain = `a: &a\n${base}\nb: &b {<<: [*a, *a]}\nc: &c {<<: [*b, *b]}\nd: &d {<<: [*c, *c]}\ne: {<<: [${Array(9).fill('*d').join()}]}\n`;
    await expect(parseYaml(chain, 'x.yaml')).rejects.toMatchObject(much);
    await expect(parseYaml('a: &a {<<: *a, k: 1}', 'x.yaml')).rejects.toMatchObject({
      facts: { file: 'x.yaml' },
    });
  });

  test.each([
    [
      'a bomb',
      `a: &a [x]\n${[...'bcdefghij'].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghij'[i]}`).join(',')}]`).join('\n')}\n`,
    ],
    ['very many', `a: &a x\nb:\n${'- *a\n'.repeat(30_000)}`],
    ['a long text many times', `a: &a ${'x'.repeat(20_000)}\nb:\n${'- *a\n'.repeat(5_000)}`],
  ])('aliases that are %s are too large', async (_, text) => {
    await expect(parseYaml(text, 'x.yaml')).rejects.toMatchObject({
      code: 'too-large',
      facts: { file: 'x.yaml' },
    });
  });

  test('__proto__ is a key like any other', async () => {
    await parseYaml('__proto__: {polluted: 1}', 'x.yaml');
    expect({}).not.toHaveProperty('polluted');
  });
});

test('where the lockfile is, and what to do without one', async () => {
  await using dir = await folder({ 'spack.yaml': 'spack: {}', 'other.lock': '' });
  const lockfile = join(dir.path, 'spack.lock');
  expect(await findEnvironment(dir.path)).toEqual({ folder: dir.path, lockfile });
  expect(await findEnvironment(join(dir.path, 'spack.yaml'))).toEqual({ folder: dir.path, lockfile });
  expect(await findEnvironment(join(dir.path, 'other.lock'))).toEqual({
    folder: dir.path,
    lockfile: join(dir.path, 'other.lock'),
  });
  await expect(findEnvironment(join(dir.path, 'gone'))).rejects.toMatchObject({ code: 'not-found' });
  await expect(readEnvironment({ folder: dir.path, lockfile })).rejects.toMatchObject({
    code: 'not-found',
    facts: { hint: expect.stringContaining('concretize') },
  });
});
