/** Sections of an environment's configuration, merged as Spack merges its scopes. */
import { join, resolve } from 'node:path';
import { entriesOf, isObject, objectOf } from '../core/json.ts';
import { hostFactsFor } from './host-facts.ts';
import { expandPath, type LocationContext } from './location.ts';
import { mergeScopes, withoutMark, withoutMarks } from './merge-sections.ts';
import { environmentScopes, sectionOf } from './scopes.ts';

export interface EnvironmentSections {
  /** Parsed YAML, undefined where nothing is written. `config:install_tree`'s root is absolute. */
  readonly config: unknown;
  readonly packages: unknown;
  /** With its override marks: `./bin::` has the key `./bin:`. Spack's own defaults are below it. */
  readonly modules: unknown;
  /** Their install trees are absolute. */
  readonly upstreams: unknown;
  /** The file they stand in, for messages. */
  readonly file: string;
  /** Replaces Spack's variables, environment variables and `~` in any other path. */
  readonly expand: (text: string) => string;
  /** What of the configuration is not read. */
  readonly notes: readonly string[];
}

/** @throws BuildcacheError as `environmentScopes` */
export async function environmentSections(
  folder: string,
  env: LocationContext['env'],
): Promise<EnvironmentSections> {
  const { scopes, notes } = await environmentScopes(folder, env);
  const merged = (name: string) => {
    const found: unknown[] = [];
    for (const { sections, context } of scopes) {
      const [key, value] = sectionOf(sections, name) ?? [];
      if (key === undefined) continue;
      found.push(ABSOLUTE[name]?.(value, context) ?? value);
      if (key.endsWith(':')) break;
    }
    return mergeScopes(found.filter((section) => section !== null));
  };
  const [config, packages] = [withoutMarks(merged('config')), withoutMarks(merged('packages'))];
  const [modules, upstreams] = [merged('modules'), withoutMarks(merged('upstreams'))];
  const host = await hostFactsFor(JSON.stringify([config, modules]));
  const context: LocationContext = { base: folder, environment: folder, env, host };
  return {
    config,
    packages,
    modules,
    upstreams,
    file: join(folder, 'spack.yaml'),
    expand: (text) => expandPath(text, context),
    notes,
  };
}

/** Makes paths absolute. A relative path starts at the file it stands in, which is not known once scopes are merged. */
const ABSOLUTE: Readonly<Record<string, (section: unknown, context: LocationContext) => unknown>> = {
  config: (config, context) => mapKey(config, 'install_tree', (tree) => absoluteTree(tree, 'root', context)),
  upstreams: (upstreams, context) =>
    isObject(upstreams)
      ? mapValues(upstreams, (upstream) => absoluteTree(upstream, 'install_tree', context))
      : upstreams,
};

function absoluteTree(tree: unknown, key: string, context: LocationContext): unknown {
  if (typeof tree === 'string') return absolute(tree, context);
  return mapKey(tree, key, (root) => (typeof root === 'string' ? absolute(root, context) : root));
}

/** A variable that cannot be replaced stays. Code that needs the path says so, and perhaps none does. */
function absolute(text: string, context: LocationContext): string {
  try {
    return resolve(context.base, expandPath(text, context));
  } catch {
    return text;
  }
}

function mapKey(map: unknown, name: string, change: (value: unknown) => unknown): unknown {
  if (!isObject(map)) return map;
  return mapValues(map, (value, key) => (withoutMark(key) === name ? change(value) : value));
}

function mapValues(
  map: Readonly<Record<string, unknown>>,
  change: (value: unknown, key: string) => unknown,
): unknown {
  return objectOf(entriesOf(map).map(([key, value]) => [key, change(value, key)]));
}
