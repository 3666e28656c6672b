/** What Spack's path variables say about this machine: `$os`, `$target`, `$arch`. Looked up only when used. */
import { readFile } from 'node:fs/promises';

export interface HostFacts {
  /** `debian12`, `ubuntu24.04`; undefined where it cannot be told as Spack tells it. */
  readonly os: string | undefined;
  /** `zen4`, `x86_64_v3`, … */
  readonly target: string;
}

/** The facts if the text names one of these variables. */
export async function hostFactsFor(text: string): Promise<HostFacts | undefined> {
  if (!/\$\{?(?:arch|architecture|os|operating_system|target)\b/i.test(text)) return undefined;
  const { hostTarget } = await import('../spec/host-target.ts');
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return { os: operatingSystem(release), target: await hostTarget() };
}

/** Spack's name for a Linux distribution: its id and the first part of its version, on Ubuntu the first two. */
export function operatingSystem(release: string): string | undefined {
  const field = (name: string) => new RegExp(`^${name}=["']?([^"'\\n]*)`, 'm').exec(release)?.[1];
  const aliases: Readonly<Record<string, string>> = { ol: 'oracle', 'opensuse-leap': 'opensuse' };
  const id = field('ID')?.toLowerCase().replaceAll(' ', '_');
  if (id === undefined || id === '') return undefined;
  const version = (field('VERSION_ID') ?? '').split(/[^\w-]/);
  return (aliases[id] ?? id) + version.slice(0, id.includes('ubuntu') ? 2 : 1).join('.');
}
