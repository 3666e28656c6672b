/** When to stop asking a mirror: a full disk stays full, and a server that is down stays down for a thousand specs. */
import { type ErrorCode, errorCode } from '../core/errors.ts';
import { isTransient } from '../core/retry.ts';

/** How many failures in a row lead to giving up. Only those count that are not about one entry. */
export const GIVE_UP_AFTER = 8;
const NOT_OF_ONE: readonly ErrorCode[] = ['denied', 'io'];

/** Counts failures in a row by mirror. */
export class FailuresInARow<Key> {
  readonly #counts = new Map<Key, number>();

  isGivenUp(key: Key): boolean {
    return this.#count(key) >= GIVE_UP_AFTER;
  }

  succeeded(key: Key): void {
    this.#counts.delete(key);
  }

  /** @returns true for the failure with which the mirror is given up */
  failed(key: Key, error: unknown): boolean {
    const count = isTransient(error) || NOT_OF_ONE.includes(errorCode(error)) ? this.#count(key) + 1 : 0;
    this.#counts.set(key, count);
    return count === GIVE_UP_AFTER;
  }

  #count(key: Key): number {
    return this.#counts.get(key) ?? 0;
  }
}
