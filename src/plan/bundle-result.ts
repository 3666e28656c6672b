/** The result of making a bundle, or of looking at one, and its exit code. */
import type { External } from '../cache/bundle/documents.ts';
import type { MirrorSync } from './sync-result.ts';

export interface BundleVolume {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly specs: number;
  /** `kept`: the volume was there already. `resumed`: a part of it was. */
  readonly outcome: 'kept' | 'resumed' | 'written' | 'would-write';
}

export interface CreatedBundle {
  /** How many specs were left out, since the other side has them already. */
  readonly leftOut: number;
  /** What became of each spec; `copied` says that it is in the bundle. */
  readonly read: MirrorSync;
  /** Empty: nothing was written, since something is missing, or nothing is left to send. */
  readonly volumes: readonly BundleVolume[];
  readonly externals: readonly External[];
  /** Fingerprints of the public keys in the bundle. */
  readonly keys: readonly string[];
  /** Specs that are missing may be left out. */
  readonly allowMissing: boolean;
  readonly dryRun: boolean;
}

/** Specs that were to be in the bundle and could not be read. */
export function missingFrom({ read }: Pick<CreatedBundle, 'read'>): MirrorSync['specs'] {
  return read.specs.filter(({ outcome: { kind } }) => kind === 'failed' || kind === 'not-tried');
}

export function createdExitCode(created: CreatedBundle): 0 | 1 {
  return missingFrom(created).length > 0 && !created.allowMissing ? 1 : 0;
}

export interface VerifiedVolume {
  readonly file: string;
  /** Undefined where the volume could not even be read. */
  readonly volume:
    | { readonly bundle: string; readonly number: number; readonly of: number; readonly specs: number }
    | undefined;
  /** Undefined: the volume is whole. */
  readonly problem: string | undefined;
}
