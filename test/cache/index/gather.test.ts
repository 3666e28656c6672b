import { expect, it } from 'vitest';
import { gatherer } from '../../../src/cache/index/gather.ts';

const HASHES = [...'abcd'].map((letter) => letter.repeat(32));
const record = (name: unknown, inCache: boolean) => ({ spec: { name }, in_buildcache: inCache });
const member = (hash: string | undefined, value: unknown) => `"${hash}":${JSON.stringify(value)}`;
const MEMBERS = [
  member(HASHES[0], record('a', true)),
  member(HASHES[1], record('b', true)),
  member(HASHES[2], record('c', false)),
  member(HASHES[3], record('../d', true)),
  member('no-hash', record('e', true)),
];
const documentOf = (members: readonly string[]) =>
  Buffer.from(`{"database":{"version":"8","installs":{${members.join(',')}}}}`);
const DOCUMENT = documentOf(MEMBERS);

const wanted = new Set([...HASHES.slice(1), 'no-hash']);

function gather(document: Buffer, { compactToo = false, hurryAt = document.length } = {}) {
  const gathering = gatherer<'wanted'>({ kind: 'wanted', wanted, compactToo }, 'index');
  gathering.push(document.subarray(0, hurryAt));
  if (hurryAt < document.length) gathering.hurry();
  gathering.push(document.subarray(hurryAt));
  return gathering.finish();
}

it('of the wanted hashes, those of specs in the cache are found', () => {
  expect(gather(DOCUMENT)).toEqual({ records: 5, hashes: new Set([HASHES[1]]) });
});

it('of two records under one hash the later counts, unless it is none', () => {
  const [, there] = MEMBERS;
  const found = (later: unknown) => gather(documentOf([...MEMBERS, member(HASHES[1], later)])).hashes;
  expect(there).toContain('true');
  expect(found(record('b', false)).size).toBe(0);
  expect(found({}).size).toBe(1);
  expect(
    gather(documentOf([member(HASHES[2], record('c', false)), member(HASHES[2], record('c', true))])).hashes,
  ).toEqual(new Set([HASHES[2]]));
});

it('the compact form is made too where it is asked for, until there is no time', () => {
  const compact = gatherer<'compact'>({ kind: 'compact' }, 'index');
  compact.push(DOCUMENT);
  const found = gather(DOCUMENT, { compactToo: true });
  expect(Buffer.concat(found.compact ?? []).equals(Buffer.concat(compact.finish()))).toBe(true);
  for (let hurryAt = 0; hurryAt < DOCUMENT.length; hurryAt++) {
    expect(gather(DOCUMENT, { compactToo: true, hurryAt })).toEqual({ records: 5, hashes: found.hashes });
  }
});
