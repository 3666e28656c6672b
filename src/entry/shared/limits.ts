/** Numbers that both verbs and steps take: their bounds and their defaults. */
import { DEFAULT_RETRY } from '../../core/retry.ts';

export interface Limits {
  readonly least: number;
  readonly most: number;
  readonly default: number;
}

/** Requests under way at once. A gate asks for many small documents, so this is not about cores. */
export const JOBS: Limits = { least: 1, most: 512, default: 16 };

/** How often to repeat a request after a failure that may be temporary. */
export const RETRIES: Limits = { least: 0, most: 20, default: DEFAULT_RETRY.retries };

/** How many jobs of a plan run at once. */
export const RUNNERS: Limits = { least: 1, most: 10_000, default: 16 };

/** Characters of an install tree's root. No system takes longer paths. */
export const ROOT_LENGTH = { least: 1, most: 4096 } as const;

/** A prune removes nothing younger. */
export const GRACE = '24h';
