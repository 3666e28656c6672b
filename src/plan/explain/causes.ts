/**
 * Root causes: what changed in itself, once each, with the specs that it drags along. What only follows from a change
 * below is no cause.
 */

import { BuildcacheError } from '../../core/errors.ts';
import { addTo } from '../../core/multimap.ts';
import type { SpecNode } from '../../spec/node.ts';
import { type Pair, pairsBelow } from './align.ts';
import { type Case, caseOf, isWide, type Wanted } from './cases.ts';
import { type Change, signature } from './changes.ts';

export interface Cause {
  readonly case: Case;
  /** What changed, each pair once. */
  readonly pairs: readonly Pair[];
  /** What the changed specs have in common; empty where nothing can be said to differ. */
  readonly changes: readonly Change[];
  /** The specs asked about that it makes other ones, dependencies first. */
  readonly drags: readonly SpecNode[];
  /** How many of these are not counted with an earlier cause. */
  readonly counted: number;
}

/**
 * The most specs that all causes together drag along. Of ten thousand specs that all have changed, each may be dragged by
 * all others.
 */
const DRAGS_MOST = 2_100_000;

/** The most causes. Each is compared with all others, and each pair has a bit for each. */
const CAUSES_MOST = 10_000;

/**
 * @param asked the pair of each spec asked about, dependencies first
 * @returns the cause that drags most along first. Each spec is counted with one cause, and dragged by all of its own
 * @throws BuildcacheError `too-large` where too much has changed
 */
export function rootCauses(asked: ReadonlyMap<string, Pair>, wanted: Wanted): Cause[] {
  const found = new Found(wanted);
  const all = pairsBelow(asked.values());
  const blame = new Map<Pair, bigint>();
  for (const pair of all) {
    let causes = found.add(pair);
    if (found.causes.length > CAUSES_MOST) throw tooMuch(found.causes.length, asked.size);
    for (const below of pair.below.values()) causes |= blame.get(below) ?? 0n;
    blame.set(pair, causes);
  }
  const drags = found.causes.map((): SpecNode[] => []);
  let dragged = 0;
  for (const pair of asked.values()) {
    const ids = members(blame.get(pair) ?? 0n);
    dragged += ids.length;
    if (dragged > DRAGS_MOST) throw tooMuch(found.causes.length, asked.size);
    for (const id of ids) drags[id]?.push(pair.wanted);
  }
  return countOnce(found.causes.map((cause, id) => ({ ...cause, drags: drags[id] ?? [] })));
}

/** Causes by what they are, numbered as they are found. */
class Found {
  readonly causes: { readonly case: Case; readonly pairs: Pair[]; readonly changes: Change[] }[] = [];
  readonly #ids = new Map<string, number>();
  readonly #wanted: Wanted;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
  }

  /** @returns the pair's own causes, as bits */
  add(pair: Pair): bigint {
    let ids = 0n;
    const own: Change[] = [];
    for (const change of pair.changes) {
      // The same choice for many packages is one cause, whichever package it shows in.
      if (isWide(change)) ids |= this.#note(signature(change), pair, [change]);
      else own.push(change);
    }
    if (own.length > 0) {
      const isRecipe = own.every(({ kind }) => kind === 'recipe');
      const isEdges = own.every(({ kind }) => kind === 'dependency');
      const key = `${isEdges ? '' : pair.wanted.name} ${own.map(signature).sort().join()}`;
      ids |= this.#note(isRecipe ? 'recipe' : key, pair, isRecipe ? [] : own);
    }
    if (pair.unknown.size > 0) ids |= this.#note(`unknown ${pair.near.hash}`, pair, [], 'unknown');
    const isUnseen = pair.changes.length === 0 && pair.below.size === 0 && pair.unknown.size === 0;
    return isUnseen ? ids | this.#note(`unseen ${pair.wanted.hash}`, pair, [], 'unseen') : ids;
  }

  #note(key: string, pair: Pair, changes: Change[], is?: Case): bigint {
    const known = this.#ids.get(key);
    if (known !== undefined) {
      this.causes[known]?.pairs.push(pair);
      return 1n << BigInt(known);
    }
    const id = this.causes.length;
    this.#ids.set(key, id);
    this.causes.push({ case: is ?? caseOf(pair, changes, this.#wanted), pairs: [pair], changes });
    return 1n << BigInt(id);
  }
}

/** Counts each spec with one cause: the cause of most specs first, then always the cause of most of the rest. */
function countOnce(causes: readonly Omit<Cause, 'counted'>[]): Cause[] {
  const rest = causes.map((cause) => ({ cause, open: cause.drags.length }));
  const having = new Map<string, Open[]>();
  for (const each of rest) {
    for (const { hash } of each.cause.drags) {
      addTo(having, hash, each);
    }
  }
  const ordered: Cause[] = [];
  while (rest.length > 0) {
    const most = rest.reduce((a, b) => (isBefore(b, a) ? b : a));
    rest.splice(rest.indexOf(most), 1);
    ordered.push({ ...most.cause, counted: most.open });
    for (const { hash } of most.cause.drags) {
      for (const other of having.get(hash) ?? []) other.open--;
      having.delete(hash);
    }
  }
  return ordered;
}

interface Open {
  readonly cause: Omit<Cause, 'counted'>;
  /** Specs of it that are not counted yet. */
  open: number;
}

function isBefore(a: Open, b: Open): boolean {
  return a.open > b.open || (a.open === b.open && a.cause.drags.length > b.cause.drags.length);
}

/** The places of the bits that are set. As text, since each shift of a long number copies it. */
function members(bits: bigint): number[] {
  const ids: number[] = [];
  const digits = bits.toString(16);
  for (let at = digits.length - 1, id = 0; at >= 0; at--, id += 4) {
    const digit = Number.parseInt(digits.charAt(at), 16);
    for (let bit = 0; bit < 4; bit++) if (((digit >> bit) & 1) === 1) ids.push(id + bit);
  }
  return ids;
}

function tooMuch(causes: number, specs: number): BuildcacheError {
  return new BuildcacheError('too-large', 'too much has changed for it to be said why', {
    found: `${causes} changes or more, and ${specs} specs that follow from them`,
    hint: 'ask about some specs, or compare with a lockfile that is nearer',
  });
}
