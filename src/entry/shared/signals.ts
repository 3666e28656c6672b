/** How a run learns that it is cancelled. */

/**
 * The runner sends SIGINT on cancellation, SIGTERM some seconds later, and then kills. A step uses that time to finish.
 * In a terminal a second signal means that the user does not want to wait.
 * @param onSecond called at the second signal
 */
export function abortOnSignals(onSecond: () => void = () => undefined): AbortController {
  const controller = new AbortController();
  const stop = () => (controller.signal.aborted ? onSecond() : controller.abort());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  return controller;
}
