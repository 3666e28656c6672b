/** Parsed YAML of two scopes of Spack's configuration -> one, as Spack merges them. */
import { entriesOf, isObject, objectOf } from '../core/json.ts';
import { withoutEnd } from '../core/without-end.ts';

/** A section of several scopes, the one that wins first: the lowest two are merged first, as what they are decides. */
export function mergeScopes(sections: readonly unknown[]): unknown {
  return sections.reduceRight((lower, higher) => mergeSections(higher, lower), undefined);
}

/**
 * Maps are merged, the higher one's keys first, lists joined, the higher one's items first; else the higher one wins, and
 * so does a `key::`. Marks stay on the keys: they say the same of what is lower still.
 */
function mergeSections(higher: unknown, lower: unknown): unknown {
  if (higher === undefined) return lower;
  if (Array.isArray(higher) && Array.isArray(lower))
    return [...(higher as unknown[]), ...lower.filter((item) => !higher.includes(item))];
  if (!isObject(higher) || !isObject(lower)) return higher;
  const below = new Map(entriesOf(lower).map(([key, value]) => [withoutMark(key), [key, value] as const]));
  const entries = entriesOf(higher).map(([key, value]): [string, unknown] => {
    const same = below.get(withoutMark(key));
    below.delete(withoutMark(key));
    if (same === undefined || key.endsWith(':')) return [key, value];
    return [same[0].endsWith(':') ? `${key}:` : key, mergeSections(value, same[1])];
  });
  return objectOf([...entries, ...below.values()]);
}

/** A key without Spack's override mark, the second colon of `key::`. */
export function withoutMark(key: string): string {
  return withoutEnd(key, ':');
}

/** The same value, no key of it marked. */
export function withoutMarks(value: unknown): unknown {
  if (!isObject(value)) return value;
  return objectOf(entriesOf(value).map(([key, inner]) => [withoutMark(key), withoutMarks(inner)]));
}
