/**
 * Relocates an unpacked package: replaces the paths of the store it was built in, in the files and links its
 * build info lists, as Spack 1.x does. A file with several names is changed once.
 */
import { type Breathe, breather } from '../core/breathe.ts';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { archivePath, parentPath } from './archive-path.ts';
import type { BuildInfo } from './build-info-reader.ts';
import { type OpenByteFile, openByteFile } from './byte-file.ts';
import { type ByteString, byteString, bytesOf, printable } from './byte-string.ts';
import { relocateBeginning, relocateElf } from './relocate-elf.ts';
import { relocateMachO } from './relocate-macho.ts';
import type { RelocationMap } from './relocate-map.ts';
import { type PrefixMatcher, prefixMatcher } from './relocate-matcher.ts';
import { relocateStrings } from './relocate-strings.ts';
import { MAX_GROWTH_IN_ALL, relocateTextFile } from './relocate-text.ts';
import { patchElf, type RelocationTools, signMachO, systemTools } from './relocate-tools.ts';
import type { UnpackedTree } from './unpack-tree.ts';

/** What the platform of the spec uses: `macho` on darwin, `elf` elsewhere. */
export type BinaryFormat = 'elf' | 'macho';

export interface Relocation {
  readonly info: BuildInfo;
  readonly map: RelocationMap;
  readonly format: BinaryFormat;
  /** Path of a file outside the tree that may be made and overwritten. */
  readonly scratch: string;
  readonly tools?: RelocationTools | undefined;
  /** Called with each text file that is listed, once its paths are replaced. It may change the file further. */
  readonly onText?: ((file: OpenByteFile) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is relocated. */
export type RelocatableTree = Pick<UnpackedTree, 'directories' | 'links' | 'open' | 'onDisk'>;

/** How many files of each kind were changed. */
export interface RelocatedCounts {
  text: number;
  binaries: number;
  links: number;
}

/**
 * @param tree its symlinks are not made yet; their targets are changed in it
 * @param prefix path of the package's prefix below the tree's root
 * Throws `bad-input` where the build info lists what the archive does not have, `unsupported` where a path does
 * not fit into a binary, what the file system says, or the signal's reason. Files stay half changed then.
 */
export async function relocatePackage(
  tree: RelocatableTree,
  prefix: ByteString,
  relocation: Relocation,
): Promise<RelocatedCounts> {
  const { info, map, scratch, onText, signal } = relocation;
  const counts: RelocatedCounts = { text: 0, binaries: 0, links: 0 };
  const matcher = prefixMatcher(map);
  if (matcher === undefined) return counts;

  const done = new Set<string>();
  const breathe = breather(signal);
  const doneLinks = new Set<ByteString>();
  for (const name of info.links) {
    await breathe();
    if (relocateLink(tree.links, listed(prefix, name), doneLinks, matcher)) counts.links++;
  }
  const growth = { left: MAX_GROWTH_IN_ALL };
  for (const name of info.textFiles) {
    await breathe();
    const path = listed(prefix, name);
    const changed = await visit(tree, path, done, async (file) => {
      const isChanged = await withScratch(scratch, (make) =>
        relocateTextFile(file, matcher, { scratch: make, growth, breathe }),
      );
      onText?.(file);
      return isChanged;
    });
    if (changed === true) counts.text++;
  }
  for (const name of info.binaries) {
    await breathe();
    if (await relocateBinary(tree, listed(prefix, name), done, matcher, { ...relocation, breathe }))
      counts.binaries++;
  }
  return counts;
}

/**
 * Changes the run path and the interpreter first, and then all other strings. A run path can be cut off where it gets
 * shorter; another string is filled up.
 */
async function relocateBinary(
  tree: RelocatableTree,
  path: ByteString,
  done: Set<string>,
  matcher: PrefixMatcher,
  { format, scratch, tools = systemTools(), breathe, signal }: Relocation & { readonly breathe: Breathe },
): Promise<boolean> {
  if (format === 'macho') {
    const changed = await visit(tree, path, done, async (file) => {
      const patched = !isLeftToStrings(path) && relocateMachO(file, matcher);
      return (await relocateStrings(file, matcher, breathe)) > 0 || patched;
    });
    if (changed !== true) return false;
    await withFile(path, signMachO(tools, tree.onDisk(path), scratch, signal));
    return true;
  }
  const elf = await visit(tree, path, done, async (file) => {
    const result = relocateElf(file, matcher);
    if (result.kind === 'too-long') return result;
    return (await relocateStrings(file, matcher, breathe)) > 0 || result.kind === 'patched';
  });
  if (elf === undefined || typeof elf === 'boolean') return elf === true;
  await withFile(path, patchElf(tools, tree.onDisk(path), elf, signal));
  await visit(tree, path, undefined, (file) => relocateStrings(file, matcher, breathe));
  return true;
}

/** Files whose load commands Spack does not touch. */
function isLeftToStrings(path: ByteString): boolean {
  return path.endsWith('.o') || path.includes('libgcc_');
}

/** A link that is listed again is left alone: a new path may begin with an old one, and would get longer each time. */
function relocateLink(
  links: UnpackedTree['links'],
  path: ByteString,
  done: Set<ByteString>,
  matcher: PrefixMatcher,
): boolean {
  const target = links.get(path);
  if (target === undefined) throw notThere(path, 'a symlink');
  if (done.has(path)) return false;
  done.add(path);
  const relocated = target.startsWith('/') ? relocateBeginning(bytesOf(target), matcher) : undefined;
  if (relocated !== undefined) links.set(path, byteString(relocated));
  return relocated !== undefined;
}

/** Where something the build info lists is in the tree. The name is attacker-controlled. */
function listed(prefix: ByteString, name: ByteString): ByteString {
  return `${prefix}/${archivePath(name)}`;
}

/**
 * Opens a file of the tree for one action, and adds it to `done`. A file that is in `done` by another of its names is
 * left alone. No symlink can be on the way: the directory is one of ours, and symlinks are not made yet.
 */
async function visit<T>(
  tree: RelocatableTree,
  path: ByteString,
  done: Set<string> | undefined,
  action: (file: OpenByteFile) => Promise<T>,
): Promise<T | undefined> {
  if (!tree.directories.has(parentPath(path))) throw notThere(path, 'a file');
  let file: OpenByteFile | undefined;
  try {
    file = tree.open(path);
    if (done?.has(file.identity) === true) return undefined;
    done?.add(file.identity);
    return await action(file);
  } catch (error) {
    if (file === undefined && MISSING.has(systemCode(error) ?? '')) throw notThere(path, 'a file', error);
    throw inFile(error, path);
  } finally {
    file?.close();
  }
}

/** Answers for a path that is missing, or is a symlink, a directory or anything else that is not a regular file. */
const MISSING: ReadonlySet<string> = new Set(['ENOENT', 'ELOOP', 'EISDIR', 'EINVAL', 'ENXIO']);

function notThere(path: ByteString, expected: string, cause?: unknown): BuildcacheError {
  const message = 'the build info lists for relocation what the archive does not have';
  return new BuildcacheError('bad-input', message, { file: printable(path), expected }, cause);
}

/** Adds the file's name to the errors of an action. */
async function withFile(path: ByteString, action: Promise<void>): Promise<void> {
  try {
    await action;
  } catch (error) {
    throw inFile(error, path);
  }
}

function inFile(error: unknown, path: ByteString): unknown {
  const file = printable(path);
  if (!(error instanceof BuildcacheError)) return fileError(error, file, 'relocate it');
  return new BuildcacheError(error.code, error.message, { file, ...error.facts }, error.cause);
}

async function withScratch<T>(path: string, action: (make: () => OpenByteFile) => Promise<T>): Promise<T> {
  let file: OpenByteFile | undefined;
  try {
    return await action(() => {
      file ??= openByteFile(path, 'create');
      return file;
    });
  } finally {
    file?.close();
  }
}
