/** What there is to install, and where: found out before anything is downloaded or written. */
import { stat } from 'node:fs/promises';
import { BuildcacheError } from '../core/errors.ts';
import type { InstallOutcome } from '../plan/install-result.ts';
import type { InstallRecord } from '../spec/database.ts';
import { ofTypes, postOrder, recordOrder, type SpecGraph } from '../spec/graph.ts';
import type { HostArchitecture } from '../spec/host-architecture.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import { runnableOn } from '../spec/target.ts';
import type { Installed } from '../tree/database-write.ts';
import type { InstallSettings } from '../tree/install-settings.ts';
import { readTreeIfThere } from '../tree/install-snapshot.ts';
import { emptyTree, type InstallTree } from '../tree/install-tree.ts';
import { prefixOverlap } from '../tree/prefix-overlap.ts';
import { installPrefix } from '../tree/projection.ts';

export interface InstallPlanOptions {
  /** Holds the roots and all below them, by edges of any type. */
  readonly graph: Pick<SpecGraph, 'nodes'>;
  /** Hashes of what was asked for: marked as explicit. */
  readonly roots: readonly string[];
  /** Those of them that are not to be marked so, as nobody but their group asked for them. */
  readonly implicit?: ReadonlySet<string> | undefined;
  readonly settings: InstallSettings;
  /** What runs here; undefined: whatever it is built for. */
  readonly host: HostArchitecture | undefined;
  /** Also what the roots need at run time. */
  readonly dependencies: boolean;
  /** Install again what is there. */
  readonly force: boolean;
}

export interface InstallPlan {
  /** The root as the database of the tree has it, where there is one. */
  readonly settings: InstallSettings;
  /** All that is to be there, dependencies before dependents. */
  readonly specs: readonly SpecNode[];
  /** What is not there yet, in the same order. */
  readonly missing: readonly SpecNode[];
  /** What became of the others. */
  readonly there: ReadonlyMap<SpecNode, InstallOutcome>;
  /** Roots that are there and are not marked as explicit, or are external and not registered. */
  readonly marks: readonly Installed[];
  /** The spec that this one was deprecated in favour of, at whose prefix its own is a link now. */
  readonly replacementOf: (hash: string) => string | undefined;
  /** The absolute prefix of any spec of the graph that is not external. */
  readonly prefixOf: (hash: string) => string;
  /** Whether a spec is installed in an upstream, and so has no record here. */
  readonly isUpstream: (hash: string) => boolean;
  readonly notes: readonly string[];
  /**
   * Looks at the prefixes of all that will be registered, which is also what is only needed for building.
   * @returns for a spec and its prefix, the hash of another one that is or goes there or below
   * @throws BuildcacheError as a projection that cannot be used
   */
  checkPrefixes(): (hash: string, prefix: string) => string | undefined;
}

/**
 * @throws BuildcacheError `unsupported` for what this machine cannot run; `bad-input` for a projection or database that
 *   cannot be read
 */
export async function planInstall(options: InstallPlanOptions): Promise<InstallPlan> {
  const { graph, roots, host, dependencies, force } = options;
  const specs = dependencies
    ? postOrder(graph, roots, ofTypes('link', 'run'))
    : roots.flatMap((hash) => graph.nodes.get(hash) ?? []);
  const tree = (await readTreeIfThere(options.settings)) ?? (await emptyTree(options.settings));
  const { root, unpaddedRoot } = tree;
  const settings = { ...options.settings, root, unpaddedRoot };
  const notes = [...settings.notes, ...tree.notes, ...checkArchitecture(specs, host)];
  const missing: SpecNode[] = [];
  const isMissing = new Set<string>(); // from upstreams too, where its files are gone
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

/** The record of a spec that is there with its mark, and when it was installed. */
export function markOf(hash: string, record: InstallRecord | undefined, explicit = true): Installed {
  const time = record?.installationTime;
  return { hash, explicit, ...(time === undefined ? {} : { time }) };
}

export function nameOf(spec: SpecNode): string {
  return `${spec.name}@${spec.version}/${shortHash(spec)}`;
}

/** What this machine cannot run must not get in unnoticed; another operating system's mostly runs, but not always. */
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

/** As the database has it; else where the projections say. */
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

/** @returns undefined for what is to be installed */
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
  // Somebody may have removed it behind the database's back.
  const isKept = !(force && isOurs) && record?.installed === true && (await isDirectory(record.path ?? ''));
  return isKept ? { kind: 'present' } : undefined;
}

/** Roots that are there already are marked as explicit where they are, and those that are external are registered. */
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
