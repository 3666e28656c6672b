/** What the verb and the step `check-index` ask about a mirror, answered through the layout that the mirror has. */
import type { EntryReader } from '../../cache/entries.ts';
import { admitPinnedKeys } from '../../cache/reading/keys.ts';
import type { Trust } from '../../cache/trust/trust.ts';
import { type CheckIndexOptions, checkIndex, type VerifyLevel } from '../../commands/check-index.ts';
import { repairMirror } from '../../commands/repair-mirror.ts';
import { errorCode } from '../../core/errors.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { type Connection, openMirror } from '../../mirrors/open.ts';
import { openPushMirror } from '../../mirrors/open-target.ts';
import type { MirrorCheck, MirrorRepair } from '../../plan/mirror-check.ts';
import type { Reporter } from '../../report/reporter.ts';
import { parseAge } from './age.ts';
import { GRACE } from './limits.ts';

export interface CheckIndexRequest {
  readonly mirror: Mirror;
  /** The view to check. Undefined: the view in the mirror's configuration, else the main index. */
  readonly view: string | undefined;
  readonly verify: VerifyLevel;
  /** Say below how long roots entries were built. Entries are read for that. */
  readonly rootLengths: boolean;
  /** Repair what can be repaired. */
  readonly repair: boolean;
  /** Entries have to be signed. */
  readonly signed: boolean;
  /** Undefined: signatures are looked for, and not verified. */
  readonly trust: Trust | undefined;
  readonly connection: Connection;
  readonly maxIndexBytes: number;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

export interface ExaminedMirror {
  /** The mirror's state, after the repair if there was one. */
  readonly check: MirrorCheck;
  readonly repair: MirrorRepair | undefined;
}

/** @throws BuildcacheError as `checkIndex` and `repairMirror`, and for a mirror that cannot be opened */
export async function examineMirror(request: CheckIndexRequest): Promise<ExaminedMirror> {
  return await (request.repair ? repaired : checked)(request);
}

/** Checks the first layout that the mirror has, of those that it may have. */
async function checked(request: CheckIndexRequest): Promise<ExaminedMirror> {
  const { mirror, connection, reporter } = request;
  const view = request.view ?? mirror.fetch.view;
  const sided = { ...mirror, fetch: { ...mirror.fetch, view } };
  const { readers, notes, close } = await openMirror(sided, NO_GRAPH, connection);
  try {
    for (const note of notes) reporter.warn(note);
    for (const [i, reader] of readers.entries()) {
      try {
        const check = await checkIndex(await howTo(reader, view, request), reporter);
        await noteOthers(readers.slice(i + 1), request);
        return { check, repair: undefined };
      } catch (error) {
        if (errorCode(error) !== 'not-found' || i === readers.length - 1) throw error;
      }
    }
    throw new Error('a mirror without layouts');
  } finally {
    await close();
  }
}

async function repaired(request: CheckIndexRequest): Promise<ExaminedMirror> {
  const { mirror, connection, reporter } = request;
  const view = request.view ?? mirror.push.view;
  const cache = await openPushMirror(mirror, connection, view);
  try {
    const how = await howTo(cache.reader, view, request);
    const before = await checkIndex(how, reporter);
    const repair = await repairMirror(cache, before, { ...how, graceMs: GRACE_MS });
    const check = await checkIndex(how, reporter);
    if (cache.older !== undefined) await noteOthers([cache.older], request);
    return { check, repair };
  } finally {
    await cache.close();
  }
}

/** A mirror that was migrated has two layouts. The user may mean either, so a note names the one that is not checked. */
async function noteOthers(
  readers: readonly EntryReader[],
  { reporter, signal }: CheckIndexRequest,
): Promise<void> {
  for (const { layout, list, findIndex, storage } of readers) {
    try {
      if ((await findIndex(signal)) === undefined && !(await isAny(list?.(signal)))) continue;
      reporter.warn(
        `${storage.url} has entries of layout ${layout.slice(1)}, too, which were not looked at: ` +
          'migrate them, or delete them with migrate --delete-existing',
      );
    } catch {
      signal.throwIfAborted(); // another error is about the other layout, and does not matter here
    }
  }
}

async function isAny(items: AsyncIterable<unknown> | undefined): Promise<boolean> {
  if (items !== undefined) for await (const _ of items) return true;
  return false;
}

async function howTo(
  reader: EntryReader,
  view: string | undefined,
  {
    verify: asked,
    rootLengths,
    signed,
    trust,
    connection,
    maxIndexBytes,
    reporter,
    signal,
  }: CheckIndexRequest,
): Promise<CheckIndexOptions> {
  if (trust !== undefined) {
    for (const problem of await admitPinnedKeys(trust, [reader], signal)) reporter.warn(problem);
  }
  const verify = rootLengths && asked === 'exists' ? 'manifests' : asked;
  return { reader, view, verify, rootLengths, signed, trust, jobs: connection.jobs, maxIndexBytes, signal };
}

/** A repair spares what a prune would. */
const GRACE_MS = parseAge(GRACE) ?? Number.POSITIVE_INFINITY;

const NO_GRAPH = { nodes: new Map(), roots: [] };
