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

/** Specs that were to be in the bundle, and are not in the mirror or could not be read. */
export function missingFrom({ read }: Pick<CreatedBundle, 'read'>): MirrorSync['specs'] {
  return read.specs.filter(({ outcome: { kind } }) => ['failed', 'not-tried', 'absent'].includes(kind));
}

/** Specs may be missing if that is allowed, but not all of them: there would be no bundle, and a job would not see it. */
export function createdExitCode(created: Pick<CreatedBundle, 'read' | 'allowMissing'>): 0 | 1 {
  const missing = missingFrom(created).length;
  return missing > 0 && (!created.allowMissing || missing === created.read.specs.length) ? 1 : 0;
}

export interface VerifiedVolume {
  readonly file: string;
  /** Undefined where the volume could not even be read. */
  readonly volume:
    | { readonly bundle: string; readonly number: number; readonly of: number; readonly specs: number }
    | undefined;
  /** Undefined: the volume is whole. */
  readonly problem: string | undefined;
  /** It could not be read, or is of a newer version: nobody knows whether it is whole. */
  readonly isUnknown: boolean;
}

/** What could not be told beats what is damaged. */
export function verifiedExitCode(
  volumes: readonly Pick<VerifiedVolume, 'problem' | 'isUnknown'>[],
): 0 | 1 | 2 {
  if (volumes.some(({ isUnknown }) => isUnknown)) return 2;
  return volumes.some(({ problem }) => problem !== undefined) ? 1 : 0;
}
