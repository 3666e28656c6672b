/**
 * An install tree as Spack keeps it: its root, what its database says is installed, and where. Read without taking
 * Spack's lock: the database is replaced by renaming, so what is read is whole.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { type InstallRecord, readDatabase } from '../spec/database.ts';
import type { SpecNode } from '../spec/node.ts';

export interface InstallTree {
  /** Absolute, its padding included. */
  readonly root: string;
  /** Where Spack installs `sbang`: below the root without its padding. */
  readonly sbangPath: string;
  readonly records: ReadonlyMap<string, InstallRecord>;
  /** The specs of all records. */
  readonly nodes: ReadonlyMap<string, SpecNode>;
  /** The absolute prefix of a spec, whether or not it is installed; undefined for what the database does not know. */
  prefixOf(hash: string): string | undefined;
  /** Where the files of a prefix are to be read. */
  filesOf(prefix: string): string;
}

export interface InstallTreeOptions {
  /** Where the tree is, if it is not where its database says. */
  readonly readFrom?: string;
}

/**
 * @param root the install tree's root, absolute. Where it is padded, with or without the padding
 * @throws BuildcacheError `not-found` when there is no install database, `bad-input` and `unsupported` for one that
 *   cannot be read
 */
export async function readInstallTree(root: string, options: InstallTreeOptions = {}): Promise<InstallTree> {
  const top = path.resolve(root);
  const at = path.resolve(options.readFrom ?? root);
  const file = path.join(at, '.spack-db', 'index.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw fileError(error, file, 'read the install database');
    throw new BuildcacheError(
      'not-found',
      'there is no install database: this is not an install tree',
      { file, hint: "name the install tree's root with --store (see `spack config get config`)" },
      error,
    );
  }
  const { records } = readDatabase(text, file);
  return {
    root: top,
    sbangPath: path.join(withoutPadding(top), 'bin', 'sbang'),
    records,
    nodes: new Map([...records].map(([hash, { node }]) => [hash, node])),
    prefixOf: (hash) => records.get(hash)?.path,
    filesOf: (prefix) => path.resolve(at, path.relative(top, prefix)),
  };
}

/** What padding is made of, as folders. */
export const PLACEHOLDER = '__spack_path_placeholder__';

/** Padding is that placeholder as folders, over and over; the last is cut off or has a `_` too many, for the length. */
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

function isRest(part: string): boolean {
  return part === `${PLACEHOLDER}_` || (part !== '' && PLACEHOLDER.startsWith(part));
}
