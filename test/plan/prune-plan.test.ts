import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListedEntry } from '../../src/cache/entries.ts';
import {
  type EntryBlob,
  hasEntryRules,
  type PruneFacts,
  type PrunePlan,
  type PrunePolicy,
  planPrune,
  spare,
  staysBefore,
} from '../../src/plan/prune-plan.ts';
import type { DepType, SpecNode } from '../../src/spec/node.ts';
import { runs } from '../harness/runs.ts';

const NOW = Date.UTC(2026, 10, 29);
const DAY = 24 * 3_600_000;
const ago = (days: number) => new Date(NOW - days * DAY);

interface Drawn {
  /** By number; each depends on lower ones only. */
  readonly below: readonly { readonly on: number; readonly types: readonly DepType[] }[];
  readonly builtAs: number | undefined;
  readonly hasEntry: boolean;
  readonly days: number | undefined;
  readonly blobs: readonly number[];
}

const hashOf = (i: number) =>
  `${i}`
    .padStart(4, 'a')
    .replace(/\d/g, (digit) => 'bcdefghijk'[Number(digit)] ?? '')
    .padEnd(32, 'z');

function node(i: number, { below, builtAs }: Pick<Drawn, 'below' | 'builtAs'>): SpecNode {
  const dependencies = below.map(({ on, types }) => ({ name: `p${on}`, hash: hashOf(on), deptypes: types }));
  const buildSpec = builtAs === undefined ? undefined : { name: `p${builtAs}`, hash: hashOf(builtAs) };
  return { name: `p${i}`, version: '1', hash: hashOf(i), dependencies, buildSpec } as unknown as SpecNode;
}

function factsOf(drawn: readonly Drawn[]): PruneFacts {
  const entries: ListedEntry[] = [];
  const blobs = new Map<string, EntryBlob[]>();
  for (const [i, { hasEntry, days, blobs: named }] of drawn.entries()) {
    if (!hasEntry) continue;
    const key = `p${i}-1-${hashOf(i)}`;
    entries.push({ key, hash: hashOf(i), modified: days === undefined ? undefined : ago(days) });
    // Its own, and what it shares with others.
    blobs.set(key, [
      { key: `own-${i}`, size: 10 + i },
      ...named.map((n) => ({ key: `shared-${n}`, size: 7 * n })),
    ]);
  }
  return { entries, nodes: new Map(drawn.map((each, i) => [hashOf(i), node(i, each)])), blobs };
}

const NONE: PrunePolicy = {
  lists: [],
  pins: [],
  olderThan: undefined,
  maxBytes: undefined,
  used: new Map(),
  grace: ago(1),
};

const cache = fc.integer({ min: 1, max: 14 }).chain((size) =>
  fc.tuple(
    ...Array.from({ length: size }, (_, i) =>
      fc.record<Drawn>({
        below: fc.array(
          fc.record({
            on: fc.nat(Math.max(0, i - 1)),
            types: fc.subarray<DepType>(['build', 'link', 'run', 'test'], { minLength: 1 }),
          }),
          { maxLength: i === 0 ? 0 : 3 },
        ),
        builtAs: i === 0 ? fc.constant(undefined) : fc.option(fc.nat(i - 1), { nil: undefined, freq: 6 }),
        hasEntry: fc.boolean().map((no) => !no || i % 3 > 0),
        // Clocks may be ahead of ours.
        days: fc.option(fc.integer({ min: -3, max: 9 }), { nil: undefined, freq: 8 }),
        blobs: fc.array(fc.nat(3), { maxLength: 2 }),
      }),
    ),
  ),
);

const keeps = fc.array(
  fc.uniqueArray(fc.nat(14)).map((them) => ({ by: `list ${them}`, hashes: new Set(them.map(hashOf)) })),
  { maxLength: 2 },
);
const policies = fc.record<PrunePolicy>({
  lists: keeps,
  pins: keeps,
  olderThan: fc.option(fc.integer({ min: -1, max: 10 }).map(ago), { nil: undefined }),
  maxBytes: fc.option(fc.nat(200), { nil: undefined }),
  used: fc
    .array(fc.tuple(fc.nat(14), fc.integer({ min: 0, max: 9 })), { maxLength: 4 })
    .map((them) => new Map(them.map(([i, days]) => [hashOf(i), ago(days)]))),
  grace: fc.integer({ min: 0, max: 4 }).map(ago),
});

/** By itself, whatever the planner does. */
function below(facts: PruneFacts, hash: string): Set<string> {
  const found = new Set<string>();
  const visit = (each: string) => {
    if (found.has(each)) return;
    found.add(each);
    const { buildSpec, dependencies = [] } = facts.nodes.get(each) ?? {};
    if (buildSpec !== undefined) visit(buildSpec.hash);
    for (const { hash: next, deptypes } of dependencies) {
      if (deptypes.some((type) => type === 'link' || type === 'run')) visit(next);
    }
  };
  visit(hash);
  return found;
}

