/** The fixture's install tree, unpacked somewhere, and what Spack made of it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SpecNode } from '../../src/spec/node.ts';
import { type InstallTree, readInstallTree } from '../../src/tree/install-tree.ts';

const FIXTURE = fileURLToPath(new URL('../fixtures/spack-1.2/', import.meta.url));
export const SPACK_MIRROR = join(FIXTURE, 'mirror-unsigned');
export const TOY_ENVIRONMENT = join(FIXTURE, 'env');

/** As its database and files have it. */
export const TOY_ROOT = '/opt/toy/store';

/** Digests of uncompressed tarballs, and where manifests lie, by hash. */
export const EXPECTED: ReadonlyMap<string, { readonly tar_sha256: string; readonly manifest_path: string }> =
  new Map(
    Object.entries(
      JSON.parse(readFileSync(join(FIXTURE, 'expected/specs.json'), 'utf8')) as Record<
        string,
        { external: boolean; tar_sha256: string; manifest_path: string }
      >,
    ).filter(([, { external }]) => !external),
  );

/** @param folder is made */
export async function unpackToyStore(folder: string): Promise<InstallTree> {
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', join(FIXTURE, 'store.tar.gz'), '-C', folder]);
  return await readInstallTree(TOY_ROOT, { readFrom: folder });
}

/** The same with a database that says it is where it is, for commands that read a tree in its place. */
export async function moveToyStore(folder: string): Promise<void> {
  await unpackToyStore(folder);
  const database = join(folder, '.spack-db/index.json');
  writeFileSync(database, readFileSync(database, 'utf8').replaceAll(`${TOY_ROOT}/`, `${folder}/`));
}

export function pushable(tree: InstallTree): SpecNode[] {
  return [...tree.nodes.values()].filter(({ external }) => external === undefined);
}
