/**
 * CPU targets as archspec knows them: which target's binaries run on which other, and the sets that `target=`
 * accepts (`zen2`, `x86_64_v3:`, `:haswell`, `x86_64_v2:icelake`, lists of these).
 *
 * Targets form a partial order: a target is above its ancestors, and runs what was built for them. One that
 * archspec does not know (data/NOTICE.md says which archspec) stands alone: it equals itself and is in no range.
 */
import { BuildcacheError } from '../core/errors.ts';
import data from './data/microarchitectures.json' with { type: 'json' };

/** One element of a written set. An absent bound is open. */
export type TargetItem =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact'; readonly name: string }
  | { readonly kind: 'range'; readonly low: string | undefined; readonly high: string | undefined };

/** A union, as written in `target=…`. */
export type TargetSet = readonly TargetItem[];

export interface Microarchitecture {
  readonly name: string;
  /** `generic` for families and levels such as `x86_64_v3`. */
  readonly vendor: string;
  /** Every target it descends from. */
  readonly ancestors: ReadonlySet<string>;
  /** CPU features, its ancestors' included, as Linux names them. */
  readonly features: ReadonlySet<string>;
  /** POWER only. */
  readonly generation: number;
  /** The CPU part number on AArch64. */
  readonly part: string | undefined;
}

/** All targets archspec knows, by name. */
export function microarchitectures(): ReadonlyMap<string, Microarchitecture> {
  known ??= readMicroarchitectures();
  return known;
}

/** The root of a target's tree, such as `x86_64` or `aarch64`; an unknown target is its own. */
export function targetFamily(name: string): string {
  const all = microarchitectures();
  const isRoot = (candidate: string) => all.get(candidate)?.ancestors.size === 0;
  return [name, ...(all.get(name)?.ancestors ?? [])].find(isRoot) ?? name;
}

/** Whether binaries built for `target` run on a `host` target: the same one, or an ancestor of it. */
export function runnableOn(host: string, target: string): boolean {
  return host === target || (microarchitectures().get(host)?.ancestors.has(target) ?? false);
}

/**
 * Reads the value of `target=`.
 * @throws BuildcacheError `usage` for a range whose bound archspec does not know: nothing could be said to be in it
 */
export function parseTargetSet(text: string): TargetSet {
  return text === '*' ? [{ kind: 'any' }] : text.split(',').map(parseItem);
}

/** The inverse of {@link parseTargetSet}. */
export function formatTargetSet(set: TargetSet): string {
  return set.map(formatItem).join(',');
}

/** Whether a concrete target is in the set. */
export function targetInSet(name: string, set: TargetSet): boolean {
  return set.some((item) => isInItem(name, item));
}

/** Whether some target, known to archspec or named in either, is in both sets. */
export function targetSetsOverlap(a: TargetSet, b: TargetSet): boolean {
  const named = [...a, ...b].flatMap((item) => (item.kind === 'exact' ? [item.name] : []));
  return [...named, ...microarchitectures().keys()].some(
    (name) => targetInSet(name, a) && targetInSet(name, b),
  );
}

let known: ReadonlyMap<string, Microarchitecture> | undefined;

interface Entry {
  readonly from: readonly string[];
  readonly vendor: string;
  readonly adds: readonly string[];
  readonly generation?: number;
  readonly part?: string;
}

function readMicroarchitectures(): ReadonlyMap<string, Microarchitecture> {
  const entries: Readonly<Record<string, Entry>> = data.targets;
  const result = new Map<string, Microarchitecture>();
  const read = (name: string): Microarchitecture => {
    const done = result.get(name);
    if (done !== undefined) return done;
    const entry = entries[name];
    if (entry === undefined) throw new Error(`microarchitectures.json lacks ${name}`);
    const parents = entry.from.map(read);
    const target: Microarchitecture = {
      name,
      vendor: entry.vendor,
      ancestors: new Set(parents.flatMap((parent) => [parent.name, ...parent.ancestors])),
      features: new Set([...parents.flatMap((parent) => [...parent.features]), ...entry.adds]),
      generation: entry.generation ?? 0,
      part: entry.part,
    };
    result.set(name, target);
    return target;
  };
  for (const name of Object.keys(entries)) read(name);
  return result;
}

function parseItem(text: string): TargetItem {
  const colon = text.indexOf(':');
  if (colon < 0) return { kind: 'exact', name: text };
  return { kind: 'range', low: parseBound(text.slice(0, colon)), high: parseBound(text.slice(colon + 1)) };
}

function formatItem(item: TargetItem): string {
  switch (item.kind) {
    case 'any':
      return '*';
    case 'exact':
      return item.name;
    case 'range':
      return `${item.low ?? ''}:${item.high ?? ''}`;
  }
}

function isInItem(name: string, item: TargetItem): boolean {
  switch (item.kind) {
    case 'any':
      return true;
    case 'exact':
      return item.name === name;
    case 'range':
      return (
        (item.low === undefined || runnableOn(name, item.low)) &&
        (item.high === undefined || runnableOn(item.high, name))
      );
  }
}

function parseBound(name: string): string | undefined {
  if (name === '') return undefined;
  if (microarchitectures().has(name)) return name;
  throw new BuildcacheError(
    'usage',
    `${JSON.stringify(name)} cannot bound a range of targets: archspec does not know it`,
    {
      hint: 'name it without a range, or list the targets you mean',
    },
  );
}
