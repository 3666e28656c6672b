/** The mirrors of a sync: opened once for all that is copied from or to them. */

import { askIndex, type IndexSettings } from '../cache/index/listing.ts';
import { indexNodes, withGaps } from '../cache/index/nodes.ts';
import type { Signer } from '../cache/trust/signing.ts';
import type { Trust } from '../cache/trust/trust.ts';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import type { WantedEntry } from '../cache/writing/copy.ts';
import { lazily } from '../core/lazily.ts';
import { redactUrl } from '../core/redact.ts';
import { isRegistryUrl } from '../mirrors/location.ts';
import { type Mirror, mirrorId } from '../mirrors/mirror.ts';
import type { Connection } from '../mirrors/open.ts';
import { openPushMirror } from '../mirrors/open-target.ts';
import { openTrustedMirror } from '../mirrors/open-trusted.ts';
import type { SyncedSpec } from '../plan/sync-result.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import type { SyncJob, SyncPlan, SyncSource, SyncTask } from './sync.ts';

/** How mirrors are worked with, whatever is copied. */
export interface SyncContext {
  readonly connection: Connection;
  /** Whose signatures count; undefined: nobody's are looked at. */
  readonly trust: Trust | undefined;
  /** Nothing is signed that is not signed already. */
  readonly unsigned: boolean;
  /** Everything is signed anew. */
  readonly resign: boolean;
  readonly openSigner: (mirror: Mirror) => Promise<Signer>;
  /** What images that are made stand on, as for a push. */
  readonly baseImage?: string | undefined;
  /** Its store must be able to keep an index. */
  readonly index: IndexSettings;
  /** What is written instead of a mirror: a bundle. */
  readonly openTarget?: (() => CacheWriter) | undefined;
  readonly signal: AbortSignal;
}

export interface SyncWork extends SyncPlan {
  /** What to tell the user before it begins. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** Opens what a plan needs. */
export interface OpenMirrors {
  source(mirror: Mirror, graph: SpecGraph): Promise<SyncSource>;
  task(
    mirror: Mirror,
    jobs: readonly SyncJob[],
    refused: readonly SyncedSpec[],
    nodes: Map<string, SpecNode>,
  ): Promise<SyncTask>;
}

/** Whatever was opened is closed with the work, or when there is none. */
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
 * The specs themselves, as far as the source's index knows them with all that is below: what is not signed is copied
 * without another look at it then. Signed entries are read, whatever the index says; of images it tells the name, which
 * their tags do not, so that what the other mirror has already need not be read.
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
    signal.throwIfAborted(); // otherwise: each spec is read, which says what is wrong where something is
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

/** Whether an entry's name is that of the spec. */
function isPlaced({ at }: WantedEntry, node: SpecNode): boolean {
  return at === undefined || at.reader.isPlaceOf(at.key, node);
}
