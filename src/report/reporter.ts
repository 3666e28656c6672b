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
   * Work that may take its time. It is shown within two seconds, whether it gets on or not, until it is done.
   * @param total how many there are to do; undefined where that is not known, or there is nothing to count
   */
  progress(label: string, total?: number): Progress;
}

export interface Progress {
  advance(by: number, current?: number): void;
  /** Follows a file on its way; small ones are not worth a word. */
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

/** Runs something that says nothing of itself, and shows that it is being done. */
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
