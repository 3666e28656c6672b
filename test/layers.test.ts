/** The picture in the design, kept true: who may import whom, and who may look at the process. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** What each folder may import, beside itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  spec: ['core'],
  storage: ['core'],
  package: ['core', 'spec'],
  tree: ['core', 'spec', 'package'],
  cache: ['core', 'spec', 'storage'],
  mirrors: ['core', 'spec', 'storage', 'cache'],
  plan: ['core', 'spec', 'cache', 'mirrors'],
  // What relocation would touch is shown too.
  report: ['core', 'spec', 'package', 'cache', 'mirrors', 'plan'],
  // The job summary shows plans; OIDC talks HTTP.
  github: ['core', 'spec', 'storage', 'plan', 'report'],
  commands: ['core', 'spec', 'storage', 'package', 'tree', 'cache', 'mirrors', 'plan', 'report', 'github'],
  entry: [
    'core',
    'spec',
    'storage',
    'package',
    'tree',
    'cache',
    'mirrors',
    'plan',
    'report',
    'github',
    'commands',
  ],
};

/** These read the environment because what they wrap does. */
const MAY_READ_ENV = /^(?:entry|github)\/|^storage\/s3[\w-]*\.ts$/;

interface Source {
  readonly file: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sources: readonly Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => {
    const text = withoutComments(readFileSync(path.join(SRC, file), 'utf8'));
    const imports = [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)'([^']+)'/g)].map(
      (match) => match[1] ?? '',
    );
    return { file, text, imports };
  });

test('imports go one way', () => {
  expect(sources.length).toBeGreaterThan(50);
  const wrong: string[] = [];
  for (const { file, imports } of sources) {
    const [from = ''] = file.split('/');
    for (const name of imports.filter((each) => each.startsWith('.'))) {
      const target = path.join(path.dirname(file), name);
      const [to = ''] = target.split('/');
      if (to !== from && !MAY_IMPORT[from]?.includes(to)) wrong.push(`${file} imports ${target}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('every folder is in the picture', () => {
  const folders = new Set(
    sources.map(({ file }) => (file.includes('/') ? (file.split('/')[0] ?? '') : file)),
  );
  expect([...folders].filter((folder) => !(folder in MAY_IMPORT))).toEqual([]);
});

test('only github imports @actions/* and @octokit/*', () => {
  const wrong = sources.filter(
    ({ file, imports }) =>
      !file.startsWith('github/') && imports.some((name) => /^@(?:actions|octokit)\//.test(name)),
  );
  expect(wrong.map(({ file }) => file)).toEqual([]);
});

test('only entry and github look at the environment and the arguments', () => {
  const wrong = sources.filter(
    ({ file, text }) =>
      !MAY_READ_ENV.test(file) &&
      /\bprocess\s*\.\s*(?:env|argv)\b|\benv\b[^;]*\bfrom 'node:process'/.test(text),
  );
  expect(wrong.map(({ file }) => file)).toEqual([]);
});

test('no utils, no barrels, no default exports', () => {
  const wrong = sources.filter(
    ({ file, text }) =>
      /(?:^|\/)(?:utils?|helpers|common|index)(?:\/|\.ts$)/.test(file) ||
      /^export \*|^export \{[^}]*\} from|^export default/m.test(text),
  );
  expect(wrong.map(({ file }) => file)).toEqual([]);
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
