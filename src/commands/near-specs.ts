/** Finds the specs to compare with: those in mirrors, another lockfile and an install tree that may be the nearest. */
import type { NearSource } from '../cache/index/near-records.ts';
import { describeError } from '../core/errors.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { openMirror } from '../mirrors/open.ts';
import { align, rankCandidates } from '../plan/explain/align.ts';
import { type GrowingPool, makePool } from '../plan/explain/pool.ts';
import type { Reporter } from '../report/reporter.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { readInstallTree } from '../tree/install-tree.ts';
import { environmentAt, type Place } from './environment-at.ts';
import { askMirror, type MirrorSpecsOptions } from './mirror-specs.ts';

export interface NearOptions extends Omit<MirrorSpecsOptions, 'asked' | 'noVirtuals'>, Place {
  readonly mirrors: readonly Mirror[];
  /** Another environment, as `environmentAt` takes it. */
  readonly against: string | undefined;
  /** An install tree's root. */
  readonly store: string | undefined;
}

export interface Found {
  /** Notes for the user. */
  readonly notes: readonly string[];
  /** Whether a source could not be read, so that nearer specs may exist. */
  readonly incomplete: boolean;
}

/** Adds all specs of the other environment and of the install tree. @throws BuildcacheError where one cannot be read */
export async function addNamed(pool: GrowingPool, options: NearOptions): Promise<void> {
  const { against, store } = options;
  if (against !== undefined) {
    for (const node of (await environmentAt(against, options)).nodes.values()) pool.add(node, against);
  }
  if (store !== undefined) {
    for (const { node, installed } of (await readInstallTree(store)).records.values()) {
      pool.add(node, installed ? store : undefined);
    }
  }
}

/**
 * Adds specs of the mirrors that may be the nearest to these specs, and what is below them.
 * @param asked dependencies first
 */
export async function addMirrors(
  pool: GrowingPool,
  asked: readonly SpecNode[],
  wanted: SpecGraph['nodes'],
  options: NearOptions,
  reporter: Reporter,
): Promise<Found> {
  const names = new Set(asked.map(({ name }) => name));
  const about = {
    ...options,
    asked: [...names].map((name) => ({ name, hash: undefined })),
    noVirtuals: true,
  };
  const answers = await Promise.all(
    options.mirrors.map(async (mirror) => {
      const found: Near[] = [];
      try {
        const open = await openMirror(mirror, { nodes: wanted }, options.connection);
        try {
          const ask = (source: NearSource) => nearIn(source, asked, wanted, options.signal);
          const notes = await askMirror(open, ask, found, about, reporter);
          return { mirror, found, notes, failed: false };
        } finally {
          await open.close();
        }
      } catch (error) {
        options.signal.throwIfAborted();
        const notes = [`nothing of it could be compared: ${describeError(error)}`];
        return { mirror, found, notes, failed: true };
      }
    }),
  );
  for (const { mirror, found } of answers) {
    for (const { held, known } of found) {
      for (const node of held) pool.add(node, mirror.name);
      for (const node of known) pool.add(node, undefined);
    }
  }
  return {
    notes: answers.flatMap(({ mirror, notes }) => notes.map((note) => `${mirror.name}: ${note}`)),
    incomplete: answers.some(({ failed }) => failed),
  };
}

interface Near {
  readonly held: readonly SpecNode[];
  /** Only records, as far as is known. */
  readonly known: readonly SpecNode[];
}

/** The nearest specs in one source, and everything below them that aligning needs. */
async function nearIn(
  source: NearSource,
  asked: readonly SpecNode[],
  wanted: SpecGraph['nodes'],
  signal: AbortSignal,
): Promise<Near> {
  const pool = makePool();
  const held = await source.near(asked);
  for (const node of held) pool.add(node, 'it');
  const known: SpecNode[] = [];
  const tried = new Set<string>();
  const load = async (hashes: Iterable<string>): Promise<readonly SpecNode[]> => {
    signal.throwIfAborted();
    const fresh = [...hashes].filter((hash) => !tried.has(hash) && pool.get(hash) === undefined);
    for (const hash of fresh) tried.add(hash);
    const found = fresh.length === 0 ? [] : [...(await source.whole(fresh)).values()];
    for (const node of found) pool.add(node, undefined);
    for (const node of found) known.push(node);
    return found;
  };
  // A spec that only records of other specs name was in the mirror once, or is in another one.
  await load(asked.map(({ hash }) => hash));
  const changed = asked.filter(({ hash }) => pool.get(hash) === undefined);
  const candidates = rankCandidates(changed, wanted, pool);
  for (;;) {
    const { pairs, unknown } = align(changed, wanted, pool, candidates);
    const nearest = [...pairs.values()].map(({ near }) => near);
    let below = await load([...unknown, ...edgesOf(nearest, wanted)]);
    if (below.length === 0) return { held, known };
    while (below.length > 0) below = await load(edgesOf(below, wanted));
  }
}

/** The hashes that the edges of specs lead to, without those that are wanted and so are known already. */
function* edgesOf(nodes: readonly SpecNode[], wanted: SpecGraph['nodes']): Generator<string> {
  for (const { dependencies } of nodes)
    for (const { hash } of dependencies) if (!wanted.has(hash)) yield hash;
}
