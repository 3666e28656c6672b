/** A Spack environment on disk: where its lockfile is, and what its `spack.yaml` and what that includes configure. */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { isObject, kindOf } from '../core/json.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { readLockfile } from '../spec/lockfile.ts';
import { type MirrorConfiguration, parseMirrors } from './config.ts';
import { hostFactsFor } from './host-facts.ts';
import { expandPath, hasKnownScheme, type LocationContext } from './location.ts';
import type { Mirror } from './mirror.ts';

export interface EnvironmentFiles {
  readonly folder: string;
  readonly lockfile: string;
}

type Env = LocationContext['env'];

/** Includes within includes; a file that includes itself ends here. */
const MAX_INCLUDES = 8;

/**
 * @param where a folder, or a file in it: `spack.lock` by any name, or `spack.yaml`
 * @throws `not-found` when there is no such folder or file
 */
export async function findEnvironment(where: string): Promise<EnvironmentFiles> {
  const path = resolve(where);
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (error) {
    throw fileError(error, path, 'open the environment');
  }
  if (isFolder) return { folder: path, lockfile: join(path, 'spack.lock') };
  if (basename(path) === 'spack.yaml')
    return { folder: dirname(path), lockfile: join(dirname(path), 'spack.lock') };
  return { folder: dirname(path), lockfile: path };
}

/** @throws `not-found` with what to run when it is not concretized; whatever {@link readLockfile} throws */
export async function readEnvironment(files: EnvironmentFiles): Promise<SpecGraph> {
  const { lockfile, folder } = files;
  let text: string;
  try {
    text = await readFile(lockfile, 'utf8');
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw fileError(error, lockfile, 'read the lockfile');
    throw new BuildcacheError('not-found', 'there is no lockfile', {
      file: lockfile,
      hint: `concretize the environment first (spack -e ${folder} concretize), or name another (environment)`,
    });
  }
  return readLockfile(text, lockfile);
}

/**
 * The groups of `spack.yaml` whose roots are installed as if something else needed them (`explicit: false`).
 * @throws `bad-input` for a file that is malformed
 */
export async function implicitGroups({ folder }: EnvironmentFiles): Promise<ReadonlySet<string>> {
  const file = join(folder, 'spack.yaml');
  const document = await readYaml(file, true);
  const spack = isObject(document) ? document['spack'] : undefined;
  const specs = isObject(spack) ? sectionOf(spack, 'specs')?.[1] : undefined;
  const groups = new Set<string>();
  for (const [i, item] of (Array.isArray(specs) ? specs : []).entries()) {
    const { group, explicit = true } = isObject(item) ? item : {};
    if (group === undefined || group === 'default') continue; // that one is always explicit
    if (typeof group !== 'string' || typeof explicit !== 'boolean') {
      throw new BuildcacheError('bad-input', `specs[${i}] is malformed`, {
        file,
        expected: 'a group with a string for its name, and true or false for explicit',
        found: kindOf(typeof group === 'string' ? explicit : group),
      });
    }
    if (!explicit) groups.add(group);
  }
  return groups;
}

/**
 * The mirrors of `spack.yaml` and of what it includes; none when there is no such file.
 * @throws `bad-input` for malformed files, `not-found` for an include that is not optional and not there
 */
export async function environmentMirrors(folder: string, env: Env): Promise<MirrorConfiguration> {
  const { scopes, notes } = await environmentScopes(folder, env);
  let result: MirrorConfiguration = { mirrors: [], notes };
  for (const { sections, file, context } of scopes) {
    const own = sectionOf(sections, 'mirrors');
    const parsed = parseMirrors(own?.[1], file, context);
    result = mergeMirrors(result, { ...parsed, ...tlsOf(sections, context) });
    if (own?.[0].endsWith(':')) break; // `mirrors::` replaces what comes after
  }
  return result;
}

/** What one file of an environment's configuration says. */
export interface ConfigurationScope {
  readonly sections: Readonly<Record<string, unknown>>;
  readonly file: string;
  /** For the paths in it. */
  readonly context: LocationContext;
}

/**
 * The files of an environment's configuration, the one that wins first: `spack.yaml`, then what it includes; none
 * when there is no such file. The notes say what is not read.
 * @throws as {@link environmentMirrors}
 */
