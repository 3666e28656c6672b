/**
 * What kind of file is this, as far as relocation is concerned? Binaries (ELF, Mach-O) are always relocated. Text is
 * relocated where a prefix occurs in it. Other files are never relocated. A file is judged chunk by chunk while it
 * goes into the tarball, so that it is read once. Contents are attacker-controlled.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { sequenceLength } from './path-bytes.ts';
import type { PrefixScan, PrefixScanner } from './prefix-scan.ts';

/** What a file has to be listed as in the build info. */
export type Relocatable = 'binary' | 'text' | undefined;

export class FileClassifier {
  readonly #scan: PrefixScan;
  readonly #utf8 = new Utf8Check();
  #head = Buffer.alloc(0);
  #binary = false;
  /** True while every byte so far is a printable character in ISO-8859-1. */
  #latin1 = true;
  #prefixFound = false;

  constructor(scanner: PrefixScanner) {
    this.#scan = scanner.scan();
  }

  /** The file's next bytes; they are not kept. */
  push(chunk: Buffer): void {
    if (this.#head.length < MAGIC_LENGTH) {
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, MAGIC_LENGTH - this.#head.length)]);
      this.#binary = isBinaryMagic(this.#head);
    }
    if (this.#binary || !this.#isText) return;
    this.#utf8.push(chunk);
    if (this.#latin1) this.#latin1 = !hasControl(chunk);
    if (this.#isText && !this.#prefixFound) this.#prefixFound = this.#scan.push(chunk);
  }

  /** The verdict over the whole file. */
  end(): Relocatable {
    if (this.#head.length < MAGIC_LENGTH) return undefined;
    if (this.#binary) return 'binary';
    this.#utf8.end();
    return this.#isText && this.#prefixFound ? 'text' : undefined;
  }

  get #isText(): boolean {
    return this.#utf8.valid || this.#latin1;
  }
}

/** Shorter files are neither binaries nor text to Spack. */
const MAGIC_LENGTH = 8;

/**
 * ELF, Mach-O of either word size and byte order, or a universal binary. Java's class files have the same magic as
 * universal binaries. A class file has its version where a universal binary has its number of slices: a number of ten
 * or more is taken for a version.
 */
function isBinaryMagic(head: Buffer): boolean {
  if (head.length < MAGIC_LENGTH) return false;
  switch (head.readUInt32BE(0)) {
    case 0x7f454c46:
    case 0xcffaedfe:
    case 0xfeedfacf:
    case 0xcefaedfe:
    case 0xfeedface:
      return true;
    case 0xcafebabe:
      return head.readUInt32BE(4) < 10;
    case 0xbebafeca:
      return head.readUInt32LE(4) < 10;
    default:
      return false;
  }
}

/** NUL, DEL or a C1 control: bytes ISO-8859-1 text does not have. */
function hasControl(chunk: Buffer): boolean {
  if (isAscii(chunk)) return chunk.includes(0) || chunk.includes(0x7f);
  for (const byte of chunk) {
    if (byte === 0 || (byte >= 0x7f && byte <= 0x9f)) return true;
  }
  return false;
}

/** Strict UTF-8 over chunks; a sequence may be cut anywhere but at the end of the file. */
class Utf8Check {
  valid = true;
  #cut: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): void {
    if (!this.valid) return;
    let rest = chunk;
    if (this.#cut.length > 0) {
      const missing = sequenceLength(this.#cut[0] ?? 0) - this.#cut.length;
      const sequence = Buffer.concat([this.#cut, rest.subarray(0, missing)]);
      if (rest.length < missing) {
        this.#cut = sequence;
        return;
      }
      this.valid = isUtf8(sequence);
      rest = rest.subarray(missing);
    }
    const whole = rest.length - cutSequence(rest);
    this.valid &&= isUtf8(rest.subarray(0, whole));
    this.#cut = Buffer.from(rest.subarray(whole));
  }

  end(): void {
    this.valid &&= this.#cut.length === 0;
  }
}

/** How many bytes at the end begin a sequence that goes on after it. */
function cutSequence(chunk: Buffer): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back] ?? 0;
    if (byte >= 0x80 && byte < 0xc0) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}
