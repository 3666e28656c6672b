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

/**
 * Whether the `index`th of many cases is tried: each of them among the stress tests, one in `of` among the unit tests.
 * Cases that lie beside each other should differ little.
 */
export function isSampled(index: number, of: number): boolean {
  return inject('allRuns') || index % of === 0;
}
