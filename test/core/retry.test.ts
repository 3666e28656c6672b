import { expect, test } from 'vitest';
import { BuildcacheError, type ErrorCode } from '../../src/core/errors.ts';
import { retrying } from '../../src/core/retry.ts';

const POLICY = { retries: 3, baseDelayMs: 1, maxDelayMs: 20 };

const failing = (code: ErrorCode, times: number, retryAfter?: number) => {
  const log: number[] = [];
  const run = async () => {
    log.push(Date.now());
    if (log.length <= times)
      throw new BuildcacheError(code, code, retryAfter === undefined ? {} : { retryAfter });
    return 'done';
  };
  return { log, run };
};

test.each(['unreachable', 'throttled', 'server-error'] as const)('%s is tried again', async (code) => {
  const { log, run } = failing(code, 3);
  expect(await retrying(run, POLICY)).toBe('done');
  expect(log).toHaveLength(4);
});

test.each(['denied', 'protocol', 'corrupt', 'bad-input', 'cancelled'] as const)('%s is not', async (code) => {
  const { log, run } = failing(code, 1);
  await expect(retrying(run, POLICY)).rejects.toMatchObject({ code });
  expect(log).toHaveLength(1);
});

test('after so many retries the last error is thrown', async () => {
  const { log, run } = failing('unreachable', 9);
  await expect(retrying(run, POLICY)).rejects.toMatchObject({ code: 'unreachable' });
  expect(log).toHaveLength(4);
});

test('a pause asked for is taken, one too long is given up on', async () => {
  const short = failing('throttled', 1, 0.02);
  await retrying(short.run, { ...POLICY, baseDelayMs: 0 });
  expect((short.log[1] ?? 0) - (short.log[0] ?? 0)).toBeGreaterThanOrEqual(19);
  const long = failing('throttled', 1, 3600);
  await expect(retrying(long.run, POLICY)).rejects.toMatchObject({ code: 'throttled' });
  expect(long.log).toHaveLength(1);
});

test('the signal ends the waiting', async () => {
  const { run } = failing('unreachable', 9);
  const waiting = retrying(
    run,
    { retries: 3, baseDelayMs: 60_000, maxDelayMs: 60_000 },
    AbortSignal.timeout(20),
  );
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});
