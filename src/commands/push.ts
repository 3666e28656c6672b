/**
 * `push`: installed specs to mirrors. Best effort: what fails is said at the end, and the rest is there. A tarball
 * is made once for all mirrors that want it.
 */
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { Signer } from '../cache/trust/signing.ts';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import { addToIndex } from '../cache/writing/update-index.ts';
import { withGrace } from '../core/abort.ts';
import { describeError, errorCode } from '../core/errors.ts';
import { withTemporaryFolder } from '../core/temporary-folder.ts';
import { type WatchTransfer, watching } from '../core/transfer.ts';
import type { Refusal } from '../mirrors/filter.ts';
import type { MirrorPush, PushOutcome, PushResult } from '../plan/push-result.ts';
import { during, type Reporter } from '../report/reporter.ts';
import { type SpecEmitter, specEmitter } from '../spec/emit-spec.ts';
import { postOrder, type SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import type { InstallTree } from '../tree/install-tree.ts';
import { packSpec } from '../tree/pack-spec.ts';
import type { PrefixInspections } from '../tree/run-environment.ts';
import { buildSpecNotes } from './build-spec-notes.ts';
import { LayerTurns } from './layer-turns.ts';
import { contentsOf, imageNames, imageOf, tagRoots } from './push-images.ts';
import type { ImageContents } from './tree-images.ts';

/** A mirror that is pushed to. */
export interface PushTarget {
  readonly name: string;
  readonly cache: CacheWriter;
  /** Undefined: unsigned. */
  readonly signer: Signer | undefined;
  /** Hashes that need not be here, and the mirror that has them. */
  readonly elsewhere: ReadonlyMap<string, string>;
  /** Why the mirror is not for a spec; undefined where it is. */
  readonly refuses?: Refusal | undefined;
}

export interface PushOptions {
  readonly tree: InstallTree;
  /** The tree's specs and, if there is one, the environment's. */
  readonly graph: Pick<SpecGraph, 'nodes'>;
  /** What to push, dependencies before dependents. */
  readonly specs: readonly SpecNode[];
  /** Those that were asked for. */
  readonly roots: ReadonlySet<string>;
  /** One of these that is not installed is no failure. */
  readonly optional?: ReadonlySet<string> | undefined;
  readonly targets: readonly PushTarget[];
  readonly spackPrefix: string;
  readonly force: boolean;
  readonly updateIndex: boolean;
  readonly failFast: boolean;
  /** Nothing that is not installed is a failure. */
  readonly allowMissing: boolean;
  readonly dryRun: boolean;
  /** Where entries are images: the tag of one of all roots and what they run with. */
  readonly imageTag?: string | undefined;
  /** What that image has, when not the roots that are pushed: what was there already belongs to it. */
  readonly imageRoots?: ReadonlySet<string> | undefined;
  /** Where entries are images: what their `Env` is made of, by platform; Spack's own when undefined. */
  readonly inspections?: ((platform: string) => PrefixInspections) | undefined;
  /** Requests under way at once. */
  readonly jobs: number;
  /** Stops the sending at once; what was sent by then is listed in the index if that takes no longer than {@link GRACE_MS}. */
  readonly signal: AbortSignal;
  /** Stops the sending only: what was sent by then is still listed in the index. */
  readonly deadline?: AbortSignal | undefined;
  /** Told of each outcome when it is known. */
  readonly onOutcome?: (target: PushTarget, spec: SpecNode, outcome: PushOutcome) => void;
}

/**
 * How long listing what was sent may take once we are cancelled. GitHub's runner sends SIGINT, SIGTERM after 7.5
 * seconds and SIGKILL 2.5 later.
 */
const GRACE_MS = 5_000;

/** Prefixes packed at once. Each uses all cores by itself, but small ones mostly wait for the disk. */
const PACK_AT_ONCE = Math.min(8, 2 * availableParallelism());

/**
 * @returns what became of each spec; also when cancelled
 * @throws BuildcacheError when none of the mirrors can be written to: `unsupported` for layout 2, `denied`, …
 */
export async function push(options: PushOptions, reporter: Reporter): Promise<PushResult> {
  const { targets, specs, signal, dryRun } = options;
  const outcomes = new Map(targets.map((target) => [target, new Map<string, PushOutcome>()]));
  const emitter = specEmitter(options.graph);
  const grace = withGrace(signal, GRACE_MS);
  const usable = await usableTargets(options, outcomes);
  await pushSpecs({ ...options, targets: usable }, emitter, outcomes, reporter);
  const finish = async (target: PushTarget): Promise<MirrorPush> => {
    const ofMirror = inOrder(specs, outcomes.get(target) ?? new Map());
    const notes: string[] = [];
    const finishing =
      !dryRun && (!signal.aborted || [...ofMirror.values()].some(({ kind }) => kind === 'pushed'));
    // The index first: it may be all there is time for.
    const index = finishing
      ? await updateIndex(target, ofMirror, emitter, { ...options, signal: grace }, notes)
      : undefined;
    if (!dryRun) notes.push(...(await buildSpecNotes(target, inMirror(ofMirror), options)));
    return {
      name: target.name,
      url: target.cache.reader.storage.url,
      signed: target.signer !== undefined,
      outcomes: ofMirror,
      keyFailed: finishing ? await publishSigner(target, ofMirror, grace) : undefined,
      index,
      images: imageNames(target, inMirror(ofMirror), options),
      tagged: finishing && !signal.aborted ? await tagRoots(target, ofMirror, options) : undefined,
      notes,
    };
  };
  // At once: when time is short, a slow mirror must not take it from another.
  const mirrors = await during(reporter, 'Updating indices', () => Promise.all(targets.map(finish)));
  return { specs, mirrors, dryRun, cancelled: signal.aborted };
}

/** A mirror that cannot be written to fails for every spec, unless it is the only one. */
async function usableTargets(options: PushOptions, outcomes: Outcomes): Promise<PushTarget[]> {
  const { targets, specs, signal, dryRun } = options;
  const usable: PushTarget[] = [];
  const failures: unknown[] = [];
  for (const target of targets) {
    try {
      await target.cache.prepare(signal, dryRun);
      usable.push(target);
    } catch (error) {
      failures.push(error);
      // Said once, with the mirror's result or as the error: not for each spec.
      const outcome = failure(error, signal);
      for (const { hash } of specs) outcomes.get(target)?.set(hash, outcome);
    }
  }
  if (usable.length === 0 && failures.length > 0) throw failures[0];
  return usable;
}

type Outcomes = ReadonlyMap<PushTarget, Map<string, PushOutcome>>;

async function pushSpecs(
  options: PushOptions,
  emitter: SpecEmitter,
  outcomes: Outcomes,
  reporter: Reporter,
): Promise<void> {
  const { specs, targets, jobs } = options;
  const stop = new AbortController();
  const signals = [options.signal, stop.signal, options.deadline];
  const signal = AbortSignal.any(signals.filter((each) => each !== undefined));
  const progress = reporter.progress('Pushing', specs.length * targets.length);
  const hashes = new Set(specs.map(({ hash }) => hash));
  const images = contentsOf(options);
  // Who waits for another's layer waits for one that began before.
  const { watch } = progress;
  const inTurn = postOrder(options.graph, hashes).filter(({ hash }) => hashes.has(hash));
  const turns = new Map(targets.map((target) => [target, new LayerTurns(inTurn.map(({ hash }) => hash))]));
  const settle = (target: PushTarget, spec: SpecNode, outcome: PushOutcome) => {
    outcomes.get(target)?.set(spec.hash, outcome);
    if (outcome.kind === 'failed' || outcome.kind === 'not-tried') turns.get(target)?.fail(spec.hash);
    else turns.get(target)?.settle(spec.hash);
    progress.advance(1);
    options.onOutcome?.(target, spec, outcome);
    if (outcome.kind === 'failed' && options.failFast) stop.abort();
  };
  const limit = pLimit(jobs);
  const packing = pLimit(PACK_AT_ONCE);
  try {
    await withTemporaryFolder(async (spoolDir) => {
      const one = { ...options, signal, emitter, spoolDir, packing, settle, turns, images, watch };
      await Promise.all(inTurn.map((spec) => limit(() => pushSpec(spec, one))));
    });
  } finally {
    progress.done();
  }
}

interface SpecPush extends PushOptions {
  readonly emitter: SpecEmitter;
  readonly spoolDir: string;
  readonly packing: <T>(task: () => Promise<T>) => Promise<T>;
  readonly turns: ReadonlyMap<PushTarget, LayerTurns>;
  readonly images: ImageContents;
  /** Follows a tarball on its way. */
  readonly watch: WatchTransfer;
  readonly settle: (target: PushTarget, spec: SpecNode, outcome: PushOutcome) => void;
}

/** Settles an outcome for every mirror; never throws. */
async function pushSpec(spec: SpecNode, options: SpecPush): Promise<void> {
  const { targets, settle, signal, watch } = options;
  const failing = async <T>(target: PushTarget, task: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await task();
    } catch (error) {
      settle(target, spec, failure(error, signal));
      return undefined;
    }
  };
  const wanting: PushTarget[] = [];
  for (const target of targets) {
    const decided = await failing(target, () => decide(spec, target, options));
    if (decided === 'push') wanting.push(target);
    else if (decided !== undefined) settle(target, spec, decided);
  }
  if (wanting.length === 0) return;
  try {
    const document = options.emitter.document(spec.hash);
    const packed = await options.packing(() =>
      watching(watch, `packing ${spec.name}`, undefined, (onBytes) =>
        packSpec(options.tree, spec, { ...options, onBytes }),
      ),
    );
    try {
      for (const target of wanting) {
        await failing(target, async () => {
          const image = () => imageOf(spec, packed.tarSha256, target, options.turns.get(target), options);
          const { size, sha256 } = packed;
          const { sent, image: made } = await watching(watch, `sending ${spec.name}`, size, (onBytes) => {
            const content = { tarball: { ...packed, onBytes }, document, image };
            return target.cache.publish(spec, content, target.signer, signal);
          });
          settle(target, spec, { kind: 'pushed', sent, size, sha256, image: made });
        });
      }
    } finally {
      // What cannot be removed now goes with its folder.
      await packed.dispose().catch(() => undefined);
    }
  } catch (error) {
    for (const target of wanting) settle(target, spec, failure(error, signal));
  }
}

