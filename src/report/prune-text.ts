/** The result of a prune, for a person and for machines. */
import { oneLine } from '../core/errors.ts';
import { bytesText } from './amounts.ts';
import { PLAIN_STYLE, type Style } from './check-text.ts';
import { nameSome } from './shared-reasons.ts';

/** The result as the command returns it. */
export interface PruneReport {
  readonly url: string;
  readonly dryRun: boolean;
  readonly entries: number;
  readonly removed: readonly PrunedEntry[];
  readonly needed: number;
  readonly young: readonly PrunedEntry[];
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

interface PrunedEntry {
  readonly key: string;
  readonly hash: string;
}

interface BlobAmount {
  readonly count: number;
  readonly bytes: number;
}

/** The most entries that are listed without --verbose. */
const NAMED = 50;

/** Lines without line ends. @param verbose list every entry, however many there are */
export function pruneText(report: PruneReport, verbose: boolean, style: Style = PLAIN_STYLE): string[] {
  const { dryRun, removed, blobs } = report;
  const done = dryRun ? 'would be removed' : 'removed';
  const most = verbose ? removed.length : NAMED;
  const lines = removed.slice(0, most).map((entry) => `${done}: ${entryText(entry)}`);
  if (removed.length > most) lines.push(`…and ${removed.length - most} more: --verbose names them`);
  lines.push(
    `${removed.length} of ${report.entries} entries ${done}` +
      (report.needed === 0 ? '' : `, ${report.needed} stay because what is kept needs them`),
  );
  if (report.young.length > 0) {
    const which = report.young.length === 1 ? '1 entry stays' : `${report.young.length} entries stay`;
    lines.push(`${which} because of --grace: ${nameSome(report.young.map(entryText), verbose ? NAMED : 5)}`);
  }
  if (blobs === undefined) {
    lines.push('Blobs are left to the registry: run its garbage collection');
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
  if (report.leftovers > 0)
    lines.push(`${report.leftovers} unfinished files of writers that died were removed`);
  for (const problem of report.problems) lines.push(style.doubt(oneLine(problem)));
  lines.push(style.dim(oneLine(report.url)));
  return lines;
}

/** The result in a few words. */
export function pruneSentence({ dryRun, entries, removed, blobs }: PruneReport): string {
  const done = dryRun ? 'would be removed' : 'removed';
  const bytes = (blobs?.removed.count ?? 0) === 0 ? '' : `, ${bytesText(blobs?.removed.bytes ?? 0)} of blobs`;
  if (removed.length === 0 && bytes === '') return 'nothing to remove';
  return `${removed.length} of ${entries} entries${bytes} ${done}`;
}

/** What `prune --json` prints. Within one `version`, fields are only added. */
export function pruneJson(report: PruneReport) {
  const { blobs } = report;
  return {
    version: 1,
    url: report.url,
    dry_run: report.dryRun,
    entries: report.entries,
    removed: report.removed.map(({ key, hash }) => ({ hash, key })),
    needed: report.needed,
    young: report.young.map(({ key, hash }) => ({ hash, key })),
    blobs:
      blobs === undefined
        ? null
        : { all: blobs.all, removed: blobs.removed, young: blobs.young, put_back: blobs.putBack },
    leftovers: report.leftovers,
    problems: report.problems,
  };
}

/** `name-version/hash7`, from the name of an entry's file or tag. A name of another form stays as it is. */
export function entryText({ key, hash }: PrunedEntry): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const end = name.indexOf(`-${hash}`);
  return oneLine(end > 0 ? `${name.slice(0, end)}/${hash.slice(0, 7)}` : key);
}
