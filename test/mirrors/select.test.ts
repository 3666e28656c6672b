import { expect, test } from 'vitest';
import { errorCode } from '../../src/core/errors.ts';
import { isLocation } from '../../src/environment/location.ts';
import { parseMirrors } from '../../src/mirrors/config.ts';
import { anonymousNotes, resolveCredentials } from '../../src/mirrors/credentials.ts';
import type { CredentialSource } from '../../src/mirrors/mirror.ts';
import { selectMirrors } from '../../src/mirrors/select.ts';
import { codeOf } from '../spec/node-fixture.ts';

const context = { base: '/base', environment: undefined, env: {} };
const configured = parseMirrors(
  { a: 'https://a', src: { url: 'https://s', binary: false } },
  'm.yaml',
  context,
);
const select = (...named: string[]) =>
  selectMirrors(named, configured, context).map(({ name, fetch }) => [name, fetch.url]);

test('configured ones that hold binaries, or the named ones', () => {
  expect(select()).toEqual([['a', 'https://a']]);
  expect(select('a')).toEqual([['a', 'https://a']]);
  expect(select('./x')).toEqual([['file:///base/x', 'file:///base/x']]);
  expect(select('./x', 'https://y')).toEqual([
    ['./x', 'file:///base/x'],
    ['https://y', 'https://y'],
  ]);
  const [[name] = []] = select('https://me:secret@y/z');
  expect(name).toBe('https://y/z');
  expect(select('https://me:secret@y/z', 'a').map(([each]) => each)).toEqual(['https://y/z', 'a']);
  expect(codeOf(() => select('b'))).toBe('usage');
  expect(codeOf(() => selectMirrors(['$spack/x'], configured, context))).toBe('usage');
});

test.each([
  ['a', false],
  ['a-b.c', false],
  ['.', true],
  ['..', true],
  ['a/b', true],
  ['a\\b', true],
  ['s3:x', true],
  ['c:x', false],
])('%s is a location: %s', (text, is) => {
  expect(isLocation(text)).toBe(is);
});

test('credentials: token before pair, and a variable that is not set is an error without values', () => {
  const env = { T: 'token', S: 'secret', I: 'id', EMPTY: '' };
  const of = (credentials: CredentialSource) =>
    resolveCredentials('m', { credentials, url: 'https://h' }, env, 'read');
  expect(of({ tokenVariable: 'T', id: { value: 'x' }, secretVariable: 'S' })).toEqual({
    kind: 'token',
    token: 'token',
  });
  expect(of({ id: { variable: 'I' }, secretVariable: 'S' })).toEqual({
    kind: 'pair',
    id: 'id',
    secret: 'secret',
  });
  expect(of({ id: { value: 'x' } })).toEqual({ kind: 'none' });
  expect(codeOf(() => of({ tokenVariable: 'NONE' }))).toBe('usage');
});

test.each([
  ['ACTIONS_RUNTIME_TOKEN', 'https://h', false],
  ['INPUT_GITHUB-TOKEN', 'https://ghcr.io', false],
  ['BUILDCACHE_SIGNING_KEY', 's3://b', false],
  ['SPACK_SIGNING_KEY', 'oci://h/n', false],
  ['GITHUB_TOKEN', 'https://evil.example', false],
  ['GITHUB_TOKEN', 'oci+http://ghcr.io/o/n', false],
  ['GITHUB_TOKEN', 'oci://ghcr.io.evil.example/o/n', false],
  ['GITHUB_TOKEN', 'oci://ghcr.io/o/n', true],
  ['GH_TOKEN', 'https://maven.pkg.github.com/o/n', true],
  ['AWS_SECRET_ACCESS_KEY', 'https://h', false],
  ['GOOGLE_APPLICATION_CREDENTIALS', 'https://h', false],
  ['CLOUDSDK_AUTH_ACCESS_TOKEN', 'gs://b', true],
  ['MY_TOKEN', 'https://h', true],
])('%s is a credential for %s: %s', (variable, url, is) => {
  const env = { [variable]: 'secret' };
  for (const credentials of [{ tokenVariable: variable }, { id: { variable }, secretVariable: variable }]) {
    const found = (() => {
      try {
        return resolveCredentials('m', { credentials, url }, env, 'read').kind !== 'none';
      } catch (error) {
        expect(String(error)).not.toContain('secret"');
        return errorCode(error);
      }
    })();
    expect(found).toBe(is ? true : 'denied');
  }
});

