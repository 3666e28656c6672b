/** What the machine we run on calls itself in specs: platform and operating system as Spack names them. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { promisify } from 'node:util';
import { childEnvironment } from '../core/child-environment.ts';
import { hostTarget } from './host-target.ts';
import type { SpecNode } from './node.ts';
import { runnableOn } from './target.ts';

export interface HostArchitecture {
  readonly platform: string;
  /** Undefined where it cannot be told. */
  readonly os: string | undefined;
  readonly target: string;
}

export async function hostArchitecture(): Promise<HostArchitecture> {
  const [os, target] = await Promise.all([hostOs().catch(() => undefined), hostTarget()]);
  return { platform: platform() === 'win32' ? 'windows' : platform(), os, target };
}

/** Whether what was built for a spec's architecture runs on a host. */
export function runsOn(host: HostArchitecture, spec: Pick<SpecNode, 'platform' | 'os' | 'target'>): boolean {
  return (
    spec.platform === host.platform &&
    (host.os === undefined || spec.os === host.os) &&
    runnableOn(host.target, spec.target)
  );
}

/**
 * Spack's name for a Linux distribution: `debian12`, `ubuntu24.04`, `rocky9`.
 * @param text the contents of `/etc/os-release`
 * @returns undefined where the text does not say
 */
export function osFromRelease(text: string): string | undefined {
  const field = (name: string) => new RegExp(`^${name}=["']?([^"'\\n]*)`, 'm').exec(text)?.[1];
  const id = field('ID')?.toLowerCase();
  if (id === undefined || id === '') return undefined;
  // A rolling release is named after its C library, which this file does not know.
  if (id.includes('tumbleweed')) return undefined;
  const parts = (field('VERSION_ID') ?? '').split(/[^\w-]/);
  const version = id.includes('ubuntu') ? parts.slice(0, 2).join('.') : (parts[0] ?? '');
  return `${RENAMED[id] ?? id}${version}`;
}

/** @param version macOS' own, `14.5` */
export function osFromMacVersion(version: string): string {
  const [major = '', minor = ''] = version.trim().split('.');
  return MAC_RELEASES[major === '10' ? `10.${minor}` : major] ?? 'macos';
}

async function hostOs(): Promise<string | undefined> {
  switch (platform()) {
    case 'linux':
      return osFromRelease(await readFile('/etc/os-release', 'utf8'));
    case 'darwin':
      return osFromMacVersion(
        (await promisify(execFile)('/usr/bin/sw_vers', ['-productVersion'], { env: childEnvironment() }))
          .stdout,
      );
    default:
      return undefined;
  }
}

const RENAMED: Readonly<Record<string, string>> = { ol: 'oracle', 'opensuse-leap': 'opensuse' };

const MAC_RELEASES: Readonly<Record<string, string>> = {
  '10.13': 'highsierra',
  '10.14': 'mojave',
  '10.15': 'catalina',
  '10.16': 'bigsur',
  '11': 'bigsur',
  '12': 'monterey',
  '13': 'ventura',
  '14': 'sonoma',
  '15': 'sequoia',
  '26': 'tahoe',
};
