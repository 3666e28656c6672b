/** The files of an environment's configuration, `spack.yaml` and what it includes, as Spack's scopes. */
import { join } from 'node:path';
import type { Env } from '../core/env.ts';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { isObject, kindOf } from '../core/json.ts';
import { readBoundedText } from '../core/read-file.ts';
import { withoutEnd } from '../core/without-end.ts';
import { hostFactsFor } from './host-facts.ts';
import { baseOf, type Include, readInclude } from './include.ts';
import type { LocationContext } from './location.ts';
import { MAX_YAML, parseYaml } from './yaml-text.ts';

/** How deep includes may nest: as deep as Spack follows them. */
const MAX_INCLUDES = 100;

/**
 * The most scopes of an environment. Without it, files that include each other twice could make more than there are
 * atoms.
 */
const MAX_SCOPES = 256;

/**
 * Characters of all files that are included: ten thousand packages with what a site says of each. One large file under
 * many names would take minutes and gigabytes.
 */
const MAX_INCLUDED = 2 * MAX_YAML;

/** What one file of an environment's configuration says. */
export interface ConfigurationScope {
  readonly sections: Readonly<Record<string, unknown>>;
  readonly file: string;
  /** For the paths in that file. */
  readonly context: LocationContext;
}

/**
 * The files of an environment's configuration, the one that wins first: `spack.yaml`, then what it includes; none
 * when there is no such file. The notes say what is not read.
 * @throws `bad-input` for malformed files, `not-found` for an include that is not optional and not there
 */
export async function environmentScopes(
  folder: string,
  env: Env,
): Promise<{ readonly scopes: readonly ConfigurationScope[]; readonly notes: readonly string[] }> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return { scopes: [], notes: [] };
  const found: FoundScopes = { scopes: [], notes: [], characters: 0 };
  const context = { base: folder, environment: folder, env };
  await readScope(found, [manifest], context, [manifest.file]);
  return { scopes: withoutOverridden(found.scopes).flatMap(({ files }) => files), notes: found.notes };
}

/**
 * What stands under `spack:` in a `spack.yaml`; undefined when there is no such file.
 * @throws `bad-input`
 */
export async function readManifest(folder: string): Promise<SectionFile | undefined> {
  const file = join(folder, 'spack.yaml');
  const document = await readYaml(file, true);
  if (document === undefined) return undefined;
  const sections = isObject(document) ? document['spack'] : undefined;
  if (isObject(sections)) return { sections, file };
  throw new BuildcacheError('bad-input', 'not an environment', {
    file,
    expected: 'a map under "spack:"',
    found: kindOf(sections ?? document),
  });
}

/** Looks at this machine if the document has a variable that says something about it. */
export async function contextFor(document: unknown, context: LocationContext): Promise<LocationContext> {
  return { ...context, host: context.host ?? (await hostFactsFor(JSON.stringify(document) ?? '')) };
}

type SectionFile = Pick<ConfigurationScope, 'sections' | 'file'>;

/** A scope as Spack counts them: a folder is one scope, with a file for each section. */
interface Scope {
  readonly files: readonly ConfigurationScope[];
  readonly parent: Scope | undefined;
  /** It has `include::`. */
  readonly overrides: boolean;
}

interface FoundScopes {
  /** The one that wins first. */
  readonly scopes: Scope[];
  readonly notes: string[];
  /** Of the included files. */
  characters: number;
}

/** @param chain the files that include this one, the environment's `spack.yaml` first, and this one */
async function readScope(
  found: FoundScopes,
  files: readonly SectionFile[],
  around: LocationContext,
  chain: readonly string[],
  parent?: Scope,
): Promise<void> {
  const context = await contextFor(
    files.map(({ sections }) => sections),
    around,
  );
  const including = files.find(({ sections }) => sectionOf(sections, 'include') !== undefined);
  const [key = '', entries] = (including && sectionOf(including.sections, 'include')) ?? [];
  const scope: Scope = {
    files: files.map((file) => ({ ...file, context })),
    parent,
    overrides: key.endsWith(':'),
  };
  found.scopes.push(scope);
  const from = including?.file ?? '';
  const seen = new Set<string>();
  for (const entry of Array.isArray(entries) ? (entries as unknown[]) : []) {
    const include = await readInclude(entry, from, context);
    if (include.kind === 'skipped') found.notes.push(`${from}: an include is not read, ${include.why}`);
    if (include.kind !== 'scope' || seen.has(include.path)) continue;
    seen.add(include.path);
    refuseLoop(include.path, from, chain, found);
    const inner = { ...context, base: baseOf(include) };
    await readScope(found, await readFiles(include, found), inner, [...chain, include.path], scope);
  }
}

/**
 * Applies `include::`. Of all that is below, it leaves only what it includes itself, without what that includes in
 * turn.
 */
function withoutOverridden(scopes: readonly Scope[]): readonly Scope[] {
  const last = scopes.findIndex(({ overrides }) => overrides);
  return last < 0 ? scopes : scopes.filter(({ parent }, i) => i <= last || parent === scopes[last]);
}

/** A section and its key, which may carry Spack's override mark: `mirrors::`. */
export function sectionOf(
  scope: Readonly<Record<string, unknown>>,
  name: string,
): [string, unknown] | undefined {
  return Object.entries(scope).find(([key]) => withoutEnd(key, ':') === name);
}

/** Refuses a file that includes itself, directly or not, and too many includes. */
function refuseLoop(path: string, from: string, chain: readonly string[], found: FoundScopes): void {
  const at = chain.indexOf(path);
  if (at < 0 && chain.length <= MAX_INCLUDES && found.scopes.length < MAX_SCOPES) return;
  throw new BuildcacheError(
    'bad-input',
    at < 0
      ? `it includes more than ${MAX_INCLUDES} levels or ${MAX_SCOPES} scopes of configuration`
      : `it includes ${path}, which includes it again`,
    { file: from, hint: 'take one of the includes out' },
  );
}

/** @throws `bad-input` for a file that is no map; `too-large` where it is too much, with all files before it */
async function readFiles(
  { files, isFolder }: Extract<Include, { kind: 'scope' }>,
  before: FoundScopes,
): Promise<SectionFile[]> {
  const found: SectionFile[] = [];
  for (const file of files) {
    const text = await readText(file, isFolder);
    if (text === undefined) continue;
    before.characters += text.length;
    if (before.characters > MAX_INCLUDED) {
      throw new BuildcacheError('too-large', 'the environment includes too much configuration', {
        file,
        expected: `at most ${MAX_INCLUDED} characters in all`,
        hint: 'take some of the includes out',
      });
    }
    const document = await parseYaml(text, file);
    if (document === null) continue;
    if (!isObject(document)) {
      throw new BuildcacheError('bad-input', 'not a configuration', {
        file,
        expected: 'a map of sections',
        found: kindOf(document),
      });
    }
    found.push({ sections: isObject(document['spack']) ? document['spack'] : document, file });
  }
  return found;
}

/**
 * The document in a file.
 * @param optional whether it may be missing; then undefined
 * @throws BuildcacheError `not-found`, `denied`, `io`, and as `parseYaml`
 */
export async function readYaml(file: string, optional: boolean): Promise<unknown> {
  const text = await readText(file, optional);
  return text === undefined ? undefined : await parseYaml(text, file);
}

async function readText(file: string, optional: boolean): Promise<string | undefined> {
  try {
    return await readBoundedText(file, MAX_YAML);
  } catch (error) {
    if (optional && systemCode(error) === 'ENOENT') return undefined;
    throw fileError(error, file, 'read it');
  }
}
