/** How a run learns that it is cancelled. */

/**
 * The runner sends SIGINT on cancellation, SIGTERM some seconds later, and then kills: a step goes on finishing until
 * then. In a terminal a second signal means that somebody is in a hurry.
 * @param onSecond what that one does
 */
export function abortOnSignals(onSecond: () => void = () => undefined): AbortController {
  const controller = new AbortController();
  const stop = () => (controller.signal.aborted ? onSecond() : controller.abort());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  return controller;
}
