/**
 * `push`: pushes installed specs to mirrors. Best effort: failures are reported at the end, and everything else is
 * pushed. A tarball is made once for all mirrors that want it.
 */
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { MakeStatement } from '../cache/trust/provenance.ts';
import type { Signer } from '../cache/trust/signing.ts';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import { failedIfGone } from '../cache/writing/gone-meanwhile.ts';
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
import { whyNotItsSpec } from '../tree/same-spec.ts';
import { buildSpecNotes } from './build-spec-notes.ts';
import { LayerTurns } from './layer-turns.ts';
import { contentsOf, imageNames, imageOf, tagRoots } from './push-images.ts';
import { type PushProvenance, pushProvenance } from './push-provenance.ts';
import { requireRootLength } from './require-root-length.ts';
import type { ImageContents } from './tree-images.ts';

/** A mirror that is pushed to. */
export interface PushTarget {
  readonly name: string;
  readonly cache: CacheWriter;
  /** Undefined: unsigned. */
  readonly signer: Signer | undefined;
  /** Hashes that need not be in this mirror, and the mirror that has each. */
  readonly elsewhere: ReadonlyMap<string, string>;
  /** Says why the mirror is configured not to take a spec; undefined where it takes the spec. */
  readonly refuses?: Refusal | undefined;
}

export interface PushOptions {
  readonly tree: InstallTree;
  /** The tree's specs and, if there is one, the environment's. */
  readonly graph: Pick<SpecGraph, 'nodes'>;
  /** What to push, dependencies before dependents. */
  readonly specs: readonly SpecNode[];
  /** Hashes of the specs that were asked for. */
  readonly roots: ReadonlySet<string>;
  /** Hashes of specs for which it is not a failure if they are not installed. */
  readonly optional?: ReadonlySet<string> | undefined;
  readonly targets: readonly PushTarget[];
  readonly spackPrefix: string;
  readonly force: boolean;
  readonly updateIndex: boolean;
  readonly failFast: boolean;
  /** For no spec it is a failure that it is not installed. */
  readonly allowMissing: boolean;
  readonly dryRun: boolean;
  /** Compare each prefix and its record with the spec in `graph` before it is pushed, as the caller has not done so. */
  readonly comparePrefixes?: boolean;
  /** Where entries are images: the tag of one image of all roots and what they need at run time. */
  readonly imageTag?: string | undefined;
  /** The roots of that image, if not those that are pushed: roots that were present already belong to it too. */
  readonly imageRoots?: ReadonlySet<string> | undefined;
  /** Where entries are images: the prefix inspections for their `Env`, by platform. Undefined: Spack's defaults. */
  readonly inspections?: ((platform: string) => PrefixInspections) | undefined;
  /** Says where the tarballs were built, in entries that are signed. Undefined: nothing is said. */
  readonly makeStatement?: MakeStatement | undefined;
  /** Characters that the root of the install tree has to have. */
  readonly minRootLength?: number | undefined;
  /** Requests under way at once. */
  readonly jobs: number;
  /** Stops the sending at once; what was sent by then is listed in the index if that takes no longer than {@link GRACE_MS}. */
  readonly signal: AbortSignal;
  /** Stops the sending only: what was sent by then is still listed in the index. */
  readonly deadline?: AbortSignal | undefined;
  /** Called with each outcome when it is known. */
  readonly onOutcome?: (target: PushTarget, spec: SpecNode, outcome: PushOutcome) => void;
}

/**
 * How long listing what was sent may take once we are cancelled. GitHub's runner sends SIGINT, SIGTERM after 7.5
 * seconds and SIGKILL 2.5 later.
 */
const GRACE_MS = 5_000;

/** How many prefixes are packed at once. A large one uses all cores by itself; small ones mostly wait for the disk. */
const PACK_AT_ONCE = Math.min(8, 2 * availableParallelism());

/**
 * @returns what became of each spec; also when cancelled
 * @throws BuildcacheError when none of the mirrors can be written to: `unsupported` for layout 2, `denied`, …; `usage`
 *   where the root of the install tree is too short
 */
