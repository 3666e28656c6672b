/** The result of a prune as a job summary of one screen. */
import { bytesText } from '../report/amounts.ts';
import { entryText, type PruneReport, pruneSentence } from '../report/prune-text.ts';
import { bulletList, code, escapeMarkdown, folded, markdownTable } from './summary.ts';

/** The most rows of a folded table. The outputs have all. */
const MAX_ROWS = 200;
const MAX_PROBLEMS = 8;

export function pruneSummary(report: PruneReport): string {
  const { removed, young, blobs, problems, dryRun } = report;
  const icon = problems.length > 0 ? '❌' : '✅';
  const facts = [
    ['Mirror', code(report.url)],
    ['Entries', String(report.entries)],
    [dryRun ? 'Would be removed' : 'Removed', String(removed.length)],
    ...(report.needed > 0 ? [['Stay: what is kept needs them', String(report.needed)]] : []),
    ...(young.length > 0 ? [['Stay: too young', String(young.length)]] : []),
    ...(blobs === undefined
      ? [['Blobs', "left to the registry's garbage collection"]]
      : [['Blobs that nothing names', `${blobs.removed.count} (${bytesText(blobs.removed.bytes)})`]]),
  ];
  const parts = [
    `## ${icon} Build cache: ${pruneSentence(report)}`,
    markdownTable(['', ''], facts).trimEnd(),
  ];
  if (problems.length > 0) {
    parts.push(bulletList(problems.map(escapeMarkdown), MAX_PROBLEMS, 'the log has them'));
  }
  if (removed.length > 0) {
    const names = removed.map((entry) => code(entryText(entry)));
    const title = dryRun ? 'What would be removed' : 'What was removed';
    parts.push(folded(title, bulletList(names, MAX_ROWS, 'the output removed-file has them')));
  }
  return `${parts.join('\n\n')}\n`;
}
