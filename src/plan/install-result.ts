/** What an install came to: an outcome for each spec, and what it makes of the exit code. */
import type { ErrorCode } from '../core/errors.ts';
import type { SpecNode } from '../spec/node.ts';

export type InstallOutcome =
  | {
      readonly kind: 'installed';
      /** Name of the mirror it came from. */
      readonly mirror: string;
      /** Of the tarball. */
      readonly sha256: string;
      /** Primary fingerprint of the key; undefined where signatures were not asked for. */
      readonly signedBy: string | undefined;
    }
  | { readonly kind: 'would-install' }
  /** The database has it already. */
  | { readonly kind: 'present' }
  /** Where the spec says it is, outside of the install tree. */
  | { readonly kind: 'external'; readonly missing: boolean }
  /** It was stopped before its turn, or something it needs is not there. */
  | { readonly kind: 'not-tried'; readonly reason: string }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly reason: string };

export interface InstalledSpec {
  readonly spec: SpecNode;
  /** Absolute; undefined for externals that are a module only. */
  readonly prefix: string | undefined;
  /** Asked for, not just needed. */
  readonly root: boolean;
  readonly outcome: InstallOutcome;
}

export interface InstallResult {
  /** Of the install tree, absolute. */
  readonly root: string;
  /** Dependencies before dependents. */
  readonly specs: readonly InstalledSpec[];
  readonly notes: readonly string[];
  readonly dryRun: boolean;
  /** The signal has cancelled it. Outcomes say how far it came. */
  readonly cancelled: boolean;
}

/** 0 all is there, 1 part of it is not. */
export function installExitCode({ specs }: InstallResult): 0 | 1 {
  const isFine = specs.every(({ outcome: { kind } }) => kind !== 'failed' && kind !== 'not-tried');
  return isFine ? 0 : 1;
}

/** Whether the spec can be used now. */
export function isThere({ outcome: { kind } }: InstalledSpec): boolean {
  return kind === 'installed' || kind === 'present' || kind === 'external';
}
