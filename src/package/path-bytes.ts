/**
 * File names as the bytes they are on disk, and as the text Spack makes of them. Python decodes a name as UTF-8
 * and maps every byte that is not part of a valid sequence to the lone surrogate U+DC00 + byte
 * (PEP 383, "surrogateescape"); sorting, tar headers and the build info all see that text.
 * Names come from an install prefix and may hold anything but NUL and `/`.
 */
import { isUtf8 } from 'node:buffer';

/** The text of a name: UTF-8, with U+DC80 to U+DCFF standing for bytes that are not. */
export function decodePath(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at] ?? 0);
    const sequence = bytes.subarray(at, at + length);
    if (length > 0 && sequence.length === length && isUtf8(sequence)) {
      text += sequence.toString('utf8');
      at += length;
    } else {
      text += String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
      at += 1;
    }
  }
  return text;
}

/** Sorts names, in place, by the code points of their text: Python's order of strings. */
export function sortByName<T extends { readonly name: Buffer }>(entries: T[]): T[] {
  // The order of valid UTF-8 is the order of its code points; only escaped bytes sort elsewhere.
  if (entries.every((entry) => isUtf8(entry.name))) {
    return entries.sort((a, b) => Buffer.compare(a.name, b.name));
  }
  const keys = new Map(entries.map((entry) => [entry, codePoints(entry.name)]));
  return entries.sort((a, b) => compareCodePoints(keys.get(a) ?? [], keys.get(b) ?? []));
}

/** `parent/name`, or either alone where the other is the empty path. */
export function joinPath(parent: Buffer, name: Buffer): Buffer {
  if (parent.length === 0) return name;
  if (name.length === 0) return parent;
  const path = Buffer.allocUnsafe(parent.length + 1 + name.length);
  parent.copy(path);
  path[parent.length] = 0x2f;
  name.copy(path, parent.length + 1);
  return path;
}

/** How many bytes a UTF-8 sequence has that starts with this byte; 0 where no sequence starts with it. */
export function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

function codePoints(name: Buffer): number[] {
  return Array.from(decodePath(name), (character) => character.codePointAt(0) ?? 0);
}

function compareCodePoints(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
