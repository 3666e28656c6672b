/**
 * Changes one pair of a block map in YAML text and no other line. Writing a parsed document out again keeps comments,
 * but not how people have lined things up. All answers are undefined where the text is not written in blocks. The
 * caller checks that the result says what it should.
 */
import type { Pair, YAMLMap } from 'yaml';

/**
 * Puts a pair before the others, and before the comments about the first of them.
 * @param line the pair whose value the map is; undefined for a map that is the whole document
 * @param block the pair's own text at no indent, ending in a line break
 */
export function spliceFirst(
  text: string,
  map: YAMLMap,
  line: Pair | undefined,
  block: string,
): string | undefined {
  const [first] = map.items;
  const start = first && startOf(first);
  const indent = start === undefined ? undefined : indentAt(text, start);
  if (start === undefined || indent === undefined) return undefined;
  const heading = line && startOf(line);
  const at = heading === undefined ? start - indent.length : lineEnd(text, heading);
  return text.slice(0, at) + indented(block, indent) + text.slice(at);
}

export function spliceReplace(text: string, pair: Pair, block: string): string | undefined {
  const range = linesOf(text, pair);
  if (range === undefined) return undefined;
  return text.slice(0, range.start) + indented(block, range.indent) + text.slice(range.end);
}

/** Puts a pair into a map that is empty so far: `name:` or `name: {}`. */
export function spliceInto(text: string, parent: Pair, step: string, block: string): string | undefined {
  const start = startOf(parent);
  const indent = start === undefined ? undefined : indentAt(text, start);
  if (start === undefined || indent === undefined) return undefined;
  const end = lineEnd(text, start);
  const line = text.slice(start, end).replace(/:[ \t]*\{[ \t]*\}/, ':');
  return `${text.slice(0, start)}${line.replace(/\n?$/, '\n')}${indented(block, indent + step)}${text.slice(end)}`;
}

/** Puts a pair after the last of a map. */
export function spliceLast(text: string, map: YAMLMap, block: string): string | undefined {
  const last = map.items.at(-1);
  const range = last && linesOf(text, last);
  if (range === undefined) return undefined;
  const before = text.slice(0, range.end);
  return `${before.replace(/\n?$/, '\n')}${indented(block, range.indent)}${text.slice(range.end)}`;
}

/** The lines of a pair, from the beginning of the first to the end of the last. */
export function linesOf(
  text: string,
  pair: Pair,
): { readonly start: number; readonly end: number; readonly indent: string } | undefined {
  const key = startOf(pair);
  const indent = key === undefined ? undefined : indentAt(text, key);
  if (key === undefined || indent === undefined) return undefined;
  // The value ends at its last character. Blank lines and comments after it belong to what follows.
  const content = text.slice(key, rangeOf(pair.value)?.end ?? key).trimEnd().length;
  return { start: key - indent.length, end: lineEnd(text, key + content), indent };
}

export function startOf(pair: Pair): number | undefined {
  return rangeOf(pair.key)?.start;
}

/** The range of a node's own characters, without what follows them. */
export function rangeOf(node: unknown): { readonly start: number; readonly end: number } | undefined {
  const [start, end] = (node as { readonly range?: readonly number[] | null } | null)?.range ?? [];
  return start === undefined || end === undefined ? undefined : { start, end };
}

/** The spaces before a place in its line; undefined when there is something else. */
export function indentAt(text: string, at: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^ *$/.test(line) ? line : undefined;
}

/** The place behind the line break. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

function indented(block: string, indent: string): string {
  return block.replace(/^(?=.)/gm, indent);
}
