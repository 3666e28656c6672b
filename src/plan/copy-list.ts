/**
 * Copy-lists: what is to be copied from where to where. The file is that of `spack buildcache sync --manifest-glob`,
 * `{hash: {src, dest}}` with the URLs of manifests; a list of files for each hash, as Spack wrote it up to 0.23, is
 * read too.
 */
import { type EntryPlace, entryUrl, parseEntryUrl } from '../cache/reading/entry-url.ts';
import { BuildcacheError } from '../core/errors.ts';
import { isObject, kindOf, parseJson } from '../core/json.ts';
import { isDagHash } from '../spec/decode-node.ts';

export interface CopyItem {
  /** DAG hash: that of both places. */
  readonly hash: string;
  readonly src: EntryPlace;
  readonly dest: EntryPlace;
}

/** Something to copy, out of one or several lists that agree. */
export interface ListedCopy extends CopyItem {
  /** The files that say so. */
  readonly lists: readonly string[];
}

/** Lists that name different sources for one hash and one mirror to copy to. */
export interface CopyConflict {
  readonly hash: string;
  readonly dest: EntryPlace;
  /** At least two, each once. */
  readonly sources: readonly { readonly src: EntryPlace; readonly lists: readonly string[] }[];
}

/** The text of a copy-list, as Spack writes it. Each hash stands in it once; the last item wins. */
export function formatCopyList(items: readonly CopyItem[]): string {
  const entries = items.map(
    ({ hash, src, dest }) => [hash, { src: entryUrl(src), dest: entryUrl(dest) }] as const,
  );
  return JSON.stringify(Object.fromEntries(entries));
}

/** As many as for some hundred thousand specs. */
const MAX_VALUES = 4_000_000;

/**
 * @param text attacker-controlled: its author chose the URLs, and where they lead has not been checked
 * @param file for messages
 * @throws BuildcacheError `bad-input` naming the hash and what is wrong with it
 */
export function parseCopyList(text: string, file: string): CopyItem[] {
  const document = parseJson(text, file, MAX_VALUES);
  if (!isObject(document)) {
    throw new BuildcacheError('bad-input', 'not a copy-list', {
      file,
      expected: 'an object of hashes, each with {"src": …, "dest": …}',
      found: kindOf(document),
    });
  }
  requireOnce(text, document, file);
  return Object.entries(document).map(([hash, value]) => parseItem(hash, value, file));
}

/**
 * What several lists say together. The same copy in several lists is one copy. One source may be copied to several
 * mirrors. Two sources for one entry are a conflict, which the order of files must not decide.
 */
export function mergeCopyLists(
  lists: readonly { readonly file: string; readonly items: readonly CopyItem[] }[],
): { readonly copies: readonly ListedCopy[]; readonly conflicts: readonly CopyConflict[] } {
  const byTarget = new Map<string, Map<string, ListedCopy>>();
  for (const { file, items } of lists) {
    for (const item of items) {
      const target = `${item.hash} ${item.dest.mirror}`;
      const sources = byTarget.get(target) ?? new Map<string, ListedCopy>();
      byTarget.set(target, sources);
      const source = entryUrl(item.src);
      const files = new Set([...(sources.get(source)?.lists ?? []), file]);
      sources.set(source, { ...item, lists: [...files] });
    }
  }
  const copies: ListedCopy[] = [];
  const conflicts: CopyConflict[] = [];
  for (const sources of byTarget.values()) {
    const [first, ...others] = sources.values();
    if (first === undefined) continue;
    if (others.length === 0) copies.push(first);
    else conflicts.push({ hash: first.hash, dest: first.dest, sources: [first, ...others] });
  }
  return { copies, conflicts };
}

/** For a message. */
export function conflictText({ sources }: CopyConflict): string {
  const shown = sources.map(({ src, lists }) => `${entryUrl(src)} (${lists.join(', ')})`);
  return `the lists name different sources for it: ${shown.join(' and ')}`;
}

/** Refuses a hash that stands there twice: JSON would take the last one, whatever it says. */
function requireOnce(text: string, document: object, file: string): void {
  const seen = new Set<string>();
  // URLs never end in a bare hash between quotes and a colon. A key may be spelled with escapes, each letter of it.
  for (const [, key = ''] of text.matchAll(/"((?:[a-z2-7]|\\u00[0-9a-fA-F]{2}){32})"\s*:/g)) {
    const hash = String(JSON.parse(`"${key}"`));
    if (seen.has(hash) && Object.hasOwn(document, hash)) {
      throw new BuildcacheError('bad-input', `"${hash}" is twice in the copy-list`, {
        file,
        expected: 'each hash once; lists that differ in files of their own',
      });
    }
    seen.add(hash);
  }
}

function parseItem(hash: string, value: unknown, file: string): CopyItem {
  const fail = (expected: string, found: string): never => {
    const name = isDagHash(hash) ? `"${hash}"` : 'a key';
    throw new BuildcacheError('bad-input', `${name} of the copy-list is malformed`, {
      file,
      expected,
      found,
    });
  };
  if (!isDagHash(hash)) return fail('a DAG hash of 32 base32 characters', 'something else');
  const pair = Array.isArray(value) ? value.find(isOfSpecFile) : value;
  if (!isObject(pair)) return fail('{"src": …, "dest": …}', kindOf(value));
  const place = (side: 'src' | 'dest'): EntryPlace => {
    const url = pair[side];
    if (typeof url !== 'string') return fail(`a URL as "${side}"`, kindOf(url));
    const parsed = parseEntryUrl(url);
    if (parsed?.hash === hash) return parsed;
    return fail(`the URL of an entry of /${hash} as "${side}"`, JSON.stringify(url.slice(0, 200)));
  };
  return { hash, src: place('src'), dest: place('dest') };
}

/** Whether the file is the one that says where the tarball is, in the older form. */
function isOfSpecFile(value: unknown): boolean {
  return isObject(value) && typeof value['src'] === 'string' && /\.spec\.json(?:\.sig)?$/.test(value['src']);
}
