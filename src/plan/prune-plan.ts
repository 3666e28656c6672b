/**
 * The one planner of a prune, for every layout and storage: which entries go, and of each why, or why not. It is a pure
 * function of what is known. Each rule only narrows what goes:
 *
 * 1. What is named (lists, lockfiles, roots, pins) stays, and what is too young, or of an age nobody can tell.
 * 2. So does what any of these links or runs, and what a spliced one was built as: what stays is closed.
 * 3. All the rest goes. With a bound on bytes only as much goes as the bound asks for, what was needed longest ago first. A
 *    dependency counts as needed whenever its dependents were. So it never goes before them, and what is left is closed.
 */

import type { ListedEntry } from '../cache/entries.ts';
import { addTo } from '../core/multimap.ts';
import { recordOrder } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';

/** What somebody has named. */
export interface Keep {
  /** Who, for people: `keep-list FILE`, `git:main~20..main`, `pin hdf5`. */
  readonly by: string;
  readonly hashes: ReadonlySet<string>;
}

export interface PrunePolicy {
  /** Where there are any, only what is in none of them goes. */
  readonly lists: readonly Keep[];
  /** What these name stays, too. They do not let anything else go. */
  readonly pins: readonly Keep[];
  /** Only entries that were written before this go. Undefined: all that the other rules let go. */
  readonly olderThan: Date | undefined;
  /** How many bytes the entries may have. Only what is above that goes. Undefined: all that the other rules let go. */
  readonly maxBytes: number | undefined;
  /** When specs were needed last, by hash, as far as stamps say: an entry is as old as the later of that and its time. */
  readonly used: ReadonlyMap<string, Date>;
  /** Entries that were written since then stay, whatever the other rules say. */
  readonly grace: Date;
}

/** A blob that an entry names: others may name it, too. */
export interface EntryBlob {
  readonly key: string;
  readonly size: number;
}

export interface PruneFacts {
  readonly entries: readonly ListedEntry[];
  /** Specs as far as they are known: with {@link PrunePolicy.maxBytes} all, else at least what stays. */
  readonly nodes: ReadonlyMap<string, SpecNode>;
  /** What entries name, by key, as far as it is known: with a bound, of all. */
  readonly blobs: ReadonlyMap<string, readonly EntryBlob[]>;
}

/** Why an entry stays, or goes. */
export type PruneReason =
  | { readonly kind: 'named'; readonly by: string }
  | { readonly kind: 'needed'; readonly by: string }
  | { readonly kind: 'recent' | 'used' | 'young' | 'undated' | 'fits' | 'unclear' }
  | { readonly kind: 'unnamed' | 'old' }
  | { readonly kind: 'over-bound'; readonly needed: Date };

export interface PlannedEntry {
  readonly entry: ListedEntry;
  readonly goes: boolean;
  readonly reason: PruneReason;
  /** Of what it names; undefined where that is not known. */
  readonly bytes: number | undefined;
}

export interface PrunePlan {
  /** In the order of their keys. */
  readonly entries: readonly PlannedEntry[];
  /** With a bound: what entries name, each blob counted once. */
  readonly size: { readonly before: number; readonly after: number; readonly bound: number } | undefined;
}

/** Without rules about entries, none goes. */
export function hasEntryRules({ lists, olderThan, maxBytes }: PrunePolicy): boolean {
  return lists.length > 0 || olderThan !== undefined || maxBytes !== undefined;
}

/** Hashes that stay whatever else is known; what they need has to be known for a plan. */
export function staysBefore(entries: readonly ListedEntry[], policy: PrunePolicy): Set<string> {
  const names = namesOf(policy);
  const kept = entries.filter((entry) => staysByItself(entry, policy, names) !== undefined);
  return new Set([...kept.map(({ hash }) => hash), ...names.keys()]);
}

