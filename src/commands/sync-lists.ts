/** Turns copy-lists into the work of a sync. Lists come from outside, so they may name only configured mirrors. */

import { entryUrl, mirrorBase, nameInPlace } from '../cache/reading/entry-url.ts';
import { type WantedEntry, wantsSignature } from '../cache/writing/copy.ts';
import { BuildcacheError, describeError, errorCode } from '../core/errors.ts';
import { mirrorAnywhere, mirrorToRead, mirrorToWrite } from '../mirrors/belongs.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import {
  type CopyConflict,
  type CopyItem,
  conflictText,
  type ListedCopy,
  mergeCopyLists,
} from '../plan/copy-list.ts';
import type { MirrorSync, SyncedSpec } from '../plan/sync-result.ts';
import type { SpecNode } from '../spec/node.ts';
import type { SyncJob, SyncSource, SyncTask } from './sync.ts';
import {
  knownNodes,
  type OpenMirrors,
  type SyncContext,
  type SyncWork,
  withMirrors,
} from './sync-mirrors.ts';

export interface ListedWork {
  readonly lists: readonly { readonly file: string; readonly items: readonly CopyItem[] }[];
  /** The mirror to copy to, instead of those that the lists name. */
  readonly to: Mirror | undefined;
  /** The mirrors that lists may name. */
  readonly configured: readonly Mirror[];
  /** Whether lists may also name mirrors that are not configured. */
  readonly allowOtherHosts: boolean;
}

/** The work that the lists ask for. Items that are not allowed, or on which lists contradict each other, are refused. */
export async function listedWork(work: ListedWork, context: SyncContext): Promise<SyncWork> {
  const { lists, to } = work;
  const redirected = to === undefined ? lists : lists.map((list) => redirect(list, to));
  const { copies, conflicts } = mergeCopyLists(redirected);
  const byTarget = groupBy<ListedCopy | CopyConflict>([...copies, ...conflicts], ({ dest }) => dest.mirror);
  return await withMirrors(context, async (mirrors) => {
    const tasks: SyncTask[] = [];
    const refused: MirrorSync[] = [];
    for (const [url, items] of byTarget) {
      const target = { copies: items.filter(isCopy), conflicts: items.filter((item) => 'sources' in item) };
      try {
        const into = to ?? allowed(mirrorToWrite(url, work.configured), url, 'to', work);
        tasks.push(await targetTask(into, target, work, mirrors, context));
      } catch (error) {
        context.signal.throwIfAborted();
        const specs = [
          ...target.copies.map((copy) => refusedCopy(copy, error)),
          ...target.conflicts.map(refusedConflict),
        ];
        refused.push({ name: url, url, specs, index: undefined, keyFailed: undefined, notes: [] });
      }
    }
    return { tasks, refused };
  });
}

async function targetTask(
  into: Mirror,
  {
    copies,
    conflicts,
  }: { readonly copies: readonly ListedCopy[]; readonly conflicts: readonly CopyConflict[] },
  work: ListedWork,
  mirrors: OpenMirrors,
  context: SyncContext,
): Promise<SyncTask> {
  const jobs: SyncJob[] = [];
  const refused: SyncedSpec[] = [];
  const nodes = new Map<string, SpecNode>();
  for (const [from, ofSource] of groupBy(copies, ({ src }) => src.mirror)) {
    try {
      const mirror = allowed(mirrorToRead(from, work.configured), from, 'from', work);
      const source = await mirrors.source(mirror, { nodes: new Map(), roots: [] });
      const wanted = ofSource.map((copy) => listedEntry(source, copy));
      const found = await knownNodes(source, wanted, context);
      for (const [hash, node] of found.nodes) nodes.set(hash, node);
      for (const each of found.known) jobs.push({ source, wanted: each });
    } catch (error) {
      context.signal.throwIfAborted();
      for (const copy of ofSource) refused.push(refusedCopy(copy, error));
    }
  }
  const task = await mirrors.task(into, jobs, refused, nodes);
  for (const conflict of conflicts) refused.push(await decideConflict(conflict, task, context.signal));
  return task;
}

/** Two lists contradict each other. That does not matter if the mirror has the spec already. */
async function decideConflict(
  conflict: CopyConflict,
  task: SyncTask,
  signal: AbortSignal,
): Promise<SyncedSpec> {
  const refused = refusedConflict(conflict);
  const name = conflict.sources.map(({ src }) => nameInPlace(src)).find((each) => each !== undefined);
  const isThere =
    name !== undefined && (await task.cache.hasWhole(name, wantsSignature(task), signal).catch(() => false));
  return isThere ? { ...refused, outcome: { kind: 'present' } } : refused;
}

function isCopy(item: ListedCopy | CopyConflict): item is ListedCopy {
  return 'src' in item;
}

/** @throws BuildcacheError `denied` for a mirror that is not configured, unless lists may name any mirror */
function allowed(
  mirror: Mirror | undefined,
  url: string,
  direction: 'from' | 'to',
  { allowOtherHosts }: ListedWork,
): Mirror {
  if (mirror !== undefined) return mirror;
  if (allowOtherHosts) return mirrorAnywhere(url);
  throw new BuildcacheError('denied', `a list copies ${direction} a mirror that is not configured`, {
    url,
    hint: 'configure it, name it with --mirror-url, or allow any with --allow-other-hosts',
  });
}

function redirect(list: ListedWork['lists'][number], to: Mirror): ListedWork['lists'][number] {
  const mirror = mirrorBase(to.push.url);
  return { ...list, items: list.items.map((item) => ({ ...item, dest: { ...item.dest, mirror } })) };
}

function listedEntry({ readers }: SyncSource, { hash, src }: ListedCopy): WantedEntry {
  const reader = new Map(readers.map((each) => [each.layout, each])).get(src.layout);
  if (reader === undefined) {
    throw new BuildcacheError('unsupported', `the mirror is not read in layout ${src.layout}`, {
      url: entryUrl(src),
    });
  }
  return { hash, at: { reader, key: src.key }, name: nameInPlace(src), node: undefined };
}

function refusedConflict(conflict: CopyConflict): SyncedSpec {
  const { hash, sources } = conflict;
  const name = sources[0] && nameInPlace(sources[0].src);
  const source = sources.map(({ src }) => src.mirror).join(' ');
  const outcome = { kind: 'failed', code: 'conflict', reason: conflictText(conflict) } as const;
  return { hash, name: name?.name, version: name?.version, source, outcome };
}

function refusedCopy({ hash, src }: ListedCopy, error: unknown): SyncedSpec {
  const name = nameInPlace(src);
  const outcome = { kind: 'failed', code: errorCode(error), reason: describeError(error) } as const;
  return { hash, name: name?.name, version: name?.version, source: src.mirror, outcome };
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item)) ?? [];
    groups.set(key(item), group);
    group.push(item);
  }
  return groups;
}
