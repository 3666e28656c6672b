/** Maps with several values for a key. */

/** Adds a value to those of a key. The list grows in place: a new list each time takes the square of its length. */
export function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
