/**
 * Errors that nobody has caught: a bug, most likely. Node ends a process then with code 1, which is an answer here
 * ("something is to be rebuilt"); so they end it with 2 ("could not tell"), and one line.
 */
import { describeError } from '../core/errors.ts';

/**
 * @param say writes what a person is to read
 * @returns what puts things back as they were
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
  // Rejections that nobody handles come as such exceptions, too.
  process.on('uncaughtException', crash);
  return () => void process.off('uncaughtException', crash);
}
