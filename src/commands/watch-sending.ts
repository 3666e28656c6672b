/**
 * Sends what a watch has found, while the build goes on: one spec after the other, as whole entries or as blobs alone. If
 * a mirror fails, it is tried again after a while.
 */
import type { Signer } from '../cache/trust/signing.ts';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import { describeError } from '../core/errors.ts';
import { withTemporaryFolder } from '../core/temporary-folder.ts';
import { isRegistryUrl } from '../environment/location.ts';
import { refusalOf } from '../mirrors/filter.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { openPushMirror } from '../mirrors/open-target.ts';
import { type Reporter, SILENT } from '../report/reporter.ts';
import { specEmitter } from '../spec/emit-spec.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import type { InstallTree } from '../tree/install-tree.ts';
import { packSpec } from '../tree/pack-spec.ts';
import { push } from './push.ts';
import { requireRootLength } from './require-root-length.ts';
import type { Pushed, WatchedMirror, WatchOptions } from './watch-installs.ts';

/** The install tree, as it was at the last look. */
export interface Tree {
  readonly tree: InstallTree;
  readonly nodes: SpecGraph['nodes'];
}

/** How many looks are left out after a first failure, and at most. */
const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 160;

/** Says how long something that failed is left alone: longer after each failure. */
class Patience {
  #notBefore = 0;
  #looks = FIRST_PAUSE;

  isOver(): boolean {
    return performance.now() >= this.#notBefore;
  }

  lose(pollMs: number): void {
    this.#notBefore = performance.now() + this.#looks * pollMs;
    this.#looks = Math.min(2 * this.#looks, LONGEST_PAUSE);
  }
}

/** The specs that a mirror does not have yet. A spec that fails holds up no other; a mirror that fails holds up all. */
export class Queue {
  readonly mirror: Mirror;
  readonly #pollMs: number;
  readonly #waiting = new Map<string, { readonly spec: SpecNode; readonly patience: Patience }>();
  #patience = new Patience();
  #said = '';

  constructor(mirror: Mirror, pollMs: number) {
    this.mirror = mirror;
    this.#pollMs = pollMs;
  }

  add(specs: readonly SpecNode[]): void {
    for (const spec of specs) this.#waiting.set(spec.hash, { spec, patience: new Patience() });
  }

