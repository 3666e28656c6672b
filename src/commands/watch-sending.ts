/**
 * What a watch sends beside the build: one spec after the other, whole entries or blobs alone, and again after a while
 * where a mirror fails.
 */
import type { Signer } from '../cache/trust/signing.ts';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import { describeError } from '../core/errors.ts';
import { withTemporaryFolder } from '../core/temporary-folder.ts';
import { refusalOf } from '../mirrors/filter.ts';
import { isRegistryUrl } from '../mirrors/location.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { openPushMirror } from '../mirrors/open-target.ts';
import { type Reporter, SILENT } from '../report/reporter.ts';
import { specEmitter } from '../spec/emit-spec.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import type { InstallTree } from '../tree/install-tree.ts';
import { packSpec } from '../tree/pack-spec.ts';
import { push } from './push.ts';
import type { Pushed, WatchedMirror, WatchOptions } from './watch-installs.ts';

/** What was built, as it was when it was last looked at. */
export interface Tree {
  readonly tree: InstallTree;
  readonly nodes: SpecGraph['nodes'];
}

/** Looks left out after a first failure, and at most. */
const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 160;

/** What a mirror has not got yet. One that fails is left alone for a while, each time for longer. */
export class Queue {
  readonly mirror: Mirror;
  readonly #pollMs: number;
  readonly #waiting = new Map<string, SpecNode>();
  #notBefore = 0;
  #looks = FIRST_PAUSE;
  #said = '';

  constructor(mirror: Mirror, pollMs: number) {
    this.mirror = mirror;
    this.#pollMs = pollMs;
  }

  add(specs: readonly SpecNode[]): void {
    for (const spec of specs) this.#waiting.set(spec.hash, spec);
  }

  /** Dependencies first, as they were built. */
  due(): readonly SpecNode[] {
    return Date.now() < this.#notBefore ? [] : [...this.#waiting.values()];
  }

  settle({ hash }: SpecNode): void {
    this.#waiting.delete(hash);
    this.#looks = FIRST_PAUSE;
  }

  /** @returns whether it is worth saying: not the same again and again */
  fail(reason: string): boolean {
    this.#notBefore = Date.now() + this.#looks * this.#pollMs;
    this.#looks = Math.min(2 * this.#looks, LONGEST_PAUSE);
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
  // Of an image its manifest is part of how it is found again: without a key there is nothing to send.
  if (specs.length === 0 || (mirror.signed && !options.signWhileBuilding && isRegistryUrl(mirror.push.url)))
    return;
  const fail = (reason: string) => {
    if (queue.fail(reason)) reporter.warn(`${mirror.name}: tried again later, and at the end: ${reason}`);
  };
  try {
    const cache = await open(mirror, options);
    try {
      if (mirror.signed && !options.signWhileBuilding)
        await sendBlobsOf(specs, { queue, tree, cache, into }, options);
      else {
        const signer = mirror.signed ? await options.openSigner(mirror) : undefined;
        await publishAll(specs, { queue, tree, cache, into, signer, fail }, options);
      }
    } finally {
      await cache.close();
    }
  } catch (error) {
    if (!options.signal.aborted) fail(describeError(error));
  }
}

/** Requests at once, and blocks compressed at once: the machine is there for the build. */
const AT_ONCE = 2;

interface Sending {
  readonly queue: Queue;
  readonly tree: Tree;
  readonly cache: CacheWriter;
  readonly into: WatchedMirror;
}

async function publishAll(
  specs: readonly SpecNode[],
  {
    queue,
    tree: { tree, nodes },
    cache,
    into,
    signer,
    fail,
  }: Sending & {
    readonly signer: Signer | undefined;
    readonly fail: (reason: string) => void;
  },
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
        signal: options.signal,
        onOutcome: (_, spec, outcome) => {
          if (outcome.kind === 'failed' || outcome.kind === 'not-tried') {
            hasFailed = true;
            if (outcome.kind === 'failed') fail(outcome.reason);
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

async function sendBlobsOf(
  specs: readonly SpecNode[],
  { queue, tree: { tree, nodes }, cache, into }: Sending,
  options: WatchOptions,
): Promise<void> {
  const { signal } = options;
  await cache.prepare(signal);
  const refuses = await refusalOf(queue.mirror, 'push', { nodes });
  const emitter = specEmitter({ nodes });
  await withTemporaryFolder(async (spoolDir) => {
    for (const spec of specs) {
      if (options.over.aborted) return;
      if (refuses?.(spec) === undefined && !(await cache.hasWhole(spec, true, signal))) {
        const how = { graph: { nodes }, spackPrefix: options.spackPrefix(tree.root), spoolDir, packJobs: 1 };
        const packed = await packSpec(tree, spec, { ...how, signal });
        try {
          const content = { tarball: packed, document: emitter.document(spec.hash) };
          const blobs = await cache.sendBlobs?.(content, signal);
          if (blobs !== undefined) {
            into.sent.set(spec.hash, blobs);
            options.onSent?.(queue.mirror.name, spec, { kind: 'blobs', blobs });
          }
        } finally {
          await packed.dispose().catch(() => undefined);
        }
      }
      queue.settle(spec);
    }
  });
}

async function open(mirror: Mirror, { connection, baseImage, trust }: WatchOptions): Promise<CacheWriter> {
  const images = isRegistryUrl(mirror.push.url) ? { baseImage, trust } : {};
  return await openPushMirror(mirror, connection, mirror.push.view, images);
}
