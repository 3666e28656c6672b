/** Chance that can be repeated: everything made up from one seed is the same every time. */

let random = mulberry32(1);

/** Starts over from a seed. */
export function reseed(seed) {
  random = mulberry32(seed);
}

/** A whole number from 0, below the limit. */
export function below(limit) {
  return Math.floor(random() * limit);
}

export function chance(probability) {
  return random() < probability;
}

export function pick(list) {
  return list[below(list.length)];
}

/** Up to so many different elements, in any order. */
export function sample(list, count) {
  const left = [...list];
  const taken = [];
  while (taken.length < count && left.length > 0) taken.push(...left.splice(below(left.length), 1));
  return taken;
}

/** At least one, sorted. */
export function some(list) {
  return sample(list, 1 + below(list.length)).sort();
}

function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
