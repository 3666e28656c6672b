/**
 * Which of the builds of one package is most like a spec: its time says most about the time that the spec will take.
 */
import type { SpecNode } from '../../spec/node.ts';

/** @returns undefined where none of them is a build of the same package */
export function nearestOf<T extends Pick<SpecNode, 'name' | 'version' | 'hash'>>(
  spec: SpecNode,
  candidates: Iterable<T>,
  nodeOf: (candidate: T) => SpecNode | undefined,
): T | undefined {
  let best: { readonly candidate: T; readonly score: number } | undefined;
  for (const candidate of candidates) {
    if (candidate.name !== spec.name) continue;
    const score = likeness(spec, candidate, nodeOf(candidate));
    const isBetter =
      best === undefined ||
      score > best.score ||
      // The order in which they were read must not matter.
      (score === best.score && candidate.hash < best.candidate.hash);
    if (isBetter) best = { candidate, score };
  }
  return best?.candidate;
}

function likeness(
  spec: SpecNode,
  { version, hash }: Pick<SpecNode, 'version' | 'hash'>,
  node?: SpecNode,
): number {
  if (hash === spec.hash) return Number.POSITIVE_INFINITY;
  const own = spec.version.split(/[.-]/);
  const other = version.split(/[.-]/);
  const differs = own.findIndex((part, i) => part !== other[i]);
  const common = differs < 0 ? own.length : differs;
  const versions = spec.version === version ? 5 : (3 * common) / own.length;
  if (node === undefined) return versions;
  const variants = [...spec.variants].filter(
    ([name, value]) => JSON.stringify(node.variants.get(name)) === JSON.stringify(value),
  );
  const share = spec.variants.size === 0 ? 1 : variants.length / spec.variants.size;
  return versions + 3 * share + (node.target === spec.target ? 1 : 0) + (node.os === spec.os ? 1 : 0);
}
