/**
 * Prefixes in the C strings of binaries, replaced in place where Spack's pattern `(P1|P2|…)([^\0]{0,7}\0)?`
 * matches. No byte behind a string moves.
 *
 * Compilers and linkers store a string as the tail of another. So a string may get shorter at its beginning (slashes
 * fill the gap), but its end must stay where it is. Spack takes seven bytes for an end, and so do we. Where fewer bytes
 * would stay, the string is cut short instead, if it gets shorter by more than seven bytes.
 */
import { BuildcacheError } from '../core/errors.ts';
import { release } from '../core/release.ts';
import type { ByteFile } from './byte-file.ts';
import { byteString, printable } from './byte-string.ts';
import type { PrefixMatcher, Replacement } from './relocate-matcher.ts';

/** A prefix in a binary. */
export interface StringMatch {
  /** Where in the file the prefix starts. */
  readonly at: number;
  readonly replacement: Replacement;
  /**
   * What follows the prefix up to its NUL, which is not included. Undefined for more than {@link SUFFIX} bytes. Good until
   * the next pause.
   */
  readonly rest: Buffer | undefined;
}

/** How many bytes of a string's end must stay. */
export const SUFFIX = 7;

/**
 * Replaces the prefixes in a file and returns how many there were. Throws `unsupported` where a new prefix does
 * not fit, with the file half changed.
 * @param breathe awaited between pieces of a large file; it may throw to stop there
 */
export async function relocateStrings(
  file: ByteFile,
  matcher: PrefixMatcher,
  breathe: () => Promise<void>,
): Promise<number> {
  let count = 0;
  let edits: Edit[] = [];
  for (const match of stringMatches(file, matcher)) {
    if (match === PAUSE) {
      writeEdits(file, edits);
      edits = [];
      await breathe();
      continue;
    }
    edits.push({ at: match.at, bytes: replacedString(match) });
    count++;
    if (edits.length === MANY) {
      writeEdits(file, edits);
      edits = [];
    }
  }
  writeEdits(file, edits);
  return count;
}

interface Edit {
  readonly at: number;
  readonly bytes: Buffer;
}

/** Edits of one piece of a file, in order. Many are written at once: a call for each takes a hundred times as long. */
function writeEdits(file: ByteFile, edits: readonly Edit[]): void {
  const [first, last] = [edits[0], edits.at(-1)];
  if (first === undefined || last === undefined) return;
  if (edits.length <= FEW) {
    for (const { at, bytes } of edits) file.write(at, bytes);
    return;
  }
  const piece = file.read(first.at, last.at + last.bytes.length - first.at);
  for (const { at, bytes } of edits) bytes.copy(piece, at - first.at);
  file.write(first.at, piece);
}

/** Stands between the matches of two pieces of a file. */
export const PAUSE = 'pause';

/**
 * All matches, in order. The file may be written to up to the end of the last match while this goes on, at the latest at
 * the next pause.
 */
export function* stringMatches(
  file: ByteFile,
  matcher: PrefixMatcher,
): Generator<StringMatch | typeof PAUSE> {
  const longest = matcher.longest + SUFFIX + 1;
  let start = 0;
  while (start < file.size) {
    if (start > 0) yield PAUSE;
    const bytes = file.read(start, WINDOW + longest);
    if (bytes.length === 0) return; // the file was cut short meanwhile
    const isLast = start + bytes.length >= file.size;
    // A match that begins before this position is in the window as a whole.
    const limit = isLast ? bytes.length : WINDOW;
    const search = matcher.searcher(bytes);
    let from = 0;
    for (let match = search(0); match !== undefined && match.at < limit; match = search(from)) {
      const { at, replacement } = match;
      const end = at + replacement.old.length;
      const nul = bytes.subarray(end, end + SUFFIX + 1).indexOf(0);
      const rest = nul === -1 ? undefined : bytes.subarray(end, end + nul);
      from = nul === -1 ? end : end + nul + 1;
      yield { at: start + at, replacement, rest };
    }
    start += Math.max(limit, from);
    release(bytes);
  }
}

/** The bytes to write over a match. */
function replacedString({ replacement, rest }: StringMatch): Buffer {
  const { old, new: neu } = replacement;
  const shorter = old.length - neu.length;
  if (shorter < 0) {
    throw new BuildcacheError('unsupported', 'a binary has no room for the longer new prefix', {
      expected: `at most ${old.length} bytes instead of ${printable(byteString(old))}`,
      found: `${neu.length} bytes, ${printable(byteString(neu))}`,
      hint: LONGER_HINT,
    });
  }
  const staying = rest === undefined ? 0 : SUFFIX - rest.length;
  if (staying === 0 || endOf(old, staying).equals(endOf(neu, staying))) {
    return Buffer.concat([Buffer.alloc(shorter, '/'), neu]);
  }
  if (shorter > SUFFIX && rest !== undefined) return Buffer.concat([neu, rest, NUL]);
  throw new BuildcacheError('unsupported', 'a string in a binary may be shared and cannot be shortened', {
    expected: `a prefix that ends like ${printable(byteString(old))} or is at least ${SUFFIX + 1} bytes shorter`,
    found: printable(byteString(neu)),
    hint: LONGER_HINT,
  });
}

const LONGER_HINT =
  'install below a shorter root (`buildcache preview SPEC` says how long it may be), or rebuild with config:install_tree:padded_length set';

const WINDOW = 1024 * 1024;
/** Edits that are written one by one, and edits that are kept at once. */
const FEW = 16;
const MANY = 4096;
const NUL = Buffer.from([0]);

function endOf(bytes: Buffer, length: number): Buffer {
  return bytes.subarray(Math.max(0, bytes.length - length));
}
