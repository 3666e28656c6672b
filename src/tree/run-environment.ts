/**
 * What installed specs add to the environment in which they run: folders of their prefixes, by Spack's prefix
 * inspections. Recipes may add more (`setup_run_environment`); only the recipes know that, so it is left out.
 */

import { statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { isOurs, mayBeAsked } from '../core/child-environment.ts';
import type { Env } from '../core/env.ts';
import { BuildcacheError } from '../core/errors.ts';
import { isObject, kindOf } from '../core/json.ts';
import { withoutEnd } from '../core/without-end.ts';
import { ofTypes, type SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { topologicalOrder } from '../spec/topological.ts';

/** A folder to be put first in a variable that holds a list of folders. */
export interface PathChange {
  readonly variable: string;
  readonly folder: string;
}

/** Folder below a prefix -> the variables it is put in, in the order in which they are looked at. */
export type PrefixInspections = ReadonlyMap<string, readonly string[]>;

/** Those of Spack's own configuration, 0.23 and 1.x alike. @param platform as specs have it: `linux`, `darwin` */
export function defaultInspections(platform: string): PrefixInspections {
  const everywhere: [string, readonly string[]][] = [
    ['./bin', ['PATH']],
    ['./man', ['MANPATH']],
    ['./share/man', ['MANPATH']],
    ['./share/aclocal', ['ACLOCAL_PATH']],
    ['./lib/pkgconfig', ['PKG_CONFIG_PATH']],
    ['./lib64/pkgconfig', ['PKG_CONFIG_PATH']],
    ['./share/pkgconfig', ['PKG_CONFIG_PATH']],
    ['./', ['CMAKE_PREFIX_PATH']],
  ];
  if (platform !== 'darwin') return new Map(everywhere);
  const libraries = ['DYLD_FALLBACK_LIBRARY_PATH'];
  return new Map([['./lib', libraries], ['./lib64', libraries], ...everywhere]);
}

/**
 * `modules:prefix_inspections` of a configuration over others, merged as Spack merges: what is configured comes
 * first, and a key with a colon too many (`./bin::`) replaces instead of adding.
 * @param section the value of `prefix_inspections`, from YAML
 * @param file the file it stands in, for messages
 * @throws BuildcacheError `bad-input`
 */
export function configuredInspections(
  section: unknown,
  file: string,
  below: PrefixInspections,
): PrefixInspections {
  if (section === undefined || section === null) return below;
  if (!isObject(section)) throw malformed(file, 'prefix_inspections', section);
  const merged = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(section)) {
    const folder = key.replace(/:$/, '');
    if (!isVariables(value)) throw malformed(file, `prefix_inspections:${folder}`, value);
    const others = key === folder ? (below.get(folder) ?? []) : [];
    merged.set(folder, [...value, ...others.filter((variable) => !value.includes(variable))]);
  }
  for (const [folder, variables] of below) if (!merged.has(folder)) merged.set(folder, variables);
  return merged;
}

export interface RunEnvironmentOptions {
  readonly inspections: PrefixInspections;
  /** The absolute prefix of a spec; undefined where it has none, like an external that is known only by its module. */
  readonly prefixOf: (node: SpecNode) => string | undefined;
  /** Where a spec's files are read, if that is not where its prefix says. */
  readonly filesOf?: (node: SpecNode, prefix: string) => string;
  /** Whether there is such a folder. A caller with many specs can remember the answers, since specs share dependencies. */
  readonly isThere?: (folder: string) => boolean;
}

/**
 * The changes in the order in which they are made: dependencies come first, so that roots end up first in their
 * variables, and the first of several roots before the others. Only folders of a prefix that exist count, and no
 * system folders.
 * @param roots hashes of specs
 */
export function runEnvironment(
  graph: Pick<SpecGraph, 'nodes'>,
  roots: Iterable<string>,
  { inspections, prefixOf, filesOf = (_, prefix) => prefix, isThere = isFolder }: RunEnvironmentOptions,
): PathChange[] {
  const changes: PathChange[] = [];
  for (const node of topologicalOrder(graph, roots, ofTypes('link', 'run')).reverse()) {
    const prefix = prefixOf(node);
    if (prefix === undefined) continue;
    const files = filesOf(node, prefix);
    for (const [below, variables] of inspections) {
      const folder = withoutSlash(join(prefix, below));
      // A checked-out file names what is looked for: above the prefix there may be programs of the checkout's.
      if (!isWithin(folder, prefix)) continue;
      if (SYSTEM_FOLDERS.has(folder) || !isThere(join(files, below))) continue;
      for (const variable of variables) changes.push({ variable, folder });
    }
  }
  return changes;
}

/**
 * The changes without those that would hand on a secret. A checked-out `spack.yaml` names the variables, and later programs
 * see what a variable held behind the new folders.
 * @param env what variables are now
 * @param onlyLists whether only variables that are named for lists of folders may be changed: the file may be a stranger's
 * @returns also the names of the variables that are left as they were
 */
export function withoutSecrets(
  changes: readonly PathChange[],
  env: Env,
  onlyLists: boolean,
): { readonly shown: readonly PathChange[]; readonly hidden: readonly string[] } {
  const isHidden = (name: string) =>
    isOurs(name) || (Boolean(env[name]) && !mayBeAsked(name)) || (onlyLists && !LIST_NAME.test(name));
  const hidden = new Set(changes.map(({ variable }) => variable).filter(isHidden));
  return { shown: changes.filter(({ variable }) => !hidden.has(variable)), hidden: [...hidden].sort() };
}

const LIST_NAME = /(?:PATH|DIRS?)$/;

/** The variables that change, with their new values, by name. @param env what they are now */
export function changedVariables(changes: readonly PathChange[], env: Env): Map<string, string> {
  const values = new Map<string, string>();
  for (const { variable, folder } of changes) {
    const now = values.get(variable) ?? env[variable];
    values.set(variable, now ? `${folder}:${now}` : folder);
  }
  return new Map([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The same for a shell or a job: a `MANPATH` ends in a colon, which stands for the system's own manual pages.
 */
export function shellVariables(changes: readonly PathChange[], env: Env): Map<string, string> {
  const values = changedVariables(changes, env);
  const manuals = values.get('MANPATH');
  if (manuals !== undefined && !manuals.endsWith(':')) values.set('MANPATH', `${manuals}:`);
  return values;
}

/** Lines for a POSIX shell to evaluate, without their ends. */
export function exportLines(values: ReadonlyMap<string, string>): string[] {
  return [...values].map(([variable, value]) => `export ${variable}=${shellQuoted(value)};`);
}

/**
 * The `Env` of a container image's configuration.
 * @param base the base image's; without one there is a `PATH`
 * @returns variables in the base's order, then new ones sorted by name
 */
export function imageEnvironment(changes: readonly PathChange[], base: readonly string[] = []): string[] {
  const env = new Map([['PATH', '/bin:/usr/bin']]);
  for (const entry of base) {
    const sign = entry.indexOf('=');
    if (sign > 0) env.set(entry.slice(0, sign), entry.slice(sign + 1));
  }
  for (const [name, value] of changedVariables(changes, Object.fromEntries(env))) env.set(name, value);
  return [...env].map(([name, value]) => `${name}=${value}`);
}

const SYSTEM_FOLDERS: ReadonlySet<string> = new Set(
  ['/', '/usr', '/usr/local'].flatMap((root) =>
    ['', 'bin', 'bin64', 'include', 'lib', 'lib64'].map((name) => withoutSlash(join(root, name))),
  ),
);

function isWithin(folder: string, prefix: string): boolean {
  const top = withoutSlash(prefix);
  return folder === top || folder.startsWith(top === '/' ? top : `${top}/`);
}

function withoutSlash(folder: string): string {
  return folder === '/' ? folder : withoutEnd(normalize(folder), '/');
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false; // whatever is wrong with the folder, nothing can be run from it
  }
}

function shellQuoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`;
}

/** Names end up in `export` lines and in files of the runner. */
function isVariables(value: unknown): value is string[] {
  return (
    Array.isArray(value) && value.every((item) => typeof item === 'string' && /^[A-Za-z_]\w*$/.test(item))
  );
}

function malformed(file: string, where: string, found: unknown): BuildcacheError {
  return new BuildcacheError('bad-input', `modules:${where} is malformed`, {
    file,
    expected: 'folders below a prefix, each with a list of names of variables',
    found: kindOf(found),
  });
}
