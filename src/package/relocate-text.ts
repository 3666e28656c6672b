/**
 * Prefixes in text files, replaced where Spack's pattern
 * `(?<![\w\-_/])([\w\-_]*?)(P1|P2|…)([\w\-_/]*)` matches. The file may change its length.
 */
import { BuildcacheError } from '../core/errors.ts';
import type { ByteFile } from './byte-file.ts';
import type { Match, PrefixMatcher } from './relocate-matcher.ts';

/**
 * The text with its prefixes replaced, or `undefined` where there are none.
 * Throws `too-large` where that would make it longer by more than {@link MAX_GROWTH}.
 */
export function relocateText(bytes: Buffer, matcher: PrefixMatcher): Buffer | undefined {
  const pieces: Buffer[] = [];
  const length = relocateInto(bytes, matcher, (piece) => pieces.push(piece));
  return length === undefined ? undefined : Buffer.concat(pieces, length);
}

/**
 * {@link relocateText} piece by piece: the text may be a line of hundreds of megabytes.
 * @param take keeps what it gets, if it likes
 * @returns the length of all pieces; undefined where there are none, as nothing is replaced
 */
function relocateInto(
  bytes: Buffer,
  matcher: PrefixMatcher,
  take: (piece: Buffer) => void,
): number | undefined {
  let block: Buffer | undefined;
  let filled = 0;
  let length = 0;
  let kept = 0;
  const put = (part: Buffer) => {
    length += part.length;
    if (length > bytes.length + MAX_GROWTH) throw growsTooMuch(bytes.length);
    if (block !== undefined && part.length > block.length - filled) {
      take(block.subarray(0, filled));
      block = undefined;
    }
    if (part.length >= PIECE) {
      take(part);
      return;
    }
    if (block === undefined) {
      const room = Math.max(part.length, bytes.length - length + SPARE, length);
      block = Buffer.allocUnsafe(Math.min(PIECE, room));
      filled = 0;
    }
    filled += part.copy(block, filled);
  };
  for (const { at, replacement } of textMatches(bytes, matcher)) {
    put(bytes.subarray(kept, at));
    put(replacement.new);
    kept = at + replacement.old.length;
  }
  if (kept === 0) return undefined;
  put(bytes.subarray(kept));
  if (block !== undefined) take(block.subarray(0, filled));
  return length;
}

/** Bytes of a piece, at most where it is not a stretch of the text itself. */
const PIECE = 1024 * 1024;

/**
 * Bytes. The old prefixes are the package's own: they may be two characters long and stand behind each other, and then
 * a text of megabytes would become one of gigabytes.
 */
const MAX_GROWTH = 128 * 1024 * 1024;
/** Bytes by which ordinary texts get longer, so that they are one piece. */
const SPARE = 4096;

function growsTooMuch(length: number): BuildcacheError {
  return farLonger(`at most ${MAX_GROWTH} bytes more than its ${length}`);
}

function farLonger(expected: string): BuildcacheError {
  return new BuildcacheError('too-large', 'a text file gets far longer when it is relocated', {
    expected,
    hint: 'do not use this mirror before its owner has looked into it',
  });
}

/**
 * Where prefixes are to be replaced, in order.
 *
 * The pattern in words: a prefix must not be the middle of a path, so the word characters left of it must not follow a
 * slash. Word characters and slashes right of it belong to the match, so nothing in them is replaced again. Prefixes
 * begin with a slash (the build info reader makes sure), so two matches never share the word characters left of them.
 */
export function* textMatches(bytes: Buffer, matcher: PrefixMatcher): Generator<Match> {
  const search = matcher.searcher(bytes);
  for (let match = search(0); match !== undefined; ) {
    const { at, replacement } = match;
    if (startsPath(bytes, at)) {
      yield match;
      match = search(tailEnd(bytes, at + replacement.old.length));
    } else {
      match = search(at + 1);
    }
  }
}

