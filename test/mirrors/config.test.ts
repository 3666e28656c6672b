import { expect, test } from 'vitest';
import { parseMirrors } from '../../src/mirrors/config.ts';
import { codeOf } from '../spec/node-fixture.ts';

const context = { base: '/base', environment: '/env', env: { HOME: '/home/me', DIR: 'there' } };
const parse = (section: unknown) => parseMirrors(section, 'mirrors.yaml', context);
const one = (value: unknown) => parse({ m: value }).mirrors[0];

test('a URL, a path, a map', () => {
  expect(one('https://x/y')).toMatchObject({
    name: 'm',
    signed: true,
    autopush: false,
    binary: true,
    fetch: { url: 'https://x/y' },
    push: { url: 'https://x/y' },
  });
  expect(one('$DIR/$UNSET')?.fetch.url).toBe('file:///base/there/$UNSET');
  expect(one('~/m')?.fetch.url).toBe('file:///home/me/m');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Spack's own notation
  expect(one({ url: '${env}/m', signed: false, autopush: true, binary: false })).toMatchObject({
    signed: false,
    autopush: true,
    binary: false,
    push: { url: 'file:///env/m' },
  });
  expect(one('oci://ghcr.io/x/y')?.signed).toBe(false);
  expect(one({ url: 'oci://ghcr.io/x/y', signed: true })?.signed).toBe(true);
});

test('what a direction says wins, the rest is shared', () => {
  const mirror = one({
    url: 's3://b/all',
    endpoint_url: 'https://e',
    access_pair: { id: 'me', secret_variable: 'S' },
    fetch: 'https://x/fetch',
    push: { url: 's3://b/push', view: 'v', access_pair: { id_variable: 'I', secret_variable: 'P' } },
  });
  expect(mirror?.fetch).toEqual({
    url: 'https://x/fetch',
    view: undefined,
    endpointUrl: 'https://e',
    credentials: { id: { value: 'me' }, secretVariable: 'S', tokenVariable: undefined, profile: undefined },
  });
  expect(mirror?.push).toMatchObject({
    url: 's3://b/push',
    view: 'v',
    endpointUrl: 'https://e',
    credentials: { id: { variable: 'I' }, secretVariable: 'P' },
  });
});

test('secrets in plain text are ignored, noted once, and never shown', () => {
  const { mirrors, notes } = parse({
    m: { url: 'https://x', access_token: 'HUSH', access_pair: ['me', 'HUSH'] },
  });
  expect(notes).toHaveLength(2);
  expect(JSON.stringify({ mirrors, notes })).not.toContain('HUSH');
  expect(mirrors[0]?.fetch.credentials).toMatchObject({ id: undefined, secretVariable: undefined });
});

test.each([
  [[]],
  ['x'],
  [{ m: 1 }],
  [{ m: null }],
  [{ m: '' }],
  [{ m: {} }],
  [{ m: { url: 1 } }],
  [{ m: { url: 'https://x', signed: 'yes' } }],
  [{ m: { url: 'https://x', access_pair: 'HUSH' } }],
])('%j is refused', (section) => {
  expect(codeOf(() => parse(section))).toBe('bad-input');
  expect(() => parse(section)).not.toThrow('HUSH');
});

test('none, and the order of precedence', () => {
  expect(parse(undefined)).toEqual({ mirrors: [], notes: [] });
  expect(parse({ b: 'https://b', 'a:': 'https://a' }).mirrors.map(({ name }) => name)).toEqual(['b', 'a']);
});

test('a mirror for one direction only', () => {
  expect(one({ fetch: 'https://x' })).toMatchObject({ fetch: { url: 'https://x' }, push: { url: '' } });
  expect(codeOf(() => one({ signed: true }))).toBe('bad-input');
});
