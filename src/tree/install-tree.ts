/**
 * An install tree as Spack keeps it: its root, what its database says is installed, and where, and the upstream trees
 * it builds on. It is read without Spack's lock. Spack replaces the database by renaming, so what is read is whole.
 */

import { stat } from 'node:fs/promises';
import path from 'node:path';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { readBoundedText } from '../core/read-file.ts';
import { type InstallRecord, MAX_DATABASE, readDatabase } from '../spec/database.ts';
import type { SpecNode } from '../spec/node.ts';
import {
  databaseFile,
  isSameFolder,
  paddedTrees,
  rootFinder,
  type TreePlace,
  treesNearby,
  type UpstreamPlace,
  withoutPadding,
} from './tree-root.ts';

export interface InstallTree {
  /** Absolute, its padding included, as its database spells it. */
  readonly root: string;
  readonly unpaddedRoot: string;
  /** Where Spack installs `sbang`: below the root without its padding. */
  readonly sbangPath: string;
  /** The records of its own database, without upstreams. */
  readonly records: ReadonlyMap<string, InstallRecord>;
  /** The specs of all records, of upstreams too. */
  readonly nodes: ReadonlyMap<string, SpecNode>;
  /** The upstreams that are present, nearest first. */
  readonly upstreams: readonly InstallTree[];
  /** Hashes of installed specs whose prefix, as the database has it, is not in this tree. */
  readonly elsewhere: readonly string[];
  /** What a person may want to know, one sentence each. */
  readonly notes: readonly string[];
  /** As in Spack, the tree's own record counts, even one that says "not installed"; else that of the first upstream. */
  recordOf(hash: string): InstallRecord | undefined;
  /** The absolute prefix of a spec, whether or not it is installed; undefined if no database knows the spec. */
  prefixOf(hash: string): string | undefined;
  /** The tree whose record counts, with its root as the prefix spells it; undefined where the prefix is in no tree. */
  placeOf(hash: string): Pick<TreePlace, 'root' | 'unpaddedRoot'> | undefined;
  /** Where the files of a prefix are to be read. */
  filesOf(prefix: string): string;
}

export interface InstallTreeOptions {
  /** Where the tree is, if it is not where its database says. */
  readonly readFrom?: string;
}

/**
 * @param where the install tree, or only its root. The root of a padded tree may come with or without its padding
 * @throws BuildcacheError `not-found` when there is no install database, `usage` when there are several below the root,
 *   `bad-input` and `unsupported` for a database that cannot be read, also an upstream's
 */
export async function readInstallTree(
  where: string | TreePlace,
  options: InstallTreeOptions = {},
): Promise<InstallTree> {
  const place = typeof where === 'string' ? placeAt(where) : where;
  const given = options.readFrom === undefined ? await locateTree(place) : place;
  const at = path.resolve(options.readFrom ?? given.root);
  const file = databaseFile(at);
  const { records } = readDatabase(await readText(file, at), file);
  return await assemble(records, given, place.upstreams, options.readFrom);
}

/** A tree that an install will make: it has no specs of its own yet, but it has its upstreams. */
export async function emptyTree(place: TreePlace): Promise<InstallTree> {
  return await assemble(new Map(), place, place.upstreams);
}

async function assemble(
  records: InstallTree['records'],
  given: Rooted,
  upstreamPlaces: readonly UpstreamPlace[],
  readFrom?: string,
): Promise<InstallTree> {
  const at = path.resolve(readFrom ?? given.root);
  const notes: string[] = [];
  const findRoot = rootFinder(given.root);
  const { root, elsewhere } = spelledRoot(given.root, records, findRoot);
  if (elsewhere.length > 0) notes.push(elsewhereText(at, elsewhere, records));
  const upstreams = await readUpstreams(upstreamPlaces, given.root, notes);
  const recordOf = (hash: string) =>
    records.get(hash) ?? upstreams.find((upstream) => upstream.records.has(hash))?.records.get(hash);
  const unpaddedRoot = unpaddedAs(root, given);
  return {
    root,
    unpaddedRoot,
    sbangPath: path.join(unpaddedRoot, 'bin', 'sbang'),
    records,
    nodes: nodesOf([...upstreams.toReversed(), { records }]),
    upstreams,
    elsewhere,
    notes,
    recordOf,
    prefixOf: (hash) => recordOf(hash)?.path,
    placeOf(hash) {
      const prefix = records.get(hash)?.path;
      if (!records.has(hash)) return upstreams.find((each) => each.records.has(hash))?.placeOf(hash);
      const found = prefix === undefined ? undefined : findRoot(prefix);
      return found === undefined ? undefined : { root: found, unpaddedRoot: unpaddedAs(found, given) };
    },
    filesOf: (prefix) =>
      readFrom !== undefined && findRoot(prefix) !== undefined
        ? path.join(at, path.relative(root, prefix))
        : prefix,
  };
}

/** A tree that is known by its root alone. */
function placeAt(root: string): TreePlace {
  const top = path.resolve(root);
  return { root: top, unpaddedRoot: withoutPadding(top), upstreams: [] };
}

type Rooted = Pick<TreePlace, 'root' | 'unpaddedRoot'>;

