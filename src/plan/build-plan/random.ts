/** Pseudo-random numbers for searches: always the same ones, so that the same input gives the same plan. */

/** @returns whole numbers from 0 to below a bound, one with each call */
export function numbers(): (bound: number) => number {
  let state = 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}
