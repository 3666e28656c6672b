/** What an install came to, as a job summary. */
import type { InstalledSpec, InstallResult } from '../plan/install-result.ts';
import { installText } from '../report/install-text.ts';
import { shortSpec } from '../spec/format.ts';
import { code, escapeMarkdown, markdownTable } from './summary.ts';

/** Rows of the table; the outputs hold all of it. */
const MAX_ROWS = 200;

export function installSummary(result: InstallResult): string {
  const isBad = ({ outcome: { kind } }: InstalledSpec) => kind === 'failed' || kind === 'not-tried';
  const bad = result.specs.filter(isBad);
  const [sentence = ''] = installText({ ...result, root: '' });
  const title = `## ${bad.length > 0 ? '❌' : '✅'} Build cache: ${sentence.trim()}`;
  // What went wrong first: it is what one looks for.
  const sorted = [...bad, ...result.specs.filter((each) => !isBad(each))];
  const table = markdownTable(
    ['Spec', 'What', 'From', 'Prefix, or why not'],
    sorted
      .slice(0, MAX_ROWS)
      .map(({ spec, outcome, prefix }) => [
        code(shortSpec(spec)),
        outcome.kind,
        outcome.kind === 'installed' ? code(outcome.mirror) : '',
        'reason' in outcome ? escapeMarkdown(outcome.reason) : code(prefix ?? ''),
      ]),
  ).trimEnd();
  const rest = sorted.length - MAX_ROWS;
  const parts = [title, table];
  if (rest > 0) parts.push(`…and ${rest} more: the output installed has all of them.`);
  if (result.notes.length > 0) parts.push(result.notes.map((text) => `- ${escapeMarkdown(text)}`).join('\n'));
  return `${parts.join('\n\n')}\n`;
}
