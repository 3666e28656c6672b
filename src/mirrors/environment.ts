/** A Spack environment on disk: where its lockfile is, and the mirrors its `spack.yaml` configures. */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { isObject } from '../core/json.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { readLockfile } from '../spec/lockfile.ts';
import { type MirrorConfiguration, parseMirrors } from './config.ts';
import { contextFor, environmentScopes, readYaml, sectionOf } from './config-scopes.ts';
import { expandPath, type LocationContext } from './location.ts';
import type { Mirror } from './mirror.ts';

export interface EnvironmentFiles {
  readonly folder: string;
  readonly lockfile: string;
}

type Env = LocationContext['env'];

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
  const { scopes, notes } = await environmentScopes(folder, env);
  let result: MirrorConfiguration = { mirrors: [], notes };
  let isReplaced = false;
  for (const { sections, file, context } of scopes) {
    const section = sectionOf(sections, 'mirrors');
    const own = isReplaced ? NO_MIRRORS : parseMirrors(section?.[1], file, context);
    result = mergeMirrors(result, { ...own, ...tlsOf(sections, context) });
    isReplaced ||= section?.[0].endsWith(':') === true; // `mirrors::` replaces what is included
  }
  return result;
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

const NO_MIRRORS: MirrorConfiguration = { mirrors: [], notes: [] };

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
