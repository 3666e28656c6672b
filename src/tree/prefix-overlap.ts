/**
 * Finds prefixes that lie within one another, which projections without a hash can lead to. An install replaces what is
 * at its prefix, so it would remove the specs that are installed below it.
 */
import path from 'node:path';

/**
 * @param prefixes absolute ones, by hash, of what is installed and of what will be
 * @returns the hash of another spec at this prefix or below it, if there is one
 */
export function prefixOverlap(
  prefixes: Iterable<readonly [hash: string, prefix: string]>,
): (hash: string, prefix: string) => string | undefined {
  /** Hashes of specs at a folder or below it. Two of them suffice to know of a spec other than a given one. */
  const below = new Map<string, string[]>();
  for (const [hash, prefix] of prefixes) {
    let at = path.resolve(prefix);
    for (; at !== path.dirname(at); at = path.dirname(at)) {
      const known = below.get(at);
      if (known === undefined) below.set(at, [hash]);
      else if (known.length === 1 && known[0] !== hash) known.push(hash);
    }
  }
  return (hash, prefix) => below.get(path.resolve(prefix))?.find((other) => other !== hash);
}
