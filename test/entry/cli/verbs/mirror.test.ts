import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { tempDir } from '../../../harness/temp-dir.ts';
import { runVerb } from '../../run-verb.ts';

const SPACK_YAML = `# Ours, by hand.
spack:
  specs: [toyapp@1.0 +shared, toymake]   # two
  view: false
  config:
    install_tree:
      root: ~/store
  mirrors:
    # the release mirror
    release:
      url: s3://bucket/release   # do not touch
      signed: true
      access_pair:
        id_variable: RELEASE_ID
        secret_variable: RELEASE_SECRET
    plain: https://example.org/cache
  packages:
    all:
      require:
      - target=x86_64_v3
      - "%gcc"
`;

async function environment(text = SPACK_YAML) {
  const dir = await tempDir();
  const file = join(dir.path, 'env/spack.yaml');
  mkdirSync(join(dir.path, 'env'));
  writeFileSync(file, text);
  const mirror = (...args: string[]) => runVerb(['mirror', ...args, '-e', 'env'], dir.path);
  const list = async () => JSON.parse((await mirror('list', '--json')).out).mirrors;
  return {
    ...{ dir, file, mirror, list, text: () => readFileSync(file, 'utf8'), cwd: dir.path },
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

describe('mirror', () => {
  it('changes a URL by the verb that Spack has for it', async () => {
    const { dir, mirror, text, list } = await environment();
    await using _ = dir;
    expect(await mirror('set-url', 'plain', 'https://example.org/new')).toMatchObject({ code: 0, err: '' });
    expect(text()).toBe(SPACK_YAML.replace('https://example.org/cache', 'https://example.org/new'));
    await mirror('set-url', '--push', 'release', 's3://bucket/incoming');
    expect((await list())[0]).toMatchObject({
      fetch: { url: 's3://bucket/release' },
      push: { url: 's3://bucket/incoming' },
    });
  });

  it('loses no change where several are made at once', async () => {
    const { dir, file, mirror, list } = await environment();
    await using _ = dir;
    const names = Array.from({ length: 8 }, (_, i) => `m${i}`);
    const done = await Promise.all([
      ...names.map((name) => mirror('add', name, `https://example.org/${name}`)),
      mirror('set-url', 'plain', 'https://example.org/new'),
      mirror('remove', 'release'),
    ]);
    expect(done.map(({ code }) => code)).toEqual(done.map(() => 0));
    const found: { name: string }[] = await list();
    expect(found.map(({ name }) => name).sort()).toEqual([...names, 'plain']);
    expect(found.find(({ name }) => name === 'plain')).toMatchObject({
      fetch: { url: 'https://example.org/new' },
    });
    expect(readdirSync(join(file, '..'))).toEqual(['spack.yaml']);
  });

  it('leaves a file to its owner, also where an administrator changes it', async () => {
    const { dir, file, mirror } = await environment();
    await using _ = dir;
    // Only an administrator can give the file away, and have it returned.
    if (process.getuid?.() === 0) chownSync(file, 12345, 54321);
    const { uid, gid } = statSync(file);
    expect(await mirror('remove', 'plain')).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).not.toContain('plain:');
    expect(statSync(file)).toMatchObject({ uid, gid });
  });

  it.each([0o600, 0o640, 0o666])('leaves a file to those who may read it: mode %o', async (mode) => {
    await using dir = await tempDir();
    const file = join(dir.path, 'mirrors.yaml');
    writeFileSync(file, 'mirrors: {}\n');
    chmodSync(file, mode);
    const { code } = await runVerb(['mirror', 'add', '--mirrors', file, 'a', 'https://a.example'], dir.path);
    expect(code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('a.example');
    expect(statSync(file).mode & 0o777).toBe(mode);
  });

  it('changes a file in which a map of defaults is shared by very many', async () => {
    const packages = Array.from({ length: 150 }, (_, i) => `    p${i}:\n      <<: *common\n`).join('');
    const many = `common: &common\n  buildable: true\n${SPACK_YAML}${packages}`;
    const { dir, mirror, list } = await environment(many);
    await using _ = dir;
    expect(await mirror('add', 'new', 'https://example.org/new')).toMatchObject({ code: 0, err: '' });
    expect(await list()).toHaveLength(3);
  });

  it('names the file in which an alias stands for what it is in', async () => {
    const { dir, mirror } = await environment('a: &a {b: *a}\nspack:\n  specs: []\n');
    await using _ = dir;
    const { code, err } = await mirror('add', 'new', 'https://example.org/new');
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error: .*spack\.yaml: not valid YAML.*\n$/),
    });
  });

  it('adds before the others, and changes no other line', async () => {
    const { dir, mirror, text, list } = await environment();
    await using _ = dir;
    expect(await mirror('add', 'new', 'oci://ghcr.io/org/cache')).toMatchObject({ code: 0, err: '' });
    expect(text()).toBe(
      SPACK_YAML.replace(/( {4}# the release mirror\n)/, '    new: oci://ghcr.io/org/cache\n$1'),
    );
    expect(await list()).toMatchObject([
      { name: 'new', signed: false, fetch: { url: 'oci://ghcr.io/org/cache' } },
      { name: 'release' },
      { name: 'plain' },
    ]);
  });

  it('writes all that Spack knows of a mirror', async () => {
    const { dir, mirror, text, list } = await environment();
    await using _ = dir;
    const args = ['--type', 'binary', '--autopush', '--unsigned', '-n', 'mine', '--s3-profile', 'ci'];
    const s3 = ['--s3-access-key-id-variable', 'ID', '--s3-access-key-secret-variable', 'SECRET'];
    const more = ['--s3-endpoint-url', 'https://s3.example.org', '--s3-access-token-variable', 'TOKEN'];
    expect((await mirror('add', 'new', 's3://bucket/new', ...args, ...s3, ...more)).code).toBe(0);
    expect(text()).toContain(`    new:
      url: s3://bucket/new
      access_pair:
        id_variable: ID
        secret_variable: SECRET
      access_token_variable: TOKEN
      profile: ci
      endpoint_url: https://s3.example.org
      binary: true
      source: false
      signed: false
      autopush: true
      view: mine
`);
    const [first] = await list();
    expect(first).toMatchObject({
      signed: false,
      autopush: true,
      push: {
        view: 'mine',
        endpoint_url: 'https://s3.example.org/',
        credentials: { id_variable: 'ID', secret_variable: 'SECRET', access_token_variable: 'TOKEN' },
      },
    });
  });

  it('sets what is named, of both directions or one, and keeps the comments', async () => {
    const { dir, mirror, text } = await environment();
    await using _ = dir;
    const set = async (...args: string[]) =>
      expect(await mirror('set', ...args)).toMatchObject({ code: 0, err: '' });
    await set('plain', '--url', 'https://example.org/other');
    expect(text()).toBe(SPACK_YAML.replace('org/cache', 'org/other'));
    await set('plain', '--push', '--url', 's3://bucket/other');
    await set('plain', '--push', '--s3-profile', 'ci');
    await set('plain', '--unsigned', '--autopush');
    expect(text()).toContain(`    plain:
      url: https://example.org/other
      push:
        url: s3://bucket/other
        profile: ci
      signed: false
      autopush: true
`);
    await set('release', '--s3-access-key-id', 'AKIA', '--no-autopush');
    expect(text()).toContain(
      `    # the release mirror
    release:
      url: s3://bucket/release   # do not touch
      signed: true
      access_pair:
        id: AKIA
        secret_variable: RELEASE_SECRET
      autopush: false
`,
    );
    expect(text()).toContain('      - "%gcc"\n');
  });

  it.each([
    ['a URL', '    rest: &place s3://bucket/rest\n    release: *place\n', 's3://bucket/rest'],
    ['all of it', '    rest: &all {url: s3://b/all, view: v}\n    release: *all\n', 's3://b/all'],
    [
      'a part',
      '    rest: &all\n      url: s3://b/x\n    release:\n      <<: *all\n      url: s3://b/y\n',
      's3://b/y',
    ],
  ])('an alias that stands for %s is written out where it is changed', async (_, mirrors, url) => {
    const { dir, mirror, text } = await environment(`spack:\n  mirrors:\n${mirrors}`);
    await using __ = dir;
    expect(await mirror('set', 'release', '--signed')).toMatchObject({ code: 0, err: '' });
    const written = parse(text(), { merge: true }).spack.mirrors;
    expect(written).toMatchObject({ release: { url, signed: true } });
    expect(written.rest).toEqual(parse(mirrors.replaceAll(/^ {4}/gm, '')).rest);
  });

  it('does not remove what something else refers to', async () => {
    const { dir, mirror, text } = await environment('spack:\n  mirrors:\n    a: &x s3://b/a\n    b: *x\n');
    await using _ = dir;
    const before = text();
    expect(await mirror('remove', 'a')).toMatchObject({ code: 2, err: expect.stringContaining('anchor') });
    expect(text()).toBe(before);
  });

  // To Spack these are a date and numbers, as in YAML 1.1, and it takes no file with such a name.
  it.each(['2026-11-30', '1_000', '0b1', '1_0.5', '='])(
    'writes %s so that Spack reads the same',
    async (name) => {
      const braces = 'spack:\n  mirrors: {other: s3://b/x}\n';
      const none = 'spack:\n  specs: []\n';
      for (const before of [SPACK_YAML, braces, none]) {
        await using at = await environment(before);
        await at.mirror('add', name, 's3://b/new', '--s3-profile', name);
        await at.mirror('set', name, '--s3-access-token-variable', 'T', '--s3-endpoint-url', 'https://e.org');
        await at.mirror('set', name, '--fetch', '--s3-profile', name);
        const { mirrors } = parse(at.text(), { version: '1.1' }).spack;
        expect(mirrors[name]).toMatchObject({ profile: name, fetch: { profile: name } });
      }
      await using at = await tempDir();
      await runVerb(['mirror', 'add', name, 's3://b/x', '--mirrors', 'new.yaml'], at.path);
      const made = readFileSync(join(at.path, 'new.yaml'), 'utf8');
      expect(parse(made, { version: '1.1' })).toEqual({ mirrors: { [name]: 's3://b/x' } });
    },
  );

  it.each(['a:', '<<', 'a\u001b[2J', 'a\nb', '../up', 's3://b'])('takes no name like %j', async (name) => {
    const { dir, mirror, text } = await environment();
    await using _ = dir;
    expect((await mirror('add', name, 's3://b/x')).code).not.toBe(0);
    expect(text()).toBe(SPACK_YAML);
  });

  it('says when there is nothing to change, and leaves the file alone', async () => {
    const { dir, mirror, text } = await environment(SPACK_YAML.replace('view: false', 'view:   false'));
    await using _ = dir;
    const before = text();
    expect(await mirror('set', 'release', '--signed')).toMatchObject({
      code: 0,
      out: 'Nothing to change.\n',
    });
    expect(text()).toBe(before);
  });

  it('removes one', async () => {
    const { dir, mirror, text } = await environment();
    await using _ = dir;
    expect((await mirror('rm', 'plain')).code).toBe(0);
    expect(text()).toBe(SPACK_YAML.replace('    plain: https://example.org/cache\n', ''));
  });

  it.each([
    [
      'an environment without mirrors',
      'spack:\n  specs: [a]\n',
      'spack:\n  specs: [a]\n  mirrors:\n    new: s3://b/c\n',
    ],
    ['an empty section', 'spack:\n  mirrors: {}\n', 'spack:\n  mirrors:\n    new: s3://b/c\n'],
    [
      'one with an override mark',
      'spack:\n  mirrors::\n    old: s3://a\n',
      'spack:\n  mirrors::\n    new: s3://b/c\n    old: s3://a\n',
    ],
    [
      'another indent',
      'spack:\n    mirrors:\n        old: s3://a\n',
      'spack:\n    mirrors:\n        new: s3://b/c\n        old: s3://a\n',
    ],
  ])('writes into %s', async (_, before, after) => {
    const { dir, mirror, text } = await environment(before);
    await using __ = dir;
    expect(await mirror('add', 'new', 's3://b/c')).toMatchObject({ code: 0, err: '' });
    expect(text()).toBe(after);
  });

  it.each([
    ['', 'mirrors:\n  new: s3://b/c\n'],
    ['# ours\n', '# ours\n\nmirrors:\n  new: s3://b/c\n'],
    ['mirrors:\n', 'mirrors:\n  new: s3://b/c\n'],
    ['old: s3://a\n', 'new: s3://b/c\nold: s3://a\n'],
  ])('writes a mirrors.yaml, there or not (%j)', async (before, after) => {
    const { dir, cwd } = await environment();
    await using _ = dir;
    const file = join(cwd, 'sub/mirrors.yaml');
    if (before !== '') {
      mkdirSync(join(cwd, 'sub'));
      writeFileSync(file, before);
    }
    const ran = await runVerb(['mirror', 'add', 'new', 's3://b/c', '--mirrors', 'sub/mirrors.yaml'], cwd);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(file, 'utf8')).toBe(after);
  });

  it('means a relative path as it is typed', async () => {
    const { dir, mirror, cwd, list } = await environment();
    await using _ = dir;
    await mirror('add', 'new', './here');
    await mirror('add', 'own', '$env/cache');
    const [own, made] = await list();
    expect(made.fetch.url).toBe(`file://${cwd}/here`);
    expect(own.fetch.url).toBe(`file://${cwd}/env/cache`);
  });

  it('never shows secrets', async () => {
    const { dir, mirror } = await environment(`spack:
  mirrors:
    old: {url: "https://user:hunter2@example.org/x?sig=hunter2", access_pair: [me, hunter2], access_token: hunter2}
    ours: {url: s3://b, access_pair: {id: me, secret_variable: VARIABLE}}
`);
    await using _ = dir;
    for (const args of [['list'], ['ls', '--json']]) {
      const { code, out, err } = await mirror(...args);
      expect(code).toBe(0);
      expect(out + err).not.toContain('hunter2');
      expect(out).toContain('https://example.org/x?sig=***');
    }
    // The token in plain text goes when a variable is named.
    expect((await mirror('set', 'old', '--s3-access-token-variable', 'TOKEN')).code).toBe(0);
    expect((await mirror('list', '--json')).out).toContain('"access_token_variable": "TOKEN"');
  });

  it.each([
    ['a name that is there', ['add', 'plain', 's3://b'], 'already'],
    ['a name that is not', ['set', 'other', '--signed'], 'no mirror named "other"'],
    ['one to remove that is not', ['remove', 'other'], 'release, plain'],
    ['half an access pair', ['add', 'new', 's3://b', '--s3-access-key-id', 'x'], 'half an access pair'],
    ['a path for a name', ['add', 'a/b', 's3://b'], 'without slashes'],
    [
      'both kinds of id',
      ['set', 'plain', '--oci-username', 'a', '--oci-username-variable', 'B'],
      'cannot be used',
    ],
    ['both directions', ['set', 'plain', '--push', '--fetch', '--url', 's3://b'], 'cannot be used'],
    ['both ways of signing', ['set', 'plain', '--signed', '--unsigned'], 'contradict'],
    ['another type', ['add', 'new', 's3://b', '--type', 'both'], 'binary or source'],
  ])('refuses %s', async (_, args, message) => {
    const { dir, mirror, text } = await environment();
    await using __ = dir;
    expect(await mirror(...args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
    expect(text()).toBe(SPACK_YAML);
  });

  it.each([
    ['no YAML', 'spack: [', 'not valid YAML'],
    ['no environment', 'mirrors: {}', 'under "spack:"'],
    ['mirrors that are none', 'spack:\n  mirrors: [a]\n', 'mirrors'],
  ])('refuses %s', async (_, before, message) => {
    const { dir, mirror, text } = await environment(before);
    await using __ = dir;
    expect(await mirror('add', 'new', 's3://b')).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
    });
    expect(text()).toBe(before);
  });

  it('wants a file to write to', async () => {
    await using dir = await tempDir();
    const ran = await runVerb(['mirror', 'add', 'new', 's3://b'], dir.path);
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('--mirrors') });
    expect(existsSync(join(dir.path, 'spack.yaml'))).toBe(false);
    const removed = await runVerb(['mirror', 'rm', 'new', '--mirrors', 'none.yaml'], dir.path);
    expect(removed.code).toBe(2);
  });
});

