/** What a sync came to: an outcome for each spec and mirror, and what it makes of the exit code. */

import type { EntryName } from '../cache/entries.ts';
import type { Copied } from '../cache/writing/copy.ts';
import type { IndexUpdate } from '../cache/writing/update-index.ts';
import type { ErrorCode } from '../core/errors.ts';

export type SyncOutcome =
  | Copied
  /** Stopped before its turn. */
  | { readonly kind: 'not-tried' }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly reason: string };

export interface SyncedSpec {
  readonly hash: string;
  /** As far as they are known. */
  readonly name: EntryName['name'] | undefined;
  readonly version: EntryName['version'] | undefined;
  /** Redacted URL of the mirror it comes from. */
  readonly source: string;
  readonly outcome: SyncOutcome;
}

/** One mirror that was copied to. */
export interface MirrorSync {
  readonly name: string;
  /** Redacted. */
  readonly url: string;
  readonly specs: readonly SyncedSpec[];
  /** Undefined where the sync did not get that far. */
  readonly index: IndexUpdate | { readonly failed: string } | undefined;
  /** Why the public key could not be published. */
  readonly keyFailed: string | undefined;
  readonly notes: readonly string[];
}

export interface SyncResult {
  readonly mirrors: readonly MirrorSync[];
  readonly dryRun: boolean;
  /** The signal has cancelled it. Outcomes say how far it came. */
  readonly cancelled: boolean;
}

/** 0 all is there, 1 part of it failed. */
export function syncExitCode({ mirrors }: SyncResult): 0 | 1 {
  const isFine = mirrors.every(
    ({ specs, index, keyFailed }) =>
      keyFailed === undefined &&
      !(index !== undefined && 'failed' in index) &&
      specs.every(({ outcome: { kind } }) => kind !== 'failed' && kind !== 'not-tried'),
  );
  return isFine ? 0 : 1;
}

export function countSynced({ specs }: MirrorSync): Record<SyncOutcome['kind'], number> {
  const counts = { copied: 0, 'would-copy': 0, present: 0, absent: 0, 'not-tried': 0, failed: 0 };
  for (const { outcome } of specs) counts[outcome.kind]++;
  return counts;
}
