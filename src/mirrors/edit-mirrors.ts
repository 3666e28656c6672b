/**
 * Changes to the mirrors of a `mirrors.yaml` or `spack.yaml`: text in, text out. Comments, order and everything that is
 * not about the mirror stay.
 */
import type { Alias, Document, Pair, YAMLMap } from 'yaml';
import { BuildcacheError } from '../core/errors.ts';
import { QUICK, yamlDocument } from '../environment/yaml-text.ts';
import { applyEdits, type Edit, eolOf, keyOf, Reconciler } from './reconcile-yaml.ts';
import { rangeOf, spliceFirst, spliceInto, spliceLast, spliceReplace } from './splice-yaml.ts';

/** What a mirror's configuration says; undefined is left as it is. In Spack's own words and order. */
export interface MirrorChanges {
  readonly url?: string | undefined;
  readonly access_pair?: AccessPair | undefined;
  readonly access_token_variable?: string | undefined;
  readonly profile?: string | undefined;
  readonly endpoint_url?: string | undefined;
  readonly view?: string | undefined;
  readonly binary?: boolean | undefined;
  readonly source?: boolean | undefined;
  readonly signed?: boolean | undefined;
  readonly autopush?: boolean | undefined;
}

export interface AccessPair {
  readonly id?: string | undefined;
  readonly id_variable?: string | undefined;
  readonly secret_variable?: string | undefined;
}

export type MirrorEdit =
  | { readonly kind: 'add'; readonly name: string; readonly changes: MirrorChanges }
  | {
      readonly kind: 'set';
      readonly name: string;
      readonly changes: MirrorChanges;
      /** Undefined: the keys of both directions. */
      readonly direction: 'fetch' | 'push' | undefined;
    }
  | { readonly kind: 'remove'; readonly name: string };

/**
 * @param text of the file; empty for one that is not there yet
 * @param isEnvironment a `spack.yaml`, whose mirrors stand under `spack:`
 * @returns the new text, the same where there is nothing to change
 * @throws BuildcacheError `bad-input` for what is no such file; `usage` for a mirror that is there already or is not,
 *   and for half an access pair
 */
export async function editMirrors(
  text: string,
  file: string,
  isEnvironment: boolean,
  edit: MirrorEdit,
): Promise<string> {
  const yaml = await import('yaml');
  const parse = (source: string) => yaml.parseDocument(source, QUICK);
  const document = await yamlDocument(text, file);
  const editor = new Editor(document, yaml.isMap, file);
  const section = editor.section(isEnvironment, edit.kind === 'add');
  if (!editor.apply(section, edit)) return text;
  const blockOf = (pair: Pair) => {
    const alone = new yaml.Document({});
    const { key, value } = pair.clone();
    const node = key as { commentBefore?: string | null; spaceBefore?: boolean };
    // What stands before it in the text stays there, and is no part of the edit.
    if (yaml.isScalar(key)) Object.assign(node, { commentBefore: undefined, spaceBefore: false });
    if (yaml.isMap(value)) value.comment = null;
    (alone.contents as unknown as YAMLMap).items.push(new yaml.Pair(key, value));
    return alone.toString({ lineWidth: 0, indentSeq: false });
  };
  const whole = () => printed(document, file).replaceAll('\n', eolOf(text));
  const before = new Editor(parse(text), yaml.isMap, file);
  const wanted = section?.items.find((each) => keyOf(each) === edit.name)?.value;
  const spliced = spliceEdit(text, before, isEnvironment, edit, {
    reconciler: new Reconciler(yaml, text),
    wanted: yaml.isNode(wanted) ? wanted.toJS(document) : wanted,
    block: () => {
      const pair = section?.items.find((each) => keyOf(each) === edit.name);
      if (pair === undefined) return '';
      try {
        return blockOf(pair);
      } catch {
        // It is an alias of an anchor elsewhere. Then the whole document is written out.
        return undefined;
      }
    },
  });
  const data = (value: unknown) => JSON.stringify(value ?? {});
  for (const candidate of spliced) {
    const result = candidate();
    if (result === undefined) continue;
    const parsed = parse(result);
    if (parsed.errors.length === 0 && data(parsed.toJS()) === data(document.toJS())) return result;
  }
  return whole();
}

