/**
 * Does any of these prefixes occur in this file? Answers as Spack's regular expression for text relocation
 * does, `(?<![\w\-_/])([\w\-_]*?)(P1|P2…)([\w\-_/]*)` on bytes with ASCII `\w`, but over chunks, so that a file
 * is never held in memory. What is searched is attacker-controlled; time is linear in it.
 *
 * A match exists exactly where some prefix occurs and the run of `[\w-]` before it does not follow a `/`. Whether that
 * is so depends only on where the prefix starts. A prefix that extends another one therefore need not be looked for.
 */
export interface PrefixScanner {
  /** Whether a symlink's target starts with one of the prefixes: what makes Spack relocate it. */
  startsWithPrefix(target: Buffer): boolean;
  /** A search of one file. */
  scan(): PrefixScan;
}

export interface PrefixScan {
  /** Takes the next chunk, which is not kept; true once a prefix has been found. */
  push(chunk: Buffer): boolean;
}

/** @param prefixes absolute paths, in any order */
export function prefixScanner(prefixes: Iterable<string>): PrefixScanner {
  const needles = shortest(
    [...prefixes].filter((prefix) => prefix !== '').map((prefix) => Buffer.from(prefix)),
  );
  return {
    startsWithPrefix: (target) => needles.some((needle) => startsWith(target, needle)),
    scan: () => scan(needles),
  };
}

const SLASH = 0x2f;
const WORD = wordBytes();
const NOTHING = Buffer.alloc(0);

function scan(needles: readonly Buffer[]): PrefixScan {
  // A prefix may begin in one chunk and end in the next: the last bytes that could begin one are kept.
  const keep = Math.max(0, ...needles.map((needle) => needle.length - 1));
  let tail: Buffer = NOTHING;
  let tailFollowsSlash = false;
  let found = false;
  return {
    push(chunk) {
      if (found || chunk.length === 0) return found;
      const chunkFollowsSlash = followsSlash(tail, tail.length, tailFollowsSlash);
      const seam = tail.length === 0 ? NOTHING : Buffer.concat([tail, chunk.subarray(0, keep)]);
      found =
        occurs(needles, seam, tail.length, tailFollowsSlash) ||
        occurs(needles, chunk, chunk.length, chunkFollowsSlash);
      const rest = chunk.length < keep ? Buffer.concat([tail, chunk]) : chunk;
      const cut = Math.max(0, rest.length - keep);
      tailFollowsSlash = followsSlash(rest, cut, rest === chunk ? chunkFollowsSlash : tailFollowsSlash);
      tail = Buffer.from(rest.subarray(cut));
      return found;
    },
  };
}

/** Whether some needle starts before `end` at a place where the pattern allows it. */
function occurs(needles: readonly Buffer[], bytes: Buffer, end: number, startFollowsSlash: boolean): boolean {
  for (const needle of needles) {
    let at = bytes.indexOf(needle);
    while (at !== -1 && at < end) {
      if (!followsSlash(bytes, at, startFollowsSlash)) return true;
      at = bytes.indexOf(needle, at + 1);
    }
  }
  return false;
}

/** Whether the run of `[\w-]` that ends before `position` comes after a `/`; `start` says so of the first byte. */
function followsSlash(bytes: Buffer, position: number, start: boolean): boolean {
  let at = position - 1;
  while (at >= 0 && WORD[bytes[at] ?? 0] === 1) at--;
  return at < 0 ? start : bytes[at] === SLASH;
}

/** Without those that start with another one. */
function shortest(prefixes: readonly Buffer[]): Buffer[] {
  const kept: Buffer[] = [];
  for (const prefix of prefixes.toSorted((a, b) => a.length - b.length)) {
    if (!kept.some((other) => startsWith(prefix, other))) kept.push(prefix);
  }
  return kept;
}

function startsWith(bytes: Buffer, start: Buffer): boolean {
  return bytes.length >= start.length && bytes.compare(start, 0, start.length, 0, start.length) === 0;
}

function wordBytes(): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-') {
    table[character.charCodeAt(0)] = 1;
  }
  return table;
}