const goneOf = ({ entries }: PrunePlan) => entries.filter(({ goes }) => goes).map(({ entry }) => entry);
const stayOf = ({ entries }: PrunePlan) => entries.filter(({ goes }) => !goes).map(({ entry }) => entry);

function bytesOf(facts: PruneFacts, entries: readonly ListedEntry[]): number {
  const sizes = entries.flatMap(({ key }) => facts.blobs.get(key) ?? []);
  return [...new Map(sizes.map(({ key, size }) => [key, size])).values()].reduce(
    (sum, size) => sum + size,
    0,
  );
}

function property(test: (facts: PruneFacts, policy: PrunePolicy, plan: PrunePlan) => void): void {
  fc.assert(
    fc.property(cache, policies, (drawn, policy) => {
      const facts = factsOf(drawn);
      test(facts, policy, planPrune(facts, policy));
    }),
    { numRuns: runs(3000) },
  );
}

describe('a plan, whatever the cache and the policy', () => {
  it('keeps what stays closed: links, runs, and what spliced specs were built as', () => {
    property((facts, _, plan) => {
      const gone = new Set(goneOf(plan).map(({ hash }) => hash));
      for (const { hash } of stayOf(plan)) {
        for (const needed of below(facts, hash)) expect(gone.has(needed)).toBe(false);
      }
    });
  });

  it('lets nothing go that is named, needed by what is named, young, or of no known age where age counts', () => {
    property((facts, policy, plan) => {
      const named = [...policy.lists, ...policy.pins].flatMap(({ hashes }) => [...hashes]);
      const safe = new Set(named.flatMap((hash) => [...below(facts, hash)]));
      const { olderThan, maxBytes, grace, used } = policy;
      for (const { hash, modified } of goneOf(plan)) {
        expect(safe.has(hash)).toBe(false);
        if (olderThan !== undefined) expect(used.get(hash)?.getTime() ?? 0).toBeLessThan(olderThan.getTime());
        if (modified === undefined) expect(olderThan ?? maxBytes).toBeUndefined();
        else expect(modified < grace && modified < (olderThan ?? grace)).toBe(true);
      }
    });
  });

  it('comes under the bound, or only what has to stay does', () => {
    property((facts, { maxBytes }, plan) => {
      if (maxBytes === undefined) return expect(plan.size).toBeUndefined();
      const after = bytesOf(facts, stayOf(plan));
      expect(plan.size).toEqual({ before: bytesOf(facts, facts.entries), after, bound: maxBytes });
      const isFree = plan.entries.some(({ reason }) => reason.kind === 'fits');
      if (after > maxBytes) expect(isFree).toBe(false);
    });
  });

  it('lets go what was needed longest ago, and no more than the bound asks for', () => {
    property((facts, { maxBytes, ...policy }, plan) => {
      if (maxBytes === undefined) return;
      const free = goneOf(
        planPrune(facts, { ...policy, olderThan: policy.olderThan ?? new Date(8e15), maxBytes: -1 }),
      );
      const needed = ({ hash }: ListedEntry) => {
        const users = free.filter((other) => below(facts, other.hash).has(hash));
        const times = users.map(({ modified, hash: each }) => [modified, policy.used.get(each)]);
        return Math.max(...times.flat().map((time) => time?.getTime() ?? 0));
      };
      const gone = goneOf(plan);
      const fits = plan.entries.filter(({ reason }) => reason.kind === 'fits').map(({ entry }) => entry);
      for (const each of gone)
        for (const other of fits) expect(needed(each)).toBeLessThanOrEqual(needed(other));
      if (bytesOf(facts, facts.entries) <= maxBytes) expect(gone).toEqual([]);
    });
  });

  it('is the same for the same facts in any order', () => {
    fc.assert(
      fc.property(cache, policies, fc.infiniteStream(fc.nat()), (drawn, policy, order) => {
        const facts = factsOf(drawn);
        const shuffled = <T>(items: Iterable<T>) =>
          [...items]
            .map((item) => ({ item, at: order.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item);
        const other = { ...facts, entries: shuffled(facts.entries), nodes: new Map(shuffled(facts.nodes)) };
        const names = ({ entries }: PrunePlan) => entries.map(({ entry, goes }) => [entry.key, goes]);
        expect(names(planPrune(other, policy))).toEqual(names(planPrune(facts, policy)));
      }),
      { numRuns: runs(1000) },
    );
  });

  it('lets nothing go without a rule about entries: a pin is none', () => {
    property((facts, { pins, grace }) => {
      const policy = { ...NONE, pins, grace };
      expect(hasEntryRules(policy)).toBe(false);
      expect(goneOf(planPrune(facts, policy))).toEqual([]);
    });
  });

  it('needs to know no more than what stays by itself', () => {
    property((facts, policy, plan) => {
      if (policy.maxBytes !== undefined) return;
      const stays = staysBefore(facts.entries, policy);
      const known = new Set([...stays].flatMap((hash) => [...below(facts, hash)]));
      const nodes = new Map([...facts.nodes].filter(([hash]) => known.has(hash)));
      expect(goneOf(planPrune({ ...facts, nodes }, policy))).toEqual(goneOf(plan));
    });
  });
});

describe('planPrune', () => {
  const alone = { below: [], builtAs: undefined, hasEntry: true, blobs: [] };
  const kinds = ({ entries }: PrunePlan) => entries.map(({ reason }) => reason.kind);

  it('says of each entry why it goes or stays', () => {
    const uses = [{ on: 0, types: ['link' as const] }];
    const facts = factsOf([
      { ...alone, days: 30 },
      { ...alone, days: 30, below: uses },
      { ...alone, days: 30 },
      { ...alone, days: 0 },
      { ...alone, days: 5 },
      { ...alone, days: undefined },
    ]);
    const lists = [{ by: 'list', hashes: new Set([hashOf(1)]) }];
    const policy = { ...NONE, lists, olderThan: ago(7) };
    const plan = planPrune(facts, policy);
    expect(kinds(plan)).toEqual(['needed', 'named', 'unnamed', 'recent', 'recent', 'undated']);
    expect(plan.entries[0]?.reason).toEqual({ kind: 'needed', by: hashOf(1) });
    expect(plan.entries[1]?.reason).toEqual({ kind: 'named', by: 'list' });
    expect(kinds(planPrune(facts, { ...policy, olderThan: undefined }))).toEqual([
      ...['needed', 'named', 'unnamed', 'young', 'unnamed', 'unnamed'],
    ]);
  });

  it('counts a blob that two entries name once, and frees it with the last of them', () => {
    const facts = factsOf([
      { ...alone, days: 9, blobs: [3] },
      { ...alone, days: 8, blobs: [3] },
      { ...alone, days: 7, blobs: [] },
    ]);
    // 10 + 11 + 12 of their own, and 21 for two of them.
    expect(planPrune(facts, { ...NONE, maxBytes: 54 }).size).toEqual({ before: 54, after: 54, bound: 54 });
    expect(planPrune(facts, { ...NONE, maxBytes: 44 }).size).toMatchObject({ after: 44 });
    expect(planPrune(facts, { ...NONE, maxBytes: 43 }).size).toMatchObject({ after: 12 });
  });

  it('takes what a young spec needs for needed, also through specs that have no entry', () => {
    const facts = factsOf([
      { ...alone, days: 90 },
      { ...alone, days: 90, hasEntry: false, below: [{ on: 0, types: ['run'] }] },
      { ...alone, days: 50 },
      { ...alone, days: 40, below: [{ on: 1, types: ['link'] }] },
    ]);
    const plan = planPrune(facts, { ...NONE, maxBytes: 30 });
    expect(goneOf(plan).map(({ hash }) => hash)).toEqual([hashOf(2)]);
    expect(plan.entries[1]?.reason).toEqual({ kind: 'over-bound', needed: ago(50) });
  });

  it('goes by stamps: what was needed since stays, with what it needs, or goes last', () => {
    const facts = factsOf([
      { ...alone, days: 90 },
      { ...alone, days: 90, below: [{ on: 0, types: ['link'] }] },
      { ...alone, days: 60 },
    ]);
    const used = new Map([[hashOf(1), ago(3)]]);
    expect(kinds(planPrune(facts, { ...NONE, olderThan: ago(30), used }))).toEqual(['needed', 'used', 'old']);
    const plan = planPrune(facts, { ...NONE, maxBytes: 30, used });
    expect(goneOf(plan).map(({ hash }) => hash)).toEqual([hashOf(2)]);
    // A stamp says nothing against a list.
    const lists = [{ by: 'list', hashes: new Set([hashOf(2)]) }];
    expect(kinds(planPrune(facts, { ...NONE, lists, used }))).toEqual(['unnamed', 'unnamed', 'named']);
  });

  it('names no rule as what keeps an entry where there is room for all', () => {
    const facts = factsOf([
      { ...alone, days: 0 },
      { ...alone, days: 9 },
    ]);
    expect(kinds(planPrune(facts, { ...NONE, maxBytes: 100 }))).toEqual(['fits', 'fits']);
    expect(kinds(planPrune(facts, { ...NONE, maxBytes: 20 }))).toEqual(['young', 'over-bound']);
  });

  it('counts what is spared after all', () => {
    const facts = factsOf([
      { ...alone, days: 9 },
      { ...alone, days: 8 },
    ]);
    const plan = spare(planPrune(facts, { ...NONE, maxBytes: 0 }), new Set([hashOf(1)]));
    expect(goneOf(plan).map(({ hash }) => hash)).toEqual([hashOf(0)]);
    expect(plan.size).toEqual({ before: 21, after: 11, bound: 0 });
  });

  it('takes a time in the future for young, whatever the grace', () => {
    const facts = factsOf([
      { ...alone, days: -400 },
      { ...alone, days: 2 },
    ]);
    expect(kinds(planPrune(facts, { ...NONE, maxBytes: 0, grace: ago(0) }))).toEqual(['young', 'over-bound']);
  });
});
