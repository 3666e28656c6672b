/**
 * `install`: concrete specs and what they need at run time from mirrors into an install tree. Best effort: what fails
 * is said at the end with what needs it, and the rest is there and registered.
 */
import { lstat, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { DownloadCache } from '../cache/download-cache.ts';
import type { IndexStore } from '../cache/index-store.ts';
import { listWanted } from '../cache/listing.ts';
import { obtain } from '../cache/obtain.ts';
import { cancelled } from '../core/abort.ts';
import { BuildcacheError, describeError, errorCode, systemCode } from '../core/errors.ts';
import { mirrorId } from '../mirrors/mirror.ts';
import type { RelocationTools } from '../package/relocate-tools.ts';
import type { InstalledSpec, InstallOutcome, InstallResult } from '../plan/install-result.ts';
import type { Reporter } from '../report/reporter.ts';
import type { InstallRecord } from '../spec/database.ts';
import { ofTypes, postOrder, type SpecGraph } from '../spec/graph.ts';
import type { HostArchitecture } from '../spec/host-architecture.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import { runnableOn } from '../spec/target.ts';
import { type Locks, openLocks } from '../tree/database-lock.ts';
import { checkDatabase, type Installed } from '../tree/database-write.ts';
import { installPackage } from '../tree/install-package.ts';
import type { InstallSettings } from '../tree/install-settings.ts';
import { readTreeIfThere } from '../tree/install-snapshot.ts';
import type { InstallTree } from '../tree/install-tree.ts';
import { prefixOverlap } from '../tree/prefix-overlap.ts';
import { installPrefix } from '../tree/projection.ts';
import { openRegistrar, type Registrar } from './register-batches.ts';
import type { Source } from './sources.ts';

export interface InstallOptions {
  /** In the order in which they are asked, but those whose index lists a spec are asked for it first. */
  readonly sources: readonly Source[];
  readonly cache: DownloadCache;
  /** Where indices are kept. */
  readonly indexStore: IndexStore;
  readonly indexTtlMs: number;
  readonly maxIndexBytes?: number | undefined;
  /** Holds the roots and all below them, by edges of any type. */
  readonly graph: Pick<SpecGraph, 'nodes'>;
  /** Hashes of what was asked for: marked as explicit. */
  readonly roots: readonly string[];
  readonly settings: InstallSettings;
  /** What runs here; undefined: whatever it is built for. */
  readonly host: HostArchitecture | undefined;
  /** Also what the roots need at run time. */
  readonly dependencies: boolean;
  /** Install again what is there. */
  readonly force: boolean;
  /** The tarball of the one root must be this. */
  readonly sha256: string | undefined;
  /** Whether Spack's locks are taken. */
  readonly lock: boolean;
  readonly tools?: RelocationTools | undefined;
  readonly dryRun: boolean;
  /** Requests under way at once. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  /** Told of each outcome when it is known. */
  readonly onOutcome?: (spec: InstalledSpec) => void;
}

/**
 * Packages unpacked at once. Inflating and hashing take threads of the pool, writing takes this one: more than a few
 * only hold memory.
 */
const AT_ONCE = Math.max(2, Math.min(8, availableParallelism()));

/**
 * @returns what became of each spec; also when cancelled
 * @throws BuildcacheError `unsupported` for what this machine cannot run, and for a database of another version;
 *   `bad-input` for a projection or database that cannot be read; `denied`, `io` where the tree cannot be written
 */
export async function install(options: InstallOptions, reporter: Reporter): Promise<InstallResult> {
  const { graph, roots, settings, dryRun, signal } = options;
  const specs = options.dependencies
    ? postOrder(graph, roots, ofTypes('link', 'run'))
    : roots.flatMap((hash) => graph.nodes.get(hash) ?? []);
  const notes = [...settings.notes, ...checkArchitecture(specs, options.host)];
  const tree = await readTreeIfThere(settings.root);
  const prefixOf = prefixes(graph, settings, tree);
  const results = new Map<string, InstalledSpec>();
  const isRoot = new Set(roots);
  const settle = (spec: SpecNode, outcome: InstallOutcome) => {
    const prefix = spec.external === undefined ? prefixOf(spec.hash) : spec.external.path;
    const result = { spec, prefix, root: isRoot.has(spec.hash), outcome };
    results.set(spec.hash, result);
    options.onOutcome?.(result);
  };
  const missing: SpecNode[] = [];
  for (const spec of specs) {
    const outcome = await whatIsThere(spec, tree, options);
    if (outcome === undefined) missing.push(spec);
    else settle(spec, outcome);
  }
  if (dryRun) {
    for (const spec of missing) settle(spec, { kind: 'would-install' });
  } else {
    const marks = rootsToMark(options, tree, (hash) => results.has(hash));
    const overlap = checkPrefixes(missing, options, tree, prefixOf);
    if (missing.length + marks.length > 0)
      await installMissing(
        { ...options, prefixOf, overlap, missing, marks, settle, isRoot, notes },
        reporter,
      );
  }
  return {
    root: settings.root,
    specs: specs.flatMap(({ hash }) => results.get(hash) ?? []),
    notes,
    dryRun,
    cancelled: signal.aborted,
  };
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
      hint: 'install it all the same with --otherarch',
    });
  }
  const [foreign] = own.filter(({ os }) => host.os !== undefined && os !== host.os);
  return foreign === undefined ? [] : [`${nameOf(foreign)} was built on ${foreign.os}; this is ${host.os}`];
}

