/** What making a bundle, or looking at one, came to, and what it makes of the exit code. */
import type { External } from '../cache/bundle/documents.ts';
import type { MirrorSync } from './sync-result.ts';

export interface BundleVolume {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly specs: number;
  /** `kept`: it was there. `resumed`: a part of it was. */
  readonly outcome: 'kept' | 'resumed' | 'written' | 'would-write';
}

export interface CreatedBundle {
  /** Specs that the other side has already, which were left out. */
  readonly leftOut: number;
  /** What became of each spec; `copied` says that it is in the bundle. */
  readonly read: MirrorSync;
  /** None: nothing was written, since something is missing, or nothing is left to send. */
  readonly volumes: readonly BundleVolume[];
  readonly externals: readonly External[];
  /** Fingerprints of the public keys beside. */
  readonly keys: readonly string[];
  /** What is missing was to be left out. */
  readonly allowMissing: boolean;
  readonly dryRun: boolean;
}

/** Specs that were to be in the bundle, and could not be read. */
export function missingFrom({ read }: Pick<CreatedBundle, 'read'>): MirrorSync['specs'] {
  return read.specs.filter(({ outcome: { kind } }) => kind === 'failed' || kind === 'not-tried');
}

export function createdExitCode(created: CreatedBundle): 0 | 1 {
  return missingFrom(created).length > 0 && !created.allowMissing ? 1 : 0;
}

export interface VerifiedVolume {
  readonly file: string;
  /** Undefined where it could not even be read. */
  readonly volume:
    | { readonly bundle: string; readonly number: number; readonly of: number; readonly specs: number }
    | undefined;
  /** Undefined: it is whole. */
  readonly problem: string | undefined;
}
