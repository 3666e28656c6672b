/** A mirror opened for taking binaries from it. */
import { admitPinnedKeys } from '../cache/reading/keys.ts';
import type { TrustedMirror } from '../cache/reading/obtain.ts';
import type { Trust } from '../cache/trust/trust.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { refusalOf } from './filter.ts';
import type { Mirror } from './mirror.ts';
import { type Connection, type OpenMirror, openMirror } from './open.ts';

/** What to say of a mirror where keys were named, and its signatures are not looked at. */
export const UNSIGNED =
  'it is not configured as signed, so trusted-keys does not count for it: require-signatures makes it count';

/**
 * @param trust whose signatures count where the mirror is signed; undefined: no signature is looked at anywhere
 * @throws as `openMirror`
 */
export async function openTrustedMirror(
  mirror: Mirror,
  graph: SpecGraph,
  connection: Connection,
  trust: Trust | undefined,
  signal?: AbortSignal,
): Promise<OpenMirror & TrustedMirror> {
  const open = await openMirror(mirror, graph, connection);
  const needed = mirror.signed ? trust : undefined;
  try {
    const refuses = await refusalOf(mirror, 'fetch', graph);
    const problems = needed === undefined ? [] : [...(await admitPinnedKeys(needed, open.readers, signal))];
    // Named keys that do not count are reported: whoever named them believes that they do.
    if (trust?.isNamed === true && !mirror.signed) problems.push(UNSIGNED);
    return { ...open, notes: [...open.notes, ...problems], name: mirror.name, trust: needed, refuses };
  } catch (error) {
    await open.close();
    throw error;
  }
}
