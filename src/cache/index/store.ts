/**
 * Indices kept on disk between runs: documents by their SHA-256, and what each mirror pointed at when it was last
 * asked. Beside a document lies its compact form, from which most questions are answered. The store is only a
 * shortcut: whatever is wrong with it reads as "not there", and what it holds is verified again when it is read.
 */
import { randomInt } from 'node:crypto';
import { constants, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { isSha256, sha256 } from '../../core/digest.ts';
import { isObject } from '../../core/json.ts';
import { readBoundedText } from '../../core/read-file.ts';
import type { IndexLocation } from '../entries.ts';
import { COMPACT_VERSION } from './compact-format.ts';
import { type CompactIndex, openCompactIndex } from './compact-index.ts';
import { accessFile, type RandomAccess } from './random-access.ts';

export interface Remembered {
  readonly location: IndexLocation;
  /** SHA-256 of the document the location led to. */
  readonly document: string;
  /** Milliseconds since the mirror was asked. */
  readonly age: number;
}

export interface IndexStore {
  recall(mirror: string): Promise<Remembered | undefined>;
  remember(mirror: string, location: IndexLocation, document: string): Promise<void>;
  /** The document, unverified; undefined when it is not kept. */
  read(document: string): Promise<KeptDocument | undefined>;
  /** A place to write a document whose digest is known only at its end. */
  write(): Promise<DocumentWriter>;
  /** Keeps the compact form of a document. */
  writeCompact(document: string, parts: readonly Uint8Array[]): Promise<void>;
  /** The document in its compact form; undefined unless both are kept and fit each other. */
  openCompact(document: string): Promise<CompactIndex | undefined>;
  /** The document, for reading parts of it; undefined when it is not kept. */
  openDocument(document: string): Promise<RandomAccess | undefined>;
  /** A short text that was kept under this SHA-256 of the question it answers. */
  recallAnswer(question: string): Promise<string | undefined>;
  /** Keeps it. The store proves nothing of it: who keeps an answer has to know it again. */
  keepAnswer(question: string, text: string): Promise<void>;
}

export interface KeptDocument {
  /** Bytes. */
  readonly size: number;
  readonly text: Readable;
}

export interface DocumentWriter {
  /** The open file, for a thread that writes the whole document. Then `write` is not called. Undefined: nothing is kept. */
  readonly descriptor: number | undefined;
  write(chunk: Uint8Array): Promise<void>;
  /** Keeps what was written under its digest. */
  commit(document: string): Promise<void>;
  /** Throws away what was not committed. To be called in any case, when all else is done. */
  discard(): Promise<void>;
}

/** Bytes gathered before they are written. */
const WRITE_BYTES = 1024 * 1024;

/** Documents nobody has used for this long are deleted. */
const KEEP_MS = 30 * 24 * 3600 * 1000;
/** Longer than writing one takes: the process that began it was killed. */
const KEEP_UNFINISHED_MS = 24 * 3600 * 1000;

/** @param folder created when something is first kept */
export function openIndexStore(folder: string): IndexStore {
  const pointer = (mirror: string) => join(folder, `mirror-${sha256(mirror).slice(0, 32)}.json`);
  const document = (digest: string) => join(folder, `${digest}.index`);
  const compact = (digest: string) => join(folder, `${digest}.compact-${COMPACT_VERSION}`);
  const answer = (question: string) => join(folder, `${question}.answer-1`);
  let counter = 0;
  return {
    async recall(mirror) {
      const file = pointer(mirror);
      const [text, info] = await Promise.all([
        ignoring(readBoundedText(file, MAX_SMALL)),
        ignoring(stat(file)),
      ]);
      if (text === undefined || info === undefined) return undefined;
      const remembered = parsePointer(text);
      // A clock set back must not make an old answer fresh for ever.
      return remembered && { ...remembered, age: Math.abs(Date.now() - info.mtimeMs) };
    },

    async remember(mirror, location, digest) {
      replaceFile(pointer(mirror), JSON.stringify({ location, document: digest }));
    },

    async read(digest) {
      const file = document(digest);
      const handle = await ignoring(openFile(file));
      if (handle === undefined) return undefined;
      await ignoring(utimes(file, new Date(), new Date()));
      return {
        size: (await handle.stat()).size,
        text: handle.createReadStream({ highWaterMark: 256 * 1024 }),
      };
    },

    async write() {
      await mkdir(folder, { recursive: true });
      const temporary = join(folder, `.tmp-${process.pid}-${Date.now()}-${counter++}`);
      const handle = await open(temporary, 'wx');
      // A server's pieces are small; each write is a trip to the thread pool.
      let held: Uint8Array[] = [];
      let size = 0;
      let isCommitted = false;
      let flushing = Promise.resolve();
      let dropping = Promise.resolve();
      const flush = async () => {
        if (size === 0) return;
        const bytes = Buffer.concat(held, size);
        held = [];
        size = 0;
        await handle.appendFile(bytes);
      };
      return {
        descriptor: handle.fd,
        async write(chunk) {
          held.push(chunk);
          size += chunk.length;
          if (size < WRITE_BYTES) return;
          await flushing;
          // The next pieces come meanwhile. A failure is said at the next write or at the end.
          flushing = flush();
          flushing.catch(() => undefined);
        },
        async commit(digest) {
          await flushing;
          await flush();
          await handle.close();
          await rename(temporary, document(digest));
          isCommitted = true;
          dropping = dropUnused(folder).catch(() => undefined);
        },
        async discard() {
          await Promise.all([ignoring(flushing), dropping]);
          if (isCommitted) return;
          await ignoring(handle.close());
          await rm(temporary, { force: true });
        },
      };
    },

    async writeCompact(digest, parts) {
      const temporary = join(folder, `.tmp-${process.pid}-${Date.now()}-${counter++}`);
      try {
        await writeFile(temporary, parts, { flag: 'wx' });
        await rename(temporary, compact(digest));
      } finally {
        await rm(temporary, { force: true });
      }
      await dropUnused(folder);
    },

    async openCompact(digest) {
      const large = await access(document(digest));
      const small = large && (await access(compact(digest)));
      if (small !== undefined) return openCompactIndex(small, large);
      await large?.close();
      return undefined;
    },

    openDocument: (digest) => access(document(digest)),

    recallAnswer: (question) => ignoring(readBoundedText(answer(question), MAX_SMALL)),

    async keepAnswer(question, text) {
      replaceFile(answer(question), text);
    },
  };
}

/** Bytes: the most that a mirror's pointer or an answer may have. */
const MAX_SMALL = 64 * 1024;

/**
 * Opens a file. In a folder that comes from elsewhere, it may be a pipe that nobody writes to, or a link.
 * @throws for what is no file
 */
async function openFile(file: string): Promise<FileHandle> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Error('no file');
}

