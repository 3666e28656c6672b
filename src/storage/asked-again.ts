/**
 * Asks again for an object that has just been listed and is said not to be there. On a server, listing and reading
 * are often two systems that need a moment to agree. A folder of this machine is one system, and is asked once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StorageReader } from './storage.ts';

const PAUSES_MS = [150, 600];

/** After so many objects in a row that were not there in the end, the server is taken at its word. */
const ENOUGH = 40;
const inVain = new WeakMap<object, number>();

/** @returns undefined when it is not there after all @throws whatever `ask` throws */
export async function askedAgain<T>(
  storage: Pick<StorageReader, 'fileOf'>,
  ask: () => Promise<T | undefined>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const before = inVain.get(storage) ?? 0;
  const pauses = storage.fileOf !== undefined || before >= ENOUGH ? [] : PAUSES_MS;
  let found = await ask();
  for (const pause of pauses) {
    if (found !== undefined) break;
    await sleep(pause, undefined, signal === undefined ? {} : { signal });
    found = await ask();
  }
  inVain.set(storage, found === undefined ? (inVain.get(storage) ?? 0) + 1 : 0);
  return found;
}
