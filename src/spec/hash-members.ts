/**
 * The members of a JSON object whose keys are DAG hashes and whose values say these hashes, as lockfiles and indices have them.
 * They are cut out of the text without a space between them, and their values are JSON, or the caller finds out.
 *
 * Pieces that are JSON by themselves can be put together in one way only, so their values are those that the whole document
 * has. Many small values cost less than a large one: those that nobody keeps are collected while they are young.
 */

/**
 * Each key with its value's text, which is to be parsed: it may be a piece of something else.
 * @param start where the first key begins
 * @param end where the object's closing bracket stands
 * @returns whether these were all of them; not for other keys or spaces, nor for values that do not say their hash
 */
export function* hashMembers(
  text: string,
  start: number,
  end: number,
): Generator<[hash: string, json: string], boolean> {
  for (let from = start; from < end; ) {
    KEY.lastIndex = from;
    const hash = KEY.exec(text)?.[1];
    if (hash === undefined) return false;
    const value = from + KEY_LENGTH;
    // A spec says its own hash last, so the search for the value's end begins there. A value that does not say it would
    // have all that follows searched, for each of them again.
    const own = text.indexOf(`"hash":"${hash}"`, value);
    if (own < 0) return false;
    BETWEEN.lastIndex = own;
    const next = BETWEEN.exec(text)?.index ?? end;
    yield [hash, text.slice(value, next)];
    from = next + 1;
  }
  return true;
}

const KEY = /"([a-z2-7]{32})":(?={)/y;
const KEY_LENGTH = 35;

/** What parts two members. Within a value it would cut a piece that is no JSON. */
const BETWEEN = /,(?="[a-z2-7]{32}":{)/g;
