/**
 * `sync`: copies entries of some mirrors to others. It verifies them, and adds them to the indices at the end. Best
 * effort: failures are reported at the end, and everything else is copied. Entries that are present already are left
 * alone, so the next sync finishes one that was stopped.
 */
import pLimit from 'p-limit';
import type { EntryName } from '../cache/entries.ts';
import type { IndexSettings } from '../cache/index/listing.ts';
import type { Signer } from '../cache/trust/signing.ts';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import {
  type CopyOptions,
  type CopySource,
  type CopyTarget,
  copyEntry,
  type WantedEntry,
} from '../cache/writing/copy.ts';
import { withGrace } from '../core/abort.ts';
import { describeError, errorCode } from '../core/errors.ts';
import { withTemporaryFolder } from '../core/temporary-folder.ts';
import type { MirrorSync, SyncedSpec, SyncOutcome, SyncResult } from '../plan/sync-result.ts';
import type { Progress, Reporter } from '../report/reporter.ts';
import { addEntryNodes } from '../spec/add-nodes.ts';
import type { SpecNode } from '../spec/node.ts';
import type { PrefixInspections } from '../tree/run-environment.ts';
import { FailuresInARow, GIVE_UP_AFTER } from './give-up.ts';
import type { SyncImages } from './sync-images.ts';
import { listSynced } from './sync-index.ts';

/** A mirror that is copied from. */
export interface SyncSource extends CopySource {
  /** Redacted. */
  readonly url: string;
}

export interface SyncJob {
  readonly source: SyncSource;
  readonly wanted: WantedEntry;
}

/** A mirror that is copied to, and what is copied. */
export interface SyncTask {
  readonly name: string;
  readonly cache: CacheWriter;
  readonly signed: boolean;
  readonly resign: boolean;
  /** @throws BuildcacheError where there is no key that can sign */
  readonly openSigner: () => Promise<Signer>;
  readonly jobs: readonly SyncJob[];
  /** Entries that are not copied, and why. */
  readonly refused: readonly SyncedSpec[];
  /** Specs that are known, for the index. Specs that are read on the way are added. */
  readonly nodes: Map<string, SpecNode>;
}

/** All that is to be done. */
export interface SyncPlan {
  readonly tasks: readonly SyncTask[];
  /** Mirrors that could not be used at all. */
  readonly refused: readonly MirrorSync[];
}

export interface SyncOptions {
  readonly work: SyncPlan;
  readonly hardLink: boolean;
  /** It is not a failure if the mirror to copy from lacks an entry. */
  readonly allowMissing?: boolean;
  readonly updateIndex: boolean;
  readonly dryRun: boolean;
  /** Where entries are images: the prefix inspections for their `Env`, by platform. Undefined: Spack's defaults. */
  readonly inspections?: ((platform: string) => PrefixInspections) | undefined;
  /** Entries under way at once. */
  readonly jobs: number;
  readonly index: IndexSettings;
  /** What people are told is being done, where that is not syncing. */
  readonly label?: string;
  readonly signal: AbortSignal;
  /** Called with each outcome when it is known. */
  readonly onOutcome?: (spec: SyncedSpec, mirror: string) => void;
}

/** The same time as for a push: GitHub's runner waits some ten seconds for a step that it cancels. */
const GRACE_MS = 5_000;

/**
 * @returns what became of each entry; also when cancelled
 * @throws BuildcacheError when none of the mirrors can be written to: `unsupported` for layout 2, `denied`, …
 */
export async function sync(options: SyncOptions, reporter: Reporter): Promise<SyncResult> {
  const { work, signal, dryRun } = options;
  const { tasks, refused } = work;
  const total = tasks.reduce((sum, { jobs }) => sum + jobs.length, 0);
  const progress = reporter.progress(options.label ?? 'Syncing', total);
  try {
    const mirrors: MirrorSync[] = [...refused];
    const failures: unknown[] = [];
    for (const task of tasks) {
      try {
        await task.cache.prepare(signal, dryRun);
        await task.cache.lookAround?.(task.jobs.length, signal);
        mirrors.push(await syncMirror(task, options, progress));
      } catch (error) {
        failures.push(error);
        mirrors.push(unusable(task, error, options));
      }
    }
    if (failures.length > 0 && failures.length === tasks.length && refused.length === 0) throw failures[0];
    return { mirrors, dryRun, cancelled: signal.aborted };
  } finally {
    progress.done();
  }
}

