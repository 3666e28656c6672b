/** What a prune came to, as a job summary of one screen. */
import type { PruneTrend } from '../plan/prune-history.ts';
import type { PlannedEntry } from '../plan/prune-plan.ts';
import { bytesText } from '../report/amounts.ts';
import { entryText, groupPlan, overBound } from '../report/prune-plan-text.ts';
import { type PruneReport, pruneSentence } from '../report/prune-text.ts';
import { trendRows, trendSentence } from '../report/prune-trend-text.ts';
import { bulletList, code, escapeMarkdown, folded, markdownTable } from './summary.ts';

/** The most rows of a folded table. The outputs have all. */
const MAX_ROWS = 200;
const MAX_PROBLEMS = 8;

export function pruneSummary(report: PruneReport, trend?: PruneTrend): string {
  const { removed, blobs, problems, dryRun, plan } = report;
  const above = overBound(plan);
  const icon = problems.length > 0 ? '❌' : '✅';
  const facts = [
    ['Mirror', code(report.url)],
    ['Entries', String(plan.entries.length)],
    [dryRun ? 'Would be removed' : 'Removed', String(removed.length)],
    ...groupPlan(plan, true).map(({ why, of }) => [`Go: ${escapeMarkdown(why)}`, amountText(of)]),
    ...groupPlan(plan, false).map(({ why, of }) => [`Stay: ${escapeMarkdown(why)}`, amountText(of)]),
    ...(plan.size === undefined
      ? []
      : [
          [
            'Size of entries',
            `${bytesText(plan.size.before)} → ${bytesText(plan.size.after)} of ${bytesText(plan.size.bound)}`,
          ],
        ]),
    ...(blobs === undefined
      ? [['Blobs', "left to the registry's garbage collection"]]
      : [['Blobs that nothing names', `${blobs.removed.count} (${bytesText(blobs.removed.bytes)})`]]),
  ];
  const parts = [
    `## ${icon} Build cache: ${pruneSentence(report)}`,
    markdownTable(['', ''], facts).trimEnd(),
  ];
  if (above !== undefined) parts.push(`⚠️ ${escapeMarkdown(above)}`);
  if (problems.length > 0) {
    parts.push(bulletList(problems.map(escapeMarkdown), MAX_PROBLEMS, 'the log has them'));
  }
  if (trend !== undefined) {
    const table = markdownTable(['Run', 'Entries', 'Size', 'Removed', 'Freed'], trendRows(trend)).trimEnd();
    parts.push(trendSentence(trend), folded('The last runs', table));
  }
  if (removed.length > 0) {
    const names = removed.map((entry) => code(entryText(entry)));
    const title = dryRun ? 'What would be removed' : 'What was removed';
    parts.push(folded(title, bulletList(names, MAX_ROWS, 'the output removed-file has them')));
  }
  return `${parts.join('\n\n')}\n`;
}

/** How many, and how much that is where it is known. */
function amountText(of: readonly PlannedEntry[]): string {
  if (!of.every(({ bytes }) => bytes !== undefined)) return String(of.length);
  return `${of.length} (${bytesText(of.reduce((sum, { bytes = 0 }) => sum + bytes, 0))})`;
}
