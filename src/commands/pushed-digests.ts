/** The digests of the tarballs that a mirror has after a push, by hash. */
import pLimit from 'p-limit';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import type { PushOutcome } from '../plan/push-result.ts';
import type { SpecNode } from '../spec/node.ts';

/**
 * @returns nothing of a spec that the mirror does not have
 * @throws BuildcacheError as the mirror's entries do when they are read
 */
export async function pushedDigests(
  { reader }: Pick<CacheWriter, 'reader'>,
  specs: readonly SpecNode[],
  outcomes: ReadonlyMap<string, PushOutcome>,
  { jobs, signal }: { readonly jobs: number; readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, string>> {
  const limit = pLimit(jobs);
  const digestOf = async (spec: SpecNode): Promise<readonly (readonly [string, string])[]> => {
    const outcome = outcomes.get(spec.hash);
    if (outcome?.kind === 'pushed') return [[spec.hash, outcome.sha256]];
    if (outcome?.kind !== 'present') return [];
    const digest = (await reader.read(spec, signal))?.tarball.sha256;
    return digest === undefined ? [] : [[spec.hash, digest]];
  };
  return new Map((await Promise.all(specs.map((spec) => limit(digestOf, spec)))).flat());
}
