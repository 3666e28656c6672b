/** Where installs go and what they add to the environment, from options, configuration and variables. */
import { join, resolve } from 'node:path';
import { isObject } from '../core/json.ts';
import { sectionOf } from '../mirrors/environment.ts';
import { environmentSections } from '../mirrors/sections.ts';
import { type InstallSettings, readInstallSettings } from '../tree/install-settings.ts';
import {
  configuredInspections,
  defaultInspections,
  type PrefixInspections,
} from '../tree/run-environment.ts';

export interface TreeConfiguration {
  readonly settings: InstallSettings;
  readonly inspections: PrefixInspections;
}

/**
 * @param folder of the environment
 * @param store the root, as the user named it; else the configured one, else Spack's own
 * @throws BuildcacheError `usage` where none of these says where to install; as `environmentSections` and
 *   `readInstallSettings`
 */
export async function readTreeConfiguration(
  folder: string,
  store: string | undefined,
  {
    env,
    cwd,
    otherwise,
  }: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly cwd: string;
    /** The root where nothing else says it. */
    readonly otherwise?: string | undefined;
  },
): Promise<TreeConfiguration> {
  const { config, packages, modules, file, expand, notes } = await environmentSections(folder, env);
  const spack = env['SPACK_ROOT'] || undefined;
  const unwritten = spack === undefined ? otherwise : join(spack, 'opt', 'spack');
  const named = store ?? (hasRoot(config) ? undefined : unwritten);
  const root = named === undefined ? undefined : resolve(cwd, named);
  const settings = readInstallSettings({ config, packages, file }, { root, expand });
  return {
    settings: { ...settings, notes: [...notes, ...settings.notes] },
    inspections: inspectionsIn(modules, file, process.platform),
  };
}

/**
 * What images of an environment's specs get into their `Env`.
 * @returns by the platform of the specs
 * @throws BuildcacheError `bad-input`; as `environmentSections`
 */
export async function readInspections(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<(platform: string) => PrefixInspections> {
  const { modules, file } = await environmentSections(folder, env);
  inspectionsIn(modules, file, 'linux'); // what is wrong with it is said before anything is sent
  return (platform) => inspectionsIn(modules, file, platform);
}

function inspectionsIn(modules: unknown, file: string, platform: string): PrefixInspections {
  const own = isObject(modules) ? sectionOf(modules, 'prefix_inspections') : undefined;
  const isInstead = own?.[0].endsWith(':') === true;
  return configuredInspections(own?.[1], file, isInstead ? new Map() : defaultInspections(platform));
}

function hasRoot(config: unknown): boolean {
  const tree = isObject(config) ? config['install_tree'] : undefined;
  return typeof tree === 'string' || (isObject(tree) && typeof tree['root'] === 'string');
}
