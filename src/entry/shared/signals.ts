/** How a step learns that it is cancelled. */

/** The runner sends SIGINT on cancellation, SIGTERM some seconds later, and then kills. */
export function abortOnSignals(): AbortController {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort());
  return controller;
}
