/**
 * Changes to the mirrors of a `mirrors.yaml` or `spack.yaml`: text in, text out. Comments, order and everything that is
 * not about the mirror stay.
 */
import type { Document, Pair, YAMLMap } from 'yaml';
import { BuildcacheError } from '../core/errors.ts';
import { ALL_ALIASES, FOR_SPACK, QUICK, yamlDocument } from '../environment/yaml-text.ts';
import { type MirrorEdit, MirrorsDocument } from './mirrors-document.ts';
import { applyEdits, type Edit, eolOf, keyOf, Reconciler } from './reconcile-yaml.ts';
import { rangeOf, spliceFirst, spliceInto, spliceLast, spliceReplace } from './splice-yaml.ts';

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
  const document = await yamlDocument(text, file, FOR_SPACK);
  const editor = new MirrorsDocument(document, yaml.isMap, file);
  const section = editor.section(isEnvironment, edit.kind === 'add');
  if (!editor.apply(section, edit)) return text;
  const blockOf = (pair: Pair) => {
    const alone = new yaml.Document({}, FOR_SPACK);
    const { key, value } = pair.clone();
    const node = key as { commentBefore?: string | null; spaceBefore?: boolean };
    // What stands before it in the text stays there, and is no part of the edit.
    if (yaml.isScalar(key)) Object.assign(node, { commentBefore: undefined, spaceBefore: false });
    if (yaml.isMap(value)) value.comment = null;
    (alone.contents as unknown as YAMLMap).items.push(new yaml.Pair(key, value));
    return alone.toString({ lineWidth: 0, indentSeq: false });
  };
  const whole = () => printed(document, file).replaceAll('\n', eolOf(text));
  const before = new MirrorsDocument(parse(text), yaml.isMap, file);
  const wanted = section?.items.find((each) => keyOf(each) === edit.name)?.value;
  const spliced = spliceEdit(text, before, isEnvironment, edit, {
    reconciler: new Reconciler(yaml, text),
    wanted: yaml.isNode(wanted) ? wanted.toJS(document, ALL_ALIASES) : wanted,
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
    if (parsed.errors.length === 0 && data(parsed.toJS(ALL_ALIASES)) === data(document.toJS(ALL_ALIASES)))
      return result;
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
  editor: MirrorsDocument,
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
