/** What a push came to, for a person: a line for each spec while it works, and the sum at the end. */

import { oneLine } from '../core/errors.ts';
import type { MirrorPush, PushOutcome, PushResult } from '../plan/push-result.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import { PLAIN_STYLE, type Style } from './check-text.ts';

/** One line for one outcome, as it comes. */
export function outcomeLine(spec: SpecNode, outcome: PushOutcome, mirror: string | undefined): string {
  const to = mirror === undefined ? '' : ` (${mirror})`;
  return oneLine(`${specName(spec)}: ${outcomeText(outcome)}${to}`);
}

/** Lines without their ends: failures with their reasons, what is not there, and the sum of each mirror. */
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
    'not-tried': 0,
    failed: 0,
  };
  for (const { kind } of mirror.outcomes.values()) counts[kind]++;
  return counts;
}

/** 1.2 MB: powers of ten. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.95 ? value.toFixed(0) : value.toFixed(1)} ${units[unit] ?? ''}`;
}

function mirrorText({ specs, dryRun }: PushResult, mirror: MirrorPush, style: Style): string[] {
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
  if (counts['not-tried'] > 0) parts.push(style.doubt(`${counts['not-tried']} not tried`));
  if (counts.failed > 0) parts.push(style.bad(`${counts.failed} failed`));
  const lines = [`${oneLine(mirror.name)}: ${parts.join(', ')}  ${style.dim(oneLine(mirror.url))}`];
  if (mirror.index !== undefined) lines.push(`  ${indexText(mirror.index, style)}`);
  if (mirror.keyFailed !== undefined) {
    lines.push(`  ${style.bad('the public key could not be published:')} ${mirror.keyFailed}`);
  }
  const { images, tagged } = mirror;
  for (const image of images) lines.push(`  image: ${image}`);
  if (tagged !== undefined && 'name' in tagged) lines.push(`  image of all: ${tagged.name}`);
  if (tagged !== undefined && 'failed' in tagged) {
    lines.push(`  ${style.bad('the image of all could not be made:')} ${tagged.failed}`);
  }
  for (const spec of specs) {
    const outcome = mirror.outcomes.get(spec.hash);
    if (outcome?.kind !== 'failed') continue;
    lines.push(`  ${style.bad('failed')} ${oneLine(specName(spec))}: ${outcome.reason}`);
  }
  return lines;
}

/** What became of the index. */
export function indexText(index: NonNullable<MirrorPush['index']>, style: Style): string {
  if ('failed' in index) return `${style.bad('the index could not be updated:')} ${index.failed}`;
  if (!index.changed) return 'the index lists them already';
  return `the index was updated (${index.records} records)`;
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
    case 'not-tried':
      return 'not tried';
    case 'failed':
      return `failed: ${outcome.reason}`;
  }
}

function specName(spec: SpecNode): string {
  return `${spec.name}@${spec.version}/${shortHash(spec)}`;
}
