/** A mirror's state as a job summary. */
import { countProblems, isRight, type MirrorCheck, type MirrorRepair } from '../plan/mirror-check.ts';
import { mirrorFacts, mirrorSentence, PROBLEM_WORDS } from '../report/mirror-text.ts';
import { bulletList, code, escapeMarkdown, folded, markdownTable } from './summary.ts';

/** The most lines that are not folded. */
const SHOWN = 8;
/** The most rows of problems. The log and the JSON have all. */
const MAX_ROWS = 100;

export function mirrorSummary(check: MirrorCheck, repair: MirrorRepair | undefined): string {
  const icon = check.unknown.length > 0 ? '⚠️' : isRight(check) ? '✅' : '❌';
  const facts = mirrorFacts(check).map(([name, value]) => [
    name,
    name === 'Mirror' || name === 'View' ? code(value) : value,
  ]);
  const wrong = [
    ...(check.index.kind === 'broken' ? [['Index', escapeMarkdown(check.index.reason)]] : []),
    ...check.missing.map((hash) => ['Listed, but missing', code(hash)]),
    ...check.unindexed.map(({ key }) => ['Not indexed', code(key)]),
    ...[...countProblems(check.problems).keys()].flatMap((kind) =>
      check.problems
        .filter((problem) => problem.kind === kind)
        .map(({ text }) => [PROBLEM_WORDS[kind], escapeMarkdown(text)]),
    ),
    ...check.unknown.map((text) => ['Unknown', escapeMarkdown(text)]),
    ...(repair?.problems ?? []).map((text) => ['Not repaired', escapeMarkdown(text)]),
  ];
  const parts = [
    `## ${icon} ${escapeMarkdown(mirrorSentence(check, repair))}`,
    markdownTable(['', ''], facts).trimEnd(),
  ];
  if (wrong.length > 0) {
    parts.push(
      bulletList(
        wrong.slice(0, SHOWN).map(([what, where]) => `${what}: ${where}`),
        SHOWN,
        '',
      ),
    );
    const rest = wrong.length - MAX_ROWS;
    const more = rest > 0 ? `\n\n…and ${rest} more: the log has them.` : '';
    const all = `${markdownTable(['What', 'Where'], wrong.slice(0, MAX_ROWS)).trimEnd()}${more}`;
    if (wrong.length > SHOWN) parts.push(folded(`All ${wrong.length} that are wrong or unknown`, all));
  }
  if (repair !== undefined) {
    const { removed, removedBlobs, putBack } = repair;
    parts.push(
      `Repaired: ${removed.length} entries and ${removedBlobs} blobs removed, ${putBack} blobs put back.`,
    );
  }
  return `${parts.join('\n\n')}\n`;
}
