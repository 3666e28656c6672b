/**
 * `--stamp` of `check`, `install` and `sync`: leaves on mirrors which specs were needed today, for a prune to go by. Best
 * effort: what was asked for has been done already, so a mirror that takes no stamp is a warning.
 */
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError, describeError } from '../core/errors.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import type { Connection } from '../mirrors/open.ts';
import { openPushMirror } from '../mirrors/open-target.ts';
import type { CheckResult } from '../plan/rebuild.ts';
import type { Reporter } from '../report/reporter.ts';
import type { SpecNode } from '../spec/node.ts';
import type { SyncTask } from './sync.ts';

/** What was needed of a mirror. */
export interface NeededSpecs {
  readonly mirror: Mirror;
  readonly hashes: Iterable<string>;
}

/** Opens the side of each mirror that is written to, and stamps it. */
export async function leaveStamps(
  needed: readonly NeededSpecs[],
  connection: Connection,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(
    needed.map(({ mirror, hashes }) =>
      warning(mirror.name, reporter, signal, async () => {
        const cache = await openPushMirror(mirror, connection);
        try {
          await stamp(cache, hashes, signal);
        } finally {
          await cache.close();
        }
      }),
    ),
  );
}

/** Stamps the mirrors that a sync has copied to, with what was to be there. */
export async function stampTargets(
  tasks: readonly SyncTask[],
  reporter: Reporter,
  signal: AbortSignal,
): Promise<void> {
  for (const { name, cache, jobs } of tasks) {
    const hashes = jobs.map(({ wanted }) => wanted.hash);
    if (hashes.length > 0) await warning(name, reporter, signal, () => stamp(cache, hashes, signal));
  }
}

/** What an answer shows that each mirror has: what it lacks will be pushed, and is new then. */
export function neededOf(
  { answers }: CheckResult,
  specs: readonly SpecNode[],
  mirrors: readonly Mirror[],
): NeededSpecs[] {
  return mirrors.flatMap((mirror) => {
    const states = answers.find(({ name }) => name === mirror.name)?.states;
    const present = specs.filter(({ hash }) => states?.get(hash)?.state === 'present');
    return present.length === 0 ? [] : [{ mirror, hashes: entryHashes(present) }];
  });
}

/** Of specs and of what spliced ones were built as: their entries are those. Externals have none. */
export function entryHashes(specs: Iterable<SpecNode>): Set<string> {
  const hashes = new Set<string>();
  for (const { hash, buildSpec, external } of specs) {
    if (external !== undefined) continue;
    hashes.add(hash);
    if (buildSpec !== undefined) hashes.add(buildSpec.hash);
  }
  return hashes;
}

async function stamp(
  { stamps, reader }: CacheWriter,
  hashes: Iterable<string>,
  signal: AbortSignal,
): Promise<void> {
  if (stamps !== undefined) return void (await stamps.add(hashes, signal));
  throw new BuildcacheError(
    'unsupported',
    'a registry keeps no stamps, since jobs would overwrite each other',
    {
      url: reader.storage.url,
      hint: 'leave out --stamp (in the action: stamp), and give prune the lockfiles that are in use (--keep-git, --keep-environment)',
    },
  );
}

async function warning(
  name: string,
  reporter: Reporter,
  signal: AbortSignal,
  action: () => Promise<void>,
): Promise<void> {
  try {
    await action();
  } catch (error) {
    throwIfCancelled(signal);
    reporter.warn(`${name}: no stamp was left: ${describeError(error)}`);
  }
}
