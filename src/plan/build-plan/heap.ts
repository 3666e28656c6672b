/** A binary heap of numbers: the first by an order comes out first. */

export interface Heap {
  push(item: number): void;
  pop(): number | undefined;
}

/** @param before a strict order that tells any two apart, so that what comes out depends on nothing else */
export function heap(before: (a: number, b: number) => boolean): Heap {
  const items: number[] = [];
  const at = (i: number) => items[i] as number;
  const swap = (i: number, j: number) => {
    const item = at(i);
    items[i] = at(j);
    items[j] = item;
  };
  return {
    push(item) {
      let i = items.push(item) - 1;
      for (let parent = (i - 1) >> 1; i > 0 && before(at(i), at(parent)); parent = (i - 1) >> 1) {
        swap(i, parent);
        i = parent;
      }
    },
    pop() {
      const first = items[0];
      const last = items.pop();
      if (items.length === 0 || last === undefined) return first;
      items[0] = last;
      for (let i = 0; ; ) {
        let child = 2 * i + 1;
        if (child + 1 < items.length && before(at(child + 1), at(child))) child++;
        if (child >= items.length || !before(at(child), at(i))) return first;
        swap(i, child);
        i = child;
      }
    },
  };
}
