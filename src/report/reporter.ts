/** How a command speaks while it works. Results are returned, not reported. */
export interface Reporter {
  /** Something worth knowing even when all goes well. */
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
  /** Shown with --verbose, or in a job's debug log. */
  debug(text: string): void;
  progress(label: string, total: number): Progress;
}

export interface Progress {
  advance(by: number, current?: number): void;
  done(): void;
}

/** Says nothing. */
export const SILENT: Reporter = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  debug: () => undefined,
  progress: () => ({ advance: () => undefined, done: () => undefined }),
};