export interface TextFileWork {
  /** Opens an empty file for what does not fit in memory. */
  readonly scratch: () => ByteFile;
  /** Bytes by which the texts of one package may still get longer: what they take is taken off. */
  readonly growth: { left: number };
  /** Awaited between pieces of a large file. It may throw to stop there. */
  readonly breathe: () => Promise<void>;
}

/** Bytes by which the texts of one package may get longer in all. Real ones take a few megabytes of it. */
export const MAX_GROWTH_IN_ALL = 1024 ** 3;

/**
 * {@link relocateText} on a file, in place so that its hard links stay. Returns whether anything changed.
 * Throws `too-large` for a file with a line of more than 128 MiB, and as {@link relocateText}.
 */
export async function relocateTextFile(
  file: ByteFile,
  matcher: PrefixMatcher,
  { scratch, growth, breathe }: TextFileWork,
): Promise<boolean> {
  const grow = (before: number, after: number) => {
    growth.left -= Math.max(0, after - before);
    if (growth.left < 0) throw farLonger(`at most ${MAX_GROWTH_IN_ALL} bytes more in all texts of a package`);
  };
  if (file.size <= WINDOW) {
    const before = file.read(0, file.size);
    const text = relocateText(before, matcher);
    if (text === undefined) return false;
    grow(before.length, text.length);
    file.write(0, text);
    file.truncate(text.length);
    return true;
  }
  const output = scratch();
  let changed = false;
  let written = 0;
  for (const lines of lineWindows(file)) {
    await breathe();
    const write = (piece: Buffer) => {
      output.write(written, piece);
      written += piece.length;
    };
    const length = relocateInto(lines, matcher, write);
    if (length === undefined) write(lines);
    else grow(lines.length, length);
    changed ||= length !== undefined;
  }
  if (!changed) return false;
  for (let at = 0; at < written; at += PIECE) {
    await breathe();
    file.write(at, output.read(at, PIECE));
  }
  file.truncate(written);
  return true;
}

const WINDOW = 16 * 1024 * 1024;
const MAX_LINE = 8 * WINDOW;

/** The file in pieces of whole lines. No match spans two lines: no class of the pattern and no prefix has a newline. */
export function* lineWindows(file: ByteFile): Generator<Buffer> {
  for (let at = 0; at < file.size; ) {
    const bytes = file.read(at, WINDOW);
    if (bytes.length === 0) return; // the file was cut short meanwhile
    const end = at + bytes.length >= file.size ? bytes.length : bytes.lastIndexOf(0x0a) + 1;
    const lines = end > 0 ? bytes.subarray(0, end) : file.read(at, lineLength(file, at, bytes.length));
    yield lines;
    at += lines.length;
  }
}

/** The length of a line, its newline included. It is found before the line is read, so that the line is read once. */
function lineLength(file: ByteFile, start: number, from: number): number {
  for (let length = from; length < MAX_LINE; ) {
    const bytes = file.read(start + length, Math.min(PIECE, MAX_LINE - length));
    const newline = bytes.indexOf(0x0a);
    if (newline !== -1) return length + newline + 1;
    length += bytes.length;
    if (start + length >= file.size || bytes.length === 0) return length;
  }
  throw new BuildcacheError('too-large', 'a text file to relocate has too long a line', {
    expected: `at most ${MAX_LINE} bytes`,
  });
}

function startsPath(bytes: Buffer, at: number): boolean {
  let left = at - 1;
  while (left >= 0 && isWord(bytes[left])) left--;
  return left < 0 || bytes[left] !== SLASH;
}

function tailEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && (isWord(bytes[at]) || bytes[at] === SLASH)) at++;
  return at;
}

const SLASH = 0x2f;

/** `[\w\-]`, in ASCII as Python has it for bytes. */
const WORD = new Uint8Array(256);
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-') {
  WORD[character.charCodeAt(0)] = 1;
}

function isWord(byte: number | undefined): boolean {
  return byte !== undefined && WORD[byte] === 1;
}
