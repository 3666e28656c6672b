import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readActionInputs } from '../../src/entry/action/inputs.ts';
import { parseMirrors } from '../../src/mirrors/config.ts';
import { confine, confineTls } from '../../src/mirrors/confine.ts';
import { asCheckedOut } from '../../src/mirrors/environment-mirrors.ts';
import { environmentOf, FIXTURES, mirrorOf } from '../entry/command-line.ts';
import { runVerb } from '../entry/run-verb.ts';
import { tempDir } from '../harness/temp-dir.ts';

const CONTEXT = { base: '/here', environment: undefined, env: {} };
const OPEN = { onlyMirrors: [], requireSignatures: false };

function mirrors(section: Record<string, unknown>, isCheckedOut = true) {
  const { mirrors: found } = parseMirrors(section, 'spack.yaml', CONTEXT);
  return { mirrors: isCheckedOut ? found.map(asCheckedOut) : found, notes: [] };
}

test.each([
  ['https://h/a', 'https://h/a', true],
  ['https://h/a', 'https://h/a/', true],
  ['https://h/a/b', 'https://h/a', true],
  ['https://h/ab', 'https://h/a', false],
  ['https://h/a/../b', 'https://h/a', false],
  ['https://h/a/%2e%2e/b', 'https://h/a', false],
  ['https://h/a/..%2fb', 'https://h/a', false],
  ['https://h/a/..%5Cb', 'https://h/a', false],
  ['https://h/a/%252e%252e/b', 'https://h/a', true],
  ['https://h/a%2fb', 'https://h/a%2fb', true],
  ['https://h/a%2fb/c', 'https://h/a%2fb', true],
  ['https://h.evil.example/a', 'https://h', false],
  ['https://h@evil.example/a', 'https://h', false],
  ['https://user:pw@h/a', 'https://h/a', true],
  ['http://h/a', 'https://h/a', false],
  ['https://h:444/a', 'https://h', false],
  ['s3://bucket/a', 's3://bucket', true],
  ['s3://bucket2/a', 's3://bucket', false],
  ['s3://bucket/a/../../other', 's3://bucket/a', false],
  ['oci://h/o/n', 'oci://H/o', true],
  ['/here/m', './m', true],
  ['/here/m2', './m', false],
  [{ url: 's3://bucket', endpoint_url: 'https://evil.example' }, 's3://bucket', false],
  [{ fetch: 'https://h/a', push: 'https://evil.example' }, 'https://h', false],
])('%j is covered by %s: %s', (value, only, is) => {
  const { mirrors: kept, notes } = confine(mirrors({ m: value }), { ...OPEN, onlyMirrors: [only] }, CONTEXT);
  expect(kept).toHaveLength(is ? 1 : 0);
  expect(notes).toHaveLength(is ? 0 : 1);
});

test('an endpoint may be named beside the bucket, and a mirror of the input by its name', () => {
  const section = { m: { url: 's3://bucket', endpoint_url: 'minio.example' } };
  const only = { ...OPEN, onlyMirrors: ['s3://bucket', 'https://minio.example'] };
  expect(confine(mirrors(section), only, CONTEXT).mirrors).toHaveLength(1);
  expect(confine(mirrors(section, false), { ...OPEN, onlyMirrors: ['m'] }, CONTEXT).mirrors).toHaveLength(1);
});

test('a name that only a file of the checkout gives to a mirror is none', () => {
  const section = { m: 'https://h/a', other: 'https://h/b' };
  for (const onlyMirrors of [['m'], ['https://h/b', 'm']]) {
    const confined = () => confine(mirrors(section), { ...OPEN, onlyMirrors }, CONTEXT);
    expect(confined).toThrow(/only-mirrors names "m", which only a file of the checkout configures/);
  }
  // Of a name that is a URL, too: it is another mirror's.
  const posing = { 'https://h/b': 'https://evil.example', other: 'https://h/b' };
  const { mirrors: kept } = confine(mirrors(posing), { ...OPEN, onlyMirrors: ['https://h/b'] }, CONTEXT);
  expect(kept.map(({ name }) => name)).toEqual(['other']);
});

test('signatures can be required, of registries too', () => {
  const section = { a: { url: 'https://h/a', signed: false }, b: 'oci://h/b', c: 'https://h/c' };
  const { mirrors: found, notes } = confine(mirrors(section), { ...OPEN, requireSignatures: true }, CONTEXT);
  expect(found.map(({ signed }) => signed)).toEqual([true, true, true]);
  expect(notes.join()).toMatch(/"a" is not configured as signed.*"b" is not configured/);
});

