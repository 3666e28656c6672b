/** What images of installed specs are made of: an install tree says what only it can know. */
import type { ImageContent } from '../cache/image-content.ts';
import { imageSpecs } from '../cache/oci-layers.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { InstallTree } from '../tree/install-tree.ts';
import { defaultInspections, imageEnvironment, runEnvironment } from '../tree/run-environment.ts';

/** @param roots hashes; of several the first one's architecture and search paths come first */
export function imageContent(
  tree: InstallTree,
  graph: Pick<SpecGraph, 'nodes'>,
  roots: readonly string[],
): ImageContent {
  const specs = imageSpecs(graph, roots);
  const platform = specs[0]?.platform ?? 'linux';
  return {
    specs,
    environment(base) {
      const changes = runEnvironment(graph, roots, {
        inspections: defaultInspections(platform),
        prefixOf: ({ hash, external }) => (external === undefined ? tree.prefixOf(hash) : external.path),
        filesOf: ({ external }, prefix) => (external === undefined ? tree.filesOf(prefix) : prefix),
      });
      return imageEnvironment(changes, base);
    },
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