test.each([
  ['https://ghes.example', 'oci://containers.ghes.example/o/n', true],
  ['https://us.ghe.com', 'oci://containers.us.ghe.com/o/n', true],
  ['https://ghes.example', 'oci://ghcr.io/o/n', false],
  ['https://gitea.example', 'https://github.com/o/n', false],
  ['no URL', 'oci://ghcr.io/o/n', false],
])('the token of a job of %s is a credential for %s: %s', (server, url, is) => {
  const env = { GITHUB_TOKEN: 'secret', GITHUB_SERVER_URL: server };
  const resolve = () =>
    resolveCredentials('m', { credentials: { tokenVariable: 'GITHUB_TOKEN' }, url }, env, 'read');
  expect(is ? resolve().kind : codeOf(resolve)).toBe(is ? 'token' : 'denied');
});

test.each([
  ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'pair'],
  ['AWS_PROD_KEY_ID', 'AWS_PROD_SECRET', 'pair'],
  ['MY_ID', 'AWS_SECRET_ACCESS_KEY', 'pair'],
  ['AWS_SECRET_ACCESS_KEY', 'MY_ID', 'denied'],
  ['AWS_SESSION_TOKEN', 'MY_ID', 'denied'],
  ['aws_container_authorization_token', 'MY_ID', 'denied'],
])("S3's id is sent as it is: with %s for it and %s for the secret, %s", (id, secret, expected) => {
  const credentials = { id: { variable: id }, secretVariable: secret };
  const resolve = () =>
    resolveCredentials('m', { credentials, url: 's3://b' }, { [id]: 'a', [secret]: 'b' }, 'read').kind;
  expect(expected === 'denied' ? codeOf(resolve) : resolve()).toBe(expected);
});

test.each([
  ['GOOGLE_OAUTH_ACCESS_TOKEN', undefined, true],
  ['CLOUDSDK_AUTH_ACCESS_TOKEN', 'https://storage-x.p.googleapis.com', true],
  ['CLOUDSDK_AUTH_ACCESS_TOKEN', 'storage.googleapis.com', true],
  ['CLOUDSDK_AUTH_ACCESS_TOKEN', 'http://storage.googleapis.com', false],
  ['CLOUDSDK_AUTH_ACCESS_TOKEN', 'https://googleapis.com.evil.example', false],
  ['GOOGLE_OAUTH_ACCESS_TOKEN', 'https://evil.example', false],
  ['GCLOUD_TOKEN', 'no URL', false],
  ['MY_TOKEN', 'https://evil.example', true],
])('%s goes to gs:// at the endpoint %s: %s', (variable, endpointUrl, is) => {
  const credentials = { tokenVariable: variable };
  const resolve = () =>
    resolveCredentials('m', { credentials, url: 'gs://b', endpointUrl }, { [variable]: 'a' }, 'read').kind;
  expect(is ? resolve() : codeOf(resolve)).toBe(is ? 'token' : 'denied');
});

test.each([
  [{ tokenVariable: 'EMPTY' }, 'EMPTY is'],
  [{ id: { variable: 'I' }, secretVariable: 'EMPTY' }, 'EMPTY is'],
  [{ id: { variable: 'EMPTY' }, secretVariable: 'NULL' }, 'EMPTY and NULL are'],
  [{ id: { variable: 'EMPTY' }, secretVariable: 'NONE' }, 'EMPTY is'],
])(
  'credentials %j that are named and empty: reading goes on without and says so, writing does not',
  (source, which) => {
    const env = { EMPTY: '', NULL: '', I: 'id' };
    expect(resolveCredentials('m', { credentials: source, url: 'https://h' }, env, 'read')).toEqual({
      kind: 'anonymous',
    });
    expect(anonymousNotes(source, env)).toEqual([
      `it is read without the credentials that are named for it: ${which} empty`,
    ]);
    expect(
      codeOf(() => resolveCredentials('m', { credentials: source, url: 'https://h' }, env, 'write')),
    ).toBe('usage');
  },
);

test('of credentials that are there, or not used, there is no note', () => {
  const env = { T: 'token', EMPTY: '' };
  const source = { tokenVariable: 'T', id: { variable: 'EMPTY' }, secretVariable: 'EMPTY' };
  expect(anonymousNotes(source, env)).toEqual([]);
  expect(resolveCredentials('m', { credentials: source, url: 'https://h' }, env, 'read')).toEqual({
    kind: 'token',
    token: 'token',
  });
});
