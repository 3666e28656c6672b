/** What an autopush came to, as a job summary. */
import { type PushRow, rowsSum } from '../report/autopush-rows.ts';
import { tellReasonsOnce } from '../report/shared-reasons.ts';
import { code, escapeMarkdown, markdownTable } from './summary.ts';

/** Rows of the table; the outputs hold all of it. */
const MAX_ROWS = 200;

/**
 * @param problems sentences about the whole, or a mirror: the index, the key, missing dependencies
 * @param done what a sync calls its pushing
 */
export function pushSummary(
  rows: readonly PushRow[],
  problems: readonly string[],
  done: 'pushed' | 'copied' = 'pushed',
): string {
  const count = (kind: PushRow['kind']) => rows.filter((row) => row.kind === kind).length;
  const failed = count('failed');
  const icon = failed > 0 ? '❌' : problems.length > 0 ? '⚠️' : '✅';
  const title = `## ${icon} Build cache: ${rowsSum(rows, done)}`;
  // What went wrong first: it is what one looks for.
  const sorted = (['failed', 'pushed', 'skipped'] as const)
    .flatMap((kind) => rows.filter((row) => row.kind === kind))
    .map(tellReasonsOnce());
  const table = markdownTable(
    ['Spec', 'Mirror', 'What', 'Why'],
    sorted
      .slice(0, MAX_ROWS)
      .map((row) => [
        code(row.short_spec),
        row.mirror === '' ? '' : code(row.mirror),
        row.kind === 'pushed' ? done : row.kind,
        escapeMarkdown(row.reason ?? ''),
      ]),
  ).trimEnd();
  const rest = sorted.length - MAX_ROWS;
  const parts = [title];
  if (rows.length > 0) parts.push(table);
  if (rest > 0) parts.push(`…and ${rest} more: the log has all of them.`);
  if (problems.length > 0) parts.push(problems.map((text) => `- ${escapeMarkdown(text)}`).join('\n'));
  return `${parts.join('\n\n')}\n`;
}
