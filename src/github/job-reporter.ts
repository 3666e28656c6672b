/** Reports the work of a job: to the log with its groups, and in annotations. */
import { logLine, logPace, trackProgress } from '../report/progress.ts';
import type { Reporter } from '../report/reporter.ts';
import { type Annotations, collectAnnotations } from './annotations.ts';
import { debug, endGroup, group, plain } from './workflow-commands.ts';

export interface JobReporter extends Reporter {
  readonly annotations: Annotations;
  /** Lines that fold away in the log. */
  grouped(title: string, lines: readonly string[]): void;
  /** Several lines, unchanged except that the runner sees no commands in them. */
  lines(lines: readonly string[]): void;
}

export interface JobReporterOptions {
  /** False to write problems only to the log. */
  readonly annotations: boolean;
  readonly debug: boolean;
  readonly write: (line: string) => void;
}

/** Milliseconds before the first line of progress. */
const FIRST = 2_000;

export function jobReporter(options: JobReporterOptions): JobReporter {
  const { write } = options;
  const underWay: unknown[] = [];
  const annotations = collectAnnotations({ write, ...(options.annotations ? {} : { limit: 0 }) });
  const lines = (texts: readonly string[]) => {
    for (const text of texts) write(plain(text));
  };
  return {
    annotations,
    lines,
    grouped(title, texts) {
      write(group(title));
      lines(texts);
      write(endGroup());
    },
    info: (text) => write(plain(text)),
    warn: (text) => annotations.add('warning', text),
    error: (text) => annotations.add('error', text),
    debug: (text) => {
      if (options.debug) write(debug(text));
    },
    progress: (label, total) =>
      trackProgress({
        label,
        total,
        underWay,
        first: FIRST,
        every: logPace,
        show: (line) => write(plain(logLine(line))),
      }),
  };
}
