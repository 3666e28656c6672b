/** Finds out what there is to install, and where, before anything is downloaded or written. */
import { stat } from 'node:fs/promises';
import { BuildcacheError } from '../core/errors.ts';
import type { InstallOutcome } from '../plan/install-result.ts';
import { localSourceWarning } from '../report/local-source.ts';
import { countSpecs, requireAffordable } from '../spec/constraint/asked-of-all.ts';
import type { InstallRecord } from '../spec/database.ts';
import { ofTypes, postOrder, recordOrder, type SpecGraph } from '../spec/graph.ts';
import type { HostArchitecture } from '../spec/host-architecture.ts';
import { ofLocalSource } from '../spec/local-source.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import { runnableOn } from '../spec/target.ts';
import type { Installed } from '../tree/database-write.ts';
import { withoutFalseRecords } from '../tree/false-record.ts';
import type { InstallSettings } from '../tree/install-settings.ts';
import { readTreeIfThere } from '../tree/install-snapshot.ts';
import { emptyTree, type InstallTree } from '../tree/install-tree.ts';
import { prefixOverlap } from '../tree/prefix-overlap.ts';
import { installPrefix } from '../tree/projection.ts';

export interface InstallPlanOptions {
  /** Holds the roots and all below them, by edges of any type. */
  readonly graph: Pick<SpecGraph, 'nodes'>;
  /** Hashes of the specs that were asked for. They are marked as explicit. */
  readonly roots: readonly string[];
  /** Hashes of roots that are not marked as explicit, since only a group with `explicit: false` has them. */
  readonly implicit?: ReadonlySet<string> | undefined;
  readonly settings: InstallSettings;
  /** The host that the specs must run on; undefined to install for any architecture. */
  readonly host: HostArchitecture | undefined;
  /** Whether to install also what the roots need at run time. */
  readonly dependencies: boolean;
  /** Whether to install again what is installed. */
  readonly force: boolean;
}

export interface InstallPlan {
  /** The settings, with the root as the tree's database spells it, if there is a database. */
  readonly settings: InstallSettings;
  /** All specs that will be installed in the end, dependencies before dependents. */
  readonly specs: readonly SpecNode[];
  /** The specs that are not installed yet, in the same order. */
  readonly missing: readonly SpecNode[];
  /** The outcomes of the other specs, which need no installing. */
  readonly there: ReadonlyMap<SpecNode, InstallOutcome>;
  /** Roots that are installed and have to be marked as explicit, or are external and have to be registered. */
  readonly marks: readonly Installed[];
  /** The hash of the spec in favour of which this one was deprecated. Its prefix is now a link to that spec's prefix. */
  readonly replacementOf: (hash: string) => string | undefined;
  /** The absolute prefix of any spec of the graph that is not external. */
  readonly prefixOf: (hash: string) => string;
  /** Whether a spec is installed in an upstream, and so has no record here. */
  readonly isUpstream: (hash: string) => boolean;
  readonly notes: readonly string[];
  /**
   * Looks at the prefixes of all that will be registered, which is also what is only needed for building.
   * @returns a function that gives, for a spec and its prefix, the hash of another spec that is or will be at that prefix
   *   or below it
   * @throws BuildcacheError as a projection that cannot be used
   */
  checkPrefixes(): (hash: string, prefix: string) => string | undefined;
}

/**
 * @throws BuildcacheError `unsupported` for specs that this machine cannot run; `bad-input` for a projection or database
 *   that cannot be read; `too-large` for more projections than can be asked of so many specs; `conflict` as
 *   `isFalseRecord`
 */
export async function planInstall(options: InstallPlanOptions): Promise<InstallPlan> {
  const { graph, roots, host, dependencies, force } = options;
  const specs = dependencies
    ? postOrder(graph, roots, ofTypes('link', 'run'))
    : roots.flatMap((hash) => graph.nodes.get(hash) ?? []);
  const found = (await readTreeIfThere(options.settings)) ?? (await emptyTree(options.settings));
  const tree = withoutFalseRecords(found, specs);
  const { root, unpaddedRoot } = tree;
  const settings = { ...options.settings, root, unpaddedRoot };
  const projected = countSpecs(settings.projections.flatMap(({ when }) => when ?? []));
  requireAffordable(projected, graph.nodes.size, 'projections of config:install_tree');
  const notes = [...settings.notes, ...tree.notes, ...checkArchitecture(specs, host)];
  const missing: SpecNode[] = [];
  const isMissing = new Set<string>(); // also specs of upstreams whose files are gone
  const isUpstream = (hash: string) =>
    !tree.records.has(hash) && tree.recordOf(hash)?.installed === true && !isMissing.has(hash);
  const prefixOf = prefixes(graph, settings, tree, isUpstream);
  const there = new Map<SpecNode, InstallOutcome>();
  for (const spec of specs) {
    const outcome = await whatIsThere(spec, tree, force);
    if (outcome === undefined) {
      missing.push(spec);
      isMissing.add(spec.hash);
    } else {
      there.set(spec, outcome);
    }
  }
  const kept = force ? [...there.keys()].filter(({ hash }) => isUpstream(hash)) : [];
  for (const spec of kept) notes.push(`${nameOf(spec)} is installed in an upstream, and not again`);
  const local = localSourceWarning(ofLocalSource(missing, graph), 'taken');
  if (local !== undefined) notes.push(local);
  return {
    settings,
    specs,
    missing,
    there,
    marks: rootsToMark(
      roots.filter((hash) => !isUpstream(hash)),
      options.implicit,
      tree,
      there,
    ),
    replacementOf: (hash) => tree.records.get(hash)?.deprecatedFor,
    prefixOf,
    isUpstream,
    notes,
    checkPrefixes: () => checkPrefixes(missing, graph, tree, prefixOf),
  };
}

