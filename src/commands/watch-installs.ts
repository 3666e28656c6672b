/**
 * Pushes each spec as soon as it is built, beside the build. The database says what is built, not that a prefix is there;
 * it is looked at now and then, and read without a lock, since it is replaced as a whole. Mirrors that are signed get the
 * blobs only, so that no key has to be beside a build; their manifests follow when it is over, and cost next to nothing.
 * What fails is tried again after a while; what is left when the build is over is left to the push at the end, which need
 * not spare the machine.
 */
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SentBlobs } from '../cache/layouts/publish.ts';
import { describeError } from '../core/errors.ts';
import { selectToAutopush } from '../plan/autopush-selection.ts';
import type { PushOutcome } from '../plan/push-result.ts';
import type { Selection } from '../plan/selection.ts';
import type { Reporter } from '../report/reporter.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { type InstallSnapshot, readTreeIfThere } from '../tree/install-snapshot.ts';
import { locateTree } from '../tree/install-tree.ts';
import { databaseFile, type TreePlace } from '../tree/tree-root.ts';
import { type AutopushOptions, pushCandidates } from './autopush.ts';
import { Queue, sendDue, type Tree } from './watch-sending.ts';

export interface WatchOptions
  extends Pick<
    AutopushOptions,
    'mirrors' | 'openSigner' | 'connection' | 'trust' | 'inspections' | 'baseImage'
  > {
  readonly place: TreePlace;
  readonly before: InstallSnapshot;
  /**
   * The environment as it is by now, if there is one: then only its specs are pushed.
   * @throws where it cannot be told yet: it is asked again
   */
  readonly readLockfile: () => Promise<SpecGraph | undefined>;
  readonly selection: Pick<Selection, 'specs' | 'include' | 'exclude'>;
  readonly spackPrefix: (treeRoot: string) => string;
  /** Whole entries at once, signed ones too. */
  readonly signWhileBuilding: boolean;
  readonly pollMs: number;
  /** Fires when the build is over: what is under way is finished, and nothing else begun. */
  readonly over: AbortSignal;
  /** Ends all of it at once. */
  readonly signal: AbortSignal;
  readonly onSent?: (mirror: string, spec: SpecNode, sent: Sent) => void;
}

/** An outcome that is one. */
export type Pushed = PushOutcome & { readonly kind: 'pushed' };

/** What was brought to a mirror of one spec. */
export type Sent =
  | { readonly kind: 'blobs'; readonly blobs: SentBlobs }
  | { readonly kind: 'entry'; readonly outcome: Pushed };

/** What is on a mirror by the end of the build, by hash. */
export interface WatchedMirror {
  readonly pushed: Map<string, Pushed>;
  /** What lacks its manifest only. */
  readonly sent: Map<string, SentBlobs>;
}

/** By the name of the mirror. */
export type Watched = ReadonlyMap<string, WatchedMirror>;

/** @returns when the build is over and what was under way is done; never throws for what goes wrong */
export async function watchInstalls(options: WatchOptions, reporter: Reporter): Promise<Watched> {
  const watched = new Map(options.mirrors.map(({ name }) => [name, { pushed: new Map(), sent: new Map() }]));
  const queues = options.mirrors.map((mirror) => new Queue(mirror, options.pollMs));
  const look = newInstalls(options);
  let tree: Tree | undefined;
  while (!options.over.aborted && !options.signal.aborted) {
    try {
      const found = await look();
      tree = found ?? tree;
      for (const queue of queues) queue.add(found?.specs ?? []);
    } catch (error) {
      // It may be written in this very moment: there is a next time, and the end.
      reporter.debug(`watching: ${describeError(error)}`);
    }
    for (const queue of queues) {
      const into = watched.get(queue.mirror.name);
      if (tree !== undefined && into !== undefined) await sendDue(queue, tree, into, options, reporter);
    }
    await pause(options);
  }
  return watched;
}

async function pause({ pollMs, over, signal }: WatchOptions): Promise<void> {
  await sleep(pollMs, undefined, { signal: AbortSignal.any([over, signal]) }).catch(() => undefined);
}

interface Found extends Tree {
  readonly specs: readonly SpecNode[];
}

/** @returns a function that gives what is new since it was last asked; undefined while nothing has changed */
function newInstalls({
  place,
  before,
  readLockfile,
  selection,
}: WatchOptions): () => Promise<Found | undefined> {
  const seen = new Set<string>(before.installed);
  let version = '';
  return async () => {
    const now = await databaseVersion(place);
    if (now === undefined || now === version) return undefined;
    const tree = await readTreeIfThere(place);
    if (tree === undefined) return undefined;
    const lockfile = await readLockfile();
    const nodes = new Map([...tree.nodes, ...(lockfile?.nodes ?? [])]);
    const fresh = [...tree.records].filter(([hash, { installed }]) => installed && !seen.has(hash));
    const candidates = await pushCandidates(tree, fresh, nodes, lockfile);
    const { specs } = await selectToAutopush(candidates, nodes, lockfile?.nodes, selection);
    for (const { node } of candidates) seen.add(node.hash);
    version = now;
    return specs.length === 0 ? undefined : { tree, nodes, specs };
  };
}

/** What changes with every write: it is another file each time. */
async function databaseVersion(place: TreePlace): Promise<string | undefined> {
  const { root } = await locateTree(place);
  const found = await stat(databaseFile(root), { bigint: true }).catch(() => undefined);
  return found && `${found.ino} ${found.mtimeNs} ${found.size}`;
}