export async function push(options: PushOptions, reporter: Reporter): Promise<PushResult> {
  const { targets, specs, signal, dryRun } = options;
  requireRootLength(options.tree, specs, options.minRootLength);
  const outcomes = new Map(targets.map((target) => [target, new Map<string, PushOutcome>()]));
  const emitter = specEmitter(options.graph);
  const grace = withGrace(signal, GRACE_MS);
  const provenance = pushProvenance(options.tree, options.makeStatement);
  const usable = await usableTargets(options, outcomes);
  await pushSpecs({ ...options, targets: usable }, { emitter, provenance }, outcomes, reporter);
  const finish = async (target: PushTarget): Promise<MirrorPush> => {
    const ofMirror = inOrder(specs, outcomes.get(target) ?? new Map());
    const notes: string[] = [];
    const finishing =
      !dryRun && (!signal.aborted || [...ofMirror.values()].some(({ kind }) => kind === 'pushed'));
    // The index comes first, since there may be no time for more.
    const index = finishing
      ? await updateIndex(target, ofMirror, emitter, { ...options, signal: grace }, notes)
      : undefined;
    if (!dryRun) notes.push(...(await buildSpecNotes(target, inMirror(ofMirror), options)));
    notes.push(...provenance.notes(target.signer !== undefined));
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
  // All mirrors at once, so that a slow one does not take the others' time when time is short.
  const mirrors = await during(reporter, 'Updating indices', () => Promise.all(targets.map(finish)));
  return { specs, mirrors, dryRun, cancelled: signal.aborted };
}

/** A mirror that cannot be written to fails for every spec. If it is the only mirror, its error is thrown. */
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
      // The reason is said once, in the mirror's result or as the error, and not for each spec.
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
  { emitter, provenance }: Pick<SpecPush, 'emitter' | 'provenance'>,
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
  // A spec waits only for layers of specs that began before it.
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
      const one = {
        ...options,
        signal,
        emitter,
        provenance,
        spoolDir,
        packing,
        settle,
        turns,
        images,
        watch,
      };
      await Promise.all(inTurn.map((spec) => limit(() => pushSpec(spec, one))));
    });
  } finally {
    progress.done();
  }
}

interface SpecPush extends PushOptions {
  readonly emitter: SpecEmitter;
  readonly provenance: PushProvenance;
  readonly spoolDir: string;
  readonly packing: <T>(task: () => Promise<T>) => Promise<T>;
  readonly turns: ReadonlyMap<PushTarget, LayerTurns>;
  readonly images: ImageContents;
  /** Follows the sending of a tarball. */
  readonly watch: WatchTransfer;
  readonly settle: (target: PushTarget, spec: SpecNode, outcome: PushOutcome) => void;
}

/** Pushes one spec and settles its outcome for every mirror; never throws. */
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
      const statement = await options.provenance.statementOf(spec, packed);
      for (const target of wanting) {
        await failing(target, async () => {
          const image = () => imageOf(spec, packed.tarSha256, target, options.turns.get(target), options);
          const { size, sha256 } = packed;
          const { sent, image: made } = await watching(watch, `sending ${spec.name}`, size, (onBytes) => {
            const tarball = { ...packed, onBytes };
            const content = { tarball, document, image, statement, replaces: options.force };
            return target.cache.publish(spec, content, target.signer, signal);
          });
          settle(target, spec, { kind: 'pushed', sent, size, sha256, image: made });
        });
      }
    } finally {
      // A file that cannot be removed now is removed with its folder.
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
    // A dependency that the mirror has already need not be installed.
    if (!options.roots.has(spec.hash) && (await has())) return { kind: 'present' };
    if (options.optional?.has(spec.hash) === true) return { kind: 'not-installed' };
    return { kind: 'failed', code: 'not-found', reason: `it is not installed in ${tree.root}` };
  }
  const mirror = target.elsewhere.get(spec.hash);
  if (mirror !== undefined) return { kind: 'elsewhere', mirror };
  if (!force && (await has())) return { kind: 'present' };
  const { comparePrefixes, graph } = options;
  const mismatch = comparePrefixes === true ? await whyNotItsSpec(tree, spec.hash, graph.nodes) : undefined;
  if (mismatch !== undefined) return { kind: 'failed', code: 'conflict', reason: mismatch };
  return dryRun ? { kind: 'would-push' } : 'push';
}

function failure(error: unknown, signal: AbortSignal): PushOutcome {
  if (signal.aborted) return { kind: 'not-tried' };
  return { kind: 'failed', code: errorCode(error), reason: describeError(error) };
}

/** Hashes of the specs that a mirror has, as far as we know. */
function inMirror(outcomes: ReadonlyMap<string, PushOutcome>): Set<string> {
  return ofKind(outcomes, ['pushed', 'present']);
}

function ofKind(
  outcomes: ReadonlyMap<string, PushOutcome>,
  kinds: readonly PushOutcome['kind'][],
): Set<string> {
  return new Set([...outcomes].filter(([, { kind }]) => kinds.includes(kind)).map(([hash]) => hash));
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

/** Lists what was present before, too: an earlier run may have been stopped before it updated the index. */
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
    const additions = { graph, emitter, hashes, found: ofKind(outcomes, ['present']) };
    const onProblem = (text: string) => void notes.push(text);
    return failedIfGone(await addToIndex(target.cache, additions, { jobs, onProblem, signal }));
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
