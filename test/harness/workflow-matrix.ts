/** `strategy.matrix`: every combination of its lists, with what `include` adds and without what `exclude` names. */

export type Combination = Readonly<Record<string, unknown>>;

/** @returns undefined where there is no matrix; throws, as GitHub does, where it has no job */
export function combinationsOf(matrix: unknown): readonly Combination[] | undefined {
  if (matrix === undefined || matrix === null) return undefined;
  const { include = [], exclude = [], ...lists } = matrix as Record<string, unknown>;
  const axes = Object.entries(lists) as [string, unknown[]][];
  const empty = axes.find(([, values]) => values.length === 0);
  if (empty !== undefined) throw new Error(`Matrix vector '${empty[0]}' does not contain any values`);
  const product =
    axes.length === 0
      ? []
      : axes.reduce<Combination[]>(
          (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
          [{}],
        );
  const kept = product.filter((one) => !(exclude as Combination[]).some((other) => isWithin(other, one)));
  const names = new Set(Object.keys(lists));
  const own = kept.map((one) => ({ ...one }));
  const more: Combination[] = [];
  for (const entry of include as Combination[]) {
    const overlap = Object.fromEntries(Object.entries(entry).filter(([name]) => names.has(name)));
    const matching = own.filter((one) => isWithin(overlap, one));
    if (matching.length === 0) more.push(entry);
    for (const one of matching) Object.assign(one, entry);
  }
  const all = [...own, ...more];
  if (all.length === 0) throw new Error('Matrix must define at least one vector');
  return all;
}

function isWithin(part: Combination, whole: Combination): boolean {
  return Object.entries(part).every(([name, value]) => whole[name] === value);
}
