/** For which platforms there is an image of some environments, and which specs are in each. */

import { imageArchitecture, imageSpecs } from '../cache/oci/layers.ts';
import { BuildcacheError } from '../core/errors.ts';
import { addTo } from '../core/multimap.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';

export interface ImagePlatform<Source> {
  /** As Go names it. */
  readonly architecture: string;
  readonly source: Source;
  /** Hashes of the roots that are for it, in the environment's order. */
  readonly roots: readonly string[];
  /** The roots and all they link to or run, without externals: dependencies before dependents. */
  readonly specs: readonly SpecNode[];
}

/** An environment, and what it is called in messages. */
export interface ImageSource {
  readonly graph: SpecGraph;
  readonly name: string;
}

/**
 * An environment whose roots are of several architectures gives an image for each of these.
 * @returns sorted by architecture
 * @throws BuildcacheError `unsupported` for specs that are not for Linux; `usage` for two environments of one architecture,
 *   and where nothing is left to put into an image; `bad-input` where a root needs specs of another architecture
 */
export function imagePlatforms<Source extends ImageSource>(
  sources: readonly Source[],
): ImagePlatform<Source>[] {
  const platforms = new Map<string, ImagePlatform<Source>>();
  for (const source of sources) {
    const { graph, name } = source;
    const nodes = [...new Set(graph.roots.map(({ hash }) => hash))].flatMap(
      (hash) => graph.nodes.get(hash) ?? [],
    );
    for (const [architecture, roots] of byArchitecture(
      nodes.filter(({ external }) => external === undefined),
    )) {
      const specs = imageSpecs(graph, roots);
      for (const spec of specs) requireLinux(spec, architecture);
      const other = platforms.get(architecture);
      if (other !== undefined) {
        throw new BuildcacheError('usage', `two environments have specs for linux/${architecture}`, {
          expected: 'one environment for each architecture',
          found: `${other.source.name}, ${name}`,
        });
      }
      platforms.set(architecture, { architecture, source, roots, specs });
    }
  }
  if (platforms.size === 0) {
    throw new BuildcacheError('usage', 'there is nothing to put into an image', {
      expected: 'an environment with specs that are not external',
      found: sources.map(({ name }) => name).join(', '),
    });
  }
  return [...platforms.values()].sort((a, b) => (a.architecture < b.architecture ? -1 : 1));
}

function byArchitecture(roots: readonly SpecNode[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { target, hash } of roots) {
    addTo(found, imageArchitecture(target), hash);
  }
  return found;
}

function requireLinux(spec: SpecNode, architecture: string): void {
  const name = `${spec.name}@${spec.version}/${shortHash(spec)}`;
  if (spec.platform !== 'linux') {
    throw new BuildcacheError('unsupported', `${name} cannot be in an image`, {
      expected: 'specs for linux',
      found: spec.platform,
    });
  }
  const found = imageArchitecture(spec.target);
  if (found === architecture) return;
  throw new BuildcacheError('bad-input', `${name} is for another architecture than what needs it`, {
    expected: architecture,
    found,
  });
}
