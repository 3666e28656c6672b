/** The result of a sync, for a person: a line for each entry while it works, and the sum at the end. */
import { oneLine } from '../core/errors.ts';
import {
  countSynced,
  type MirrorSync,
  type SyncedSpec,
  type SyncOutcome,
  type SyncResult,
} from '../plan/sync-result.ts';
import { bytesText } from './amounts.ts';
import type { PushRow } from './autopush-rows.ts';
import { mirrorLine, PLAIN_STYLE, type Style } from './check-text.ts';
import { failedLines, finishLines, indexText } from './push-text.ts';

const ABSENT = 'the mirror to copy from does not have it';

/** One line for one outcome, when it is known. */
export function syncedLine(spec: SyncedSpec): string {
  return oneLine(`${syncedName(spec)}: ${outcomeText(spec.outcome)}`);
}

/** Whether an outcome gets a line of its own when it is known. The sum says how many others there are. */
export function isTold({ kind }: SyncOutcome): boolean {
  return kind !== 'present' && kind !== 'absent' && kind !== 'not-tried';
}

/** How far it came, in one line. */
export function syncSum(result: SyncResult): string {
  const sums = result.mirrors.map(
    (mirror) => `${mirror.name}: ${sumParts(result, mirror, PLAIN_STYLE).join(', ')}`,
  );
  return oneLine(sums.join('; '));
}

/** Lines without line ends: the sum of each mirror, and failures with their reasons. */
export function syncText(result: SyncResult, style: Style = PLAIN_STYLE): string[] {
  if (result.mirrors.length === 0) return ['There was nothing to copy.'];
  return result.mirrors.flatMap((mirror) => mirrorText(result, mirror, style));
}

/** `name@version/hash7`, without the parts that are not known. */
function syncedName({ name, version, hash }: SyncedSpec): string {
  return `${name ?? ''}${version === undefined ? '' : `@${version}`}/${hash.slice(0, 7)}`;
}

/** Bytes of blobs that were copied. */
function copiedBytes({ specs }: MirrorSync): number {
  return specs.reduce(
    (sum, { outcome }) => sum + (outcome.kind === 'copied' ? outcome.between + outcome.through : 0),
    0,
  );
}

/** A row of the outputs and the summary, which are those of a push. */
export function syncedRow({ name = '', version = '', hash, outcome }: SyncedSpec, mirror: string): PushRow {
  const short = version === '' ? name : `${name}@${version}`;
  const about = { name, version, hash, short_spec: short, mirror, sha256: undefined };
  switch (outcome.kind) {
    case 'copied':
      return { ...about, kind: 'pushed', reason: bytesText(outcome.between + outcome.through) };
    case 'present':
      return { ...about, kind: 'skipped', reason: 'the mirror has it already' };
    case 'absent':
      return { ...about, kind: 'skipped', reason: ABSENT };
    case 'would-copy':
      return { ...about, kind: 'skipped', reason: 'dry run: it would be copied' };
    case 'not-tried':
      return { ...about, kind: 'failed', reason: 'not tried' };
    case 'failed':
      return { ...about, kind: 'failed', reason: outcome.reason };
  }
}

function sumParts({ dryRun }: SyncResult, mirror: MirrorSync, style: Style): string[] {
  const counts = countSynced(mirror);
  const parts: string[] = [];
  if (dryRun) parts.push(`${counts['would-copy']} would be copied`);
  else {
    const bytes = counts.copied === 0 ? '' : ` (${bytesText(copiedBytes(mirror))})`;
    parts.push(style.good(`${counts.copied} copied`) + bytes);
  }
  if (counts.present > 0) parts.push(`${counts.present} already there`);
  if (counts.absent > 0) parts.push(`${counts.absent} missing at the source`);
  if (counts['not-tried'] > 0) parts.push(style.doubt(`${counts['not-tried']} not tried`));
  if (counts.failed > 0) parts.push(style.bad(`${counts.failed} failed`));
  return parts;
}

function mirrorText(result: SyncResult, mirror: MirrorSync, style: Style): string[] {
  const lines = [mirrorLine(mirror, sumParts(result, mirror, style), style)];
  const { index } = mirror;
  if (index !== undefined && 'changed' in index) lines.push(`  ${indexText(index)}`);
  return [...lines, ...mirrorProblems(mirror, style).map((text) => `  ${text}`)];
}

/** Only the problems. */
export function syncProblems({ mirrors }: SyncResult, style: Style = PLAIN_STYLE): string[] {
  return mirrors.flatMap((mirror) => mirrorProblems(mirror, style));
}

function mirrorProblems(mirror: MirrorSync, style: Style): string[] {
  const failures = mirror.specs.flatMap((spec) =>
    spec.outcome.kind === 'failed' ? [{ name: syncedName(spec), reason: spec.outcome.reason }] : [],
  );
  return [...finishLines(mirror, style), ...failedLines(failures, style)];
}

function outcomeText(outcome: SyncOutcome): string {
  switch (outcome.kind) {
    case 'copied':
      return `copied (${bytesText(outcome.between + outcome.through)})`;
    case 'would-copy':
      return 'would be copied';
    case 'present':
      return 'already there';
    case 'absent':
      return ABSENT;
    case 'not-tried':
      return 'not tried';
    case 'failed':
      return `failed: ${outcome.reason}`;
  }
}
