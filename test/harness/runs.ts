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
 * calls this once more, and a twentieth but at least 25 among the unit tests. A failure names its seed in both.
 */
export function runs(all: number): number {
  return inject('allRuns') ? all : Math.min(all, Math.max(25, Math.ceil(all / 20)));
}
