/** What people write for a place -> a URL, with Spack's rules for paths and variables. */

import { homedir, tmpdir, userInfo } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isOurs } from '../core/child-environment.ts';
import type { Env } from '../core/env.ts';
import { BuildcacheError } from '../core/errors.ts';
import type { HostArchitecture } from '../spec/host-architecture.ts';
import { spackRoot } from './spack-root.ts';

/** Schemes Spack takes verbatim. */
const SCHEMES = ['file', 'http', 'https', 'sftp', 'ftp', 's3', 'gs', 'oci', 'oci+http'];

export interface LocationContext {
  /** What relative paths start from: the configuration file's folder, or the working directory. */
  readonly base: string;
  /** The environment's folder, for `$env`. */
  readonly environment: string | undefined;
  readonly env: Env;
  /** For `$os`, `$target` and `$arch`. */
  readonly host?: HostArchitecture | undefined;
}

/**
 * The URL of a configured mirror: a known scheme is taken verbatim, a path is expanded and made absolute. So is an
 * unknown one (`htps://`), which Spack takes for a folder: a mistyped mirror must not look like an empty one.
 * @throws `usage` when a path names something only Spack knows
 */
export function locationUrl(text: string, context: LocationContext): string {
  if (hasKnownScheme(text) || /^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(text)) return text;
  const path = expandPath(text, context);
  // Spack takes a path with a drive for an absolute one. On a system without drives it starts at the working
  // directory.
  const base = /^[A-Za-z]:/.test(path) ? '' : context.base;
  return pathToFileURL(resolve(base, path)).href;
}

export function hasKnownScheme(text: string): boolean {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1];
  return scheme !== undefined && SCHEMES.includes(scheme.toLowerCase());
}

/** Whether a mirror is kept in an OCI registry. */
export function isRegistryUrl(url: string): boolean {
  return /^oci(\+http)?:/i.test(url);
}

/** Whether a mirror argument is a path or URL; else it must be a configured name. */
export function isLocation(argument: string): boolean {
  return /[/\\]/.test(argument) || argument === '.' || argument === '..' || hasKnownScheme(argument);
}

/**
 * Spack's configuration variables first (any case), then environment variables (unset ones stay), then `~`.
 * @throws `usage` for what only Spack or the system knows: some of its variables, the folder of another user (`~name`)
 */
export function expandPath(path: string, { environment, env, host }: LocationContext): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const os = () => host?.os ?? missing('$os', 'write the operating system out');
  const target = () => host?.target ?? missing('$target', 'write the target out');
  const arch = () => `${platform}-${os()}-${target()}`;
  const known: Readonly<Record<string, () => string | undefined>> = {
    spack: () => spackRoot(env) ?? missing('$spack', 'set SPACK_ROOT'),
    env: () => environment,
    user: () => userInfo().username,
    tempdir: () => env['TMPDIR'] || tmpdir(),
    date: today,
    user_cache_path: () => env['SPACK_USER_CACHE_PATH'] ?? '~/.spack',
    spack_instance_id: () => missing('$spack_instance_id', 'write the path out'),
    spack_short_version: () => missing('$spack_short_version', 'write the version out'),
    platform: () => platform,
    os,
    operating_system: os,
    target,
    arch,
    architecture: arch,
    target_family: targetFamily,
  };
  const expanded = path
    .replace(/\$(?:(\w+)|\{(\w+)\})/g, (whole, bare?: string, braced?: string) => {
      const name = (bare ?? braced ?? '').toLowerCase();
      return (Object.hasOwn(known, name) ? known[name]?.() : undefined) ?? whole;
    })
    .replace(
      /\$(?:(\w+)|\{(\w+)\})/g,
      (whole, bare?: string, braced?: string) => openly(bare ?? braced ?? '', env) ?? whole,
    );
  const [, other] = /^~([^/]+)/.exec(expanded) ?? [];
  // Only the system knows, which may ask a directory service. Taken for a folder's name it would be an empty mirror.
  if (other !== undefined)
    missing(`~${other}`, 'write the path out, or ./ before it where a folder has that name');
  return expanded.replace(/^~/, () => env['HOME'] ?? homedir());
}

/** Paths are shown, written to files and uploaded. So a variable with a secret of the job itself counts as not set. */
function openly(name: string, env: LocationContext['env']): string | undefined {
  return isOurs(name) ? undefined : env[name];
}

/** By the machine's own clock. */
function today(): string {
  const now = new Date();
  const digits = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${digits(now.getMonth() + 1)}-${digits(now.getDate())}`;
}

function targetFamily(): string {
  const families: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64', ppc64: 'ppc64le' };
  return families[process.arch] ?? process.arch;
}

function missing(variable: string, hint: string): never {
  throw new BuildcacheError('usage', `a configured path uses ${variable}, whose value is not known here`, {
    hint,
  });
}
