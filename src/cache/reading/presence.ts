/**
 * The gate's question: which of these specs does a mirror have? There are three answers: present, missing, and
 * unknown with a reason. What the index lists is believed (unless more is asked for). What it does not list is asked
 * for, so that an index that is gone, damaged or stale never makes a spec look missing.
 */
import pLimit from 'p-limit';
import { BuildcacheError, describeError, type ErrorCode } from '../../core/errors.ts';
import { isTransient } from '../../core/retry.ts';
import type { SpecNode } from '../../spec/node.ts';
import type { EntryReader, Layout } from '../entries.ts';
import { type Listing, type ListingOptions, listWanted } from '../index/listing.ts';
import { askBlob } from './ask-blob.ts';
import {
  type Forbidden,
  type HiddenAbsence,
  hiddenAbsence,
  isForbidden,
  isMarked,
} from './hidden-absence.ts';

/**
 * What it takes for a "present": that the index lists it, that each manifest could be read, or that each blob is
 * there too.
 */
export type Verify = 'exists' | 'manifests' | 'blobs';

export type { Forbidden } from './hidden-absence.ts';

export type SpecState =
  | { readonly state: 'present'; readonly by: 'index' | 'entry'; readonly layout: Layout }
  | {
      readonly state: 'missing';
      readonly reason?: string;
      /** The mirror may not serve it, whether it has it or not. */
      readonly filtered?: true;
    }
  | { readonly state: 'unknown'; readonly reason: string; readonly code: ErrorCode };

export interface PresenceOptions extends ListingOptions {
  readonly verify: Verify;
  readonly forbidden: Forbidden;
  /** Requests under way at once. */
  readonly jobs: number;
  /** Called after each answer that took a request. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Presence {
  /** By DAG hash; one for each spec asked for. */
  readonly states: ReadonlyMap<string, SpecState>;
  /** What to tell the user about the mirror: an unusable index, 403 read as missing. */
  readonly notes: readonly string[];
  /** Where the index came from; undefined when there is none that could be used. */
  readonly index: Listing['from'] | undefined;
  /** The one index that lists all specs: its reader's name, and the digest that the mirror publishes. */
  readonly whole: WholeIndex | undefined;
}

export interface WholeIndex {
  readonly reader: string;
  readonly digest: string;
}

/** After so many failures in a row, the rest is not asked for: the mirror is down, not the spec. */
const GIVE_UP_AFTER = 4;

/**
 * @param readers the mirror's layouts, newest first
 * @param asked the specs, or a promise of them: the indices are read meanwhile
 * @returns a state for every spec; failures are states too
 * @throws only when cancelled, or what the promise is rejected with
 */
export async function findPresence(
  readers: readonly EntryReader[],
  asked: readonly SpecNode[] | Promise<readonly SpecNode[]>,
  options: PresenceOptions,
): Promise<Presence> {
  const notes: string[] = [];
  const wanted = Promise.resolve(asked).then((specs) => new Set(specs.map(({ hash }) => hash)));
  wanted.catch(() => undefined); // it is told below
  const indices = await readIndices(readers, wanted, options, notes);
  const specs = await asked;
  const toAsk = await readersToAsk(indices, options.signal);
  const states = new Map<string, SpecState>();
  const open: SpecNode[] = [];
  for (const spec of specs) {
    const lister = indices.find(({ listing }) => listing?.listed.has(spec.hash))?.reader;
    if (options.verify === 'exists' && lister !== undefined) {
      states.set(spec.hash, { state: 'present', by: 'index', layout: lister.layout });
    } else {
      open.push(spec);
    }
  }
  const hidden = hiddenAbsence(indices, options);
  await new Asker(toAsk.readers, indices, options, hidden).askAll(open, toAsk.failure, states);
  await hidden.settle(states);
  notes.push(...hidden.notes());
  return {
    states,
    notes,
    index: indices.find(({ listing }) => listing !== undefined)?.listing?.from,
    whole: wholeIndex(indices, states.size),
  };
}

function wholeIndex(indices: readonly ReaderIndex[], specs: number): WholeIndex | undefined {
  for (const { reader, listing } of indices) {
    if (listing?.digest !== undefined && listing.listed.size === specs)
      return { reader: reader.id, digest: listing.digest };
  }
  return undefined;
}

interface ReaderIndex {
  readonly reader: EntryReader;
  readonly listing: Listing | undefined;
  /** Why the index could not be read, where the mirror gave no usable answer at all. */
  readonly failure: BuildcacheError | undefined;
  /** There is an index, and it cannot be used. */
  readonly isDamaged?: boolean;
}

/** Each layout's index. A damaged one is noted and passed over; one that could not be read is kept as a failure. */
async function readIndices(
  readers: readonly EntryReader[],
  wanted: Promise<ReadonlySet<string>>,
  options: PresenceOptions,
  notes: string[],
): Promise<ReaderIndex[]> {
  return Promise.all(
    readers.map(async (reader) => {
      try {
        const listing = await listWanted(reader, wanted, options);
        return { reader, listing, failure: undefined };
      } catch (error) {
        options.signal?.throwIfAborted();
        const failure = asBuildcacheError(error);
        const damaged = isDamage(failure);
        if (damaged)
          notes.push(`its index cannot be used, every spec was asked for: ${describeError(failure)}`);
        return { reader, listing: undefined, failure: damaged ? undefined : failure, isDamaged: damaged };
      }
    }),
  );
}

/**
 * The layouts in which single specs are asked for: all, except an older layout without an index on a mirror that says
 * it has a newer one.
 */
