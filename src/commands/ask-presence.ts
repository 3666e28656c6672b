/** Which of these entries does a mirror have? The one way in which commands ask, whatever they do with the answer. */
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
 * @param entries specs whose own entries are meant: of a spliced one, give what it was built as
 * @param graph where the compilers of layout 2's file names are looked up
 * @returns a state for each; its notes are all there is to tell of the mirror
 * @throws BuildcacheError as `openMirror`, and when cancelled; what the mirror answers is a state
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

/** Also a mirror that nobody has pushed to yet looks so, or a URL with a typing error in it. */
function emptyNotes({ index, states }: Presence, { fetch }: Mirror): string[] {
  const isBare = index === undefined && [...states.values()].every(({ state }) => state === 'missing');
  return isBare && states.size > 0
    ? [
        'there is no index and none of the specs: if the mirror is not new, check its URL, which ends above v3/ or ' +
          `build_cache/ (\`buildcache list --allarch -m ${redactUrl(fetch.url)}\` shows what is there)`,
      ]
    : [];
}
