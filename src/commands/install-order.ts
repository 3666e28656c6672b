/** Decides in which order the mirrors are asked for a spec. */

import { type IndexSettings, listWanted } from '../cache/index/listing.ts';
import { cancelled } from '../core/abort.ts';
import { describeError } from '../core/errors.ts';
import type { SpecNode } from '../spec/node.ts';
import type { Source } from './sources.ts';

export interface AskOptions {
  /** In the order in which they are asked, except that those whose index lists a spec are asked for it first. */
  readonly sources: readonly Source[];
  readonly index: IndexSettings;
  readonly signal: AbortSignal;
}

/**
 * Of several mirrors, those whose index lists a spec are asked for it first.
 * @param missing the specs that the mirrors will be asked for
 * @param onNote called with what is wrong with an index
 * @throws BuildcacheError `cancelled`
 */
export async function sourcesBySpec(
  missing: readonly SpecNode[],
  { sources, index, signal }: AskOptions,
  onNote: (note: string) => void,
): Promise<(spec: SpecNode) => readonly Source[]> {
  if (sources.length < 2 || missing.length === 0) return () => sources;
  const wanted = new Set(missing.map(({ hash }) => hash));
  const listed = await Promise.all(
    sources.map(async ({ mirror, open }) => {
      const found = new Set<string>();
      for (const reader of open.readers) {
        try {
          const listing = await listWanted(reader, wanted, { ...index, signal });
          for (const hash of listing?.listed ?? []) found.add(hash);
        } catch (error) {
          if (signal.aborted) throw cancelled(signal);
          // The mirror is still asked for each spec, but after the others.
          onNote(`${mirror.name}: its index cannot be used: ${describeError(error)}`);
        }
      }
      return found;
    }),
  );
  return ({ hash }) => {
    const has = (source: Source) => listed[sources.indexOf(source)]?.has(hash) === true;
    return [...sources.filter(has), ...sources.filter((source) => !has(source))];
  };
}