/**
 * The root itself if it has a database, else the padded tree below it, else the root again.
 * @throws BuildcacheError `usage` when there are several
 */
export async function locateTree({ root, unpaddedRoot }: TreePlace): Promise<Rooted> {
  const own = await isFile(databaseFile(root));
  const [padded, ...others] = own ? [] : await paddedTrees(root);
  if (padded === undefined) return { root, unpaddedRoot };
  if (others.length === 0) return { root: padded, unpaddedRoot: root };
  throw new BuildcacheError('usage', 'there are several padded install trees below this root', {
    file: root,
    found: [padded, ...others].map((each) => `one of ${each.length} characters`).join(', '),
    hint: `name one of them with its padding, or say config:install_tree:padded_length`,
  });
}

async function readText(file: string, root: string): Promise<string> {
  try {
    return await readBoundedText(file, MAX_DATABASE);
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') {
      throw new BuildcacheError('bad-input', 'not a folder, and so no install tree', {
        file: (await isFolder(root)) ? path.dirname(file) : root,
        expected: 'a folder with .spack-db in it',
      });
    }
    if (systemCode(error) !== 'ENOENT') throw fileError(error, file, 'read the install database');
    const [nearby] = await treesNearby(root);
    const isThere = await isFolder(root);
    const message = isThere
      ? 'there is no install database: this is not an install tree'
      : 'there is no install tree: no such folder';
    const hint =
      nearby === undefined
        ? "name the install tree's root with --store (in the action: install-tree); `spack config get config` shows it"
        : `there is one at ${nearby}: name that if it is meant`;
    throw new BuildcacheError('not-found', message, { file: isThere ? file : root, hint }, error);
  }
}

/** A tree may have been used under several names. The root as it was given comes first if prefixes are spelled so. */
function spelledRoot(
  root: string,
  records: InstallTree['records'],
  findRoot: ReturnType<typeof rootFinder>,
): { readonly root: string; readonly elsewhere: readonly string[] } {
  const spellings = new Set<string>();
  const elsewhere: string[] = [];
  for (const [hash, { node, path: prefix, installed }] of records) {
    if (!installed || node.external !== undefined || prefix === undefined) continue;
    const found = findRoot(prefix);
    if (found === undefined) elsewhere.push(hash);
    else spellings.add(found);
  }
  const [first = root] = spellings;
  return { root: spellings.has(root) ? root : first, elsewhere };
}

function elsewhereText(root: string, hashes: readonly string[], records: InstallTree['records']): string {
  const [first = ''] = hashes;
  const prefix = records.get(first)?.path ?? '';
  const which = hashes.length === 1 ? 'one prefix' : `${hashes.length} prefixes`;
  return `the database of ${root} has ${which} elsewhere, as ${prefix}: the tree was moved, or is another one. ${ELSEWHERE_HINT}`;
}

/** What to do about a tree that is not where its database says. */
export const ELSEWHERE_HINT =
  'Name the root under which Spack installed (--store, in the action install-tree), or put the tree back there; `spack config get config` shows where Spack installs';

/** The root without its padding, spelled as the root is. */
function unpaddedAs(root: string, given: Rooted): string {
  if (root === given.root) return given.unpaddedRoot;
  const padding = given.root.slice(given.unpaddedRoot.length);
  const isPadded = given.root.startsWith(given.unpaddedRoot) && padding !== '' && root.endsWith(padding);
  return isPadded ? root.slice(0, -padding.length) : withoutPadding(root);
}

/** As in Spack, a missing upstream is only a warning. Specs that need it cannot be pushed. */
async function readUpstreams(
  places: readonly UpstreamPlace[],
  own: string,
  notes: string[],
): Promise<InstallTree[]> {
  const trees: InstallTree[] = [];
  for (const { name, root } of places) {
    const known = [own, ...trees.map((tree) => tree.root)];
    if (known.some((each) => isSameFolder(each, root))) {
      const what = isSameFolder(own, root) ? 'is this install tree itself' : 'is there already';
      notes.push(`the upstream ${name} ${what}, and is passed over: ${root}`);
      continue;
    }
    if (await isFile(databaseFile(root))) {
      const tree = await readInstallTree(root);
      trees.push(tree);
      notes.push(...tree.notes.map((note) => `upstream ${name}: ${note}`));
      continue;
    }
    const [nearby] = await treesNearby(root);
    const [padded = nearby] = await paddedTrees(root);
    const hint =
      padded === undefined ? 'see upstreams: in spack.yaml' : `name it with its padding: ${padded}`;
    notes.push(`the upstream ${name} is missing: no install database in ${root} (${hint})`);
  }
  return trees;
}

function nodesOf(trees: Iterable<Pick<InstallTree, 'records'>>): Map<string, SpecNode> {
  const nodes = new Map<string, SpecNode>();
  for (const { records } of trees) for (const [hash, { node }] of records) nodes.set(hash, node);
  return nodes;
}

async function isFile(file: string): Promise<boolean> {
  return await stat(file).then(
    (stats) => stats.isFile(),
    (error: unknown) => systemCode(error) !== 'ENOENT' && systemCode(error) !== 'ENOTDIR',
  );
}

async function isFolder(folder: string): Promise<boolean> {
  return await stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