/** As the database has it; else where the projections say. */
function prefixes(
  graph: Pick<SpecGraph, 'nodes'>,
  settings: InstallSettings,
  tree: InstallTree | undefined,
): (hash: string) => string {
  const known = new Map<string, string>();
  return (hash) => {
    let prefix = known.get(hash);
    if (prefix !== undefined) return prefix;
    const record = tree?.records.get(hash);
    const node = graph.nodes.get(hash);
    prefix = record?.installed === true ? record.path : undefined;
    if (prefix === undefined && node !== undefined) prefix = installPrefix(node, graph, settings);
    if (prefix === undefined) throw new BuildcacheError('internal', `no prefix for /${hash}`);
    known.set(hash, prefix);
    return prefix;
  };
}

/**
 * Looks at the prefixes of all that will be registered, which is also what is only needed for building, before anything
 * is downloaded.
 * @returns for a spec and its prefix, the hash of another one that is or goes there or below
 */
function checkPrefixes(
  missing: readonly SpecNode[],
  { graph }: InstallOptions,
  tree: InstallTree | undefined,
  prefixOf: (hash: string) => string,
): Work['overlap'] {
  const hashes = missing.map(({ hash }) => hash);
  for (const { hash, external } of postOrder(graph, hashes)) {
    if (external === undefined && tree?.records.has(hash) !== true) prefixOf(hash);
  }
  const installed = [...(tree?.records ?? [])].flatMap(([hash, record]) =>
    record.installed && record.node.external === undefined && record.path !== undefined
      ? [[hash, record.path] as const]
      : [],
  );
  return prefixOverlap([...installed, ...hashes.map((hash) => [hash, prefixOf(hash)] as const)]);
}

/** @returns undefined for what is to be installed */
async function whatIsThere(
  spec: SpecNode,
  tree: InstallTree | undefined,
  { force }: InstallOptions,
): Promise<InstallOutcome | undefined> {
  if (spec.external !== undefined) {
    const { path } = spec.external;
    return { kind: 'external', missing: path !== undefined && !(await isDirectory(path)) };
  }
  const record = tree?.records.get(spec.hash);
  // Somebody may have removed it behind the database's back.
  const isKept = !force && record?.installed === true && (await isDirectory(record.path ?? ''));
  return isKept ? { kind: 'present' } : undefined;
}

/** Roots that are there already are marked as explicit, and those that are external are registered. */
function rootsToMark(
  { roots }: InstallOptions,
  tree: InstallTree | undefined,
  isSettled: (hash: string) => boolean,
): Installed[] {
  return roots.flatMap((hash): Installed[] => {
    const record = tree?.records.get(hash);
    if (record?.explicit === true || !isSettled(hash)) return [];
    return [markOf(hash, record)];
  });
}

function markOf(hash: string, record: InstallRecord | undefined): Installed {
  const time = record?.installationTime;
  return { hash, explicit: true, ...(time === undefined ? {} : { time }) };
}

