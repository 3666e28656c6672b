/**
 * `prune`: takes out of a mirror what nothing needs, while others use it. What goes is planned first (prune-plan.ts),
 * and shown; then entries go (remove-entries.ts), then blobs that nothing names (prune-blobs.ts says why that is safe).
 */
import type { ListedEntry } from '../cache/entries.ts';
import type { PrunedBlobs } from '../cache/layouts/prune-blobs.ts';
import type { Replaced } from '../cache/oci/replaced.ts';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import { removeEntries } from '../cache/writing/remove-entries.ts';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError, describeError, errorCode } from '../core/errors.ts';
import {
  hasEntryRules,
  type Keep,
  nothingGoes,
  type PrunePlan,
  type PrunePolicy,
  planPrune,
  spare,
  staysBefore,
} from '../plan/prune-plan.ts';
import { knownSpecs, type NamedSpec, namedEntries, neededSince, readEntries } from './prune-evidence.ts';
import { pruneUnnamed } from './prune-unnamed.ts';

export interface PruneOptions {
  readonly cache: CacheWriter;
  /** What keep-lists and lockfiles name; where there are any, or roots, only what none of them names goes. */
  readonly lists: readonly Keep[];
  /** As lists, by their specs. */
  readonly roots: readonly NamedSpec[];
  /** These stay, and say nothing of others. */
  readonly pins: readonly NamedSpec[];
  /** Milliseconds: only entries of this age go. */
  readonly olderThanMs: number | undefined;
  /** Bytes: only what is above goes. */
  readonly maxBytes: number | undefined;
  /** Milliseconds: nothing younger goes, entry or blob. */
  readonly graceMs: number;
  /** That all entries go may be meant. */
  readonly mayRemoveAll: boolean;
  readonly dryRun: boolean;
  readonly jobs: number;
  /** Told of what is to go before anything does. */
  readonly onPlan?: ((plan: PrunePlan) => void) | undefined;
  readonly signal: AbortSignal;
}

export interface PruneResult {
  readonly url: string;
  readonly dryRun: boolean;
  readonly plan: PrunePlan;
  /** Removed, or that would be. */
  readonly removed: readonly ListedEntry[];
  /** Undefined where whoever keeps the blobs collects them himself. */
  readonly blobs: PrunedBlobs | undefined;
  /** Undefined where the server keeps nothing that no name leads to, or does not list it. */
  readonly replaced: Replaced | undefined;
  /** How many unfinished files of killed writers there were. */
  readonly leftovers: number;
  /** How many stamps say nothing any more, and were removed. */
  readonly oldStamps: number;
  /** What could not be done, and what was left because it was written again meanwhile. */
  readonly problems: readonly string[];
}

/**
 * @throws BuildcacheError `usage` when all would go, which few mean, and for what is to be kept and is not there;
 *   `not-found` where there is no build cache; `unsupported` where entries cannot be listed; else as the storage does
 */
export async function prune(options: PruneOptions): Promise<PruneResult> {
  const { cache, graceMs, dryRun, jobs, signal, onPlan } = options;
  const { reader } = cache;
  const problems: string[] = [];
  const started = new Date();
  const entries = await listEntries(cache, signal);
  requireClock(cache);
  if (entries.length === 0) await requireCache(cache, signal);
  const used = await stampedIn(entries, options, problems);
  const planned = await makePlan(entries, used, options, problems);
  requireSome(goingIn(planned), entries, options);
  onPlan?.(planned);
  const plan = dryRun
    ? planned
    : await lookAgain({ plan: planned, entries, used, started }, options, problems);
  const condemned = goingIn(plan);
  const removed = dryRun ? condemned : await removeEntries(cache, condemned, problems, { jobs, signal });
  const without = new Set(removed.map(({ key }) => key));
  const blobs = await pruneUnnamed(entries, { graceMs, jobs, dryRun, without, signal }, options);
  if (blobs?.unclear !== undefined) {
    problems.push(`no blob is removed, since it is not known which are needed: ${blobs.unclear}`);
  }
  const replaced = await removeReplaced(options, problems);
  const leftovers = dryRun ? 0 : await cache.sweep(signal);
  const oldStamps = dryRun ? 0 : await removeOldStamps(options, problems);
  return {
    url: reader.storage.url,
    dryRun,
    plan,
    removed: removed.sort((a, b) => (a.key < b.key ? -1 : 1)),
    blobs,
    replaced,
    leftovers,
    oldStamps,
    problems,
  };
}

/** Not after something has failed. What was removed before is to be told also where this fails. */
async function removeReplaced(
  { cache, graceMs, dryRun, signal }: PruneOptions,
  problems: string[],
): Promise<Replaced | undefined> {
  if (problems.length > 0) return undefined;
  const onProblem = (text: string) => void problems.push(text);
  try {
    return await cache.removeReplaced?.({ graceMs, dryRun, onProblem, signal });
  } catch (error) {
    throwIfCancelled(signal);
    onProblem(`what no tag leads to any more is left: ${describeError(error)}`);
    return undefined;
  }
}

