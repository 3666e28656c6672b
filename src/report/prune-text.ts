/** The result of a prune, for a person and for machines. */
import { oneLine } from '../core/errors.ts';
import type { PrunePlan, PruneReason } from '../plan/prune-plan.ts';
import { bytesText } from './amounts.ts';
import { PLAIN_STYLE, type Style } from './check-text.ts';
import { entryText, NAMED, overBound, planJson } from './prune-plan-text.ts';
import { nameSome } from './shared-reasons.ts';

/** The result as the command returns it. */
export interface PruneReport {
  readonly url: string;
  readonly dryRun: boolean;
  readonly plan: PrunePlan;
  readonly removed: readonly PrunedEntry[];
  readonly blobs:
    | {
        readonly all: BlobAmount;
        readonly removed: BlobAmount;
        readonly young: BlobAmount;
        readonly putBack: number;
      }
    | undefined;
  /** What no tag leads to any more. */
  readonly replaced?: { readonly removed: number; readonly left: number } | undefined;
  readonly leftovers: number;
  readonly oldStamps: number;
  readonly problems: readonly string[];
}

interface PrunedEntry {
  readonly key: string;
  readonly hash: string;
}

interface BlobAmount {
  readonly count: number;
  readonly bytes: number;
}

/** Lines without their ends. @param verbose name each entry, however many there are; a dry run's plan has named them */
export function pruneText(report: PruneReport, verbose: boolean, style: Style = PLAIN_STYLE): string[] {
  const { dryRun, removed, blobs } = report;
  const done = dryRun ? 'would be removed' : 'removed';
  const { entries, needed, young } = counted(report.plan);
  const named = dryRun ? 0 : removed.length;
  const most = verbose ? named : Math.min(named, NAMED);
  const lines = removed.slice(0, most).map((entry) => `${done}: ${entryText(entry)}`);
  if (named > most) lines.push(`…and ${named - most} more: --verbose names them`);
  lines.push(
    `${removed.length} of ${entries} entries ${done}` +
      (needed === 0 ? '' : `, ${needed} stay because what is kept needs them`),
  );
  if (young.length > 0) {
    const which = young.length === 1 ? '1 entry stays' : `${young.length} entries stay`;
    lines.push(`${which} because of --grace: ${nameSome(young.map(entryText), verbose ? NAMED : 5)}`);
  }
  if (blobs === undefined) {
    lines.push("Blobs are left to the registry's garbage collection");
  } else {
    lines.push(
      `${blobs.removed.count} of ${blobs.all.count} blobs ${done} (${bytesText(blobs.removed.bytes)})`,
    );
    if (blobs.young.count > 0) {
      lines.push(
        `${blobs.young.count} unnamed blobs (${bytesText(blobs.young.bytes)}) stay because of --grace: a push may be about to name them`,
      );
    }
    if (blobs.putBack > 0) lines.push(`${blobs.putBack} were named meanwhile, and put back`);
  }
  const { replaced } = report;
  if (replaced !== undefined && replaced.removed > 0) {
    const more = replaced.left === 0 ? '' : `; ${replaced.left} more are left for the next run`;
    lines.push(`${replaced.removed} versions that no tag leads to any more ${done}${more}`);
  }
  if (report.leftovers > 0)
    lines.push(`${report.leftovers} unfinished files of writers that died were removed`);
  if (report.oldStamps > 0) lines.push(`${report.oldStamps} use stamps of more than a year ago were removed`);
  for (const problem of report.problems) lines.push(style.doubt(oneLine(problem)));
  lines.push(style.dim(oneLine(report.url)));
  return lines;
}

/** What it came to, in a few words. */
export function pruneSentence({ dryRun, plan, removed, blobs, replaced }: PruneReport): string {
  const done = dryRun ? 'would be removed' : 'removed';
  const bytes = (blobs?.removed.count ?? 0) === 0 ? '' : `, ${bytesText(blobs?.removed.bytes ?? 0)} of blobs`;
  const old = (replaced?.removed ?? 0) === 0 ? '' : `, ${replaced?.removed} replaced versions`;
  if (removed.length === 0 && bytes + old === '') return 'nothing to remove';
  return `${removed.length} of ${plan.entries.length} entries${bytes}${old} ${done}`;
}

/** What `prune --json` prints. Within one `version`, fields are only added. */
export function pruneJson(report: PruneReport) {
  const { blobs } = report;
  const { entries, needed, young } = counted(report.plan);
  return {
    version: 1,
    url: report.url,
    dry_run: report.dryRun,
    entries,
    removed: report.removed.map(({ key, hash }) => ({ hash, key })),
    needed,
    young: young.map(({ key, hash }) => ({ hash, key })),
    blobs:
      blobs === undefined
        ? null
        : { all: blobs.all, removed: blobs.removed, young: blobs.young, put_back: blobs.putBack },
    replaced: report.replaced ?? null,
    leftovers: report.leftovers,
    old_stamps: report.oldStamps,
    ...planJson(report.plan),
    over_bound: overBound(report.plan) ?? null,
    problems: report.problems,
  };
}

/** What a plan comes to; `young` is what nothing but `--grace` keeps. */
export function counted({ entries }: PrunePlan): {
  readonly entries: number;
  readonly needed: number;
  readonly young: readonly PrunedEntry[];
} {
  const of = (kind: PruneReason['kind']) => entries.filter(({ reason }) => reason.kind === kind);
  return {
    entries: entries.length,
    needed: of('needed').length,
    young: of('young').map(({ entry }) => entry),
  };
}