interface Work extends InstallOptions {
  readonly prefixOf: (hash: string) => string;
  readonly overlap: ReturnType<typeof prefixOverlap>;
  /** Dependencies before dependents. */
  readonly missing: readonly SpecNode[];
  /** Roots that are there. */
  readonly marks: readonly Installed[];
  readonly settle: (spec: SpecNode, outcome: InstallOutcome) => void;
  readonly isRoot: ReadonlySet<string>;
  readonly notes: string[];
}

async function installMissing(work: Work, reporter: Reporter): Promise<void> {
  const { settings, graph, prefixOf, missing, marks, settle, signal, notes } = work;
  // Nothing is downloaded that could not be registered.
  await checkDatabase(settings.root);
  const onWait = (what: string, holder: string | undefined) =>
    reporter.warn(`waiting for the lock on ${what}${holder === undefined ? '' : `, held by ${holder}`}`);
  const locks = work.lock ? await openLocks(settings.root, { onWait }) : undefined;
  const stop = new AbortController();
  const progress = reporter.progress('Installing', missing.length);
  try {
    const asking = { ...work, signal: AbortSignal.any([signal, stop.signal]) };
    const order = missing.length === 0 ? () => work.sources : await sourcesBySpec(asking, notes);
    const registrar = openRegistrar(settings.root, { graph, prefixOf, locks }, (error) => stop.abort(error));
    for (const mark of marks) {
      const onDone = (error: unknown) => {
        const spec = graph.nodes.get(mark.hash);
        if (error !== undefined && spec !== undefined) settle(spec, failure(error));
      };
      registrar.add({ ...mark, lock: undefined, newPrefix: undefined, onDone });
    }
    await installAll({ ...asking, order, locks, registrar, onDone: () => progress.advance(1) });
    await registrar.finish();
  } finally {
    progress.done();
    await locks?.close();
  }
}

/** Of several mirrors, those whose index lists a spec are asked for it first. */
async function sourcesBySpec(work: Work, notes: string[]): Promise<(spec: SpecNode) => readonly Source[]> {
  const { sources, missing, indexStore: store, indexTtlMs: ttlMs, maxIndexBytes, signal } = work;
  if (sources.length < 2) return () => sources;
  const wanted = new Set(missing.map(({ hash }) => hash));
  const listed = await Promise.all(
    sources.map(async ({ mirror, open }) => {
      const found = new Set<string>();
      for (const reader of open.readers) {
        try {
          const id = `${mirrorId(mirror)} ${reader.layout}`;
          const listing = await listWanted(reader, id, wanted, { store, ttlMs, maxIndexBytes, signal });
          for (const hash of listing?.listed ?? []) found.add(hash);
        } catch (error) {
          if (signal.aborted) throw cancelled(signal);
          // It is still asked for each spec, after the others.
          notes.push(`${mirror.name}: its index cannot be used: ${describeError(error)}`);
        }
      }
      return found;
    }),
  );
  return ({ hash }) => {
    const has = (source: Source) => listed[sources.indexOf(source)]?.has(hash) === true;
    return [...sources.filter(has), ...sources.filter((source) => !has(source))];
  };
}

interface Running extends Work {
  readonly order: (spec: SpecNode) => readonly Source[];
  readonly locks: Locks | undefined;
  readonly registrar: Registrar;
  readonly onDone: () => void;
}

/** Every spec once what it needs is there; as many at once as make sense. */
async function installAll(work: Running): Promise<void> {
  const limit = pLimit(Math.min(AT_ONCE, work.jobs));
  const done = new Map<string, Promise<boolean>>();
  const isNeeded = ofTypes('link', 'run');
  for (const spec of work.missing) {
    const needs = spec.dependencies.filter(({ deptypes }) => isNeeded(deptypes));
    const task = async () => {
      for (const { hash, name } of needs) {
        if ((await done.get(hash)) !== false) continue;
        work.settle(spec, {
          kind: 'not-tried',
          reason: `${name}/${hash.slice(0, 7)}, which it needs, is not there`,
        });
        return false;
      }
      return await limit(() => installOne(spec, work));
    };
    done.set(spec.hash, task().finally(work.onDone));
  }
  await Promise.all(done.values());
}

