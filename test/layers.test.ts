/** The picture in the design, kept true: who may import whom, and who may look at the process. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** What the commands put together. */
const BELOW_COMMANDS = [
  'core',
  'spec',
  'storage',
  'package',
  'tree',
  'cache',
  'environment',
  'mirrors',
  'plan',
  'report',
  'github',
];

/** What each folder may import, beside itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  spec: ['core'],
  storage: ['core'],
  package: ['core', 'spec'],
  tree: ['core', 'spec', 'package'],
  cache: ['core', 'spec', 'storage'],
  environment: ['core', 'spec'],
  mirrors: ['core', 'spec', 'storage', 'cache', 'environment'],
  plan: ['core', 'spec', 'cache', 'mirrors'],
  // What relocation would touch is shown too.
  report: ['core', 'spec', 'package', 'cache', 'mirrors', 'plan'],
  // The job summary shows plans; OIDC talks HTTP.
  github: ['core', 'spec', 'storage', 'plan', 'report'],
  commands: BELOW_COMMANDS,
  entry: [...BELOW_COMMANDS, 'commands'],
};

/**
 * What each room of a folder may load from its neighbours; all may load what lies in the folder itself, which loads none
 * of them, unless it is with `import()`, once it is known which one is needed. Types may be named both ways.
 */
const ROOMS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  storage: {
    http: [],
    file: [],
    s3: ['http'],
    gcs: ['http'],
    registry: ['http'],
  },
  cache: {
    trust: [],
    layouts: ['trust'],
    index: ['layouts'],
    oci: ['trust', 'layouts', 'index'],
    reading: ['trust', 'layouts', 'index', 'oci'],
    writing: ['trust', 'layouts', 'index', 'oci', 'reading'],
    bundle: ['trust', 'layouts', 'index', 'oci', 'reading', 'writing'],
  },
  entry: {
    shared: [],
    cli: ['shared'],
    action: ['shared'],
  },
};

/** These read the environment because what they wrap does. */
const MAY_READ_ENV = /^(?:entry|github)\/|^storage\/s3\/|^core\/child-environment\.ts$/;

interface Source {
  readonly file: string;
  readonly text: string;
  readonly imports: readonly string[];
  /** The imports that are more than types. */
  readonly loads: readonly string[];
  /** Those of them that are loaded with the file itself. */
  readonly loadsAtOnce: readonly string[];
}

const sources: readonly Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => {
    const text = withoutComments(readFileSync(path.join(SRC, file), 'utf8'));
    const imports = [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)'([^']+)'/g)].map(
      (match) => match[1] ?? '',
    );
    const types = [...text.matchAll(/\bimport type\b[^;]*?\bfrom\s*'([^']+)'/g)].map(
      (match) => match[1] ?? '',
    );
    const later = [...text.matchAll(/\bimport\s*\(\s*'([^']+)'/g)].map((match) => match[1] ?? '');
    const loads = withoutEach(imports, types);
    return { file, text, imports, loads, loadsAtOnce: withoutEach(loads, later) };
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

test('rooms of a folder load each other one way', () => {
  const wrong: string[] = [];
  for (const { file, loads, loadsAtOnce } of sources) {
    const [folder = '', room = ''] = roomOf(file);
    const rooms = ROOMS[folder];
    if (rooms === undefined) continue;
    if (room !== '' && !(room in rooms)) wrong.push(`${file} is in no room of the picture`);
    for (const name of (room === '' ? loadsAtOnce : loads).filter((each) => each.startsWith('.'))) {
      const target = path.join(path.dirname(file), name);
      const [to = '', other = ''] = roomOf(target);
      if (to === folder && other !== '' && other !== room && !rooms[room]?.includes(other))
        wrong.push(`${file} loads ${target}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('the main step of the action loads no command line', () => {
  const reached = new Set<string>();
  const load = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const name of sources.find((source) => source.file === file)?.loads ?? [])
      load(name.startsWith('.') ? path.join(path.dirname(file), name) : name);
  };
  load('entry/action/main.ts');
  load('entry/action/post.ts');
  expect(reached).toContain('commands/check.ts');
  expect([...reached].filter((name) => /^commander$|^entry\/cli\//.test(name))).toEqual([]);
});

test('which layout it is only the layouts ask: above them it is the word of a reader or a writer', () => {
  const wrong = sources.filter(
    ({ file, text }) =>
      !/^cache\/(?:layouts|oci)\//.test(file) &&
      /\blayout\s*[!=]==(?!\s*undefined)|(?:[!=]==|\bcase)\s*'(?:v\d|oci)'|'(?:v\d|oci)'\s*[!=]==/.test(text),
  );
  expect(wrong.map(({ file }) => file)).toEqual([]);
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
      /(?:^|\/)(?:(?:utils?|helpers|common)(?:\/|\.ts$)|index\.ts$)/.test(file) ||
      /^export \*|^export \{[^}]*\} from|^export default/m.test(text),
  );
  expect(wrong.map(({ file }) => file)).toEqual([]);
});

/** `src/cache/oci/reader.ts` is in the room `oci` of `cache`; what lies in the folder itself has the room `''`. */
function roomOf(file: string): readonly [folder: string, room: string] {
  const [folder = '', room = '', rest] = file.split('/');
  return [folder, rest === undefined ? '' : room];
}

/** A list less one occurrence of each of the others: the same file may be imported for types and for values. */
function withoutEach(list: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...list];
  for (const each of others) left.splice(left.indexOf(each), 1);
  return left;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