describe('mirror set and remove change no line but their own', () => {
  /** Lined up by hand, as nothing that writes YAML would. */
  const BLOCK = `# head
mirrors:   # ours
  # about a
  a:    https://a.example/x      # plain

  "b":
      url:   's3://b/p'   # quoted
      access_pair:
          id_variable:      OLD   # rotated
          secret_variable:  SECRET

      signed:  true
      # the end of b
  # about c
  c: {url: "https://c.example",   signed: false}   # in braces
  d:
    fetch: https://d.example/f
    push:   {url: s3://d}

# tail
`;
  const FLOW = `{
  mirrors: {
    a: https://a.example,   # about a
    "b": {url: 's3://b',  signed: true},
    c:   "https://c.example"   # about c
  }
}
`;
  const run = async (before: string, args: readonly string[]) => {
    await using dir = await tempDir();
    const file = join(dir.path, 'm.yaml');
    writeFileSync(file, before);
    const ran = await runVerb(['mirror', ...args, '--mirrors', 'm.yaml'], dir.path);
    return { ...ran, text: readFileSync(file, 'utf8') };
  };
  /** With each of the pairs replaced, which must all be there. */
  const changed = (before: string, pairs: readonly (readonly [string, string])[]) =>
    pairs.reduce((text, [from, to]) => {
      expect(text).toContain(from);
      return text.replace(from, () => to);
    }, before);

  const CASES: readonly [string, string, string[], (readonly [string, string])[]][] = [
    ['a URL', BLOCK, ['set', 'a', '--url', 'https://other'], [['https://a.example/x', 'https://other']]],
    [
      'a URL that becomes a map',
      BLOCK,
      ['set', 'a', '--unsigned'],
      [
        [
          'a:    https://a.example/x      # plain\n',
          'a:\n    url: https://a.example/x      # plain\n    signed: false\n',
        ],
      ],
    ],
    ['a value in quotes', BLOCK, ['set', 'b', '--url', 's3://b/q'], [["'s3://b/p'", "'s3://b/q'"]]],
    ['a key that is there', BLOCK, ['set', 'b', '--unsigned'], [['signed:  true', 'signed:  false']]],
    [
      'a key that is new',
      BLOCK,
      ['set', 'b', '--autopush'],
      [['signed:  true\n', 'signed:  true\n      autopush: true\n']],
    ],
    [
      'one id for another',
      BLOCK,
      ['set', 'b', '--s3-access-key-id', 'me'],
      [['id_variable:      OLD   # rotated', 'id: me   # rotated']],
    ],
    [
      'one direction',
      BLOCK,
      ['set', 'b', '--push', '--url', 's3://b/w', '--s3-profile', 'ci'],
      [['signed:  true\n', 'signed:  true\n      push:\n          url: s3://b/w\n          profile: ci\n']],
    ],
    ['braces', BLOCK, ['set', 'c', '--signed'], [['signed: false}', 'signed: true}']]],
    [
      'more in braces',
      BLOCK,
      ['set', 'c', '--autopush'],
      [['signed: false}', 'signed: false, autopush: true}']],
    ],
    [
      'a direction in braces',
      BLOCK,
      ['set', 'd', '--push', '--s3-profile', 'p'],
      [['{url: s3://d}', '{url: s3://d, profile: p}']],
    ],
    [
      'a direction that becomes a map',
      BLOCK,
      ['set', 'd', '--fetch', '--s3-profile', 'p'],
      [['fetch: https://d.example/f\n', 'fetch:\n      url: https://d.example/f\n      profile: p\n']],
    ],
    ['the first', BLOCK, ['remove', 'a'], [['  a:    https://a.example/x      # plain\n', '']]],
    [
      'one in a block',
      BLOCK,
      ['remove', 'b'],
      [[BLOCK.slice(BLOCK.indexOf('  "b":'), BLOCK.indexOf('      # the end of b')), '']],
    ],
    [
      'one in braces',
      BLOCK,
      ['remove', 'c'],
      [['  c: {url: "https://c.example",   signed: false}   # in braces\n', '']],
    ],
    [
      'a flow map',
      FLOW,
      ['set', 'a', '--unsigned'],
      [['a: https://a.example,', 'a: {url: https://a.example, signed: false},']],
    ],
    ['a flow map in it', FLOW, ['set', 'b', '--url', 's3://c'], [["'s3://b'", "'s3://c'"]]],
    ['a line of a flow map', FLOW, ['remove', 'b'], [[`    "b": {url: 's3://b',  signed: true},\n`, '']]],
    ['a flow map on one line', 'mirrors: {a: s3://a, b: s3://b}\n', ['remove', 'b'], [[', b: s3://b', '']]],
    ['its first', 'mirrors: {a: s3://a, b: s3://b}\n', ['remove', 'a'], [['a: s3://a, ', '']]],
    ['its only one', 'mirrors: { a: s3://a } # none\n', ['remove', 'a'], [['a: s3://a', '']]],
    ['to a flow map', 'mirrors: {a: s3://a}\n', ['add', 'n', 's3://n,o'], [['{a:', '{n: "s3://n,o", a:']]],
    [
      'the last, of which Spack wants a map to be left',
      'mirrors: # ours\n  # old\n  a: s3://a\n# end',
      ['remove', 'a'],
      [
        ['mirrors: # ours', 'mirrors: {} # ours'],
        ['  a: s3://a\n', ''],
      ],
    ],
    [
      'the last line of a file without its end',
      'mirrors:\n  a: s3://a',
      ['set', 'a', '--signed'],
      [['a: s3://a', 'a:\n    url: s3://a\n    signed: true']],
    ],
    [
      'a key with Spack’s mark',
      'mirrors::\n  a::\n    url: s3://a\n',
      ['set', 'a', '--url', 's3://b'],
      [['s3://a', 's3://b']],
    ],
  ];

  it.each(CASES)('%s', async (_, before, args, pairs) => {
    const { code, err, text } = await run(before, args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(text).toBe(changed(before, pairs));
  });

  it.each(CASES)('with lines as Windows ends them: %s', async (_, before, args, pairs) => {
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    const { code, text } = await run(windows(before), args);
    expect(code).toBe(0);
    expect(text).toBe(windows(changed(before, pairs)));
  });

  it('each line keeps its own end', async () => {
    const mixed = 'mirrors:\r\n  a: s3://a\n  b: s3://b\r\n# end\n';
    expect((await run(mixed, ['remove', 'b'])).text).toBe('mirrors:\r\n  a: s3://a\n# end\n');
    expect((await run(mixed, ['add', 'n', 's3://n', '--unsigned'])).text).toBe(
      mixed.replace('  a:', '  n:\r\n    url: s3://n\r\n    signed: false\r\n  a:'),
    );
    const empty = 'spack:\r\n  specs: []\n';
    await using dir = await tempDir();
    writeFileSync(join(dir.path, 'spack.yaml'), empty);
    await runVerb(['mirror', 'add', 'n', 's3://n', '-e', '.'], dir.path);
    expect(readFileSync(join(dir.path, 'spack.yaml'), 'utf8')).toBe(
      `${empty}  mirrors:\r\n    n: s3://n\r\n`,
    );
  });

  it('in a spack.yaml, the others may be as broken as they are', async () => {
    const broken = BLOCK.replace('signed: false', 'singed: false');
    expect(await run(broken, ['remove', 'c'])).toMatchObject({
      code: 0,
      text: expect.not.stringContaining('singed'),
    });
    expect((await run(broken, ['set', 'a', '--signed'])).code).toBe(0);
    expect(await run(broken, ['set', 'c', '--signed'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean "signed"'.replace('d', 'D')),
      text: broken,
    });
  });
});

describe('mirror add refuses what check would choke on', () => {
  it.each([
    ['a scheme that nobody speaks', ['new', 'htps://example.org/x'], /htps:\/\/ is not supported/],
    ['one that only Spack speaks', ['new', 'sftp://example.org/x'], /sftp:\/\/ is not supported/],
    ['a bucket that is none', ['new', 's3://'], /bucket/],
    ['no URL', ['new', ''], /argument 2 is empty/],
  ])('%s', async (_, args, message) => {
    const { dir, mirror, text } = await environment();
    await using __ = dir;
    expect(await mirror('add', ...args)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
    expect(text()).toBe(SPACK_YAML);
    expect((await mirror('set', 'plain', '--url', args[1] ?? '')).code).toBe(2);
    expect(text()).toBe(SPACK_YAML);
  });

  it.each([
    ['an unknown key', 'https://x\n      singed: false', 'unknown key "singed"'],
    ['a filter that is no spec', 'https://x\n      exclude_binary: ["@@"]', '"@@" is no spec'],
  ])('a file in which there is %s', async (_, more, message) => {
    const broken = SPACK_YAML.replace('plain: https', `bad:\n      url: ${more}\n    plain: https`);
    const { dir, mirror, text } = await environment(broken);
    await using __ = dir;
    expect(await mirror('add', 'new', 's3://b')).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
    });
    expect(text()).toBe(broken);
  });

  it('but takes what holds sources only from where Spack can', async () => {
    const { dir, mirror } = await environment();
    await using _ = dir;
    expect((await mirror('add', 'new', 'ftp://example.org/x', '--type', 'source')).code).toBe(0);
  });

  it('and changes what is not about the place of a mirror that cannot be opened', async () => {
    const { dir, mirror } = await environment('spack:\n  mirrors:\n    old: sftp://example.org/x\n');
    await using _ = dir;
    expect((await mirror('set', 'old', '--unsigned')).code).toBe(0);
    expect((await mirror('set', 'old', '--push', '--url', 's3://b/w')).code).toBe(0);
    expect((await mirror('set', 'old', '--push', '--url', 'sftp://b/w')).code).toBe(2);
  });
});

it('mirror set-url is mirror set --url, as in Spack', async () => {
  const { dir, mirror, text } = await environment();
  await using _ = dir;
  expect((await mirror('set-url', 'plain', 'https://example.org/other')).code).toBe(0);
  expect(text()).toBe(SPACK_YAML.replace('org/cache', 'org/other'));
  expect((await mirror('set-url', 'plain', 's3://b/w', '--push')).code).toBe(0);
  expect(text()).toContain('      push: s3://b/w\n');
});

describe('buildcache mirror scope', () => {
  it("writes what spack -C takes: the environment's mirrors, and those of --mirrors over them", async () => {
    await using at = await environment();
    writeFileSync(join(at.cwd, 'more.yaml'), 'mirrors: {site: "https://site.example/cache"}\n');
    const ran = await at.mirror('scope', 'made/scope', '--mirrors', 'more.yaml');
    expect(ran).toEqual({ code: 0, out: '', err: '' });
    const scope = (name: string) => parse(readFileSync(join(at.cwd, 'made/scope', name), 'utf8'));
    expect(Object.keys(scope('mirrors.yaml').mirrors)).toEqual(['site', 'release', 'plain']);
    expect(scope('mirrors.yaml').mirrors.release).toMatchObject({
      url: 's3://bucket/release',
      access_pair: { id_variable: 'RELEASE_ID', secret_variable: 'RELEASE_SECRET' },
    });
    expect(scope('concretizer.yaml').concretizer.reuse.from).toContainEqual({ type: 'buildcache' });
  });

  it('warns of a mirror that it cannot write without its secret', async () => {
    await using at = await environment(
      'spack:\n  specs: []\n  mirrors: {a: "https://me:hunter22@site.example"}\n',
    );
    const ran = await at.mirror('scope', 'scope');
    expect(ran).toMatchObject({ code: 0, err: expect.stringMatching(/^warning: mirror "a" is not in/) });
    expect(ran.err + readFileSync(join(at.cwd, 'scope/mirrors.yaml'), 'utf8')).not.toContain('hunter');
  });

  it('says where it cannot write', async () => {
    await using at = await environment();
    writeFileSync(join(at.cwd, 'file'), '');
    const ran = await at.mirror('scope', 'file/scope');
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('file/scope') });
  });
});
