/** Finds what a sync has to do: copy the specs of an environment, or what a mirror holds. */

import type { EntryName, EntryReader } from '../cache/entries.ts';
import { askIndex } from '../cache/index/listing.ts';
import { indexNodes } from '../cache/index/nodes.ts';
import type { WantedEntry } from '../cache/writing/copy.ts';
import { BuildcacheError, errorCode } from '../core/errors.ts';
import { globMatcher } from '../core/glob.ts';
import { redactUrl } from '../core/redact.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import type { ListedSpec } from '../plan/listed-spec.ts';
import type { Reporter } from '../report/reporter.ts';
import type { Constraint } from '../spec/constraint/constraint.ts';
import { formatConstraint } from '../spec/constraint/format.ts';
import { compileConstraint } from '../spec/constraint/match.ts';
import { entrySpecs } from '../spec/entry-spec.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { differenceInEntry } from '../spec/same-nodes.ts';
import type { SpecFile } from '../spec/spec-file.ts';
import { list } from './list.ts';
import type { SyncSource } from './sync.ts';
import { knownNodes, type SyncContext, type SyncWork, withMirrors } from './sync-mirrors.ts';

/** Specs of an environment, from one mirror to another. @throws as `openMirror` and `openPushMirror` */
export async function environmentWork(
  from: Mirror,
  to: Mirror,
  graph: SpecGraph,
  specs: readonly SpecNode[],
  context: SyncContext,
): Promise<SyncWork> {
  return await withMirrors(context, async (mirrors) => {
    const source = await mirrors.source(from, graph);
    const spliced = specs.filter(({ buildSpec }) => buildSpec !== undefined);
    const own = await Promise.all(spliced.map((spec) => hasOwnEntry(spec, source, context.signal)));
    const wanted = new Set([...entrySpecs(graph, specs), ...spliced.filter((_, i) => own[i])]);
    const jobs = [...wanted].map((node) => {
      const difference = ({ nodes }: SpecFile) => differenceInEntry(node.hash, nodes, graph.nodes);
      return { source, wanted: { hash: node.hash, at: undefined, name: node, node, difference } };
    });
    return { tasks: [await mirrors.task(to, jobs, [], new Map(graph.nodes))], refused: [] };
  });
}

/**
 * Whether the mirror has an entry under a spliced spec's own hash. Spack makes one when it pushes such a spec. Nothing is
 * installed from it, but indices list it.
 */
async function hasOwnEntry(spec: SpecNode, { readers }: SyncSource, signal: AbortSignal): Promise<boolean> {
  for (const reader of readers) {
    try {
      if (await reader.has(spec, signal)) return true;
    } catch {
      signal.throwIfAborted(); // otherwise: what cannot be told is not asked for, as nothing needs it
    }
  }
  return false;
}

/** Selects entries of a mirror: those that match a constraint or a pattern of names; all if there are none of either. */
export interface ContentFilter {
  readonly constraints: readonly Constraint[];
  readonly names: readonly string[];
  /** Whether the mirror may lack all that matches one of them. */
  readonly mayLack: boolean;
}

/**
 * Work to copy what one mirror holds to another.
 * @throws BuildcacheError `not-found` where nothing matches a constraint or a pattern, unless that is allowed; where the
 *   mirror's contents are unknown; else as {@link environmentWork}
 */
export async function contentsWork(
  from: Mirror,
  to: Mirror,
  filter: ContentFilter,
  context: SyncContext,
  reporter: Reporter,
): Promise<SyncWork> {
  return await withMirrors(context, async (mirrors) => {
    const source = await mirrors.source(from, NO_GRAPH);
    const wanted = await findContents(from, source, filter, context, reporter);
    const { known, nodes } = await knownNodes(source, wanted, context);
    const jobs = known.map((each) => ({ source, wanted: each }));
    return { tasks: [await mirrors.task(to, jobs, [], nodes)], refused: [] };
  });
}

const NO_GRAPH: SpecGraph = { nodes: new Map(), roots: [] };

const UNMATCHED = 'check the spelling, or what the mirror holds with `buildcache list --allarch`';

