/**
 * The fewest edits to YAML text after which a pair has another value. What does not differ keeps its lines, quotes,
 * comments and braces. Every answer is undefined where that cannot be done in place (aliases, merges, block scalars).
 * The caller checks that the result says what it should.
 */
import type { Pair, Scalar, YAMLMap } from 'yaml';
import { withoutMark } from '../environment/merge-sections.ts';
import { FOR_SPACK } from '../environment/yaml-text.ts';
import { indentAt, lineEnd, linesOf, rangeOf, startOf } from './splice-yaml.ts';

type Yaml = typeof import('yaml');

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** @param edits that do not overlap, in any order; of those at one place the first comes first */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits.map((edit, i) => ({ ...edit, i })).sort((a, b) => b.start - a.start || b.i - a.i);
  let result = text;
  for (const { start, end, text: replacement } of ordered) {
    result = result.slice(0, start) + replacement + result.slice(end);
  }
  return result;
}

/** Makes edits to the pairs of one document. */
export class Reconciler {
  readonly #yaml: Yaml;
  readonly #text: string;
  /** As the rest of the file ends its lines. */
  readonly #eol: string;

  constructor(yaml: Yaml, text: string) {
    this.#yaml = yaml;
    this.#text = text;
    this.#eol = eolOf(text);
  }

