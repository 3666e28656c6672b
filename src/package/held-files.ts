/** The small files of an archive that is unpacked, in memory until they are written once, relocated. */
import { linkSync } from 'node:fs';
import type { OpenByteFile } from './byte-file.ts';
import type { ByteString } from './byte-string.ts';
import { HELD_OVERHEAD, type HeldFile, holdFile, MAX_HELD_FILE } from './held-file.ts';
import type { TarEntry } from './tar-reader.ts';
import { attempt, createFile, modeOf } from './unpack-file.ts';

export interface HeldFiles {
  has(path: ByteString): boolean;
  get(path: ByteString): HeldFile | undefined;
  /** @returns undefined where the file is too large, or there is no room for it */
  hold(path: ByteString, entry: TarEntry): HeldFile | undefined;
  /** Gives a file in memory another name. @returns false where no file in memory has the first one */
  addName(path: ByteString, target: ByteString): boolean;
  /** Writes the file of that path, if it is in memory. */
  write(path: ByteString): void;
  writeAll(): void;
  /** A file on disk, as relocation sees it: one that was held is the same one before and after it is written. */
  known(path: ByteString, onDisk: OpenByteFile): OpenByteFile;
}

/** A file in memory, all its names, and its entry in the archive. */
interface Held {
  readonly file: HeldFile;
  readonly entry: TarEntry;
  readonly names: ByteString[];
  /** Bytes that it counts for among those in memory. */
  cost: number;
}

/**
 * @param locate where a path of the archive is on disk
 * @param maxHeld bytes of files in memory at once
 */
export function heldFiles(locate: (path: ByteString) => string | Buffer, maxHeld: number): HeldFiles {
  /** By path. Names of one file have the same {@link Held}. */
  const held = new Map<ByteString, Held>();
  /** Identities of files that were held, by path. */
  const wasHeld = new Map<ByteString, string>();
  let heldBytes = 0;

  return {
    has: (path) => held.has(path),
    get: (path) => held.get(path)?.file,
    hold(path, entry) {
      if (entry.size > MAX_HELD_FILE || heldBytes + heldCost(path, entry.size) > maxHeld) return undefined;
      const file = holdFile(entry.size, modeOf(entry), () => {
        // Longer prefixes make files longer, and those of a hostile package by far.
        recount(kept, heldCost(path, file.size));
        if (file.size > MAX_HELD_FILE || heldBytes > maxHeld) writeFile(kept);
      });
      const kept: Held = { file, entry, names: [path], cost: 0 };
      recount(kept, heldCost(path, entry.size));
      held.set(path, kept);
      return file;
    },
    addName(path, target) {
      const kept = held.get(target);
      if (kept === undefined) return false;
      kept.names.push(path);
      held.set(path, kept);
      return true;
    },
    write(path) {
      const kept = held.get(path);
      if (kept !== undefined) writeFile(kept);
    },
    writeAll() {
      for (const kept of held.values()) writeFile(kept);
    },
    known(path, onDisk) {
      const identity = wasHeld.get(path);
      return identity === undefined ? onDisk : withIdentity(onDisk, identity);
    },
  };

  function recount(kept: Held, cost: number): void {
    heldBytes += cost - kept.cost;
    kept.cost = cost;
  }

  function writeFile(kept: Held): void {
    const { file, entry, names } = kept;
    const [name, ...others] = names;
    if (name === undefined) return;
    attempt(name, () => {
      const written = createFile(locate(name), entry);
      try {
        written.write(file.bytes);
        written.finish(!file.isChanged);
      } finally {
        written.close();
      }
    });
    for (const other of others) attempt(other, () => linkSync(locate(name), locate(other)));
    for (const each of names) {
      held.delete(each);
      wasHeld.set(each, file.identity);
    }
    recount(kept, 0);
  }
}

function heldCost(path: ByteString, size: number): number {
  return size + path.length + HELD_OVERHEAD;
}

function withIdentity(file: OpenByteFile, identity: string): OpenByteFile {
  const { isExecutable, read, write, truncate, close } = file;
  return {
    identity,
    isExecutable,
    get size() {
      return file.size;
    },
    read,
    write,
    truncate,
    close,
  };
}
