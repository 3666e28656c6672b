/**
 * Blobs kept on this machine under their digest: `<folder>/sha256/<first 2>/<sha256>`, and beside it what a download
 * that broke off has left, `<sha256>.part`. Nothing in here is trusted; whoever reads it checks the digest. Processes
 * do not get in each other's way: each writes under a name of its own, and takes a `.part` by renaming it.
 *
 * A mirror in a folder keeps its blobs in the same way. So a folder that we create is marked as a cache
 * (https://bford.info/cachedir/), and nothing is deleted in a folder without that mark. Where a mirror was pushed to beside
 * it since, all that is in it may be the mirror's: nothing is deleted, and nothing more is kept.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { access, open, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { atOnce } from '../../core/at-once.ts';
import { systemCode } from '../../core/errors.ts';
import { lazily } from '../../core/lazily.ts';
import { makeFolder, makeFolderNow } from '../../core/make-folder.ts';

export interface BlobStore {
  /** The blob, if it is there in this length; the caller closes it. */
  openWhole(sha256: string, size: number | undefined): Promise<FileHandle | undefined>;
  /** The bytes of a small one, if it is there in this length. */
  readSmall(sha256: string, size: number): Promise<Buffer | undefined>;
  /** Forgets a blob that turned out to be damaged. */
  drop(sha256: string): Promise<void>;
  /** Keeps a small blob that is all there and right. Never fails: what cannot be kept is not. */
  keep(sha256: string, bytes: Buffer): Promise<void>;
  /** A place to write the blob to, with the bytes that are there already; undefined when nothing can be written. */
  begin(sha256: string): Promise<PartialBlob | undefined>;
}

export interface PartialBlob {
  readonly handle: FileHandle;
  /** Bytes that were there already. */
  readonly size: number;
  /** Adds bytes at the end, which must not change afterwards. Never fails: a full disk must not cost the answer, only the copy. */
  append(chunk: Buffer): Promise<void>;
  /** The bytes are all there and right. */
  commit(): Promise<void>;
  /** Leaves the bytes for the next process that wants the blob. */
  release(): Promise<void>;
  discard(): Promise<void>;
}

/** A folder that others can write to may hold anything: a pipe nobody writes to, a link to a file that is not ours. */
const READ = constants.O_RDONLY | constants.O_NONBLOCK;
const APPEND = constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Bytes gathered before they are written: a server's pieces are small. */
const WRITE_BYTES = 1024 * 1024;
/** Blobs nobody has used for this long are deleted. */
const KEEP_MS = 30 * 24 * 3600 * 1000;
/** What killed processes left under names of their own. */
const KEEP_OWN_MS = 24 * 3600 * 1000;

/** Where the store in a folder keeps a whole blob. */
export function placeInStore(folder: string, sha256: string): string {
  return join(folder, 'sha256', sha256.slice(0, 2), sha256);
}

