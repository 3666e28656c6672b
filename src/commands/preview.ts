/** `preview`: says what relocating cached packages would change, and how long a root they have room for. */
import { join } from 'node:path';
import type { DownloadCache } from '../cache/reading/download-cache.ts';
import { type Obtained, obtain } from '../cache/reading/obtain.ts';
import { BuildcacheError } from '../core/errors.ts';
import { withTemporaryFolder } from '../core/temporary-folder.ts';
import { previewRelocation, type RelocationPreview } from '../package/preview.ts';
import { unpackPackage } from '../package/unpack.ts';
import { entrySpec } from '../spec/entry-spec.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import type { Source } from './sources.ts';

export interface PackagePreview extends RelocationPreview {
  readonly spec: SpecNode;
  /** The mirror that the package came from. */
  readonly mirror: string;
  /** Root of the install tree it was built in. */
  readonly builtIn: string;
}

/**
 * Downloads a package, unpacks it in a temporary folder without relocating it, and looks at it there.
 * @param graph holds the spec and, where it is spliced, its build spec, whose package is used
 * @param sources in the order in which they are asked
 * @throws BuildcacheError `not-found` where no mirror has the package; as `obtain` and `unpackPackage`
 */
export async function previewCached(
  graph: Pick<SpecGraph, 'nodes'>,
  spec: SpecNode,
  sources: readonly Source[],
  cache: DownloadCache,
  signal: AbortSignal,
): Promise<PackagePreview> {
  const from = entrySpec(graph, spec);
  return await withTemporaryFolder(async (folder) => {
    const prefix = join(folder, 'prefix');
    const mirrors = sources.map(({ open }) => open);
    const found: Obtained<Omit<PackagePreview, 'spec' | 'mirror'>> | undefined = await obtain(
      from,
      { mirrors, cache, signal },
      async (tarball) => {
        const { info } = await unpackPackage({
          tarball,
          prefix,
          replace: true, // of what came from a mirror before
          hash: from.hash,
          format: spec.platform === 'darwin' ? 'macho' : 'elf',
          relocation: () => new Map(),
          signal,
        });
        return { ...(await previewRelocation(prefix, info)), builtIn: info.buildPath };
      },
    );
    if (found !== undefined) return { ...found.value, spec, mirror: found.mirror };
    throw new BuildcacheError('not-found', `no mirror has ${from.name}@${from.version}/${shortHash(from)}`);
  });
}
