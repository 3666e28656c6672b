/** Cancellation, said in one way: whoever notices an aborted signal throws the same `cancelled` error. */
import { BuildcacheError } from './errors.ts';

/** The error an aborted signal stands for: its reason when that is one of ours, else `cancelled`. */
export function cancelled(signal: AbortSignal | undefined): BuildcacheError {
  const reason: unknown = signal?.reason;
  if (reason instanceof BuildcacheError) return reason;
  return new BuildcacheError('cancelled', 'cancelled', {}, reason);
}

/** @throws BuildcacheError `cancelled` (or the signal's own reason) when the signal is aborted */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw cancelled(signal);
}
