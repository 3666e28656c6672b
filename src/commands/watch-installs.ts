/**
 * Pushes each spec as soon as it is built, beside the build. The database says what is built, not that a prefix is there;
 * it is looked at now and then, and read without a lock, since it is replaced as a whole. Mirrors that are signed get the
 * blobs only, so that no key has to be beside a build; their manifests follow when it is over, and cost next to nothing.
 * Whatever goes wrong here is left to the push at the end.
 */
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SentBlobs } from '../cache/layouts/publish.ts';
import type { Signer } from '../cache/trust/signing.ts';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import { describeError } from '../core/errors.ts';
import { withTemporaryFolder } from '../core/temporary-folder.ts';
import { refusalOf } from '../mirrors/filter.ts';
import { isRegistryUrl } from '../mirrors/location.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { openPushMirror } from '../mirrors/open-target.ts';
import { type Candidate, selectToAutopush } from '../plan/autopush-selection.ts';
import type { PushOutcome } from '../plan/push-result.ts';
import type { Selection } from '../plan/selection.ts';
import { type Reporter, SILENT } from '../report/reporter.ts';
import { type SpecEmitter, specEmitter } from '../spec/emit-spec.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { type InstallSnapshot, isUnpacked, readTreeIfThere } from '../tree/install-snapshot.ts';
import { type InstallTree, locateTree } from '../tree/install-tree.ts';
import { packSpec } from '../tree/pack-spec.ts';
import { databaseFile, type TreePlace } from '../tree/tree-root.ts';
import type { AutopushOptions } from './autopush.ts';
import { push } from './push.ts';

export interface WatchOptions
  extends Pick<
    AutopushOptions,
    'mirrors' | 'openSigner' | 'connection' | 'trust' | 'inspections' | 'baseImage'
  > {
  readonly place: TreePlace;
  readonly before: InstallSnapshot;
  /** The environment, if there is one: then only its specs are pushed. */
  readonly lockfile: SpecGraph | undefined;
  readonly selection: Pick<Selection, 'specs' | 'include' | 'exclude'>;
  readonly spackPrefix: (treeRoot: string) => string;
  /** Whole entries at once, signed ones too. */
  readonly signWhileBuilding: boolean;
  readonly pollMs: number;
  /** Fires when the build is over. */
  readonly over: AbortSignal;
  /** Ends all of it at once. */
  readonly signal: AbortSignal;
  readonly onSent?: (mirror: string, spec: SpecNode, what: 'blobs' | 'entry') => void;
}

/** What is on a mirror by the end of the build, by hash. */
export interface WatchedMirror {
  readonly pushed: Map<string, PushOutcome & { readonly kind: 'pushed' }>;
  /** What lacks its manifest only. */
  readonly sent: Map<string, SentBlobs>;
}

/** By the name of the mirror. */
export type Watched = ReadonlyMap<string, WatchedMirror>;

/** @returns when the build is over and what was under way is done; never throws for what goes wrong */
export async function watchInstalls(options: WatchOptions, reporter: Reporter): Promise<Watched> {
  const watched = new Map(options.mirrors.map(({ name }) => [name, { pushed: new Map(), sent: new Map() }]));
  const look = newInstalls(options);
  while (!options.over.aborted && !options.signal.aborted) {
    try {
      const found = await look();
      if (found !== undefined) await sendAll(found, watched, options, reporter);
    } catch (error) {
      // It may be written in this very moment, or a mirror be down: there is a next time, and the end.
      reporter.debug(`watching: ${describeError(error)}`);
    }
    await pause(options);
  }
  return watched;
}

async function pause({ pollMs, over, signal }: WatchOptions): Promise<void> {
  await sleep(pollMs, undefined, { signal: AbortSignal.any([over, signal]) }).catch(() => undefined);
}

interface Found {
  readonly tree: InstallTree;
  readonly nodes: SpecGraph['nodes'];
  readonly specs: readonly SpecNode[];
}

