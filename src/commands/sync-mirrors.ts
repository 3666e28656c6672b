/** The mirrors of a sync. Each is opened once for all that is copied from or to it. */

import { askIndex, type IndexSettings } from '../cache/index/listing.ts';
import { indexNodes, withGaps } from '../cache/index/nodes.ts';
import type { Signer } from '../cache/trust/signing.ts';
import type { Trust } from '../cache/trust/trust.ts';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import type { WantedEntry } from '../cache/writing/copy.ts';
import { lazily } from '../core/lazily.ts';
import { redactUrl } from '../core/redact.ts';
import { isRegistryUrl } from '../environment/location.ts';
import { type Mirror, mirrorId } from '../mirrors/mirror.ts';
import type { Connection } from '../mirrors/open.ts';
import { openPushMirror } from '../mirrors/open-target.ts';
import { openTrustedMirror } from '../mirrors/open-trusted.ts';
import type { SyncedSpec } from '../plan/sync-result.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import type { SyncJob, SyncPlan, SyncSource, SyncTask } from './sync.ts';

/** The settings for all mirrors of a sync. */
export interface SyncContext {
  readonly connection: Connection;
  /** Whose signatures count. Undefined: signatures are not verified. */
  readonly trust: Trust | undefined;
  /** Whether entries that are not signed stay unsigned. */
  readonly unsigned: boolean;
  /** Whether all entries are signed anew. */
  readonly resign: boolean;
  readonly openSigner: (mirror: Mirror) => Promise<Signer>;
  /** The base image of images that are made, as for a push. */
  readonly baseImage?: string | undefined;
  /** Throws for a mirror that may not be copied to. */
  readonly mayWrite?: ((mirror: Mirror) => void) | undefined;
  /** The store must be able to keep an index. */
  readonly index: IndexSettings;
  /** What is written instead of a mirror: a bundle. */
  readonly openTarget?: (() => CacheWriter) | undefined;
  readonly signal: AbortSignal;
}

export interface SyncWork extends SyncPlan {
  /** Notes for the user, before the work begins. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** Opens the mirrors that a plan needs. */
export interface OpenMirrors {
  source(mirror: Mirror, graph: SpecGraph): Promise<SyncSource>;
  task(
    mirror: Mirror,
    jobs: readonly SyncJob[],
    refused: readonly SyncedSpec[],
    nodes: Map<string, SpecNode>,
  ): Promise<SyncTask>;
}

/** The opened mirrors are closed with the work, or at once if there is none. */
export async function withMirrors(
  context: SyncContext,
  plan: (mirrors: OpenMirrors) => Promise<SyncPlan>,
): Promise<SyncWork> {
  const { connection, trust, signal, unsigned, resign, openSigner } = context;
  const opened: { close(): Promise<void> }[] = [];
  const sources = new Map<string, SyncSource>();
  const notes: string[] = [];
  const close = async () => {
    for (const each of opened) await each.close();
  };
  const mirrors: OpenMirrors = {
    async source(mirror, graph) {
      const known = sources.get(mirrorId(mirror));
      if (known !== undefined) return known;
      const open = await openTrustedMirror(mirror, graph, connection, trust, signal);
      opened.push(open);
      notes.push(...open.notes.map((note) => `${mirror.name}: ${note}`));
      const source = { readers: open.readers, trust: open.trust, url: redactUrl(mirror.fetch.url) };
      sources.set(mirrorId(mirror), source);
      return source;
    },
    async task(mirror, jobs, refused, nodes) {
      context.mayWrite?.(mirror);
      const images = isRegistryUrl(mirror.push.url)
        ? { baseImage: context.baseImage, trust: () => Promise.resolve(trust) }
        : {};
      const cache =
        context.openTarget?.() ?? (await openPushMirror(mirror, connection, mirror.push.view, images));
      opened.push(cache);
      return {
        name: mirror.name,
        cache,
        signed: mirror.signed && !unsigned,
        resign,
        openSigner: lazily(() => openSigner(mirror)),
        jobs,
        refused,
        nodes,
      };
    },
  };
  try {
    return { ...(await plan(mirrors)), notes, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The specs themselves, where the source's index knows them with all that is below them. Unsigned entries are then copied
 * without reading their spec files. Signed entries are read, whatever the index says. For images the index gives the
 * spec's name, which the tag does not have; with it, images that the other mirror has already need not be read.
 */
export async function knownNodes(
  { readers, trust }: SyncSource,
  wanted: readonly WantedEntry[],
  context: SyncContext,
): Promise<{ known: WantedEntry[]; nodes: Map<string, SpecNode> }> {
  const nodes = new Map<string, SpecNode>();
  const reader = readers.find(({ naming }) => naming.keyOfName !== undefined);
  const isNamed = wanted.every(({ name }) => name !== undefined);
  if (reader === undefined || (trust !== undefined && isNamed)) return { known: [...wanted], nodes };
  const { index: settings, signal } = context;
  try {
    const hashes = wanted.map(({ hash }) => hash);
    const found = await askIndex(reader, { ...settings, signal }, (index) =>
      indexNodes(index, reader.storage.url, hashes),
    );
    for (const [hash, node] of found?.answer ?? []) nodes.set(hash, node);
  } catch {
    signal.throwIfAborted(); // with another error each spec is read, and reading it reports what is wrong
  }
  const gaps = withGaps(
    nodes,
    wanted.map(({ hash }) => hash),
  );
  const known = wanted.map((entry) => {
    const node = gaps.has(entry.hash) ? undefined : nodes.get(entry.hash);
    if (node === undefined || !isPlaced(entry, node)) return entry;
    return trust === undefined ? { ...entry, node } : { ...entry, name: entry.name ?? node };
  });
  return { known, nodes: trust === undefined ? nodes : new Map() };
}

/** Whether the entry has the name that an entry of this spec must have. */
function isPlaced({ at }: WantedEntry, node: SpecNode): boolean {
  return at === undefined || at.reader.isPlaceOf(at.key, node);
}
