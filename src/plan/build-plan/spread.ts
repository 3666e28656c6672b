/** Spreads work over runners or jobs: the longest piece first, each to the one that has least so far. */

/**
 * @param loads the first `count` of them are spread; they are overwritten
 * @returns the largest sum; the sums are then the first of `loads`, as many as `bins`, or as `count` if that is less
 */
export function spread(loads: Float64Array, count: number, bins: number): number {
  const all = loads.subarray(0, count).sort().reverse();
  if (count <= bins) return all[0] ?? 0;
  // A binary heap with the least sum at the front. What is sorted is one already, from its end.
  const sums = all.subarray(0, bins).reverse();
  for (let next = bins; next < count; next++) {
    const sum = (sums[0] as number) + (all[next] as number);
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= bins) break;
      if (child + 1 < bins && (sums[child + 1] as number) < (sums[child] as number)) child++;
      if ((sums[child] as number) >= sum) break;
      sums[i] = sums[child] as number;
      i = child;
    }
    sums[i] = sum;
  }
  return sums.reduce((most, each) => Math.max(most, each), 0);
}
