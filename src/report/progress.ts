/**
 * How far work has come, in one line: how many of how many, the large file on its way with its bytes, its rate and the
 * time that is left. The terminal redraws it, a log gets one now and then; what it says is decided here for both.
 */
import { oneLine } from '../core/errors.ts';
import { bytesText, durationText, partOfText } from './amounts.ts';
import type { Progress } from './reporter.ts';

export interface ProgressOptions {
  readonly label: string;
  readonly total: number | undefined;
  /** Milliseconds before the first line. */
  readonly first: number;
  /** Milliseconds to the next line. @param elapsed since it began */
  readonly every: (elapsed: number) => number;
  /** Takes the line's parts, the most important first. */
  readonly show: (line: ProgressLine) => void;
  readonly onDone?: () => void;
  /** All that is under way: only what began last is shown, since it is a part of the others. Its own list is kept here. */
  readonly underWay: unknown[];
}

/** Smaller files are through before anybody has read of them. */
const LARGE = 8_000_000;
/** Milliseconds of which the rate is the mean. */
const WINDOW = 5_000;
/** Milliseconds without anything new after which that is said. */
const STILL = 3_000;
/** How often it is looked whether something is to be said, at most. */
const TICK = 100;

/** A log's lines: every ten seconds at first, every minute in the end. */
export function logPace(elapsed: number): number {
  return Math.min(60_000, Math.max(10_000, elapsed / 6));
}

/** Begins at once; runs by its own clock, and keeps no process alive. */
export function trackProgress(options: ProgressOptions): Progress {
  const { label, total, show, underWay } = options;
  const started = Date.now();
  const transfers = new Set<Watched>();
  const samples: { readonly at: number; readonly bytes: number }[] = [{ at: started, bytes: 0 }];
  let [done, bytes, moved, next] = [0, 0, started, started + options.first];
  const tick = () => {
    const now = Date.now();
    if (now < next || underWay.at(-1) !== timer) return;
    next = now + options.every(now - started);
    show(
      lineOf({
        label,
        total,
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
      moved = Date.now();
      tick();
    },
    watch(doing, size) {
      // What was packed quickly says nothing of how quickly it is sent.
      if (transfers.size === 0) samples.splice(0, samples.length, { at: Date.now(), bytes });
      const transfer = { doing, size, bytes: 0 };
      transfers.add(transfer);
      return {
        add(more) {
          transfer.bytes += more;
          bytes += more;
          moved = Date.now();
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

/** The parts of a line; those that are not known are not there. */
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

/** The whole of it, as a log has it. */
export function logLine(line: ProgressLine): string {
  const { count, doing, amount, rate, time } = line;
  return oneLine([count, doing, amount, rate, time].filter((part) => part !== undefined).join(', '));
}

/**
 * As much of it as fits without wrapping: what is left out first is what one can do without.
 * @param columns of the terminal; the last stays empty, where some would wrap
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

/** Names of packages are ASCII; so are our words. */
function width(text: string): number {
  return [...text].length;
}