async function removeOldStamps({ cache, signal }: PruneOptions, problems: string[]): Promise<number> {
  try {
    return (await cache.stamps?.removeOld(signal)) ?? 0;
  } catch (error) {
    throwIfCancelled(signal);
    problems.push(`old use stamps are left: ${describeError(error)}`);
    return 0;
  }
}

/** Or would be, on a dry run. */
export function isSomethingRemoved({ removed, blobs, replaced }: PruneResult): boolean {
  return removed.length + (blobs?.removed.count ?? 0) + (replaced?.removed ?? 0) > 0;
}

async function listEntries(cache: CacheWriter, signal: AbortSignal): Promise<ListedEntry[]> {
  const list = cache.listToRemove ?? cache.reader.list;
  if (list === undefined) {
    throw new BuildcacheError('unsupported', 'what the mirror holds cannot be listed', {
      url: cache.reader.storage.url,
    });
  }
  const entries: ListedEntry[] = [];
  for await (const entry of list(signal)) entries.push(entry);
  return entries;
}

/**
 * A job that prunes an empty place would be green for ever, and most likely the URL is wrong. A registry says itself that
 * a repository is not there.
 */
async function requireCache({ reader, index }: CacheWriter, signal: AbortSignal): Promise<void> {
  if (reader.saysAbsent === true || (await reader.isMarked(signal))) return;
  if ((await index.read(signal)).exists) return;
  // A mirror that is being copied here: its blobs are looked at, and stay.
  if (reader.listBlobs !== undefined) for await (const _ of reader.listBlobs(signal)) return;
  throw new BuildcacheError('not-found', 'there is no build cache', {
    url: reader.storage.url,
    hint: 'check the URL, which ends above v3/',
  });
}

/**
 * A plan of which nothing goes that something else holds. What is held stays with all it needs, and then others may go to
 * come under a bound. So plans are made until all that goes was looked at.
 * @param problems gets why nothing goes, where something cannot be told
 */
async function makePlan(
  entries: readonly ListedEntry[],
  used: Used | undefined,
  options: PruneOptions,
  problems: string[],
): Promise<PrunePlan> {
  const { cache, signal } = options;
  if (used === undefined) return nothingGoes(entries, 'unclear');
  const held: Keep[] = [];
  const looked = new Set<string>();
  for (;;) {
    const plan = await planWith({ ...policyOf(options), used, pins: held }, entries, options, problems);
    const candidates = goingIn(plan).filter(({ key }) => !looked.has(key));
    if (candidates.length === 0 || cache.heldBy === undefined) return plan;
    for (const { key } of candidates) looked.add(key);
    const found = await cache.heldBy(candidates, signal);
    if (found.size === 0) return plan;
    for (const { key, hash } of candidates) {
      const by = found.get(key);
      if (by !== undefined) held.push({ by, hashes: new Set([hash]) });
    }
  }
}

/** @param named what is known to be named; what roots and pins name is found here */
async function planWith(
  named: PrunePolicy,
  entries: readonly ListedEntry[],
  options: PruneOptions,
  problems: string[],
): Promise<PrunePlan> {
  const { cache, roots, pins, jobs, signal } = options;
  const { url } = cache.reader.storage;
  const hasRules = roots.length > 0 || hasEntryRules(named);
  if (!hasRules || entries.length === 0) return nothingGoes(entries, 'fits');
  const evidence = { jobs, signal, onProblem: (text: string) => problems.push(text) };
  const unclear = () => nothingGoes(entries, 'unclear');

  // By their specs alone it is known what is named, and with a bound anything may stay.
  const needsAll = roots.length + pins.length > 0 || named.maxBytes !== undefined;
  const kept = staysBefore(entries, named);
  requireMatch(entries, named, url);
  const nodes = await knownSpecs(cache, (hash) => needsAll || kept.has(hash), evidence);
  if (nodes === undefined) return unclear();
  const find = (specs: readonly NamedSpec[]) =>
    Promise.all(specs.map((spec) => namedEntries(spec, entries, nodes, url)));
  const policy = {
    ...named,
    lists: [...named.lists, ...(await find(roots))],
    pins: [...named.pins, ...(await find(pins))],
  };

  const isBounded = policy.maxBytes !== undefined;
  const nothingRead = { blobs: new Map(), dated: entries };
  const all = isBounded ? await readEntries(cache, entries, { all: true }, evidence) : nothingRead;
  if (all === undefined) return unclear();
  const plan = planPrune({ entries: all.dated, nodes, blobs: all.blobs }, policy);
  if (isBounded) return plan;
  const going = plan.entries.filter(({ goes }) => goes).map(({ entry }) => entry);
  const read = await readEntries(cache, going, { all: false }, evidence);
  if (read === undefined) return unclear();
  return planPrune({ entries, nodes, blobs: read.blobs }, policy);
}

/** When specs were needed last, by hash. */
type Used = ReadonlyMap<string, Date>;

