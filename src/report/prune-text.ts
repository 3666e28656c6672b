/** What a prune came to, for a person and for machines. */
import { oneLine } from '../core/errors.ts';
import { bytesText } from './amounts.ts';
import { PLAIN_STYLE, type Style } from './check-text.ts';

/** As the command returns it. */
export interface PruneReport {
  readonly url: string;
  readonly dryRun: boolean;
  readonly entries: number;
  readonly removed: readonly { readonly key: string; readonly hash: string }[];
  readonly needed: number;
  readonly blobs:
    | {
        readonly all: BlobAmount;
        readonly removed: BlobAmount;
        readonly young: BlobAmount;
        readonly putBack: number;
      }
    | undefined;
  readonly leftovers: number;
  readonly problems: readonly string[];
}

interface BlobAmount {
  readonly count: number;
  readonly bytes: number;
}

/** Lines without their ends. @param verbose also each entry */
export function pruneText(report: PruneReport, verbose: boolean, style: Style = PLAIN_STYLE): string[] {
  const { dryRun, removed, blobs } = report;
  const done = dryRun ? 'would be removed' : 'removed';
  const lines = verbose ? removed.map(({ key }) => `${done}: ${oneLine(key)}`) : [];
  lines.push(
    `${removed.length} of ${report.entries} entries ${done}` +
      (report.needed === 0 ? '' : `, ${report.needed} stay because what is kept needs them`),
  );
  if (blobs === undefined) {
    lines.push('Blobs are left to the registry: run its garbage collection');
  } else {
    lines.push(
      `${blobs.removed.count} of ${blobs.all.count} blobs ${done} (${bytesText(blobs.removed.bytes)})`,
    );
    if (blobs.young.count > 0) {
      lines.push(
        `${blobs.young.count} unnamed blobs (${bytesText(blobs.young.bytes)}) are too young: they may be about to be named`,
      );
    }
    if (blobs.putBack > 0) lines.push(`${blobs.putBack} were named meanwhile, and put back`);
  }
  if (report.leftovers > 0)
    lines.push(`${report.leftovers} unfinished files of writers that died were removed`);
  for (const problem of report.problems) lines.push(style.doubt(oneLine(problem)));
  lines.push(style.dim(oneLine(report.url)));
  return lines;
}

/** What `prune --json` prints. Fields are added, never changed: `version` says when that is not so. */
export function pruneJson(report: PruneReport): unknown {
  const { blobs } = report;
  return {
    version: 1,
    url: report.url,
    dry_run: report.dryRun,
    entries: report.entries,
    removed: report.removed.map(({ key, hash }) => ({ hash, key })),
    needed: report.needed,
    blobs:
      blobs === undefined
        ? null
        : { all: blobs.all, removed: blobs.removed, young: blobs.young, put_back: blobs.putBack },
    leftovers: report.leftovers,
    problems: report.problems,
  };
}
