/** Asks a mirror which of some entries it has. All commands ask through this. */
import type { IndexSettings } from '../cache/index/listing.ts';
import { findPresence, type Presence, type PresenceOptions } from '../cache/reading/presence.ts';
import { redactUrl } from '../core/redact.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { type Connection, openMirror } from '../mirrors/open.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';

export interface AskPresenceOptions
  extends Pick<PresenceOptions, 'verify' | 'forbidden' | 'watch' | 'onProgress'> {
  readonly connection: Connection;
  readonly index: IndexSettings;
  /** As for `openMirror`. */
  readonly mayBeNew?: boolean;
  readonly signal: AbortSignal;
}

/** What a mirror is asked for. */
export interface AskedSpecs {
  /** Specs whose own entries are meant; for a spliced spec, give its build spec. */
  readonly entries: readonly SpecNode[];
  /** Where the compilers of layout 2's file names are looked up. */
  readonly graph: Pick<SpecGraph, 'nodes'>;
}

/**
 * Opens a mirror's fetch side, asks, and closes it.
 * @param asked may be on its way: the mirror is asked for its index meanwhile. What it is rejected with passes through.
 * @returns a state for each entry. Its notes are all that a user has to be told about the mirror.
 * @throws BuildcacheError as `openMirror`, and when cancelled. An error that the mirror answers is a state, not thrown.
 */
export async function askPresence(
  mirror: Mirror,
  asked: AskedSpecs | Promise<AskedSpecs>,
  { connection, index, mayBeNew, ...options }: AskPresenceOptions,
): Promise<Presence> {
  const graph: { nodes: SpecGraph['nodes'] } = { nodes: new Map() };
  const entries = Promise.resolve(asked).then((specs) => {
    graph.nodes = specs.graph.nodes;
    return specs.entries;
  });
  entries.catch(() => undefined); // it is told below
  const { readers, notes, close } = await openMirror(mirror, graph, connection, mayBeNew);
  try {
    const presence = await findPresence(readers, entries, { ...options, ...index, jobs: connection.jobs });
    const told = [...notes, ...presence.notes];
    return { ...presence, notes: notes.length > 0 ? told : [...told, ...emptyNotes(presence, mirror)] };
  } finally {
    await close();
  }
}

/** A note for a mirror that seems empty: it may be new, or its URL may have a typing error. */
function emptyNotes({ index, states }: Presence, { fetch }: Mirror): string[] {
  const isBare = index === undefined && [...states.values()].every(({ state }) => state === 'missing');
  return isBare && states.size > 0
    ? [
        'there is no index and none of the specs: if the mirror is not new, check its URL, which ends above v3/ or ' +
          `build_cache/ (\`buildcache list --allarch -m ${redactUrl(fetch.url)}\` shows what is there)`,
      ]
    : [];
}
