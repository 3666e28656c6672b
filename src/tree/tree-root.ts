/**
 * Finds where an install tree really is: below its padding, or under another spelling of its root, through a symbolic
 * link or a mount. Files mention prefixes as the database spells them, so that spelling counts.
 */
import { type BigIntStats, statSync } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { PLACEHOLDER } from './padding.ts';

/** The place of an install tree, as far as it must be known to read it. */
export interface TreePlace {
  /** Absolute, with the padding that is configured. */
  readonly root: string;
  /** `bin/sbang` is below it. */
  readonly unpaddedRoot: string;
  readonly upstreams: readonly UpstreamPlace[];
}

/** Another install tree that this one builds on: `upstreams:` of Spack's configuration. */
export interface UpstreamPlace {
  readonly name: string;
  /** Absolute, its padding included. */
  readonly root: string;
}

/**
 * Padding is the placeholder as a folder, over and over. The last folder may be cut off or have an extra `_`, to make
 * the length right.
 */
export function withoutPadding(root: string): string {
  const parts = root.split('/');
  const full = parts.indexOf(PLACEHOLDER);
  const last = parts.at(-1) ?? '';
  if (full === -1) {
    // The padding is shorter than one placeholder. A beginning shorter than `__spack` may be no padding: `_`.
    return isRest(last) && last.startsWith('__spack') ? parts.slice(0, -1).join('/') : root;
  }
  const isPadding = parts
    .slice(full)
    .every((part, i, all) => part === PLACEHOLDER || (i === all.length - 1 && isRest(part)));
  return isPadding ? parts.slice(0, full).join('/') : root;
}

export function databaseFile(root: string): string {
  return path.join(root, '.spack-db', 'index.json');
}

/** Roots of the padded trees below a root without its padding, the shortest first. */
export async function paddedTrees(root: string): Promise<string[]> {
  const found: string[] = [];
  for (let at: string | undefined = root; at !== undefined; ) {
    const names: string[] = await readdir(at).catch(() => []); // at last the path is too long to be read
    const folders = names.filter(isRest).map((name) => path.join(at ?? '', name));
    for (const folder of folders) if (await isThere(databaseFile(folder))) found.push(folder);
    at = names.includes(PLACEHOLDER) ? path.join(at, PLACEHOLDER) : undefined;
  }
  return found.sort((a, b) => a.length - b.length);
}

/** Roots of trees that the user may mean where there is no tree at `root`. For a hint. */
export async function treesNearby(root: string): Promise<string[]> {
  const unpadded = withoutPadding(root);
  const places = [path.join(root, 'opt', 'spack'), unpadded, path.dirname(unpadded)];
  const found = unpadded === root ? [] : await paddedTrees(unpadded);
  for (const place of places) if (place !== root && (await isThere(databaseFile(place)))) found.push(place);
  return [...new Set(found)];
}

/**
 * Finds the root of a tree in the prefixes of its database.
 * @param root as it was given
 * @returns a function that gives, for a prefix, the root as that prefix spells it; undefined for one not in this tree
 */
export function rootFinder(root: string): (prefix: string) => string | undefined {
  const top = fileId(root);
  const known = new Map<string, string | undefined>([[root, root]]);
  const find = (folder: string): string | undefined => {
    if (known.has(folder)) return known.get(folder);
    const parent = path.dirname(folder);
    let found: string | undefined;
    if (top !== undefined && fileId(folder) === top) found = folder;
    else if (parent !== folder) found = find(parent);
    known.set(folder, found);
    return found;
  };
  return (prefix) => find(path.dirname(path.resolve(prefix)));
}

/** Whether both are the same folder. */
export function isSameFolder(one: string, other: string): boolean {
  return path.resolve(one) === path.resolve(other) || (fileId(one) ?? one) === (fileId(other) ?? other);
}

/** Links are followed, and two mounts of one folder are the same folder. */
function fileId(folder: string): string | undefined {
  let stats: BigIntStats | undefined;
  try {
    stats = statSync(folder, { bigint: true, throwIfNoEntry: false });
  } catch {
    // A folder that cannot be looked at is not known to be the same.
  }
  return stats && `${stats.dev}:${stats.ino}`;
}

function isRest(part: string): boolean {
  return part === `${PLACEHOLDER}_` || (part !== '' && PLACEHOLDER.startsWith(part));
}

async function isThere(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