/** @throws BuildcacheError `bad-input` where something refers to an anchor that the edit has removed */
function printed(document: Document, file: string): string {
  try {
    return document.toString({ lineWidth: 0, indentSeq: false });
  } catch {
    throw new BuildcacheError(
      'bad-input',
      'what would be changed has an anchor that something else refers to',
      {
        file,
        hint: 'write out in the file what the alias stands for, then try again',
      },
    );
  }
}

/**
 * Makes the same edit only on the lines it is about, in several ways to try one after another. Each may give nothing.
 */
function spliceEdit(
  text: string,
  editor: Editor,
  isEnvironment: boolean,
  edit: MirrorEdit,
  {
    reconciler,
    wanted,
    block,
  }: {
    readonly reconciler: Reconciler;
    /** The mirror's value after the edit. */
    readonly wanted: unknown;
    readonly block: () => string | undefined;
  },
): (() => string | undefined)[] {
  const { map, line, parent } = editor.place(isEnvironment);
  const pair = map?.items.find((each) => keyOf(each) === edit.name);
  const edited = (edits: readonly Edit[] | undefined) => edits && applyEdits(text, edits);
  const withBlock = (use: (lines: string) => string | undefined) => () => {
    const lines = block();
    return lines === undefined ? undefined : use(lines.replaceAll('\n', eolOf(text)));
  };
  switch (edit.kind) {
    case 'add':
      if (map !== undefined && map.items.length > 0) {
        if (map.flow === true) return [() => edited(reconciler.insertFirst(map, edit.name, wanted))];
        return [withBlock((lines) => spliceFirst(text, map, line, lines))];
      }
      if (line !== undefined) return [withBlock((lines) => spliceInto(text, line, '  ', lines))];
      return [
        withBlock(
          (lines) =>
            parent && spliceLast(text, parent, `mirrors:${eolOf(text)}${lines.replace(/^(?=.)/gm, '  ')}`),
        ),
      ];
    case 'set':
      if (map === undefined || pair === undefined) return [];
      return [
        () => edited(reconciler.pair(pair, wanted, map.flow === true)),
        withBlock((lines) => spliceReplace(text, pair, lines)),
      ];
    case 'remove': {
      if (map === undefined || pair === undefined) return [];
      // Spack wants a map under "mirrors:", be it empty.
      const emptied =
        map.items.length === 1 && map.flow !== true && line !== undefined ? emptyMapAt(text, line) : [];
      return [
        () => {
          const removed = reconciler.remove(map, pair);
          return removed && emptied && edited([...emptied, ...removed]);
        },
      ];
    }
  }
}

/** Writes `{}` behind the colon of a line that has nothing else there. */
function emptyMapAt(text: string, line: Pair): Edit[] | undefined {
  const end = rangeOf(line.key)?.end;
  const colon = end === undefined ? -1 : text.indexOf(':', end);
  return colon < 0 ? undefined : [{ start: colon + 1, end: colon + 1, text: ' {}' }];
}

/** Keys of one direction; the others are about the whole mirror. */
const CONNECTION: readonly string[] = [
  'url',
  'access_pair',
  'access_token_variable',
  'profile',
  'endpoint_url',
  'view',
];

class Editor {
  readonly #document: Document;
  readonly #isMap: (node: unknown) => node is YAMLMap;
  readonly #file: string;

  constructor(document: Document, isMap: (node: unknown) => node is YAMLMap, file: string) {
    this.#document = document;
    this.#isMap = isMap;
    this.#file = file;
  }

