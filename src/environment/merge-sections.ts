/** Parsed YAML of two scopes of Spack's configuration -> one, as Spack merges them. */
import { entriesOf, isObject, objectOf } from '../core/json.ts';
import { withoutEnd } from '../core/without-end.ts';

/**
 * A section of several scopes, merged; the scope that wins comes first. The lowest two are merged first, since their
 * types decide what the next one is merged with.
 */
export function mergeScopes(sections: readonly unknown[]): unknown {
  return sections.reduceRight((lower, higher) => mergeSections(higher, lower), undefined);
}

/**
 * Maps are merged, the higher one's keys first. Lists are joined, the higher one's items first. Otherwise the higher
 * one wins, and so does a `key::`. Marks stay on the keys: they also hold for scopes that are lower still.
 */
function mergeSections(higher: unknown, lower: unknown): unknown {
  if (higher === undefined) return lower;
  if (Array.isArray(higher) && Array.isArray(lower)) {
    const items = new Set<unknown>(higher);
    return [...(higher as unknown[]), ...lower.filter((item) => !items.has(item))];
  }
  if (!isObject(higher) || !isObject(lower)) return higher;
  const below = new Map(entriesOf(lower).map(([key, value]) => [withoutMark(key), [key, value] as const]));
  const entries = entriesOf(higher).map(([key, value]): [string, unknown] => {
    const same = below.get(withoutMark(key));
    below.delete(withoutMark(key));
    if (same === undefined || isMarked(key)) return [key, value];
    return [isMarked(same[0]) ? `${key}:` : key, mergeSections(value, same[1])];
  });
  return objectOf([...entries, ...below.values()]);
}

/**
 * Whether a key has Spack's override mark, the second colon of `key::`. To Spack a key with an `@` is a spec, whose colon
 * is that of a range of versions: `hdf5@1.12:`.
 */
function isMarked(key: string): boolean {
  return key.endsWith(':') && !key.includes('@');
}

/** A key without Spack's override mark. */
export function withoutMark(key: string): string {
  return isMarked(key) ? withoutEnd(key, ':') : key;
}

/** The same value, no key of it marked. */
export function withoutMarks(value: unknown): unknown {
  if (!isObject(value)) return value;
  return objectOf(entriesOf(value).map(([key, inner]) => [withoutMark(key), withoutMarks(inner)]));
}
