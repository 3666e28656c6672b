/** Installs what is missing: each spec after its dependencies, and several at the same time. */
import { lstatSync } from 'node:fs';
import type { Readable } from 'node:stream';
import pLimit from 'p-limit';
import type { DownloadCache } from '../cache/reading/download-cache.ts';
import { obtain } from '../cache/reading/obtain.ts';
import type { ProvenancePolicy } from '../cache/trust/provenance-policy.ts';
import { cancelled } from '../core/abort.ts';
import { BuildcacheError, describeError, errorCode, systemCode } from '../core/errors.ts';
import type { WatchTransfer } from '../core/transfer.ts';
import type { RelocationTools } from '../package/relocate-tools.ts';
import type { InstallOutcome } from '../plan/install-result.ts';
import type { SpecFileCheck } from '../spec/asked-spec-file.ts';
import type { InstallRecord } from '../spec/database.ts';
import { entrySpec } from '../spec/entry-spec.ts';
import { ofTypes, type SpecGraph } from '../spec/graph.ts';
import type { Dependency, SpecNode } from '../spec/node.ts';
import type { HeldLock, Locks } from '../tree/database-lock.ts';
import { isFalseRecord } from '../tree/false-record.ts';
import { installPackage, type SharedWork } from '../tree/install-package.ts';
import type { InstallSettings } from '../tree/install-settings.ts';
import { type InstallPlan, markOf, nameOf } from './install-plan.ts';
import { inNoMirror } from './not-in-mirrors.ts';
import type { Registrar } from './register-batches.ts';
import type { Source } from './sources.ts';

export interface InstallWork extends Pick<InstallPlan, 'missing' | 'prefixOf' | 'replacementOf'> {
  readonly cache: DownloadCache;
  /** Holds the missing specs and all below them, by edges of any type. */
  readonly graph: Pick<SpecGraph, 'nodes'>;
  readonly isRoot: ReadonlySet<string>;
  /** Hashes of the specs that are marked as explicit. */
  readonly isExplicit: ReadonlySet<string>;
  readonly settings: InstallSettings;
  /** Whether to install again what another process has installed meanwhile. */
  readonly force: boolean;
  /** The digest that the tarball of the only root must have. */
  readonly sha256: string | undefined;
  /** Where each spec must have been built. */
  readonly provenance?: ProvenancePolicy | undefined;
  readonly tools?: RelocationTools | undefined;
  /** Follows the download of a tarball. */
  readonly watch?: WatchTransfer | undefined;
  /** Requests under way at once. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  /** See `InstallPlan.checkPrefixes`. */
  readonly overlap: ReturnType<InstallPlan['checkPrefixes']>;
  /** The mirrors to ask for a spec, in order. */
  readonly order: (spec: SpecNode) => readonly Source[];
  /** Undefined to take no locks. */
  readonly locks: Locks | undefined;
  readonly registrar: Registrar;
  readonly shared: SharedWork;
  /** Called once for each spec. */
  readonly settle: (spec: SpecNode, outcome: InstallOutcome) => void;
  readonly onNote: (note: string) => void;
  /** Called for each spec when nothing is left to do but to register it. */
  readonly onDone: () => void;
}

/**
 * How many packages are under way at once: while some are put together, others are verified and wait for their locks and
 * their bytes. More would only take memory.
 */
const AT_ONCE = 10;

/** Bytes of a tarball that is unpacked out of memory, which costs less than a stream. */
const SMALL = 4 * 1024 * 1024;

/**
 * Never throws: each spec gets its outcome, from here or from the registrar. A spec is begun when all that it needs is
 * begun, so it is put together while its dependencies are; it waits for them before it gets its name.
 */
