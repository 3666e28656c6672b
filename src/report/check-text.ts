/** The gate's answer for a person at a terminal or reading a log. */
import { oneLine } from '../core/errors.ts';
import { type CheckResult, countStates, mirrorsWith, specsWith } from '../plan/rebuild.ts';
import { shortSpec } from '../spec/format.ts';

/** Colours by meaning; identity where there are none. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubt: (text: string) => string;
  readonly dim: (text: string) => string;
}

export const PLAIN_STYLE: Style = { good: same, bad: same, doubt: same, dim: same };

/** Reasons repeat when a mirror is down: each is written once, with so many specs named. */
const NAMED = 3;

/** Lines without their ends; nothing in them can end a line or reach the terminal. */
export function checkText(result: CheckResult, style: Style = PLAIN_STYLE): string[] {
  const lines: string[] = [];
  for (const answer of result.answers) {
    const { present, missing, unknown } = countStates(answer);
    const parts = [style.good(`${present} present`)];
    if (missing > 0) parts.push(style.bad(`${missing} missing`));
    if (unknown > 0) parts.push(style.doubt(`${unknown} unknown`));
    lines.push(`${oneLine(answer.name)}: ${parts.join(', ')}  ${style.dim(oneLine(answer.url))}`);
  }
  const rebuild = specsWith(result, 'rebuild');
  if (rebuild.length > 0) {
    lines.push('', 'To rebuild, dependencies first:');
    for (const node of rebuild) {
      const missing = mirrorsWith(result, node.hash, 'missing').map(({ name }) => name);
      lines.push(
        `  ${style.bad('-')} ${oneLine(shortSpec(node))}  ${style.dim(`missing: ${oneLine(missing.join(', '))}`)}`,
      );
    }
  }
  for (const { reason, names } of unknownReasons(result)) {
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
    lines.push(
      '',
      `${style.doubt('Could not tell')} for ${names.slice(0, NAMED).join(', ')}${more}:`,
      `  ${reason}`,
    );
  }
  lines.push('', checkSentence(result));
  return lines;
}

/** The answer in one sentence. */
export function checkSentence(result: CheckResult): string {
  const total = result.decisions.length;
  const rebuild = specsWith(result, 'rebuild').length;
  const unknown = specsWith(result, 'unknown').length;
  if (total === 0) return 'There is nothing to check.';
  if (rebuild === 0 && unknown === 0) {
    return total === 1
      ? 'The spec is present: nothing to rebuild.'
      : `All ${total} specs are present: nothing to rebuild.`;
  }
  const needs = `${rebuild} of ${total} specs ${rebuild === 1 ? 'needs' : 'need'} a rebuild`;
  return unknown === 0 ? `${needs}.` : `${needs}; for ${unknown} it could not be told.`;
}

/** Each reason once, with the specs that are undecided because of it. */
export function unknownReasons(result: CheckResult): { reason: string; names: string[] }[] {
  const byReason = new Map<string, string[]>();
  for (const node of specsWith(result, 'unknown')) {
    for (const { name, reason } of mirrorsWith(result, node.hash, 'unknown')) {
      // What differs between specs is only the URL's end; the first one stands for all.
      const key = `${name}: ${(reason ?? '').replace(/^\S+?: /, '')}`;
      const entry = byReason.get(key);
      if (entry === undefined) byReason.set(key, [`${name}: ${reason ?? ''}`, node.name]);
      else entry.push(node.name);
    }
  }
  return [...byReason.values()].map(([reason = '', ...names]) => ({ reason, names }));
}

function same(text: string): string {
  return text;
}
