import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { tempDir } from '../harness/temp-dir.ts';
import { runVerb } from './run-verb.ts';

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
  return { dir, file, mirror, list, text: () => readFileSync(file, 'utf8'), cwd: dir.path };
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

  it('adds before the others, and changes no other line', async () => {
    const { dir, mirror, text, list } = await environment();
    await using _ = dir;
    expect(await mirror('add', 'new', 'oci://ghcr.io/org/cache')).toMatchObject({ code: 0, err: '' });
    expect(text()).toBe(
      SPACK_YAML.replace(/( {4}# the release mirror\n)/, '$1    new: oci://ghcr.io/org/cache\n'),
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
      url: s3://bucket/release # do not touch
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
