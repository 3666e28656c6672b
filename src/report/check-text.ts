/** The gate's answer for a person at a terminal or reading a log. */

import { type ErrorCode, oneLine } from '../core/errors.ts';
import { addTo } from '../core/multimap.ts';
import { type CheckResult, countFiltered, countStates, mirrorsWith, specsWith } from '../plan/rebuild.ts';
import { builtAs } from '../spec/entry-spec.ts';
import { shortSpec } from '../spec/format.ts';
import { localSources, localSourceText, ofLocalSource } from '../spec/local-source.ts';
import type { SpecNode } from '../spec/node.ts';
import { nameSome, type SharedReason, shareReasons } from './shared-reasons.ts';

/** Colours by meaning. Without colours each function returns the text unchanged. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubt: (text: string) => string;
  readonly dim: (text: string) => string;
}

export const PLAIN_STYLE: Style = { good: same, bad: same, doubt: same, dim: same };

/** Reasons repeat when a mirror is down, so each is written once, with this many of its specs named. */
const NAMED = 3;

/** Lines without line ends. Their texts have no line breaks and no control characters. */
export function checkText(result: CheckResult, style: Style = PLAIN_STYLE): string[] {
  const lines: string[] = [];
  for (const answer of result.answers) {
    const { present, missing, unknown } = countStates(answer);
    const parts = [style.good(`${present} present`)];
    const filtered = countFiltered(answer);
    const of = filtered === 0 ? '' : ` (${filtered} it may not serve)`;
    if (missing > 0) parts.push(style.bad(`${missing} missing`) + of);
    if (unknown > 0) parts.push(style.doubt(`${unknown} unknown`));
    lines.push(mirrorLine(answer, parts, style));
  }
  const rebuild = specsWith(result, 'rebuild');
  if (rebuild.length > 0) {
    lines.push('', 'Missing, dependencies first:');
    const local = localSources(result);
    for (const node of rebuild) {
      const built = builtAs(node);
      const notes = [
        built === undefined ? '' : `from ${built}`,
        missingText(result, node, local.get(node.hash)),
      ];
      const said = notes.filter((note) => note !== '').map((note) => `  ${style.dim(oneLine(note))}`);
      lines.push(`  ${style.bad('-')} ${oneLine(shortSpec(node))}${said.join('')}`);
    }
  }
  for (const { reason, names } of unknownReasons(result)) {
    lines.push('', `${style.doubt('Unknown:')} ${nameSome(names, NAMED)}:`, `  ${reason}`);
  }
  for (const { reason, names } of silentReasons(result)) {
    const decided = 'decided by other mirrors';
    lines.push('', `${style.doubt('Unknown')}, ${decided}: ${nameSome(names, NAMED)}:`, `  ${reason}`);
  }
  lines.push('', checkSentence(result));
  return lines;
}

/** On which mirrors a spec is missing, or why that does not matter. Empty where it need not be said. */
function missingText(result: CheckResult, node: SpecNode, develop: SpecNode | undefined): string {
  if (develop !== undefined) return localSourceText(node, develop);
  const missing = mirrorsWith(result, node.hash, 'missing');
  // With a single mirror, its name need not be said.
  if (result.answers.length < 2 && !missing.some(({ filtered }) => filtered)) return '';
  const names = missing.map(({ name, filtered, reason = '' }) => (filtered ? `${name}, ${reason}` : name));
  return `missing: ${names.join(', ')}`;
}

/** The answer in one sentence. */
export function checkSentence(result: CheckResult): string {
  const total = result.decisions.length;
  const missing = specsWith(result, 'rebuild');
  const rebuild = missing.length;
  const unknown = specsWith(result, 'unknown').length;
  if (total === 0) return 'There is nothing to check.';
  if (rebuild === 0 && unknown === 0)
    return result.answers.length === 0 ? noneAsked(total) : allPresent(total);
  const parts: string[] = [];
  if (rebuild > 0) {
    const are = rebuild === 1 ? 'is missing and needs' : 'are missing and need';
    parts.push(`${rebuild} of ${total} specs ${are} a rebuild${ofLocalSourceText(missing, result)}`);
  }
  if (unknown > 0) {
    const who = rebuild > 0 ? `${unknown}` : `${unknown} of ${total} specs`;
    parts.push(`${who} ${unknown === 1 ? 'is' : 'are'} unknown: ${silentMirrors(result)}`);
  }
  return `${parts.join('; ')}.`;
}

