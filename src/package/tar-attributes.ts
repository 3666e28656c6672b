/**
 * Entries of a tar archive that describe the entry after them: PAX headers (POSIX.1-2001) and GNU's long names,
 * which is what Python and so Spack writes for names that do not fit the header. Attacker-controlled.
 */
import { BuildcacheError } from '../core/errors.ts';
import { type ByteString, byteString, printable } from './byte-string.ts';

/** What attributes say of the entry after them. */
export interface Overrides {
  readonly path?: ByteString;
  readonly target?: ByteString;
  readonly size?: number;
  readonly mtime?: number;
}

export type AttributesType = 'pax' | 'pax-global' | 'gnu-path' | 'gnu-target';

/** Called with each PAX record that changes no field of {@link Overrides}: owners, extended attributes, comments. */
export type OnAttribute = (key: string, value: ByteString) => void;

/** By type flag. */
export const ATTRIBUTES: Readonly<Record<string, AttributesType>> = {
  x: 'pax',
  g: 'pax-global',
  L: 'gnu-path',
  K: 'gnu-target',
};

/**
 * Whether attributes may stand behind others that wait for the same entry. Readers disagree on what counts then: Go
 * keeps only the last PAX header, and none before a global one. GNU tar writes two for one entry, its name and its target.
 */
export function mayFollow(waiting: readonly AttributesType[], type: AttributesType): boolean {
  const [before, ...more] = waiting;
  if (before === undefined) return true;
  const isGnu = (each: AttributesType) => each === 'gnu-path' || each === 'gnu-target';
  return more.length === 0 && before !== type && isGnu(before) && isGnu(type);
}

/**
 * Adds what one entry's body says to what another before it said.
 * Throws `BuildcacheError`: `corrupt` for what is malformed, `unsupported` for sparse files and for a name or size of all
 * entries, `too-large` for more attributes than any entry has.
 */
export function addAttributes(
  before: Overrides,
  type: AttributesType,
  body: Buffer,
  onOther: OnAttribute = () => undefined,
): Overrides {
  return { ...before, ...readAttributes(type, body, onOther) };
}

function readAttributes(type: AttributesType, body: Buffer, onOther: OnAttribute): Overrides {
  switch (type) {
    case 'gnu-path':
      return { path: withoutNul(body) };
    case 'gnu-target':
      return { target: withoutNul(body) };
    case 'pax':
      return readPax(body, onOther);
    case 'pax-global': {
      const { path, target, size } = readPax(body, onOther);
      if (path === undefined && target === undefined && size === undefined) return {};
      throw new BuildcacheError('unsupported', 'the archive gives all its entries one name or size');
    }
  }
}

function withoutNul(body: Buffer): ByteString {
  return byteString(body.at(-1) === 0 ? body.subarray(0, -1) : body);
}

/** Real entries have a few. A megabyte of records of six bytes takes longer than what it describes, and shrinks to nothing. */
const MAX_RECORDS = 50;

/** Records `<length> <key>=<value>\n`, the length counting all of itself (POSIX.1-2001 pax, "extended header"). */
function readPax(body: Buffer, onOther: OnAttribute): Overrides {
  const overrides: Overrides = {};
  let records = 0;
  for (let at = 0; at < body.length; ) {
    if (++records > MAX_RECORDS) {
      throw new BuildcacheError('too-large', 'an entry has too many attributes', {
        expected: `at most ${MAX_RECORDS}`,
      });
    }
    const blank = body.indexOf(0x20, at);
    const digits = blank === -1 ? '' : body.toString('latin1', at, blank);
    const end = at + (/^[1-9][0-9]{0,7}$/.test(digits) ? Number(digits) : Number.NaN);
    const equals = body.indexOf(0x3d, blank);
    if (!(end <= body.length) || equals === -1 || equals >= end || body[end - 1] !== 0x0a) {
      throw malformed('PAX records', printable(byteString(body.subarray(at, at + 40))));
    }
    const key = body.toString('utf8', blank + 1, equals);
    Object.assign(overrides, paxOverride(key, byteString(body.subarray(equals + 1, end - 1)), onOther));
    at = end;
  }
  return overrides;
}

function paxOverride(key: string, value: ByteString, onOther: OnAttribute): Overrides {
  switch (key) {
    case 'path':
      return { path: value };
    case 'linkpath':
      return { target: value };
    case 'size':
      return { size: paxNumber(key, value, /^[0-9]{1,16}$/) };
    case 'mtime':
      return { mtime: Math.max(0, Math.floor(paxNumber(key, value, /^-?[0-9]{1,15}(\.[0-9]*)?$/))) };
    default:
      if (/^(GNU\.sparse\.|SCHILY\.realsize|SUN\.holesdata)/.test(key)) {
        throw new BuildcacheError('unsupported', 'the archive holds a sparse file', { found: key });
      }
      onOther(key, value);
      return {};
  }
}

function paxNumber(key: string, value: ByteString, form: RegExp): number {
  const parsed = form.test(value) ? Number(value) : Number.NaN;
  if (Number.isFinite(parsed) && parsed <= Number.MAX_SAFE_INTEGER) return parsed;
  throw malformed(`a number as ${key}`, printable(value.slice(0, 40)));
}

function malformed(expected: string, found: string): BuildcacheError {
  return new BuildcacheError('corrupt', 'the attributes of an entry are malformed', { expected, found });
}
