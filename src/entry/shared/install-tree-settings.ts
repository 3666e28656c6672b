/**
 * Decides for all verbs and steps which install tree they are about, from options, configuration and variables. Also
 * reads which folders of installed specs are added to the environment.
 */

import { join, resolve } from 'node:path';
import type { Env } from '../../core/env.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { isObject } from '../../core/json.ts';
import { hostFactsFor } from '../../environment/host-facts.ts';
import { expandPath, type LocationContext } from '../../environment/location.ts';
import { sectionOf } from '../../environment/scopes.ts';
import { type EnvironmentSections, environmentSections } from '../../environment/sections.ts';
import { spackRoot } from '../../environment/spack-root.ts';
import { type InstallSettings, readInstallSettings } from '../../tree/install-settings.ts';
import {
  configuredInspections,
  defaultInspections,
  type PrefixInspections,
} from '../../tree/run-environment.ts';

export interface TreeConfiguration {
  readonly settings: InstallSettings;
  readonly inspections: PrefixInspections;
}

export interface TreeContext {
  readonly env: Env;
  /** What the environment's files may read, where that is not all of `env`. */
  readonly checkoutEnv?: Env;
  /**
   * Whether these files may be a stranger's in a job with secrets. What they say of trees then counts for nothing: which they
   * are, where in them specs go, and who may write there.
   */
  readonly isDistrusted?: boolean;
  readonly cwd: string;
  /** The root, if neither an option nor the configuration says it. */
  readonly otherwise?: string | undefined;
}

/**
 * The tree is the one the user named, else the configured one, else Spack's own. Padding and projections are those of
 * the configuration, unless another tree was named.
 * @param folder of the environment; need not exist
 * @param store the root, as the user named it: with Spack's variables and `~`, relative to the working directory
 * @throws BuildcacheError `usage` where none of these says which tree; as `environmentSections` and
 *   `readInstallSettings`
 */
export async function readTreeConfiguration(
  folder: string,
  store: string | undefined,
  { env, checkoutEnv = env, isDistrusted = false, cwd, otherwise }: TreeContext,
): Promise<TreeConfiguration> {
  const sections = await environmentSections(folder, checkoutEnv);
  const { modules, file, expand, notes } = sections;
  const { config, packages, upstreams } = isDistrusted ? NOTHING : sections;
  const leftOut = isDistrusted ? leftOutOf(sections) : [];
  const spack = spackRoot(env);
  const unwritten = spack === undefined ? otherwise : join(spack, 'opt', 'spack');
  const settings = readInstallSettings(
    { config, packages, upstreams, file },
    {
      root: store === undefined ? undefined : await namedRoot(store, { base: cwd, environment: folder, env }),
      otherwise: unwritten === undefined ? undefined : resolve(cwd, unwritten),
      expand,
    },
  );
  return {
    settings: {
      ...settings,
      inUse: [cwd, resolve(cwd, folder)],
      notes: [...notes, ...leftOut, ...settings.notes],
    },
    inspections: inspectionsIn(modules, file, process.platform),
  };
}

/** Of a tree that the checkout does not name. Others use it, and what is installed there stays. */
const NOTHING = { config: undefined, packages: undefined, upstreams: undefined };

/** What the checkout says of install trees, for a person. */
function leftOutOf({ config, packages, upstreams }: EnvironmentSections): string[] {
  const isSaid = (section: unknown, names: readonly string[]) =>
    isObject(section) && names.some((name) => section[name] !== undefined && section[name] !== null);
  const hasPermissions =
    isObject(packages) && Object.values(packages).some((each) => isSaid(each, ['permissions']));
  const said = [
    ...(isSaid(config, TREE_KEYS) ? ['config:install_tree'] : []),
    ...(hasPermissions ? ['packages:permissions'] : []),
    ...(upstreams === undefined ? [] : ['upstreams:']),
  ];
  if (said.length === 0) return [];
  return [
    `${said.join(' and ')} of the checked-out configuration left out: it may be a stranger's, and this job has secrets`,
  ];
}

const TREE_KEYS = ['install_tree', 'install_path_scheme', 'install_hash_length', 'allow_sgid'];

/**
 * The prefix inspections for an environment: they say what goes into the `Env` of the images of its specs.
 * @returns by the platform of the specs
 * @throws BuildcacheError `bad-input`; as `environmentSections`
 */
export async function readInspections(
  folder: string,
  env: Env,
): Promise<(platform: string) => PrefixInspections> {
  const { modules, file } = await environmentSections(folder, env);
  inspectionsIn(modules, file, 'linux'); // so that an error is reported before anything is sent
  return (platform) => inspectionsIn(modules, file, platform);
}

async function namedRoot(store: string, context: LocationContext): Promise<string> {
  if (store.trim() === '') {
    // Most likely a variable is not set. An empty path would mean the working directory, which is another tree.
    throw new BuildcacheError('usage', 'the install tree is named by an empty text', {
      hint: 'give --store a path, or leave it away',
    });
  }
  const host = await hostFactsFor(store);
  return resolve(context.base, expandPath(store, { ...context, host }));
}

function inspectionsIn(modules: unknown, file: string, platform: string): PrefixInspections {
  const own = isObject(modules) ? sectionOf(modules, 'prefix_inspections') : undefined;
  const isInstead = own?.[0].endsWith(':') === true;
  return configuredInspections(own?.[1], file, isInstead ? new Map() : defaultInspections(platform));
}