/** How many of them are of local source, to be put behind what is said of all; empty where none is. */
export function ofLocalSourceText(specs: readonly SpecNode[], graph: Pick<CheckResult, 'nodes'>): string {
  const local = ofLocalSource(specs, graph).length;
  return local === 0 ? '' : ` (${local} of local source)`;
}

/** The same text as {@link checkText}'s where every mirror has all specs. @param specs at least one */
export function allPresentText(
  mirrors: readonly { readonly name: string; readonly url: string }[],
  specs: number,
  style: Style = PLAIN_STYLE,
): string[] {
  const lines = mirrors.map((mirror) => mirrorLine(mirror, [style.good(`${specs} present`)], style));
  return [...lines, '', allPresent(specs)];
}

function allPresent(specs: number): string {
  return specs === 1
    ? 'The spec is present: nothing to rebuild.'
    : `All ${specs} specs are present: nothing to rebuild.`;
}

function noneAsked(specs: number): string {
  return `No mirror was asked about ${specs === 1 ? 'the spec' : `the ${specs} specs`}: nothing to rebuild.`;
}

/** Which mirrors left something unknown, and how: `ours did not answer`. */
function silentMirrors(result: CheckResult): string {
  const byAnswer = new Map<string, Set<string>>();
  for (const { hash } of specsWith(result, 'unknown')) {
    for (const { name, states } of result.answers) {
      const state = states.get(hash);
      if (state?.state !== 'unknown') continue;
      const how = HOW.get(state.code) ?? 'gave no answer that can be used';
      byAnswer.set(
        how,
        (byAnswer.get(how) ?? new Set()).add(result.answers.length === 1 ? 'the mirror' : name),
      );
    }
  }
  return oneLine([...byAnswer].map(([how, names]) => `${nameSome([...names], NAMED)} ${how}`).join(', '));
}

const HOW: ReadonlyMap<ErrorCode, string> = new Map([
  ['unreachable', 'did not answer'],
  ['throttled', 'did not answer'],
  ['server-error', 'did not answer'],
  ['denied', 'denied access'],
]);

/** `3 specs are unknown`, in the same words everywhere. */
export function unknownSpecs(count: number): string {
  return count === 1 ? 'One spec is unknown' : `${count} specs are unknown`;
}

/** Each reason once, with the specs that are unknown because of it. */
export function unknownReasons(result: CheckResult): SharedReason[] {
  return reasonsOf(result, specsWith(result, 'unknown'));
}

/** Each reason once for which one mirror gave no answer about specs that the answers of other mirrors decide. */
export function silentReasons(result: CheckResult): SharedReason[] {
  return reasonsOf(result, [...specsWith(result, 'present'), ...specsWith(result, 'rebuild')]);
}

function reasonsOf(result: CheckResult, nodes: readonly SpecNode[]): SharedReason[] {
  const byMirror = new Map<string, { name: string; reason: string }[]>();
  for (const node of nodes) {
    for (const { name, reason = '' } of mirrorsWith(result, node.hash, 'unknown')) {
      const entry = { name: node.name, reason };
      addTo(byMirror, name, entry);
    }
  }
  return [...byMirror].flatMap(([mirror, failures]) =>
    shareReasons(failures).map(({ reason, names }) => ({
      // The reason already begins with a mirror that is named by its URL.
      reason: reason.startsWith(mirror) ? reason : `${mirror}: ${reason}`,
      names,
    })),
  );
}

/** The sum of one mirror. Its URL is said once if it is also the name. */
export function mirrorLine(
  { name, url }: { readonly name: string; readonly url: string },
  parts: readonly string[],
  style: Style,
): string {
  const where = name === url ? '' : `  ${style.dim(oneLine(url))}`;
  return `${oneLine(name)}: ${parts.join(', ')}${where}`;
}

function same(text: string): string {
  return text;
}
