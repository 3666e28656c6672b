/**
 * Walks an index of any size as it streams past, and never holds more than one record: the index of a large public
 * cache is longer than a JavaScript string can be. Only the nesting is checked here; the caller reads a record's own
 * JSON.
 */
import { BuildcacheError } from '../../core/errors.ts';
import type { RecordFacts, SkimmedRecord } from './record-facts.ts';

export interface IndexRecord {
  /** The key as it stands in the document; not checked to be a hash. */
  readonly hash: string;
  /** The record's JSON text, valid only until the visitor returns. */
  readonly json: Buffer;
  /** Where that text begins, in bytes from the document's start. */
  readonly offset: number;
  /** `database.version`, if it came before the record, as Spack writes it. */
  readonly version: string | undefined;
  /** What `skim` found in it; undefined where that gave up or looked for nothing, or there is none. */
  readonly facts?: RecordFacts | undefined;
}

export interface IndexSummary {
  /** `database.version`, if it was there. */
  readonly version: string | undefined;
  readonly records: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COLON = 0x3a;
const COMMA = 0x2c;

/** `{"database": {"installs": {HASH: {…` — records are objects at this depth. */
const RECORD_DEPTH = 4;

/** A record is a few kilobytes; one this large is an attack. */
const MAX_RECORD = 16 * 1024 * 1024;

/** Bytes that are copied to what is held, so that most records are whole. */
const JOINED = 16 * 1024;

const NOTHING = Buffer.alloc(0);

/**
 * @param visit called for each member of `database.installs`, in the document's order
 * @param skim reads a record for itself, and says where it ends: then its bytes are gone through once instead of twice
 * @throws `bad-input` when the document is no index, is cut short, or is nested past any record;
 *   `too-large` for a record no Spack writes
 */
export async function scanIndex(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  source: string,
  visit: (record: IndexRecord) => void,
  skim?: Skim,
): Promise<IndexSummary> {
  const scanner = indexScanner(source, visit, skim);
  for await (const chunk of chunks) scanner.push(chunk);
  return scanner.finish();
}

export interface IndexScanner {
  /** Takes the next bytes of the document, which are not kept. @throws as {@link scanIndex} */
  push(chunk: Uint8Array): void;
  /** @throws `bad-input` when the document has not ended */
  finish(): IndexSummary;
}

/** The same, fed piece by piece. */
export function indexScanner(
  source: string,
  visit: (record: IndexRecord) => void,
  skim?: Skim,
): IndexScanner {
  return new Scanner(source, visit, skim);
}

/**
 * @returns undefined for a record that has to be scanned as any other JSON, such as one whose end is not there yet; a
 *   number where the visitor need not hear of it: the place after its last byte
 */
export type Skim = (hash: string, bytes: Buffer, start: number) => SkimmedRecord | number | undefined;

class Scanner {
  readonly #source: string;
  readonly #visit: (record: IndexRecord) => void;
  readonly #skim: Skim | undefined;
  /** The bytes of earlier chunks that a token or record under way still needs. */
  #held: Buffer = NOTHING;
  /** Where they lie, and are joined with the next chunk: who feeds the scanner may use a chunk's place again. */
  #work: Buffer = NOTHING;
  /** Bytes of the document before the buffer being scanned. */
  #base = 0;
  #depth = 0;
  /** Nested lists and objects open inside, one bit each: 1 for an object. */
  readonly #kinds: boolean[] = [];
  #inString = false;
  #escaped = false;
  /** Offsets into the buffer being scanned, -1 when nothing is under way. */
  #stringStart = -1;
  #recordStart = -1;
  #lastString = '';
  /** Keys that lead to where we are: `database`, `installs`, the hash. */
  readonly #path: string[] = [];
  #version: string | undefined;
  #records = 0;
  #sawInstalls = false;
  /** Which members that say what the document is have been seen. */
  readonly #named = new Set<string>();
  #ended = false;

