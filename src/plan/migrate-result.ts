/** What a migration came to. */
import type { IndexUpdate } from '../cache/writing/update-index.ts';
import type { SpecNode } from '../spec/node.ts';

/** By the key of the old spec file. */
export type MigrateOutcome =
  | {
      readonly kind: 'migrated';
      readonly key: string;
      readonly spec: SpecNode;
      readonly sent: number;
      /** Its tarball is known to have been sent just now, and not found there. */
      readonly isSent: boolean;
    }
  | { readonly kind: 'would-migrate'; readonly key: string; readonly spec: SpecNode }
  | { readonly kind: 'present'; readonly key: string; readonly spec: SpecNode }
  | { readonly kind: 'failed'; readonly key: string; readonly reason: string };

export interface MigrateResult {
  readonly from: string;
  readonly to: string;
  readonly dryRun: boolean;
  readonly outcomes: readonly MigrateOutcome[];
  /** Undefined in a dry run. */
  readonly index: IndexUpdate | undefined;
  /** Objects of the old layout. */
  readonly deleted: number;
  readonly problems: readonly string[];
}

export function migrateExitCode({ outcomes, problems }: MigrateResult): 0 | 1 {
  return outcomes.some(({ kind }) => kind === 'failed') || problems.length > 0 ? 1 : 0;
}
