/** One entry of an `include:` list -> the files of configuration it stands for, or the lockfile. */
import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { mayBeAsked } from '../core/child-environment.ts';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { isObject } from '../core/json.ts';
import { expandPath, type LocationContext } from './location.ts';

export type Include =
  /** A scope of configuration: its files, which need not all be there, and what relative paths in it start from. */
  | {
      readonly kind: 'scope';
      readonly path: string;
      readonly files: readonly string[];
      readonly isFolder: boolean;
    }
  /** A concrete environment, whose specs belong to the including one: no configuration. */
  | { readonly kind: 'lockfile'; readonly path: string }
  | { readonly kind: 'nothing' }
  /** Only Spack can read it, for this reason. */
  | { readonly kind: 'skipped'; readonly why: string };

/** The files that are read of a folder, each with one section. */
const SECTIONS = ['include', 'mirrors', 'config', 'packages', 'modules', 'upstreams'];

/**
 * @param from the file with the entry, for messages
 * @param context whose `base` is the folder of that scope
 * @throws BuildcacheError `not-found` for what is neither there nor optional, `bad-input` for a file that is no YAML
 */
export async function readInclude(entry: unknown, from: string, context: LocationContext): Promise<Include> {
  const path = includePath(entry, context);
  if (path === undefined) return { kind: 'skipped', why: 'it is not a path on this machine' };
  if (basename(path) === 'spack.lock') return { kind: 'lockfile', path };
  if (isObject(entry) && entry['when'] !== undefined && entry['when'] !== '') {
    const { evaluateWhen } = await import('./when.ts');
    const holds = await evaluateWhen(entry['when'], context.env);
    if (holds === undefined)
      return { kind: 'skipped', why: 'it depends on "when", which only Spack evaluates' };
    if (!holds) return { kind: 'nothing' };
  }
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (error) {
    const isOptional = isObject(entry) && entry['optional'] === true;
    const code = systemCode(error);
    if (isOptional && (code === 'ENOENT' || code === 'ENOTDIR')) return { kind: 'nothing' };
    throw fileError(error, path, `read what ${from} includes`);
  }
  if (isFolder) {
    return { kind: 'scope', path, files: SECTIONS.map((name) => join(path, `${name}.yaml`)), isFolder };
  }
  if (/^\.ya?ml$/.test(extname(path))) return { kind: 'scope', path, files: [path], isFolder };
  throw new BuildcacheError('bad-input', `what ${from} includes is no configuration`, {
    file: path,
    expected: 'a folder, a .yaml file or a spack.lock',
  });
}

/**
 * Where an entry is; undefined for what is not on this machine.
 * @throws BuildcacheError `usage` for a path with a variable whose value only Spack knows
 */
export function includePath(entry: unknown, context: LocationContext): string | undefined {
  const written = isObject(entry) ? entry['path'] : entry;
  const variable = isObject(entry) ? entry['path_override_env_var'] : undefined;
  // A variable that is set but empty counts: it stands for the folder itself. A secret is not asked for: its value
  // would be looked for on the disk, and be part of an error.
  const override = typeof variable === 'string' && mayBeAsked(variable) ? context.env[variable] : undefined;
  const text = override ?? written;
  if (typeof text !== 'string') return undefined;
  const expanded = expandPath(text, context);
  const [, scheme] = /^([A-Za-z][A-Za-z0-9+.-]+):/.exec(expanded) ?? [];
  if (scheme === undefined) return resolve(context.base, expanded);
  if (scheme.toLowerCase() !== 'file') return undefined;
  return resolve(context.base, decoded(expanded.replace(/^file:(\/\/[^/]*)?/i, '').replace(/[?#].*$/s, '')));
}

/** The folder that relative paths of a scope start from. */
export function baseOf({ path, isFolder }: Extract<Include, { kind: 'scope' }>): string {
  return isFolder ? path : dirname(path);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not encoded: a name with a percent sign
  }
}
