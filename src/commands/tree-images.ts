/** The contents of images of installed specs, as far as only the install tree knows them. */
import type { ImageContent } from '../cache/image-content.ts';
import { imageSpecs } from '../cache/oci/layers.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { InstallTree } from '../tree/install-tree.ts';
import {
  imageEnvironment,
  isFolder,
  type PrefixInspections,
  runEnvironment,
} from '../tree/run-environment.ts';

/** @param roots hashes. The first one's architecture is used, and its search paths come first. */
export type ImageContents = (roots: readonly string[]) => ImageContent;

/**
 * For the images of one push. What is found out for one is remembered for the others.
 * @param inspections by the platform of the specs
 */
export function imageContents(
  tree: InstallTree,
  graph: Pick<SpecGraph, 'nodes'>,
  inspections: (platform: string) => PrefixInspections,
): ImageContents {
  const looked = new Map<string, boolean>();
  const isThere = (folder: string): boolean => {
    const known = looked.get(folder) ?? isFolder(folder);
    looked.set(folder, known);
    return known;
  };
  return (roots) => {
    const specs = imageSpecs(graph, roots);
    return {
      specs,
      environment(base) {
        const changes = runEnvironment(graph, roots, {
          inspections: inspections(specs[0]?.platform ?? 'linux'),
          prefixOf: ({ hash, external }) => (external === undefined ? tree.prefixOf(hash) : external.path),
          filesOf: ({ external }, prefix) => (external === undefined ? tree.filesOf(prefix) : prefix),
          isThere,
        });
        return imageEnvironment(changes, base);
      },
    };
  };
}
