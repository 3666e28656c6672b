/**
 * Indices kept on disk between runs: documents by their SHA-256, and what each mirror pointed at when it was last
 * asked. Beside a document lies its compact form, from which most questions are answered. The store is only a
 * shortcut: whatever is wrong with it reads as "not there".
 *
 * Others may have written the folder: jobs carry it in caches. A document is verified by its digest when it is read. What no
 * digest proves counts only where the user's secret says that we have written it ourselves: a compact form, when a mirror
 * was asked, and which document it had if it publishes no digest.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { constants, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { sha256 } from '../../core/digest.ts';
import { makeFolder, makeFolderNow } from '../../core/make-folder.ts';
import { readBoundedText } from '../../core/read-file.ts';
import { makeUserSecret, readUserSecret, vouch } from '../../core/user-secret.ts';
import type { IndexLocation } from '../entries.ts';
import { COMPACT_VERSION } from './compact-format.ts';
import { type CompactIndex, openCompactIndex } from './compact-index.ts';
import { formatPointer, isVouchedFor, type PointedMirror, parsePointer } from './pointer.ts';
import { accessFile, type RandomAccess } from './random-access.ts';

export interface Remembered {
  readonly location: IndexLocation;
  /** SHA-256 of the document the location led to. */
  readonly document: string;
  /** Milliseconds since the mirror was asked; infinite where only somebody else says when that was. */
  readonly age: number;
}

export interface IndexStore {
  /**
   * What somebody else may have written is only recalled if the mirror's own digest proves it; so is what is said of a
   * mirror of the same name with other hidden parts.
   */
  recall(mirror: PointedMirror): Promise<Remembered | undefined>;
  remember(mirror: PointedMirror, location: IndexLocation, document: string): Promise<void>;
  /**
   * The document, unverified; undefined when it is not kept.
   * @param most bytes: a longer one is not kept, as it is not what its name says
   */
  read(document: string, most: number): Promise<KeptDocument | undefined>;
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
/** Those that no mirror has any more. */
const KEEP_REPLACED_MS = 24 * 3600 * 1000;
/** Longer than writing one takes: the process that began it was killed. */
const KEEP_UNFINISHED_MS = 24 * 3600 * 1000;

/** For a folder that is not read again after this process. */
const OF_PROCESS = randomBytes(32);

/**
 * @param folder created when something is first kept
 * @param stateFolder where the user's secret is; undefined: what this process did not write counts as somebody else's
 */
export function openIndexStore(folder: string, stateFolder?: string): IndexStore {
  const pointer = (mirror: string) => join(folder, `mirror-${sha256(mirror).slice(0, 32)}.json`);
  const document = (digest: string) => join(folder, `${digest}.index`);
  const compact = (digest: string) => join(folder, `${digest}.compact-${COMPACT_VERSION}`);
  const answer = (question: string) => join(folder, `${question}.answer-1`);
  const secret = async () => (stateFolder === undefined ? OF_PROCESS : await readUserSecret(stateFolder));
  const newSecret = async () => (stateFolder === undefined ? OF_PROCESS : await makeUserSecret(stateFolder));
  let counter = 0;
  return {
    async recall(mirror) {
      const text = await ignoring(readBoundedText(pointer(mirror.id), MAX_SMALL));
      const read = text === undefined ? undefined : parsePointer(text);
      if (read === undefined) return undefined;
      const { location, document: digest, asked } = read;
      // A clock set back must not make an old answer fresh for ever.
      const age = Math.abs(Date.now() - asked);
      if (isVouchedFor(read, mirror, await secret())) return { location, document: digest, age };
      return location.sha256 === digest
        ? { location, document: digest, age: Number.POSITIVE_INFINITY }
        : undefined;
    },

    async remember(mirror, location, digest) {
      const found = { location, document: digest, asked: Date.now() };
      replaceFile(pointer(mirror.id), formatPointer(found, mirror, await newSecret()));
    },

    async read(digest, most) {
      const file = document(digest);
      const handle = await ignoring(openFile(file));
      if (handle === undefined) return undefined;
      const { size } = await handle.stat();
      if (size > most) {
        await handle.close();
        return undefined;
      }
      await ignoring(utimes(file, new Date(), new Date()));
      return { size, text: handle.createReadStream({ highWaterMark: 256 * 1024 }) };
    },

    async write() {
      await makeFolder(folder);
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
      const ours = await newSecret();
      const [header] = parts;
      if (ours === undefined || header === undefined) return;
      const temporary = join(folder, `.tmp-${process.pid}-${Date.now()}-${counter++}`);
      try {
        const proof = Buffer.from(vouch(ours, compactText(digest, header)));
        await writeFile(temporary, [...parts, proof], { flag: 'wx' });
        await rename(temporary, compact(digest));
      } finally {
        await rm(temporary, { force: true });
      }
      await dropUnused(folder);
    },

    async openCompact(digest) {
      const large = await access(document(digest));
      const small = large && (await access(compact(digest)));
      const ours = small && (await secret());
      if (small !== undefined && ours !== undefined && small.size > PROOF_BYTES) {
        const size = small.size - PROOF_BYTES;
        const proof = (await small.read(size, PROOF_BYTES)).toString('latin1');
        const isOurs = (header: Buffer) => proof === vouch(ours, compactText(digest, header));
        return openCompactIndex({ ...small, size }, large, isOurs);
      }
      await Promise.all([small?.close(), large?.close()]);
      return undefined;
    },

    openDocument: (digest) => access(document(digest)),

    recallAnswer: (question) => ignoring(readBoundedText(answer(question), MAX_SMALL)),

    async keepAnswer(question, text) {
      replaceFile(answer(question), text);
    },
  };
}

/** What is vouched for of a compact form: its header has the digests of all the rest. */
function compactText(document: string, header: Uint8Array): string {
  return JSON.stringify(['compact', document, Buffer.from(header).toString('hex')]);
}

/** What we vouch with, in hexadecimal digits. It stands behind a compact form. */
const PROOF_BYTES = 64;

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

/**
 * Removes the documents, with their compact forms, that no mirror had when it was last asked, if nobody has used them since.
 * Whoever has one open reads on, and whoever looks for it asks the mirror.
 * @param since milliseconds since 1970
 */
export async function dropReplaced(folder: string, since: number): Promise<void> {
  const names = ((await ignoring(readdir(folder))) ?? []).filter((each) => OURS.test(each));
  const named = new Set<string>();
  for (const name of names.filter((each) => each.startsWith('mirror-'))) {
    const text = await ignoring(readBoundedText(join(folder, name), MAX_SMALL));
    const pointer = text === undefined ? undefined : parsePointer(text);
    if (pointer !== undefined) named.add(pointer.document);
  }
  for (const name of names) {
    const digest = /^([0-9a-f]{64})\.(?:index|compact-)/.exec(name)?.[1];
    if (digest === undefined || named.has(digest)) continue;
    const file = join(folder, name);
    const info = await ignoring(stat(file));
    if (info !== undefined && info.mtimeMs < since) await ignoring(rm(file, { force: true }));
  }
}

/** At once: a few hundred bytes are written sooner than a thread of the pool has heard of them. */
function replaceFile(file: string, text: string): void {
  const temporary = join(dirname(file), `.tmp-${process.pid}-${Date.now()}-${randomInt(2 ** 47)}`);
  makeFolderNow(dirname(file));
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
  await dropReplaced(folder, now - KEEP_REPLACED_MS);
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
