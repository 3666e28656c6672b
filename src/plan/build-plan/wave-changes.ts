/**
 * Small changes of how long waves are to be: they are made longer or shorter, split, joined, added and left out. A change
 * says nothing about what goes where. The next filling finds that out.
 */
import { type Aims, type Filling, SHARES } from './wave-filler.ts';

export interface Change {
  readonly aims: Aims;
  /** Waves are filled from the other end now. */
  readonly turns: boolean;
}

/** How much longer or shorter a wave is made: mostly a little. */
const FACTORS = [0.5, 0.7, 0.8, 0.87, 0.93, 0.97, 1.03, 1.07, 1.15, 1.25, 1.43, 2];
/** An aim that is a little longer than what is to fit, since sums of seconds are not exact. */
const AS_LONG = 1 + 1e-9;
const SHORTER = 2 - AS_LONG;

/**
 * @param random a whole number below its argument
 * @returns undefined if the filling cannot be changed in the way that was drawn
 */
export function changed(
  now: Filling,
  overhead: number,
  random: (bound: number) => number,
): Change | undefined {
  const { order, exact, lengths } = now;
  const asTaken = now.took.map((each) => (each - overhead) * AS_LONG);
  const isTight = exact && random(2) === 0;
  const aims = isTight ? asTaken : asTaken.map((_, i) => lengths[i] ?? lengths.at(-1) ?? 0);
  const wave = random(aims.length);
  const aim = aims[wave] ?? 0;
  const long = (now.took[wave] ?? 0) - overhead;
  const factor = FACTORS[random(FACTORS.length)] ?? 1;
  const to = (changes: readonly number[]): Change => ({
    aims: { order, exact, lengths: changes },
    turns: false,
  });
  switch (random(16)) {
    case 0: {
      // one wave becomes two
      const part = (1 + random(15)) / 16;
      return to(aims.toSpliced(wave, 1, long * part * AS_LONG, long * (1 - part) * AS_LONG));
    }
    case 1:
    case 2: {
      // two waves become one, as long as the longer, or as both, or something between
      const next = (now.took[wave + 1] ?? 0) - overhead;
      if (next < 0) return undefined;
      const both = Math.max(long, next) + (Math.min(long, next) * random(17)) / 16;
      return to(aims.toSpliced(wave, 2, both * AS_LONG));
    }
    case 3: // one wave less
      return aims.length > 1 ? to(aims.toSpliced(wave, 1)) : undefined;
    case 4: // a short wave more
      return to(aims.toSpliced(wave, 0, long * 2 ** -(random(60) / 10)));
    case 5:
    case 6: // too short, by a little, for what is longest in it now
      return to(aims.with(wave, long * (1 - random(200) / 1000) * SHORTER));
    case 7:
    case 8: {
      // some of it in the wave beside
      const beside = wave + (random(2) === 0 ? 1 : -1);
      const its = (now.took[beside] ?? -1) - overhead;
      if (its < 0) return undefined;
      const moved = long * 2 ** -(random(80) / 10);
      return to(aims.with(wave, long - moved).with(beside, its + moved));
    }
    case 9: {
      // one longer, another one shorter
      const other = random(aims.length);
      const its = aims[other] ?? 0;
      return to(aims.with(wave, aim * factor).with(other, its / factor));
    }
    case 10:
      return { aims: { lengths: aims, exact, order: random(SHARES.length) }, turns: false };
    case 11:
      return { aims: { lengths: asTaken, exact: !exact, order }, turns: false };
    case 12: // from the other end, with waves as they are now
      return { aims: { lengths: asTaken.reverse(), exact, order }, turns: true };
    default:
      return to(aims.with(wave, aim * factor));
  }
}
