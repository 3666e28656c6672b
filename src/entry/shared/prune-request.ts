/** What verb and step say of a prune: what is kept, and how young what goes may be. */
import { resolve } from 'node:path';
import { BuildcacheError, fileError } from '../../core/errors.ts';
import { readBoundedText } from '../../core/read-file.ts';
import { findEnvironment, readEnvironment } from '../../mirrors/environment.ts';
import { parseKeepList } from '../../plan/keep-list.ts';
import type { Invocation } from './invocation.ts';

export interface KeepRequest {
  /** Files of hashes. */
  readonly keepLists: readonly string[];
  /** Lockfiles, or folders that have one. */
  readonly environments: readonly string[];
}

/** Bytes: some million hashes. */
const MAX_KEEP_LIST = 64 * 1024 * 1024;

/** What somebody has sent and not named yet, nothing but its age protects. */
const SHORTEST_GRACE_MS = 3_600_000;

/** @throws BuildcacheError `usage` for a grace that would take the blobs of pushes under way */
export function requireGrace({
  graceMs,
  nobodyPushes,
  deletes,
}: {
  readonly graceMs: number;
  readonly nobodyPushes: boolean;
  readonly deletes: boolean;
}): void {
  if (graceMs >= SHORTEST_GRACE_MS || nobodyPushes || !deletes) return;
  throw new BuildcacheError('usage', 'with so short a grace, blobs of pushes that are under way could go', {
    expected: 'a grace of 1h or more, longer than the longest push',
    hint: 'say --nobody-pushes (in a workflow nobody-pushes: true) if nobody writes to the mirror now',
  });
}

/**
 * @returns hashes; undefined when nothing says what to keep
 * @throws BuildcacheError for what cannot be read, and `usage` for what keeps nothing
 */
export async function readKeep(
  { keepLists, environments }: KeepRequest,
  { cwd, env }: Invocation,
): Promise<Set<string> | undefined> {
  if (keepLists.length + environments.length === 0) return undefined;
  const keep = new Set<string>();
  for (const name of keepLists) {
    const file = resolve(cwd, name);
    const text = await readBoundedText(file, MAX_KEEP_LIST).catch((error: unknown) => {
      throw fileError(error, file, 'read the keep-list');
    });
    for (const hash of parseKeepList(text, file)) keep.add(hash);
  }
  for (const where of environments) {
    const { nodes } = await readEnvironment(await findEnvironment(resolve(cwd, where), env));
    // Concretizing it has failed, most likely; all it was meant to keep would go.
    if (nodes.size === 0) {
      throw new BuildcacheError('usage', 'an environment without specs keeps nothing', {
        file: resolve(cwd, where),
        hint: 'concretize it, or leave it out',
      });
    }
    for (const hash of nodes.keys()) keep.add(hash);
  }
  return keep;
}
