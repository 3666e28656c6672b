/**
 * The result of an autopush as a job summary of one screen. Failures and specs that were left out take a line for each
 * reason; pushed specs are in a table. If there was nothing to do, which is common in workflows of many jobs, it is one
 * line.
 */
import { type PushRow, rowsSum, skippedReasons } from '../report/autopush-rows.ts';
import { groupByReason, tellReasonsOnce } from '../report/shared-reasons.ts';
import {
  briefSpec,
  bulletList,
  code,
  escapeMarkdown,
  folded,
  markdownTable,
  messageMarkdown,
} from './summary.ts';

/** The most rows of the open table. */
const SHOWN = 10;
/** The most rows of a folded table. The outputs have all. */
const MAX_ROWS = 200;
const MAX_REASONS = 10;

/**
 * @param problems sentences about the push as a whole or about a mirror: the index, the key, missing dependencies
 * @param done the word for a pushed spec; a sync says "copied"
 * @param note a sentence about the push as a whole, in Markdown
 */
export function pushSummary(
  rows: readonly PushRow[],
  problems: readonly string[],
  done: 'pushed' | 'copied' = 'pushed',
  note?: string,
): string {
  const of = (kind: PushRow['kind']) => rows.filter((row) => row.kind === kind);
  const [failed, pushed, skipped] = [of('failed'), of('pushed'), skippedReasons(rows)];
  const icon = failed.length > 0 ? '❌' : problems.length > 0 ? '⚠️' : '✅';
  const [only] = skipped;
  if (failed.length + pushed.length + problems.length === 0 && only !== undefined && skipped.length === 1) {
    return `**${icon} Build cache: nothing ${done}**, ${skippedText(only)}\n`;
  }
  // Failures come first, since readers look for them.
  const wrong = [...problems.map(messageMarkdown), ...failedTexts(failed)];
  const said = [...failed.map(tellReasonsOnce()), ...pushed];
  const parts = [`## ${icon} Build cache: ${rowsSum(rows, done)}`];
  if (note !== undefined) parts.push(note);
  if (wrong.length > 0) parts.push(bulletList(wrong, MAX_REASONS, 'the log has them'));
  if (pushed.length > 0) parts.push(tableOf(pushed.slice(0, SHOWN), done));
  if (said.length > 0) {
    const rest = said.length - MAX_ROWS;
    const more = rest > 0 ? `\n\n…and ${rest} more: the log has all of them.` : '';
    const title = said.length > 1 ? `All ${said.length} in full` : 'In full';
    parts.push(folded(title, `${tableOf(said.slice(0, MAX_ROWS), done, true)}${more}`));
  }
  if (skipped.length > 0) parts.push(bulletList(skipped.map(skippedText), MAX_REASONS, 'the log has them'));
  return `${parts.join('\n\n')}\n`;
}

function skippedText({ mirror, reason, rows }: ReturnType<typeof skippedReasons>[number]): string {
  const where = mirror === '' ? '' : ` on ${code(mirror)}`;
  return `${rows.length} skipped${where}: ${escapeMarkdown(reason)} (${someOf(rows)})`;
}

/** A line for each mirror and reason. */
function failedTexts(failed: readonly PushRow[]): string[] {
  const mirrors = [...new Set(failed.map(({ mirror }) => mirror))];
  return mirrors.flatMap((mirror) => {
    const own = failed.filter((row) => row.mirror === mirror);
    const where = mirror === '' ? '' : ` on ${code(mirror)}`;
    return groupByReason(own).map(
      ({ reason, of }) => `${of.length} failed${where}: ${messageMarkdown(reason)} (${someOf(of)})`,
    );
  });
}

function someOf(rows: readonly PushRow[]): string {
  const more = rows.length > 3 ? ` and ${rows.length - 3} more` : '';
  return `${rows.slice(0, 3).map(briefSpec).join(', ')}${more}`;
}

function tableOf(rows: readonly PushRow[], done: string, full = false): string {
  const cells = rows.map((row) => [
    full ? code(row.short_spec) : briefSpec(row),
    row.mirror === '' ? '' : code(row.mirror),
    row.kind === 'pushed' ? done : row.kind,
    messageMarkdown(row.reason ?? ''),
  ]);
  return markdownTable(['Spec', 'Mirror', 'What', 'Size, or why'], cells).trimEnd();
}
