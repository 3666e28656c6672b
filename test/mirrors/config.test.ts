import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { describeError } from '../../src/core/errors.ts';
import { parseYaml } from '../../src/environment/yaml-text.ts';
import { parseMirrors } from '../../src/mirrors/config.ts';
import type { MirrorSide } from '../../src/mirrors/mirror.ts';
import { FIXTURES } from '../cache/mirror-fixture.ts';
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

test("another user's folder is no folder of that name", () => {
  for (const url of ['~somebody/m', '~somebody', '~$DIR/m', '~me/m'])
    expect(codeOf(() => one(url))).toBe('usage');
  expect(one('./~somebody/m')?.fetch.url).toBe('file:///base/%7Esomebody/m');
  expect(one('a/~/m')?.fetch.url).toBe('file:///base/a/~/m'.replace('~', '%7E'));
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

test.each([
  [{ url: 'https://x', singed: false }, 'singed', 'did you mean "signed"?'],
  [{ url: 'https://x', Signed: false }, 'Signed', 'did you mean "signed"?'],
  [{ url: 'https://x', exclude_binaries: ['a'] }, 'exclude_binaries', 'did you mean "exclude_binary"?'],
  [{ url: 'https://x', 'acces-pair': {} }, 'acces-pair', 'did you mean "access_pair"?'],
  [{ url: 'https://x', only_on_tuesdays: true }, 'only_on_tuesdays', 'newer Spack'],
  [{ url: 'https://x', push: { veiw: 'a' } }, 'veiw', 'did you mean "view"?'],
  [{ url: 'https://x', fetch: { signed: false } }, 'signed', 'the whole mirror'],
  [{ url: 'https://x', access_pair: { id: 'a', secret: 'HUSH' } }, 'secret', 'access_pair'],
  [{ push: { url: 'https://x', access_pair: { id_var: 'a' } } }, 'id_var', 'push.access_pair'],
])('an unknown key is an error that names it and the nearest: %j', (value, key, hint) => {
  let message = '';
  try {
    one(value);
  } catch (error) {
    message = describeError(error);
  }
  expect(message).toContain(`mirrors.yaml: mirror "m"`);
  expect(message).toContain(`unknown key "${key}"`);
  expect(message.toLowerCase()).toContain(hint.toLowerCase());
  expect(message).not.toContain('HUSH');
});

test.each([{ id: 'a' }, { secret_variable: 'S' }, { id: 'a', id_variable: 'B', secret_variable: 'S' }])(
  'half an access pair, or both kinds of id, is refused: %j',
  (pair) => {
    expect(() => one({ url: 'https://x', access_pair: pair })).toThrow(/access_pair/);
    expect(() => one({ url: 'https://x', push: { access_pair: pair } })).toThrow(/push\.access_pair/);
  },
);

test('a mirror named twice is refused, whatever Spack’s mark says', () => {
  expect(() => parse({ m: 'https://x', 'm:': 'https://y' })).toThrow('two mirrors are named "m"');
});

test('names that look like nothing are names', async () => {
  const yaml =
    '{1: "https://one", true: "https://t", 1.5: "https://f", yes: "https://y", "": "https://e", "a b": "https://s", a/b: "https://l"}';
  const { mirrors } = parse(await parseYaml(yaml, 'mirrors.yaml'));
  expect(Object.fromEntries(mirrors.map(({ name, fetch }) => [name, fetch.url]))).toEqual({
    '1': 'https://one',
    true: 'https://t',
    '1.5': 'https://f',
    yes: 'https://y',
    '<unnamed>': 'https://e',
    'a b': 'https://s',
    'a/b': 'https://l',
  });
});

describe('every form that Spack 1.3 accepts, as it reads it', () => {
  const folder = join(FIXTURES, 'spack-1.3/mirrors');
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<
    string,
    SpackMirror
  >;
  const now = new Date();
  const pad = (value: number) => String(value).padStart(2, '0');
  const facts: Record<string, string> = {
    HOME: '/home/me',
    CWD: process.cwd(),
    CONFIG: '/config',
    DATE: `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`,
    USER: userInfo().username,
  };
  const ourWords = (text: string | null) => {
    const filled = text?.replace(/\$([A-Z]+)/g, (whole, name: string) => facts[name] ?? whole) ?? null;
    if (filled?.startsWith('ERROR')) return '';
    // Python and Node write the same path with other characters encoded.
    return filled?.includes('%') ? pathToFileURL(fileURLToPath(filled)).href : filled;
  };
  const read = async () => {
    const section = await parseYaml(readFileSync(join(folder, 'mirrors.yaml'), 'utf8'), 'mirrors.yaml');
    const env = { HOME: '/home/me', SPACK_ROOT: '/opt/spack-1.3' };
    const { mirrors } = parseMirrors((section as { mirrors: unknown }).mirrors, 'mirrors.yaml', {
      base: '/config',
      environment: undefined,
      env,
    });
    return mirrors;
  };

  test('none is missing, in their order', async () => {
    expect((await read()).map(({ name }) => name)).toEqual(Object.keys(expected));
  });

  test.each(Object.keys(expected))('%s', async (name) => {
    const mirror = (await read()).find((candidate) => candidate.name === name);
    const side = ({
      url,
      view,
      credentials: { id, secretVariable, tokenVariable, profile },
      endpointUrl,
      filter,
    }: MirrorSide) => ({
      url,
      view: view ?? null,
      profile: profile ?? null,
      endpoint: endpointUrl ?? null,
      pair:
        id === undefined
          ? null
          : {
              ...('value' in id ? { id: id.value } : { id_variable: id.variable }),
              secret_variable: secretVariable,
            },
      tokv: tokenVariable ?? null,
      inc: filter?.include ?? [],
      exc: filter?.exclude ?? [],
    });
    const spack = expected[name];
    if (mirror === undefined || spack === undefined) throw new Error(`no ${name}`);
    const inOurWords = (theirs: SpackMirror['fetch']) => ({ ...theirs, url: ourWords(theirs.url) });
    expect(side(mirror.fetch)).toEqual(inOurWords(spack.fetch));
    expect(side(mirror.push)).toEqual(inOurWords(spack.push));
    expect(mirror.autopush).toBe(spack.autopush);
    expect(mirror.binary).toBe(spack.binary);
    // Spack cannot say whether what it cannot fetch from is signed; and images are signed here where that is asked for.
    if (name === 'ocis') expect(mirror.signed).toBe(true);
    else if (name !== 'pushonly') expect(mirror.signed).toBe(spack.signed);
  });
});

interface SpackMirror {
  readonly fetch: { readonly url: string | null };
  readonly push: { readonly url: string | null };
  readonly signed: boolean | string;
  readonly autopush: boolean;
  readonly binary: boolean;
}
