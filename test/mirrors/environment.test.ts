import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  environmentMirrors,
  findEnvironment,
  mirrorsFile,
  parseYaml,
  readEnvironment,
} from '../../src/mirrors/environment.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';

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
    [
      'an alias bomb',
      `a: &a [x]\n${[...'bcdefghij'].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghij'[i]}`).join(',')}]`).join('\n')}\n`,
    ],
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