export async function installAll(work: InstallWork): Promise<void> {
  const limit = pLimit(Math.min(AT_ONCE, work.jobs));
  const begun = new Map<string, Promise<void>>();
  const done = new Map<string, Promise<boolean>>();
  const failed = new Set<string>();
  const removals = new Map<string, Promise<void>>();
  const isNeeded = ofTypes('link', 'run');
  for (const spec of work.missing) {
    const needs = spec.dependencies.filter(({ deptypes }) => isNeeded(deptypes));
    let onBegun = (): void => undefined;
    const beginning = new Promise<void>((resolve) => {
      onBegun = resolve;
    });
    const present = needs.filter(({ hash }) => !done.has(hash));
    const requireAll = () => {
      const lacking = needs.find(({ hash }) => failed.has(hash));
      if (lacking !== undefined) throw new NotTried(lacking);
    };
    const turns: Turns = {
      onBegun,
      requireAll,
      async afterNeeds() {
        await Promise.all(needs.map(({ hash }) => done.get(hash)));
        requireAll();
      },
      async afterRemovals() {
        // Once in a run for each: thousands may need the same, and each lock is a question to another process.
        for (const each of present)
          if (!removals.has(each.hash)) removals.set(each.hash, afterRemoval(each, work));
        await Promise.all(present.map(({ hash }) => removals.get(hash)));
      },
    };
    const task = async () => {
      // All of them have their locks by then: what waits for another process's lock must not keep others from beginning.
      await Promise.all(needs.map(({ hash }) => begun.get(hash)));
      const isInstalled = await limit(() => installOne(spec, work, turns));
      if (!isInstalled) failed.add(spec.hash);
      onBegun();
      return isInstalled;
    };
    begun.set(spec.hash, beginning);
    done.set(spec.hash, task().finally(work.onDone));
  }
  await Promise.all(done.values());
}

/** How a spec waits for what it needs. */
interface Turns {
  /** Called when the spec has its lock. */
  readonly onBegun: () => void;
  /** @throws NotTried where it is known already that something it needs is not installed */
  readonly requireAll: () => void;
  /** The same once all of it is done. */
  readonly afterNeeds: () => Promise<void>;
  /** When nobody is removing what it needs and was there before. */
  readonly afterRemovals: () => Promise<void>;
}

/** Why a spec is not installed: something that it needs is not. */
class NotTried extends Error {
  constructor({ name, hash }: Pick<Dependency, 'name' | 'hash'>) {
    super(`it needs ${name}/${hash.slice(0, 7)}, which is not installed`);
  }
}

/** Installs one spec and settles its outcome; never throws. @returns whether the spec is installed */
async function installOne(spec: SpecNode, work: InstallWork, turns: Turns): Promise<boolean> {
  const { locks, signal, registrar, isExplicit, settle, onNote } = work;
  if (signal.aborted) {
    settle(spec, { kind: 'not-tried', reason: cancelled(signal).message });
    return false;
  }
  let lock: HeldLock | undefined;
  try {
    turns.requireAll();
    const isInstalled = async () =>
      isThere(work.prefixOf(spec.hash)) && (await recordOf(spec, work)) !== undefined;
    lock = await locks?.prefix(spec.hash, signal, work.force ? undefined : isInstalled);
    turns.onBegun();
    const prefix = work.prefixOf(spec.hash);
    const replacement = work.replacementOf(spec.hash);
    if (replacement !== undefined) throw deprecated(spec, replacement);
    const other = work.overlap(spec.hash, prefix);
    if (other !== undefined) throw inTheWay(spec, prefix, other);
    const isOccupied = isThere(prefix);
    // If there is something at the prefix, another process may have installed the spec.
    const record = isOccupied && !work.force ? await recordOf(spec, work) : undefined;
    if (record !== undefined) {
      await turns.afterNeeds();
      if (isExplicit.has(spec.hash) && !record.explicit) {
        const onDone = (error: unknown) =>
          settle(spec, error === undefined ? { kind: 'present' } : failure(error));
        registrar.add({ ...markOf(spec.hash, record), lock, newPrefix: undefined, onDone });
      } else {
        await lock?.release();
        settle(spec, { kind: 'present' });
      }
      return true;
    }
    const beforePlacing = async () => {
      await turns.afterNeeds();
      await turns.afterRemovals();
    };
    const found = await fetchAndPlace(spec, lock, isOccupied, beforePlacing, work);
    for (const note of found.notes) onNote(`${nameOf(spec)}: ${note}`);
    registrar.add({
      hash: spec.hash,
      explicit: isExplicit.has(spec.hash),
      isPlaced: lock !== undefined,
      lock,
      newPrefix: isOccupied ? undefined : prefix,
      onDone: (error) => settle(spec, error === undefined ? found.outcome : failure(error)),
    });
    return true;
  } catch (thrown) {
    await lock?.release();
    // Whatever went wrong here, a spec whose needs have failed was not to be tried.
    const error: unknown = await turns.afterNeeds().then(
      () => thrown,
      (reason: unknown) => reason,
    );
    if (signal.aborted) settle(spec, { kind: 'not-tried', reason: cancelled(signal).message });
    else if (error instanceof NotTried) settle(spec, { kind: 'not-tried', reason: error.message });
    else settle(spec, failure(error));
    return false;
  }
}