/** What to register for an installed spec: whether it is explicit, and when it was installed. */
export function markOf(hash: string, record: InstallRecord | undefined, explicit = true): Installed {
  const time = record?.installationTime;
  return { hash, explicit, ...(time === undefined ? {} : { time }) };
}

export function nameOf(spec: SpecNode): string {
  return `${spec.name}@${spec.version}/${shortHash(spec)}`;
}

/**
 * Refuses specs that this machine cannot run. Specs for another operating system are only a note: mostly they run, but
 * not always.
 */
function checkArchitecture(specs: readonly SpecNode[], host: HostArchitecture | undefined): string[] {
  if (host === undefined) return [];
  const own = specs.filter(({ external }) => external === undefined);
  const wrong = own.find(
    ({ platform, target }) => platform !== host.platform || !runnableOn(host.target, target),
  );
  if (wrong !== undefined) {
    throw new BuildcacheError('unsupported', `${nameOf(wrong)} does not run on this machine`, {
      expected: `${host.platform}-${host.os ?? 'any'}-${host.target}`,
      found: `${wrong.platform}-${wrong.os}-${wrong.target}`,
      hint: 'install it all the same with --otherarch (in the action: otherarch: true)',
    });
  }
  const [foreign] = own.filter(({ os }) => host.os !== undefined && os !== host.os);
  return foreign === undefined ? [] : [`${nameOf(foreign)} was built on ${foreign.os}; this is ${host.os}`];
}

/** The prefix that the database has for a spec; else the one that the projections give. */
function prefixes(
  graph: Pick<SpecGraph, 'nodes'>,
  settings: InstallSettings,
  tree: InstallTree,
  isUpstream: InstallPlan['isUpstream'],
): (hash: string) => string {
  const known = new Map<string, string>();
  return (hash) => {
    let prefix = known.get(hash);
    if (prefix !== undefined) return prefix;
    const record = isUpstream(hash) ? tree.recordOf(hash) : tree.records.get(hash);
    const node = graph.nodes.get(hash);
    prefix = record?.installed === true ? record.path : undefined;
    if (prefix === undefined && node !== undefined) prefix = installPrefix(node, graph, settings);
    if (prefix === undefined) throw new BuildcacheError('internal', `no prefix for /${hash}`);
    known.set(hash, prefix);
    return prefix;
  };
}

function checkPrefixes(
  missing: readonly SpecNode[],
  graph: Pick<SpecGraph, 'nodes'>,
  tree: InstallTree,
  prefixOf: (hash: string) => string,
): ReturnType<typeof prefixOverlap> {
  const hashes = missing.map(({ hash }) => hash);
  for (const { hash, external } of recordOrder(graph, hashes)) {
    if (external === undefined && !tree.records.has(hash)) prefixOf(hash);
  }
  const installed = [...tree.records].flatMap(([hash, record]) =>
    record.installed && record.node.external === undefined && record.path !== undefined
      ? [[hash, record.path] as const]
      : [],
  );
  return prefixOverlap([...installed, ...hashes.map((hash) => [hash, prefixOf(hash)] as const)]);
}

/** @returns undefined for a spec that has to be installed */
async function whatIsThere(
  spec: SpecNode,
  tree: InstallTree,
  force: boolean,
): Promise<InstallOutcome | undefined> {
  if (spec.external !== undefined) {
    const { path } = spec.external;
    return { kind: 'external', missing: path !== undefined && !(await isDirectory(path)) };
  }
  const record = tree.recordOf(spec.hash);
  const isOurs = tree.records.has(spec.hash);
  // The prefix may have been removed without a change of the database.
  const isKept = !(force && isOurs) && record?.installed === true && (await isDirectory(record.path ?? ''));
  return isKept ? { kind: 'present' } : undefined;
}

/** Installed roots get the mark "explicit" in the database; external roots are registered. */
function rootsToMark(
  roots: readonly string[],
  implicit: ReadonlySet<string> | undefined,
  tree: InstallTree,
  there: ReadonlyMap<SpecNode, InstallOutcome>,
): Installed[] {
  const isThere = new Set([...there.keys()].map(({ hash }) => hash));
  return roots.flatMap((hash): Installed[] => {
    const record = tree.records.get(hash);
    if (record?.explicit === true || !isThere.has(hash)) return [];
    const explicit = implicit?.has(hash) !== true;
    return explicit || record === undefined ? [markOf(hash, record, explicit)] : [];
  });
}

async function isDirectory(path: string): Promise<boolean> {
  return await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