async function syncMirror(task: SyncTask, options: SyncOptions, progress: Progress): Promise<MirrorSync> {
  const { signal, dryRun } = options;
  const grace = withGrace(signal, GRACE_MS);
  const notes: string[] = [];
  const there = new Map<string, EntryName>();
  const known = new Set(task.nodes.keys());
  const specs = await withTemporaryFolder((spool) =>
    copyAll(task, { ...options, spool, watch: progress.watch }, there, progress, notes),
  );
  const isNew = specs.some(({ outcome }) => outcome.kind === 'copied');
  const finishing = !dryRun && (!signal.aborted || isNew);
  const found = new Set(specs.filter(({ outcome }) => outcome.kind === 'present').map(({ hash }) => hash));
  const index = finishing
    ? await listSynced(task, { there, found, known }, { ...options, signal: grace }, notes)
    : undefined;
  const signedAnew = specs.some(({ outcome }) => outcome.kind === 'copied' && outcome.signature === 'new');
  const left = [...there.values()].filter(({ hash }) => found.has(hash));
  if (finishing && task.resign && !signal.aborted) {
    const { leftToOthers } = await import('./left-to-others.ts');
    notes.push(...(await leftToOthers(task, left, { ...options, signal: grace })));
  }
  // An earlier run that signed what is left alone now may have been stopped before it published the key.
  const isKeyDue = signedAnew || (finishing && left.length > 0 && (await mayHaveSigned(task)));
  return {
    name: task.name,
    url: task.cache.reader.storage.url,
    specs: [...task.refused, ...specs],
    index,
    keyFailed: isKeyDue ? await publishSigner(task, grace) : undefined,
    notes,
  };
}

/** @param there receives the hashes that the mirror has afterwards */
async function copyAll(
  task: SyncTask,
  options: SyncOptions & CopyOptions,
  there: Map<string, EntryName>,
  progress: Progress,
  notes: string[],
): Promise<SyncedSpec[]> {
  const { signal, dryRun } = options;
  const target: CopyTarget = task;
  const images = dryRun ? undefined : await imagesOf(task, options);
  const { jobs, makeImage } = images ?? { jobs: task.jobs };
  const limit = pLimit(options.jobs);
  const failures = new FailuresInARow<SyncSource>();
  const copyOne = async ({ source, wanted }: SyncJob): Promise<SyncedSpec> => {
    const about = (name: EntryName | undefined, outcome: SyncOutcome): SyncedSpec => {
      const { hash } = wanted;
      return { hash, name: name?.name, version: name?.version, source: source.url, outcome };
    };
    const known = wanted.node ?? wanted.name;
    if (signal.aborted || failures.isGivenUp(source)) return about(known, { kind: 'not-tried' });
    if (known !== undefined && images?.there.has(wanted.hash)) {
      there.set(known.hash, known);
      return about(known, { kind: 'present' });
    }
    try {
      const { outcome, name, document } = await copyEntry(source, target, wanted, { ...options, makeImage });
      failures.succeeded(source);
      if (document !== undefined)
        addEntryNodes(task.nodes, { ...document, root: wanted.node ?? document.root });
      if (outcome.kind !== 'would-copy' && outcome.kind !== 'absent') there.set(name.hash, name);
      return about(name, outcome);
    } catch (error) {
      if (signal.aborted) return about(known, { kind: 'not-tried' });
      const code = errorCode(error);
      const reason = describeError(error);
      if (failures.failed(source, error)) {
        notes.push(
          `${source.url}: after ${GIVE_UP_AFTER} failures in a row the rest was not tried: ${reason}`,
        );
      }
      return about(known, { kind: 'failed', code, reason });
    }
  };
  const specs = await Promise.all(
    jobs.map((job) =>
      limit(async () => {
        const spec = await copyOne(job);
        images?.settle(job.wanted.hash, there.has(job.wanted.hash));
        progress.advance(1);
        options.onOutcome?.(spec, task.name);
        return spec;
      }),
    ),
  );
  notes.push(...(images?.notes() ?? []));
  return specs;
}

/** Where entries are images that have to be made: the maker, and the order of the jobs. */
async function imagesOf(task: SyncTask, options: SyncOptions): Promise<SyncImages | undefined> {
  if (task.cache.images === undefined) return undefined;
  const { syncImages } = await import('./sync-images.ts');
  return await syncImages(task, task.cache.images, options);
}

/** Whether a sync like this one signs entries, and has the key for it. */
async function mayHaveSigned(task: SyncTask): Promise<boolean> {
  const isAsItWas = ({ source: { readers, trust } }: SyncJob) =>
    trust !== undefined && readers.every((reader) => task.cache.takesFrom(reader));
  if (!task.resign && (!task.signed || task.jobs.every(isAsItWas))) return false;
  return await task.openSigner().then(
    () => true,
    () => false,
  );
}

async function publishSigner(task: SyncTask, signal: AbortSignal): Promise<string | undefined> {
  try {
    const { fingerprint, publicKey } = await task.openSigner();
    await task.cache.publishKey(fingerprint, publicKey, signal);
    return undefined;
  } catch (error) {
    return describeError(error);
  }
}

function unusable(task: SyncTask, error: unknown, { signal }: SyncOptions): MirrorSync {
  const outcome: SyncOutcome = signal.aborted
    ? { kind: 'not-tried' }
    : { kind: 'failed', code: errorCode(error), reason: describeError(error) };
  const specs = task.jobs.map(({ source, wanted: { hash, node, name = node } }): SyncedSpec => {
    return { hash, name: name?.name, version: name?.version, source: source.url, outcome };
  });
  const { name, refused, cache } = task;
  return {
    name,
    url: cache.reader.storage.url,
    specs: [...refused, ...specs],
    index: undefined,
    keyFailed: undefined,
    notes: [],
  };
}
