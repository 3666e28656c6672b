/** The fixtures' install trees, unpacked somewhere else than they were recorded. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashToPrefix } from '../../src/package/hash-to-prefix.ts';
import type { PackOptions } from '../../src/package/pack.ts';
import type { DepType, SpecNode } from '../../src/spec/node.ts';

export const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));

export interface StoreFixture {
  /** The tree's root as its database and files have it. */
  readonly root: string;
  /** Hashes of what is not external. */
  readonly hashes: readonly string[];
  nameOf(hash: string): string;
  /** What packs a prefix as it was recorded, from where it is now. */
  packOptions(hash: string, spoolDir: string): PackOptions;
}

/** @param folder where to unpack to; need not exist */
export function unpackStore(version: '1.2' | '0.23', folder: string): StoreFixture {
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', path.join(FIXTURES, `spack-${version}`, 'store.tar.gz'), '-C', folder]);
  const database: Database = JSON.parse(readFileSync(path.join(folder, '.spack-db/index.json'), 'utf8'));
  const installs = new Map(Object.entries(database.database.installs));
  const nodes = new Map([...installs].map(([hash, { spec }]) => [hash, specNode(spec, hash)]));
  const root = version === '1.2' ? '/opt/toy/store' : '/opt/toy/store-0.23';
  const pathOf = (hash: string) => installs.get(hash)?.path ?? undefined;
  return {
    root,
    hashes: [...nodes.values()].filter((node) => node.external === undefined).map((node) => node.hash),
    nameOf: (hash) => nodes.get(hash)?.name ?? '',
    packOptions(hash, spoolDir) {
      const prefix = pathOf(hash) ?? '';
      const relativePrefix = path.relative(root, prefix);
      return {
        prefix,
        readFrom: path.join(folder, relativePrefix),
        storeRoot: root,
        sbangInstallPath: `${root}/bin/sbang`,
        spackPrefix: version === '1.2' ? '/opt/spack' : '/opt/spack-0.23',
        relativePrefix,
        hashToPrefix: hashToPrefix({ nodes }, hash, pathOf),
        spoolDir,
      };
    },
  };
}

interface Edge {
  readonly name: string;
  readonly hash: string;
  readonly parameters: { readonly deptypes: readonly DepType[]; readonly virtuals: readonly string[] };
}

interface Node {
  readonly name: string;
  readonly version: string;
  readonly external?: { readonly path: string };
  readonly dependencies?: readonly Edge[];
}

interface Database {
  readonly database: {
    readonly installs: Record<string, { readonly spec: Node; readonly path: string | null }>;
  };
}

/** As much of a node as packing looks at. */
export function specNode(node: Node, hash: string): SpecNode {
  return {
    name: node.name,
    version: node.version,
    hash,
    namespace: undefined,
    platform: 'linux',
    os: 'debian12',
    target: 'x86_64_v3',
    compiler: undefined,
    variants: new Map(),
    flags: new Map(),
    external: node.external,
    dependencies: (node.dependencies ?? []).map(({ name, hash: to, parameters }) => ({
      name,
      hash: to,
      deptypes: parameters.deptypes,
      virtuals: parameters.virtuals,
      direct: false,
    })),
    buildSpec: undefined,
    format: 5,
    originalFormat: 5,
    dict: {},
  };
}
