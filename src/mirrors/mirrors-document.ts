/**
 * The mirrors in a parsed `mirrors.yaml` or `spack.yaml`: where they stand, and one of them added, changed or removed in
 * the document. What the text then is, is not decided here.
 */
import type { Alias, Document, Pair, YAMLMap } from 'yaml';
import { BuildcacheError } from '../core/errors.ts';
import { ALL_ALIASES } from '../environment/yaml-text.ts';
import { keyOf } from './reconcile-yaml.ts';

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

/** Keys of one direction; the others are about the whole mirror. */
const CONNECTION: readonly string[] = [
  'url',
  'access_pair',
  'access_token_variable',
  'profile',
  'endpoint_url',
  'view',
];

export class MirrorsDocument {
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
    pair.value = this.#document.createNode(found.toJS(this.#document, ALL_ALIASES));
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
