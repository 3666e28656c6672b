/**
 * The file `check -o` writes, in Spack's schema: fetch URL -> `{mirrorName, mirrorUrl, rebuildSpecs}`, mirrors
 * with missing specs only.
 */
import { stringifyCompact } from '../core/json.ts';
import { shortSpec } from '../spec/format.ts';
import type { SpecNode } from '../spec/node.ts';
import type { MirrorAnswer } from './rebuild.ts';

/**
 * @param specs in the order in which they are to be listed
 * @param withUnknown whether a spec that could not be told counts as missing
 */
export function rebuildManifest(
  specs: readonly SpecNode[],
  answers: readonly MirrorAnswer[],
  withUnknown = false,
): string {
  const manifest: Record<string, unknown> = {};
  for (const { name, url, states } of answers) {
    const missing = specs.filter(({ hash }) => {
      const state = states.get(hash)?.state;
      return state === 'missing' || (withUnknown && state === 'unknown');
    });
    if (missing.length === 0) continue;
    manifest[url] = {
      mirrorName: name,
      mirrorUrl: url,
      rebuildSpecs: missing.map((node) => ({ short_spec: shortSpec(node), hash: node.hash })),
    };
  }
  return stringifyCompact(manifest);
}
