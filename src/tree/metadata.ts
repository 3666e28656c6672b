/** The metadata in a prefix's `.spack`, as an install from a build cache leaves it. */

import { createHash } from 'node:crypto';
import {
  type BigIntStats,
  createReadStream,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { breather } from '../core/breathe.ts';
import { BuildcacheError } from '../core/errors.ts';
import { isObject, NumberToken, parseJson, stringifyCompact } from '../core/json.ts';
import { readBoundedText } from '../core/read-file.ts';
import { writeWholeFile } from '../core/write-file.ts';
import { decodePath, joinPath } from '../package/path-bytes.ts';
import { MAX_SPEC_FILE } from '../spec/spec-file.ts';
import type { SpecFileRoots } from '../spec/spec-file-roots.ts';
import { applyFileMode, PLAIN_MODE, type PrefixMode } from './permissions.ts';

const SPEC_FILE = '.spack/spec.json';
const MANIFEST = '.spack/install_manifest.json';

/** The DAG hash of the spec that a prefix says it is; undefined where there is no such spec file. */
export async function installedHash(prefix: string): Promise<string | undefined> {
  try {
    return hashIn(await readBoundedText(path.join(prefix, SPEC_FILE), MAX_SPEC_FILE));
  } catch {
    return undefined;
  }
}

/** Whether a prefix has a spec file, whatever is in it. */
export function hasSpecFile(prefix: string): boolean {
  return lstatSync(path.join(prefix, SPEC_FILE), { throwIfNoEntry: false })?.isFile() === true;
}

/** The DAG hash of the root of a spec file; undefined where it is none. */
function hashIn(text: string): string | undefined {
  try {
    const document = parseJson(text, SPEC_FILE);
    const spec = isObject(document) ? document['spec'] : undefined;
    const nodes = isObject(spec) ? spec['nodes'] : undefined;
    const root: unknown = Array.isArray(nodes) ? nodes[0] : undefined;
    const hash = isObject(root) ? root['hash'] : undefined;
    return typeof hash === 'string' ? hash : undefined;
  } catch {
    return undefined;
  }
}

const BRACE = 0x7b;

/** The same, sooner; undefined for what is no good spec file, which may be one all the same to others. */
function rootHash(bytes: Buffer, roots: SpecFileRoots | undefined): string | undefined {
  if (bytes[0] !== BRACE) return undefined;
  try {
    return roots?.rootOf(bytes, SPEC_FILE).root.hash;
  } catch {
    return undefined;
  }
}

/**
 * Gives an unpacked prefix the spec file of its spec. The tarball of a spliced spec has the spec file of its build spec,
 * so the file is written anew. It is written too where it is missing, as in tarballs of very old Spacks. A spliced
 * spec's manifest has paths and contents of the build spec: it is removed, and {@link ensureManifest} makes a new one.
 * @param directory where the package is, still without its symlinks
 * @param archived the spec file in the tarball, if there is one
 * @param spec `packed` is the DAG hash of the build spec, or of the spec itself where it is not spliced
 * @param document makes the spec file of the spec
 * @param roots for those who adopt many
 * @throws BuildcacheError `corrupt` where the tarball holds another spec's file
 */
export async function adoptSpecFile(
  directory: string,
  archived: Buffer | undefined,
  { name, hash, packed }: { readonly name: string; readonly hash: string; readonly packed: string },
  document: () => string | Promise<string>,
  roots?: SpecFileRoots,
): Promise<void> {
  if (archived !== undefined) {
    const found = rootHash(archived, roots) ?? hashIn(archived.toString('utf8'));
    if (found !== packed) {
      throw new BuildcacheError('corrupt', 'the tarball holds the spec file of another spec', {
        file: SPEC_FILE,
        expected: `${name}/${packed}`,
        found: found === undefined ? 'no spec' : `/${found.slice(0, 40)}`,
        hint: 'do not use this mirror before its owner has looked into it',
      });
    }
    if (packed === hash) return;
  }
  if (packed !== hash) await rm(path.join(directory, MANIFEST), { force: true });
  const file = path.join(directory, SPEC_FILE);
  await writeWholeFile(file, await document());
  await applyFileMode(file, PLAIN_MODE);
}

/**
 * Writes the manifest that `spack verify` compares an installed prefix with, unless the tarball had one. All but very
 * old tarballs have one. Like Spack, we leave it as it is, with the paths the package was built at.
 * @param directory where the package is, its symlinks made
 * @param prefix where it will be
 * @param most bytes of it, about
 * @returns false where it would be longer, and is left out: it is made in memory, and a hostile package has a million files
 *   with names of thousands of characters
 */
export async function ensureManifest(
  directory: string,
  prefix: string,
  mode: PrefixMode | undefined,
  most = MAX_MANIFEST,
): Promise<boolean> {
  const file = path.join(directory, MANIFEST);
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) return true;
  const pieces: Buffer[] = [];
  let text = '{';
  let size = 0;
  const breathe = breather(undefined);
  for (const [relative, entry] of manifestEntries(Buffer.from(directory))) {
    const name = decodePath(joinPath(Buffer.from(prefix), relative));
    text += `${size === 0 ? '' : ','}${stringifyCompact(name)}:${stringifyCompact(await entry)}`;
    size += name.length + ENTRY_BYTES;
    if (size > most) return false;
    if (text.length > PIECE) {
      pieces.push(Buffer.from(text));
      text = '';
    }
    await breathe();
  }
  await writeWholeFile(file, [...pieces, Buffer.from(`${text}}`)]);
  await applyFileMode(file, mode ?? PLAIN_MODE);
  return true;
}

