/** Which entries of a mirror are to go: those that nobody keeps, and that nothing needs that is kept. */
import type { ListedEntry } from '../cache/entries.ts';
import type { SpecNode } from '../spec/node.ts';

export interface PruneRules {
  /** Hashes to keep; undefined: whatever is young. */
  readonly keep: ReadonlySet<string> | undefined;
  /** Only what was written before goes; undefined: whatever is not kept. */
  readonly olderThan: Date | undefined;
  /** What was written since stays whatever the other rules say. */
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

/** Entries that nothing but their age keeps: those the rules would let go if there was no grace. */
export function keptByGrace(entries: readonly ListedEntry[], rules: PruneRules): ListedEntry[] {
  const withoutGrace = { ...rules, grace: new Date(8.64e15) };
  return entries.filter((entry) => isCondemned(entry, withoutGrace) && !isCondemned(entry, rules));
}

/**
 * All that has to be there for the kept ones to be installed: what they link and run, and what spliced ones were built
 * as.
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
  // What has no time cannot be told to be old.
  if (modified === undefined) return olderThan === undefined;
  return modified < grace && (olderThan === undefined || modified < olderThan);
}
