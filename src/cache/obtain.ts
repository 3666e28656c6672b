/** A spec's tarball from the first mirror that has it whole and trusted; the next one is asked when one fails. */
import type { Readable } from 'node:stream';
import { BuildcacheError } from '../core/errors.ts';
import type { SpecNode } from '../spec/node.ts';
import type { DownloadCache } from './download-cache.ts';
import type { EntryReader } from './entries.ts';
import type { Trust } from './trust.ts';
import type { VerifiedEntry } from './verified-entry.ts';

/** A mirror, and whose signatures count on it. */
export interface TrustedMirror {
  readonly name: string;
  /** Newest layout first. */
  readonly readers: readonly EntryReader[];
  /** Undefined: no signature is asked for. */
  readonly trust: Trust | undefined;
}

export interface ObtainOptions {
  /** In the order in which they are asked. */
  readonly mirrors: readonly TrustedMirror[];
  readonly cache: DownloadCache;
  /** The tarball must be this one. */
  readonly sha256?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how many bytes more of the tarball have come from a mirror. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

export interface Obtained<T> {
  readonly value: T;
  readonly mirror: string;
  readonly verified: VerifiedEntry;
  /** Why mirrors before this one were passed over, one sentence each; not for those that simply lack it. */
  readonly notes: readonly string[];
}

/**
 * @param use as `DownloadCache.deliver`. What it throws ends the search, unless it says that the tarball is bad
 *   (`corrupt`, `bad-input`, `too-large`)
 * @returns undefined when no mirror has it
 * @throws BuildcacheError where one has it and none could deliver it: all the reasons, under the first one's code
 */
export async function obtain<T>(
  _spec: SpecNode,
  _options: ObtainOptions,
  _use: (tarball: Readable, verified: VerifiedEntry) => Promise<T>,
): Promise<Obtained<T> | undefined> {
  throw new BuildcacheError('internal', 'not there yet');
}
