import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import {
  adapted,
  documentedCommands,
  documentedWorkflows,
  RUN_ELSEWHERE,
  WORKFLOW_ADAPTIONS,
} from './documents.ts';
import { ROOT } from './entry/command-line.ts';

it('what is adapted, or does not run, is still in the documents', () => {
  const commands = documentedCommands().map(({ id }) => id);
  expect(Object.keys(RUN_ELSEWHERE).filter((id) => !commands.includes(id))).toEqual([]);
  for (const [id, adaptions] of Object.entries(WORKFLOW_ADAPTIONS)) {
    const text = documentedWorkflows().find((one) => one.id === id)?.text ?? '';
    expect(adapted(text, adaptions)).not.toBe(text);
  }
});

it('what is not there any more is not adapted quietly', () => {
  expect(() =>
    adapted('a text', [
      ['a text', 'b'],
      ['other', 'c'],
    ]),
  ).toThrow('"other"');
  expect(adapted('a b a', [['a', '<place>']], { place: 'x' })).toBe('x b x');
});

it('the README says of every page what one needs it for', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const table = /## Which page do I need\?\n(.*?)\n## /s.exec(readme)?.[1] ?? '';
  const linked = [...table.matchAll(/\]\((docs\/[\w-]+\.md)\)/g)].map(([, page]) => page);
  const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  expect([...new Set(linked)].sort()).toEqual(pages.map((name) => `docs/${name}`).sort());
});

it('its first `uses:` is in the first screen, in three lines', () => {
  const lines = readFileSync(join(ROOT, 'README.md'), 'utf8').split('\n').slice(0, 20);
  const at = lines.findIndex((line) => line.includes('uses: org/buildcache-action'));
  expect(at).toBeGreaterThan(0);
  expect(lines.slice(at - 1, at + 4).map((line) => line.startsWith('```'))).toEqual([
    true,
    false,
    false,
    false,
    true,
  ]);
});

it('links and their anchors lead somewhere', () => {
  const files = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md'].concat(
    readdirSync(join(ROOT, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  );
  const anchors = (file: string) =>
    [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );
  const broken = files.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8').replace(/^ *```.*?^ *```$/gms, '');
    return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, to = '']) => {
      if (/^[a-z]+:/.test(to)) return [];
      const [path = '', anchor] = to.split('#');
      const target = path === '' ? join(ROOT, file) : join(ROOT, dirname(file), path);
      const isRight = existsSync(target) && (anchor === undefined || anchors(target).includes(anchor));
      return isRight ? [] : [`${file}: ${to}`];
    });
  });
  expect(broken).toEqual([]);
});

it('the README says of every verb what it does', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const table = /\| Verb \| Does \|\n(.*?)\n\n/s.exec(readme)?.[1] ?? '';
  const named = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) => [
    ...cell.matchAll(/`([\w-]+)`/g),
  ]);
  const verbs = readdirSync(join(ROOT, 'src/entry/cli/verbs')).map((name) => name.replace('.ts', ''));
  expect(named.map(([, verb]) => verb).sort()).toEqual(verbs.sort());
});

it('files of the source that documents name are there', () => {
  const pages = readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`);
  const lost = ['README.md', 'CONTRIBUTING.md', ...pages].flatMap((page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const paths = [...text.matchAll(/`((?:src|test|scripts|bench)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    );
    return paths.filter((path) => !existsSync(join(ROOT, path))).map((path) => `${page}: ${path}`);
  });
  expect(lost).toEqual([]);
});
