/** For what helpers of a test open and cannot end by `await using`: undone after each test, the last first. */
import { afterEach } from 'vitest';

export type Cleanup = () => unknown;

/** @returns where to push what undoes something; of the file, or the `describe`, that calls it */
export function cleanupsAfterEach(): Pick<Cleanup[], 'push'> {
  const cleanups: Cleanup[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  return cleanups;
}
