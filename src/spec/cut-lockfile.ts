/**
 * Cuts a lockfile as Spack writes it, compact and in ASCII, into the texts of its nodes. A node's text is what was hashed,
 * so nothing has to be written again to verify it, and what `JSON.parse` would lose shows at once. Whatever else is there is
 * left to the parser of whole documents, which also says what is wrong with it.
 */
import { type JsonObject, parseJson } from '../core/json.ts';
import { hashMembers } from './hash-members.ts';

export interface CutLockfile {
  /** The document with an empty `concrete_specs`. */
  readonly lock: unknown;
  /** What `concrete_specs` has, by its keys, in the document's order. */
  readonly nodes: ReadonlyMap<string, CutNode>;
}

export interface CutNode {
  readonly dict: JsonObject;
  /** Its text, which is `stringifyCompact` of the dictionary. Its last member is the key, as `hash`. */
  readonly text: string;
}

/**
 * Pauses after each node.
 * @param text of a size that was checked
 * @returns undefined for a document that is not what Spack writes today, has a token that `JSON.parse` would lose, or has
 *   something after the specs, as one that includes other environments
 */
export function* cutLockfile(text: string, file: string): Generator<undefined, CutLockfile | undefined> {
  const at = text.indexOf(SPECS);
  // Python escapes whatever is not ASCII, and DEL.
  if (at < 0 || text.includes(SPECS_NAME, at + SPECS.length) || !isAscii(text) || text.includes('\x7f'))
    return undefined;
  const start = at + SPECS.length;
  const end = text.length - (text.endsWith('\n') ? 3 : 2);
  if (!text.startsWith('}}', end)) return undefined;
  // With an escape the name could stand there once more, or within a string.
  const head = text.slice(0, start);
  if (head.includes('\\')) return undefined;
  try {
    const nodes = yield* cutNodes(text, start, end, file);
    return nodes && { lock: parseJson(`${head}}}`, file), nodes };
  } catch {
    return undefined; // the whole is no JSON either
  }
}

/** What is hashed: the text without its last member. */
export function hashedText({ text }: CutNode): string {
  return `${text.slice(0, -HASH_MEMBER)}}`;
}

const SPECS_NAME = 'concrete_specs';
const SPECS = `"${SPECS_NAME}":{`;
/** Characters of `,"hash":"…"}`. */
const HASH_MEMBER = 43;

/** A key that JavaScript puts first, and `parseJson` marks. */
const INDEX_LIKE = /"\d{1,16}":/;

/** @throws SyntaxError for a piece that is no JSON, BuildcacheError as `parseJson` */
function* cutNodes(
  text: string,
  start: number,
  end: number,
  file: string,
): Generator<undefined, Map<string, CutNode> | undefined> {
  const nodes = new Map<string, CutNode>();
  const members = hashMembers(text, start, end);
  for (let next = members.next(); ; next = members.next()) {
    if (next.done === true) return next.value && nodes.size > 0 ? nodes : undefined;
    const [key, piece] = next.value;
    const dict: JsonObject = JSON.parse(piece);
    // Else a key stands twice, or a number or the order of keys is lost.
    if (JSON.stringify(dict) !== piece || !piece.endsWith(`,"hash":"${key}"}`) || nodes.has(key))
      return undefined;
    nodes.set(key, {
      dict: INDEX_LIKE.test(piece) ? (parseJson(piece, file) as JsonObject) : dict,
      text: piece,
    });
    yield;
  }
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
