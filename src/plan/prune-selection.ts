/** Which entries of a mirror are to go: those that no rule keeps, and that no kept entry needs. */
import type { ListedEntry } from '../cache/entries.ts';
import type { SpecNode } from '../spec/node.ts';

export interface PruneRules {
  /** Hashes to keep. Undefined: what is young is kept. */
  readonly keep: ReadonlySet<string> | undefined;
  /** Only entries that were written before this go. Undefined: all that are not kept go. */
  readonly olderThan: Date | undefined;
  /** Entries that were written since then stay, whatever the other rules say. */
  readonly grace: Date;
}

/** Without rules about entries, none goes. */
export function hasEntryRules({ keep, olderThan }: Omit<PruneRules, 'grace'>): boolean {
  return keep !== undefined || olderThan !== undefined;
}

/** Entries the rules alone keep. */
export function keptByRules(entries: readonly ListedEntry[], rules: PruneRules): Set<string> {
  return new Set(entries.filter((entry) => !isCondemned(entry, rules)).map(({ hash }) => hash));
}

/** Entries that only the grace keeps: without it the rules would let them go. */
export function keptByGrace(entries: readonly ListedEntry[], rules: PruneRules): ListedEntry[] {
  const withoutGrace = { ...rules, grace: new Date(8.64e15) };
  return entries.filter((entry) => isCondemned(entry, withoutGrace) && !isCondemned(entry, rules));
}

/**
 * All that has to be there so that the kept ones can be installed: what they link and run, and the build specs of
 * spliced ones.
 * @param nodes specs as far as they are known
 */
export function neededBy(kept: Iterable<string>, nodes: ReadonlyMap<string, SpecNode>): Set<string> {
  const needed = new Set<string>();
  const waiting = [...kept];
  for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
    if (needed.has(hash)) continue;
    needed.add(hash);
    const node = nodes.get(hash);
    if (node === undefined) continue;
    if (node.buildSpec !== undefined) waiting.push(node.buildSpec.hash);
    for (const { hash: below, deptypes } of node.dependencies) {
      if (deptypes.includes('link') || deptypes.includes('run')) waiting.push(below);
    }
  }
  return needed;
}

function isCondemned({ hash, modified }: ListedEntry, { keep, olderThan, grace }: PruneRules): boolean {
  if (!hasEntryRules({ keep, olderThan }) || keep?.has(hash) === true) return false;
  // An entry without a time is not known to be old.
  if (modified === undefined) return olderThan === undefined;
  return modified < grace && (olderThan === undefined || modified < olderThan);
}
