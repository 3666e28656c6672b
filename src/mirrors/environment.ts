/** A Spack environment on disk: where its lockfile is, and the mirrors its `spack.yaml` configures. */
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
      hint: `concretize the environment first (spack -e ${folder} concretize), or name another with --environment`,
    });
  }
  return readLockfile(text, lockfile);
}

/**
 * The mirrors of `spack.yaml` and of what it includes; none when there is no such file.
 * @throws `bad-input` for malformed files, `not-found` for an include that is not optional and not there
 */
export async function environmentMirrors(folder: string, env: Env): Promise<MirrorConfiguration> {
  const file = join(folder, 'spack.yaml');
  const document = await readYaml(file, true);
  if (document === undefined) return { mirrors: [], notes: [] };
  const spack = isObject(document) ? document['spack'] : undefined;
  if (!isObject(spack)) {
    throw new BuildcacheError('bad-input', 'not an environment', {
      file,
      expected: 'a map under "spack:"',
      found: kindOf(spack ?? document),
    });
  }
  return readScope(spack, file, await contextFor(document, { base: folder, environment: folder, env }), 0);
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

async function readScope(
  scope: Readonly<Record<string, unknown>>,
  file: string,
  context: LocationContext,
  depth: number,
): Promise<MirrorConfiguration> {
  if (depth > MAX_INCLUDES) {
    throw new BuildcacheError('bad-input', `includes nested deeper than ${MAX_INCLUDES}`, { file });
  }
  const own = sectionOf(scope, 'mirrors');
  let result: MirrorConfiguration = { ...parseMirrors(own?.[1], file, context), ...tlsOf(scope, context) };
  if (own?.[0].endsWith(':')) return result; // `mirrors::` replaces what is included
  const includes = sectionOf(scope, 'include')?.[1];
  for (const include of Array.isArray(includes) ? includes : []) {
    result = mergeMirrors(result, await readInclude(include, file, context, depth));
  }
  return result;
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
function sectionOf(scope: Readonly<Record<string, unknown>>, name: string): [string, unknown] | undefined {
  return Object.entries(scope).find(([key]) => key.replace(/:+$/, '') === name);
}

async function readInclude(
  include: unknown,
  from: string,
  context: LocationContext,
  depth: number,
): Promise<MirrorConfiguration> {
  const text = isObject(include) ? include['path'] : include;
  const skip = (why: string) => ({ mirrors: [], notes: [`${from}: an include is not read, ${why}`] });
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
    if (optional) return { mirrors: [], notes: [] };
    throw fileError(error, path, `read what ${from} includes`);
  }
  const file = isFolder ? join(path, 'mirrors.yaml') : path;
  const document = await readYaml(file, isFolder);
  if (!isObject(document)) return { mirrors: [], notes: [] };
  const scope = isObject(document['spack']) ? document['spack'] : document;
  return readScope(scope, file, await contextFor(scope, { ...context, base: dirname(file) }), depth + 1);
}

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
