/**
 * Uncaught errors, which are most likely bugs. Node ends a process with code 1 for them, but here 1 is an answer
 * ("something is to be rebuilt"). So an uncaught error ends the process with 2 ("could not tell"), and one line.
 */
import { describeError } from '../core/errors.ts';

/**
 * @param say writes the line
 * @returns a function that stops the handling again
 */
export function exitOnUncaught(say: (text: string) => void): () => void {
  const crash = (error: unknown) => {
    try {
      say(`internal error: ${describeError(error)}. Please report it, with what was run`);
      if (process.env['BUILDCACHE_DEBUG']) console.error(error);
    } finally {
      process.exit(2);
    }
  };
  // Node turns unhandled rejections into uncaught exceptions.
  process.on('uncaughtException', crash);
  return () => void process.off('uncaughtException', crash);
}