/**
 * Waits for whoever is removing something that was there before: Spack removes a spec's record only after its files. The
 * registrar then finds that it is gone. What nobody has installed, and is not to be installed now, may be in building for
 * hours.
 */
async function afterRemoval({ hash }: Dependency, work: InstallWork): Promise<void> {
  const node = work.graph.nodes.get(hash);
  if (node === undefined || node.external !== undefined) return;
  await work.locks?.prefixFree(hash, work.signal, async () => (await recordOf(node, work)) !== undefined);
}

/** The record of an installed spec, by now. */
async function recordOf(spec: SpecNode, { shared }: InstallWork): Promise<InstallRecord | undefined> {
  const record = await shared.recordByNow(spec.hash);
  return record?.installed === true && !isFalseRecord(spec, record) ? record : undefined;
}

function deprecated(spec: SpecNode, replacement: string): BuildcacheError {
  return new BuildcacheError('conflict', `${nameOf(spec)} is deprecated in this install tree`, {
    found: `in favour of /${replacement}`,
    hint: `install /${replacement.slice(0, 7)} instead, or uninstall this one with Spack first`,
  });
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

export function failure(error: unknown): InstallOutcome {
  return { kind: 'failed', code: errorCode(error), reason: describeError(error) };
}

async function fetchAndPlace(
  spec: SpecNode,
  lock: HeldLock | undefined,
  replace: boolean,
  beforePlacing: () => Promise<void>,
  {
    order,
    shared,
    cache,
    sha256,
    provenance,
    isRoot,
    watch,
    signal,
    settings,
    graph,
    prefixOf,
    tools,
  }: InstallWork,
): Promise<{ readonly outcome: InstallOutcome; readonly notes: readonly string[] }> {
  const from = entrySpec(graph, spec);
  const mirrors = order(from).map(({ open }) => open);
  const pin = isRoot.has(spec.hash) ? sha256 : undefined;
  const asked = { mirrors, cache, sha256: pin, provenance, watch, signal };
  const place = async (tarball: Readable | Buffer, check?: SpecFileCheck) => {
    const { warnings } = await installPackage({
      settings,
      node: spec,
      graph,
      prefixOf,
      tarball,
      check,
      lock,
      // A prefix that is not in the database is the rest of an install that failed.
      replace,
      beforePlacing,
      shared,
      signal,
      ...(tools && { tools }),
    });
    return warnings;
  };
  const found = await obtain(from, asked, (stream) => place(stream), { upTo: SMALL, use: place });
  if (found === undefined) throw inNoMirror(spec);
  const { mirror, verified, value: warnings } = found;
  const digest = verified.entry.tarball.sha256 ?? '';
  return {
    outcome: { kind: 'installed', mirror, sha256: digest, signedBy: verified.signedBy },
    notes: [...found.notes, ...warnings],
  };
}

/** A synchronous call, as are those that follow: it takes less time than to wait for a thread. */
function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}
