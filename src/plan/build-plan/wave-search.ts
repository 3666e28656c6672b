/**
 * Looks for how long each wave is to be. Short waves wait often, long ones put much into one job, and a very long build
 * wants a wave of its length: no rule says how many and how long. Waves are filled from the first to the last and, of the
 * graph turned round, from the last to the first. The best of waves that are all alike are then changed
 * (`wave-changes.ts`) by simulated annealing: a worse filling is gone on with too, by chance, and ever less so. After
 * each round the worse half of these searches ends, and the others get its effort.
 */
import { dependentsOf, leastSeconds, type WorkGraph } from './graph.ts';
import { numbers } from './random.ts';
import { changed } from './wave-changes.ts';
import { type Aims, type Filling, type Model, SHARES, type WaveLimits, waveFiller } from './wave-filler.ts';

/** All waves are first tried at one length, from the shortest that might do. Each length is longer by this factor. */
const STEP = 1.2;
const STEPS = 16;
/** So many of these are made better: the best of one end and one order each. */
const STARTS = 4;
const ROUNDS = 3;
/** How much worse a filling may be on average, as a part of the whole: at the beginning and at the end. */
const HOT = 0.05;
const COLD = 0.001;
/** Small graphs take fewer tries than the effort allows: so many for each piece. */
const TRIES = 50;
/** A plan that is so near to the least possible time is good enough. */
const NEAR = 1.002;
/** Chances are drawn in so many steps. */
const CHANCES = 1 << 20;

/** A filling, and how it was made. */
interface Filled extends Filling {
  readonly backwards: boolean;
  /** Another filling has led this one, so that its lengths and its order alone do not make it again. */
  readonly led: boolean;
}

interface Trail {
  now: Filled;
  best: Filled;
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
  const enough = (leastSeconds(work, limits.runners) + limits.overhead) * NEAR;
  const tries = TRIES * (work.seconds.length + 20);
  let trails = startsOf().map((start): Trail => ({ now: start, best: start }));
  const begun = effort();
  for (let round = 0; round < ROUNDS && trails.length > 0; round++) {
    const end = begun + ((most - begun) * (round + 1)) / ROUNDS;
    for (const [i, trail] of trails.entries())
      improve(
        trail,
        round,
        effort() + (end - effort()) / (trails.length - i),
        tries / ROUNDS / trails.length,
      );
    trails.sort((a, b) => a.best.makespan - b.best.makespan);
    trails = trails.slice(0, Math.ceil(trails.length / 2));
  }
  const best = trails[0]?.best;
  if (best === undefined) return new Int32Array(0);
  return best.backwards ? turnedWaves(best) : best.waveOf;

  /** For each end and order the best of waves that are all alike, the best first. */
  function startsOf(): Filled[] {
    const starts: Filled[] = [];
    let length = leastSeconds(work, limits.runners) / limits.waves;
    for (let step = 0; step < STEPS; step++, length *= STEP) {
      for (const way of [false, true]) {
        for (const order of SHARES.keys()) {
          if (starts.length > 0 && effort() >= most) continue;
          const filled = fill({ lengths: [length], order, exact: false }, way, Number.POSITIVE_INFINITY);
          if (filled !== undefined) starts.push(filled);
        }
      }
    }
    starts.sort((a, b) => a.makespan - b.makespan);
    const firstOf = new Map<string, Filled>();
    for (const start of starts.toReversed()) firstOf.set(`${start.backwards} ${start.order}`, start);
    return starts
      .filter((start) => firstOf.get(`${start.backwards} ${start.order}`) === start)
      .slice(0, STARTS);
  }

  function improve(trail: Trail, round: number, until: number, tries: number): void {
    trail.now = trail.best;
    const from = effort();
    for (let step = 0; step < tries && effort() < until && trail.best.makespan > enough; step++) {
      const part = Math.max(step / tries, (effort() - from) / (until - from));
      const heat = HOT * (COLD / HOT) ** ((round + part) / ROUNDS);
      // What may be worse by so much is drawn before: a filling that comes out worse is given up on its way.
      const chance = (1 + random(CHANCES)) / CHANCES;
      const next = another(trail.now, trail.now.makespan * (1 - heat * Math.log(chance)));
      if (next === undefined) continue;
      trail.now = next;
      if (next.makespan < trail.best.makespan) trail.best = next;
    }
  }

  function another(now: Filled, limit: number): Filled | undefined {
    const leads = random(2) === 0;
    const change = changed(now, limits.overhead, random);
    if (change === undefined) return undefined;
    const aims = leads ? { ...change.aims, exact: true } : change.aims;
    if (change.turns) {
      const filling = { took: now.took.toReversed(), waveOf: turnedWaves(now) };
      return fill(aims, !now.backwards, limit, leads ? { filling, same: 0, leads } : undefined);
    }
    const isAlike = leads || (!now.led && aims.order === now.order && aims.exact === now.exact);
    const same = isAlike ? sameAims(aims, now) : 0;
    return fill(aims, now.backwards, limit, leads || same > 0 ? { filling: now, same, leads } : undefined);
  }

  function fill(aims: Aims, way: boolean, limit: number, model?: Model): Filled | undefined {
    const filling = (way ? backwards : forwards).fill(aims, limit, model);
    return filling && { ...filling, backwards: way, led: model?.leads === true };
  }
}

/** How many waves, from the first, are aimed at as before. */
function sameAims({ lengths }: Aims, now: Filling): number {
  const differs = now.took.findIndex(
    (_, wave) => (lengths[wave] ?? lengths.at(-1)) !== (now.lengths[wave] ?? now.lengths.at(-1)),
  );
  return differs < 0 ? now.took.length - 1 : differs;
}

/** The waves of the graph turned round. */
function turnedWaves({ waveOf, took }: Filling): Int32Array {
  return waveOf.map((wave) => took.length - 1 - wave).reverse();
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
