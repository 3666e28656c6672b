/** What the verb and the step say about a prune: what to keep, and from which age on things may be removed. */
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

/** A blob that a running push has sent, and no manifest names yet, is protected only by its age. */
const SHORTEST_GRACE_MS = 3_600_000;

/** @throws BuildcacheError `usage` for a grace so short that the blobs of running pushes could be removed */
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
 * @returns the hashes to keep; undefined where neither a keep-list nor an environment is given
 * @throws BuildcacheError for a file that cannot be read, and `usage` for one that keeps nothing
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
    // Most likely concretizing the environment has failed. Everything it was meant to keep would be removed.
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
