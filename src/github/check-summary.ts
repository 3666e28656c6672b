/**
 * The gate's answer as a job summary of one screen: what the mirrors have, what is missing, what is unknown and why.
 * Whole lists and long forms are folded away.
 */
import { groupByStage } from '../plan/matrix.ts';
import { type CheckResult, countStates, mirrorsWith, specsWith } from '../plan/rebuild.ts';
import { checkSentence, silentReasons, unknownReasons } from '../report/check-text.ts';
import { shortSpec } from '../spec/format.ts';
import { type LocalSources, localSources, localSourceText } from '../spec/local-source.ts';
import type { SpecNode } from '../spec/node.ts';
import {
  briefSpec,
  bulletList,
  code,
  escapeMarkdown,
  folded,
  markdownTable,
  messageMarkdown,
} from './summary.ts';

/** How many specs are named outside of folded parts. */
const SHOWN = 8;
/** The most rows of a folded table. The outputs have all. */
const MAX_ROWS = 200;
/** The most reasons, and the most notes. */
const MAX_REASONS = 10;

const INDEX_WORDS = { mirror: 'downloaded', 'local copy': 'unchanged' } as const;

export interface CheckSummaryOptions {
  /** What an unknown spec counts as. The headline has to agree with the outputs. */
  readonly onUnknown?: 'fail' | 'rebuild' | 'warn';
}

export function checkSummary(result: CheckResult, { onUnknown = 'fail' }: CheckSummaryOptions = {}): string {
  return [
    `## ${icon(result)} Build cache: ${headline(result)}`,
    mirrorTable(result),
    missingList(result),
    unknownList(result, onUnknown),
    silentList(result),
    noteList(result),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** The headline in Markdown. It may name mirrors. It stands within a line, where a digit does not start a list. */
function headline(result: CheckResult): string {
  return escapeMarkdown(`: ${checkSentence(result)}`).slice(escapeMarkdown(': ').length);
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
    const { name, url } = answer;
    const mirror = name === url ? code(url) : `${code(name)} ${code(url)}`;
    return [mirror, String(present), String(missing), String(unknown), index];
  });
  return markdownTable(['Mirror', 'Present', 'Missing', 'Unknown', 'Index'], rows).trimEnd();
}

/** The first few missing specs in short, and all of them in a folded table with their long forms and stages. */
function missingList(result: CheckResult): string {
  const rebuild = specsWith(result, 'rebuild');
  if (rebuild.length === 0) return '';
  const stages = groupByStage(rebuild, result.nodes);
  const inOrder = stages.flatMap((specs, stage) => specs.map((node) => ({ node, stage })));
  const shown = inOrder.slice(0, SHOWN).map(({ node }) => briefSpec(node));
  const local = localSources(result);
  const more = inOrder.length > SHOWN ? ` and ${inOrder.length - SHOWN} more` : '';
  const rows = inOrder
    .slice(0, MAX_ROWS)
    .map(({ node, stage }) => [
      String(stage),
      briefSpec(node),
      missingOn(result, node, local),
      code(shortSpec(node)),
    ]);
  const rest = inOrder.length - MAX_ROWS;
  const all = [markdownTable(['Stage', 'Spec', 'Missing on', 'In full'], rows).trimEnd()];
  if (rest > 0)
    all.push(`…and ${rest} more: the output \`rebuild-specs-file\` names a file with all of them.`);
  const title = `All ${inOrder.length} in full, in ${stages.length === 1 ? 'one stage' : `${stages.length} stages`}`;
  return `**Missing**, dependencies first: ${shown.join(', ')}${more}\n\n${folded(title, all.join('\n\n'))}`;
}

function missingOn(result: CheckResult, node: SpecNode, local: LocalSources): string {
  const develop = local.get(node.hash);
  if (develop !== undefined) return escapeMarkdown(localSourceText(node, develop));
  return mirrorsWith(result, node.hash, 'missing')
    .map(({ name, reason }) =>
      reason === undefined ? code(name) : `${code(name)} (${escapeMarkdown(reason)})`,
    )
    .join(', ');
}

function unknownList(result: CheckResult, onUnknown: 'fail' | 'rebuild' | 'warn'): string {
  const reasons = unknownReasons(result);
  if (reasons.length === 0) return '';
  const items = reasons.map(({ reason, names }) => {
    const shown = names.slice(0, 5).map(code).join(', ');
    const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
    return `${messageMarkdown(reason)} (${shown}${more})`;
  });
  const counts = onUnknown === 'rebuild' ? ', built as if they were missing (`on-unknown: rebuild`)' : '';
  return `**Unknown**${counts}:\n\n${bulletList(items, MAX_REASONS, 'the log has them')}`;
}

/** Mirrors that gave no answer for specs that the answers of other mirrors decide. */
function silentList(result: CheckResult): string {
  const items = silentReasons(result).map(
    ({ reason, names }) =>
      `${messageMarkdown(reason)} (${names.length === 1 ? 'one spec' : `${names.length} specs`})`,
  );
  if (items.length === 0) return '';
  return `**Unknown**, and decided by other mirrors:\n\n${bulletList(items, MAX_REASONS, 'the log has them')}`;
}

function noteList(result: CheckResult): string {
  const notes = result.answers.flatMap(({ name, notes }) => notes.map((note) => ({ name, note })));
  if (notes.length === 0) return '';
  const items = notes.map(({ name, note }) => `${code(name)}: ${messageMarkdown(note)}`);
  return `**Notes**:\n\n${bulletList(items, MAX_REASONS, 'the log has them')}`;
}
