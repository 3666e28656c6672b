/** The result of a push, for a person: a line for each spec while it works, and the sum at the end. */

import type { IndexUpdate } from '../cache/writing/update-index.ts';
import { oneLine } from '../core/errors.ts';
import { isAllFiltered, type MirrorPush, type PushOutcome, type PushResult } from '../plan/push-result.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import { bytesText } from './amounts.ts';
import { mirrorLine, PLAIN_STYLE, type Style } from './check-text.ts';
import { nameSome, shareReasons } from './shared-reasons.ts';

/** One line for one outcome, when it is known. */
export function outcomeLine(spec: SpecNode, outcome: PushOutcome): string {
  return oneLine(`${specName(spec)}: ${outcomeText(outcome)}`);
}

/** Whether an outcome gets a line of its own when it is known. The sum says how many others there are. */
export function isTold({ kind }: PushOutcome): boolean {
  return kind !== 'present' && kind !== 'elsewhere' && kind !== 'not-tried';
}

/** Lines without line ends: failures with their reasons, specs that are not installed, and the sum of each mirror. */
export function pushText(result: PushResult, style: Style = PLAIN_STYLE): string[] {
  return result.mirrors.flatMap((mirror) => mirrorText(result, mirror, style));
}

export function countOutcomes(mirror: MirrorPush): Record<PushOutcome['kind'], number> {
  const counts = {
    pushed: 0,
    'would-push': 0,
    present: 0,
    elsewhere: 0,
    'not-installed': 0,
    filtered: 0,
    'not-tried': 0,
    failed: 0,
  };
  for (const { kind } of mirror.outcomes.values()) counts[kind]++;
  return counts;
}

/** The text about specs that are not installed; undefined if there are none. @param root of the install tree */
export function notInstalledText({ specs, mirrors }: PushResult, root: string): string | undefined {
  const absent = specs.filter(({ hash }) =>
    mirrors.some(({ outcomes }) => outcomes.get(hash)?.kind === 'not-installed'),
  );
  if (absent.length === 0) return undefined;
  const which =
    absent.length === specs.length
      ? 'nothing of what is to be pushed is'
      : `${absent.length} of ${specs.length} specs are not`;
  return oneLine(`${which} installed in ${root}: ${nameSome(absent.map(specName))}`);
}

/** How far it came, in one line without names of specs. */
export function pushSum(result: PushResult): string {
  return oneLine(
    result.mirrors
      .map((mirror) => `${mirror.name}: ${sumParts(result, mirror, PLAIN_STYLE).join(', ')}`)
      .join('; '),
  );
}

function sumParts({ dryRun }: PushResult, mirror: MirrorPush, style: Style): string[] {
  const counts = countOutcomes(mirror);
  const sent = [...mirror.outcomes.values()].reduce(
    (sum, outcome) => sum + (outcome.kind === 'pushed' ? outcome.sent : 0),
    0,
  );
  const parts: string[] = [];
  if (dryRun) parts.push(`${counts['would-push']} would be pushed`);
  else
    parts.push(style.good(`${counts.pushed} pushed`) + (counts.pushed === 0 ? '' : ` (${bytesText(sent)})`));
  if (counts.present > 0) parts.push(`${counts.present} already there`);
  if (counts.elsewhere > 0) parts.push(`${counts.elsewhere} in another mirror`);
  if (counts['not-installed'] > 0) parts.push(style.doubt(`${counts['not-installed']} not installed`));
  if (counts.filtered > 0) parts.push(style.doubt(`${counts.filtered} left out by its filter`));
  if (counts['not-tried'] > 0) parts.push(style.doubt(`${counts['not-tried']} not tried`));
  if (counts.failed > 0) parts.push(style.bad(`${counts.failed} failed`));
  return parts;
}

function mirrorText(result: PushResult, mirror: MirrorPush, style: Style): string[] {
  const { specs } = result;
  const lines = [mirrorLine(mirror, sumParts(result, mirror, style), style)];
  const { images, tagged, index } = mirror;
  if (index !== undefined && 'changed' in index) lines.push(`  ${indexText(index)}`);
  for (const image of images) lines.push(`  image: ${image}`);
  if (tagged !== undefined && 'name' in tagged) {
    const note = tagged.note === undefined ? '' : `, ${style.doubt(tagged.note)}`;
    lines.push(`  image of all: ${tagged.name}${note}`);
  }
  return [...lines, ...mirrorProblems(specs, mirror, style).map((text) => `  ${text}`)];
}

/** Only the problems. */
export function pushProblems({ specs, mirrors }: PushResult, style: Style = PLAIN_STYLE): string[] {
  return mirrors.flatMap((mirror) => mirrorProblems(specs, mirror, style));
}

function mirrorProblems(specs: readonly SpecNode[], mirror: MirrorPush, style: Style): string[] {
  const { outcomes, tagged } = mirror;
  const lines = finishLines(mirror, style);
  if (tagged !== undefined && 'failed' in tagged) {
    lines.push(`${style.bad('the image of all could not be made:')} ${tagged.failed}`);
  }
  if (isAllFiltered(mirror)) {
    const reasons = [...outcomes.values()].flatMap((outcome) =>
      outcome.kind === 'filtered' ? [outcome.reason] : [],
    );
    lines.push(`${style.bad('nothing to push:')} ${oneLine([...new Set(reasons)].join('; '))}`);
  }
  const failures = specs.flatMap((spec) => {
    const outcome = outcomes.get(spec.hash);
    return outcome?.kind === 'failed' ? [{ name: specName(spec), reason: outcome.reason }] : [];
  });
  return [...lines, ...failedLines(failures, style)];
}

/** Problems that came after the entries were written. */
export function finishLines(
  { index, keyFailed }: Pick<MirrorPush, 'index' | 'keyFailed'>,
  style: Style,
): string[] {
  const lines: string[] = [];
  if (index !== undefined && 'failed' in index)
    lines.push(`${style.bad('the index could not be updated:')} ${index.failed}`);
  if (keyFailed !== undefined)
    lines.push(`${style.bad('the public key could not be published:')} ${keyFailed}`);
  return lines;
}

/** A line for each reason, with the specs that failed because of it. */
export function failedLines(
  failures: Iterable<{ readonly name: string; readonly reason: string }>,
  style: Style,
): string[] {
  return shareReasons(failures).map(
    ({ reason, names }) => `${style.bad('failed')} ${oneLine(`${nameSome(names)}: ${reason}`)}`,
  );
}

/** What became of the index. */
export function indexText({ changed, records }: IndexUpdate): string {
  return changed ? `the index was updated (${records} records)` : 'the index lists them already';
}

function outcomeText(outcome: PushOutcome): string {
  switch (outcome.kind) {
    case 'pushed':
      return `pushed (${bytesText(outcome.size)})`;
    case 'would-push':
      return 'would be pushed';
    case 'present':
      return 'already there';
    case 'elsewhere':
      return `in ${outcome.mirror}`;
    case 'not-installed':
      return 'not installed';
    case 'filtered':
      return `left out: ${outcome.reason}`;
    case 'not-tried':
      return 'not tried';
    case 'failed':
      return `failed: ${outcome.reason}`;
  }
}

function specName(spec: SpecNode): string {
  return `${spec.name}@${spec.version}/${shortHash(spec)}`;
}