async function decide(spec: SpecNode, target: PushTarget, options: SpecPush): Promise<PushOutcome | 'push'> {
  const { tree, force, dryRun, signal } = options;
  if (signal.aborted) return { kind: 'not-tried' };
  const refusal = target.refuses?.(spec);
  if (refusal !== undefined) return { kind: 'filtered', reason: refusal };
  const has = () => target.cache.hasWhole(spec, target.signer !== undefined, signal);
  if (tree.recordOf(spec.hash)?.installed !== true) {
    if (options.allowMissing) return { kind: 'not-installed' };
    // What the mirror has already need not be installed as well.
    if (!options.roots.has(spec.hash) && (await has())) return { kind: 'present' };
    if (options.optional?.has(spec.hash) === true) return { kind: 'not-installed' };
    return { kind: 'failed', code: 'not-found', reason: `it is not installed in ${tree.root}` };
  }
  const mirror = target.elsewhere.get(spec.hash);
  if (mirror !== undefined) return { kind: 'elsewhere', mirror };
  if (!force && (await has())) return { kind: 'present' };
  return dryRun ? { kind: 'would-push' } : 'push';
}

function failure(error: unknown, signal: AbortSignal): PushOutcome {
  if (signal.aborted) return { kind: 'not-tried' };
  return { kind: 'failed', code: errorCode(error), reason: describeError(error) };
}

