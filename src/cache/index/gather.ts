/**
 * What is gathered from an index while it streams past: its compact form, or which of some specs are in the cache. It is
 * fed piece by piece, here or in a thread.
 */
import { isDagHash } from '../../spec/decode-node.ts';
import { compactBuilder } from './compact-builder.ts';
import { parseRecord, skimRecord } from './record-facts.ts';
import { indexScanner } from './scan.ts';
import { skipRecord } from './skip-record.ts';

export interface Gatherer<T> {
  /** Takes the next bytes of the document. @throws as `scanIndex` */
  push(chunk: Uint8Array): void;
  /** @throws `bad-input` when the document has not ended */
  finish(): T;
}

/** What is gathered, by the kind of the job. It can go from a thread to another. */
export interface Gathered {
  /** The pieces of the compact form's file. */
  readonly compact: readonly Uint8Array[];
  readonly wanted: InCache;
}

export interface GatherJobs {
  readonly compact: { readonly kind: 'compact' };
  /** `wanted`: the hashes. */
  readonly wanted: { readonly kind: 'wanted'; readonly wanted: ReadonlySet<string> };
}

export type GatherKind = keyof GatherJobs;

/** Which of the wanted specs are in the cache. */
export interface InCache {
  /** Records in the document. */
  readonly records: number;
  readonly hashes: ReadonlySet<string>;
}

/** @param source the index, for messages */
export function gatherer<K extends GatherKind>(job: GatherJobs[K], source: string): Gatherer<Gathered[K]>;
export function gatherer(job: GatherJobs[GatherKind], source: string): Gatherer<Gathered[GatherKind]> {
  return job.kind === 'compact' ? compactGatherer(source) : wantedGatherer(source, job.wanted);
}

function compactGatherer(source: string): Gatherer<Gathered['compact']> {
  const builder = compactBuilder(source);
  const scanner = indexScanner(source, builder.add, skimRecord);
  let bytes = 0;
  return {
    push(chunk) {
      bytes += chunk.length;
      scanner.push(chunk);
    },
    finish: () => builder.finish(scanner.finish(), bytes),
  };
}

/** Other records are passed over. */
function wantedGatherer(source: string, wanted: ReadonlySet<string>): Gatherer<Gathered['wanted']> {
  const hashes = new Set<string>();
  const scanner = indexScanner(
    source,
    ({ hash, json, facts: skimmed }) => {
      if (!wanted.has(hash) || !isDagHash(hash)) return;
      const facts = skimmed ?? skimRecord(hash, json, 0) ?? parseRecord(hash, json);
      // Of two under one hash the later counts, as in the compact form.
      if (facts?.inCache === true) hashes.add(hash);
      else if (facts !== undefined) hashes.delete(hash);
    },
    (hash, bytes, start) => {
      if (wanted.has(hash)) return skimRecord(hash, bytes, start);
      const end = skipRecord(bytes, start);
      return end < 0 ? undefined : end;
    },
  );
  return {
    push: (chunk) => scanner.push(chunk),
    finish: () => ({ records: scanner.finish().records, hashes }),
  };
}
