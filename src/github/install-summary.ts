/** The result of an install as a job summary: failures are open, the rest is folded. */
import type { InstalledSpec, InstallResult } from '../plan/install-result.ts';
import { installText } from '../report/install-text.ts';
import { shareReasons } from '../report/shared-reasons.ts';
import { shortSpec } from '../spec/format.ts';
import { briefSpec, bulletList, code, escapeMarkdown, folded, markdownTable } from './summary.ts';

/** The most rows of a folded table. The outputs have all. */
const MAX_ROWS = 200;
const MAX_REASONS = 10;

export function installSummary(result: InstallResult): string {
  const isBad = ({ outcome: { kind } }: InstalledSpec) => kind === 'failed' || kind === 'not-tried';
  const bad = result.specs.filter(isBad);
  const [sentence = ''] = installText({ ...result, root: '' });
  const parts = [`## ${bad.length > 0 ? '❌' : '✅'} Build cache: ${sentence.trim()}`];
  const failures = bad.flatMap(({ spec, outcome }) =>
    'reason' in outcome ? [{ name: briefSpec(spec), reason: `${outcome.kind}: ${outcome.reason}` }] : [],
  );
  const reasons = shareReasons(failures).map(({ reason, names }) => {
    const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
    return `${names.slice(0, 3).join(', ')}${more} ${escapeMarkdown(reason)}`;
  });
  if (reasons.length > 0) parts.push(bulletList(reasons, MAX_REASONS, 'the log has them'));
  if (result.notes.length > 0) {
    parts.push(bulletList(result.notes.map(escapeMarkdown), MAX_REASONS, 'the log has them'));
  }
  const sorted = [...bad, ...result.specs.filter((each) => !isBad(each))];
  const rest = sorted.length - MAX_ROWS;
  const more = rest > 0 ? `\n\n…and ${rest} more: the output \`installed\` has all of them.` : '';
  if (sorted.length > 0) {
    parts.push(folded(`All ${sorted.length} specs`, `${tableOf(sorted.slice(0, MAX_ROWS))}${more}`));
  }
  return `${parts.join('\n\n')}\n`;
}

function tableOf(specs: readonly InstalledSpec[]): string {
  const rows = specs.map(({ spec, outcome, prefix }) => [
    code(shortSpec(spec)),
    outcome.kind,
    outcome.kind === 'installed' ? code(outcome.mirror) : '',
    'reason' in outcome ? escapeMarkdown(outcome.reason) : code(prefix ?? ''),
  ]);
  return markdownTable(['Spec', 'What', 'From', 'Prefix, or why not'], rows).trimEnd();
}