/** That of a package of half a million files, with room. */
const MAX_MANIFEST = 256 * 1024 * 1024;
/** What an entry takes beside its name. */
const ENTRY_BYTES = 200;
/** Characters of a piece. Entries that are objects take three times as much as their text. */
const PIECE = 1024 * 1024;

/**
 * A directory's subdirectories, then its other entries, then what is in the subdirectories; the prefix comes last. They
 * are looked at by calls that do not wait: there may be a million, and each call that waits costs ten times as much.
 */
function* manifestEntries(directory: Buffer): Generator<[relative: Buffer, entry: unknown]> {
  const folders: Buffer[] = [Buffer.alloc(0)];
  // It goes on over those that are added meanwhile.
  for (const folder of folders) {
    for (const name of readdirSync(joinPath(directory, folder), 'latin1')) {
      const relative = joinPath(folder, Buffer.from(name, 'latin1'));
      const at = joinPath(directory, relative);
      const stats = lstatSync(at, { bigint: true });
      if (stats.isDirectory()) folders.push(relative);
      yield [relative, manifestEntry(at, stats)];
    }
  }
  yield [Buffer.alloc(0), manifestEntry(directory, lstatSync(directory, { bigint: true }))];
}

/** A promise for a large file, whose hash takes time. */
function manifestEntry(at: Buffer, stats: BigIntStats): unknown {
  const data = { mode: Number(stats.mode), owner: Number(stats.uid), group: Number(stats.gid) };
  if (stats.isSymbolicLink()) return { ...data, dest: decodePath(readlinkSync(at, { encoding: 'buffer' })) };
  if (!stats.isFile()) return data;
  const seconds = Number(stats.mtimeNs / 1_000_000_000n) + Number(stats.mtimeNs % 1_000_000_000n) * 1e-9;
  const time = Number.isInteger(seconds) ? new NumberToken(`${seconds}.0`) : seconds;
  const size = Number(stats.size);
  const withHash = (hash: Buffer) => ({ ...data, hash: base32(hash), time, size });
  return size > SMALL
    ? sha1(at).then(withHash)
    : withHash(createHash('sha1').update(readFileSync(at)).digest());
}

/** Bytes. */
const SMALL = 64 * 1024;

async function sha1(at: Buffer): Promise<Buffer> {
  const hash = createHash('sha1');
  await pipeline(createReadStream(at), hash);
  return hash.digest();
}

/** RFC 4648, upper case; 20 bytes need no padding. */
function base32(bytes: Buffer): string {
  let text = '';
  for (const group of bytes.toString('hex').match(/.{10}/g) ?? []) {
    const value = BigInt(`0x${group}`);
    for (let shift = 35n; shift >= 0n; shift -= 5n) text += BASE32.charAt(Number((value >> shift) & 31n));
  }
  return text;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
