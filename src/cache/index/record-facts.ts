/**
 * What the compact form of an index says of a record, read from the record's bytes. An index has up to a million
 * records: to parse each would take longer than all else that is done with them.
 *
 * {@link skimRecord} reads what is valid JSON beyond doubt, and gives up on anything unusual. {@link parseRecord} takes
 * any record, and is what decides then. The two never differ in what they find (a test compares them).
 */
import { isObject } from '../../core/json.ts';
import { parseAnswer } from '../../core/json-size.ts';
import { isDagHash, isPackageName } from '../../spec/decode-node.ts';
import { providedVirtuals } from '../../spec/provided-virtuals.ts';
import { isSpace, isWord, QUOTE, skipSpace, skipString, skipWordOrNumber } from './json-bytes.ts';

export interface RecordFacts {
  readonly name: string;
  readonly inCache: boolean;
  /** The virtual packages that it says it provides, and those that its edges name, each with the hash of its provider. */
  readonly provided: readonly (readonly [virtual: string, hash: string])[];
}

export interface SkimmedRecord extends RecordFacts {
  /** The place after the record's last byte. */
  readonly end: number;
}

/** @returns undefined for what is no record of a spec */
export function parseRecord(hash: string, json: Buffer): RecordFacts | undefined {
  let record: unknown;
  try {
    record = parseAnswer(json, 'a record');
  } catch {
    return undefined;
  }
  const spec = isObject(record) ? record['spec'] : undefined;
  if (!isObject(record) || !isObject(spec) || !isPackageName(spec['name'])) return undefined;
  const provided = providedVirtuals(spec)
    .filter(isPackageName)
    .map((virtual): [string, string] => [virtual, hash]);
  const edges: unknown = spec['dependencies'];
  for (const edge of Array.isArray(edges) ? edges : []) {
    const parameters = isObject(edge) ? edge['parameters'] : undefined;
    const virtuals: unknown = isObject(parameters) ? parameters['virtuals'] : undefined;
    if (!isObject(edge) || !isDagHash(edge['hash']) || !Array.isArray(virtuals)) continue;
    for (const virtual of virtuals) if (isPackageName(virtual)) provided.push([virtual, edge['hash']]);
  }
  return { name: spec['name'], inCache: record['in_buildcache'] === true, provided };
}

/**
 * The same facts without parsing the record. One loop goes through keys and values, and knows in each object and list
 * what it is looking for: function calls would take longer than the bytes do.
 * @param hash the key under which it stands
 * @param start where its `{` is. What is read beyond its end need not be JSON.
 * @returns undefined where {@link parseRecord} has to be asked: the end is not there yet, a key stands twice or is
 *   escaped, it is no valid JSON, …
 */
export function skimRecord(hash: string, bytes: Buffer, start: number): SkimmedRecord | undefined {
  if (bytes[start] !== OPEN_OBJECT) return undefined;
  const { length } = bytes;
  let name = '';
  let inCache = false;
  let own: [string, string][] = NONE;
  let below: [string, string][] = NONE;
  /** The members of interest that have been there, one bit for each {@link Role}: of the record, and of the edge. */
  let seen = 0;
  let seenInEdge = 0;
  /** What is known of the edge under way: where its hash stands, or -1, and its virtuals. Most have none. */
  let edgeHash = -1;
  let virtuals: string[] = NO_TEXTS;

  let place: Place = RECORD;
  let depth = 0;
  let at = start + 1;
  if (isSpace(bytes[at])) at = skipSpace(bytes, at);
  let isEmpty = bytes[at] === CLOSE_OBJECT;
  for (;;) {
    if (!isEmpty) {
      let role: Role = ITEMS[place] as Role;
      if (isObjectPlace(place)) {
        if (bytes[at] !== QUOTE) return undefined;
        const from = at + 1;
        at = skipString(bytes, from, place === OTHER_OBJECT);
        if (at < 0) return undefined;
        role = place === OTHER_OBJECT ? OTHER : roleOf(place, bytes, from, at - 1);
        if (role !== OTHER) {
          const bit = 1 << role;
          if (((role < EDGE_HASH ? seen : seenInEdge) & bit) !== 0) return undefined;
          if (role < EDGE_HASH) seen |= bit;
          else seenInEdge |= bit;
        }
        if (isSpace(bytes[at])) at = skipSpace(bytes, at);
        if (bytes[at] !== COLON) return undefined;
        at++;
        if (isSpace(bytes[at])) at = skipSpace(bytes, at);
      }

      const byte = bytes[at];
      if (byte === QUOTE) {
        const from = at + 1;
        at = skipString(bytes, from, role === OTHER || role === IN_BUILDCACHE);
        if (at < 0 || role === SPEC_OF_RECORD) return undefined;
        if (role === NAME) {
          name = bytes.toString('latin1', from, at - 1);
          if (!isPackageName(name)) return undefined;
        } else if (role === EDGE_HASH) {
          if (at - 1 - from === HASH_LENGTH) edgeHash = from;
        } else if (role === VIRTUAL) {
          const virtual = bytes.toString('latin1', from, at - 1);
          if (virtuals === NO_TEXTS) virtuals = [];
          if (isPackageName(virtual)) virtuals.push(virtual);
        } else if (role === PROVIDED_VIRTUAL) {
          const text = bytes.toString('utf8', from, at - 1);
          for (const virtual of providedVirtuals({ provided_virtuals: [text] })) {
            if (own === NONE) own = [];
            if (isPackageName(virtual)) own.push([virtual, hash]);
          }
        }
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        const isObject = byte === OPEN_OBJECT;
        if (role === NAME || (role === SPEC_OF_RECORD && !isObject) || depth === MOST) return undefined;
        around[depth++] = place;
        const inner = INNER[role] as Place;
        place = isObjectPlace(inner) === isObject ? inner : isObject ? OTHER_OBJECT : OTHER_LIST;
        if (place === EDGE) {
          seenInEdge = 0;
          edgeHash = -1;
          virtuals = NO_TEXTS;
        }
        at++;
        if (isSpace(bytes[at])) at = skipSpace(bytes, at);
        isEmpty = bytes[at] === (isObject ? CLOSE_OBJECT : CLOSE_LIST);
        continue;
      } else {
        if (role === NAME || role === SPEC_OF_RECORD) return undefined;
        // A literal that begins so is `true`, or refused.
        if (role === IN_BUILDCACHE) inCache = byte === LETTER_T;
        at = skipWordOrNumber(bytes, at);
        if (at < 0) return undefined;
      }
    }

    // A value has ended here, or an empty object or list ends; and whatever ends with it.
    for (;;) {
      if (isSpace(bytes[at])) at = skipSpace(bytes, at);
      if (at >= length) return undefined;
      const byte = bytes[at++];
      if (byte === COMMA && !isEmpty) {
        if (isSpace(bytes[at])) at = skipSpace(bytes, at);
        break;
      }
      if (byte !== (isObjectPlace(place) ? CLOSE_OBJECT : CLOSE_LIST)) return undefined;
      isEmpty = false;
      if (place === EDGE && virtuals.length > 0 && edgeHash >= 0) {
        const provider = bytes.toString('latin1', edgeHash, edgeHash + HASH_LENGTH);
        if (below === NONE) below = [];
        if (isDagHash(provider)) for (const virtual of virtuals) below.push([virtual, provider]);
      }
      if (depth === 0) {
        if (name === '') return undefined;
        return { name, inCache, provided: own.length === 0 ? below : [...own, ...below], end: at };
      }
      place = around[--depth] as Place;
    }
  }
}

