/**
 * What an install tree holds at one time, to tell later what is new in it. Besides what the database lists, it has the
 * prefixes that are on disk without a record: the rests of installs that failed.
 */
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { BuildcacheError, errorCode, fileError } from '../core/errors.ts';
import { isObject, parseJson } from '../core/json.ts';
import { readBoundedText } from '../core/read-file.ts';
import { writeWholeFile } from '../core/write-file.ts';
import { type InstallTree, readInstallTree } from './install-tree.ts';
import { PLACEHOLDER } from './padding.ts';
import { isSameFolder, type TreePlace } from './tree-root.ts';

export interface InstallSnapshot {
  /** Hashes of what is installed, as the database says. */
  readonly installed: ReadonlySet<string>;
  /** Prefixes on disk that the database does not list, relative to the root. */
  readonly strays: ReadonlySet<string>;
  /** Of the tree, without its padding; undefined where it is not known, as in records of older versions. */
  readonly root?: string | undefined;
}

export const EMPTY_SNAPSHOT: InstallSnapshot = { installed: new Set(), strays: new Set() };

/** As `readInstallTree`, but undefined where the tree does not exist yet, since an install may make it later. */
export async function readTreeIfThere(where: string | TreePlace): Promise<InstallTree | undefined> {
  try {
    return await readInstallTree(where);
  } catch (error) {
    if (errorCode(error) === 'not-found') return undefined;
    throw error;
  }
}

/** @param tree undefined where there is none yet: then it holds nothing */
export async function takeSnapshot(
  place: TreePlace,
  tree: InstallTree | undefined,
): Promise<InstallSnapshot> {
  const installed = [...(tree?.records ?? [])].filter(([, record]) => record.installed);
  return {
    installed: new Set(installed.map(([hash]) => hash)),
    strays: new Set(await strayPrefixes(place.root, tree)),
    root: place.unpaddedRoot,
  };
}

export async function writeSnapshot(file: string, snapshot: InstallSnapshot): Promise<void> {
  const { installed, strays, root } = snapshot;
  const document = { version: 1, root, installed: [...installed], strays: [...strays] };
  await writeWholeFile(file, `${JSON.stringify(document)}\n`);
}

/** Bytes: a million hashes, with room. The build beside it can put a pipe there, or a file without end. */
const MAX_SNAPSHOT = 64 * 1024 * 1024;

/**
 * @throws BuildcacheError `bad-input` for a file that is not a snapshot, and `usage` for one of another tree. To take
 *   such a file for an empty snapshot would push the whole tree.
 */
export async function readSnapshot(file: string, place: TreePlace): Promise<InstallSnapshot> {
  let text: string;
  try {
    text = await readBoundedText(file, MAX_SNAPSHOT);
  } catch (error) {
    throw fileError(error, file, 'read what the install tree held at first');
  }
  const document = parseJson(text, file);
  const { installed, strays, root } = isObject(document) ? document : {};
  if (!isTexts(installed) || !isTexts(strays) || (root !== undefined && typeof root !== 'string')) {
    throw new BuildcacheError('bad-input', 'not a record of an install tree', { file });
  }
  if (root !== undefined && !isSameFolder(root, place.unpaddedRoot)) {
    throw new BuildcacheError('usage', 'this is the record of another install tree', {
      file,
      expected: place.unpaddedRoot,
      found: root,
      hint: 'name the same tree with --store both times',
    });
  }
  return { installed: new Set(installed), strays: new Set(strays), root };
}

/** Spack's projections put a prefix at most a few folders below the root. */
const DEEPEST = 5;

/**
 * Prefixes that are on disk without a record, relative to the root, sorted. Folders that cannot be read are passed
 * over, since the list is only for a report.
 */
export async function strayPrefixes(root: string, tree?: InstallTree): Promise<string[]> {
  const top = tree?.root ?? root;
  const known = new Set<string>();
  for (const [hash, { path: prefix }] of tree?.records ?? []) {
    // The root may be spelled in several ways.
    if (prefix !== undefined) known.add(path.relative(tree?.placeOf(hash)?.root ?? top, prefix));
  }
  const strays: string[] = [];
  const visit = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      // What is below padding is another tree.
      if (!entry.isDirectory() || entry.name.startsWith('.') || entry.name === PLACEHOLDER) continue;
      const inner = path.join(folder, entry.name);
      const relative = path.relative(top, inner);
      if (known.has(relative)) continue;
      if (await isThere(path.join(inner, '.spack'))) strays.push(relative);
      else if (depth < DEEPEST) await visit(inner, depth + 1);
    }
  };
  await visit(top, 1);
  return strays.sort();
}

/** Spack leaves this in what it unpacks from a build cache, and in nothing that it builds. */
const UNPACKED_MARK = '.spack/binary_distribution';

/** Whether an installed prefix came out of a build cache. A spec that Spack rewired in this tree looks the same. */
export async function isUnpacked(tree: InstallTree, hash: string): Promise<boolean> {
  const prefix = tree.prefixOf(hash);
  return prefix !== undefined && (await isThere(path.join(tree.filesOf(prefix), UNPACKED_MARK)));
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

async function isThere(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
