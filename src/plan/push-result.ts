/** What a push came to: an outcome for each spec on each mirror, and what it makes of the exit code. */
import type { IndexUpdate } from '../cache/writing/update-index.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { SpecNode } from '../spec/node.ts';

/** What became of one spec on one mirror. */
export type PushOutcome =
  | {
      readonly kind: 'pushed';
      /** Bytes that had to be sent, and the compressed tarball's. */
      readonly sent: number;
      readonly size: number;
      readonly sha256: string;
      /** Its blobs were sent while the build ran, and the rest when it was over. */
      readonly when?: 'building' | undefined;
      /** Where entries are images: what it is called, and the SHA-256 it is known by. */
      readonly image?: { readonly name: string; readonly sha256: string } | undefined;
    }
  | { readonly kind: 'would-push' }
  | { readonly kind: 'present' }
  | { readonly kind: 'elsewhere'; readonly mirror: string }
  | { readonly kind: 'not-installed' }
  /** The mirror's own filter leaves it out. */
  | { readonly kind: 'filtered'; readonly reason: string }
  /** Stopped before its turn. */
  | { readonly kind: 'not-tried' }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly reason: string };

export interface MirrorPush {
  readonly name: string;
  /** Redacted. */
  readonly url: string;
  readonly signed: boolean;
  /** In the order of the specs. */
  readonly outcomes: ReadonlyMap<string, PushOutcome>;
  readonly index: IndexUpdate | { readonly failed: string } | undefined;
  /** Why the public key could not be published. */
  readonly keyFailed: string | undefined;
  /** Names of the images of what was asked for, where entries are images. */
  readonly images: readonly string[];
  /** The image of all roots, where one was asked for. */
  readonly tagged:
    | { readonly name: string; readonly note?: string | undefined }
    | { readonly failed: string }
    | undefined;
  readonly notes: readonly string[];
}

export interface PushResult {
  readonly specs: readonly SpecNode[];
  readonly mirrors: readonly MirrorPush[];
  readonly dryRun: boolean;
  /** The signal has cancelled it. Outcomes say how far it came. */
  readonly cancelled: boolean;
}

/** 0 all is there, 1 part of it failed, 2 there was nothing to push to a mirror but what its filter leaves out. */
export function pushExitCode({ mirrors }: PushResult): 0 | 1 | 2 {
  if (mirrors.some(isAllFiltered)) return 2;
  const isFine = mirrors.every(
    ({ outcomes, index, keyFailed, tagged }) =>
      keyFailed === undefined &&
      !(tagged !== undefined && 'failed' in tagged) &&
      !(index !== undefined && 'failed' in index) &&
      [...outcomes.values()].every(({ kind }) => kind !== 'failed' && kind !== 'not-tried'),
  );
  return isFine ? 0 : 1;
}

/** Whether the mirror's filter left out everything. Most likely that is not what was expected. */
export function isAllFiltered({ outcomes }: Pick<MirrorPush, 'outcomes'>): boolean {
  return outcomes.size > 0 && [...outcomes.values()].every(({ kind }) => kind === 'filtered');
}
