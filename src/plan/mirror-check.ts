/** What `check-index` has found: a mirror's state, and what is wrong with it. */

import type { Layout, ListedEntry } from '../cache/entries.ts';
import type { Amount } from '../cache/layouts/prune-blobs.ts';
import type { EntryProblem, ProblemKind } from '../cache/reading/check-entry.ts';

export type IndexState =
  | { readonly kind: 'there'; readonly listed: number; readonly records: number }
  | { readonly kind: 'none' }
  /** It is named, but cannot be used. */
  | { readonly kind: 'broken'; readonly reason: string };

/** How much was written of late, by the times of entries and blobs. */
export interface Growth {
  readonly days: number;
  readonly entries: number;
  /** Undefined where blobs cannot be listed. */
  readonly blobs: Amount | undefined;
}

/** Below how long roots entries were built, which is how long the roots may be below which they can be installed. */
export interface RootLengths {
  /** How many entries there are for each length in bytes, ascending. */
  readonly lengths: ReadonlyMap<number, number>;
  /** Entries whose tarballs do not say. */
  readonly unknown: number;
}

export interface MirrorCheck {
  readonly url: string;
  readonly layout: Layout;
  /** The view that was checked instead of the main index. */
  readonly view: string | undefined;
  readonly index: IndexState;
  /** Undefined where they cannot be listed. */
  readonly entries: number | undefined;
  /** Hashes that the index lists although their entries are not there. */
  readonly missing: readonly string[];
  /** Entries the index does not list; none for a view, which is of some specs only. */
  readonly unindexed: readonly ListedEntry[];
  readonly problems: readonly EntryProblem[];
  /** What could not be told, and why. */
  readonly unknown: readonly string[];
  /** Undefined where entries were not read. */
  readonly unsigned: number | undefined;
  /** How many entries say where they were built; undefined where entries were not read. */
  readonly provenance: number | undefined;
  /** Undefined where they were not asked for. */
  readonly rootLengths: RootLengths | undefined;
  /** Undefined where they cannot be listed. */
  readonly blobs: Amount | undefined;
  /** Blobs that nothing names; undefined where that was not looked at. */
  readonly orphans: Amount | undefined;
  readonly growth: readonly Growth[];
  readonly oldest: Date | undefined;
  readonly newest: Date | undefined;
}

/** What a repair did. */
export interface MirrorRepair {
  /** Entries that nobody could have used. */
  readonly removed: readonly ListedEntry[];
  /** Blobs that were not what their names say. */
  readonly removedBlobs: number;
  /** Blobs that a prune which was killed had moved aside. */
  readonly putBack: number;
  readonly indexChanged: boolean;
  /** What could not be done. */
  readonly problems: readonly string[];
}

/** Whether nothing was found that should not be. */
export function isRight({ index, missing, unindexed, problems, entries }: MirrorCheck): boolean {
  const hasIndex = index.kind === 'there' || (index.kind === 'none' && entries === 0);
  return hasIndex && missing.length === 0 && unindexed.length === 0 && problems.length === 0;
}

export function mirrorCheckExitCode(check: MirrorCheck, repair: MirrorRepair | undefined): 0 | 1 | 2 {
  if (check.unknown.length > 0) return 2;
  return isRight(check) && (repair?.problems ?? []).length === 0 ? 0 : 1;
}

export function countProblems(problems: readonly EntryProblem[]): ReadonlyMap<ProblemKind, number> {
  const counts = new Map<ProblemKind, number>();
  for (const { kind } of problems) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
