/**
 * What an autopush came to, as a job summary of one screen: what failed and what was pushed in one table, what was left
 * out in a line for each reason. A job of many that had nothing to do takes one line.
 */
import { type PushRow, rowsSum, skippedReasons } from '../report/autopush-rows.ts';
import { tellReasonsOnce } from '../report/shared-reasons.ts';
import { briefSpec, bulletList, code, escapeMarkdown, folded, markdownTable } from './summary.ts';

/** Rows of the table that is open. */
const SHOWN = 15;
/** Rows of one that is folded; the outputs hold all of it. */
const MAX_ROWS = 200;
const MAX_REASONS = 10;

/**
 * @param problems sentences about the whole, or a mirror: the index, the key, missing dependencies
 * @param done what a sync calls its pushing
 * @param note about the whole, in Markdown
 */
export function pushSummary(
  rows: readonly PushRow[],
  problems: readonly string[],
  done: 'pushed' | 'copied' = 'pushed',
  note?: string,
): string {
  const of = (kind: PushRow['kind']) => rows.filter((row) => row.kind === kind);
  // What went wrong first: it is what one looks for.
  const said = [...of('failed').map(tellReasonsOnce()), ...of('pushed')];
  const skipped = skippedReasons(rows);
  const icon = of('failed').length > 0 ? '❌' : problems.length > 0 ? '⚠️' : '✅';
  const [only] = skipped;
  if (said.length + problems.length === 0 && only !== undefined && skipped.length === 1) {
    return `**${icon} Build cache: nothing ${done}**, ${skippedText(only)}\n`;
  }
  const parts = [`## ${icon} Build cache: ${rowsSum(rows, done)}`];
  if (note !== undefined) parts.push(note);
  if (problems.length > 0)
    parts.push(bulletList(problems.map(escapeMarkdown), MAX_REASONS, 'the log has them'));
  if (said.length > 0) parts.push(tableOf(said.slice(0, SHOWN), done));
  if (said.length > SHOWN) {
    const rest = said.length - MAX_ROWS;
    const more = rest > 0 ? `\n\n…and ${rest} more: the log has all of them.` : '';
    parts.push(
      folded(`All ${said.length} in full`, `${tableOf(said.slice(0, MAX_ROWS), done, true)}${more}`),
    );
  } else if (said.length > 0) parts.push(folded('In full', tableOf(said, done, true)));
  if (skipped.length > 0) parts.push(bulletList(skipped.map(skippedText), MAX_REASONS, 'the log has them'));
  return `${parts.join('\n\n')}\n`;
}

function skippedText({ mirror, reason, rows }: ReturnType<typeof skippedReasons>[number]): string {
  const shown = rows.slice(0, 3).map(briefSpec).join(', ');
  const more = rows.length > 3 ? ` and ${rows.length - 3} more` : '';
  const where = mirror === '' ? '' : ` on ${code(mirror)}`;
  return `${rows.length} skipped${where}: ${escapeMarkdown(reason)} (${shown}${more})`;
}

function tableOf(rows: readonly PushRow[], done: string, full = false): string {
  const cells = rows.map((row) => [
    full ? code(row.short_spec) : briefSpec(row),
    row.mirror === '' ? '' : code(row.mirror),
    row.kind === 'pushed' ? done : row.kind,
    escapeMarkdown(row.reason ?? ''),
  ]);
  return markdownTable(['Spec', 'Mirror', 'What', 'Size, or why'], cells).trimEnd();
}
