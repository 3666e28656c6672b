/**
 * The forms in which an index can be asked, each made of the document while it streams past: compact, parsed whole, or
 * gone through once for one question.
 */
import type { Readable } from 'node:stream';
import { BuildcacheError } from '../../core/errors.ts';
import { isDagHash } from '../../spec/decode-node.ts';
import { compactBuilder } from './compact-builder.ts';
import { type CompactIndex, openCompactIndex } from './compact-index.ts';
import { accessBytes } from './random-access.ts';
import { parseRecord, skimRecord } from './record-facts.ts';
import { scanIndex } from './scan.ts';
import { skipRecord } from './skip-record.ts';
import { type ListedIndex, parseSmallIndex, SMALL_INDEX } from './small-index.ts';
import type { IndexStore } from './store.ts';

/**
 * Reads a document to its end and makes a form of it that can be asked.
 * @param commit called then: the name the document is kept under, or undefined when it is not
 */
export type MakeForm<I extends ListedIndex> = (
  chunks: Readable | AsyncIterable<Uint8Array>,
  source: string,
  store: IndexStore,
  commit: () => Promise<string | undefined>,
) => Promise<I>;

/** The compact form, which is kept. */
export const compactForm: MakeForm<CompactIndex> = async (chunks, source, store, commit) => {
  const builder = compactBuilder(source);
  let bytes = 0;
  const counting = async function* () {
    for await (const chunk of chunks as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      yield chunk;
    }
  };
  const summary = await scanIndex(counting(), source, builder.add, skimRecord);
  const parts = builder.finish(summary, bytes);
  const document = await commit();
  if (document !== undefined) await store.writeCompact(document, parts).catch(() => undefined);
  const kept = document === undefined ? undefined : await store.openDocument(document);
  const index = await openCompactIndex(accessBytes(Buffer.concat(parts)), kept);
  if (index !== undefined) return index;
  throw new BuildcacheError('io', 'the local copy of the index was replaced while it was read', {
    hint: 'try again',
  });
};

/**
 * Which of the wanted specs are in the cache, and nothing else: other records are passed over. Nothing is kept of it,
 * so the compact form is made when the document is next asked.
 */
export function wantedForm(wanted: ReadonlySet<string>): MakeForm<ListedIndex> {
  return async (chunks, source, _, commit) => {
    const inCache = new Set<string>();
    const { records } = await scanIndex(
      chunks,
      source,
      ({ hash, json, facts: skimmed }) => {
        if (!wanted.has(hash) || !isDagHash(hash)) return;
        const facts = skimmed ?? skimRecord(hash, json, 0) ?? parseRecord(hash, json);
        // Of two under one hash the later counts, as in the compact form.
        if (facts?.inCache === true) inCache.add(hash);
        else if (facts !== undefined) inCache.delete(hash);
      },
      (hash, bytes, start) => {
        if (wanted.has(hash)) return skimRecord(hash, bytes, start);
        const end = skipRecord(bytes, start);
        return end < 0 ? undefined : end;
      },
    );
    await commit();
    return {
      records,
      listed: async (hashes) => new Set([...hashes].filter((hash) => inCache.has(hash))),
      close: async () => undefined,
    };
  };
}

/** For questions about what is in the cache: a small document is parsed. @param large the form of any other */
export function smallOr(large: MakeForm<ListedIndex>): MakeForm<ListedIndex> {
  return async (chunks, source, store, commit) => {
    const read: Uint8Array[] = [];
    let bytes = 0;
    const rest = (chunks as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      read.push(next.value);
      bytes += next.value.length;
      if (bytes > SMALL_INDEX) break;
    }
    const small = bytes > SMALL_INDEX ? undefined : parseSmallIndex(Buffer.concat(read));
    if (small !== undefined) {
      await commit();
      return small;
    }
    const whole = async function* () {
      try {
        yield* read;
        yield* { [Symbol.asyncIterator]: () => rest };
      } finally {
        await rest.return?.();
      }
    };
    return await large(whole(), source, store, commit);
  };
}