  constructor(source: string, visit: (record: IndexRecord) => void, skim: Skim | undefined) {
    this.#source = source;
    this.#visit = visit;
    this.#skim = skim;
  }

  push(chunk: Uint8Array): void {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    while (this.#held.length > 0 && rest.length > 0) {
      // Copying takes time: only the beginning of the chunk is joined with what is held.
      const held = this.#held.length;
      const beginning = rest.subarray(0, JOINED);
      const joined = this.#joined(beginning);
      this.#scan(joined, held);
      const start = this.#underWay();
      if (start < 0 || start >= held) {
        // From here on nothing of what was held is needed.
        this.#move(held);
        this.#held = NOTHING;
        this.#take(rest, beginning.length);
        return;
      }
      this.#hold(joined);
      rest = rest.subarray(beginning.length);
    }
    if (rest.length > 0) this.#take(rest, 0);
  }

  #take(buffer: Buffer, from: number): void {
    this.#scan(buffer, from);
    this.#hold(buffer);
  }

  /** What is held and more bytes, in one piece. It lies where the last one did: large buffers keep the collector busy. */
  #joined(more: Buffer): Buffer {
    const { length: from } = this.#held;
    const length = from + more.length;
    if (this.#work.length < length) this.#held = this.#moved(this.#held, 2 * length);
    this.#work.set(more, from);
    return this.#work.subarray(0, length);
  }

