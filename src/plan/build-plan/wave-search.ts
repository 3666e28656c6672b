/**
 * Looks for how long each wave is to be. Short waves wait often, long ones put much into one job, and a very long build
 * wants a wave of its length: no rule says how many and how long. Waves are filled from the first to the last and, of the
 * graph turned round, from the last to the first. The best of waves that are all alike are then changed, one or two
 * waves at a time, as long as the effort lasts.
 */
import { dependentsOf, leastSeconds, sum, type WorkGraph } from './graph.ts';
import { numbers } from './random.ts';
import { SHARES, type WaveFiller, type WaveLimits, waveFiller } from './wave-filler.ts';

/** All waves are first tried at one length, from the shortest that might do. Each length is longer by this factor. */
const STEP = 1.2;
const STEPS = 16;
/** So many of these are made better, each by its part of the effort. */
const STARTS = 4;
/** A try is gone on with if it is no worse than the one so many tries ago. */
const MEMORY = 30;
/** How much longer or shorter a wave is made: mostly a little. */
const FACTORS = [0.5, 0.7, 0.8, 0.87, 0.93, 0.97, 1.03, 1.07, 1.15, 1.25, 1.43, 2];
/** An aim that is a little longer than what is to fit, since sums of seconds are not exact. */
const AS_LONG = 1 + 1e-9;
/** A plan that is so near to the least possible time is good enough. */
const NEAR = 1.002;
/** A start is given up after so many tries without a gain. */
const PATIENCE = 400;

/** Which way the waves are filled, how long they are to be, and how long they are then. */
interface Filled {
  readonly backwards: boolean;
  readonly order: number;
  /** From the wave that is filled first. */
  readonly lengths: readonly number[];
  readonly took: readonly number[];
  readonly makespan: number;
}

/**
 * @param most how many pieces and edges are looked at in all tries together; the first try is made in any case
 * @returns by place: the number of its wave; no wave is empty
 */
export function searchWaves(work: WorkGraph, limits: WaveLimits, most: number): Int32Array {
  const forwards = waveFiller(work, limits);
  const backwards = waveFiller(turned(work), limits);
  const random = numbers();
  const effort = () => forwards.effort() + backwards.effort();
  const least = leastSeconds(work, limits.runners);
  const enough = (least + limits.overhead) * NEAR;
  const tried = (way: boolean, order: number, lengths: readonly number[]): Filled => {
    const took = (way ? backwards : forwards).fill(lengths, order);
    return { backwards: way, order, lengths, took, makespan: sum(took) };
  };
  const starts: Filled[] = [];
  for (let i = 0, length = least / limits.waves; i < STEPS; i++, length *= STEP)
    for (const way of [false, true])
      for (const order of SHARES.keys())
        if (starts.length === 0 || effort() < most) starts.push(tried(way, order, [length]));
  starts.sort((a, b) => a.makespan - b.makespan);
  const different = starts.filter(({ makespan }, i) => makespan !== starts[i - 1]?.makespan);
  let best = different[0];
  for (const [i, start] of different.slice(0, STARTS).entries()) {
    const found = improved(start, effort() + (most - effort()) / (STARTS - i));
    if (best === undefined || found.makespan < best.makespan) best = found;
  }
  return waveOf(best, forwards, backwards);

  function improved(start: Filled, until: number): Filled {
    let found = start;
    let now = start;
    let last = 0;
    const memory: number[] = Array.from({ length: MEMORY }, () => start.makespan);
    for (let step = 0; effort() < until && step - last < PATIENCE && found.makespan > enough; step++) {
      const next = changed(now);
      const at = step % MEMORY;
      if (next.makespan <= now.makespan || next.makespan <= (memory[at] ?? 0)) now = next;
      memory[at] = now.makespan;
      if (now.makespan < found.makespan) {
        found = now;
        last = step;
      }
    }
    return found;
  }

  function changed({ backwards: way, order, took, lengths }: Filled): Filled {
    const aims = took.map((_, wave) => lengths[wave] ?? lengths.at(-1) ?? 0);
    const wave = random(took.length);
    const long = (took[wave] ?? 0) - limits.overhead;
    const factor = FACTORS[random(FACTORS.length)] ?? 1;
    switch (random(12)) {
      case 0: {
        // one wave becomes two
        const part = (1 + random(15)) / 16;
        aims.splice(wave, 1, long * part * AS_LONG, long * (1 - part) * AS_LONG);
        return tried(way, order, aims);
      }
      case 1: // one wave less
        return tried(way, order, aims.length > 1 ? aims.toSpliced(wave, 1) : aims);
      case 2: // too short, by a little, for what is longest in it now
        return tried(way, order, aims.with(wave, long * (1 - random(200) / 1000) * (2 - AS_LONG)));
      case 3:
        return tried(way, random(SHARES.length), aims);
      case 4: // the other way, with waves as they are now
        return tried(!way, order, took.map((each) => (each - limits.overhead) * AS_LONG).reverse());
      case 5: {
        // one longer, another one shorter
        const other = random(took.length);
        aims[wave] = (aims[wave] ?? 0) * factor;
        aims[other] = (aims[other] ?? 0) / factor;
        return tried(way, order, aims);
      }
      default:
        return tried(way, order, aims.with(wave, (aims[wave] ?? 0) * factor));
    }
  }
}

function waveOf(best: Filled | undefined, forwards: WaveFiller, backwards: WaveFiller): Int32Array {
  if (best === undefined) return new Int32Array(0);
  const filler = best.backwards ? backwards : forwards;
  const { length } = filler.fill(best.lengths, best.order);
  return best.backwards ? filler.waveOf.map((wave) => length - 1 - wave).reverse() : filler.waveOf;
}

/** The same work from the end: the last piece is the first, and needs what needed it. */
function turned(work: WorkGraph): WorkGraph {
  const last = work.seconds.length - 1;
  return {
    seconds: work.seconds.toReversed(),
    needs: dependentsOf(work)
      .map((after) => after.map((i) => last - i).reverse())
      .reverse(),
  };
}
