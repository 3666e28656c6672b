/**
 * Finds old prefixes in bytes: what Spack's alternation `P1|P2|…` matches, without a regular expression's cost per
 * byte. The platform's own search looks for the few beginnings that the prefixes share (nearly always just the store
 * root). Only where it finds one are the prefixes themselves compared.
 */
import { BuildcacheError } from '../core/errors.ts';
import { byteStringOf, bytesOf } from './byte-string.ts';
import type { RelocationMap } from './relocate-map.ts';

export interface Replacement {
  readonly old: Buffer;
  readonly new: Buffer;
}

export interface Match {
  readonly at: number;
  readonly replacement: Replacement;
}

export interface PrefixMatcher {
  /** In the order in which they are tried. */
  readonly replacements: readonly Replacement[];
  /** Bytes of the longest old prefix. */
  readonly longest: number;
  /**
   * The first prefix, in the map's order, that stands at this position.
   * @throws BuildcacheError `too-large` as {@link spend}
   */
  matchAt(bytes: Buffer, at: number): Replacement | undefined;
  /** The longest prefix that stands at this position. @throws as `matchAt` */
  longestAt(bytes: Buffer, at: number): Replacement | undefined;
  /**
   * Counts work that is done beside the search: as much as comparing so many bytes.
   * @throws BuildcacheError `too-large` where all of the package takes far more work than real ones do
   */
  spend(bytes: number): void;
  /**
   * A search through one buffer, to be asked for ascending positions.
   * @throws BuildcacheError `too-large` from a question on, where this buffer, or all that were searched, take far more
   *   work than real files do
   */
  searcher(bytes: Buffer): (from: number) => Match | undefined;
}

/**
 * `undefined` where nothing is to be replaced. Mappings of a prefix to itself do not count, as in Spack.
 * @param freely the work that all searches may take together, beside what is free for each byte
 */
export function prefixMatcher(map: RelocationMap, freely = FREELY_IN_ALL): PrefixMatcher | undefined {
  const root: Node = { label: Buffer.alloc(0), next: new Map(), found: undefined };
  const replacements: Replacement[] = [];
  let longest = 0;
  for (const [from, to] of map) {
    if (from === to) continue;
    const replacement = { old: bytesOf(byteStringOf(from)), new: bytesOf(byteStringOf(to)) };
    insert(root, { replacement, order: replacements.length });
    replacements.push(replacement);
    longest = Math.max(longest, replacement.old.length);
  }
  if (replacements.length === 0) return undefined;
  const needles = sharedBeginnings(replacements.map(({ old }) => old.subarray(0, MAX_NEEDLE)));
  const inAll: Work = { left: freely };
  const spend = (bytes: number) => {
    inAll.left -= bytes;
    if (inAll.left < 0) throw tooRepetitive();
  };
  const lookOnce = (bytes: Buffer, at: number, isLongest: boolean) => {
    const work: Work = { left: 0 };
    const replacement = lookUp(root, bytes, at, work, isLongest);
    spend((replacement === undefined ? LOOK_COST : MATCH_COST) - work.left);
    return replacement;
  };

  return {
    replacements,
    longest,
    matchAt: (bytes, at) => lookOnce(bytes, at, false),
    longestAt: (bytes, at) => lookOnce(bytes, at, true),
    spend,
    searcher(bytes) {
      const work: Work = { left: COMPARED_MOST * bytes.length + COMPARED_FREELY };
      inAll.left += bytes.length;
      // Where each needle stands next. A needle that is not in the buffer is so looked for only once.
      const ahead = needles.map(() => -1);
      return (from) => {
        for (let at = nearest(bytes, from); at < bytes.length; at = nearest(bytes, at + 1)) {
          const before = work.left;
          const replacement = lookUp(root, bytes, at, work);
          inAll.left -= before - work.left + (replacement === undefined ? LOOK_COST : MATCH_COST);
          if (work.left < 0 || inAll.left < 0) throw tooRepetitive();
          if (replacement !== undefined) return { at, replacement };
        }
        return undefined;
      };

      function nearest(buffer: Buffer, from: number): number {
        let first = buffer.length;
        for (const [i, needle] of needles.entries()) {
          let at = ahead[i] ?? -1;
          if (at < from) {
            at = buffer.indexOf(needle, from);
            if (at === -1) at = buffer.length;
            ahead[i] = at;
          }
          if (at < first) first = at;
        }
        return first;
      }
    },
  };
}

/** Bytes that a search may still compare. */
interface Work {
  left: number;
}

/**
 * How often each byte of a file may be compared. The old prefixes are the package's own: `/a/a/a…` four thousand bytes
 * long, in a file that says the same, would be compared from each slash on, and a tarball of kilobytes would take hours.
 * In real files once is enough. A padded root repeats itself, but not more often than this.
 */
