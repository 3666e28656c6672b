/** Sections of an environment's configuration, merged as Spack merges its scopes. */
import { join, resolve } from 'node:path';
import { isObject } from '../core/json.ts';
import { environmentScopes, sectionOf } from './environment.ts';
import { hostFactsFor } from './host-facts.ts';
import { expandPath, type LocationContext } from './location.ts';
import { mergeScopes, withoutMark, withoutMarks } from './merge-sections.ts';

export interface EnvironmentSections {
  /** Parsed YAML, undefined where nothing is written. `config:install_tree`'s root is absolute. */
  readonly config: unknown;
  readonly packages: unknown;
  /** With its override marks, `./bin::` being the key `./bin:`: Spack's own defaults are below it. */
  readonly modules: unknown;
  /** Where they stand, for messages. */
  readonly file: string;
  /** Replaces Spack's variables, environment variables and `~` in what else is a path. */
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
      found.push(name === 'config' ? withAbsoluteRoot(value, context) : value);
      if (key.endsWith(':')) break;
    }
    return mergeScopes(found.filter((section) => section !== null));
  };
  const [config, packages] = [withoutMarks(merged('config')), withoutMarks(merged('packages'))];
  const modules = merged('modules');
  const host = await hostFactsFor(JSON.stringify([config, modules]));
  const context: LocationContext = { base: folder, environment: folder, env, host };
  return {
    config,
    packages,
    modules,
    file: join(folder, 'spack.yaml'),
    expand: (text) => expandPath(text, context),
    notes,
  };
}

/** A relative path starts at the file it stands in, which is not known any more once scopes are merged. */
function withAbsoluteRoot(config: unknown, context: LocationContext): unknown {
  const absolute = (text: string) => resolve(context.base, expandPath(text, context));
  if (!isObject(config)) return config;
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      if (withoutMark(key) !== 'install_tree') return [key, value];
      if (typeof value === 'string') return [key, absolute(value)];
      const root = isObject(value) ? value['root'] : undefined;
      return [key, isObject(value) && typeof root === 'string' ? { ...value, root: absolute(root) } : value];
    }),
  );
}
