/** Why specs are missing, as Markdown: for the job's summary, and short enough for a comment on a pull request. */
import { hintOf } from '../plan/explain/cases.ts';
import type { Explanation } from '../plan/explain/explain.ts';
import type { DiffResult, ExplainResult } from '../plan/explain-result.ts';
import { diffSentences, updateText } from '../report/diff-text.ts';
import { explainSentence } from '../report/explain-text.ts';
import {
  causeTitle,
  countAnswers,
  elsewhereByHolder,
  elsewhereText,
  localText,
  namePackages,
  onlySentence,
  proofSentence,
  unprovenReasons,
} from '../report/explain-words.ts';
import { shortSpec } from '../spec/format.ts';
import { type Block, blockMarkdown, blocksMarkdown } from './blocks.ts';
import { bulletList, code, escapeMarkdown, folded, messageMarkdown } from './summary.ts';

/** The most rows of each table: GitHub takes no comment of more than 65,536 characters. */
const MOST_ROWS = 20;

/** The most specs in a folded list. */
const MOST_LISTED = 60;

/** The most items of each list that is not folded, below the gate's answer. */
const MOST_OPEN = 6;
const MOST_UNPROVEN = 4;

/** The explanation by itself: a table of causes. */
export function explainMarkdown(result: ExplainResult): string {
  return blocksMarkdown(explainBlocks(result));
}

/**
 * The explanation below the gate's answer: a list, and a folded table. The gate's answer has an open table already, and
 * has said how many specs are missing.
 */
export function explainBelowGate(result: ExplainResult): string {
  const { explanation } = result;
  const { rows, rest, hints, sure, unproven } = explanationParts(explanation);
  // The table has causes first, however few specs each explains. The list is sorted by that number.
  const sorted = rows.toSorted(([a], [b]) => Number(b) - Number(a));
  const items = sorted
    .slice(0, MOST_OPEN)
    .map(([counted = '', all = '', why = '']) => `- ${specsText(counted, all)}: ${escapeMarkdown(why)}`);
  const hidden = rows.length + rest - items.length;
  if (hidden > 0) items.push(`- …and ${hidden} more`);
  const title =
    rest > 0 ? `${rows.length} of ${rows.length + rest}, as a table` : `All ${rows.length}, as a table`;
  const parts = [
    blockMarkdown({ is: 'heading', text: 'Why' }),
    items.join('\n'),
    hidden > 0 ? folded(title, blockMarkdown({ is: 'table', headers: HEADERS, rows })) : '',
    hints.length > 0 ? `What helps:\n\n${bulletList(hints.map(messageMarkdown), hints.length, '')}` : '',
    escapeMarkdown(sure),
    bulletList(unproven.map(escapeMarkdown).slice(0, MOST_UNPROVEN), MOST_UNPROVEN, ''),
    escapeMarkdown(incompleteText(result)),
    bulletList(result.notes.map(messageMarkdown), MOST_ROWS, 'the log has them'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** @param all the number that includes specs which are counted with an earlier cause */
function specsText(counted: string, all: string): string {
  const specs = `${counted} ${counted === '1' ? 'spec' : 'specs'}`;
  return counted === all ? specs : `${specs} (${all} in all)`;
}

/** The same as blocks of plain text. */
export function explainBlocks(result: ExplainResult): Block[] {
  return [
    { is: 'heading', text: 'Why' },
    { is: 'text', text: explainSentence(result) },
    ...explanationBlocks(result.explanation),
    { is: 'text', text: incompleteText(result) },
    { is: 'list', items: result.notes },
  ];
}

function incompleteText({ incomplete }: ExplainResult): string {
  return incomplete ? 'Not everything could be compared with: what is called new need not be.' : '';
}

export function diffMarkdown(result: DiffResult): string {
  const { old, new: to, explanation, updated, added, removed } = result;
  return section(`### What changed from ${code(old)} to ${code(to)}`, [
    ...diffSentences(result).map(escapeMarkdown),
    ...explanationBlocks(explanation).map(blockMarkdown),
    fold(`${updated.length} updated`, updated.map(updateText)),
    fold(`${added.length} added`, added.map(shortSpec)),
    fold(`${removed.length} removed`, removed.map(shortSpec)),
  ]);
}

function section(title: string, parts: readonly string[]): string {
  return `${[title, ...parts].filter((part) => part !== '').join('\n\n')}\n`;
}

const HEADERS = ['Specs', 'In all', 'Because'];

function explanationBlocks(explanation: Explanation): Block[] {
  const { rows, rest, hints, sure, unproven } = explanationParts(explanation);
  return [
    { is: 'table', headers: HEADERS, rows },
    { is: 'text', text: rest > 0 ? `…and ${rest} more causes.` : '' },
    { is: 'list', items: hints },
    { is: 'text', text: sure },
    { is: 'list', items: unproven },
  ];
}

interface ExplanationParts {
  /** Each row: how many specs, how many including those that are counted elsewhere, and why. Causes come first. */
  readonly rows: readonly (readonly string[])[];
  /** Causes that have no row. */
  readonly rest: number;
  readonly hints: readonly string[];
  readonly sure: string;
  readonly unproven: readonly string[];
}

function explanationParts(explanation: Explanation): ExplanationParts {
  const { causes, answers } = explanation;
  const shown = causes.slice(0, MOST_ROWS);
  const rows = shown.map((cause) => [String(cause.counted), String(cause.drags.length), causeTitle(cause)]);
  for (const { holders, names } of elsewhereByHolder(answers)) {
    const what = `${elsewhereText(holders)}: ${namePackages(names)}`;
    rows.push([String(names.length), String(names.length), what]);
  }
  const local = localText(answers);
  if (local !== undefined) {
    const count = String(countAnswers(answers).local);
    rows.push([count, count, local]);
  }
  const fresh = answers.filter(({ is }) => is === 'new').map(({ node }) => node.name);
  if (fresh.length > 0) {
    const what = `new, with nothing to compare with: ${namePackages(fresh)}`;
    rows.push([String(fresh.length), String(fresh.length), what]);
  }
  return {
    rows,
    rest: causes.length - shown.length,
    hints: [...new Set(shown.flatMap((cause) => hintOf(cause.case) ?? []))],
    sure: [onlySentence(explanation), proofSentence(countAnswers(answers))].join(' ').trim(),
    unproven: unprovenReasons(answers)
      .slice(0, MOST_ROWS)
      .map(({ why, names }) => `not proven: ${why} (${namePackages(names)})`),
  };
}

function fold(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  const shown = items.slice(0, MOST_LISTED).map((item) => `- ${code(item)}`);
  const rest = items.length - shown.length;
  const more = rest > 0 ? [`- …and ${rest} more`] : [];
  return `<details><summary>${title}</summary>\n\n${[...shown, ...more].join('\n')}\n\n</details>`;
}
