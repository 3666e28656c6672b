/**
 * Where an install tree really is: below its padding, or under another spelling of its root, through a symbolic link
 * or a mount. Prefixes stand in files as the database spells them, so that spelling counts.
 */
import { type BigIntStats, statSync } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { PLACEHOLDER } from './padding.ts';

/** What an install tree is read by. */
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

/** Padding is the placeholder as folders, over and over; the last is cut off or has a `_` too many, for the length. */
export function withoutPadding(root: string): string {
  const parts = root.split('/');
  const full = parts.indexOf(PLACEHOLDER);
  const last = parts.at(-1) ?? '';
  if (full === -1) {
    // Padding of less than one placeholder; a shorter beginning of it might be anything: `_`.
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
    const names: string[] = await readdir(at).catch(() => []); // too deep, at last
    const folders = names.filter(isRest).map((name) => path.join(at ?? '', name));
    for (const folder of folders) if (await isThere(databaseFile(folder))) found.push(folder);
    at = names.includes(PLACEHOLDER) ? path.join(at, PLACEHOLDER) : undefined;
  }
  return found.sort((a, b) => a.length - b.length);
}

/** Roots of trees that may be meant where there is none at `root`, for a hint. */
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
 * @returns for a prefix, the root as it is spelled there; undefined for a prefix that is not in this tree
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

/** Links are followed, and of a folder that is mounted twice both are the same. */
function fileId(folder: string): string | undefined {
  let stats: BigIntStats | undefined;
  try {
    stats = statSync(folder, { bigint: true, throwIfNoEntry: false });
  } catch {
    // What cannot be looked at is not known to be the same.
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
