/** Why specs are missing, for a person at a terminal: one screen of causes; all specs with --verbose. */
import { oneLine } from '../core/errors.ts';
import type { Pair } from '../plan/explain/align.ts';
import { hintOf } from '../plan/explain/cases.ts';
import type { Cause } from '../plan/explain/causes.ts';
import type { Explanation, SpecAnswer } from '../plan/explain/explain.ts';
import type { ExplainResult } from '../plan/explain-result.ts';
import { specsWith } from '../plan/rebuild.ts';
import { shortSpec } from '../spec/format.ts';
import { shortHash } from '../spec/node.ts';
import { PLAIN_STYLE, type Style, unknownReasons } from './check-text.ts';
import {
  causeTitle,
  changesText,
  countAnswers,
  elsewhereByHolder,
  elsewhereText,
  localText,
  namePackages,
  onlySentence,
  proofSentence,
  unprovenReasons,
} from './explain-words.ts';
import { nameSome } from './shared-reasons.ts';

/** The most causes on a screen. */
const MOST_CAUSES = 12;

/** The most reasons on a screen why something is not proven. */
const MOST_REASONS = 6;

/** The most mirrors and files that are named in a line. */
const NAMED = 4;

/** Lines without line ends. Their texts have no line breaks and no control characters. */
export function explainText(result: ExplainResult, verbose: boolean, style: Style = PLAIN_STYLE): string[] {
  const lines = [explainSentence(result)];
  const { explanation } = result;
  if (explanation.answers.length > 0) lines.push('', ...causeLines(explanation, verbose, style));
  if (result.incomplete) {
    lines.push(
      '',
      `${style.doubt('Not everything could be compared with')}: what is called new need not be.`,
    );
  }
  if (verbose && explanation.answers.length > 0) lines.push('', ...treeLines(explanation, style));
  if (result.gate !== undefined) {
    for (const { reason, names } of unknownReasons(result.gate)) {
      lines.push('', `${style.doubt('Unknown:')} ${namePackages(names)}:`, `  ${reason}`);
    }
  }
  return lines;
}

/** The answer in one sentence. */
export function explainSentence({ explanation, total, gate, sources }: ExplainResult): string {
  const missing = explanation.answers.length;
  const where = oneLine(nameSome(sources, NAMED));
  const unknown = gate === undefined ? 0 : specsWith(gate, 'unknown').length;
  const more = unknown === 0 ? '' : `; ${unknown} ${unknown === 1 ? 'is' : 'are'} unknown`;
  if (missing === 0) return `Nothing is missing of ${total} ${plural(total, 'spec')} (${where})${more}.`;
  return `${missing} of ${total} ${plural(total, 'spec')} ${missing === 1 ? 'is' : 'are'} missing (${where})${more}.`;
}

/** The causes, each with how many specs it explains, then the other answers, then how sure the causes are. */
export function causeLines(explanation: Explanation, verbose: boolean, style: Style): string[] {
  const { causes, answers } = explanation;
  const lines: string[] = [];
  const shown = verbose ? causes : causes.slice(0, MOST_CAUSES);
  const hinted = new Set<string>();
  for (const cause of shown) {
    lines.push(countedLine(cause.counted, `${causeTitle(cause)}${alsoText(cause)}`, style));
    const hint = hintOf(cause.case);
    if (hint === undefined || hinted.has(hint)) continue;
    hinted.add(hint);
    lines.push(`       ${style.dim(capital(hint))}`);
  }
  if (causes.length > shown.length) {
    lines.push(
      `       ${style.dim(`and ${causes.length - shown.length} more causes: --verbose has them all`)}`,
    );
  }
  for (const { holders, names } of elsewhereByHolder(answers)) {
    lines.push(countedLine(names.length, `${elsewhereText(holders)}: ${namePackages(names)}`, style));
  }
  const local = localText(answers);
  if (local !== undefined) lines.push(countedLine(countAnswers(answers).local, local, style));
  const fresh = answers.filter(({ is }) => is === 'new').map(({ node }) => node.name);
  if (fresh.length > 0) {
    lines.push(countedLine(fresh.length, `new, with nothing to compare with: ${namePackages(fresh)}`, style));
  }
  const sentences = [onlySentence(explanation), proofSentence(countAnswers(answers))].filter(
    (sentence) => sentence !== undefined,
  );
  if (sentences.length > 0) lines.push('', sentences.join(' '));
  const reasons = unprovenReasons(answers);
  for (const { why, names } of verbose ? reasons : reasons.slice(0, MOST_REASONS)) {
    lines.push(`  ${style.doubt('not proven')}: ${oneLine(why)} (${oneLine(namePackages(names))})`);
  }
  return lines;
}

function countedLine(count: number, text: string, style: Style): string {
  const number = count === 0 ? 'also' : String(count);
  return `${style.bad(number.padStart(5))}  ${oneLine(text)}`;
}

/** The text about specs that are counted with another cause already. */
function alsoText({ drags, counted }: Cause): string {
  const more = drags.length - counted;
  if (more === 0) return '';
  return counted === 0 ? ` (in ${more} of those above)` : ` (and in ${more} of those above)`;
}

function treeLines({ answers }: Explanation, style: Style): string[] {
  return answers.flatMap((answer) => [answerLine(answer, style), ...pairLines(answer)]);
}

function answerLine(answer: SpecAnswer, style: Style): string {
  const spec = oneLine(shortSpec(answer.node));
  switch (answer.is) {
    case 'changed': {
      const proof = answer.proof.proven
        ? style.good('proven')
        : `${style.doubt('not proven')}: ${oneLine(answer.proof.why)}`;
      const from = answer.holders.length === 0 ? '' : ` of ${oneLine(answer.holders.join(', '))}`;
      return `${spec}  nearest ${shortHash(answer.pair.near)}${from}  ${proof}`;
    }
    case 'elsewhere':
      return `${spec}  ${oneLine(elsewhereText(answer.holders.join(', ')))}`;
    case 'local':
      return `${spec}  ${answer.reason}`;
    case 'new':
      return `${spec}  new`;
  }
}

/** The most lines of a tree of changes: a longer one does not help. */
const MOST_LINES = 200;

/** What changed in a spec and below it, along the edges. A change is listed only once. */
function pairLines(answer: SpecAnswer): string[] {
  if (answer.is !== 'changed') return [];
  const lines: string[] = [];
  const seen = new Set<Pair>([answer.pair]);
  const stack = [{ pair: answer.pair, depth: 1 }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { pair, depth } = top;
    const { wanted, near, changes } = pair;
    if (lines.length === MOST_LINES) return [...lines, '  …'];
    const what = changes.length === 0 ? 'follows' : changesText(changes);
    const indent = '  '.repeat(Math.min(depth, 20));
    lines.push(oneLine(`${indent}${wanted.name} ${shortHash(near)} → ${shortHash(wanted)}: ${what}`));
    for (const below of [...pair.below.values()].reverse()) {
      if (seen.has(below)) continue;
      seen.add(below);
      stack.push({ pair: below, depth: depth + 1 });
    }
  }
  return lines;
}

export function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
