/** Notes on spliced specs that were pushed: one cannot be installed from a mirror that lacks its build spec. */
import { builtAs } from '../spec/entry-spec.ts';
import { shortHash } from '../spec/node.ts';
import type { PushOptions, PushTarget } from './push.ts';

/** @param there hashes of what the mirror is known to have */
export async function buildSpecNotes(
  { cache, signer }: PushTarget,
  there: ReadonlySet<string>,
  { specs, graph, signal }: Pick<PushOptions, 'specs' | 'graph' | 'signal'>,
): Promise<string[]> {
  const notes: string[] = [];
  for (const spec of specs) {
    const built = spec.buildSpec && graph.nodes.get(spec.buildSpec.hash);
    if (built === undefined || signal.aborted || !there.has(spec.hash) || there.has(built.hash)) continue;
    try {
      if (await cache.hasWhole(built, signer !== undefined, signal)) continue;
    } catch {
      continue; // The push is done. It must not fail because a note cannot be made.
    }
    notes.push(
      `${spec.name}/${shortHash(spec)} is spliced, and is installed from its ${builtAs(spec)}, which is ` +
        'missing here: push that where it is installed, or sync it from a mirror that has it',
    );
  }
  return notes;
}
