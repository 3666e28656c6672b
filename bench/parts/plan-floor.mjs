// What no plan gets below, proven. Times are those of jobs that cost `overhead` seconds to start.
//
// The earliest end of a piece i. Let its job begin its work at S. What comes before i is either in the same job, and then
// in [S, start of i], one after the other; or in another one, which has ended and been followed by one more start:
// its own earliest end is at most S - overhead. So end(i) >= seconds(i) + min over S of (S + all before i whose end is
// later than S - overhead). The same from behind gives the least time from the start of i to the end of all. Of any set
// of pieces that none begins before r and behind each of which there are q more seconds: all is over no sooner than
// r + (their seconds, over the runners) + q (density). Runners working on nothing else is assumed of no plan.
import { allBefore, dependentsOf, timeToEnd } from '../../src/plan/build-plan/graph.ts';

/** Seconds that the best plan of jobs takes at least, with waves or without. */
export function leastPossible(work, runners, overhead) {
  const { seconds } = work;
  const last = seconds.length - 1;
  const head = earliestEnds(work, overhead, overhead).map((end, i) => end - seconds[i]);
  const tail = earliestEnds(reversed(work), overhead, 0).map((end, i) => end - seconds[last - i]);
  tail.reverse();
  const chain = Math.max(0, ...seconds.map((own, i) => head[i] + own + tail[i]));
  return Math.max(chain, density(seconds, head, tail, runners));
}

function earliestEnds(work, overhead, first) {
  const { seconds } = work;
  const before = allBefore(work);
  const ends = [];
  for (const [i, own] of seconds.entries()) {
    const all = [...ends.keys()].filter((j) => before[i].has(j));
    const latest = all.sort((a, b) => ends[b] - ends[a]);
    let inside = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const each of latest) {
      least = Math.min(least, Math.max(first, ends[each] + overhead) + inside);
      inside += seconds[each];
    }
    ends[i] = Math.min(least, first + inside) + own;
  }
  return ends;
}

function density(seconds, head, tail, runners) {
  const byTail = [...seconds.keys()].sort((a, b) => tail[b] - tail[a]);
  let most = 0;
  for (const from of new Set(head)) {
    let all = 0;
    for (const i of byTail) {
      if (head[i] < from) continue;
      all += seconds[i];
      most = Math.max(most, from + all / runners + tail[i]);
    }
  }
  return most;
}

function reversed(work) {
  const dependents = dependentsOf(work);
  const last = work.seconds.length - 1;
  return {
    seconds: work.seconds.toReversed(),
    needs: dependents.toReversed().map((after) => after.map((i) => last - i).sort((a, b) => a - b)),
  };
}

/**
 * The same of waves: two pieces that do not need each other. In one job or in two waves one comes after the other, with what
 * is before the first and behind the second. In two jobs of one wave, what is longer before or behind the shorter of them
 * fits beside the longer only as far as that is longer.
 */
export function leastOfWaves(work, runners, overhead) {
  const { seconds } = work;
  const before = allBefore(work);
  const tail = timeToEnd(work).map((rest, i) => rest - seconds[i]);
  const head = [];
  for (const [i, needs] of work.needs.entries())
    head[i] = Math.max(0, ...needs.map((need) => head[need] + seconds[need]));
  let most = leastPossible(work, runners, overhead);
  for (const i of seconds.keys()) {
    for (let j = 0; j < i; j++) {
      if (before[i].has(j)) continue;
      const [short, long] = seconds[i] < seconds[j] ? [i, j] : [j, i];
      const around = Math.max(0, head[short] - head[long]) + Math.max(0, tail[short] - tail[long]);
      const beside =
        head[long] + seconds[long] + tail[long] + Math.max(0, around - (seconds[long] - seconds[short]));
      const both = seconds[i] + seconds[j] + Math.min(head[i] + tail[j], head[j] + tail[i]);
      most = Math.max(most, overhead + Math.min(beside, both));
    }
  }
  return most;
}
