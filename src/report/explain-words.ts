/** The words for causes and changes, in all outputs. Plain text, not escaped yet; parts of it come from documents. */
import { addTo } from '../core/multimap.ts';
import { onlyCase } from '../plan/explain/cases.ts';
import type { Cause } from '../plan/explain/causes.ts';
import type { Change } from '../plan/explain/changes.ts';
import type { Explanation, SpecAnswer } from '../plan/explain/explain.ts';
import { LOCAL_SOURCE } from '../spec/local-source.ts';
import { nameSome } from './shared-reasons.ts';

/** The most packages that are named in a line. */
const NAMED = 4;

/** The most changes of one spec in a line. */
const MOST_CHANGES = 6;

/** One line that says what changed and where. */
export function causeTitle({ case: is, pairs, changes }: Cause): string {
  const packages = [...new Set(pairs.map(({ wanted }) => wanted.name))];
  const [first] = pairs;
  const named = namePackages(packages);
  if (changes.length > 0) {
    const what = changesText(changes);
    const isOne = packages.length === 1;
    return isOne ? `${named}: ${what}` : `${what} (${packages.length} packages: ${named})`;
  }
  switch (is) {
    case 'unknown': {
      const edges = first === undefined ? [] : [...first.unknown].map((i) => first.near.dependencies[i]);
      const needs = edges.map((edge) => `${edge?.name}/${edge?.hash.slice(0, 7)}`);
      return `${named}: there is no record of ${namePackages(needs)}, which it was built with`;
    }
    case 'unseen':
      return `${named}: no difference can be seen, and the hashes differ`;
    default:
      return packages.length === 1
        ? `${named}: the recipe has changed, and nothing else`
        : `the recipes of ${packages.length} packages have changed, and nothing else: ${named}`;
  }
}

/** All that changed in one spec, the most important changes first. */
export function changesText(changes: readonly Change[]): string {
  const shown = changes.slice(0, MOST_CHANGES).map(changeText).join(', ');
  return changes.length > MOST_CHANGES ? `${shown} and ${changes.length - MOST_CHANGES} more` : shown;
}

export function changeText({ kind, name, from, to }: Change): string {
  const step = `${from ?? 'none'} → ${to ?? 'none'}`;
  switch (kind) {
    case 'variant':
      return `${variantText(name, from)} → ${variantText(name, to)}`;
    case 'flags':
      return `${name} ${step}`;
    case 'target':
      return name === undefined ? `target ${step}` : `target written ${step}`;
    case 'dependency':
      return from === undefined ? `now needs ${to}` : `no longer needs ${from}`;
    case 'edge':
      return `needs ${name} for ${step}`;
    case 'provider':
      return `${name} from ${step}`;
    case 'provides':
      return `provides ${step}`;
    case 'external':
      return name === undefined ? step : `external ${name} ${step}`;
    case 'splice':
      return `spliced, built as ${step}`;
    case 'format':
      return `spec format ${step}`;
    case 'other':
      return `${name} ${step}`;
    default:
      return `${kind} ${step}`;
  }
}

function variantText(name: string | undefined, value: string | undefined): string {
  if (value === undefined) return `no ${name}`;
  if (value === 'true') return `+${name}`;
  return value === 'false' ? `~${name}` : `${name}=${value}`;
}

/** Names of packages, each once, since several specs of one package may have the same answer. */
export function namePackages(names: readonly string[]): string {
  return nameSome([...new Set(names)], NAMED);
}

/** One sentence, if all specs have changed and all causes are of one kind; else undefined. */
export function onlySentence({ causes, answers }: Explanation): string | undefined {
  if (answers.some(({ is }) => is !== 'changed')) return undefined;
  switch (onlyCase(causes)) {
    case 'target':
      return 'Only the target differs.';
    case 'system':
      return 'Only the operating system differs.';
    case 'compiler':
      return 'Only the compiler differs.';
    case 'libc':
      return 'Only the C library differs.';
    case 'external':
      return 'Only externals differ.';
    case 'recipe':
      return 'Only recipes differ.';
    case 'format':
      return 'Only the spec format differs.';
    default:
      return undefined;
  }
}

export interface AnswerCounts {
  readonly changed: number;
  readonly proven: number;
  readonly elsewhere: number;
  readonly local: number;
  readonly new: number;
}

export function countAnswers(answers: readonly SpecAnswer[]): AnswerCounts {
  const counts = { changed: 0, proven: 0, elsewhere: 0, local: 0, new: 0 };
  for (const answer of answers) {
    counts[answer.is]++;
    if (answer.is === 'changed' && answer.proof.proven) counts.proven++;
  }
  return counts;
}

/** A sentence that says how sure the causes are; undefined where there is nothing to prove. */
export function proofSentence({ changed, proven }: AnswerCounts): string | undefined {
  if (changed === 0) return undefined;
  if (proven === changed) {
    const all = changed === 1 ? 'It is' : `All ${changed} are`;
    return `${all} proven: with these changes, and no others, the nearest specs get exactly the wanted hashes.`;
  }
  if (proven === 0)
    return `${changed === 1 ? 'It is not' : `None of the ${changed} is`} proven: there may be more that differs.`;
  return `${proven} of ${changed} ${proven === 1 ? 'is' : 'are'} proven; in the others there may be more that differs.`;
}

/** The reasons why some causes are not proven, each once. */
export function unprovenReasons(
  answers: readonly SpecAnswer[],
): { readonly why: string; readonly names: string[] }[] {
  const reasons = new Map<string, string[]>();
  for (const answer of answers) {
    if (answer.is !== 'changed' || answer.proof.proven) continue;
    addTo(reasons, answer.proof.why, answer.node.name);
  }
  return [...reasons].map(([why, names]) => ({ why, names }));
}

/** The specs with one kind of answer, grouped by the mirror or file that has them. */
export function elsewhereByHolder(
  answers: readonly SpecAnswer[],
): { readonly holders: string; readonly names: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const answer of answers) {
    if (answer.is !== 'elsewhere') continue;
    const holders = answer.holders.join(', ');
    addTo(groups, holders, answer.node.name);
  }
  return [...groups].map(([holders, names]) => ({ holders, names }));
}

/** One line for all specs of local source; undefined where there are none. */
export function localText(answers: readonly SpecAnswer[]): string | undefined {
  const names = answers.filter(({ is }) => is === 'local').map(({ node }) => node.name);
  return names.length === 0 ? undefined : `${LOCAL_SOURCE}: ${namePackages(names)}`;
}

/** A text that says which mirror or file has exactly this spec. */
export function elsewhereText(holders: string): string {
  return holders === ''
    ? 'pruned or never pushed: only an index names them, as what others need'
    : `pruned or never pushed here: ${holders} has the very same`;
}
