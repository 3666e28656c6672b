/**
 * What the compact form of an index says of a record, read from the record's bytes. An index has up to a million
 * records: to parse each would take longer than all else that is done with them.
 *
 * {@link skimRecord} reads what is valid JSON beyond doubt, and gives up on anything unusual. {@link parseRecord} takes
 * any record, and is what decides then. The two never differ in what they find (a test compares them).
 */
import { isObject } from '../../core/json.ts';
import { isDagHash, isPackageName } from '../../spec/decode-node.ts';
import { providedVirtuals } from '../../spec/provided-virtuals.ts';

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
    record = JSON.parse(json.toString('utf8'));
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
 * The same facts without parsing the record.
 * @param hash the key under which it stands
 * @param start where its `{` is. What is read beyond its end need not be JSON.
 * @returns undefined where {@link parseRecord} has to be asked: the end is not there yet, a key stands twice or is
 *   escaped, it is no valid JSON, …
 */
export function skimRecord(hash: string, bytes: Buffer, start: number): SkimmedRecord | undefined {
  if (bytes[start] !== OPEN_OBJECT) return undefined;
  const found: Found = {
    hash,
    seen: 0,
    name: '',
    inCache: false,
    own: [],
    below: [],
    edge: { seen: 0, hash: -1, virtuals: [] },
  };
  const end = skimObject(bytes, start, recordMember, found);
  if (end < 0 || found.name === '') return undefined;
  const { name, inCache, own, below } = found;
  return { name, inCache, provided: own.length === 0 ? below : [...own, ...below], end };
}

/** What is known of the record under way. */
interface Found {
  readonly hash: string;
  /** The members of interest that have been there, one bit each. */
  seen: number;
  name: string;
  inCache: boolean;
  readonly own: [string, string][];
  readonly below: [string, string][];
  readonly edge: Edge;
}

/** What is known of the edge under way. Most have no virtuals, and then nothing is made of them. */
interface Edge {
  seen: number;
  /** Where its hash stands, or -1. */
  hash: number;
  readonly virtuals: string[];
}

/** Reads the value of a member whose key lies between `from` and `to`. @returns the place after it, or -1 */
type Member = (bytes: Buffer, from: number, to: number, at: number, found: Found) => number;

const SPEC = Buffer.from('spec');
const IN_BUILDCACHE = Buffer.from('in_buildcache');
const NAME = Buffer.from('name');
const HASH = Buffer.from('hash');
const PROVIDED = Buffer.from('provided_virtuals');
const DEPENDENCIES = Buffer.from('dependencies');
const PARAMETERS = Buffer.from('parameters');
const VIRTUALS = Buffer.from('virtuals');

/** Characters. */
const HASH_LENGTH = 32;

function recordMember(bytes: Buffer, from: number, to: number, at: number, found: Found): number {
  if (isKey(bytes, from, to, SPEC)) {
    return isFirst(found, 1) && bytes[at] === OPEN_OBJECT ? skimObject(bytes, at, specMember, found) : -1;
  }
  if (isKey(bytes, from, to, IN_BUILDCACHE)) {
    if (!isFirst(found, 2)) return -1;
    found.inCache = bytes[at] === LETTER_T; // a literal that begins so is `true`, or refused
  }
  return skimValue(bytes, at);
}

function specMember(bytes: Buffer, from: number, to: number, at: number, found: Found): number {
  if (isKey(bytes, from, to, NAME)) {
    if (!isFirst(found, 4) || bytes[at] !== QUOTE) return -1;
    const end = skimPlainString(bytes, at);
    const name = end < 0 ? '' : textOf(bytes, at, end);
    if (!isPackageName(name)) return -1;
    found.name = name;
    return end;
  }
  if (isKey(bytes, from, to, DEPENDENCIES)) {
    if (!isFirst(found, 8)) return -1;
    if (bytes[at] === OPEN_LIST) return skimList(bytes, at, edgeItem, found);
  } else if (isKey(bytes, from, to, PROVIDED)) {
    if (!isFirst(found, 16)) return -1;
    if (bytes[at] === OPEN_LIST) return skimList(bytes, at, providedItem, found);
  }
  return skimValue(bytes, at);
}

