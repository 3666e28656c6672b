/** The voice of the command line: results on stdout are the caller's; what is said meanwhile goes to stderr. */
import { styleText } from 'node:util';
import { oneLine } from '../core/errors.ts';
import { PLAIN_STYLE, type Style } from './check-text.ts';
import type { Reporter } from './reporter.ts';

export interface TerminalOptions {
  readonly verbosity: 'quiet' | 'normal' | 'verbose';
  readonly color: boolean;
  /** A terminal gets a line that redraws itself, a log gets a line now and then. */
  readonly interactive: boolean;
  readonly write: (text: string) => void;
}

/** Milliseconds before the first word of progress, and between two in a log. */
const QUIET_START = 800;
const LOG_EVERY = 10_000;
const REDRAW_EVERY = 100;

export function terminalReporter(options: TerminalOptions): Reporter {
  const { verbosity, interactive, write } = options;
  const style = terminalStyle(options.color);
  const line = (text: string) => write(`${interactive ? '\r\x1b[K' : ''}${text}\n`);
  return {
    info: (text) => verbosity !== 'quiet' && line(oneLine(text)),
    warn: (text) => verbosity !== 'quiet' && line(`${style.doubt('warning:')} ${oneLine(text)}`),
    error: (text) => line(`${style.bad('error:')} ${oneLine(text)}`),
    debug: (text) => verbosity === 'verbose' && line(style.dim(oneLine(text))),
    progress(label, total) {
      const started = Date.now();
      let shown = started + QUIET_START;
      let done = 0;
      let drawn = false;
      return {
        advance(by) {
          done += by;
          const now = Date.now();
          if (verbosity === 'quiet' || now < shown) return;
          shown = now + (interactive ? REDRAW_EVERY : LOG_EVERY);
          drawn = true;
          if (interactive) write(`\r\x1b[K${label} ${done}/${total}`);
          else write(`${label}: ${done} of ${total}\n`);
        },
        done() {
          if (drawn && interactive) write('\r\x1b[K');
        },
      };
    },
  };
}

export function terminalStyle(color: boolean): Style {
  if (!color) return PLAIN_STYLE;
  // Whether to colour has been decided: styleText must not decide again by looking at the stream.
  const paint = (format: 'green' | 'red' | 'yellow' | 'dim') => (text: string) =>
    styleText(format, text, { validateStream: false });
  return { good: paint('green'), bad: paint('red'), doubt: paint('yellow'), dim: paint('dim') };
}
