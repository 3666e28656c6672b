/**
 * An index in the making, on disk: it may be longer than a string, or than memory. Records go in one by one, digest
 * and size are computed on the way.
 */
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileError } from '../../core/errors.ts';
import type { IndexVersion } from '../index-version.ts';
import { scanIndex } from './scan.ts';

/** A finished file. */
export interface IndexFile {
  readonly version: IndexVersion;
  readonly file: string;
  readonly size: number;
  readonly sha256: string;
  readonly records: number;
}

const FLUSH = 1024 * 1024;

export class IndexWriter {
  readonly #version: IndexVersion;
  readonly #file: string;
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #waiting: Buffer[];
  #waitingBytes = 0;
  #size = 0;
  #records = 0;

  private constructor(version: IndexVersion, file: string, handle: FileHandle) {
    this.#version = version;
    this.#file = file;
    this.#handle = handle;
    this.#waiting = [Buffer.from(`{"database":{"version":"${version}","installs":{`)];
  }

  /** @param folder exists */
  static async create(folder: string, version: IndexVersion): Promise<IndexWriter> {
    const file = path.join(folder, `${randomUUID()}.index`);
    try {
      return new IndexWriter(version, file, await open(file, 'wx', 0o600));
    } catch (error) {
      throw fileError(error, file, 'create the temporary file');
    }
  }

  /** Takes a record's JSON; bytes are copied. Call {@link settle} now and then. */
  add(hash: string, json: Buffer | string): void {
    const parts = [Buffer.from(`${this.#records++ === 0 ? '' : ','}"${hash}":`), Buffer.from(json)];
    this.#waiting.push(...parts);
    for (const part of parts) this.#waitingBytes += part.length;
  }

  /** Writes the bytes that have been gathered, once there are enough to be worth it. */
  async settle(): Promise<void> {
    if (this.#waitingBytes >= FLUSH) await this.#flush();
  }

  async finish(): Promise<IndexFile> {
    this.#waiting.push(Buffer.from('}}}'));
    await this.#flush();
    await this.#handle.close();
    return {
      version: this.#version,
      file: this.#file,
      size: this.#size,
      sha256: this.#hash.digest('hex'),
      records: this.#records,
    };
  }

  /** Gives up; may be called at any time. */
  async discard(): Promise<void> {
    await Promise.allSettled([this.#handle.close()]);
    await rm(this.#file, { force: true });
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#hash.update(bytes);
    this.#size += bytes.length;
    try {
      await this.#handle.writeFile(bytes);
    } catch (error) {
      throw fileError(error, this.#file, 'write the temporary file');
    }
  }
}

/** As `scanIndex`; after each chunk, what the visitor has added is written to disk. */
export async function copyIndex(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
  writer: IndexWriter,
  visit: Parameters<typeof scanIndex>[2],
): Promise<void> {
  const settling = async function* () {
    for await (const chunk of chunks) {
      yield chunk;
      await writer.settle();
    }
  };
  await scanIndex(settling(), source, visit);
}

/** A record's text. */
export function indexRecord(specJson: string, refCount: number, inBuildcache: boolean): string {
  return `{"spec":${specJson},"ref_count":${refCount},"in_buildcache":${inBuildcache}}`;
}
