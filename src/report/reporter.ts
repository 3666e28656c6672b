/** How a command speaks while it works. Results are returned, not reported. */
import type { WatchTransfer } from '../core/transfer.ts';

export interface Reporter {
  /** Something worth knowing even when all goes well. */
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
  /** Shown with --verbose, or in a job's debug log. */
  debug(text: string): void;
  /**
   * Work that may take long. It is shown within two seconds, even if it makes no progress, until it is done.
   * @param total how many things there are to do, or what says so once it is known; undefined where nobody knows, or there
   *   is nothing to count
   */
  progress(label: string, total?: Total): Progress;
}

export type Total = number | (() => number | undefined) | undefined;

export interface Progress {
  advance(by: number, current?: number): void;
  /** Follows the transfer of a file. Small files are not mentioned. */
  readonly watch: WatchTransfer;
  done(): void;
}

const NO_TRANSFER = { add: () => undefined, end: () => undefined };

/** Says nothing. */
export const SILENT: Reporter = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  debug: () => undefined,
  progress: () => ({ advance: () => undefined, watch: () => NO_TRANSFER, done: () => undefined }),
};

/** Shows a label while an action runs that reports no progress of its own. */
export async function during<T>(
  reporter: Reporter,
  label: string,
  task: (watch: WatchTransfer) => Promise<T>,
): Promise<T> {
  const progress = reporter.progress(label);
  try {
    return await task(progress.watch);
  } finally {
    progress.done();
  }
}
