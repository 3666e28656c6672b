/** What the `yaml` package makes of a document with `mapAsMap`, as objects that keep the order of their keys. */
import { objectOf } from '../core/json.ts';

/** @param value with `Map`s; one is shared by all of its aliases */
export function plainYaml(value: unknown, known = new Map<unknown, unknown>()): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  let plain: unknown = value;
  if (Array.isArray(value)) plain = value.map((item) => plainYaml(item, known));
  else if (value instanceof Map)
    plain = objectOf([...value].map(([key, item]) => [keyText(key), plainYaml(item, known)] as const));
  known.set(value, plain);
  return plain;
}

/** As the package writes keys that are no text. */
function keyText(key: unknown): string {
  if (typeof key === 'object' && key !== null) return JSON.stringify(plainYaml(key));
  return key === null || key === undefined ? '' : String(key);
}
