import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  environmentScopes,
  mergedSection,
  parseYaml,
  withoutMarks,
} from '../../src/mirrors/config-scopes.ts';
import { tempDir } from '../harness/temp-dir.ts';

test('a section is merged as Spack merges: the environment over what it includes, marks replace', async () => {
  await using dir = await tempDir();
  mkdirSync(join(dir.path, 'conf'));
  const write = (name: string, text: string) => writeFileSync(join(dir.path, name), text);
  write(
    'spack.yaml',
    'spack:\n  include: [conf, more.yaml]\n  config:\n    install_tree: {root: /own}\n  modules:\n    prefix_inspections:\n      ./bin: [TOOLS, PATH]\n      "./lib:": []\n',
  );
  write('conf/config.yaml', 'config:\n  install_tree: {root: /other, padded_length: 64}\n  build_jobs: 3\n');
  write(
    'conf/modules.yaml',
    'modules:\n  prefix_inspections:\n    ./bin: [PATH, MORE]\n    ./lib: [LD]\n    ./etc: [X]\n',
  );
  write('more.yaml', 'config::\n  build_jobs: 9\n  ccache: true\n');
  const { scopes } = await environmentScopes(dir.path, {});
  expect(mergedSection(scopes, 'config')).toEqual({
    install_tree: { root: '/own', padded_length: 64 },
    build_jobs: 3,
    ccache: true,
  });
  const modules = mergedSection(scopes, 'modules');
  const inspections = { './bin': ['TOOLS', 'PATH', 'MORE'], './lib:': [], './etc': ['X'] };
  expect(modules).toEqual({ prefix_inspections: inspections });
  expect(Object.keys((modules as { prefix_inspections: object }).prefix_inspections)).toEqual(
    Object.keys(inspections),
  );
  expect(withoutMarks(modules)).toMatchObject({ prefix_inspections: { './lib': [] } });
  expect(mergedSection(scopes, 'packages')).toBeUndefined();
});

test('what a marked section replaces is not looked at', async () => {
  await using dir = await tempDir();
  writeFileSync(join(dir.path, 'spack.yaml'), 'spack:\n  include: [more.yaml]\n  config::\n    a: 1\n');
  writeFileSync(join(dir.path, 'more.yaml'), 'config:\n  b: 2\n');
  const { scopes } = await environmentScopes(dir.path, {});
  expect(mergedSection(scopes, 'config')).toEqual({ a: 1 });
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
