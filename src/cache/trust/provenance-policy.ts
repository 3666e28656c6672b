/** Which provenance an installation asks for: `repository=org/*`, `ref=refs/heads/main`. */

import { BuildcacheError } from '../../core/errors.ts';
import { textMatcher } from '../../core/glob.ts';
import { addTo } from '../../core/multimap.ts';
import { readProvenance, requireSubject } from './provenance.ts';

const KEYS = ['repository', 'ref', 'workflow', 'builder'] as const;

type Key = (typeof KEYS)[number];

interface Condition {
  readonly pattern: string;
  readonly matches: (text: string) => boolean;
}

/** Each key has to match, by any of its patterns. */
export type ProvenancePolicy = ReadonlyMap<Key, readonly Condition[]>;

/**
 * @param texts `KEY=PATTERN`; patterns are globs as for file names
 * @returns undefined where none is given
 * @throws BuildcacheError `usage` for another key, and for what is no condition
 */
export function parseProvenancePolicy(texts: readonly string[]): ProvenancePolicy | undefined {
  if (texts.length === 0) return undefined;
  const policy = new Map<Key, Condition[]>();
  for (const text of texts) {
    const sign = text.indexOf('=');
    const key = KEYS.find((each) => each === text.slice(0, Math.max(0, sign)).trim());
    const pattern = text.slice(sign + 1).trim();
    if (key === undefined || pattern === '') {
      throw new BuildcacheError('usage', 'this is no condition on provenance', {
        expected: `one of ${KEYS.map((each) => `${each}=PATTERN`).join(', ')}`,
        found: JSON.stringify(text.slice(0, 200)),
      });
    }
    addTo(policy, key, { pattern, matches: textMatcher(pattern) });
  }
  return policy;
}

/** An entry, as far as its provenance is judged. */
export interface ProvenEntry {
  readonly url: string;
  readonly tarball: { readonly sha256: string | undefined };
  /** Of the signed text; undefined: it has none. */
  readonly statement?: unknown;
}

/**
 * @param isVerified whether the entry's signature was verified
 * @throws BuildcacheError `untrusted` for an entry without provenance that counts, and for one that was built elsewhere;
 *   `bad-input`, `unsupported` for a statement that cannot be read
 */
export function requireProvenance(
  policy: ProvenancePolicy,
  { url, tarball, statement }: ProvenEntry,
  asked: { readonly hash: string },
  isVerified: boolean,
): void {
  if (!isVerified) {
    throw new BuildcacheError('untrusted', 'its provenance proves nothing, since no signature was verified', {
      url,
      expected: 'an entry of a signed mirror',
      hint: 'configure the mirror with signed: true, and do not say --unsigned',
    });
  }
  if (statement === undefined) {
    throw new BuildcacheError('untrusted', 'it has no provenance', {
      url,
      expected: wanted(policy),
      hint: 'push it from the job that builds it: `buildcache push --force --provenance MIRROR SPEC`',
    });
  }
  const provenance = readProvenance(statement, url);
  requireSubject(provenance, asked, tarball.sha256, url);
  for (const [key, conditions] of policy) {
    const value = provenance[key];
    if (conditions.some((condition) => isMet(key, value, condition))) continue;
    throw new BuildcacheError('untrusted', `its provenance is of another ${key}`, {
      url,
      expected: conditions.map(({ pattern }) => pattern).join(' or '),
      found: value.slice(0, 200),
    });
  }
}

/** A repository is `owner/name` on any server, unless the pattern names one. */
function isMet(key: Key, value: string, { pattern, matches }: Condition): boolean {
  if (key !== 'repository' || pattern.includes('://')) return matches(value);
  return matches(pathOf(value));
}

function pathOf(url: string): string {
  const path = /^[a-z][a-z0-9+.-]*:\/\/[^/]*\/(.*)$/i.exec(url)?.[1];
  return path ?? '';
}

function wanted(policy: ProvenancePolicy): string {
  return [...policy]
    .flatMap(([key, conditions]) => conditions.map(({ pattern }) => `${key}=${pattern}`))
    .join(', ');
}
