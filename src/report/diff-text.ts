/** What has changed between two environments, for a person at a terminal. */
import { oneLine } from '../core/errors.ts';
import type { Pair } from '../plan/explain/align.ts';
import type { DiffResult } from '../plan/explain-result.ts';
import { specsWith } from '../plan/rebuild.ts';
import { shortSpec } from '../spec/format.ts';
import { ofLocalSourceText, PLAIN_STYLE, type Style, unknownReasons } from './check-text.ts';
import { causeLines, plural } from './explain-text.ts';
import { changesText } from './explain-words.ts';
import { nameSome } from './shared-reasons.ts';

/** The most specs of each list on a screen. */
const LISTED = 10;

const NAMED = 4;

/** Lines without line ends. Their texts have no line breaks and no control characters. */
export function diffText(result: DiffResult, verbose: boolean, style: Style = PLAIN_STYLE): string[] {
  const { added, removed, updated, explanation, gate } = result;
  const lines = diffSentences(result).map(oneLine);
  const list = (title: string, mark: string, items: readonly string[]) => {
    if (items.length === 0) return;
    const shown = verbose ? items : items.slice(0, LISTED);
    lines.push('', title, ...shown.map((item) => `  ${mark} ${oneLine(item)}`));
    if (items.length > shown.length) {
      lines.push(`    ${style.dim(`and ${items.length - shown.length} more: --verbose has them all`)}`);
    }
  };
  list('Updated:', style.doubt('~'), updated.map(updateText));
  list('Added:', style.good('+'), added.map(shortSpec));
  list('Removed:', style.bad('-'), removed.map(shortSpec));
  if (explanation.answers.length > 0) lines.push('', 'Because:', ...causeLines(explanation, verbose, style));
  for (const { reason, names } of gate === undefined ? [] : unknownReasons(gate)) {
    lines.push('', `${style.doubt('Unknown:')} ${nameSome(names, NAMED)}:`, `  ${reason}`);
  }
  return lines;
}

/** One sentence about what changed, and one about what there is to build. */
export function diffSentences(result: DiffResult): string[] {
  const { added, removed, updated, rebuilt, build, gate, total } = result;
  const parts = [
    [added.length, 'added'],
    [removed.length, 'removed'],
    [updated.length, 'updated'],
    [rebuilt.length, 'rebuilt over what changed'],
  ].flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
  const changed = parts.length === 0 ? 'No difference.' : `${parts.join(', ')}.`;
  const are = build.length === 1 ? 'is' : 'are';
  if (gate === undefined) {
    if (parts.length === 0) return [changed];
    if (build.length === 0) return [changed, 'Nothing of that needs to be built.'];
    return [changed, `${build.length} of ${total} ${plural(total, 'spec')} ${are} not in the old one.`];
  }
  const present = specsWith(gate, 'present').length;
  const unknown = specsWith(gate, 'unknown').length;
  const missing = `${build.length} of ${total} ${plural(total, 'spec')} ${are} missing and would have to be built`;
  const cached = `${missing}${ofLocalSourceText(build, gate)}, ${present} ${present === 1 ? 'is' : 'are'} present`;
  return [
    changed,
    unknown === 0 ? `${cached}.` : `${cached}; ${unknown} ${unknown === 1 ? 'is' : 'are'} unknown.`,
  ];
}

export function updateText({ wanted, changes }: Pair): string {
  return `${wanted.name}: ${changesText(changes)}`;
}