/** Characters. */
const HASH_LENGTH = 32;

/** No record nests deeper. */
const MOST = 30;

/** The objects and lists around the place, outermost first. */
const around = new Uint8Array(MOST);

const NONE: [string, string][] = [];
const NO_TEXTS: string[] = [];

/** Where we are: in an object (even) or a list (odd). */
const OTHER_OBJECT = 0;
const OTHER_LIST = 1;
const RECORD = 2;
const DEPENDENCIES = 3;
const SPEC = 4;
const VIRTUALS = 5;
const EDGE = 6;
const PROVIDED = 7;
const PARAMETERS = 8;
type Place = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** What a value is to us. */
const OTHER = 0;
const SPEC_OF_RECORD = 1;
const IN_BUILDCACHE = 2;
const NAME = 3;
const DEPENDENCIES_OF_SPEC = 4;
const PROVIDED_OF_SPEC = 5;
/** From here on members of an edge. */
const EDGE_HASH = 6;
const PARAMETERS_OF_EDGE = 7;
const VIRTUALS_OF_EDGE = 8;
/** From here on items of lists. */
const EDGE_ITEM = 9;
const VIRTUAL = 10;
const PROVIDED_VIRTUAL = 11;
type Role = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;

/** What the items of a list are, by its place. */
const ITEMS = new Uint8Array(9);
ITEMS[DEPENDENCIES] = EDGE_ITEM;
ITEMS[VIRTUALS] = VIRTUAL;
ITEMS[PROVIDED] = PROVIDED_VIRTUAL;

/** Which place an object or a list is, by what it is to us. It is another one where it is of the other kind. */
const INNER = new Uint8Array(12);
INNER[SPEC_OF_RECORD] = SPEC;
INNER[DEPENDENCIES_OF_SPEC] = DEPENDENCIES;
INNER[PROVIDED_OF_SPEC] = PROVIDED;
INNER[PARAMETERS_OF_EDGE] = PARAMETERS;
INNER[VIRTUALS_OF_EDGE] = VIRTUALS;
INNER[EDGE_ITEM] = EDGE;

function isObjectPlace(place: Place): boolean {
  return (place & 1) === 0;
}

/** What the member is to us whose key lies between `from` and `to`. */
function roleOf(place: Place, bytes: Buffer, from: number, to: number): Role {
  switch (place) {
    case RECORD:
      if (isWord(bytes, from, to, KEYS.spec)) return SPEC_OF_RECORD;
      return isWord(bytes, from, to, KEYS.inBuildcache) ? IN_BUILDCACHE : OTHER;
    case SPEC:
      if (isWord(bytes, from, to, KEYS.name)) return NAME;
      if (isWord(bytes, from, to, KEYS.dependencies)) return DEPENDENCIES_OF_SPEC;
      return isWord(bytes, from, to, KEYS.provided) ? PROVIDED_OF_SPEC : OTHER;
    case EDGE:
      if (isWord(bytes, from, to, KEYS.hash)) return EDGE_HASH;
      return isWord(bytes, from, to, KEYS.parameters) ? PARAMETERS_OF_EDGE : OTHER;
    case PARAMETERS:
      return isWord(bytes, from, to, KEYS.virtuals) ? VIRTUALS_OF_EDGE : OTHER;
    default:
      return OTHER;
  }
}

const KEYS = {
  spec: Buffer.from('spec'),
  inBuildcache: Buffer.from('in_buildcache'),
  name: Buffer.from('name'),
  hash: Buffer.from('hash'),
  provided: Buffer.from('provided_virtuals'),
  dependencies: Buffer.from('dependencies'),
  parameters: Buffer.from('parameters'),
  virtuals: Buffer.from('virtuals'),
};

const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const LETTER_T = 0x74;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
