/**
 * A clock for how long something takes, which does not jump when the time of day is set. It is not `performance`: the first
 * use of that loads what measures programs, which takes longer than a request to a mirror nearby.
 */

/** Milliseconds since some moment in the past. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
