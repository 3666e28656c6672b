/** Retries what may go away by itself: back-off with jitter, and `Retry-After` honoured. */
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildcacheError, type ErrorCode } from './errors.ts';

export interface RetryPolicy {
  /** How often to try again after the first failure. */
  readonly retries: number;
  /** Milliseconds before the first retry; doubled each time, plus up to as much again at random. */
  readonly baseDelayMs: number;
  /** A server that asks for a longer pause than this many milliseconds is believed, and given up on. */
  readonly maxDelayMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = { retries: 3, baseDelayMs: 250, maxDelayMs: 30_000 };

/** Seconds of silence. A server that hangs is given up within a minute then: see storage/http/patience.ts. */
export const DEFAULT_TIMEOUT_SECONDS = 30;

/** For a body that is cut short or not what it should be: the request itself has been retried by then. */
export const BODY_RETRY: RetryPolicy = { retries: 2, baseDelayMs: 100, maxDelayMs: 1_000 };

/** Whether a failure is of the server or the way to it, and may go away by itself. */
export function isTransient(error: unknown): boolean {
  return error instanceof BuildcacheError && TRANSIENT.has(error.code);
}

const TRANSIENT: ReadonlySet<ErrorCode> = new Set(['unreachable', 'throttled', 'server-error']);

/**
 * Runs `attempt` until it succeeds, fails for good, or the policy is used up; then throws the last error.
 * Only `unreachable`, `throttled` and `server-error` are tried again.
 * @throws whatever `attempt` throws; an `AbortError` when the signal fires while waiting
 */
export async function retrying<T>(
  attempt: () => Promise<T>,
  policy: RetryPolicy,
  signal?: AbortSignal,
): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      const delay = delayAfter(error, failures, policy);
      if (delay === undefined || signal?.aborted) throw error;
      await sleep(delay, undefined, signal === undefined ? {} : { signal });
    }
  }
}

/** Milliseconds to wait before trying again; undefined when it makes no sense to. */
function delayAfter(error: unknown, failures: number, policy: RetryPolicy): number | undefined {
  if (!(error instanceof BuildcacheError) || !isTransient(error)) return undefined;
  if (failures >= policy.retries || error.facts.givenUp === true) return undefined;
  const asked = (error.facts.retryAfter ?? 0) * 1000;
  if (asked > policy.maxDelayMs) return undefined;
  const backOff = policy.baseDelayMs * 2 ** failures * (1 + Math.random());
  return Math.max(asked, Math.min(backOff, policy.maxDelayMs));
}