async function readersToAsk(
  indices: readonly ReaderIndex[],
  signal: AbortSignal | undefined,
): Promise<{ readers: EntryReader[]; failure: BuildcacheError | undefined }> {
  const failure = indices.find((index) => index.failure !== undefined)?.failure;
  let marked = indices.some(({ reader, listing }) => reader.isOlder !== true && listing !== undefined);
  // The mark is worth asking for where the mirror answers at all: a 403 may be its word for "not there".
  if (!marked && (failure === undefined || isForbidden(failure))) marked = await isMarked(indices, signal);
  const wanted = indices.filter(
    ({ reader, listing, failure: unread, isDamaged }) =>
      reader.isOlder !== true ||
      listing !== undefined ||
      isDamaged === true ||
      !marked ||
      (unread !== undefined && !isForbidden(unread)),
  );
  // The layout that has an index most likely has the specs.
  const readers = wanted.toSorted(
    (a, b) => Number(b.listing !== undefined) - Number(a.listing !== undefined),
  );
  return { readers: readers.map(({ reader }) => reader), failure };
}

/** Asks a mirror for single specs, and stops asking when it gives no answers. */
class Asker {
  readonly #readers: readonly EntryReader[];
  readonly #indices: readonly ReaderIndex[];
  readonly #options: PresenceOptions;
  readonly #hidden: HiddenAbsence;
  #failuresInARow = 0;
  #lastFailure: BuildcacheError | undefined;

  constructor(
    readers: readonly EntryReader[],
    indices: readonly ReaderIndex[],
    options: PresenceOptions,
    hidden: HiddenAbsence,
  ) {
    this.#readers = readers;
    this.#indices = indices;
    this.#options = options;
    this.#hidden = hidden;
  }

  /** @param doubt why the mirror may be out of reach: then one spec is asked for before the others */
  async askAll(
    specs: readonly SpecNode[],
    doubt: BuildcacheError | undefined,
    states: Map<string, SpecState>,
  ): Promise<void> {
    const { jobs, signal, onProgress } = this.#options;
    const [first, ...others] = specs;
    if (first === undefined) return;
    let done = 0;
    const ask = async (spec: SpecNode) => {
      signal?.throwIfAborted();
      states.set(spec.hash, this.#givenUp() ?? (await this.#ask(spec)));
      onProgress?.(++done, specs.length);
    };
    if (doubt === undefined) {
      const limit = pLimit(jobs);
      await Promise.all(specs.map((spec) => limit(ask, spec)));
      return;
    }
    await ask(first);
    if (this.#failuresInARow > 0) this.#failuresInARow = GIVE_UP_AFTER;
    const limit = pLimit(jobs);
    await Promise.all(others.map((spec) => limit(ask, spec)));
  }

  #givenUp(): SpecState | undefined {
    if (this.#failuresInARow < GIVE_UP_AFTER || this.#lastFailure === undefined) return undefined;
    return unknown(this.#lastFailure);
  }

  async #ask(spec: SpecNode): Promise<SpecState> {
    let failure: BuildcacheError | undefined;
    let damage: string | undefined;
    for (const reader of this.#readers) {
      try {
        const found = await this.#verified(reader, spec);
        if (found === true) {
          this.#failuresInARow = 0;
          return { state: 'present', by: 'entry', layout: reader.layout };
        }
        if (found !== false) damage ??= found;
      } catch (error) {
        this.#options.signal?.throwIfAborted();
        failure ??= asBuildcacheError(error);
        // The layouts share a server: when it is down for one, the other's time-outs would only add to the wait.
        if (isTransient(failure)) break;
      }
    }
    if (failure !== undefined) {
      // A damaged entry shows that the mirror is up.
      if (isDamage(failure)) this.#failuresInARow = 0;
      else this.#failuresInARow++;
      this.#lastFailure = failure;
      return unknown(failure);
    }
    this.#failuresInARow = 0;
    const listed = this.#indices.some(({ listing }) => listing?.listed.has(spec.hash));
    const reason = damage ?? (listed ? 'the index lists it, but it is not there' : undefined);
    return { state: 'missing', ...(reason === undefined ? {} : { reason }) };
  }

  /** True: present. False: not there. Text: the entry is there, but a blob that it names is not. */
  async #verified(reader: EntryReader, spec: SpecNode): Promise<boolean | string> {
    const { verify, signal } = this.#options;
    try {
      if (verify === 'exists') return await reader.has(spec, signal);
      const entry = await reader.read(spec, signal);
      if (entry === undefined) {
        await reader.requireMirror?.(spec, signal);
        return false;
      }
      if (verify === 'manifests') return true;
      for (const blob of entry.spec === undefined ? [entry.tarball] : [entry.tarball, entry.spec]) {
        const info = await askBlob(reader.storage, blob, signal);
        if (info === undefined) return `its manifest names a blob that is not there: ${blob.key}`;
        if (blob.size !== undefined && info.size !== undefined && info.size !== blob.size) {
          return `a blob has ${info.size} bytes instead of ${blob.size}: ${blob.key}`;
        }
      }
      return true;
    } catch (error) {
      if (await this.#hidden.isAbsence(error, spec, reader)) return false;
      throw error;
    }
  }
}

/** Whether something came, even if it is not what it should be, or more than we can read. */
function isDamage({ code }: BuildcacheError): boolean {
  return code === 'corrupt' || code === 'bad-input' || code === 'too-large' || code === 'unsupported';
}

function unknown(error: BuildcacheError): SpecState {
  return { state: 'unknown', reason: describeError(error), code: error.code };
}

function asBuildcacheError(error: unknown): BuildcacheError {
  if (error instanceof BuildcacheError) return error;
  return new BuildcacheError('internal', error instanceof Error ? error.message : String(error), {}, error);
}
