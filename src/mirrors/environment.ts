/** A Spack environment on disk: where its lockfile is, and what `spack.yaml` and the files it includes configure. */

import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Env } from '../core/env.ts';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { isObject, kindOf } from '../core/json.ts';
import { readBoundedText } from '../core/read-file.ts';
import { withoutEnd } from '../core/without-end.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { readLockfile } from '../spec/lockfile.ts';
import { locateMirrors, type MirrorConfiguration, readMirrors } from './config.ts';
import { hostFactsFor } from './host-facts.ts';
import { baseOf, type Include, readInclude } from './include.ts';
import { expandPath, type LocationContext } from './location.ts';
import { mergeScopes } from './merge-sections.ts';
import type { Mirror, MirrorSide } from './mirror.ts';
import { MAX_YAML, parseYaml } from './yaml-text.ts';

export interface EnvironmentFiles {
  readonly folder: string;
  readonly lockfile: string;
  /** For variables in the paths of includes. Without it they stay as they are written. */
  readonly env?: Env | undefined;
}

/** Bytes. The largest lockfile known has one and a half million. */
const MAX_LOCKFILE = 64 * 1024 * 1024;

/** How deep includes may nest: as deep as Spack follows them. */
const MAX_INCLUDES = 100;

/**
 * The most scopes of an environment. Without it, files that include each other twice could make more than there are
 * atoms.
 */
const MAX_SCOPES = 256;

/**
 * @param where a folder, or a file in it: `spack.lock` by any name, or `spack.yaml`
 * @throws `not-found` when there is no such folder or file
 */
export async function findEnvironment(where: string, env?: Env): Promise<EnvironmentFiles> {
  const path = resolve(where);
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (error) {
    throw fileError(error, path, 'open the environment');
  }
  const given = env === undefined ? {} : { env };
  if (isFolder) return { folder: path, lockfile: join(path, 'spack.lock'), ...given };
  if (basename(path) === 'spack.yaml')
    return { folder: dirname(path), lockfile: join(dirname(path), 'spack.lock'), ...given };
  return { folder: dirname(path), lockfile: path, ...given };
}

/**
 * The specs of its lockfile. Where there is none yet, the specs of the lockfiles that its `spack.yaml` includes,
 * which Spack would take over.
 * @param above the lockfiles of the environments that include this one
 * @throws `not-found` with what to run when it is not concretized; whatever {@link readLockfile} throws
 */
export async function readEnvironment(
  files: EnvironmentFiles,
  above: readonly string[] = [],
): Promise<SpecGraph> {
  const { lockfile, folder } = files;
  let text: string;
  try {
    text = await readBoundedText(lockfile, MAX_LOCKFILE);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw fileError(error, lockfile, 'read the lockfile');
    const { readIncludedLockfiles } = await import('./included-lockfiles.ts');
    const included = await readIncludedLockfiles(files, above);
    if (included !== undefined) return included;
    throw new BuildcacheError('not-found', 'there is no lockfile', {
      file: lockfile,
      hint: `concretize the environment first (\`spack -e ${folder} concretize\`), or name another (environment)`,
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
    if (group === undefined || group === 'default') continue; // the default group is always explicit
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
  const found: unknown[] = [];
  let isClosed = false;
  let configuration: MirrorConfiguration = { mirrors: [], notes };
  let within: ConfigurationScope | undefined;
  for (const scope of scopes) {
    const { sections, file, context } = scope;
    const [key, own] = sectionOf(sections, 'mirrors') ?? [];
    if (key !== undefined && !isClosed) {
      found.push(await locateMirrors(own, file, context));
      within ??= scope;
      isClosed = key.endsWith(':'); // `mirrors::` replaces what comes after
    }
    configuration = mergeMirrors(configuration, { mirrors: [], notes: [], ...tlsOf(sections, context) });
  }
  if (within === undefined) return configuration;
  const own = await readMirrors(mergeScopes(found), within.file, within.context);
  return mergeMirrors({ ...own, mirrors: own.mirrors.map(asCheckedOut) }, configuration);
}

/** Marks what a file of a checkout configures. */
export function asCheckedOut(mirror: Mirror): Mirror {
  const mark = (side: MirrorSide): MirrorSide => ({ ...side, origin: 'environment' });
  return { ...mirror, fetch: mark(mirror.fetch), push: mark(mirror.push) };
}

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
 * @throws as {@link environmentMirrors}
 */
export async function environmentScopes(
  folder: string,
  env: Env,
): Promise<{ readonly scopes: readonly ConfigurationScope[]; readonly notes: readonly string[] }> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return { scopes: [], notes: [] };
  const found: FoundScopes = { scopes: [], notes: [] };
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
  return readMirrors(mirrors, path, await contextFor(mirrors, { base: dirname(path), environment, env }));
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

/** Looks at this machine if the document has a variable that says something about it. */
async function contextFor(document: unknown, context: LocationContext): Promise<LocationContext> {
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
    await readScope(found, await readFiles(include), inner, [...chain, include.path], scope);
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
    // A variable that is not set stays in the text. Then no file is named.
    caFile: file === '' || file.startsWith('$') ? undefined : resolve(context.base, file),
  };
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

/** @throws `bad-input` for a file that is no map */
async function readFiles({ files, isFolder }: Extract<Include, { kind: 'scope' }>): Promise<SectionFile[]> {
  const found: SectionFile[] = [];
  for (const file of files) {
    const document = await readYaml(file, isFolder);
    if (document === undefined || document === null) continue;
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

async function readYaml(file: string, optional: boolean): Promise<unknown> {
  let text: string;
  try {
    text = await readBoundedText(file, MAX_YAML);
  } catch (error) {
    if (optional && systemCode(error) === 'ENOENT') return undefined;
    throw fileError(error, file, 'read it');
  }
  return parseYaml(text, file);
}
