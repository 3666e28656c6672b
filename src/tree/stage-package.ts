/**
 * Unpacks a package of Linux for a place that is not on this machine, such as the file system of an image. It is relocated
 * as an install at that place would relocate it. Only a manifest for `spack verify` is not made where the tarball has none:
 * it would say times and owners of this machine.
 */
import { lstatSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { relocationMap } from '../package/relocate-map.ts';
import type { RelocationTools } from '../package/relocate-tools.ts';
import { unpackPackage } from '../package/unpack.ts';
import { specEmitter } from '../spec/emit-spec.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { relocationTarget } from './install-package.ts';
import type { InstallSettings } from './install-settings.ts';
import { adoptSpecFile } from './metadata.ts';
import { LINUX_SHEBANG_LIMIT, useSbang } from './sbang.ts';

export interface StagePackageOptions {
  /** Of the install tree that the package is for. */
  readonly settings: Pick<InstallSettings, 'root' | 'unpaddedRoot'>;
  readonly node: SpecNode;
  /** As for `installPackage`. */
  readonly graph: Pick<SpecGraph, 'nodes'>;
  /** As for `installPackage`: places in that tree. */
  readonly prefixOf: (hash: string) => string;
  /** As for `installPackage`. */
  readonly tarball: Readable;
  /** Where the package is put on this machine: a path that does not exist yet. */
  readonly folder: string;
  readonly tools?: RelocationTools | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * @returns things a person may want to know, one sentence each
 * @throws BuildcacheError as `unpackPackage`; `corrupt` where the tarball holds another spec's metadata
 */
export async function stagePackage(options: StagePackageOptions): Promise<readonly string[]> {
  const { node, graph, tarball, folder, tools, signal } = options;
  const target = relocationTarget(options);
  tarball.on('error', () => undefined); // kept by the stream until it is read
  const { warnings } = await unpackPackage({
    tarball,
    prefix: folder,
    hash: node.buildSpec?.hash ?? node.hash,
    format: 'elf',
    relocation: (info) => relocationMap(info, target),
    onText: (file) => useSbang(file, target.sbangPath, LINUX_SHEBANG_LIMIT),
    async finish(directory, specFile) {
      const packed = node.buildSpec?.hash ?? node.hash;
      const document = () => specEmitter(graph).installedDocument(node.hash);
      await adoptSpecFile(directory, specFile, { name: node.name, hash: node.hash, packed }, document);
    },
    ...(tools && { tools }),
    ...(signal && { signal }),
  });
  return warnings;
}

/**
 * Whether a folder of a staged package is there, seen from the place that the package is for. A link that leads out of the
 * package counts as a folder: what it leads to is not here.
 * @param below relative to the prefix
 * @param prefix where the package is for, absolute
 */
export function isStagedFolder(folder: string, below: string, prefix: string): boolean {
  let at = path.join(prefix, '.');
  let hops = 0;
  const left = below.split('/').reverse();
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    const next = path.join(at, name);
    if (isWithin(prefix, next)) {
      at = next;
      continue;
    }
    if (!isWithin(next, prefix)) return true;
    const file = path.join(folder, path.relative(prefix, next));
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats?.isSymbolicLink() === true) {
      if (++hops > MOST_HOPS) return false;
      const target = readlinkSync(file);
      if (target.startsWith('/')) at = '/';
      left.push(...target.split('/').reverse());
    } else if (stats?.isDirectory() === true) {
      at = next;
    } else {
      return false;
    }
  }
  return true;
}

/** As Linux. */
const MOST_HOPS = 40;

function isWithin(file: string, folder: string): boolean {
  return folder === '/' || file === folder || file.startsWith(`${folder}/`);
}