/** @param facts in any order: the same facts make the same plan */
export function planPrune(facts: PruneFacts, policy: PrunePolicy): PrunePlan {
  const entries = [...facts.entries].sort((a, b) => (a.key < b.key ? -1 : 1));
  const stays = whatStays(entries, facts.nodes, policy);
  const free = entries.filter(({ hash }) => !stays.has(hash));
  const { maxBytes } = policy;
  const cut = maxBytes === undefined ? undefined : cutTo(maxBytes, entries, free, facts, policy.used);
  return {
    entries: entries.map((entry) => {
      const bytes = facts.blobs.get(entry.key)?.reduce((sum, { size }) => sum + size, 0);
      const reason = stays.get(entry.hash);
      // Where there is room for all, an entry does not stay for being young.
      const fits = reason?.kind === 'young' && cut !== undefined && cut.size.before <= cut.size.bound;
      if (fits) return { entry, goes: false, reason: { kind: 'fits' }, bytes };
      if (reason !== undefined) return { entry, goes: false, reason, bytes };
      if (cut === undefined) {
        const kind = policy.lists.length > 0 ? 'unnamed' : 'old';
        return { entry, goes: true, reason: { kind }, bytes };
      }
      const needed = cut.gone.get(entry.hash);
      if (needed === undefined) return { entry, goes: false, reason: { kind: 'fits' }, bytes };
      return { entry, goes: true, reason: { kind: 'over-bound', needed }, bytes };
    }),
    size: cut?.size,
  };
}

/** @param kind why: nothing says that any may go, or something cannot be told */
export function nothingGoes(entries: readonly ListedEntry[], kind: 'fits' | 'unclear'): PrunePlan {
  const planned = [...entries].sort((a, b) => (a.key < b.key ? -1 : 1));
  return {
    entries: planned.map((entry) => ({ entry, goes: false, reason: { kind }, bytes: undefined })),
    size: undefined,
  };
}

/** Hashes with all that has to be there for them to be installed, as far as it is known. */
export function closureOf(hashes: Iterable<string>, nodes: ReadonlyMap<string, SpecNode>): Set<string> {
  const found = new Set(hashes);
  for (const hash of found) for (const below of neededDirectly(nodes.get(hash))) found.add(below);
  return found;
}

/** The plan, of which these stay as well: they were needed after it was made. */
export function spare(plan: PrunePlan, hashes: ReadonlySet<string>): PrunePlan {
  const reason = { kind: 'named', by: 'what was pushed or stamped meanwhile' } as const;
  let bytes = 0;
  const entries = plan.entries.map((planned) => {
    if (!planned.goes || !hashes.has(planned.entry.hash)) return planned;
    bytes += planned.bytes ?? 0;
    return { ...planned, goes: false, reason };
  });
  // At most: entries that stay may name some of these blobs, too.
  const size = plan.size && { ...plan.size, after: plan.size.after + bytes };
  return { entries, size };
}

/** Hashes that stay whatever the size, and why. Closed. */
function whatStays(
  entries: readonly ListedEntry[],
  nodes: ReadonlyMap<string, SpecNode>,
  policy: PrunePolicy,
): Map<string, PruneReason> {
  const names = namesOf(policy);
  const stays = new Map<string, PruneReason>();
  // What is named may have no entry of its own: a spliced spec's is its build spec's.
  for (const [hash, by] of names) stays.set(hash, { kind: 'named', by });
  for (const entry of entries) {
    const reason = staysByItself(entry, policy, names);
    if (reason !== undefined && !stays.has(entry.hash)) stays.set(entry.hash, reason);
  }
  const waiting = [...stays.keys()];
  for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
    for (const below of neededDirectly(nodes.get(hash))) {
      if (stays.has(below)) continue;
      stays.set(below, { kind: 'needed', by: hash });
      waiting.push(below);
    }
  }
  return stays;
}

/** What has to be there for a spec to be installed, next to it: what it links and runs, and what it was built as. */
function neededDirectly(node: SpecNode | undefined): string[] {
  if (node === undefined) return [];
  const below = node.dependencies.filter(
    ({ deptypes }) => deptypes.includes('link') || deptypes.includes('run'),
  );
  return [...(node.buildSpec === undefined ? [] : [node.buildSpec.hash]), ...below.map(({ hash }) => hash)];
}

