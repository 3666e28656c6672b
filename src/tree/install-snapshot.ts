/**
 * What an install tree holds at one time, to tell later what is new in it. Beside the database it knows prefixes
 * the database does not list: what an install that failed has left.
 */
import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { BuildcacheError, errorCode, fileError } from '../core/errors.ts';
import { isObject, parseJson } from '../core/json.ts';
import { writeWholeFile } from '../core/write-file.ts';
import { type InstallTree, readInstallTree } from './install-tree.ts';

export interface InstallSnapshot {
  /** Hashes of what is installed, as the database says. */
  readonly installed: ReadonlySet<string>;
  /** Prefixes on disk that the database does not list, relative to the root. */
  readonly strays: ReadonlySet<string>;
}

export const EMPTY_SNAPSHOT: InstallSnapshot = { installed: new Set(), strays: new Set() };

/** As `readInstallTree`, but a tree that is not there yet, which an install will make, is undefined. */
export async function readTreeIfThere(root: string): Promise<InstallTree | undefined> {
  try {
    return await readInstallTree(root);
  } catch (error) {
    if (errorCode(error) === 'not-found') return undefined;
    throw error;
  }
}

/** @throws BuildcacheError as `readInstallTree`, but for a tree that is not there, which holds nothing */
export async function takeSnapshot(root: string): Promise<InstallSnapshot> {
  const tree = await readTreeIfThere(root);
  if (tree === undefined) return { installed: new Set(), strays: new Set(await strayPrefixes(root)) };
  const installed = [...tree.records].filter(([, record]) => record.installed).map(([hash]) => hash);
  return { installed: new Set(installed), strays: new Set(await strayPrefixes(tree.root, tree)) };
}

export async function writeSnapshot(file: string, snapshot: InstallSnapshot): Promise<void> {
  const document = { version: 1, installed: [...snapshot.installed], strays: [...snapshot.strays] };
  await writeWholeFile(file, `${JSON.stringify(document)}\n`);
}

/** @throws BuildcacheError `bad-input` for what is no snapshot: taking it for empty would push the whole tree */
export async function readSnapshot(file: string): Promise<InstallSnapshot> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw fileError(error, file, 'read what the install tree held at first');
  }
  const document = parseJson(text, file);
  const { installed, strays } = isObject(document) ? document : {};
  if (!isTexts(installed) || !isTexts(strays)) {
    throw new BuildcacheError('bad-input', 'not a record of an install tree', { file });
  }
  return { installed: new Set(installed), strays: new Set(strays) };
}

/** Spack's projections put a prefix at most a few folders below the root. */
const DEEPEST = 5;

/**
 * Prefixes that are there without a record, relative to the root, sorted. What cannot be read is passed over: this
 * serves a report only.
 */
export async function strayPrefixes(root: string, tree?: InstallTree): Promise<string[]> {
  const known = new Set([...(tree?.records.values() ?? [])].map((record) => record.path));
  const strays: string[] = [];
  const visit = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
      const inner = path.join(folder, entry.name);
      if (known.has(inner)) continue;
      if (await isThere(path.join(inner, '.spack'))) strays.push(path.relative(root, inner));
      else if (depth < DEEPEST) await visit(inner, depth + 1);
    }
  };
  await visit(root, 1);
  return strays.sort();
}

/** Spack leaves this in what it unpacks from a build cache, and in nothing that it builds. */
const UNPACKED_MARK = '.spack/binary_distribution';

/** Whether an installed prefix came out of a build cache; a spec that was rewired on the spot looks the same. */
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