/** @returns a function that gives what is new since it was last asked; undefined while nothing has changed */
function newInstalls({ place, before, lockfile, selection }: WatchOptions): () => Promise<Found | undefined> {
  const seen = new Set<string>(before.installed);
  let version = '';
  return async () => {
    const now = await databaseVersion(place);
    if (now === undefined || now === version) return undefined;
    const tree = await readTreeIfThere(place);
    if (tree === undefined) return undefined;
    const nodes = new Map([...tree.nodes, ...(lockfile?.nodes ?? [])]);
    const candidates: Candidate[] = [];
    for (const [hash, { node, installed }] of tree.records) {
      if (!installed || seen.has(hash)) continue;
      candidates.push({ node: nodes.get(hash) ?? node, installed, unpacked: await isUnpacked(tree, hash) });
    }
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

async function sendAll(
  found: Found,
  watched: Watched,
  options: WatchOptions,
  reporter: Reporter,
): Promise<void> {
  const emitter = specEmitter({ nodes: found.nodes });
  for (const mirror of options.mirrors) {
    const into = watched.get(mirror.name);
    if (into === undefined || options.signal.aborted) continue;
    const isRegistry = isRegistryUrl(mirror.push.url);
    try {
      if (!mirror.signed) await publishAll(found, mirror, undefined, into, options);
      else if (options.signWhileBuilding)
        await publishAll(found, mirror, await options.openSigner(mirror), into, options);
      else if (!isRegistry) await sendBlobsOf(found, mirror, emitter, into, options);
    } catch (error) {
      options.signal.throwIfAborted();
      reporter.warn(`${mirror.name}: what was built is pushed at the end: ${describeError(error)}`);
    }
  }
}

/** Requests at once, and blocks compressed at once: the machine is there for the build. */
const AT_ONCE = 2;

async function publishAll(
  { tree, nodes, specs }: Found,
  mirror: Mirror,
  signer: Signer | undefined,
  { pushed }: WatchedMirror,
  options: WatchOptions,
): Promise<void> {
  const cache = await open(mirror, options);
  try {
    const refuses = await refusalOf(mirror, 'push', { nodes });
    await push(
      {
        tree,
        graph: { nodes },
        specs,
        roots: new Set(specs.map(({ hash }) => hash)),
        targets: [{ name: mirror.name, cache, signer, elsewhere: new Map(), refuses }],
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
          if (outcome.kind !== 'pushed') return;
          pushed.set(spec.hash, outcome);
          options.onSent?.(mirror.name, spec, 'entry');
        },
      },
      SILENT,
    );
  } finally {
    await cache.close();
  }
}

async function sendBlobsOf(
  { tree, nodes, specs }: Found,
  mirror: Mirror,
  emitter: SpecEmitter,
  { sent }: WatchedMirror,
  options: WatchOptions,
): Promise<void> {
  const { signal } = options;
  const cache = await open(mirror, options);
  try {
    await cache.prepare(signal);
    const refuses = await refusalOf(mirror, 'push', { nodes });
    await withTemporaryFolder(async (spoolDir) => {
      for (const spec of specs) {
        if (refuses?.(spec) !== undefined || (await cache.hasWhole(spec, true, signal))) continue;
        const how = { graph: { nodes }, spackPrefix: options.spackPrefix(tree.root), spoolDir, packJobs: 1 };
        const packed = await packSpec(tree, spec, { ...how, signal });
        try {
          const content = { tarball: packed, document: emitter.document(spec.hash) };
          const blobs = await cache.sendBlobs?.(content, signal);
          if (blobs === undefined) continue;
          sent.set(spec.hash, blobs);
          options.onSent?.(mirror.name, spec, 'blobs');
        } finally {
          await packed.dispose().catch(() => undefined);
        }
      }
    });
  } finally {
    await cache.close();
  }
}

async function open(mirror: Mirror, { connection, baseImage, trust }: WatchOptions): Promise<CacheWriter> {
  const images = isRegistryUrl(mirror.push.url) ? { baseImage, trust } : {};
  return await openPushMirror(mirror, connection, mirror.push.view, images);
}

/**
 * Signs and publishes the manifests of what was sent. What that fails for is left to the push that follows, which says why.
 * @param nodes where the specs are looked up
 */
export async function nameWatched(
  watched: Watched,
  nodes: SpecGraph['nodes'],
  options: Pick<WatchOptions, 'mirrors' | 'openSigner' | 'connection' | 'baseImage' | 'trust' | 'signal'>,
  reporter: Reporter,
): Promise<void> {
  for (const mirror of options.mirrors) {
    const { sent, pushed } = watched.get(mirror.name) ?? {
      sent: new Map<string, SentBlobs>(),
      pushed: new Map(),
    };
    if (sent.size === 0) continue;
    try {
      const signer = await options.openSigner(mirror);
      const cache = await openPushMirror(mirror, options.connection, mirror.push.view, {});
      try {
        for (const [hash, blobs] of sent) {
          const spec = nodes.get(hash);
          if (spec === undefined || !(await cache.nameBlobs?.(spec, blobs, signer, options.signal))) continue;
          const { sent: bytes, size, sha256 } = blobs;
          pushed.set(hash, { kind: 'pushed', sent: bytes, size, sha256 });
        }
      } finally {
        await cache.close();
      }
    } catch (error) {
      options.signal.throwIfAborted();
      reporter.debug(`${mirror.name}: ${describeError(error)}`);
    }
  }
}