  /** @param wanted the pair's value as plain data */
  pair(pair: Pair, wanted: unknown, isInFlow: boolean): readonly Edit[] | undefined {
    const { isMap, isScalar } = this.#yaml;
    const node: unknown = pair.value;
    if (isMap(node) && isRecord(wanted)) return this.#map(node, wanted, pair);
    if (!isScalar(node) || typeof node.type !== 'string' || node.type.startsWith('BLOCK')) return undefined;
    if (node.value === wanted) return [];
    const range = rangeOf(node);
    if (range === undefined) return undefined;
    if (!isRecord(wanted)) {
      return [{ ...range, text: this.#scalar(wanted, isInFlow, node.type) }];
    }
    return this.#wrapped(pair, node, range, wanted, isInFlow);
  }

  /** Takes a pair out with its comma, or with its lines. */
  remove(map: YAMLMap, pair: Pair): readonly Edit[] | undefined {
    if (map.flow !== true) {
      const lines = linesOf(this.#text, pair);
      return lines && [{ start: lines.start, end: lines.end, text: '' }];
    }
    const start = startOf(pair);
    const end = rangeOf(pair.value)?.end ?? rangeOf(pair.key)?.end;
    if (start === undefined || end === undefined) return undefined;
    const after = /^[ \t]*,[ \t]*/.exec(this.#text.slice(end))?.[0] ?? '';
    const line = this.#text.lastIndexOf('\n', start - 1) + 1;
    const rest = this.#text.slice(end + after.length, lineEnd(this.#text, end));
    const isLineOfItsOwn = indentAt(this.#text, start) !== undefined && /^\s*(#.*)?$/.test(rest);
    if (isLineOfItsOwn) return [{ start: line, end: lineEnd(this.#text, end), text: '' }];
    if (after !== '') return [{ start, end: end + after.length, text: '' }];
    const before = /,\s*$/.exec(this.#text.slice(0, start))?.[0] ?? '';
    return [{ start: start - before.length, end, text: '' }];
  }

  /** `name: value` before the first of a map in braces. */
  insertFirst(map: YAMLMap, name: string, value: unknown): readonly Edit[] | undefined {
    const range = rangeOf(map);
    if (range === undefined || this.#text[range.start] !== '{') return undefined;
    const at = range.start + 1;
    const [separator, space] =
      map.items.length === 0 ? ['', ''] : [', ', /^[ \t]*/.exec(this.#text.slice(at))?.[0]];
    const item = `${this.#scalar(name, true)}: ${this.#flow(value)}${separator}`;
    return [{ start: at + (space ?? '').length, end: at + (space ?? '').length, text: item }];
  }

  #map(map: YAMLMap, wanted: Readonly<Record<string, unknown>>, parent: Pair): readonly Edit[] | undefined {
    const isFlow = map.flow === true;
    const edits: Edit[] = [];
    const keys = Object.keys(wanted);
    const present = new Set(map.items.map(keyOf));
    if (present.has('<<')) return undefined;
    for (const [i, item] of map.items.entries()) {
      const key = keyOf(item);
      const instead = keys[i];
      if (!(key in wanted) && instead !== undefined && !present.has(instead)) {
        const replaced = this.#replaced(item, instead, wanted[instead], isFlow);
        if (replaced === undefined) return undefined;
        present.add(instead);
        edits.push(replaced);
        continue;
      }
      const isSame = key in wanted && JSON.stringify(plain(item.value)) === JSON.stringify(wanted[key]);
      if (isSame) continue;
      const own = key in wanted ? this.pair(item, wanted[key], isFlow) : this.remove(map, item);
      if (own === undefined) return undefined;
      edits.push(...own);
    }
    const added = Object.entries(wanted).filter(([key]) => !present.has(key));
    const last = map.items.at(-1);
    if (added.length === 0) return edits;
    if (last === undefined) return undefined;
    if (isFlow) {
      const end = rangeOf(last.value)?.end;
      if (end === undefined) return undefined;
      const items = added.map(([key, value]) => `, ${this.#scalar(key, true)}: ${this.#flow(value)}`);
      return [...edits, { start: end, end, text: items.join('') }];
    }
    const lines = linesOf(this.#text, last);
    if (lines === undefined) return undefined;
    return [
      ...edits,
      {
        start: lines.end,
        end: lines.end,
        text: this.#lines(added, lines.indent, this.#step(parent, lines.indent), lines.end),
      },
    ];
  }

  /** One scalar in the place of another, with another key. */
  #replaced(item: Pair, key: string, value: unknown, isInFlow: boolean): Edit | undefined {
    const start = startOf(item);
    const range = rangeOf(item.value);
    if (start === undefined || range === undefined || isRecord(value) || !this.#yaml.isScalar(item.value))
      return undefined;
    const type = item.value.type ?? undefined;
    const text = `${this.#scalar(key, isInFlow)}: ${this.#scalar(value, isInFlow, type)}`;
    return { start, end: range.end, text };
  }

  /** Makes a map of a scalar. A URL that stays keeps its place, with the comment behind it. */
  #wrapped(
    pair: Pair,
    node: Scalar,
    range: { readonly start: number; readonly end: number },
    wanted: Readonly<Record<string, unknown>>,
    isInFlow: boolean,
  ): readonly Edit[] | undefined {
    const { url, ...rest } = wanted;
    if (typeof url !== 'string') return undefined;
    const written = url === node.value ? this.#text.slice(range.start, range.end) : undefined;
    if (isInFlow) {
      const first = `url: ${written ?? this.#scalar(url, true)}`;
      const others = Object.entries(rest).map(
        ([key, value]) => `, ${this.#scalar(key, true)}: ${this.#flow(value)}`,
      );
      return [{ ...range, text: `{${first}${others.join('')}}` }];
    }
    const keyEnd = rangeOf(pair.key)?.end;
    const key = startOf(pair);
    const indent = key === undefined ? undefined : indentAt(this.#text, key);
    if (keyEnd === undefined || indent === undefined) return undefined;
    const between = this.#text.slice(keyEnd, range.start);
    const [, colon] = /^([ \t]*:)[ \t]+$/.exec(between) ?? [];
    if (colon === undefined) return undefined;
    const inner = `${indent}  `;
    const end = lineEnd(this.#text, range.end);
    return [
      {
        start: keyEnd + colon.length,
        end: range.end,
        text: `${this.#eol}${inner}url: ${written ?? this.#scalar(url, false, node.type)}`,
      },
      { start: end, end, text: this.#lines(Object.entries(rest), inner, '  ', end) },
    ];
  }

  /** @param at where the lines go. The text before it may lack its line break */
  #lines(entries: readonly (readonly [string, unknown])[], indent: string, step: string, at: number): string {
    const { stringify } = this.#yaml;
    const block = stringify(Object.fromEntries(entries), {
      ...FOR_SPACK,
      lineWidth: 0,
      indentSeq: false,
      indent: step.length || 2,
    });
    const text = block.replace(/^(?=.)/gm, indent).replaceAll('\n', this.#eol);
    const isOpen = at > 0 && this.#text[at - 1] !== '\n';
    return isOpen ? this.#eol + text.slice(0, -this.#eol.length) : text;
  }

  /** How far the content of a pair is indented, relative to the pair. */
  #step(parent: Pair, indent: string): string {
    const start = startOf(parent);
    const outer = start === undefined ? undefined : indentAt(this.#text, start);
    return outer === undefined ? '  ' : indent.slice(outer.length);
  }

  #scalar(value: unknown, isInFlow: boolean, type?: Scalar['type']): string {
    const scalar = new this.#yaml.Scalar(value);
    if (type !== undefined && type !== null && typeof value === 'string') scalar.type = type;
    return isInFlow
      ? this.#inList(scalar)
      : this.#yaml.stringify(scalar, { ...FOR_SPACK, lineWidth: 0 }).trimEnd();
  }

  #flow(value: unknown): string {
    return this.#inList(value);
  }

  /** As it is written between braces, where a comma ends it. */
  #inList(value: unknown): string {
    const style = { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 } as const;
    return this.#yaml
      .stringify([value], { ...FOR_SPACK, ...style })
      .trim()
      .slice(1, -1);
  }
}

/** How a file ends its lines. */
export function eolOf(text: string): '\n' | '\r\n' {
  return /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
}

/** Without Spack's override mark: `name::`. */
export function keyOf(pair: Pair): string {
  const key = (pair.key as { readonly value?: unknown } | null)?.value ?? pair.key;
  return withoutMark(String(key));
}

function plain(node: unknown): unknown {
  const { toJSON } = (node ?? {}) as { toJSON?: () => unknown };
  return toJSON === undefined ? node : toJSON.call(node);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
