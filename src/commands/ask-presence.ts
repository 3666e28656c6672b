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

/**
 * Opens a mirror's fetch side, asks, and closes it.
 * @param entries specs whose own entries are meant; for a spliced spec, give its build spec
 * @param graph where the compilers of layout 2's file names are looked up
 * @returns a state for each entry. Its notes are all that a user has to be told about the mirror.
 * @throws BuildcacheError as `openMirror`, and when cancelled. An error that the mirror answers is a state, not thrown.
 */
export async function askPresence(
  mirror: Mirror,
  entries: readonly SpecNode[],
  graph: Pick<SpecGraph, 'nodes'>,
  { connection, index, mayBeNew, ...options }: AskPresenceOptions,
): Promise<Presence> {
  const { readers, notes, close } = await openMirror(
    mirror,
    { nodes: graph.nodes, roots: [] },
    connection,
    mayBeNew,
  );
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