export async function environmentScopes(
  folder: string,
  env: Env,
): Promise<{ readonly scopes: readonly ConfigurationScope[]; readonly notes: readonly string[] }> {
  const file = join(folder, 'spack.yaml');
  const document = await readYaml(file, true);
  const found: FoundScopes = { scopes: [], notes: [] };
  if (document === undefined) return found;
  const spack = isObject(document) ? document['spack'] : undefined;
  if (!isObject(spack)) {
    throw new BuildcacheError('bad-input', 'not an environment', {
      file,
      expected: 'a map under "spack:"',
      found: kindOf(spack ?? document),
    });
  }
  await readScope(found, spack, file, { base: folder, environment: folder, env }, 0);
  return found;
}

/** The mirrors of a `mirrors.yaml`, with or without its `mirrors:` line. @throws as {@link environmentMirrors} */
export async function mirrorsFile(
  file: string,
  env: Env,
  environment?: string,
): Promise<MirrorConfiguration> {
  const path = resolve(file);
  const document = await readYaml(path, false);
  const section = isObject(document) ? sectionOf(document, 'mirrors') : undefined;
  const mirrors = section === undefined ? document : section[1];
  return parseMirrors(mirrors, path, await contextFor(mirrors, { base: dirname(path), environment, env }));
}

/** The mirrors of both, the first's winning where both have a name. */
export function mergeMirrors(first: MirrorConfiguration, second: MirrorConfiguration): MirrorConfiguration {
  const names = new Set(first.mirrors.map((mirror: Mirror) => mirror.name));
  return {
    mirrors: [...first.mirrors, ...second.mirrors.filter(({ name }) => !names.has(name))],
    notes: [...first.notes, ...second.notes],
    verifyTls: first.verifyTls ?? second.verifyTls,
    caFile: first.caFile ?? second.caFile,
  };
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

/** Looks at this machine if the document has a variable that says something about it. */
async function contextFor(document: unknown, context: LocationContext): Promise<LocationContext> {
  return { ...context, host: context.host ?? (await hostFactsFor(JSON.stringify(document) ?? '')) };
}

interface FoundScopes {
  readonly scopes: ConfigurationScope[];
  readonly notes: string[];
}

async function readScope(
  found: FoundScopes,
  sections: Readonly<Record<string, unknown>>,
  file: string,
  around: LocationContext,
  depth: number,
): Promise<void> {
  if (depth > MAX_INCLUDES) {
    throw new BuildcacheError('bad-input', `includes nested deeper than ${MAX_INCLUDES}`, { file });
  }
  const context = await contextFor(sections, around);
  found.scopes.push({ sections, file, context });
  const includes = sectionOf(sections, 'include')?.[1];
  for (const include of Array.isArray(includes) ? includes : []) {
    await readInclude(found, include, file, context, depth);
  }
}

/** `config:verify_ssl` and `config:ssl_certs`, where they say something. */
function tlsOf(
  scope: Readonly<Record<string, unknown>>,
  context: LocationContext,
): Pick<MirrorConfiguration, 'verifyTls' | 'caFile'> {
  const config = isObject(scope['config']) ? scope['config'] : {};
  const { verify_ssl: verify, ssl_certs: certs } = config;
  const file = typeof certs === 'string' ? expandPath(certs, context) : '';
  return {
    verifyTls: typeof verify === 'boolean' ? verify : undefined,
    // A variable that is not set stays as it is written, and means none.
    caFile: file === '' || file.startsWith('$') ? undefined : resolve(context.base, file),
  };
}

/** A section and its key, which may carry Spack's override mark: `mirrors::`. */
export function sectionOf(
  scope: Readonly<Record<string, unknown>>,
  name: string,
): [string, unknown] | undefined {
  return Object.entries(scope).find(([key]) => key.replace(/:+$/, '') === name);
}

async function readInclude(
  found: FoundScopes,
  include: unknown,
  from: string,
  context: LocationContext,
  depth: number,
): Promise<void> {
  const text = isObject(include) ? include['path'] : include;
  const skip = (why: string) => void found.notes.push(`${from}: an include is not read, ${why}`);
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
    if (optional) return;
    throw fileError(error, path, `read what ${from} includes`);
  }
  const files = isFolder ? SECTION_FILES.map((name) => join(path, name)) : [path];
  for (const file of files) {
    const document = await readYaml(file, isFolder);
    if (!isObject(document)) continue;
    const sections = isObject(document['spack']) ? document['spack'] : document;
    await readScope(found, sections, file, { ...context, base: dirname(file) }, depth + 1);
  }
}

/** Of a folder, what is read: one section a file. */
const SECTION_FILES = ['mirrors.yaml', 'config.yaml', 'packages.yaml', 'modules.yaml'];

async function readYaml(file: string, optional: boolean): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (optional && systemCode(error) === 'ENOENT') return undefined;
    throw fileError(error, file, 'read it');
  }
  return parseYaml(text, file);
}