const COMPARED_MOST = 32;
/** So that small files need not be counted so strictly. */
const COMPARED_FREELY = 256 * 1024;

/**
 * The same for all files of a package, where a byte more is free for each byte that is searched: a tarball of megabytes
 * may have gigabytes. A place where a prefix could stand costs as much as so many bytes, and one where it is replaced
 * costs more. That leaves room for ten million paths in a package, and more in a large one.
 */
const FREELY_IN_ALL = 4 * 1024 ** 3;
const LOOK_COST = 128;
const MATCH_COST = 256;

function tooRepetitive(): BuildcacheError {
  return new BuildcacheError(
    'too-large',
    'it repeats old paths, or what they begin with, so often that relocation would not end',
    {
      expected: `each byte compared at most ${COMPARED_MOST} times, and far less often in most files`,
      hint: 'do not use this mirror before its owner has looked into it',
    },
  );
}

interface Candidate {
  readonly replacement: Replacement;
  readonly order: number;
}

/**
 * Of a tree in which what prefixes begin with alike is there once. A node is made where two of them part, and not for
 * each byte: a hostile package has thousands of prefixes of thousands of bytes.
 */
interface Node {
  /** The bytes that lead to it from the node above. */
  label: Buffer;
  next: Map<number, Node>;
  found: Candidate | undefined;
}

function insert(root: Node, candidate: Candidate): void {
  const { old } = candidate.replacement;
  let node = root;
  let at = 0;
  while (at < old.length) {
    const first = old[at] ?? 0;
    const child = node.next.get(first);
    const rest = old.subarray(at);
    if (child === undefined) {
      node.next.set(first, { label: rest, next: new Map(), found: candidate });
      return;
    }
    const length = shared(child.label, rest);
    at += length;
    if (length < child.label.length) {
      const below = { ...child, label: child.label.subarray(length) };
      child.next = new Map([[below.label[0] ?? 0, below]]);
      child.label = child.label.subarray(0, length);
      child.found = undefined;
    }
    node = child;
  }
  node.found ??= candidate;
}

function lookUp(
  root: Node,
  bytes: Buffer,
  start: number,
  work: Work,
  isLongest = false,
): Replacement | undefined {
  let best: Candidate | undefined;
  let node: Node | undefined = root;
  let at = start;
  while (node !== undefined) {
    const { label, found } = node;
    let matched = 0;
    while (matched < label.length && label[matched] === bytes[at + matched]) matched++;
    at += matched;
    if (matched < label.length) break;
    if (found !== undefined && (isLongest || best === undefined || found.order < best.order)) best = found;
    const byte = bytes[at];
    node = byte === undefined ? undefined : node.next.get(byte);
  }
  work.left -= at + 1 - start;
  return best?.replacement;
}

/** Each needle is one pass over the bytes. More passes than this cost more than checking candidates in vain. */
const MAX_NEEDLES = 3;
/** A needle as short as `/usr/` would stand everywhere, so a few more are better. */
const MIN_NEEDLE = 6;
const MOST_NEEDLES = 8;
/** The platform's search may compare every byte of a needle at each place. Real prefixes stand apart by then. */
const MAX_NEEDLE = 64;

/** Beginnings such that each of these starts with one of them and none with two. */
function sharedBeginnings(olds: readonly Buffer[]): Buffer[] {
  const needles: Buffer[] = [];
  for (const old of [...olds].sort(Buffer.compare)) {
    const last = needles.at(-1);
    if (last === undefined || shared(last, old) < last.length) needles.push(old);
  }
  // Sorted, so those with the most in common are neighbours. Groups are parted where neighbours have the least.
  const common = needles.map((needle, i) => shared(needles[i - 1] ?? Buffer.alloc(0), needle));
  const seams = [...common.keys()].slice(1).sort((a, b) => (common[a] ?? 0) - (common[b] ?? 0));
  const isParted = new Set(
    seams.filter((i, rank) => rank + 1 < ((common[i] ?? 0) < MIN_NEEDLE ? MOST_NEEDLES : MAX_NEEDLES)),
  );
  const groups: Buffer[] = [];
  for (const [i, needle] of needles.entries()) {
    const group = i === 0 || isParted.has(i) ? undefined : groups.pop();
    groups.push(group === undefined ? needle : group.subarray(0, Math.min(group.length, common[i] ?? 0)));
  }
  return groups;
}

/** How many bytes two buffers begin with alike. */
function shared(a: Buffer, b: Buffer): number {
  const end = Math.min(a.length, b.length);
  let length = 0;
  while (length < end && a[length] === b[length]) length++;
  return length;
}