  /** The specs to send now, dependencies first, as they were built. */
  due(): readonly SpecNode[] {
    if (!this.#patience.isOver()) return [];
    return [...this.#waiting.values()].filter(({ patience }) => patience.isOver()).map(({ spec }) => spec);
  }

  settle({ hash }: SpecNode): void {
    this.#waiting.delete(hash);
    this.#patience = new Patience();
  }

  /**
   * @param spec undefined where the mirror itself has failed
   * @returns whether the failure is to be reported: the same failure is not reported again
   */
  fail(reason: string, spec?: SpecNode): boolean {
    const patience = spec === undefined ? this.#patience : this.#waiting.get(spec.hash)?.patience;
    patience?.lose(this.#pollMs);
    const isNews = reason !== this.#said;
    this.#said = reason;
    return isNews;
  }
}

/** Never throws. What could not be sent stays in the queue. */
export async function sendDue(
  queue: Queue,
  tree: Tree,
  into: WatchedMirror,
  options: WatchOptions,
  reporter: Reporter,
): Promise<void> {
  const { mirror } = queue;
  const specs = queue.due();
  // An image's layers can be found again only through its manifest, so without a key nothing is sent to a registry.
  if (specs.length === 0 || (mirror.signed && !options.signWhileBuilding && isRegistryUrl(mirror.push.url)))
    return;
  const fail = (reason: string, spec?: SpecNode) => {
    if (queue.fail(reason, spec))
      reporter.warn(`${mirror.name}: tried again later, and at the end: ${reason}`);
  };
  try {
    const cache = await open(mirror, options);
    try {
      if (mirror.signed && !options.signWhileBuilding)
        await sendBlobsOf(specs, { queue, tree, cache, into, fail }, options);
      else {
        const signer = mirror.signed ? await options.openSigner(mirror) : undefined;
        await publishAll(specs, signer, { queue, tree, cache, into, fail }, options);
      }
    } finally {
      await cache.close();
    }
  } catch (error) {
    if (!options.signal.aborted) fail(describeError(error));
  }
}

/** Requests at once, and blocks compressed at once. They are few, to leave the machine to the build. */
const AT_ONCE = 2;

interface Sending {
  readonly queue: Queue;
  readonly tree: Tree;
  readonly cache: CacheWriter;
  readonly into: WatchedMirror;
  readonly fail: (reason: string, spec?: SpecNode) => void;
}

/** Publishes until one spec fails. The next look tells whether it is the mirror's fault. */
async function publishAll(
  specs: readonly SpecNode[],
  signer: Signer | undefined,
  { queue, tree: { tree, nodes }, cache, into, fail }: Sending,
  options: WatchOptions,
): Promise<void> {
  const { name } = queue.mirror;
  const refuses = await refusalOf(queue.mirror, 'push', { nodes });
  for (let i = 0; i < specs.length && !options.over.aborted; i += AT_ONCE) {
    const some = specs.slice(i, i + AT_ONCE);
    let hasFailed = false;
    await push(
      {
        tree,
        graph: { nodes },
        specs: some,
        roots: new Set(some.map(({ hash }) => hash)),
        targets: [{ name, cache, signer, elsewhere: new Map(), refuses }],
        spackPrefix: options.spackPrefix(tree.root),
        force: false,
        updateIndex: false,
        failFast: false,
        allowMissing: true,
        dryRun: false,
        jobs: AT_ONCE,
        inspections: options.inspections,
        makeStatement: options.makeStatement,
        minRootLength: options.minRootLength,
        signal: options.signal,
        onOutcome: (_, spec, outcome) => {
          if (outcome.kind === 'failed' || outcome.kind === 'not-tried') {
            hasFailed = true;
            if (outcome.kind === 'failed') fail(outcome.reason, spec);
            return;
          }
          queue.settle(spec);
          if (outcome.kind !== 'pushed') return;
          const pushed: Pushed = { ...outcome, when: 'building' };
          into.pushed.set(spec.hash, pushed);
          options.onSent?.(name, spec, { kind: 'entry', outcome: pushed });
        },
      },
      SILENT,
    );
    if (hasFailed) return;
  }
}

/** As {@link publishAll}. */
async function sendBlobsOf(
  specs: readonly SpecNode[],
  { queue, tree: { tree, nodes }, cache, into, fail }: Sending,
  options: WatchOptions,
): Promise<void> {
  const { signal } = options;
  requireRootLength(tree, specs, options.minRootLength);
  await cache.prepare(signal);
  const refuses = await refusalOf(queue.mirror, 'push', { nodes });
  const emitter = specEmitter({ nodes });
  const how = { graph: { nodes }, spackPrefix: options.spackPrefix(tree.root), packJobs: 1, signal };
  const send = async (spec: SpecNode, spoolDir: string) => {
    if (refuses?.(spec) !== undefined || (await cache.hasWhole(spec, true, signal))) return;
    const packed = await packSpec(tree, spec, { ...how, spoolDir });
    try {
      const content = { tarball: packed, document: emitter.document(spec.hash) };
      const blobs = await cache.sendBlobs?.(content, signal);
      if (blobs === undefined) return;
      into.sent.set(spec.hash, blobs);
      options.onSent?.(queue.mirror.name, spec, { kind: 'blobs', blobs });
    } finally {
      await packed.dispose().catch(() => undefined);
    }
  };
  await withTemporaryFolder(async (spoolDir) => {
    for (const spec of specs) {
      if (options.over.aborted) return;
      try {
        await send(spec, spoolDir);
        queue.settle(spec);
      } catch (error) {
        if (!signal.aborted) fail(describeError(error), spec);
        return;
      }
    }
  });
}

async function open(mirror: Mirror, { connection, baseImage, trust }: WatchOptions): Promise<CacheWriter> {
  const images = isRegistryUrl(mirror.push.url) ? { baseImage, trust } : {};
  return await openPushMirror(mirror, connection, mirror.push.view, images);
}