function providedItem(bytes: Buffer, at: number, found: Found): number {
  if (bytes[at] !== QUOTE) return skimValue(bytes, at);
  const end = skimPlainString(bytes, at);
  if (end < 0) return -1;
  for (const virtual of providedVirtuals({ provided_virtuals: [textOf(bytes, at, end)] })) {
    if (isPackageName(virtual)) found.own.push([virtual, found.hash]);
  }
  return end;
}

function edgeItem(bytes: Buffer, at: number, found: Found): number {
  if (bytes[at] !== OPEN_OBJECT) return skimValue(bytes, at);
  const { edge } = found;
  edge.seen = 0;
  edge.hash = -1;
  edge.virtuals.length = 0;
  const end = skimObject(bytes, at, edgeMember, found);
  if (end < 0 || edge.virtuals.length === 0 || edge.hash < 0) return end;
  const hash = textOf(bytes, edge.hash, edge.hash + HASH_LENGTH + 2);
  if (isDagHash(hash)) for (const virtual of edge.virtuals) found.below.push([virtual, hash]);
  return end;
}

function edgeMember(bytes: Buffer, from: number, to: number, at: number, found: Found): number {
  const { edge } = found;
  if (isKey(bytes, from, to, HASH)) {
    if (!isFirst(edge, 1)) return -1;
    if (bytes[at] !== QUOTE) return skimValue(bytes, at);
    const end = skimPlainString(bytes, at);
    if (end === at + HASH_LENGTH + 2) edge.hash = at;
    return end;
  }
  if (isKey(bytes, from, to, PARAMETERS)) {
    if (!isFirst(edge, 2)) return -1;
    if (bytes[at] === OPEN_OBJECT) return skimObject(bytes, at, parameterMember, found);
  }
  return skimValue(bytes, at);
}

function parameterMember(bytes: Buffer, from: number, to: number, at: number, found: Found): number {
  if (isKey(bytes, from, to, VIRTUALS)) {
    if (!isFirst(found.edge, 4)) return -1;
    if (bytes[at] === OPEN_LIST) return skimList(bytes, at, virtualItem, found);
  }
  return skimValue(bytes, at);
}

function virtualItem(bytes: Buffer, at: number, found: Found): number {
  if (bytes[at] !== QUOTE) return skimValue(bytes, at);
  const end = skimPlainString(bytes, at);
  const virtual = end < 0 ? '' : textOf(bytes, at, end);
  if (isPackageName(virtual)) found.edge.virtuals.push(virtual);
  return end;
}

function isFirst(of: { seen: number }, bit: number): boolean {
  const first = (of.seen & bit) === 0;
  of.seen |= bit;
  return first;
}

function isKey(bytes: Buffer, from: number, to: number, key: Buffer): boolean {
  if (to - from !== key.length) return false;
  for (let i = 0; i < key.length; i++) if (bytes[from + i] !== key[i]) return false;
  return true;
}

/** The text of a string without escapes, which lies between these places, quotes included. */
function textOf(bytes: Buffer, at: number, end: number): string {
  return bytes.toString('utf8', at + 1, end - 1);
}

// What follows is JSON's own grammar. Each function takes the place where something begins, and returns the place
// after its end, or -1.

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const LETTER_T = 0x74;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

function skimObject(bytes: Buffer, start: number, member: Member, found: Found): number {
  let at = skipSpace(bytes, start + 1);
  if (bytes[at] === CLOSE_OBJECT) return at + 1;
  for (;;) {
    if (bytes[at] !== QUOTE) return -1;
    const end = skimPlainString(bytes, at);
    if (end < 0) return -1;
    const colon = skipSpace(bytes, end);
    if (bytes[colon] !== COLON) return -1;
    const after = member(bytes, at + 1, end - 1, skipSpace(bytes, colon + 1), found);
    if (after < 0) return -1;
    at = skipSpace(bytes, after);
    if (bytes[at] === CLOSE_OBJECT) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = skipSpace(bytes, at + 1);
  }
}

function skimList(
  bytes: Buffer,
  start: number,
  item: (bytes: Buffer, at: number, found: Found) => number,
  found: Found,
): number {
  let at = skipSpace(bytes, start + 1);
  if (bytes[at] === CLOSE_LIST) return at + 1;
  for (;;) {
    const after = item(bytes, at, found);
    if (after < 0) return -1;
    at = skipSpace(bytes, after);
    if (bytes[at] === CLOSE_LIST) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = skipSpace(bytes, at + 1);
  }
}