/** Every entry of the mirror that matches, each hash once, the newest layout's first. */
async function findContents(
  mirror: Mirror,
  { readers }: SyncSource,
  filter: ContentFilter,
  context: SyncContext,
  reporter: Reporter,
): Promise<WantedEntry[]> {
  const isFiltered = filter.constraints.length > 0 || filter.names.length > 0;
  const entries = await listEntries(readers, context.signal);
  if (entries !== undefined && !isFiltered) return entries;
  const { specs, unmatched, failures, notes } = await list(
    { ...context, ...filter, mirrors: [mirror], host: undefined },
    reporter,
  );
  for (const { error } of failures) throw error;
  for (const note of notes) reporter.warn(note);
  for (const asked of unmatched) {
    const text = JSON.stringify(typeof asked === 'string' ? asked : formatConstraint(asked));
    const message = `no spec of the mirror matches ${text}`;
    if (!filter.mayLack)
      throw new BuildcacheError('not-found', message, { url: redactUrl(mirror.fetch.url), hint: UNMATCHED });
    // Where nothing matches at all, the result says that there was nothing to copy.
    if (specs.length > 0) reporter.warn(`${mirror.name}: ${message}`);
  }
  const isMeant = await meantTest(specs, filter);
  if (entries !== undefined) {
    return entries.flatMap((entry) => {
      const test = isMeant.get(entry.hash);
      return test === undefined ? [] : [{ ...entry, isMeant: test }];
    });
  }
  const [reader] = readers;
  const keyOf = reader?.naming.keyOfName;
  if (reader === undefined || keyOf === undefined) return [];
  const names = new Map<string, EntryName>();
  for (const { name, version, hash, buildSpec = hash } of specs) {
    for (const each of [buildSpec, hash]) names.set(each, { name, version, hash: each });
  }
  const older = await placesInOlder(readers, new Set(names.keys()), context);
  return [...names.values()].map((name) => {
    const at = older.get(name.hash) ?? { reader, key: keyOf(name) };
    return { hash: name.hash, at, name, node: undefined, isMeant: isMeant.get(name.hash) };
  });
}

/**
 * Where the entries are that only the index of an older layout lists. The name of such an entry has the spec's compiler
 * in it, which the index knows.
 */
async function placesInOlder(
  readers: readonly EntryReader[],
  hashes: ReadonlySet<string>,
  { index: settings, signal }: SyncContext,
): Promise<ReadonlyMap<string, NonNullable<WantedEntry['at']>>> {
  const places = new Map<string, NonNullable<WantedEntry['at']>>();
  let unlisted = hashes;
  for (const reader of readers) {
    const wanted = unlisted;
    const isNamedByCompiler = reader.naming.keyOfName === undefined;
    const found = await askIndex(reader, { ...settings, signal }, async (index) => ({
      listed: await index.listed(wanted),
      nodes: isNamedByCompiler ? await indexNodes(index, reader.storage.url, wanted) : undefined,
    })).catch(() => undefined); // an index that cannot be read has listed nothing
    signal.throwIfAborted();
    const { listed = new Set<string>(), nodes } = found?.answer ?? {};
    for (const hash of listed) {
      const node = nodes?.get(hash);
      if (nodes && node) places.set(hash, { reader, key: reader.naming.keyOf(node, nodes, true) });
    }
    unlisted = new Set([...wanted].filter((hash) => !listed.has(hash)));
  }
  return places;
}

/**
 * By hash, a test of whether the entry is what was asked for. An index is not signed and may claim anything about a hash.
 * The build specs of spliced specs are copied too. They need not match the constraint, but must be of the same package.
 */
async function meantTest(
  specs: readonly ListedSpec[],
  { constraints, names }: ContentFilter,
): Promise<ReadonlyMap<string, (document: SpecFile) => boolean>> {
  const isAsked = askedTest(constraints, names);
  const tests = new Map<string, (document: SpecFile) => boolean>();
  for (const { name, buildSpec } of specs) {
    if (buildSpec !== undefined) tests.set(buildSpec, ({ root }) => root.name === name);
  }
  for (const { hash, name, version } of specs) {
    const isListed = ({ root }: SpecFile) => root.name === name && root.version === version;
    tests.set(hash, (document) => isListed(document) && isAsked(document));
  }
  return tests;
}

function askedTest(
  constraints: readonly Constraint[],
  names: readonly string[],
): (document: SpecFile) => boolean {
  if (constraints.length + names.length === 0) return () => true;
  const matchers = names.map(globMatcher);
  const isNamed = (name: string) => matchers.some((matches) => matches(name));
  return ({ root, nodes }) =>
    isNamed(root.name) ||
    constraints.some((asked) => {
      // Only the specs that use a virtual package say which spec provides it.
      const isOfPackage = asked.name === undefined || asked.name === root.name;
      return !isOfPackage || compileConstraint({ nodes }, asked)(root);
    });
}

/** @returns undefined where the storage cannot list, or does not allow it */
async function listEntries(
  readers: readonly EntryReader[],
  signal: AbortSignal,
): Promise<WantedEntry[] | undefined> {
  const found = new Map<string, WantedEntry>();
  for (const reader of readers) {
    if (reader.list === undefined) return undefined;
    try {
      for await (const { key, hash } of reader.list(signal)) {
        const name = reader.naming.nameIn?.(key, hash);
        const before = found.get(hash);
        // A copy under a name that no entry has does not stand for the entry.
        const isBetter = before?.at?.reader === reader && before.name === undefined && name !== undefined;
        if (before === undefined || isBetter)
          found.set(hash, { hash, at: { reader, key }, name, node: undefined });
      }
    } catch (error) {
      if (errorCode(error) !== 'denied') throw error;
      return undefined;
    }
  }
  return [...found.values()];
}
