/** The gate's answer as a job summary: readable without opening the log. */
import { groupByStage } from '../plan/matrix.ts';
import { type CheckResult, checkedSpecs, countStates, mirrorsWith, specsWith } from '../plan/rebuild.ts';
import { checkSentence, unknownReasons } from '../report/check-text.ts';
import { shortSpec } from '../spec/format.ts';
import { code, escapeMarkdown, markdownTable } from './summary.ts';

/** Rows of the rebuild list; the outputs hold all of it. */
const MAX_ROWS = 200;

const INDEX_WORDS = { mirror: 'downloaded', 'local copy': 'unchanged' } as const;

export function checkSummary(result: CheckResult): string {
  return [
    `## ${icon(result)} Build cache: ${checkSentence(result)}`,
    mirrorTable(result),
    rebuildTable(result),
    unknownList(result),
    noteList(result),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function icon(result: CheckResult): string {
  if (specsWith(result, 'unknown').length > 0) return '⚠️';
  return specsWith(result, 'rebuild').length > 0 ? '🔨' : '✅';
}

function mirrorTable(result: CheckResult): string {
  if (result.answers.length === 0) return '';
  const rows = result.answers.map((answer) => {
    const { present, missing, unknown } = countStates(answer);
    const index =
      answer.index === undefined ? (unknown > 0 ? 'not read' : 'none') : INDEX_WORDS[answer.index];
    return [code(answer.name), code(answer.url), String(present), String(missing), String(unknown), index];
  });
  return markdownTable(['Mirror', 'URL', 'Present', 'Missing', 'Unknown', 'Index'], rows).trimEnd();
}

function rebuildTable(result: CheckResult): string {
  const rebuild = specsWith(result, 'rebuild');
  if (rebuild.length === 0) return '';
  const rows = groupByStage(rebuild, checkedSpecs(result)).flatMap((specs, stage) =>
    specs.map((node) => {
      const missing = mirrorsWith(result, node.hash, 'missing').map(({ name, reason }) =>
        reason === undefined ? code(name) : `${code(name)} (${escapeMarkdown(reason)})`,
      );
      return [String(stage), code(shortSpec(node)), missing.join(', ')];
    }),
  );
  const rest = rows.length - MAX_ROWS;
  const more =
    rest > 0 ? `\n\n…and ${rest} more: the output \`rebuild-specs-file\` names a file with all of them.` : '';
  const title = '### To rebuild, dependencies first';
  return `${title}\n\n${markdownTable(['Stage', 'Spec', 'Missing on'], rows.slice(0, MAX_ROWS)).trimEnd()}${more}`;
}

function unknownList(result: CheckResult): string {
  const reasons = unknownReasons(result);
  if (reasons.length === 0) return '';
  const items = reasons.map(({ reason, names }) => {
    const shown = names.slice(0, 5).map(code).join(', ');
    const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
    return `- ${escapeMarkdown(reason)} (${shown}${more})`;
  });
  return `### Could not tell\n\n${items.join('\n')}`;
}

function noteList(result: CheckResult): string {
  const notes = result.answers.flatMap(({ name, notes }) => notes.map((note) => ({ name, note })));
  if (notes.length === 0) return '';
  return `### Notes\n\n${notes.map(({ name, note }) => `- ${code(name)}: ${escapeMarkdown(note)}`).join('\n')}`;
}