  /** Copies bytes to the beginning of the work space, which gets at least this size. */
  #moved(bytes: Buffer, size: number): Buffer {
    const isThere = bytes.buffer === this.#work.buffer && bytes.byteOffset === this.#work.byteOffset;
    if (isThere && size <= this.#work.length) return bytes;
    if (this.#work.length < size) this.#work = Buffer.allocUnsafeSlow(size);
    this.#work.set(bytes); // which may lie further back in the same place
    return this.#work.subarray(0, bytes.length);
  }

  finish(): IndexSummary {
    if (!this.#ended) throw this.#bad('a complete JSON document', 'its end is missing');
    if (!this.#sawInstalls) throw this.#bad('an object "database" with "installs"', 'another document');
    return { version: this.#version, records: this.#records };
  }

  #scan(buffer: Buffer, from: number): void {
    const { length } = buffer;
    for (let i = from; i < length; i++) {
      if (this.#inString) {
        i = this.#skipString(buffer, i);
        if (this.#inString) return;
        continue;
      }
      const byte = buffer[i];
      switch (byte) {
        case QUOTE:
          this.#inString = true;
          if (this.#depth < RECORD_DEPTH) this.#stringStart = i;
          break;
        case COLON:
          if (this.#depth < RECORD_DEPTH && this.#depth > 0) this.#key(this.#lastString);
          break;
        case COMMA:
          if (this.#depth < RECORD_DEPTH && this.#depth > 0) this.#path[this.#depth - 1] = '';
          break;
        case OPEN_OBJECT:
        case OPEN_LIST:
          this.#open(byte === OPEN_OBJECT, i);
          if (this.#recordStart === i) i = this.#skimmed(buffer, i);
          break;
        case CLOSE_OBJECT:
        case CLOSE_LIST:
          this.#close(byte === CLOSE_OBJECT, buffer, i);
          break;
        default:
          if (this.#depth === 0 && byte !== undefined && byte > 0x20) {
            throw this.#bad('a JSON object', buffer.toString('latin1', i, i + 16));
          }
      }
    }
  }

  /** Moves to the string's closing quote, or to the end of the buffer when that is yet to come. */
  #skipString(buffer: Buffer, from: number): number {
    let i = from;
    for (; i < buffer.length; i++) {
      const byte = buffer[i];
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) {
        this.#inString = false;
        if (this.#stringStart >= 0) this.#endString(buffer, i);
        return i;
      }
    }
    return i;
  }

  #endString(buffer: Buffer, end: number): void {
    const text = buffer.toString('utf8', this.#stringStart + 1, end);
    this.#stringStart = -1;
    this.#lastString = text.includes('\\') ? this.#unescaped(text) : text;
    if (this.#depth === 2 && this.#path[0] === 'database' && this.#path[1] === 'version') {
      this.#version ??= this.#lastString;
    }
  }

  /** Refuses a member that is there twice. The last one would count, which a reader of a stream learns too late. */
  #key(name: string): void {
    const isMember =
      this.#depth === 1
        ? name === 'database'
        : this.#depth === 2 && this.#path[0] === 'database' && (name === 'installs' || name === 'version');
    if (isMember && this.#named.has(name)) throw this.#bad(`one "${name}"`, 'two');
    if (isMember) this.#named.add(name);
    this.#path[this.#depth - 1] = name;
  }

  #open(isObject: boolean, at: number): void {
    if (this.#ended) throw this.#bad('the end of the document', 'more after it');
    this.#kinds[this.#depth++] = isObject;
    if (this.#depth > 256) throw this.#bad('an index', 'JSON nested deeper than 256 levels');
    if (this.#depth === 3 && this.#inInstalls()) this.#sawInstalls = true;
    if (this.#depth === RECORD_DEPTH && this.#inInstalls()) this.#recordStart = at;
    if (this.#depth <= RECORD_DEPTH - 1) this.#path[this.#depth - 1] = '';
  }

  /** Takes a record in one go, where that can be. @returns its last byte, or where it was */
  #skimmed(buffer: Buffer, at: number): number {
    const found = this.#skim?.(this.#path[2] ?? '', buffer, at);
    if (found === undefined) return at;
    this.#depth--;
    if (typeof found === 'number') {
      this.#recordStart = -1;
      this.#records++;
      return found - 1;
    }
    this.#record(buffer, found.end, found);
    return found.end - 1;
  }

  #close(isObject: boolean, buffer: Buffer, at: number): void {
    if (this.#depth === 0 || this.#kinds[this.#depth - 1] !== isObject)
      throw this.#bad('matching brackets', 'others');
    if (this.#depth === RECORD_DEPTH && this.#recordStart >= 0) this.#record(buffer, at + 1, undefined);
    if (--this.#depth === 0) this.#ended = true;
  }

  #record(buffer: Buffer, end: number, facts: RecordFacts | undefined): void {
    this.#visit({
      hash: this.#path[2] ?? '',
      json: buffer.subarray(this.#recordStart, end),
      offset: this.#base + this.#recordStart,
      version: this.#version,
      facts,
    });
    this.#recordStart = -1;
    this.#records++;
  }

  #unescaped(text: string): string {
    try {
      return String(JSON.parse(`"${text}"`));
    } catch {
      throw this.#bad('a JSON document', 'an escape that is none');
    }
  }

  #inInstalls(): boolean {
    return this.#path[0] === 'database' && this.#path[1] === 'installs';
  }

  /** Keeps what a string or record under way has so far, for when the buffer is gone. */
  #hold(buffer: Buffer): void {
    const start = this.#underWay();
    const from = start < 0 ? buffer.length : start;
    if (buffer.length - from > MAX_RECORD) {
      throw new BuildcacheError('too-large', 'an index record is too large', {
        url: this.#source,
        expected: `at most ${MAX_RECORD} bytes`,
      });
    }
    this.#held = start < 0 ? NOTHING : this.#moved(buffer.subarray(from), buffer.length - from);
    this.#move(from);
  }

  /** Where the string or record under way begins in the buffer, or -1. */
  #underWay(): number {
    return this.#recordStart >= 0 ? this.#recordStart : this.#stringStart;
  }

  /** The buffer begins so many bytes later. */
  #move(bytes: number): void {
    this.#base += bytes;
    if (this.#recordStart >= 0) this.#recordStart -= bytes;
    if (this.#stringStart >= 0) this.#stringStart -= bytes;
  }

  #bad(expected: string, found: string): BuildcacheError {
    return new BuildcacheError('bad-input', 'not an index', { url: this.#source, expected, found });
  }
}