/**
 * When the specs of entries were needed, where a rule asks.
 * @param since of which time that is asked; undefined: ever
 * @returns undefined where a stamp cannot be read
 */
async function stampedIn(
  entries: readonly ListedEntry[],
  { cache, olderThanMs, maxBytes, signal }: PruneOptions,
  problems: string[],
  since?: Date,
): Promise<Used | undefined> {
  const isRule = olderThanMs !== undefined || maxBytes !== undefined;
  if (!isRule || cache.stamps === undefined) return new Map();
  const hashes = new Set(entries.map(({ hash }) => hash));
  const isAsked = (hash: string) => hashes.has(hash);
  try {
    return await cache.stamps.read({ isAsked, ...(since && { since }) }, signal);
  } catch (error) {
    if (!['bad-input', 'unsupported', 'too-large', 'corrupt'].includes(errorCode(error))) throw error;
    problems.push(`no entry is removed, since it is not known what was needed: ${describeError(error)}`);
    return undefined;
  }
}

function policyOf({ lists, olderThanMs, maxBytes, graceMs }: PruneOptions): Omit<PrunePolicy, 'used'> {
  const now = Date.now();
  const olderThan = olderThanMs === undefined ? undefined : new Date(now - olderThanMs);
  return { lists, pins: [], olderThan, maxBytes, grace: new Date(now - graceMs) };
}

function goingIn(plan: PrunePlan): ListedEntry[] {
  return plan.entries.filter(({ goes }) => goes).map(({ entry }) => entry);
}

interface Planned {
  readonly plan: PrunePlan;
  readonly entries: readonly ListedEntry[];
  /** What stamps said. */
  readonly used: Used | undefined;
  readonly started: Date;
}

/**
 * Making a plan may take minutes, in which others push, and note what they need. What is left is the time that removing
 * takes: who has found an entry before it went, and names what needs it after this, has to push once more.
 */
async function lookAgain(
  { plan, entries, used, started }: Planned,
  options: PruneOptions,
  problems: string[],
): Promise<PrunePlan> {
  const { cache, jobs, signal } = options;
  const going = goingIn(plan);
  if (going.length === 0) return plan;
  // The mirror's clock may be another one.
  const stamped = await stampedIn(going, options, problems, new Date(started.getTime() - DAY_MS));
  if (stamped === undefined) return nothingGoes(entries, 'unclear');
  const isStamped = ({ hash }: ListedEntry) => dayOf(stamped.get(hash)) > dayOf(used?.get(hash));
  const now = await listEntries(cache, signal);
  const found = (await cache.heldBy?.(going, signal)) ?? new Map<string, string>();
  const held = new Set([...found.keys(), ...going.filter(isStamped).map(({ key }) => key)]);
  const evidence = { jobs, signal, onProblem: (text: string) => problems.push(text) };
  const needed = await neededSince(cache, { before: entries, now, held }, evidence);
  return needed === undefined ? nothingGoes(entries, 'unclear') : spare(plan, needed);
}

const DAY_MS = 24 * 3_600_000;

/** All that was needed on one day was known when one stamp of it was. */
function dayOf(time: Date | undefined): number {
  return time === undefined ? Number.NEGATIVE_INFINITY : Math.floor(time.getTime() / DAY_MS);
}

/** Half of the least grace. An answer says its time in seconds. */
const AHEAD_MOST_MS = 30 * 60_000;

/** Ages are those of this machine's clock. If it is ahead, what is new would be old enough to go. */
function requireClock({ reader }: CacheWriter): void {
  const ahead = reader.storage.clockAheadMs?.() ?? 0;
  if (ahead <= AHEAD_MOST_MS) return;
  throw new BuildcacheError('usage', 'the clock of this machine is ahead of the server', {
    url: reader.storage.url,
    expected: 'at most half an hour',
    found: `${Math.round(ahead / 60_000)} minutes`,
    hint: 'set the clock: what was pushed just now would seem old',
  });
}

/** A wrong lockfile or keep-list matches nothing, and must not cost the mirror. */
function requireMatch(entries: readonly ListedEntry[], { lists }: PrunePolicy, url: string): void {
  if (lists.length === 0 || entries.length === 0) return;
  if (entries.some(({ hash }) => lists.some(({ hashes }) => hashes.has(hash)))) return;
  throw new BuildcacheError('usage', 'none of what is to be kept is in the mirror', {
    url,
    expected: 'lockfiles or keep-lists of what the mirror holds',
  });
}

/** A mirror that nobody has pushed to for that long is not one that nobody needs. */
function requireSome(
  condemned: readonly ListedEntry[],
  entries: readonly ListedEntry[],
  { cache, mayRemoveAll }: PruneOptions,
): void {
  if (mayRemoveAll || condemned.length === 0 || condemned.length < entries.length) return;
  throw new BuildcacheError('usage', `all ${entries.length} entries would be removed`, {
    url: cache.reader.storage.url,
    hint: 'say what to keep, or --remove-all (in a workflow remove-all: true) if that is meant',
  });
}