interface Cut {
  /** By hash, with when they were last needed. */
  readonly gone: ReadonlyMap<string, Date>;
  readonly size: NonNullable<PrunePlan['size']>;
}

/** @param free what may go, and nothing that stays needs */
function cutTo(
  bound: number,
  entries: readonly ListedEntry[],
  free: readonly ListedEntry[],
  { nodes, blobs }: PruneFacts,
  used: PrunePolicy['used'],
): Cut {
  const users = new Map<string, number>();
  let size = 0;
  for (const blob of entries.flatMap(({ key }) => blobs.get(key) ?? [])) {
    const before = users.get(blob.key) ?? 0;
    if (before === 0) size += blob.size;
    users.set(blob.key, before + 1);
  }
  const before = size;
  const gone = new Map<string, Date>();
  for (const { hash, needed, keys } of leastNeededFirst(free, nodes, used)) {
    if (size <= bound) break;
    gone.set(hash, needed);
    for (const blob of keys.flatMap((key) => blobs.get(key) ?? [])) {
      const left = (users.get(blob.key) ?? 0) - 1;
      users.set(blob.key, left);
      if (left === 0) size -= blob.size;
    }
  }
  return { gone, size: { before, after: size, bound } };
}

interface Candidate {
  readonly hash: string;
  readonly needed: Date;
  /** Of its entries: the same spec may be there twice. */
  readonly keys: readonly string[];
}

/** Dependents come before what they need. */
function leastNeededFirst(
  free: readonly ListedEntry[],
  nodes: ReadonlyMap<string, SpecNode>,
  used: PrunePolicy['used'],
): Candidate[] {
  const keys = new Map<string, string[]>();
  const needed = new Map<string, number>();
  const isNeededAt = (hash: string, time: number) =>
    needed.set(hash, Math.max(needed.get(hash) ?? time, time));
  for (const { key, hash, modified } of free) {
    addTo(keys, hash, key);
    isNeededAt(hash, modified?.getTime() ?? 0);
    isNeededAt(hash, used.get(hash)?.getTime() ?? 0);
  }
  // Through specs that have no entry, too.
  const dependentsFirst = recordOrder({ nodes }, keys.keys()).reverse();
  for (const node of dependentsFirst) {
    const time = needed.get(node.hash);
    if (time !== undefined) for (const below of neededDirectly(node)) isNeededAt(below, time);
  }
  const place = new Map(dependentsFirst.map(({ hash }, i) => [hash, i]));
  return [...keys.keys()]
    .map((hash) => ({ hash, needed: needed.get(hash) ?? 0, place: place.get(hash) ?? -1 }))
    .sort((a, b) => a.needed - b.needed || a.place - b.place)
    .map(({ hash, needed: time }) => ({ hash, needed: new Date(time), keys: keys.get(hash) ?? [] }));
}

/** Who names each hash that is named. */
function namesOf({ lists, pins }: PrunePolicy): Map<string, string> {
  const names = new Map<string, string>();
  for (const { by, hashes } of [...pins, ...lists]) {
    for (const hash of hashes) if (!names.has(hash)) names.set(hash, by);
  }
  return names;
}

function staysByItself(
  { hash, modified }: ListedEntry,
  policy: PrunePolicy,
  names: ReadonlyMap<string, string>,
): PruneReason | undefined {
  const by = names.get(hash);
  if (by !== undefined) return { kind: 'named', by };
  if (!hasEntryRules(policy)) return { kind: 'fits' };
  const { olderThan, maxBytes, grace } = policy;
  // An entry without a time is not known to be old.
  if (modified === undefined) {
    return olderThan === undefined && maxBytes === undefined ? undefined : { kind: 'undated' };
  }
  if (olderThan !== undefined && modified >= olderThan) return { kind: 'recent' };
  const needed = policy.used.get(hash);
  if (olderThan !== undefined && needed !== undefined && needed >= olderThan) return { kind: 'used' };
  return modified >= grace ? { kind: 'young' } : undefined;
}
