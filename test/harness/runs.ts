/** How often properties are tried. */
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether properties get all their runs. */
    allRuns: boolean;
  }
}

/**
 * For `numRuns` of a property that takes its time: all of them among the stress tests, which run every file that
 * calls this once more, and a tenth but at least 50 among the unit tests. A failure names its seed in both.
 */
export function runs(all: number): number {
  return inject('allRuns') ? all : Math.min(all, Math.max(50, Math.ceil(all / 10)));
}
