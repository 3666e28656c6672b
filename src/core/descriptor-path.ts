/**
 * Paths through an open directory. A path is looked up anew each time. Another user who may write to a folder above can
 * put a link in its place between two calls, and so lead us anywhere. What is open stays what it is.
 */
import { fstatSync, statSync } from 'node:fs';

let isThere: boolean | undefined;

/**
 * A path of an open directory, to be put before the names in it. It is good until the descriptor is closed.
 * @returns undefined where the system has none: not Linux, or no `/proc`
 */
export function throughDescriptor(descriptor: number): Buffer | undefined {
  const path = `/proc/self/fd/${descriptor}`;
  isThere ??= process.platform === 'linux' && leadsTo(path, descriptor);
  return isThere ? Buffer.from(path) : undefined;
}

function leadsTo(path: string, descriptor: number): boolean {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  const open = fstatSync(descriptor, { bigint: true });
  return found?.ino === open.ino && found.dev === open.dev;
}
