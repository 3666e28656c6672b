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
  /** Leaves out what was not asked for: the bytes come faster than they can be gone through with it. */
  hurry(): void;
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
  /** `wanted` are hashes. */
  readonly wanted: {
    readonly kind: 'wanted';
    readonly wanted: ReadonlySet<string>;
    /** Whether the compact form is made, too, for as long as there is time. */
    readonly compactToo?: boolean;
  };
}

export type GatherKind = keyof GatherJobs;

/** Which of the wanted specs are in the cache. */
export interface InCache {
  /** Records in the document. */
  readonly records: number;
  readonly hashes: ReadonlySet<string>;
  readonly compact?: Gathered['compact'] | undefined;
}

/** @param source the index, for messages */
export function gatherer<K extends GatherKind>(job: GatherJobs[K], source: string): Gatherer<Gathered[K]>;
export function gatherer(job: GatherJobs[GatherKind], source: string): Gatherer<Gathered[GatherKind]> {
  return job.kind === 'compact' ? compactGatherer(source) : wantedGatherer(source, job);
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
    hurry: () => undefined,
    finish: () => builder.finish(scanner.finish(), bytes),
  };
}

/** Other records are passed over, unless the compact form is made of them. */
function wantedGatherer(
  source: string,
  { wanted, compactToo }: GatherJobs['wanted'],
): Gatherer<Gathered['wanted']> {
  const hashes = new Set<string>();
  let builder = compactToo === true ? compactBuilder(source) : undefined;
  let bytes = 0;
  const scanner = indexScanner(
    source,
    (record) => {
      try {
        builder?.add(record);
      } catch {
        builder = undefined; // it names too much for a compact form
      }
      const { hash, json, facts: skimmed } = record;
      if (!wanted.has(hash) || !isDagHash(hash)) return;
      const facts = skimmed ?? skimRecord(hash, json, 0) ?? parseRecord(hash, json);
      // Of two under one hash the later counts, as in the compact form.
      if (facts?.inCache === true) hashes.add(hash);
      else if (facts !== undefined) hashes.delete(hash);
    },
    (hash, buffer, start) => {
      if (builder !== undefined || wanted.has(hash)) return skimRecord(hash, buffer, start);
      const end = skipRecord(buffer, start);
      return end < 0 ? undefined : end;
    },
  );
  return {
    push(chunk) {
      bytes += chunk.length;
      scanner.push(chunk);
    },
    hurry() {
      builder = undefined;
    },
    finish() {
      const summary = scanner.finish();
      return { records: summary.records, hashes, compact: builder?.finish(summary, bytes) };
    },
  };
}
