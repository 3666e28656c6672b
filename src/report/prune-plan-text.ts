/** What a prune is about to do: what goes and what stays, of each why, and how many bytes that is. */

import { oneLine } from '../core/errors.ts';
import { addTo } from '../core/multimap.ts';
import type { PlannedEntry, PrunePlan, PruneReason } from '../plan/prune-plan.ts';
import { bytesText } from './amounts.ts';
import { PLAIN_STYLE, type Style } from './check-text.ts';

/** Entries that are named one a line without --verbose. */
export const NAMED = 50;

export interface PlanGroup {
  /** Why, for people. */
  readonly why: string;
  readonly of: readonly PlannedEntry[];
}

/** Lines without their ends. @param verbose name each entry, also those that stay */
export function prunePlanText(plan: PrunePlan, verbose: boolean, style: Style = PLAIN_STYLE): string[] {
  const lines: string[] = [];
  const names = namesIn(plan);
  for (const goes of [true, false]) {
    const all = plan.entries.filter((planned) => planned.goes === goes);
    const word = goes ? 'goes' : 'stays';
    const shown = verbose ? all : all.slice(0, goes ? NAMED : 0);
    for (const planned of shown) {
      const { entry, bytes, reason } = planned;
      const size = bytes === undefined ? '' : ` (${bytesText(bytes)})`;
      lines.push(`${word}: ${entryText(entry)}${size}: ${oneLine(whyText(reason, names))}`);
    }
    if (goes && all.length > shown.length) {
      lines.push(`…and ${all.length - shown.length} more: --verbose names them`);
    }
    const groups = groupPlan(plan, goes).map(({ why, of }) => `${of.length} ${oneLine(why)}`);
    lines.push(
      `To ${goes ? 'go' : 'stay'}: ${all.length}${groups.length > 0 ? `: ${groups.join(', ')}` : ''}`,
    );
  }
  const { size } = plan;
  if (size !== undefined) {
    const { before, after, bound } = size;
    lines.push(
      `Entries come to ${bytesText(before)}, then to ${bytesText(after)} (--max-size ${bytesText(bound)})`,
    );
  }
  const above = overBound(plan);
  if (above !== undefined) lines.push(style.doubt(above));
  return lines;
}

/** Entries by why they go, or stay; the largest group first. */
export function groupPlan({ entries }: PrunePlan, goes: boolean): PlanGroup[] {
  const groups = new Map<string, PlannedEntry[]>();
  for (const planned of entries) {
    if (planned.goes !== goes) continue;
    addTo(groups, groupText(planned.reason), planned);
  }
  return [...groups].map(([why, of]) => ({ why, of })).sort((a, b) => b.of.length - a.of.length);
}

/** Why the bound does not hold afterwards; undefined where it does, or there is none. */
export function overBound(plan: PrunePlan): string | undefined {
  if (plan.size === undefined || plan.size.after <= plan.size.bound) return undefined;
  const { after, bound } = plan.size;
  const why = groupPlan(plan, false).map(({ why: text, of }) => `${of.length} ${oneLine(text)}`);
  return `what has to stay comes to ${bytesText(after)}, above ${bytesText(bound)}: ${why.join(', ')}`;
}

/** As {@link PruneReason}, with the fields of JSON. */
export function planJson({ entries, size }: PrunePlan) {
  return {
    plan: entries.map(({ entry, goes, reason, bytes }) => ({
      hash: entry.hash,
      key: entry.key,
      goes,
      reason: reason.kind,
      by: 'by' in reason ? reason.by : null,
      needed_at: reason.kind === 'over-bound' ? reason.needed.toISOString() : null,
      bytes: bytes ?? null,
    })),
    size: size ?? null,
  };
}

/** `name-version/hash7`, as files and tags of entries are named; what is named otherwise, as it is. */
export function entryText({ key, hash }: { readonly key: string; readonly hash: string }): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const end = name.indexOf(`-${hash}`);
  return oneLine(end > 0 ? `${name.slice(0, end)}/${hash.slice(0, 7)}` : key);
}

function namesIn({ entries }: PrunePlan): Map<string, string> {
  return new Map(entries.map(({ entry }) => [entry.hash, entryText(entry)]));
}

function whyText(reason: PruneReason, names: ReadonlyMap<string, string>): string {
  switch (reason.kind) {
    case 'needed':
      return `needed by ${names.get(reason.by) ?? `/${reason.by.slice(0, 7)}`}`;
    case 'over-bound':
      return `last needed ${reason.needed.toISOString().slice(0, 10)}, and above --max-size`;
    default:
      return groupText(reason);
  }
}

function groupText(reason: PruneReason): string {
  switch (reason.kind) {
    case 'named':
      return `named by ${reason.by}`;
    case 'needed':
      return 'needed by what stays';
    case 'recent':
      return 'younger than --older-than';
    case 'used':
      return 'needed since --older-than, as stamps say';
    case 'young':
      return 'younger than --grace';
    case 'undated':
      return 'of an age that is not known';
    case 'fits':
      return 'that no rule lets go';
    case 'unclear':
      return 'since it is not known what is needed';
    case 'unnamed':
      return 'named by nothing';
    case 'old':
      return 'older than --older-than';
    case 'over-bound':
      return 'needed longest ago, above --max-size';
    default:
      return reason satisfies never;
  }
}