/** Any value. What lies in it is read in one loop: a function call for each value takes longer than the bytes do. */
function skimValue(bytes: Buffer, start: number): number {
  const { length } = bytes;
  /** What is open around the place, one bit each: 1 for an object. */
  let kinds = 0;
  let depth = 0;
  let at = start;
  for (;;) {
    // A value begins here.
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = skimString(bytes, at);
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      const isObject = byte === OPEN_OBJECT;
      at = skipSpace(bytes, at + 1);
      if (bytes[at] === (isObject ? CLOSE_OBJECT : CLOSE_LIST)) {
        at++;
      } else {
        if (++depth > 30) return -1;
        kinds = (kinds << 1) | (isObject ? 1 : 0);
        if (isObject) at = skimKey(bytes, at);
        if (at < 0) return -1;
        continue;
      }
    } else {
      at = skimWordOrNumber(bytes, at);
    }
    if (at < 0) return -1;
    // A value has ended here, and whatever ends with it.
    for (;;) {
      if (depth === 0) return at;
      at = skipSpace(bytes, at);
      if (at >= length) return -1;
      const next = bytes[at++];
      const isObject = (kinds & 1) === 1;
      if (next === COMMA) {
        at = skipSpace(bytes, at);
        if (isObject) at = skimKey(bytes, at);
        if (at < 0) return -1;
        break;
      }
      if (next !== (isObject ? CLOSE_OBJECT : CLOSE_LIST)) return -1;
      kinds >>>= 1;
      depth--;
    }
  }
}

/** A key and its colon. */
function skimKey(bytes: Buffer, start: number): number {
  if (bytes[start] !== QUOTE) return -1;
  const end = skimString(bytes, start);
  if (end < 0) return -1;
  const at = skipSpace(bytes, end);
  return bytes[at] === COLON ? skipSpace(bytes, at + 1) : -1;
}

/** A string without escapes. */
function skimPlainString(bytes: Buffer, start: number): number {
  const { length } = bytes;
  for (let at = start + 1; at < length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH || byte < 0x20) return -1;
  }
  return -1;
}

function skimString(bytes: Buffer, start: number): number {
  const { length } = bytes;
  for (let at = start + 1; at < length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return at + 1;
    if (byte < 0x20) return -1;
    if (byte === BACKSLASH) {
      const escaped = bytes[++at] ?? 0;
      if (escaped === 0x75) {
        if (!/^[0-9a-f]{4}$/i.test(bytes.toString('latin1', at + 1, at + 5))) return -1;
        at += 4;
      } else if (!ESCAPED.includes(escaped)) return -1;
    }
  }
  return -1;
}

const ESCAPED = Buffer.from('"\\/bfnrt');

const WORDS = ['true', 'false', 'null'].map((word) => Buffer.from(word));

function skimWordOrNumber(bytes: Buffer, start: number): number {
  for (const word of WORDS) {
    if (bytes[start] === word[0])
      return isKey(bytes, start, start + word.length, word) ? start + word.length : -1;
  }
  let at = bytes[start] === MINUS ? start + 1 : start;
  const whole = at;
  at = skipDigits(bytes, at);
  if (at === whole || (bytes[whole] === 0x30 && at > whole + 1)) return -1;
  if (bytes[at] === POINT) {
    const fraction = at + 1;
    at = skipDigits(bytes, fraction);
    if (at === fraction) return -1;
  }
  if (((bytes[at] ?? 0) | 0x20) === 0x65) {
    const sign = bytes[at + 1];
    const exponent = sign === MINUS || sign === 0x2b ? at + 2 : at + 1;
    at = skipDigits(bytes, exponent);
    if (at === exponent) return -1;
  }
  return at < bytes.length ? at : -1;
}

function skipDigits(bytes: Buffer, start: number): number {
  let at = start;
  for (let byte = bytes[at] ?? 0; byte >= 0x30 && byte <= 0x39; byte = bytes[at] ?? 0) at++;
  return at;
}

function skipSpace(bytes: Buffer, start: number): number {
  let at = start;
  for (
    let byte = bytes[at];
    byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
    byte = bytes[at]
  )
    at++;
  return at;
}
