/**
 * The configuration of a Spack environment: what its `spack.yaml` says, and what that includes from this machine.
 * Other scopes (the user's, the site's, Spack's own) are not read.
 */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { isObject, kindOf } from '../core/json.ts';
import { hostFactsFor } from './host-facts.ts';
import { expandPath, hasKnownScheme, type LocationContext } from './location.ts';

/** What one file, or one folder of files, says. */
export interface ConfigScope {
  readonly sections: Readonly<Record<string, unknown>>;
  /** For messages. */
  readonly file: string;
  /** What paths in it are relative to, and the variables in them. */
  readonly context: LocationContext;
}

export interface ConfigScopes {
  /** By precedence: what the first one says counts most. */
  readonly scopes: readonly ConfigScope[];
  /** Includes that were not read, and why. */
  readonly notes: readonly string[];
}

/** Those anybody reads; a folder that is included has a file for each. */
const SECTIONS = ['config', 'mirrors', 'modules', 'packages'];

/** Includes within includes; a file that includes itself ends here. */
const MAX_INCLUDES = 8;

/**
 * @returns none when there is no `spack.yaml`
 * @throws `bad-input` for malformed files, `not-found` for an include that is not optional and not there
 */
export async function environmentScopes(folder: string, env: LocationContext['env']): Promise<ConfigScopes> {
  const file = join(folder, 'spack.yaml');
  const document = await readYaml(file, true);
  if (document === undefined) return { scopes: [], notes: [] };
  const sections = isObject(document) ? document['spack'] : undefined;
  if (!isObject(sections)) {
    throw new BuildcacheError('bad-input', 'not an environment', {
      file,
      expected: 'a map under "spack:"',
      found: kindOf(sections ?? document),
    });
  }
  const context = await contextFor(document, { base: folder, environment: folder, env });
  const scopes: ConfigScope[] = [];
  const notes: string[] = [];
  await addScope({ sections, file, context }, 0, scopes, notes);
  return { scopes, notes };
}

/** A section and its key, which may carry Spack's override mark: `mirrors::`. */
export function sectionOf(
  sections: Readonly<Record<string, unknown>>,
  name: string,
): [string, unknown] | undefined {
  return Object.entries(sections).find(([key]) => withoutMark(key) === name);
}

/**
 * A section of all scopes together, as Spack merges: maps key by key, what counts more first; lists one after the
 * other; of other values the one that counts most. Override marks stay on their keys.
 */
export function mergedSection(scopes: readonly ConfigScope[], name: string): unknown {
  let merged: unknown;
  for (const { sections } of scopes) {
    const section = sectionOf(sections, name);
    if (section === undefined) continue;
    merged = merge(merged, section[1]);
    if (isMarked(section[0])) break;
  }
  return merged;
}

/** The value with no override marks on keys, on any level. */
export function withoutMarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMarks);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [withoutMark(key), withoutMarks(item)]),
  );
}

/** Parses YAML text. @throws `bad-input` with line and column */
export async function parseYaml(text: string, source: string): Promise<unknown> {
  const { parseDocument } = await import('yaml');
  try {
    // Inside as well: nesting deep enough ends the call stack here.
    const document = parseDocument(text, { merge: true, prettyErrors: true, logLevel: 'error' });
    const [problem] = document.errors;
    if (problem !== undefined) throw problem;
    return document.toJS({ maxAliasCount: 100 }) as unknown; // an alias bomb throws here
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new BuildcacheError(
      'bad-input',
      `not valid YAML: ${message.replace(/:$/, '')}`,
      { file: source },
      error,
    );
  }
}

/** @param optional undefined for a file that is not there, instead of an error */
export async function readYaml(file: string, optional: boolean): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (optional && systemCode(error) === 'ENOENT') return undefined;
    throw fileError(error, file, 'read it');
  }
  return parseYaml(text, file);
}

/** Looks at this machine if the document has a variable that says something about it. */
export async function contextFor(document: unknown, context: LocationContext): Promise<LocationContext> {
  return { ...context, host: context.host ?? (await hostFactsFor(JSON.stringify(document) ?? '')) };
}

async function addScope(
  scope: ConfigScope,
  depth: number,
  scopes: ConfigScope[],
  notes: string[],
): Promise<void> {
  if (depth > MAX_INCLUDES) {
    throw new BuildcacheError('bad-input', `includes nested deeper than ${MAX_INCLUDES}`, {
      file: scope.file,
    });
  }
  scopes.push(scope);
  const includes = sectionOf(scope.sections, 'include')?.[1];
  for (const include of Array.isArray(includes) ? includes : []) {
    const included = await readInclude(include, scope, notes);
    if (included !== undefined) await addScope(included, depth + 1, scopes, notes);
  }
}

async function readInclude(
  include: unknown,
  { file: from, context }: ConfigScope,
  notes: string[],
): Promise<ConfigScope | undefined> {
  const text = isObject(include) ? include['path'] : include;
  const skip = (why: string) => {
    notes.push(`${from}: an include is not read, ${why}`);
    return undefined;
  };
  if (isObject(include) && include['when'] !== undefined)
    return skip('it depends on "when", which only Spack evaluates');
  if (typeof text !== 'string') return skip('it is not a path on this machine');
  if (hasKnownScheme(text) && !text.startsWith('file:')) return skip('it is not on this machine');
  const path = resolve(context.base, expandPath(text.replace(/^file:\/\//, ''), context));
  const optional = isObject(include) && include['optional'] === true;
  let isFolder = false;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (error) {
    if (optional) return undefined;
    throw fileError(error, path, `read what ${from} includes`);
  }
  const sections = isFolder ? await readFolder(path) : sectionsIn(await readYaml(path, false));
  const base = isFolder ? path : dirname(path);
  return { sections, file: path, context: await contextFor(sections, { ...context, base }) };
}

async function readFolder(folder: string): Promise<Record<string, unknown>> {
  const names = [...SECTIONS, 'include'].map((name) => join(folder, `${name}.yaml`));
  const documents = await Promise.all(names.map((name) => readYaml(name, true)));
  return Object.fromEntries(documents.flatMap((document) => Object.entries(sectionsIn(document))));
}

function sectionsIn(document: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(document)) return {};
  return isObject(document['spack']) ? document['spack'] : document;
}

function merge(more: unknown, less: unknown): unknown {
  if (more === undefined) return less;
  if (Array.isArray(more) && Array.isArray(less))
    return [...more, ...less.filter((item) => !more.includes(item))];
  if (!isObject(more) || !isObject(less)) return more;
  const merged = new Map<string, unknown>();
  const rest = new Map(Object.entries(less));
  for (const [key, value] of Object.entries(more)) {
    const [other] = [...rest.keys()].filter((name) => withoutMark(name) === withoutMark(key));
    merged.set(key, isMarked(key) || other === undefined ? value : merge(value, rest.get(other)));
    if (other !== undefined) rest.delete(other);
  }
  return Object.fromEntries([...merged, ...rest]);
}

/** YAML reads `mirrors::` as the key `mirrors:`. */
function isMarked(key: string): boolean {
  return key.endsWith(':');
}

function withoutMark(key: string): string {
  return key.replace(/:+$/, '');
}
