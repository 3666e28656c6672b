/** Reports the work of the command line to stderr. Results go to stdout, which is left to the caller. */
import { styleText } from 'node:util';
import { oneLine } from '../core/errors.ts';
import { PLAIN_STYLE, type Style } from './check-text.ts';
import { fittedLine, logLine, logPace, trackProgress } from './progress.ts';
import { type Reporter, SILENT } from './reporter.ts';

export interface TerminalOptions {
  readonly verbosity: 'quiet' | 'normal' | 'verbose';
  readonly color: boolean;
  /** A terminal gets a line that redraws itself, a log gets a line now and then. */
  readonly interactive: boolean;
  /** The terminal's width at this moment; undefined where it is not known. */
  readonly columns?: (() => number | undefined) | undefined;
  readonly write: (text: string) => void;
}

/** Milliseconds before the first word of progress. */
const FIRST = 800;
const FIRST_IN_LOG = 2_000;
const REDRAW_EVERY = 100;
const COLUMNS = 80;

export function terminalReporter(options: TerminalOptions): Reporter {
  const { verbosity, interactive, write, columns } = options;
  const style = terminalStyle(options.color);
  const underWay: unknown[] = [];
  const line = (text: string) => write(`${interactive ? CLEAR : ''}${text}\n`);
  return {
    info: (text) => verbosity !== 'quiet' && line(oneLine(text)),
    warn: (text) => verbosity !== 'quiet' && line(`${style.doubt('warning:')} ${oneLine(text)}`),
    error: (text) => line(`${style.bad('error:')} ${oneLine(text)}`),
    debug: (text) => verbosity === 'verbose' && line(style.dim(oneLine(text))),
    progress(label, total) {
      if (verbosity === 'quiet') return SILENT.progress(label, total);
      if (!interactive) {
        const show = (now: Parameters<typeof logLine>[0]) => write(`${logLine(now)}\n`);
        return trackProgress({ label, total, first: FIRST_IN_LOG, every: logPace, show, underWay });
      }
      let drawn = false;
      return trackProgress({
        label,
        total,
        underWay,
        first: FIRST,
        every: () => REDRAW_EVERY,
        show(now) {
          drawn = true;
          write(`${CLEAR}${fittedLine(now, columns?.() || COLUMNS)}`);
        },
        onDone() {
          if (drawn) write(CLEAR);
        },
      });
    },
  };
}

/** Moves to the beginning of the line and clears it. */
const CLEAR = '\r\x1b[K';

export function terminalStyle(color: boolean): Style {
  if (!color) return PLAIN_STYLE;
  // The caller has decided whether to use colours, so styleText must not decide again by looking at the stream.
  const paint = (format: 'green' | 'red' | 'yellow' | 'dim') => (text: string) =>
    styleText(format, text, { validateStream: false });
  return { good: paint('green'), bad: paint('red'), doubt: paint('yellow'), dim: paint('dim') };
}