test('what is distrusted has no credentials, but where its URL was named', () => {
  const section = { a: { url: 'https://h/a', access_token_variable: 'T' }, b: 'https://h/b' };
  const distrusting = { ...OPEN, distrusted: 'on pull_request_target' };
  const { mirrors: found, notes } = confine(mirrors(section), distrusting, CONTEXT);
  expect(found.map(({ fetch }) => fetch.credentials.tokenVariable)).toEqual([undefined, undefined]);
  expect(notes).toEqual([expect.stringContaining('"a" gets no credentials on pull_request_target')]);
  const named = confine(mirrors(section), { ...distrusting, onlyMirrors: ['https://h'] }, CONTEXT);
  expect(named.mirrors[0]?.fetch.credentials.tokenVariable).toBe('T');
  const given = confine(mirrors(section, false), distrusting, CONTEXT);
  expect(given.mirrors[0]?.fetch.credentials.tokenVariable).toBe('T');
});

test('what is installed from a distrusted environment has to be signed, but where its URL was named', () => {
  const section = { a: { url: 'https://h/a', signed: false }, b: 'https://h/b', c: 'oci://h/c' };
  const signs = (more: object, isCheckedOut?: boolean) =>
    confine(mirrors(section, isCheckedOut), { ...OPEN, ...more }, CONTEXT);
  const distrusting = { distrusted: 'on pull_request_target', installs: true };
  const { mirrors: found, notes } = signs(distrusting);
  expect(found.map(({ signed }) => signed)).toEqual([true, true, true]);
  expect(notes.join()).toMatch(/"a".* counts as signed on pull_request_target.*,.*"c" is not configured/);
  for (const [more, isCheckedOut] of [
    [{ ...distrusting, onlyMirrors: ['https://h', 'oci://h'] }, true],
    [distrusting, false],
    [{ installs: true }, true],
    [{ ...distrusting, installs: false }, true],
  ] as const) {
    const as = signs(more, isCheckedOut);
    expect(as.mirrors.map(({ signed }) => signed)).toEqual([false, true, false]);
    expect(as.notes).toEqual([]);
  }
});

test('whose certificates count is not for a confined environment to say', () => {
  const said = { mirrors: [], notes: [], verifyTls: false, caFile: '/x.pem' };
  expect(confineTls(said, OPEN)).toBe(said);
  const confined = confineTls(said, { ...OPEN, onlyMirrors: ['https://h'] });
  expect(confined).toMatchObject({ notes: [expect.stringContaining('NODE_EXTRA_CA_CERTS')] });
  expect(confined.verifyTls).toBeUndefined();
});

test('signed: false of a spack.yaml does not pass in silence where keys are named, and not at all where they are required', async () => {
  await using dir = await tempDir();
  const config = `spack: {mirrors: {m: {url: "${mirrorOf('1.2', 'unsigned')}", signed: false}}}\n`;
  writeFileSync(join(dir.path, 'spack.yaml'), config);
  cpSync(join(environmentOf('1.2'), 'spack.lock'), join(dir.path, 'spack.lock'));
  const download = (...more: string[]) =>
    runVerb(
      ['download', '-s', 'zlib-toy', '-p', 'd', '--trusted-keys', join(FIXTURES, 'toy-ci.pub.asc'), ...more],
      dir.path,
    );
  expect(await download()).toMatchObject({
    code: 0,
    err: expect.stringContaining('trusted-keys does not count'),
  });
  const required = await download('--require-signatures');
  expect(required).toMatchObject({ code: 2, err: expect.stringMatching(/not to be trusted.*no signature/) });
  expect(await download('--require-signatures', '-u')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/contradict/),
  });
  const only = await download('--only-mirrors', 'https://mirror.example');
  expect(only).toMatchObject({
    code: 2,
    err: expect.stringMatching(/left out, since only-mirrors does not name them: "m"/),
  });
});

test.each(['copy-from', 'mirror', 'autopush'])(
  'of a file that the input mirrors names, %s says why it is not known',
  async (input) => {
    await using dir = await tempDir();
    writeFileSync(join(dir.path, 'mirrors.yaml'), JSON.stringify({ mirrors: { quarantine: 'https://h/q' } }));
    const env = {
      INPUT_COMMAND: 'sync',
      INPUT_MIRRORS: 'mirrors.yaml',
      'INPUT_ONLY-MIRRORS': 'quarantine',
      [`INPUT_${input.toUpperCase()}`]: 'quarantine',
    };
    await expect(readActionInputs(env, dir.path)).rejects.toThrow(/^only-mirrors names "quarantine"/);
  },
);
