/**
 * How long chunks take, asked thousands of times of one graph: the answer of {@link schedule}, without its
 * allocations.
 */
import type { WorkGraph } from './graph.ts';

export interface Simulated {
  /** Infinite where chunks wait for each other in a circle. */
  readonly makespan: number;
  readonly jobs: number;
  /** How many chunks of several pieces take longer than they may. */
  readonly overlong: number;
}

export interface Simulator {
  run(chunkOf: Int32Array, longest: number): Simulated;
  /** Of the last run that made no circle: the places of each chunk in the sequence that ended last. */
  critical(): number[][];
}

export function simulator(
  work: WorkGraph,
  { runners, overhead }: { readonly runners: number; readonly overhead: number },
): Simulator {
  const n = work.seconds.length;
  const seconds = Float64Array.from(work.seconds);
  const from: number[] = [];
  const to: number[] = [];
  for (const [i, before] of work.needs.entries()) {
    for (const need of before) {
      from.push(need);
      to.push(i);
    }
  }
  const edges = from.length;
  const [sources, targets] = [Int32Array.from(from), Int32Array.from(to)];
  const label = new Int32Array(n);
  const chunk = new Int32Array(n);
  const load = new Float64Array(n);
  const size = new Int32Array(n);
  const waiting = new Int32Array(n);
  const left = new Int32Array(n);
  const starts = new Int32Array(n + 1);
  const after = new Int32Array(edges);
  const order = new Int32Array(n);
  const rank = new Float64Array(n);
  const end = new Float64Array(n);
  const cause = new Int32Array(n);
  const ready = new Int32Array(n + 1);
  const running = new Int32Array(n + 1);
  let jobs = 0;
  let last = -1;

  return { run, critical };

  function run(chunkOf: Int32Array, longest: number): Simulated {
    jobs = contracted(chunkOf);
    let overlong = 0;
    for (let c = 0; c < jobs; c++) if ((load[c] as number) > longest && (size[c] as number) > 1) overlong++;
    if (!ranked()) return { makespan: Number.POSITIVE_INFINITY, jobs, overlong };
    return { makespan: scheduled(), jobs, overlong };
  }

  function contracted(chunkOf: Int32Array): number {
    label.fill(-1);
    let count = 0;
    for (let i = 0; i < n; i++) {
      const own = chunkOf[i] as number;
      let c = label[own] as number;
      if (c < 0) {
        c = count++;
        label[own] = c;
        load[c] = 0;
        size[c] = 0;
        waiting[c] = 0;
        starts[c] = 0;
      }
      chunk[i] = c;
      load[c] = (load[c] as number) + (seconds[i] as number);
      size[c] = (size[c] as number) + 1;
    }
    for (let e = 0; e < edges; e++) {
      const a = chunk[sources[e] as number] as number;
      const b = chunk[targets[e] as number] as number;
      if (a === b) continue;
      starts[a] = (starts[a] as number) + 1;
      waiting[b] = (waiting[b] as number) + 1;
    }
    let total = 0;
    for (let c = 0; c < count; c++) {
      total += starts[c] as number;
      starts[c] = total;
    }
    starts[count] = total;
    for (let e = 0; e < edges; e++) {
      const a = chunk[sources[e] as number] as number;
      const b = chunk[targets[e] as number] as number;
      if (a === b) continue;
      const at = (starts[a] as number) - 1;
      starts[a] = at;
      after[at] = b;
    }
    return count;
  }

  /** @returns false for a circle */
  function ranked(): boolean {
    left.set(waiting.subarray(0, jobs));
    let placed = 0;
    for (let c = 0; c < jobs; c++) if (left[c] === 0) order[placed++] = c;
    for (let k = 0; k < placed; k++) {
      const c = order[k] as number;
      for (let e = starts[c] as number; e < (starts[c + 1] as number); e++) {
        const next = after[e] as number;
        left[next] = (left[next] as number) - 1;
        if (left[next] === 0) order[placed++] = next;
      }
    }
    if (placed < jobs) return false;
    for (let k = placed - 1; k >= 0; k--) {
      const c = order[k] as number;
      let most = 0;
      for (let e = starts[c] as number; e < (starts[c + 1] as number); e++)
        most = Math.max(most, rank[after[e] as number] as number);
      rank[c] = most + (load[c] as number) + overhead;
    }
    return true;
  }

  function scheduled(): number {
    left.set(waiting.subarray(0, jobs));
    let readies = 0;
    let runs = 0;
    for (let c = 0; c < jobs; c++) if (left[c] === 0) readies = insert(ready, readies, c, rank, -1);
    let now = 0;
    let free = runners;
    last = -1;
    for (;;) {
      while (free > 0 && readies > 0) {
        const c = ready[1] as number;
        readies = removeFirst(ready, readies, rank, -1);
        end[c] = now + overhead + (load[c] as number);
        cause[c] = last;
        runs = insert(running, runs, c, end, 1);
        free--;
      }
      if (runs === 0) return now;
      last = running[1] as number;
      runs = removeFirst(running, runs, end, 1);
      now = end[last] as number;
      free++;
      for (let e = starts[last] as number; e < (starts[last + 1] as number); e++) {
        const next = after[e] as number;
        left[next] = (left[next] as number) - 1;
        if (left[next] === 0) readies = insert(ready, readies, next, rank, -1);
      }
    }
  }

  function critical(): number[][] {
    const places = new Map<number, number[]>();
    for (let c = last; c >= 0; c = cause[c] as number) places.set(c, []);
    for (let i = 0; i < n; i++) places.get(chunk[i] as number)?.push(i);
    return [...places.values()];
  }
}

/** Binary heaps from 1 on, by a key times a sign, then by number. */
function insert(items: Int32Array, count: number, item: number, key: Float64Array, sign: number): number {
  let i = count + 1;
  while (i > 1) {
    const parent = items[i >> 1] as number;
    if (!isBefore(item, parent, key, sign)) break;
    items[i] = parent;
    i >>= 1;
  }
  items[i] = item;
  return count + 1;
}

function removeFirst(items: Int32Array, count: number, key: Float64Array, sign: number): number {
  const item = items[count] as number;
  const size = count - 1;
  let i = 1;
  for (;;) {
    let child = 2 * i;
    if (child > size) break;
    if (child < size && isBefore(items[child + 1] as number, items[child] as number, key, sign)) child++;
    if (!isBefore(items[child] as number, item, key, sign)) break;
    items[i] = items[child] as number;
    i = child;
  }
  items[i] = item;
  return size;
}

function isBefore(a: number, b: number, key: Float64Array, sign: number): boolean {
  const difference = ((key[a] as number) - (key[b] as number)) * sign;
  return difference < 0 || (difference === 0 && a < b);
}
