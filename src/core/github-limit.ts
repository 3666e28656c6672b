/** When GitHub's REST API wants fewer requests (docs.github.com, "Rate limits for the REST API"). */
import { retryAfterSeconds } from './http-status.ts';

/** The wait after too many requests at once, if the answer does not say one. The documents say "at least one minute". */
const SECONDARY_LIMIT_SECONDS = 60;

/** The longest wait. It exceeds {@link SECONDARY_LIMIT_SECONDS}; the hourly limit is not waited for. */
export const API_PATIENCE_MS = 90_000;

/**
 * How long to wait for a rate limit; undefined if the answer is not about one.
 * @param said GitHub's own words
 */
export function githubWaitSeconds(
  status: number,
  header: (name: string) => string | undefined,
  said: string | undefined,
): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const asked = retryAfterSeconds(header('retry-after'));
  if (asked !== undefined) return asked;
  const reset = Number(header('x-ratelimit-reset') ?? Number.NaN);
  if (header('x-ratelimit-remaining') === '0' && !Number.isNaN(reset))
    return Math.max(1, Math.ceil(reset - Date.now() / 1000));
  return status === 429 || /\brate limit\b/i.test(said ?? '') ? SECONDARY_LIMIT_SECONDS : undefined;
}
