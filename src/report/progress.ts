/**
 * How far work has come, in one line: how many of how many, and for a large file that is under way its bytes, its rate and
 * the time that is left. A terminal redraws the line; a log gets one now and then. Its text is decided here for both.
 */
import { monotonicMs } from '../core/clock.ts';
import { oneLine } from '../core/errors.ts';
import { bytesText, durationText, partOfText } from './amounts.ts';
import type { Progress, Total } from './reporter.ts';

export interface ProgressOptions {
  readonly label: string;
  readonly total: Total;
  /** Milliseconds before the first line. */
  readonly first: number;
  /** Milliseconds to the next line. @param elapsed milliseconds since the work began */
  readonly every: (elapsed: number) => number;
  /** Takes the line's parts, the most important first. */
  readonly show: (line: ProgressLine) => void;
  readonly onDone?: () => void;
  /** All works that are under way. Only the one that began last is shown, since it is a part of the others. */
  readonly underWay: unknown[];
}

/** Bytes of a large file. A smaller one is done before a line about it could be read. */
const LARGE = 8_000_000;
/** Milliseconds over which the rate is averaged. */
const WINDOW = 5_000;
/** Milliseconds without a new byte, after which the line says that it is waiting. */
const STILL = 3_000;
/** Milliseconds between two looks whether a line is due, at least. */
const TICK = 100;

/** The pace of lines in a log: every ten seconds at first, every minute later. */
export function logPace(elapsed: number): number {
  return Math.min(60_000, Math.max(10_000, elapsed / 6));
}

/** Begins at once. It has a timer of its own, which does not keep the process alive. */
export function trackProgress(options: ProgressOptions): Progress {
  const { label, total, show, underWay } = options;
  const started = monotonicMs();
  const transfers = new Set<Watched>();
  const samples: { readonly at: number; readonly bytes: number }[] = [{ at: started, bytes: 0 }];
  let [done, bytes, moved, next] = [0, 0, started, started + options.first];
  const tick = () => {
    const now = monotonicMs();
    if (now < next || underWay.at(-1) !== timer) return;
    next = now + options.every(now - started);
    show(
      lineOf({
        label,
        total: typeof total === 'function' ? total() : total,
        done,
        transfers: [...transfers],
        rate: rateOf(samples, now),
        still: now - moved,
      }),
    );
  };
  const timer = setInterval(tick, Math.min(TICK, options.first));
  timer.unref();
  underWay.push(timer);
  return {
    advance(by) {
      done += by;
      moved = monotonicMs();
      tick();
    },
    watch(doing, size) {
      // The rate begins anew: how fast a file was packed says nothing about how fast it is sent.
      if (transfers.size === 0) samples.splice(0, samples.length, { at: monotonicMs(), bytes });
      const transfer = { doing, size, bytes: 0 };
      transfers.add(transfer);
      return {
        add(more) {
          transfer.bytes += more;
          bytes += more;
          moved = monotonicMs();
          if (moved - (samples.at(-1)?.at ?? 0) >= TICK) samples.push({ at: moved, bytes });
          while (samples.length > 2 && moved - (samples[1]?.at ?? 0) > WINDOW) samples.shift();
          tick();
        },
        end: () => void transfers.delete(transfer),
      };
    },
    done() {
      clearInterval(timer);
      const place = underWay.indexOf(timer);
      if (place >= 0) underWay.splice(place, 1);
      options.onDone?.();
    },
  };
}

interface Watched {
  readonly doing: string;
  readonly size: number | undefined;
  bytes: number;
}

/** The parts of a line. Parts that are not known are undefined. */
export interface ProgressLine {
  /** `Pushing 3/87` */
  readonly count: string;
  /** `sending gcc and 2 more` */
  readonly doing: string | undefined;
  /** `120 of 310 MB` */
  readonly amount: string | undefined;
  /** `45 MB/s` */
  readonly rate: string | undefined;
  /** `4 s left`, or `waiting 12 s` */
  readonly time: string | undefined;
}

interface State {
  readonly label: string;
  readonly total: number | undefined;
  readonly done: number;
  readonly transfers: readonly Watched[];
  /** Bytes a second. */
  readonly rate: number;
  readonly still: number;
}

function lineOf({ label, total, done, transfers, rate, still }: State): ProgressLine {
  const count = total === undefined ? label : `${label} ${done}/${total}`;
  const large = transfers.filter((each) => (each.size ?? each.bytes) >= LARGE);
  const waiting = still >= STILL ? `waiting ${durationText(still)}` : undefined;
  const [first, ...others] = large.toSorted((a, b) => (b.size ?? b.bytes) - (a.size ?? a.bytes));
  if (first === undefined) {
    return { count, doing: undefined, amount: undefined, rate: undefined, time: waiting };
  }
  const moved = large.reduce((sum, each) => sum + each.bytes, 0);
  const known = large.every(({ size }) => size !== undefined);
  const size = large.reduce((sum, each) => sum + (each.size ?? 0), 0);
  const left = known && rate > 0 ? Math.max(0, size - moved) / rate : undefined;
  return {
    count,
    doing: others.length === 0 ? first.doing : `${first.doing} and ${others.length} more`,
    amount: known ? partOfText(moved, size) : bytesText(moved),
    rate: rate > 0 ? `${bytesText(rate)}/s` : undefined,
    time: waiting ?? (left === undefined ? undefined : `${durationText(left * 1000)} left`),
  };
}

function rateOf(samples: readonly { readonly at: number; readonly bytes: number }[], now: number): number {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || now - last.at > WINDOW) return 0;
  const span = now - first.at;
  return span < TICK ? 0 : ((last.bytes - first.bytes) / span) * 1000;
}

/** The whole line, for a log. */
export function logLine(line: ProgressLine): string {
  const { count, doing, amount, rate, time } = line;
  return oneLine([count, doing, amount, rate, time].filter((part) => part !== undefined).join(', '));
}

/**
 * As much of the line as fits without wrapping. The least important parts are left out first.
 * @param columns of the terminal. The last one stays empty, since some terminals would wrap there.
 */
export function fittedLine(line: ProgressLine, columns: number): string {
  const room = Math.max(1, columns - 1);
  const without = [
    line,
    { ...line, doing: undefined },
    { ...line, doing: undefined, rate: undefined },
    { ...line, doing: undefined, rate: undefined, time: undefined },
    { ...line, doing: undefined, rate: undefined, time: undefined, amount: undefined },
  ];
  const texts = without.map(logLine);
  const text = texts.find((each) => width(each) <= room) ?? texts.at(-1) ?? '';
  return width(text) <= room ? text : `${[...text].slice(0, room - 1).join('')}…`;
}

/** A character is a column: package names and our own words are ASCII. */
function width(text: string): number {
  return [...text].length;
}
