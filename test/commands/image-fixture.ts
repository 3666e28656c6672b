/** Small environments with mirrors of theirs, and images as others read them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GeneratedEnvironment, GeneratedNode } from '../harness/generate.ts';
import { generateMirror, type MirrorOptions } from '../harness/generate-mirror.ts';
import { generateTar } from '../harness/generate-tarball.ts';
import { entry } from '../package/make-tar.ts';
import { type Dict, edge, lockfile, node } from '../spec/node-fixture.ts';

export interface SmallPackage {
  readonly name: string;
  readonly below?: readonly string[];
  readonly change?: Dict;
}

/** An application, a tool, and what they need. */
export const PACKAGES: readonly SmallPackage[] = [
  { name: 'zlib' },
  { name: 'hdf5', below: ['zlib'] },
  { name: 'app', below: ['hdf5', 'zlib'] },
  { name: 'tool', below: ['zlib'] },
];

/** @param packages each after those it needs; those that none needs are the roots */
export function smallEnvironment(
  packages: readonly SmallPackage[],
  target = 'x86_64_v3',
): GeneratedEnvironment {
  const byName = new Map<string, Dict & { hash: string }>();
  for (const { name, below = [], change = {} } of packages) {
    const dependencies = below.map((each) => {
      const found = byName.get(each);
      if (found === undefined) throw new Error(`no ${each}`);
      return edge(found);
    });
    const arch = { platform: 'linux', platform_os: 'debian12', target };
    byName.set(name, node(name, { arch, ...change, ...(dependencies.length > 0 && { dependencies }) }));
  }
  const needed = new Set(packages.flatMap(({ below = [] }) => below));
  const nodes = [...byName.values()].reverse();
  const roots = nodes
    .filter((each) => !needed.has(String(each['name'])))
    .map((each) => ({ hash: each.hash, spec: String(each['name']) }));
  return {
    lockfile: lockfile(nodes, { roots }),
    nodes: new Map(nodes.map((each) => [each.hash, each as unknown as GeneratedNode])),
    roots,
  };
}

/** @returns the folder of the environment; its mirror is `mirror` in it */
export async function placeEnvironment(
  folder: string,
  environment: GeneratedEnvironment,
  options: MirrorOptions = {},
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'spack.yaml'), 'spack:\n  specs: []\n');
  writeFileSync(join(folder, 'spack.lock'), environment.lockfile);
  await generateMirror(join(folder, 'mirror'), environment, { tar: programTar, ...options });
  return folder;
}

/** A package with a program that says its name and where it was built, and a file that names its own prefix. */
export function programTar(spec: GeneratedNode): Buffer {
  return generateTar(spec, (folder) => [
    entry({ name: `${folder}/bin/say-${spec.name}`, body: `#!/bin/sh\necho ${spec.name}\n`, mode: 0o755 }),
    entry({ name: `${folder}/lib/notes`, body: `${spec.hash}\n`.repeat(20) }),
  ]);
}

/** An OCI layout folder, as its index says. */
export function readLayout(folder: string) {
  const blob = (digest: string) => readFileSync(join(folder, 'blobs/sha256', digest.slice(7)));
  const json = (digest: string) => JSON.parse(blob(digest).toString());
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
  return { index, blob, json };
}

/** Unpacks a file of an image. */
export function unpackArchive(file: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xf', file, '-C', folder]);
  return folder;
}

/** All layers of an image for one platform, one over the other. @returns the folder */
export function unpackLayers(layout: string, digest: string, folder: string): string {
  const { json } = readLayout(layout);
  mkdirSync(folder, { recursive: true });
  for (const layer of json(digest).layers as LayerDescriptor[]) {
    execFileSync('tar', ['-xzf', join(layout, 'blobs/sha256', layer.digest.slice(7)), '-C', folder]);
  }
  return folder;
}

export interface LayerDescriptor {
  readonly digest: string;
  readonly size: number;
  readonly mediaType: string;
}
