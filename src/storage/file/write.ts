/**
 * Puts and deletes files, whole or not at all.
 *
 * Durability: content is synced to disk before it gets its final name. So a crash leaves no empty or torn file under
 * a content address, where it would count as present ever after. Folders are not synced: a name lost in a crash is an
 * entry that was not published, and is pushed again.
 */
import { link, lstat, open, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, fileError, systemCode } from '../../core/errors.ts';
import { makeFolder } from '../../core/make-folder.ts';
import { renamePath } from '../../core/rename.ts';
import { type DeleteOptions, isAsListed, type PutCondition } from '../storage.ts';
import { type FileSource, type Filled, type FinalName, fill, fillAndPlace } from './fill.ts';
import { temporaryName } from './names.ts';
import { headFile, statFile } from './read.ts';
import { sweepLeftovers } from './sweep.ts';
import { takeTurn } from './turn.ts';

/** Turns lost in a row before we give up. Losing one takes a pause of seconds in the middle of milliseconds' work. */
const ATTEMPTS = 3;

export interface WriteOptions {
  readonly condition?: PutCondition | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Folders that were cleared of leftovers already; this adds to them. */
  readonly swept: Set<string>;
}

/**
 * @returns the etag of what was written
 * @throws BuildcacheError `conflict` when the condition does not hold; `denied`, `io` (a full disk among them)
 */
export async function writeFile(
  path: string,
  source: Uint8Array | FileSource,
  options: WriteOptions,
): Promise<string> {
  const { condition, signal, swept } = options;
  try {
    // Asked before the copying as well, which may take long and be in vain.
    await checkCondition(path, condition);
    if (condition === undefined || 'ifAbsent' in condition) return await writeNew(path, source, options);
    await makeFolder(dirname(path));
    await sweepOnce(dirname(path), swept);
    return await writeInTurn(path, (file) => fill(file, source, signal), options);
  } catch (error) {
    throw fileError(error, path, 'write');
  }
}

/**
 * Where nothing is yet, no turn is needed: of several writers the system gives the name to one. Making the folder of a
 * turn for each of thousands of new files takes longer than writing them.
 */
async function writeNew(
  path: string,
  source: Uint8Array | FileSource,
  options: WriteOptions,
): Promise<string> {
  const staging = join(dirname(path), temporaryName());
  let isPlaced = false;
  try {
    const filled = await fillIn(staging, source, { path, isNew: true }, options);
    isPlaced = filled.isPlaced;
    const { etag } = filled;
    if (isPlaced) return etag;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const name = await takeName(staging, path);
      if (name === 'had') return etag;
      if (name === 'refused' || options.condition === undefined) break;
      // In a turn it would replace what somebody else puts there now. Where nothing is any more, it is tried again.
      await checkCondition(path, options.condition);
    }
    let isStaged = true;
    const bring = async (file: string) => {
      if (!isStaged) return await fill(file, source, options.signal);
      await renamePath(staging, file);
      isStaged = false; // whoever loses the turn loses it too
      return etag;
    };
    return await writeInTurn(path, bring, options);
  } finally {
    if (!isPlaced) await unlink(staging).catch(() => undefined); // a name that stays is swept later
  }
}

/**
 * Gives a file a second name that nothing has.
 * @returns `refused` for any other reason why it cannot have it, which is left to the turn to find, such as a file system
 *   without second names
 */
async function takeName(staging: string, path: string): Promise<'had' | 'taken' | 'refused'> {
  try {
    await link(staging, path);
    return 'had';
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') return 'refused';
    // A network file system that asks its server twice is told that the name is taken, by itself.
    return (await isSameFile(staging, path)) ? 'had' : 'taken';
  }
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const find = (file: string) => lstat(file, { bigint: true }).catch(() => undefined);
  const [a, b] = [await find(one), await find(other)];
  return a !== undefined && a.ino === b?.ino && a.dev === b.dev;
}

/** @param bring makes the file where nothing is, and tells its etag */
async function writeInTurn(
  path: string,
  bring: (file: string) => Promise<string>,
  { condition, signal }: Pick<WriteOptions, 'condition' | 'signal'>,
): Promise<string> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    let etag = '';
    const outcome = await takeTurn(
      path,
      {
        fill: async (file) => {
          etag = await bring(file);
        },
        decide: async () => {
          await checkCondition(path, condition);
          return 'publish';
        },
      },
      signal,
    );
    if (outcome === 'done') return etag;
  }
  throw new BuildcacheError('conflict', 'others kept writing this file', { file: path, hint: 'try again' });
}

/**
 * Puts a file whose name says its content in its place, without a turn: another writer of that name writes the same.
 * @throws BuildcacheError `corrupt` when the content is another; else as {@link writeFile}
 */
export async function copyIntoPlace(
  path: string,
  source: FileSource & { readonly sha256: string },
  { swept, signal }: Omit<WriteOptions, 'condition'>,
): Promise<void> {
  const staging = join(dirname(path), temporaryName());
  try {
    await fillIn(staging, source, { path, isNew: false }, { swept, signal });
  } catch (error) {
    await rm(staging, { force: true }).catch(() => undefined);
    throw fileError(error, path, 'write');
  }
}

/** Fills a file in a folder that is made where it is not there, and swept where it is. */
async function fillIn(
  staging: string,
  source: Uint8Array | FileSource,
  place: FinalName,
  { swept, signal }: WriteOptions,
): Promise<Filled> {
  const folder = dirname(staging);
  const filled = await fillAndPlace(staging, source, place, signal);
  if (filled.isFolderNew) swept.add(folder);
  else await sweepOnce(folder, swept);
  return filled;
}

async function sweepOnce(folder: string, swept: Set<string>): Promise<void> {
  if (swept.has(folder)) return;
  swept.add(folder);
  await sweepLeftovers(folder);
}

/** @returns false when nothing was there, or something else than was listed */
export async function removeFile(path: string, { signal, listed }: DeleteOptions): Promise<boolean> {
  let removed = false;
  const isMeant = async () => {
    const found = await statFile(path, path);
    return found !== undefined && isAsListed(found, listed);
  };
  try {
    throwIfCancelled(signal);
    if (!(await isMeant())) return false;
    const outcome = await takeTurn(
      path,
      {
        fill: async (file) => await (await open(file, 'wx')).close(),
        decide: async () => {
          removed = await isMeant();
          return removed ? 'remove' : 'leave';
        },
      },
      signal,
    );
    return removed && outcome === 'done';
  } catch (error) {
    throw fileError(error, path, 'delete');
  }
}

/** @returns false when nothing was there */
export async function moveFile(from: string, to: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    throwIfCancelled(signal);
    if (!(await isFile(from))) return false;
    await makeFolder(dirname(to));
    await renamePath(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw fileError(error, from, 'move');
  }
}

async function checkCondition(path: string, condition: PutCondition | undefined): Promise<void> {
  if (condition === undefined) return;
  const found = await currentEtag(path);
  if ('ifAbsent' in condition) {
    if (found === undefined) return;
    throw new BuildcacheError('conflict', 'there is a file already', { file: path, expected: 'no file' });
  }
  if (found === condition.ifMatch) return;
  throw new BuildcacheError('conflict', 'somebody else changed this file meanwhile', {
    file: path,
    expected: condition.ifMatch,
    found: found ?? 'no file',
  });
}

async function currentEtag(path: string): Promise<string | undefined> {
  return (await headFile(path, path))?.etag;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return false;
    throw error;
  }
}
