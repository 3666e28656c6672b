/** What images of installed specs are made of: an install tree says what only it can know. */
import type { ImageContent } from '../cache/image-content.ts';
import { imageSpecs } from '../cache/oci-layers.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { InstallTree } from '../tree/install-tree.ts';
import {
  imageEnvironment,
  isFolder,
  type PrefixInspections,
  runEnvironment,
} from '../tree/run-environment.ts';

/** @param roots hashes; of several the first one's architecture and search paths come first */
export type ImageContents = (roots: readonly string[]) => ImageContent;

/**
 * For the images of one push: what was looked at for one is remembered for the others.
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

/** Who waits for whose layer, among the specs of one push to one mirror. */
export class LayerTurns {
  readonly #sent = new Map<string, Promise<void>>();
  readonly #settle = new Map<string, () => void>();

  /** @param hashes all that will be settled, one way or the other */
  constructor(hashes: Iterable<string>) {
    for (const hash of hashes) {
      this.#sent.set(hash, new Promise((resolve) => void this.#settle.set(hash, resolve)));
    }
  }

  /** Its layer is there, or will not come. */
  settle(hash: string): void {
    this.#settle.get(hash)?.();
  }

  /** Those that are not part of this push need not be waited for. */
  async settled(hashes: Iterable<string>): Promise<void> {
    for (const hash of hashes) await this.#sent.get(hash);
  }
}