async function access(file: string): Promise<RandomAccess | undefined> {
  const handle = await ignoring(openFile(file));
  if (handle === undefined) return undefined;
  await ignoring(utimes(file, new Date(), new Date()));
  return accessFile(handle);
}

/**
 * Removes from a folder that comes from elsewhere what cannot be verified: compact forms, which are made again from
 * their documents, answers, and what is said of a mirror that publishes no digest of its index.
 */
export async function dropUnverifiable(folder: string): Promise<void> {
  for (const name of ((await ignoring(readdir(folder))) ?? []).filter((each) => OURS.test(each))) {
    const file = join(folder, name);
    const text = name.startsWith('mirror-') ? await ignoring(readBoundedText(file, MAX_SMALL)) : '';
    const pointer = text === undefined || text === '' ? undefined : parsePointer(text);
    if (
      /\.(?:compact|answer)-/.test(name) ||
      (name.startsWith('mirror-') && pointer?.location.sha256 === undefined)
    ) {
      await rm(file, { force: true });
    }
  }
}

function parsePointer(text: string): Omit<Remembered, 'age'> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || !isSha256(value['document']) || !isObject(value['location'])) return undefined;
  const { key, sha256: digest, size, etag, compression } = value['location'];
  if (typeof key !== 'string' || (compression !== 'gzip' && compression !== 'none')) return undefined;
  const location: IndexLocation = {
    key,
    compression,
    sha256: isSha256(digest) ? digest : undefined,
    size: typeof size === 'number' ? size : undefined,
    etag: typeof etag === 'string' ? etag : undefined,
  };
  return { location, document: value['document'] };
}

/** At once: a few hundred bytes are written sooner than a thread of the pool has heard of them. */
function replaceFile(file: string, text: string): void {
  const temporary = join(dirname(file), `.tmp-${process.pid}-${Date.now()}-${randomInt(2 ** 47)}`);
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The names this store gives. Any other file in the folder belongs to somebody else. */
const OURS = /^(?:mirror-[0-9a-f]{32}\.json|[0-9a-f]{64}\.(?:index|(?:compact|answer)-\d+))$/;
const UNFINISHED = /^(?:mirror-[0-9a-f]{32}\.json\.\d+\.tmp|\.tmp-[\d-]+)$/;

async function dropUnused(folder: string): Promise<void> {
  const now = Date.now();
  for (const name of (await ignoring(readdir(folder))) ?? []) {
    const keep = UNFINISHED.test(name) ? KEEP_UNFINISHED_MS : OURS.test(name) ? KEEP_MS : undefined;
    if (keep === undefined) continue;
    const file = join(folder, name);
    const info = await ignoring(stat(file));
    if (info !== undefined && info.mtimeMs < now - keep) await rm(file, { force: true });
  }
}

async function ignoring<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch {
    return undefined;
  }
}