  /** The map of mirrors, made if need be and wanted. */
  section(isEnvironment: boolean, create: boolean): YAMLMap | undefined {
    const top = this.#document.contents as unknown;
    if (isEnvironment) {
      const spack = this.#isMap(top) ? top.get('spack', true) : undefined;
      if (!this.#isMap(spack)) throw this.#malformed('a map under "spack:"');
      return this.#child(spack, 'mirrors', create);
    }
    if (top === null || top === undefined) {
      if (!create) return undefined;
      const made = this.#document.createNode({}) as YAMLMap;
      // A file of comments alone keeps them.
      this.#document.contents = made as unknown as Document['contents'];
      return this.#child(made, 'mirrors', true);
    }
    if (!this.#isMap(top)) throw this.#malformed('a map under "mirrors:"');
    // The line "mirrors:" may be missing, as in every file that mirrors are read from.
    const hasLine = top.items.some((pair) => keyOf(pair) === 'mirrors');
    return hasLine || top.items.length === 0 ? this.#child(top, 'mirrors', create) : top;
  }

  /** Where the mirrors stand: their map, the line it is under, and the map that line is in. */
  place(isEnvironment: boolean): {
    readonly map: YAMLMap | undefined;
    readonly line: Pair | undefined;
    readonly parent: YAMLMap | undefined;
  } {
    const top = this.#document.contents as unknown;
    const above = isEnvironment && this.#isMap(top) ? top.get('spack', true) : top;
    const parent = this.#isMap(above) ? above : undefined;
    const line = parent?.items.find((pair) => keyOf(pair) === 'mirrors');
    if (!isEnvironment && line === undefined) return { map: parent, line, parent };
    return { map: this.#isMap(line?.value) ? line.value : undefined, line, parent };
  }

  /** @returns whether anything was changed */
  apply(section: YAMLMap | undefined, edit: MirrorEdit): boolean {
    const { name } = edit;
    const at = section?.items.findIndex((pair) => keyOf(pair) === name) ?? -1;
    if (edit.kind === 'add') {
      if (at >= 0) {
        throw new BuildcacheError('usage', `there is a mirror named "${name}" already`, {
          file: this.#file,
          hint: 'change it with `mirror set`',
        });
      }
      const { url, ...rest } = withoutUndefined(edit.changes);
      const value = Object.keys(rest).length === 0 ? url : { url, ...this.#whole(rest, undefined) };
      // The first mirror is asked first, and the one that was added last is meant most.
      section?.items.unshift(this.#document.createPair(name, value) as Pair);
      return true;
    }
    const pair = section?.items[at];
    if (section === undefined || pair === undefined) {
      const names = section?.items.map(keyOf) ?? [];
      throw new BuildcacheError('usage', `there is no mirror named "${name}"`, {
        file: this.#file,
        found: names.length === 0 ? 'none' : names.join(', '),
      });
    }
    if (edit.kind === 'set') return this.#set(pair, edit.changes, edit.direction);
    section.items.splice(at, 1);
    return true;
  }

  #set(pair: Pair, changes: MirrorChanges, direction: 'fetch' | 'push' | undefined): boolean {
    const before = JSON.stringify(pair);
    const given = Object.entries(withoutUndefined(changes));
    const own = Object.fromEntries(given.filter(([key]) => CONNECTION.includes(key)));
    const whole = Object.fromEntries(given.filter(([key]) => !CONNECTION.includes(key)));
    if (direction === undefined) this.#update(pair, { ...own, ...whole });
    else {
      if (Object.keys(whole).length > 0) this.#update(pair, whole);
      if (Object.keys(own).length > 0) {
        const mirror = this.#asMap(pair);
        let side = mirror.items.find((each) => keyOf(each) === direction);
        if (side === undefined) {
          side = this.#document.createPair(direction, {}) as Pair;
          mirror.items.push(side);
        }
        this.#update(side, own);
      }
    }
    return JSON.stringify(pair) !== before;
  }

  /** Changes a URL, or a map. A mirror that is only a URL stays one, if that is enough. */
  #update(pair: Pair, changes: Readonly<Record<string, unknown>>): void {
    const { url, ...rest } = changes;
    this.#writeOut(pair);
    const isPlain = !this.#isMap(pair.value) || pair.value.items.length === 0;
    if (isPlain && url !== undefined && Object.keys(rest).length === 0) {
      const old = pair.value as { value?: unknown } | null;
      if (typeof old?.value === 'string') old.value = url;
      else pair.value = this.#document.createNode(url);
      return;
    }
    const map = this.#asMap(pair);
    const present = map.toJSON() as Record<string, unknown>;
    const all = this.#whole(rest, present['access_pair']);
    for (const [key, value] of Object.entries(url === undefined ? all : { url, ...all })) {
      // Compared by value: a value that does not change keeps its form and comments.
      if (JSON.stringify(present[key]) !== JSON.stringify(value))
        map.set(key, this.#document.createNode(value));
    }
    // Two keys for one thing would contradict each other.
    if ('access_token_variable' in all) map.delete('access_token');
  }

  /** The changes, with the missing parts of an access pair taken from what is there. */
  #whole(changes: Readonly<Record<string, unknown>>, present: unknown): Record<string, unknown> {
    if (changes['access_pair'] === undefined) return changes;
    const given = changes['access_pair'] as AccessPair;
    const old: AccessPair =
      typeof present === 'object' && present !== null && !Array.isArray(present) ? present : {};
    const hasOwnId = given.id !== undefined || given.id_variable !== undefined;
    const { id, id_variable } = hasOwnId ? given : old;
    const secret_variable = given.secret_variable ?? old.secret_variable;
    if ((id === undefined && id_variable === undefined) || secret_variable === undefined) {
      throw new BuildcacheError('usage', 'half an access pair', {
        file: this.#file,
        expected: 'an id (or the variable that has it), and the variable that has the secret',
      });
    }
    return {
      ...changes,
      access_pair: { ...(id === undefined ? { id_variable } : { id }), secret_variable },
    };
  }

  /** Replaces an alias with its value, so that the change does not reach other users of the anchor. */
  #writeOut(pair: Pair): void {
    const { resolve } = (pair.value ?? {}) as { resolve?: Alias['resolve'] };
    if (resolve === undefined) return;
    const found = resolve.call(pair.value as Alias, this.#document);
    if (found === undefined) throw this.#malformed('an alias of something');
    pair.value = this.#document.createNode(found.toJS(this.#document));
  }

  #asMap(pair: Pair): YAMLMap {
    this.#writeOut(pair);
    if (this.#isMap(pair.value)) return pair.value;
    const url = (pair.value as { readonly value?: unknown } | null)?.value;
    const map = this.#document.createNode(typeof url === 'string' ? { url } : {}) as YAMLMap;
    pair.value = map;
    return map;
  }

  #child(map: YAMLMap, name: string, create: boolean): YAMLMap | undefined {
    const pair = map.items.find((each) => keyOf(each) === name);
    if (pair !== undefined && this.#isMap(pair.value)) {
      // `{}` was written for "none". What is added should not stand in braces.
      if (create && pair.value.items.length === 0) pair.value.flow = false;
      return pair.value;
    }
    const value = pair?.value as { readonly value?: unknown } | null | undefined;
    // A key with nothing behind it has a null scalar as its value.
    const isEmpty = value === undefined || value === null || value.value === null;
    if (!isEmpty) throw this.#malformed(`a map under "${name}:"`);
    if (!create) return undefined;
    const made = this.#document.createNode({}) as YAMLMap;
    if (pair === undefined) map.items.push(this.#document.createPair(name, made) as Pair);
    else pair.value = made;
    return made;
  }

  #malformed(expected: string): BuildcacheError {
    return new BuildcacheError('bad-input', 'mirrors is malformed', { file: this.#file, expected });
  }
}

function withoutUndefined(changes: MirrorChanges): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
