/**
 * Questions to a mirror's index: answered from the local copy where it is still the mirror's, else from the
 * mirror, whose index is streamed past once, verified, and kept with its compact form. An index is a shortcut and
 * never the last word on what is missing.
 */
import { createHash, type Hash } from 'node:crypto';
import { verifyDigest, verifying } from '../../core/digest.ts';
import { errorCode } from '../../core/errors.ts';
import { through } from '../../core/streams.ts';
import { type WatchTransfer, watching } from '../../core/transfer.ts';
import type { EntryReader, IndexLocation } from '../entries.ts';
import type { CompactIndex } from './compact-index.ts';
import { compactForm, type MakeForm, type Reading, readHere, smallOr, wantedForm } from './forms.ts';
import type { ListedIndex } from './small-index.ts';
import type { DocumentWriter, IndexStore, Remembered } from './store.ts';
import { openIndex, type UnverifiedText } from './text.ts';

/** How indices are read, whoever asks and whatever mirror. */
export interface IndexSettings {
  /** Where they are kept between runs. */
  readonly store: IndexStore;
  /** Milliseconds for which a local copy is used without asking the mirror. */
  readonly ttlMs: number;
  /** A larger index, unpacked, is not read; {@link MAX_INDEX_BYTES} when not given. */
  readonly maxIndexBytes?: number | undefined;
}

export interface ListingOptions extends IndexSettings {
  /** Follows an index that is downloaded. */
  readonly watch?: WatchTransfer | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Room for some six million specs. */
export const MAX_INDEX_BYTES = 8 * 1024 ** 3;

export interface IndexAnswer<T> {
  readonly answer: T;
  /** Records in the index, dependencies that are not in the cache included. */
  readonly records: number;
  readonly from: 'mirror' | 'local copy';
  /** Whether the mirror itself has answered: not so for a local copy that is still fresh. */
  readonly answered: boolean;
  /** SHA-256 of the index, where the mirror publishes one. */
  readonly digest: string | undefined;
}

export interface Listing extends Omit<IndexAnswer<unknown>, 'answer'> {
  /** Those of the wanted hashes the index lists as being in the cache. */
  readonly listed: ReadonlySet<string>;
}

/**
 * Which of these specs the index lists.
 * @param wanted their hashes, or a promise of them: the index is asked for meanwhile, and read as far as it is small
 * @returns undefined when the mirror has no index
 * @throws as {@link askIndex}; what the promise is rejected with
 */
export async function listWanted(
  reader: EntryReader,
  wanted: ReadonlySet<string> | Promise<ReadonlySet<string>>,
  options: ListingOptions,
): Promise<Listing | undefined> {
  const forms = { ofMirrors: smallOr(wantedForm(wanted)), ofCopy: smallOr(compactForm) };
  const found = await askForm(reader, options, forms, async (index) => index.listed(await wanted));
  if (found === undefined) return undefined;
  const { answer: listed, ...rest } = found;
  return { listed, ...rest };
}

/**
 * @param ask is called again from the start when the local copy turns out to be damaged
 * @returns undefined when the mirror has no index
 * @throws `corrupt`, `bad-input`, `too-large` for an index that cannot be used; the storage's own errors for
 *   one that could not be read; what `ask` throws
 */
export async function askIndex<T>(
  reader: EntryReader,
  options: ListingOptions,
  ask: (index: CompactIndex) => Promise<T>,
): Promise<IndexAnswer<T> | undefined> {
  return await askForm(reader, options, { ofMirrors: compactForm, ofCopy: compactForm }, ask);
}

/** What is made of an index that has no compact form yet. */
interface Forms<I extends ListedIndex> {
  /** Of the mirror's document, while it is downloaded. */
  readonly ofMirrors: MakeForm<I>;
  /** Of the local copy, which is asked for the second time. */
  readonly ofCopy: MakeForm<I>;
}

async function askForm<I extends ListedIndex, T>(
  reader: EntryReader,
  options: ListingOptions,
  forms: Forms<I>,
  ask: (index: I | CompactIndex) => Promise<T>,
): Promise<IndexAnswer<T> | undefined> {
  const { store, signal } = options;
  const { remembered, fresh, location } = await locate(reader, options);
  if (location === undefined) return undefined;
  if (remembered !== undefined && sameVersion(location, remembered.location) && isOwnCopy(remembered)) {
    const local = await askLocal(options, location, remembered.document, forms.ofCopy, ask);
    if (local !== undefined) {
      if (!fresh) await keeping(() => store.remember(reader, location, remembered.document));
      return { ...local, from: 'local copy', answered: !fresh, digest: location.sha256 };
    }
  }
  const current = fresh ? await reader.findIndex(signal) : location;
  if (current === undefined) return undefined;
  const index = await download(reader, current, options, forms.ofMirrors);
  try {
    const answer = await ask(index);
    return { answer, records: index.records, from: 'mirror', answered: true, digest: current.sha256 };
  } finally {
    await index.close();
  }
}

/**
 * SHA-256 of the mirror's present index. The mirror is asked for it, unless the local copy counts as fresh.
 * @returns undefined when there is no index, or the mirror publishes no digest
 * @throws the storage's errors
 */
export async function indexDigest(reader: EntryReader, options: ListingOptions): Promise<string | undefined> {
  return (await locate(reader, options)).location?.sha256;
}

/** Where the index is: as the mirror says now, or as it said not long ago. */
async function locate(reader: EntryReader, { store, ttlMs, signal }: ListingOptions) {
  const remembered = await store.recall(reader);
  const fresh = remembered !== undefined && remembered.age < ttlMs;
  return { remembered, fresh, location: fresh ? remembered.location : await reader.findIndex(signal) };
}

/** Asks the compact form. Where it is missing or damaged, one is made from the document, if that is whole. */
async function askLocal<I extends ListedIndex, T>(
  { store, maxIndexBytes = MAX_INDEX_BYTES }: IndexSettings,
  { sha256, size }: IndexLocation,
  document: string,
  make: MakeForm<I>,
  ask: (index: I | CompactIndex) => Promise<T>,
): Promise<{ answer: T; records: number } | undefined> {
  // Others may have put a file without end there. To find out by its digest would take for ever.
  const most = sha256 === document && size !== undefined ? size : maxIndexBytes;
  for (const open of [() => store.openCompact(document), () => remake(store, document, most, make)]) {
    const index = await open();
    if (index === undefined) continue;
    try {
      return { answer: await ask(index), records: index.records };
    } catch (error) {
      if (errorCode(error) !== 'corrupt') throw error;
    } finally {
      await index.close();
    }
  }
  return undefined; // the mirror has it
}

async function remake<I extends ListedIndex>(
  store: IndexStore,
  document: string,
  most: number,
  make: MakeForm<I>,
): Promise<I | undefined> {
  const file = await store.read(document, most);
  if (file === undefined) return undefined;
  const source = 'the local copy';
  const commit = async () => document;
  const verify = (sha256: string) => verifyDigest({ sha256, size: 0 }, { sha256: document, source });
  try {
    const reading =
      file.size > LARGE
        ? readInThread({ chunks: file.text, verify }, source, undefined, commit)
        : readHere(through(file.text, verifying({ sha256: document, source })), source, commit);
    return await make(reading, store);
  } catch {
    return undefined; // damaged
  }
}

/** Bytes. To go through fewer takes no longer than to start a thread that does. */
const LARGE = 16 * 1024 * 1024;

async function download<I extends ListedIndex>(
  reader: EntryReader,
  location: IndexLocation,
  { store, maxIndexBytes = MAX_INDEX_BYTES, watch, signal }: ListingOptions,
  make: MakeForm<I>,
): Promise<I> {
  const index = await openIndex(reader.storage, location, maxIndexBytes, signal);
  return await watching(watch, 'reading the index', index.size, async (onBytes) => {
    const isLarge = index.size !== undefined && index.size > LARGE;
    const text = isLarge ? index.unverified(onBytes) : index.text(onBytes);
    // The copy is a convenience: a full or read-only disk must not cost the answer.
    const writer = await keeping(() => store.write());
    const kept = async (document: string | undefined) => {
      if (document !== undefined) await keeping(() => store.remember(reader, location, document));
      return document;
    };
    try {
      if ('verify' in text) {
        const reading = readInThread(text, index.url, writer?.descriptor, async (written) => {
          if (writer === undefined || written === undefined) return undefined;
          const isKept = await keeping(async () => {
            await writer.commit(written);
            return true;
          });
          return isKept === true ? await kept(written) : undefined;
        });
        return await make(reading, store);
      }
      const copy = new Copy(writer, location.compression === 'none' ? location.sha256 : undefined);
      const reading = readHere(copy.of(text), index.url, async () => kept(await copy.commit()));
      return await make(reading, store);
    } finally {
      await writer?.discard();
    }
  });
}

/**
 * Reads a document in a thread, which also writes it.
 * @param commit given the SHA-256 of what was written to the file, if all of it was
 */
function readInThread(
  { chunks, verify }: UnverifiedText,
  source: string,
  file: number | undefined,
  commit: (written: string | undefined) => Promise<string | undefined>,
): Reading {
  let written: string | undefined;
  return {
    async gather(job) {
      const { gatherInThread } = await import('./gather-in-thread.ts');
      const { gathered, sha256, isWritten } = await gatherInThread(job, chunks, source, file, verify);
      written = isWritten ? sha256 : undefined;
      return gathered;
    },
    parseSmall: async () => undefined,
    commit: () => commit(written),
  };
}

/** Writes what passes to the store for as long as that works. */
class Copy {
  readonly #writer: DocumentWriter | undefined;
  readonly #digest: string | Hash;
  #works: boolean;

