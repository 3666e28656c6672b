/**
 * The forms in which an index can be asked, each made of the document while it streams past: compact, parsed whole, or
 * gone through once for one question.
 */
import { BuildcacheError } from '../../core/errors.ts';
import { type CompactIndex, openCompactIndex } from './compact-index.ts';
import { type Gathered, type GatherJobs, type GatherKind, gatherer } from './gather.ts';
import { accessBytes } from './random-access.ts';
import { type ListedIndex, parseSmallIndex, SMALL_INDEX } from './small-index.ts';
import type { IndexStore } from './store.ts';

/** A document that is about to be read. */
export interface Reading {
  /** Reads it to its end. @throws as `scanIndex` */
  gather<K extends GatherKind>(job: GatherJobs[K]): Promise<Gathered[K]>;
  /** The same, where it is small enough and nothing is odd about it; `gather` is for when it is not. */
  parseSmall(): Promise<ListedIndex | undefined>;
  /** To be called when it has been read. @returns the name it is kept under, or undefined when it is not */
  commit(): Promise<string | undefined>;
}

export type MakeForm<I extends ListedIndex> = (reading: Reading, store: IndexStore) => Promise<I>;

/** The compact form, which is kept. */
export const compactForm: MakeForm<CompactIndex> = async (reading, store) => {
  const parts = await reading.gather<'compact'>({ kind: 'compact' });
  const document = await reading.commit();
  if (document !== undefined) await store.writeCompact(document, parts).catch(() => undefined);
  const kept = document === undefined ? undefined : await store.openDocument(document);
  const index = await openCompactIndex(accessBytes(Buffer.concat(parts)), kept);
  if (index !== undefined) return index;
  throw new BuildcacheError('io', 'the local copy of the index was replaced while it was read', {
    hint: 'try again',
  });
};

/**
 * Only which of the wanted specs are in the cache, which is found four times as fast as the compact form is made. That
 * is made too where a line is slower than it, else of the local copy when there is another question to it.
 */
export function wantedForm(
  wanted: ReadonlySet<string> | Promise<ReadonlySet<string>>,
): MakeForm<ListedIndex> {
  return async (reading, store) => {
    const job = { kind: 'wanted', wanted: await wanted } as const;
    const { records, hashes, compact } = await reading.gather<'wanted'>(job);
    const document = await reading.commit();
    if (document !== undefined && compact !== undefined) {
      await store.writeCompact(document, compact).catch(() => undefined);
    }
    return {
      records,
      listed: async (asked) => new Set([...asked].filter((hash) => hashes.has(hash))),
      close: async () => undefined,
    };
  };
}

/** For questions about what is in the cache: a small document is parsed. @param large the form of any other */
export function smallOr(large: MakeForm<ListedIndex>): MakeForm<ListedIndex> {
  return async (reading, store) => {
    const small = await reading.parseSmall();
    if (small === undefined) return await large(reading, store);
    await reading.commit();
    return small;
  };
}

/** Reads a document in this thread. @param source for messages */
export function readHere(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
  commit: Reading['commit'],
): Reading {
  let pieces = chunks;
  return {
    async gather<K extends GatherKind>(job: GatherJobs[K]) {
      const gathering = gatherer<K>(job, source);
      for await (const chunk of pieces) gathering.push(chunk);
      return gathering.finish();
    },
    async parseSmall() {
      const read: Uint8Array[] = [];
      let bytes = 0;
      const rest = chunks[Symbol.asyncIterator]();
      for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
        read.push(next.value);
        bytes += next.value.length;
        if (bytes > SMALL_INDEX) break;
      }
      pieces = (async function* () {
        try {
          yield* read;
          yield* { [Symbol.asyncIterator]: () => rest };
        } finally {
          await rest.return?.();
        }
      })();
      return bytes > SMALL_INDEX ? undefined : parseSmallIndex(Buffer.concat(read));
    },
    commit,
  };
}
