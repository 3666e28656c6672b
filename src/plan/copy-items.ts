/** What a check has found, or a push has sent, as things to copy to another mirror. */
import type { Layout } from '../cache/entries.ts';
import { entryPlace, mirrorBase } from '../cache/reading/entry-url.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { writtenLayout } from '../mirrors/written-layout.ts';
import { entrySpec } from '../spec/entry-spec.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import type { CopyItem } from './copy-list.ts';
import type { MirrorPush } from './push-result.ts';
import type { CheckResult } from './rebuild.ts';

/**
 * Copies of what is present, each spec from the first mirror that has it. Where the mirror to copy to was checked as
 * well, what it has is left out. Where it was not, nothing is asked of it here: the copying will ask.
 * @param mirrors those that were checked, in the order in which they are preferred
 */
export function copiesOfPresent(
  { decisions, nodes, answers }: CheckResult,
  mirrors: readonly Mirror[],
  to: Mirror,
): CopyItem[] {
  const isThere = (mirror: Mirror, { hash }: SpecNode): Layout | undefined => {
    const state = answers.find(({ name }) => name === mirror.name)?.states.get(hash);
    return state?.state === 'present' ? state.layout : undefined;
  };
  const targets = mirrors.filter((mirror) => isSamePlace(mirror, to));
  const sources = mirrors.filter((mirror) => !targets.includes(mirror));
  const items = decisions.flatMap(({ node }) => {
    if (targets.some((target) => isThere(target, node) !== undefined)) return [];
    for (const source of sources) {
      const layout = isThere(source, node);
      // A spliced spec was found by its build spec's entry, which may be another spec's, too.
      if (layout !== undefined) return [copyItem(entrySpec({ nodes }, node), nodes, source, layout, to)];
    }
    return [];
  });
  return [...new Map(items.map((item) => [item.hash, item])).values()];
}

/** Whether of some spec that the target does not have for certain, a mirror gave no answer. */
export function isCopyUnknown(
  { decisions, answers }: Pick<CheckResult, 'decisions' | 'answers'>,
  mirrors: readonly Mirror[],
  to: Mirror,
): boolean {
  const targets = new Set(mirrors.filter((mirror) => isSamePlace(mirror, to)).map(({ name }) => name));
  return decisions.some(({ node }) => {
    const told = answers.map(({ name, states }) => ({ name, state: states.get(node.hash)?.state }));
    const isThere = told.some(({ name, state }) => targets.has(name) && state === 'present');
    return !isThere && told.some(({ state }) => state === 'unknown');
  });
}

/**
 * Copies of what mirrors have after a push: what was sent, and what was there already. Each spec from the first that
 * has it.
 * @param mirrors those that were pushed to
 */
export function copiesOfPushes(
  pushes: readonly Pick<MirrorPush, 'name' | 'outcomes'>[],
  nodes: SpecGraph['nodes'],
  mirrors: readonly Mirror[],
  to: Mirror,
): CopyItem[] {
  const items = new Map<string, CopyItem>();
  for (const { name, outcomes } of pushes) {
    const from = mirrors.find((mirror) => mirror.name === name);
    if (from === undefined || isSamePlace(from, to)) continue;
    for (const [hash, { kind }] of outcomes) {
      const node = kind === 'pushed' || kind === 'present' ? nodes.get(hash) : undefined;
      if (node === undefined || items.has(hash)) continue;
      items.set(hash, copyItem(node, nodes, from, writtenLayout(writeUrl(from)), to));
    }
  }
  return [...items.values()];
}

/** Where a mirror is read. Not all mirrors have a URL for each direction. */
function readUrl({ fetch, push }: Mirror): string {
  return fetch.url === '' ? push.url : fetch.url;
}

/** Where a mirror is written. */
function writeUrl({ fetch, push }: Mirror): string {
  return push.url === '' ? fetch.url : push.url;
}

function copyItem(
  node: SpecNode,
  nodes: SpecGraph['nodes'],
  from: Mirror,
  layout: Layout,
  to: Mirror,
): CopyItem {
  return {
    hash: node.hash,
    src: entryPlace(readUrl(from), layout, node, nodes, from.signed),
    dest: entryPlace(writeUrl(to), writtenLayout(writeUrl(to)), node, nodes, to.signed),
  };
}

function isSamePlace(a: Mirror, b: Mirror): boolean {
  return mirrorBase(writeUrl(a)) === mirrorBase(writeUrl(b));
}
