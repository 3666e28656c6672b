/** Cancellation: whatever notices an aborted signal throws the same `cancelled` error. */
import { BuildcacheError } from './errors.ts';

/**
 * The error an aborted signal stands for: its reason when that is one of ours, else `cancelled`.
 * @param reached how far the work had come, for people
 */
export function cancelled(signal: AbortSignal | undefined, reached?: string): BuildcacheError {
  const reason: unknown = signal?.reason;
  if (reason instanceof BuildcacheError) return reason;
  return new BuildcacheError(
    'cancelled',
    reached === undefined ? 'cancelled' : `cancelled: ${reached}`,
    {},
    reason,
  );
}

/** @throws BuildcacheError `cancelled` (or the signal's own reason) when the signal is aborted */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw cancelled(signal);
}

/** A signal that fires so many milliseconds after another: the time there is for what must still be finished. */
export function withGrace(signal: AbortSignal, milliseconds: number): AbortSignal {
  const grace = new AbortController();
  const begin = () => {
    // A process that has finished need not wait for this.
    setTimeout(() => grace.abort(signal.reason), milliseconds).unref();
  };
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  return grace.signal;
}
