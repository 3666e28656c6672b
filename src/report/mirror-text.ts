/** What `check-index` has found, for a person. */
import { oneLine } from '../core/errors.ts';
import {
  countProblems,
  type IndexState,
  isRight,
  type MirrorCheck,
  type MirrorRepair,
  type RootLengths,
} from '../plan/mirror-check.ts';
import { bytesText } from './amounts.ts';
import { PLAIN_STYLE, type Style } from './check-text.ts';

/** The most things of one kind that are named. The JSON has all. */
const NAMED = 20;

/** Lines without line ends. */
export function mirrorText(
  check: MirrorCheck,
  repair: MirrorRepair | undefined,
  style: Style = PLAIN_STYLE,
): string[] {
  const lines = mirrorFacts(check).map(([name, value]) => `${name}: ${value}`);
  const some = (title: string, items: readonly string[]) => {
    if (items.length === 0) return;
    lines.push('', title, ...items.slice(0, NAMED).map((item) => `  ${oneLine(item)}`));
    if (items.length > NAMED) lines.push(style.dim(`  …and ${items.length - NAMED} more: --json has all`));
  };
  if (check.index.kind === 'broken') some(style.bad('The index cannot be used:'), [check.index.reason]);
  some(style.bad('Listed in the index, but missing:'), check.missing);
  some(
    style.bad('The index does not list:'),
    check.unindexed.map(({ key }) => key),
  );
  for (const kind of countProblems(check.problems).keys()) {
    const found = check.problems.filter((problem) => problem.kind === kind);
    some(
      style.bad(`${PROBLEM_WORDS[kind]}:`),
      found.map(({ text }) => text),
    );
  }
  some(style.doubt('Unknown:'), check.unknown);
  if (repair !== undefined) {
    lines.push('', ...repairLines(repair));
    some(style.doubt('Could not be repaired:'), repair.problems);
  }
  lines.push('', mirrorSentence(check, repair));
  return lines;
}

/** Facts about the mirror, each with a name. Only its URL and the view's name come from outside; each is one line. */
export function mirrorFacts(check: MirrorCheck): [string, string][] {
  const facts: [string, string][] = [['Mirror', oneLine(check.url)]];
  if (check.view !== undefined) facts.push(['View', oneLine(check.view)]);
  facts.push(['Entries', check.entries === undefined ? 'cannot be listed' : String(check.entries)]);
  facts.push(['Index', indexWords(check.index)]);
  if (check.index.kind === 'there' && check.view === undefined) {
    facts.push(['Not indexed', String(check.unindexed.length)]);
  }
  if (check.unsigned !== undefined) facts.push(['Unsigned', String(check.unsigned)]);
  if (check.provenance !== undefined && check.provenance > 0)
    facts.push(['With provenance', String(check.provenance)]);
  if (check.rootLengths !== undefined)
    facts.push(['Built below roots of', rootLengthWords(check.rootLengths)]);
  if (check.blobs !== undefined) facts.push(['Blobs', amountWords(check.blobs)]);
  if (check.orphans !== undefined) facts.push(['Blobs nothing names', amountWords(check.orphans)]);
  for (const { days, entries, blobs } of check.growth) {
    if (check.entries === undefined) continue;
    const bytes = blobs === undefined ? '' : `, ${bytesText(blobs.bytes)}`;
    facts.push([`Last ${days} days`, `${entries} entries${bytes}`]);
  }
  if (check.oldest !== undefined) facts.push(['Oldest entry', dateText(check.oldest)]);
  if (check.newest !== undefined) facts.push(['Newest entry', dateText(check.newest)]);
  return facts;
}

/** The answer in one sentence. */
export function mirrorSentence(check: MirrorCheck, repair: MirrorRepair | undefined): string {
  if (check.unknown.length > 0) return 'Whether the mirror is right is unknown.';
  if (isRight(check)) {
    const isWhole = (repair?.problems ?? []).length === 0;
    if (!isWhole) return 'The mirror is right, but not all could be repaired.';
    // The answer says how much of the mirror was read.
    return check.unsigned === undefined
      ? 'The mirror is right as far as names tell: entries were not read (--verify).'
      : 'The mirror is right.';
  }
  const parts: string[] = [];
  if (check.index.kind === 'none') parts.push('there is no index');
  if (check.index.kind === 'broken') parts.push('the index cannot be used');
  if (check.missing.length > 0) parts.push(`the index lists ${check.missing.length} that are missing`);
  if (check.unindexed.length > 0) parts.push(`${check.unindexed.length} are not indexed`);
  for (const [kind, count] of countProblems(check.problems)) {
    parts.push(`${count} ${PROBLEM_WORDS[kind].toLowerCase()}`);
  }
  return `The mirror is not right: ${parts.join(', ')}.`;
}

export const PROBLEM_WORDS = {
  malformed: 'Malformed',
  unreadable: 'Unreadable for this version',
  misfiled: 'Filed as another spec',
  unsigned: 'Unsigned',
  untrusted: 'Not signed by a trusted key',
  provenance: 'Provenance of another build',
  'blob-missing': 'Blobs that are missing',
  'blob-size': 'Blobs of a wrong length',
  'blob-corrupt': 'Blobs of wrong content',
} as const;

function indexWords(index: IndexState): string {
  switch (index.kind) {
    case 'there':
      return `lists ${index.listed} (${index.records} records)`;
    case 'none':
      return 'none';
    case 'broken':
      return 'cannot be used';
  }
}

function repairLines(repair: MirrorRepair): string[] {
  const parts: string[] = [];
  if (repair.removed.length > 0) parts.push(`${repair.removed.length} useless entries were removed`);
  if (repair.removedBlobs > 0) parts.push(`${repair.removedBlobs} damaged blobs were removed`);
  if (repair.putBack > 0) parts.push(`${repair.putBack} blobs were put back`);
  if (repair.indexChanged) parts.push('the index was made anew');
  return [`Repair: ${parts.length === 0 ? 'nothing was changed' : parts.join(', ')}`];
}

function amountWords({ count, bytes }: { readonly count: number; readonly bytes: number }): string {
  return `${count} (${bytesText(bytes)})`;
}

/** The most lengths that are shown. The JSON has all. */
const LENGTHS = 8;

function rootLengthWords({ lengths, unknown }: RootLengths): string {
  const shown = [...lengths].slice(0, LENGTHS).map(([length, count]) => `${length} characters (${count})`);
  if (lengths.size > LENGTHS) shown.push(`…up to ${[...lengths.keys()].at(-1)}`);
  if (unknown > 0) shown.push(`an unknown length (${unknown})`);
  return shown.length === 0 ? 'none' : shown.join(', ');
}

function dateText(date: Date): string {
  return date.toISOString().slice(0, 10);
}