/** @param folder created when something is first kept */
export function openBlobStore(folder: string): BlobStore {
  const place = (sha256: string) => placeInStore(folder, sha256);
  const ownName = (file: string) => `${file}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
  const attempt = atOnce();
  const sooner = async <T>(now: () => T, later: () => Promise<T>): Promise<T> => {
    const tried = attempt(now);
    return tried === undefined ? await later() : tried.done;
  };
  const makeFolders = async (file: string) => {
    const make = (path: string) =>
      ignoring(
        sooner(
          () => makeFolderNow(path) !== undefined,
          () => makeFolder(path),
        ),
      );
    const isNew = (await make(join(folder, 'sha256'))) === true;
    if (isNew) await ignoring(writeFile(join(folder, MARK), MARK_TEXT, { flag: 'wx' }));
    await make(dirname(file));
  };
  let swept: Promise<void> | undefined;
  const sweepOnce = () => {
    swept ??= sweep(folder);
    return swept;
  };
  const isMirrors = lazily(() => isInMirror(folder));
  const openWhole: BlobStore['openWhole'] = async (sha256, size) => {
    const file = place(sha256);
    const handle = await ignoring(open(file, READ));
    if (handle === undefined) return undefined;
    const stats = await ignoring(handle.stat());
    if (stats?.isFile() === true && (size === undefined || stats.size === size)) {
      await ignoring(utimes(file, new Date(), new Date()));
      return handle;
    }
    await ignoring(handle.close());
    await remove(folder, file);
    return undefined;
  };
  return {
    openWhole,

    async readSmall(sha256, size) {
      const file = place(sha256);
      // Most often it is not there: that it cannot be opened takes longer to find out.
      const look = sooner(
        () => statSync(file, { throwIfNoEntry: false }),
        () => stat(file),
      );
      if ((await ignoring(look)) === undefined) return undefined;
      try {
        const read = attempt(() => readNow(file, size));
        if (read?.done !== undefined) return read.done;
      } catch {
        // Whoever opens it in the usual way learns what there is.
      }
      const handle = await openWhole(sha256, size);
      try {
        const read = await handle?.read(Buffer.allocUnsafe(size), 0, size, 0);
        return read?.buffer.subarray(0, read.bytesRead);
      } catch {
        return undefined;
      } finally {
        await handle?.close().catch(() => undefined);
      }
    },

    async drop(sha256) {
      await remove(folder, place(sha256));
    },

    async keep(sha256, bytes) {
      if (await isMirrors()) return;
      const file = place(sha256);
      const own = ownName(file);
      const flags = { flag: 'wx' };
      const put = () =>
        sooner(
          () => {
            writeFileSync(own, bytes, flags);
            renameSync(own, file);
          },
          async () => {
            await writeFile(own, bytes, flags);
            await rename(own, file);
          },
        );
      let isKept = await succeeds(put());
      if (!isKept) {
        await makeFolders(file);
        isKept = await succeeds(put());
      }
      if (isKept) await sweepOnce();
      else await ignoring(rm(own, { force: true }));
    },

    async begin(sha256) {
      if (await isMirrors()) return undefined;
      const file = place(sha256);
      const own = ownName(file);
      await makeFolders(file);
      // The process that renames it first has it. Others begin anew.
      const taken = await succeeds(rename(`${file}.part`, own));
      const handle = await ignoring(open(own, taken ? APPEND : 'wx+'));
      if (handle === undefined) {
        await ignoring(rm(own, { force: true }));
        return undefined;
      }
      const size = (await ignoring(handle.stat()))?.size ?? 0;
      return new OwnFile({ file, own, handle, size }, sweepOnce);
    },
  };
}

/** Undefined for what is not a file of this length. */
function readNow(file: string, size: number): Buffer | undefined {
  const descriptor = openSync(file, READ);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile() || stats.size !== size) return undefined;
    const bytes = Buffer.allocUnsafe(size);
    const length = readSync(descriptor, bytes, 0, size, 0);
    utimesSync(file, new Date(), new Date());
    return bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

interface OwnFileParts {
  readonly file: string;
  readonly own: string;
  readonly handle: FileHandle;
  readonly size: number;
}

class OwnFile implements PartialBlob {
  readonly handle: FileHandle;
  readonly size: number;
  readonly #parts: OwnFileParts;
  readonly #sweep: () => Promise<void>;
  /** Pieces are gathered in one of these while the other is written: new memory for each write costs more than it. */
  #gathering: Buffer | undefined;
  #resting: Buffer | undefined;
  #gathered = 0;
  #written: number;
  #works = true;
  /** One write is under way while the next bytes are gathered. */
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: OwnFileParts, sweepOnce: () => Promise<void>) {
    this.handle = parts.handle;
    this.size = parts.size;
    this.#parts = parts;
    this.#written = parts.size;
    this.#sweep = sweepOnce;
  }

  async append(chunk: Buffer): Promise<void> {
    for (let taken = 0; this.#works && taken < chunk.length; ) {
      this.#gathering ??= Buffer.allocUnsafeSlow(WRITE_BYTES);
      const copied = chunk.copy(this.#gathering, this.#gathered, taken);
      taken += copied;
      this.#gathered += copied;
      if (this.#gathered === WRITE_BYTES) await this.#flush();
    }
  }

  async commit(): Promise<void> {
    await this.#leave(this.#parts.file);
    await this.#sweep();
  }

  async release(): Promise<void> {
    await this.#leave(`${this.#parts.file}.part`);
  }

  async discard(): Promise<void> {
    await this.#writing;
    await ignoring(this.handle.close());
    await ignoring(rm(this.#parts.own, { force: true }));
  }

  async #leave(name: string): Promise<void> {
    await this.#flush();
    await this.#writing;
    // What is incomplete or empty is of no use to anybody.
    if (!this.#works || this.#written === 0) return await this.discard();
    await ignoring(this.handle.close());
    if (!(await succeeds(rename(this.#parts.own, name))))
      await ignoring(rm(this.#parts.own, { force: true }));
  }

  /** Resolves when all but the last bytes are written. */
  async #flush(): Promise<void> {
    await this.#writing;
    const full = this.#gathering;
    if (full === undefined) return;
    this.#writing = this.#write(full.subarray(0, this.#gathered));
    this.#gathering = this.#resting;
    this.#resting = full;
    this.#gathered = 0;
  }

  async #write(bytes: Buffer): Promise<void> {
    for (let done = 0; this.#works && done < bytes.length; ) {
      const wrote = await ignoring(this.handle.write(bytes, done, bytes.length - done, this.#written));
      if (wrote === undefined || wrote.bytesWritten === 0) {
        this.#works = false;
        return;
      }
      done += wrote.bytesWritten;
      this.#written += wrote.bytesWritten;
    }
  }
}

const OURS = /^[0-9a-f]{64}(?:\.part|\.\d+-[0-9a-f]+\.tmp)?$/;

const MARK = 'CACHEDIR.TAG';
const MARK_TEXT =
  'Signature: 8a477f597d28d172789f06886806bc55\n# Downloads of buildcache, which may be deleted at any time.\n';

/** Whether what is in it is ours to delete. */
async function isOurs(folder: string): Promise<boolean> {
  return (await succeeds(access(join(folder, MARK)))) && !(await isInMirror(folder));
}

/** What a mirror has beside its blobs, in layout 3 and 2. */
const BESIDE = ['v3', 'build_cache'];

/** Whether the folder holds the blobs of a mirror. What cannot be told is taken for one. */
async function isInMirror(folder: string): Promise<boolean> {
  for (const name of BESIDE) {
    const found = await stat(join(folder, '..', name)).catch((error: unknown) => systemCode(error));
    if (found !== 'ENOENT' && found !== 'ENOTDIR') return true;
  }
  return false;
}

async function remove(folder: string, file: string): Promise<void> {
  if (await isOurs(folder)) await ignoring(rm(file, { force: true }));
}

/** Deletes what has not been used for long. */
async function sweep(folder: string): Promise<void> {
  if (!(await isOurs(folder))) return;
  const root = join(folder, 'sha256');
  for (const part of (await ignoring(readdir(root))) ?? []) {
    const names = (await ignoring(readdir(join(root, part)))) ?? [];
    for (const name of names.filter((each) => OURS.test(each))) {
      const file = join(root, part, name);
      const info = await ignoring(stat(file));
      const keep = name.endsWith('.tmp') ? KEEP_OWN_MS : KEEP_MS;
      if (info !== undefined && Date.now() - info.mtimeMs > keep) await ignoring(rm(file, { force: true }));
    }
  }
}

async function succeeds(action: Promise<void>): Promise<boolean> {
  return await action.then(
    () => true,
    () => false,
  );
}

async function ignoring<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch {
    return undefined;
  }
}
