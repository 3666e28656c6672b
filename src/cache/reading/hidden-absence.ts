/**
 * What a 403 for one entry says. Object stores that may not be listed answer so for keys that are not there, and servers
 * answer so for many other reasons. It may mean that the entry is missing only where the mirror itself is readable, before
 * and after: a server that begins to refuse while it is asked (too many requests, credentials that end) says nothing of
 * what it has.
 */
import { BuildcacheError, describeError } from '../../core/errors.ts';
import type { SpecNode } from '../../spec/node.ts';
import type { EntryReader } from '../entries.ts';
import type { Listing } from '../index/listing.ts';
import type { SpecState } from './presence.ts';

/**
 * `auto` and `missing` read it as missing, `unknown` as no answer; for registries, which have words for both, `auto` is
 * `unknown`.
 */
export type Forbidden = 'auto' | 'missing' | 'unknown';

export interface HiddenAbsence {
  /** Whether this error for a spec may be read as "not there". */
  isAbsence(error: unknown, spec: SpecNode, reader: EntryReader): Promise<boolean>;
  /** Asks the mirror once more, when all was asked, and takes back what it does not answer for any more. */
  settle(states: Map<string, SpecState>): Promise<void>;
  notes(): string[];
}

/** Each layout of the mirror, and what its index lists. */
export interface AskedIndex {
  readonly reader: EntryReader;
  readonly listing: Pick<Listing, 'answered'> | undefined;
}

export function hiddenAbsence(
  indices: readonly AskedIndex[],
  { forbidden, signal }: { readonly forbidden: Forbidden; readonly signal?: AbortSignal | undefined },
): HiddenAbsence {
  const refused = new Map<string, BuildcacheError>();
  const answering = indices.find(({ listing }) => listing?.answered === true)?.reader;
  let readable: Promise<boolean> | undefined;

  const isStillReadable = async (): Promise<boolean> => {
    if (answering === undefined) return await isMarked(indices, signal);
    try {
      return (await answering.findIndex(signal)) !== undefined;
    } catch {
      signal?.throwIfAborted();
      return false;
    }
  };

  return {
    async isAbsence(error, spec, { saysAbsent }) {
      if (!isForbidden(error) || forbidden === 'unknown') return false;
      if (forbidden === 'auto') {
        if (saysAbsent === true) return false;
        readable ??= answering === undefined ? isMarked(indices, signal) : Promise.resolve(true);
        if (!(await readable)) return false;
      }
      refused.set(spec.hash, error);
      return true;
    },

    async settle(states) {
      for (const hash of refused.keys()) if (states.get(hash)?.state !== 'missing') refused.delete(hash);
      if (refused.size === 0 || forbidden === 'missing' || (await isStillReadable())) return;
      for (const [hash, error] of refused)
        states.set(hash, { state: 'unknown', reason: describeError(error), code: error.code });
      refused.clear();
    },

    notes() {
      if (refused.size === 0) return [];
      return [
        `it answers 403 for what is not there (${refused.size} specs): read as missing, since the mirror is ` +
          'readable otherwise. Set forbidden to "unknown" if its credentials may be incomplete',
      ];
    },
  };
}

/** Whether a mirror is marked as having one of its layouts, as far as it can be read. */
export async function isMarked(
  indices: readonly Pick<AskedIndex, 'reader'>[],
  signal?: AbortSignal,
): Promise<boolean> {
  for (const { reader } of indices) {
    try {
      if (await reader.isMarked(signal)) return true;
    } catch {
      signal?.throwIfAborted(); // otherwise: not readable, which is all that matters here
    }
  }
  return false;
}

export function isForbidden(error: unknown): error is BuildcacheError {
  if (!(error instanceof BuildcacheError) || error.code !== 'denied') return false;
  return error.facts.status === 403 && error.facts.hasReason !== true;
}
