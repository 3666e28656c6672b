/**
 * The CPU target of the machine we run on, found the way archspec finds it, from what the kernel says about the
 * first CPU. Good enough to answer what this host can run; when in doubt it is the family (`x86_64`), never more.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { machine, platform } from 'node:os';
import { promisify } from 'node:util';
import { childEnvironment } from '../core/child-environment.ts';
import data from './data/microarchitectures.json' with { type: 'json' };
import { type Microarchitecture, microarchitectures } from './target.ts';

/** The best target whose binaries run here. */
export async function hostTarget(): Promise<string> {
  try {
    if (platform() === 'linux') return targetFromCpuinfo(machine(), await readFile('/proc/cpuinfo', 'utf8'));
    if (platform() === 'darwin') return targetFromSysctl(sysctl);
  } catch {
    // Fall through: an unreadable description leaves us with the family, which every CPU of it runs.
  }
  return familyOf(machine());
}

/** @param text the contents of `/proc/cpuinfo`, @param family what `uname -m` says */
export function targetFromCpuinfo(family: string, text: string): string {
  const field = firstCpu(text);
  const words = (key: string) =>
    new Set(
      field
        .get(key)
        ?.split(/\s+/)
        .filter((word) => word !== ''),
    );
  switch (family) {
    case 'x86_64':
      return best(family, { vendor: field.get('vendor_id') ?? 'generic', features: words('flags') });
    case 'aarch64': {
      const code = field.get('CPU implementer');
      const vendors: Readonly<Record<string, string>> = data.armVendors;
      const vendor = code === undefined ? 'generic' : (vendors[code] ?? code);
      return best(family, { vendor, features: words('Features'), part: field.get('CPU part') });
    }
    case 'ppc64':
    case 'ppc64le': {
      const generation = /POWER(\d+)/.exec(field.get('cpu') ?? '')?.[1];
      return best(family, { generation: Number(generation ?? 0) });
    }
    case 'riscv64': {
      const model = field.get('uarch');
      return best(family, { model: model === 'sifive,u74-mc' ? 'u74mc' : model });
    }
    default:
      return familyOf(family);
  }
}

/** @param read answers macOS' `sysctl -n NAME…`, one line a name */
export async function targetFromSysctl(read: (...names: string[]) => Promise<string>): Promise<string> {
  const brand = (await read('machdep.cpu.brand_string')).toLowerCase();
  // Asked of the CPU, not of ourselves: under Rosetta the process believes it is on x86_64.
  if (brand.includes('apple')) {
    return ['m4', 'm3', 'm2'].find((name) => brand.includes(name)) ?? 'm1';
  }
  const vendor = (await read('machdep.cpu.vendor')).trim();
  const flags = await read('machdep.cpu.features', 'machdep.cpu.leaf7_features', 'machdep.cpu.extfeatures');
  const features = new Set(flags.toLowerCase().split(/\s+/));
  for (const [here, onLinux] of Object.entries(data.darwinFlags)) {
    if (here.split(' ').every((flag) => features.has(flag))) {
      for (const flag of onLinux.split(' ')) features.add(flag);
    }
  }
  return best('x86_64', { vendor, features });
}

interface CpuFacts {
  readonly vendor?: string;
  readonly features?: Set<string>;
  readonly generation?: number;
  readonly part?: string | undefined;
  readonly model?: string | undefined;
}

/**
 * The deepest target below the best generic one that the CPU has everything of. The generic one is a floor
 * because firmware may switch off one feature of a model without making the CPU any older.
 */
function best(family: string, cpu: CpuFacts): string {
  if (cpu.features?.has('ssse3')) cpu.features.add('sse3');
  const fitting = [...microarchitectures().values()].filter(
    (target) => (target.name === family || target.ancestors.has(family)) && fits(family, target, cpu),
  );
  const floor = deepest(fitting.filter((target) => target.vendor === 'generic'));
  if (floor === undefined) return family;
  const sameModel = fitting.filter((target) => cpu.part !== undefined && target.part === cpu.part);
  const above = (sameModel.length > 0 ? sameModel : fitting).filter((target) =>
    target.ancestors.has(floor.name),
  );
  return (deepest(above) ?? floor).name;
}

function fits(family: string, target: Microarchitecture, cpu: CpuFacts): boolean {
  switch (family) {
    case 'x86_64':
      return isOfVendor(target, cpu) && hasFeatures(target, cpu);
    case 'aarch64':
      // The features of a CPU do not tell which level of the architecture it has.
      if (target.vendor === 'generic') return target.name === family;
      return isOfVendor(target, cpu) && hasFeatures(target, cpu);
    case 'riscv64':
      return target.name === cpu.model || target.vendor === 'generic';
    default:
      return target.generation <= (cpu.generation ?? 0);
  }
}

function isOfVendor(target: Microarchitecture, cpu: CpuFacts): boolean {
  return target.vendor === 'generic' || target.vendor === cpu.vendor;
}

function hasFeatures(target: Microarchitecture, cpu: CpuFacts): boolean {
  return [...target.features].every((feature) => cpu.features?.has(feature));
}

function deepest(targets: readonly Microarchitecture[]): Microarchitecture | undefined {
  const [first] = [...targets].sort(
    (a, b) => b.ancestors.size - a.ancestors.size || b.features.size - a.features.size,
  );
  return first;
}

/** The fields of the first CPU: the text up to its first empty line. */
function firstCpu(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon >= 0) fields.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
    else if (fields.size > 0) break;
  }
  return fields;
}

function familyOf(machineName: string): string {
  return machineName === 'arm64' ? 'aarch64' : machineName;
}

async function sysctl(...names: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('/usr/sbin/sysctl', ['-n', ...names], {
    env: childEnvironment(),
  });
  return stdout;
}