/** Specs of a mirror that it has, as far as we know. */
function inMirror(outcomes: ReadonlyMap<string, PushOutcome>): Set<string> {
  const there = [...outcomes].filter(([, { kind }]) => kind === 'pushed' || kind === 'present');
  return new Set(there.map(([hash]) => hash));
}

async function publishSigner(
  { cache, signer }: PushTarget,
  outcomes: ReadonlyMap<string, PushOutcome>,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (signer === undefined || inMirror(outcomes).size === 0) return undefined;
  try {
    await cache.publishKey(signer.fingerprint, signer.publicKey, signal);
    return undefined;
  } catch (error) {
    return describeError(error);
  }
}

/** What was there before is listed too: an earlier run may have been stopped before it came to that. */
async function updateIndex(
  target: PushTarget,
  outcomes: ReadonlyMap<string, PushOutcome>,
  emitter: SpecEmitter,
  options: PushOptions,
  notes: string[],
): Promise<MirrorPush['index']> {
  const hashes = inMirror(outcomes);
  if (!options.updateIndex || hashes.size === 0) return undefined;
  try {
    const { graph, jobs, signal } = options;
    const additions = { graph, emitter, hashes };
    const onProblem = (text: string) => void notes.push(text);
    return await addToIndex(target.cache, additions, { jobs, onProblem, signal });
  } catch (error) {
    const cancelled = options.signal.aborted;
    return {
      failed: cancelled
        ? 'cancelled before it was done; run `buildcache update-index MIRROR`'
        : describeError(error),
    };
  }
}

function inOrder(
  specs: readonly SpecNode[],
  outcomes: ReadonlyMap<string, PushOutcome>,
): ReadonlyMap<string, PushOutcome> {
  return new Map(specs.map(({ hash }) => [hash, outcomes.get(hash) ?? { kind: 'not-tried' }]));
}
