/** Why, as Markdown: for the job's summary, and short enough for a comment on a pull request. */
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
  namePackages,
  onlySentence,
  proofSentence,
  unprovenReasons,
} from '../report/explain-words.ts';
import { shortSpec } from '../spec/format.ts';
import { type Block, blockMarkdown, blocksMarkdown } from './blocks.ts';
import { code, escapeMarkdown, folded } from './summary.ts';

/** Rows of each table: GitHub takes no comment of more than 65,536 characters. */
const MOST_ROWS = 20;

/** Specs in a list that is folded away. */
const MOST_LISTED = 60;

/** Rows that are open below the gate's answer. */
const MOST_OPEN = 6;

/** By itself: a table of causes. */
export function explainMarkdown(result: ExplainResult): string {
  return blocksMarkdown(explainBlocks(result));
}

/** Below the gate's answer, which has a table open and has said how many are missing: a list, its table folded away. */
export function explainBelowGate(result: ExplainResult): string {
  const parts = explainBlocks(result).flatMap((block, i) => {
    if (block.is !== 'table') return i === SENTENCE ? [] : [blockMarkdown(block)];
    const { rows } = block;
    const items = rows
      .slice(0, MOST_OPEN)
      .map(([counted = '', all = '', why = '']) => `- ${specsText(counted, all)}: ${escapeMarkdown(why)}`);
    const rest = rows.length - MOST_OPEN;
    if (rest > 0) items.push(`- …and ${rest} more`);
    const list = items.join('\n');
    return rest > 0 ? [list, folded(`All ${rows.length}, as a table`, blockMarkdown(block))] : [list];
  });
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Where {@link explainBlocks} have how many are missing. */
const SENTENCE = 1;

/** @param all those that are counted with an earlier cause, too */
function specsText(counted: string, all: string): string {
  const specs = `${counted} ${counted === '1' ? 'spec' : 'specs'}`;
  return counted === all ? specs : `${specs} (${all} in all)`;
}

/** The same as plain text in its shapes. */
export function explainBlocks(result: ExplainResult): Block[] {
  const { explanation, incomplete, notes } = result;
  return [
    { is: 'heading', text: 'Why' },
    { is: 'text', text: explainSentence(result) },
    ...explanationBlocks(explanation),
    {
      is: 'text',
      text: incomplete ? 'Not everything could be compared with: what is called new need not be.' : '',
    },
    { is: 'list', items: notes },
  ];
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

function explanationBlocks(explanation: Explanation): Block[] {
  const { causes, answers } = explanation;
  const rows = causes
    .slice(0, MOST_ROWS)
    .map((cause) => [String(cause.counted), String(cause.drags.length), causeTitle(cause)]);
  for (const { holders, names } of elsewhereByHolder(answers)) {
    const what = `${elsewhereText(holders)}: ${namePackages(names)}`;
    rows.push([String(names.length), String(names.length), what]);
  }
  const fresh = answers.filter(({ is }) => is === 'new').map(({ node }) => node.name);
  if (fresh.length > 0) {
    const what = `new, with nothing to compare with: ${namePackages(fresh)}`;
    rows.push([String(fresh.length), String(fresh.length), what]);
  }
  const rest = causes.length - MOST_ROWS;
  const hints = new Set(causes.slice(0, MOST_ROWS).flatMap((cause) => hintOf(cause.case) ?? []));
  const unproven = unprovenReasons(answers).slice(0, MOST_ROWS);
  return [
    { is: 'table', headers: ['Specs', 'In all', 'Because'], rows },
    { is: 'text', text: rest > 0 ? `…and ${rest} more causes.` : '' },
    { is: 'list', items: [...hints] },
    {
      is: 'text',
      text: [onlySentence(explanation), proofSentence(countAnswers(answers))].join(' ').trim(),
    },
    {
      is: 'list',
      items: unproven.map(({ why, names }) => `not proven: ${why} (${namePackages(names)})`),
    },
  ];
}

function fold(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  const shown = items.slice(0, MOST_LISTED).map((item) => `- ${code(item)}`);
  const rest = items.length - shown.length;
  const more = rest > 0 ? [`- …and ${rest} more`] : [];
  return `<details><summary>${title}</summary>\n\n${[...shown, ...more].join('\n')}\n\n</details>`;
}
