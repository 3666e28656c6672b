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
  /** The first prefix, in the map's order, that stands at this position. */
  matchAt(bytes: Buffer, at: number): Replacement | undefined;
  /**
   * A search through one buffer, to be asked for ascending positions.
   * @throws BuildcacheError `too-large` from a question on, where bytes are compared far more often than real files need
   */
  searcher(bytes: Buffer): (from: number) => Match | undefined;
}

/** `undefined` where nothing is to be replaced. Mappings of a prefix to itself do not count, as in Spack. */
export function prefixMatcher(map: RelocationMap): PrefixMatcher | undefined {
  const root: TrieNode = { label: NOTHING, next: new Map(), found: undefined };
  const replacements: Replacement[] = [];
  for (const [from, to] of map) {
    if (from === to) continue;
    const replacement = { old: bytesOf(byteStringOf(from)), new: bytesOf(byteStringOf(to)) };
    insert(root, { replacement, order: replacements.length });
    replacements.push(replacement);
  }
  if (replacements.length === 0) return undefined;
  const olds = replacements.map(({ old }) => old);
  const needles = sharedBeginnings(olds.map((old) => old.subarray(0, MAX_NEEDLE)));

  return {
    replacements,
    longest: Math.max(...olds.map((old) => old.length)),
    matchAt: (bytes, at) => lookUp(root, bytes, at, { left: 0 }),
    searcher(bytes) {
      const work: Work = { left: COMPARED_MOST * bytes.length + COMPARED_FREELY };
      // Where each needle stands next. A needle that is not in the buffer is so looked for only once.
      const ahead = needles.map(() => -1);
      return (from) => {
        for (let at = nearest(bytes, from); at < bytes.length; at = nearest(bytes, at + 1)) {
          const replacement = lookUp(root, bytes, at, work);
          if (work.left < 0) throw tooRepetitive();
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

function tooRepetitive(): BuildcacheError {
  return new BuildcacheError(
    'too-large',
    'it repeats what old paths begin with so often that relocation would not end',
    {
      expected: `each byte compared at most ${COMPARED_MOST} times`,
      hint: 'do not use this mirror before its owner has looked into it',
    },
  );
}

interface Candidate {
  readonly replacement: Replacement;
  readonly order: number;
}

/** Old prefixes as a tree of what they have in common. A package has dozens, and they differ late. */
interface TrieNode {
  /** The bytes that lead here from the node above. */
  readonly label: Buffer;
  /** By the first byte of their labels. */
  readonly next: Map<number, TrieNode>;
  found: Candidate | undefined;
}

function insert(root: TrieNode, candidate: Candidate): void {
  const { old } = candidate.replacement;
  let node = root;
  for (let rest = old; ; ) {
    const [first] = rest;
    if (first === undefined) break;
    const child = node.next.get(first);
    if (child === undefined) {
      node.next.set(first, { label: rest, next: new Map(), found: candidate });
      return;
    }
    const common = shared(child.label, rest);
    rest = rest.subarray(common);
    node = common === child.label.length ? child : split(node, child, common);
  }
  node.found ??= candidate;
}

/** Puts a node between two others. */
function split(parent: TrieNode, child: TrieNode, length: number): TrieNode {
  const label = child.label.subarray(0, length);
  const lower = { ...child, label: child.label.subarray(length) };
  const between: TrieNode = { label, next: new Map(), found: undefined };
  between.next.set(lower.label[0] ?? 0, lower);
  parent.next.set(label[0] ?? 0, between);
  return between;
}

function lookUp(root: TrieNode, bytes: Buffer, start: number, work: Work): Replacement | undefined {
  let best: Candidate | undefined;
  let at = start;
  for (let node: TrieNode | undefined = root; node !== undefined; ) {
    const { found, next }: TrieNode = node;
    if (found !== undefined && (best === undefined || found.order < best.order)) best = found;
    const child: TrieNode | undefined = next.get(bytes[at] ?? -1);
    const label: Buffer = child?.label ?? NOTHING;
    let same = 0;
    while (same < label.length && bytes[at + same] === label[same]) same++;
    at += same;
    node = same === label.length ? child : undefined;
  }
  work.left -= at + 1 - start;
  return best?.replacement;
}

const NOTHING = Buffer.alloc(0);

/** Each needle is one pass over the bytes. More passes than this cost more than checking candidates in vain. */
const MAX_NEEDLES = 3;
/** A needle as short as `/usr/` would stand everywhere. */
const MIN_NEEDLE = 6;
/** The platform's search may compare every byte of a needle at each place. Real prefixes stand apart by then. */
const MAX_NEEDLE = 64;

/** Beginnings such that each of these starts with one of them and none with two. */
function sharedBeginnings(olds: readonly Buffer[]): Buffer[] {
  const needles: Buffer[] = [];
  for (const old of [...olds].sort(Buffer.compare)) {
    const last = needles.at(-1);
    if (last === undefined || shared(last, old) < last.length) needles.push(old);
  }
  // Sorted, so those with the most in common are neighbours.
  while (needles.length > MAX_NEEDLES) {
    const common = needles.slice(1).map((needle, i) => shared(needles[i] ?? needle, needle));
    const most = Math.max(...common);
    if (most < MIN_NEEDLE) break;
    const at = common.indexOf(most);
    needles.splice(at, 2, (needles[at] ?? Buffer.alloc(0)).subarray(0, most));
  }
  return needles;
}

/** How many bytes two buffers begin with alike. */
function shared(a: Buffer, b: Buffer): number {
  const end = Math.min(a.length, b.length);
  let length = 0;
  while (length < end && a[length] === b[length]) length++;
  return length;
}
