/** When to stop asking a mirror: a full disk stays full, and who is not there now is not there for a thousand specs. */
import { type ErrorCode, errorCode } from '../core/errors.ts';
import { isTransient } from '../core/retry.ts';

/** Failures in a row that are not about one entry. */
export const GIVE_UP_AFTER = 8;
const NOT_OF_ONE: readonly ErrorCode[] = ['denied', 'io'];

/** Counts failures by whose they are. */
export class FailuresInARow<Key> {
  readonly #counts = new Map<Key, number>();

  isGivenUp(key: Key): boolean {
    return this.#count(key) >= GIVE_UP_AFTER;
  }

  succeeded(key: Key): void {
    this.#counts.delete(key);
  }

  /** @returns whether it is given up with this one */
  failed(key: Key, error: unknown): boolean {
    const count = isTransient(error) || NOT_OF_ONE.includes(errorCode(error)) ? this.#count(key) + 1 : 0;
    this.#counts.set(key, count);
    return count === GIVE_UP_AFTER;
  }

  #count(key: Key): number {
    return this.#counts.get(key) ?? 0;
  }
}
