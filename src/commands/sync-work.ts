/** What a sync has to do: the specs of an environment, or what a mirror holds. */

import type { EntryName, EntryReader } from '../cache/entries.ts';
import type { WantedEntry } from '../cache/writing/copy.ts';
import { errorCode } from '../core/errors.ts';
import { globMatcher } from '../core/glob.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import type { ListedSpec } from '../plan/listed-spec.ts';
import type { Reporter } from '../report/reporter.ts';
import type { Constraint } from '../spec/constraint/constraint.ts';
import { compileConstraint } from '../spec/constraint/match.ts';
import { entrySpecs } from '../spec/entry-spec.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { differenceOf } from '../spec/same-nodes.ts';
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
      const difference = ({ nodes }: SpecFile) => differenceOf(node.hash, nodes, graph.nodes);
      return { source, wanted: { hash: node.hash, at: undefined, name: node, node, difference } };
    });
    return { tasks: [await mirrors.task(to, jobs, [], new Map(graph.nodes))], refused: [] };
  });
}

/** Spack makes an entry under a spliced spec's own hash, too, when it pushes one; nobody installs it, but it is listed. */
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

/** Which of a mirror's contents: those that match any of these, or of the patterns of names; all when there are none. */
export interface ContentFilter {
  readonly constraints: readonly Constraint[];
  readonly names: readonly string[];
}

/**
 * What a mirror holds, to another.
 * @throws BuildcacheError where it cannot be told what it holds; else as {@link environmentWork}
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
  const { specs, failures, notes } = await list(
    { ...context, ...filter, mirrors: [mirror], host: undefined },
    reporter,
  );
  for (const { error } of failures) throw error;
  for (const note of notes) reporter.warn(note);
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
  return [...names.values()].map((name) => {
    const at = { reader, key: keyOf(name) };
    return { hash: name.hash, at, name, node: undefined, isMeant: isMeant.get(name.hash) };
  });
}

/**
 * By hash, what an entry has to be: an index may be anybody's, and says of each hash what it likes. What spliced specs
 * are installed from comes along, whatever else was asked for: of the same package, as always.
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
      // Who provides a virtual package stands with those who use it.
      const isOfPackage = asked.name === undefined || asked.name === root.name;
      return !isOfPackage || compileConstraint({ nodes }, asked)(root);
    });
}

/** @returns undefined where the storage cannot enumerate, or does not let us */
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
        if (!found.has(hash)) found.set(hash, { hash, at: { reader, key }, name, node: undefined });
      }
    } catch (error) {
      if (errorCode(error) !== 'denied') throw error;
      return undefined;
    }
  }
  return [...found.values()];
}
