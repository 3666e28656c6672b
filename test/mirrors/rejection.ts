/** What a promise fails with, for tests that look at several sides of it. */
import { BuildcacheError } from '../../src/core/errors.ts';

export async function rejection(promise: Promise<unknown>): Promise<BuildcacheError> {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof BuildcacheError) return error;
  throw error;
}
