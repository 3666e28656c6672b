/** The mirrors that an environment configures, and those of a `mirrors.yaml`. */
import { dirname, resolve } from 'node:path';
import type { Env } from '../core/env.ts';
import { isObject } from '../core/json.ts';
import { expandPath, type LocationContext } from '../environment/location.ts';
import { mergeScopes } from '../environment/merge-sections.ts';
import {
  type ConfigurationScope,
  contextFor,
  environmentScopes,
  readYaml,
  sectionOf,
} from '../environment/scopes.ts';
import { locateMirrors, type MirrorConfiguration, readMirrors } from './config.ts';
import type { Mirror, MirrorSide } from './mirror.ts';

/**
 * The mirrors of `spack.yaml` and of what it includes; none when there is no such file.
 * @throws `bad-input` for malformed files, `not-found` for an include that is not optional and not there
 */
export async function environmentMirrors(folder: string, env: Env): Promise<MirrorConfiguration> {
  const { scopes, notes } = await environmentScopes(folder, env);
  const found: unknown[] = [];
  let isClosed = false;
  let isConfigClosed = false;
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
    const [configKey, config] = sectionOf(sections, 'config') ?? [];
    if (configKey === undefined || isConfigClosed) continue;
    configuration = mergeMirrors(configuration, { mirrors: [], notes: [], ...tlsOf(config, context) });
    isConfigClosed = configKey.endsWith(':');
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

/** `config:verify_ssl` and `config:ssl_certs`, where they say something. */
function tlsOf(config: unknown, context: LocationContext): Pick<MirrorConfiguration, 'verifyTls' | 'caFile'> {
  const said = (name: string) => (isObject(config) ? sectionOf(config, name)?.[1] : undefined);
  const [verify, certs] = [said('verify_ssl'), said('ssl_certs')];
  const file = typeof certs === 'string' ? expandPath(certs, context) : '';
  return {
    verifyTls: typeof verify === 'boolean' ? verify : undefined,
    // A variable that is not set stays in the text. Then no file is named.
    caFile: file === '' || file.startsWith('$') ? undefined : resolve(context.base, file),
  };
}
