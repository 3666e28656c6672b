/**
 * Pushes each spec as soon as it is built, while the build goes on. A spec counts as built when the database lists it; its
 * prefix alone proves nothing. The database is looked at now and then. It is read without a lock, since it is replaced as
 * a whole. Signed mirrors get only the blobs, so that no key is needed beside a build. Their manifests follow when the
 * build is over, which takes next to no time. A spec that fails is tried again after a while. What is left when the build
 * is over is left to the push at the end, which need not spare the machine.
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
    | 'mirrors'
    | 'openSigner'
    | 'connection'
    | 'trust'
    | 'inspections'
    | 'baseImage'
    | 'makeStatement'
    | 'minRootLength'
  > {
  readonly place: TreePlace;
  readonly before: InstallSnapshot;
  /**
   * Reads the environment as it is now. If there is one, only its specs are pushed.
   * @throws where the lockfile cannot be read yet; it is read again at the next look
   */
  readonly readLockfile: () => Promise<SpecGraph | undefined>;
  readonly selection: Pick<Selection, 'specs' | 'include' | 'exclude'>;
  readonly spackPrefix: (treeRoot: string) => string;
  /** Whether signed mirrors too get whole entries at once. */
  readonly signWhileBuilding: boolean;
  readonly pollMs: number;
  /** Fires when the build is over. Pushes that are under way finish, and no others begin. */
  readonly over: AbortSignal;
  /** Ends all of it at once. */
  readonly signal: AbortSignal;
  readonly onSent?: (mirror: string, spec: SpecNode, sent: Sent) => void;
}

/** The outcome of a spec that was pushed. */
export type Pushed = PushOutcome & { readonly kind: 'pushed' };

/** What was sent to a mirror for one spec. */
export type Sent =
  | { readonly kind: 'blobs'; readonly blobs: SentBlobs }
  | { readonly kind: 'entry'; readonly outcome: Pushed };

/** What is on a mirror at the end of the build, by hash. */
export interface WatchedMirror {
  readonly pushed: Map<string, Pushed>;
  /** Specs whose blobs were sent, so that only the manifest is missing. */
  readonly sent: Map<string, SentBlobs>;
}

/** What was sent, by the name of the mirror. */
export type Watched = ReadonlyMap<string, WatchedMirror>;

/** Returns when the build is over and pushes that were under way are done. Never throws for a failed push. */
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
      // The database or lockfile may be just being written. It is read again at the next look, and at the end.
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

/** @returns a function that gives what is new since its last call; undefined if nothing has changed */
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

/** A text that changes with every write of the database, since each write makes a new file. */
async function databaseVersion(place: TreePlace): Promise<string | undefined> {
  const { root } = await locateTree(place);
  const found = await stat(databaseFile(root), { bigint: true }).catch(() => undefined);
  return found && `${found.ino} ${found.mtimeNs} ${found.size}`;
}
