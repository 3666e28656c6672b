/** The packages of the fixture's mirrors, ready to install. */
import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { SpecGraph } from '../../src/spec/graph.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { readSpecFile } from '../../src/spec/spec-file.ts';

export interface ToyPackage {
  readonly node: SpecNode;
  readonly graph: Pick<SpecGraph, 'nodes'>;
  tarball(): Readable;
}

const MIRROR = fileURLToPath(new URL('../fixtures/spack-1.2/mirror-unsigned/', import.meta.url));

/** By package name. */
export function toyPackages(): ReadonlyMap<string, ToyPackage> {
  const packages = new Map<string, ToyPackage>();
  const specs = join(MIRROR, 'v3/manifests/spec');
  for (const name of readdirSync(specs)) {
    for (const file of readdirSync(join(specs, name))) {
      const manifest = JSON.parse(readFileSync(join(specs, name, file), 'utf8')) as {
        data: { checksum: string }[];
      };
      const [tarball = '', spec = ''] = manifest.data.map(({ checksum }) => blob(checksum));
      const { root, nodes } = readSpecFile(readFileSync(spec), spec);
      packages.set(name, { node: root, graph: { nodes }, tarball: () => createReadStream(tarball) });
    }
  }
  return packages;
}

function blob(checksum: string): string {
  return join(MIRROR, 'blobs/sha256', checksum.slice(0, 2), checksum);
}