/** Settles the outcome; never throws. @returns whether the spec is there */
async function installOne(spec: SpecNode, work: Running): Promise<boolean> {
  const { locks, signal, registrar, isRoot, settle, notes } = work;
  if (signal.aborted) {
    settle(spec, { kind: 'not-tried', reason: cancelled(signal).message });
    return false;
  }
  let lock: Awaited<ReturnType<Locks['prefix']>> | undefined;
  try {
    lock = await locks?.prefix(spec.hash, signal);
    const prefix = work.prefixOf(spec.hash);
    const other = work.overlap(spec.hash, prefix);
    if (other !== undefined) throw inTheWay(spec, prefix, other);
    const isOccupied = await isThere(prefix);
    const record = isOccupied && !work.force ? await recordByNow(spec, work) : undefined;
    if (record?.installed === true) {
      if (isRoot.has(spec.hash) && !record.explicit) {
        const onDone = (error: unknown) =>
          settle(spec, error === undefined ? { kind: 'present' } : failure(error));
        registrar.add({ ...markOf(spec.hash, record), lock, newPrefix: undefined, onDone });
      } else {
        await lock?.release();
        settle(spec, { kind: 'present' });
      }
      return true;
    }
    const found = await fetchAndPlace(spec, lock, isOccupied, work);
    notes.push(...found.notes.map((note) => `${nameOf(spec)}: ${note}`));
    registrar.add({
      hash: spec.hash,
      explicit: isRoot.has(spec.hash),
      lock,
      newPrefix: isOccupied ? undefined : prefix,
      onDone: (error) => settle(spec, error === undefined ? found.outcome : failure(error)),
    });
    return true;
  } catch (error) {
    await lock?.release();
    if (signal.aborted) settle(spec, { kind: 'not-tried', reason: cancelled(signal).message });
    else settle(spec, failure(error));
    return false;
  }
}

function inTheWay(spec: SpecNode, prefix: string, other: string): BuildcacheError {
  return new BuildcacheError(
    'conflict',
    `${nameOf(spec)} cannot go where another spec has its prefix or a folder above it`,
    {
      file: prefix,
      found: `/${other}`,
      hint: 'put {hash} into config:install_tree:projections, at the same depth for all specs',
    },
  );
}

function failure(error: unknown): InstallOutcome {
  return { kind: 'failed', code: errorCode(error), reason: describeError(error) };
}

async function fetchAndPlace(
  spec: SpecNode,
  lock: Awaited<ReturnType<Locks['prefix']>> | undefined,
  replace: boolean,
  { order, cache, sha256, isRoot, signal, settings, graph, prefixOf, tools }: Running,
): Promise<{ readonly outcome: InstallOutcome; readonly notes: readonly string[] }> {
  const mirrors = order(spec).map(({ open }) => open);
  const pin = isRoot.has(spec.hash) ? sha256 : undefined;
  const found = await obtain(spec, { mirrors, cache, sha256: pin, signal }, async (tarball, { document }) => {
    // What the mirror says of the spec has been verified, and may be more than the lockfile does.
    const nodes = graph.nodes.has(spec.buildSpec?.hash ?? spec.hash)
      ? graph.nodes
      : new Map([...document.nodes, ...graph.nodes]);
    const { warnings } = await installPackage({
      settings,
      node: spec,
      graph: { nodes },
      prefixOf,
      tarball,
      lock,
      // What is not in the database is the rest of an install that failed.
      replace,
      signal,
      ...(tools && { tools }),
    });
    return warnings;
  });
  if (found === undefined) {
    throw new BuildcacheError('not-found', 'no mirror has it', {
      hint: 'build it with Spack, or name a mirror that has it',
    });
  }
  const { mirror, verified, value: warnings } = found;
  const digest = verified.entry.tarball.sha256 ?? '';
  return {
    outcome: { kind: 'installed', mirror, sha256: digest, signedBy: verified.signedBy },
    notes: [...found.notes, ...warnings],
  };
}

/** Somebody else may have been at it: asked only where there is something at the prefix. */
async function recordByNow(spec: SpecNode, { settings }: Running): Promise<InstallRecord | undefined> {
  return (await readTreeIfThere(settings.root))?.records.get(spec.hash);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function nameOf(spec: SpecNode): string {
  return `${spec.name}@${spec.version}/${shortHash(spec)}`;
}
