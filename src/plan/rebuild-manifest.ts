/**
 * The file `check -o` writes, in Spack's schema: fetch URL -> `{mirrorName, mirrorUrl, rebuildSpecs}`, mirrors
 * with missing specs only.
 */
import { stringifyCompact } from '../core/json.ts';
import { shortSpec } from '../spec/format.ts';
import type { SpecNode } from '../spec/node.ts';
import { type MirrorAnswer, spackName } from './rebuild.ts';

/**
 * @param specs in the order in which they are to be listed
 * @param withUnknown whether a spec that could not be told counts as missing
 */
export function rebuildManifest(
  specs: readonly SpecNode[],
  answers: readonly MirrorAnswer[],
  withUnknown = false,
): string {
  const manifest = new Map<string, { name: string; missing: Set<SpecNode> }>();
  for (const { name, url, states } of answers) {
    const missing = specs.filter(({ hash }) => {
      const state = states.get(hash)?.state;
      return state === 'missing' || (withUnknown && state === 'unknown');
    });
    if (missing.length === 0) continue;
    // Two views of one mirror share its URL, which is the schema's key. What either view lacks stands under it.
    const entry = manifest.get(url) ?? { name: spackName({ name, url }, answers), missing: new Set() };
    for (const node of missing) entry.missing.add(node);
    manifest.set(url, entry);
  }
  const entries = [...manifest].map(([url, { name, missing }]) => {
    const rebuildSpecs = [...missing].map((node) => ({ short_spec: shortSpec(node), hash: node.hash }));
    return [url, { mirrorName: name, mirrorUrl: url, rebuildSpecs }] as const;
  });
  return stringifyCompact(Object.fromEntries(entries));
}