  /** @param digest of what passes, where that is verified already */
  constructor(writer: DocumentWriter | undefined, digest: string | undefined) {
    this.#writer = writer;
    this.#digest = digest ?? createHash('sha256');
    this.#works = writer !== undefined;
  }

  async *of(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      if (typeof this.#digest !== 'string') this.#digest.update(chunk);
      await this.#try((writer) => writer.write(chunk));
      yield chunk;
    }
  }

  /** @returns the SHA-256 under which it is kept */
  async commit(): Promise<string | undefined> {
    const document = typeof this.#digest === 'string' ? this.#digest : this.#digest.digest('hex');
    await this.#try((writer) => writer.commit(document));
    return this.#works ? document : undefined;
  }

  async #try(action: (writer: DocumentWriter) => Promise<void>): Promise<void> {
    const writer = this.#writer;
    if (!this.#works || writer === undefined) return;
    const done = await keeping(async () => {
      await action(writer);
      return true;
    });
    this.#works = done === true;
  }
}

function sameVersion(a: IndexLocation, b: IndexLocation): boolean {
  if (a.sha256 !== undefined) return a.sha256 === b.sha256;
  return a.etag !== undefined && a.etag === b.etag;
}

/**
 * Whether a local copy is the document that the mirror names: a pointer from elsewhere (a restored folder) may lead
 * to another. The digest of a packed index does not tell what it unpacks to; nobody packs indices today.
 */
function isOwnCopy({ location, document }: Remembered): boolean {
  return location.sha256 === undefined || location.sha256 === document;
}

async function keeping<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch {
    return undefined;
  }
}
