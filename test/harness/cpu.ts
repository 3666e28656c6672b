/**
 * What something costs, in seconds of this process' CPU: a machine that is busy with others takes no more of it.
 * For work that must not grow with the square of what a stranger sends.
 */
export function cpuOf(action: () => void): number {
  const started = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}
