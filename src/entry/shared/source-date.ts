/** `SOURCE_DATE_EPOCH`: seconds since 1970 that stand for now, so that what is made has the same bytes each time. */
import type { Env } from '../../core/env.ts';
import { BuildcacheError } from '../../core/errors.ts';

/**
 * @returns undefined where it is not set
 * @throws BuildcacheError `usage` for what is no time
 */
export function sourceDate(env: Env): Date | undefined {
  const text = env['SOURCE_DATE_EPOCH'];
  if (!text) return undefined;
  const time = /^\d{1,12}$/.test(text) ? new Date(Number(text) * 1000) : undefined;
  if (time !== undefined && !Number.isNaN(time.getTime()) && time.getUTCFullYear() < 10_000) return time;
  throw new BuildcacheError('usage', 'SOURCE_DATE_EPOCH is no time', {
    expected: 'seconds since 1970',
    found: JSON.stringify(text.slice(0, 40)),
  });
}
