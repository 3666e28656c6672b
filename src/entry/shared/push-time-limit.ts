/** How long an automatic push may take, since no user is there to stop it. */
import type { Env } from '../../core/env.ts';
import { BuildcacheError } from '../../core/errors.ts';

const TIME_LIMIT_SECONDS = 30 * 60;

/** Seconds, from `BUILDCACHE_PUSH_TIMEOUT` or the default. @throws BuildcacheError `usage` */
export function pushTimeLimit(env: Env): number {
  const text = env['BUILDCACHE_PUSH_TIMEOUT'];
  if (!text) return TIME_LIMIT_SECONDS;
  const value = Number(text);
  if (value > 0 && value <= 24 * 3600) return value;
  throw new BuildcacheError('usage', 'BUILDCACHE_PUSH_TIMEOUT is wrong', {
    expected: 'seconds, at most a day',
    found: JSON.stringify(text.slice(0, 60)),
  });
}

const MOST_DRAIN_SECONDS = 10 * 60;

/**
 * How long a push that is under way may go on once the build is over: a third of the limit, ten minutes at most.
 * @throws BuildcacheError as {@link pushTimeLimit}
 */
export function drainSeconds(env: Readonly<Record<string, string | undefined>>): number {
  return Math.min(pushTimeLimit(env) / 3, MOST_DRAIN_SECONDS);
}

/** The reason for specs that were not tried. */
export function stoppedBy(signal: AbortSignal, seconds: number): string {
  return signal.aborted
    ? 'cancelled before it was pushed'
    : `the time limit of ${seconds} seconds was over before it was pushed`;
}
