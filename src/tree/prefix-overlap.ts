/**
 * Prefixes that lie in one another, as projections without a hash can have them: what is at a prefix makes way for its
 * spec, and with it would go the specs that are installed below.
 */
import path from 'node:path';

/**
 * @param prefixes absolute ones, by hash, of what is installed and of what will be
 * @returns the hash of another spec at this prefix or below it, if there is one
 */
export function prefixOverlap(
  prefixes: Iterable<readonly [hash: string, prefix: string]>,
): (hash: string, prefix: string) => string | undefined {
  /** Hashes of specs at a folder or below it: two suffice to know of another one. */
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
