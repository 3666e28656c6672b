/** How long a graph of jobs takes on so many runners, where each takes the first job in the list that may begin. */
import { dependentsOf, type WorkGraph } from './graph.ts';
import { heap } from './heap.ts';

export interface Schedule {
  /** Seconds from the beginning to the end. */
  readonly makespan: number;
  /** Places in the order in which they began. */
  readonly began: readonly number[];
}

/**
 * @param overhead seconds that each job takes beside its work
 * @param before whether one job is to begin before another where both may; in the list's order when not given
 */
export function schedule(
  graph: WorkGraph,
  runners: number,
  overhead: number,
  rank?: readonly number[],
): Schedule {
  const dependents = dependentsOf(graph);
  const waiting = graph.needs.map(({ length }) => length);
  const before =
    rank === undefined
      ? (a: number, b: number) => a < b
      : (a: number, b: number) => (rank[a] ?? 0) > (rank[b] ?? 0) || (rank[a] === rank[b] && a < b);
  const ready = heap(before);
  const ends: number[] = graph.seconds.map(() => 0);
  const running = heap((a, b) => (ends[a] ?? 0) < (ends[b] ?? 0) || (ends[a] === ends[b] && a < b));
  for (const [i, count] of waiting.entries()) if (count === 0) ready.push(i);
  const began: number[] = [];
  let now = 0;
  let free = runners;
  for (;;) {
    while (free > 0) {
      const next = ready.pop();
      if (next === undefined) break;
      ends[next] = now + overhead + (graph.seconds[next] ?? 0);
      began.push(next);
      running.push(next);
      free--;
    }
    const done = running.pop();
    if (done === undefined) return { makespan: now, began };
    now = ends[done] ?? now;
    free++;
    for (const next of dependents[done] ?? []) {
      waiting[next] = (waiting[next] ?? 0) - 1;
      if (waiting[next] === 0) ready.push(next);
    }
  }
}
