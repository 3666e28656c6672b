import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../../src/core/digest.ts';
import { makeKey } from '../../../cache/keys.ts';
import { folderDocuments, listedHashes, publishedHashes } from '../../../cache/mirror-state.ts';
import { startHttpServer } from '../../../harness/http-server.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { copyMirror, environmentOf, FIXTURES, mirrorOf } from '../../command-line.ts';
import { runVerb } from '../../run-verb.ts';

const ENV = environmentOf('1.2');
const SIGNED = mirrorOf('1.2', 'signed');
const UNSIGNED = mirrorOf('1.2', 'unsigned');
const KEY = ['--trusted-keys', join(FIXTURES, 'toy-ci.pub.asc')];

let dir: Awaited<ReturnType<typeof tempDir>>;
let to: string;
beforeEach(async () => {
  dir = await tempDir();
  to = join(dir.path, 'release');
});
afterEach(() => dir[Symbol.asyncDispose]());

const sync = (...args: string[]) => runVerb(['sync', ...args], dir.path);
const check = (...args: string[]) => runVerb(['check', '-e', ENV, ...args], dir.path);
const names = () =>
  [...folderDocuments(to).keys()].flatMap((key) => /spec\/([^/]+)\//.exec(key)?.[1] ?? []).sort();

const ALL = ['gcc-runtime', 'libtoy', 'toyapp', 'toymake', 'toypy', 'zlib-toy'];

describe('sync SRC DEST', () => {
  it('--allow-missing: what the source does not have is no failure, and an entry without its blobs is one', async () => {
    const some = await copyMirror('1.2', 'signed', join(dir.path, 'some'));
    rmSync(join(some, 'v3/manifests/spec/toypy'), { recursive: true });
    rmSync(join(some, 'v3/manifests/spec/toyapp'), { recursive: true });
    expect(await sync('-e', ENV, some, to, ...KEY)).toMatchObject({ code: 1 });
    const allowed = await sync('-e', ENV, some, to, ...KEY, '--allow-missing');
    expect(allowed).toMatchObject({ code: 0, out: expect.stringContaining('2 missing at the source') });
    expect(names()).toEqual(ALL.filter((name) => name !== 'toypy' && name !== 'toyapp'));
    expect(listedHashes(folderDocuments(to)).size).toBe(4);
    const none = await sync('-e', ENV, './nothing', './other', ...KEY, '--allow-missing', '--json');
    expect(none.code).toBe(0);
    expect(JSON.parse(none.out)).toMatchObject({ mirrors: [{ counts: { absent: 6, failed: 0 } }] });
    rmSync(join(some, 'blobs'), { recursive: true });
    const broken = await sync('-e', ENV, some, './third', ...KEY, '--allow-missing', '--json');
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.out)).toMatchObject({ mirrors: [{ counts: { absent: 2, failed: 4 } }] });
  });

  it.each(['zlib-toy', 'toymake'])(
    'refuses, by its name, an entry that says otherwise of %s than the lockfile where no hash can tell',
    async (other) => {
      const from = await copyMirror('1.2', 'unsigned', join(dir.path, 'from'));
      const [name = ''] = readdirSync(join(from, 'v3/manifests/spec/toyapp'));
      const manifest = join(from, 'v3/manifests/spec/toyapp', name);
      const { data, ...rest } = JSON.parse(readFileSync(manifest, 'utf8'));
      const record = data.find(({ mediaType }: { mediaType: string }) => mediaType.includes('spec'));
      const blob = (sum: string) => join(from, 'blobs/sha256', sum.slice(0, 2), sum);
      const document = JSON.parse(gunzipSync(readFileSync(blob(record.checksum))).toString('utf8'));
      const below = document.spec.nodes.find((node: { name: string }) => node.name === other);
      // With all its features, as Spack writes those it does not know: such a node's hash normally does not hold.
      below.arch.target = {
        name: 'skylake',
        vendor: 'GenuineIntel',
        features: [],
        generation: 0,
        parents: [],
      };
      const bytes = gzipSync(JSON.stringify(document));
      const checksum = sha256(bytes);
      mkdirSync(join(blob(checksum), '..'), { recursive: true });
      writeFileSync(blob(checksum), bytes);
      Object.assign(record, { checksum, contentLength: bytes.length });
      writeFileSync(manifest, JSON.stringify({ ...rest, data }));
      const { privateKey } = await makeKey();
      writeFileSync(join(dir.path, 'key.asc'), privateKey);
      writeFileSync(
        join(dir.path, 'mirrors.yaml'),
        JSON.stringify({ mirrors: { from: { url: `file://${from}`, signed: false } } }),
      );
      const more = ['--mirrors', 'mirrors.yaml', '--signing-key-file', 'key.asc'];
      const ran = await sync('-e', ENV, ...more, 'from', to);
      expect(ran.code).toBe(1);
      expect(ran.out).toMatch(/toyapp@1\.0\/.*says otherwise than the lockfile/);
      expect(ran.out).toContain(`the target of ${other}`);
      expect(names()).toEqual(ALL.filter((one) => one !== 'toyapp'));
    },
  );

  it('copies the specs of the environment, lists them, and then says they are there', async () => {
    const first = await sync('-e', ENV, SIGNED, to, ...KEY);
    expect(first).toMatchObject({
      code: 0,
      out: expect.stringMatching(/: 6 copied \(23\.5 kB\).*\n {2}the index was updated/),
    });
    expect(listedHashes(folderDocuments(to)).size).toBe(6);
    expect(await check('-m', to, '--verify', 'blobs')).toMatchObject({ code: 0 });
    const second = await sync('-e', ENV, SIGNED, to, ...KEY, '--json');
    expect(second.code).toBe(0);
    expect(JSON.parse(second.out)).toMatchObject({
      version: 1,
      exit_code: 0,
      mirrors: [{ counts: { copied: 0, present: 6 }, index: { changed: false } }],
    });
  });

  it.each([
    ['of the environment', ['-e', ENV], ['zlib-toy', 'toy*'], ['toyapp', 'toymake', 'toypy', 'zlib-toy']],
    ['of the mirror', ['--all'], ['zlib-toy'], ['zlib-toy']],
    ['of the mirror, where there is no environment', [], ['toy*'], ['toyapp', 'toymake', 'toypy']],
    ['of the mirror, all', ['--all'], [], ALL],
  ])('copies what matches %s', async (_, options, specs, expected) => {
    const ran = await sync(...options, SIGNED, to, ...specs, ...KEY);
    expect(ran).toMatchObject({ code: 0 });
    expect(names()).toEqual(expected);
  });

  it('copies from a web server, which cannot be listed, what its index lists', async () => {
    const server = await startHttpServer({ root: SIGNED });
    try {
      expect(await sync('--all', server.url, to, ...KEY)).toMatchObject({ code: 0 });
      expect(names()).toEqual(ALL);
    } finally {
      await server.close();
    }
  });

  it.each([
    ['all', 'signed', ['--all', ...KEY]],
    ['all', 'unsigned', ['--all', '-u']],
    ['what matches', 'unsigned', ['-u', 'toymake']],
  ] as const)('copies %s from a web server with layout 2 (%s)', async (_, kind, options) => {
    await using server = await startHttpServer({ root: mirrorOf('0.23', kind) });
    const key = await makeKey();
    const env = { BUILDCACHE_SIGNING_KEY: key.privateKey };
    const ran = await runVerb(['sync', server.url, to, ...options], dir.path, env);
    expect(ran, ran.out).toMatchObject({ code: 0 });
    const documents = folderDocuments(to);
    const count = options.includes('toymake' as never) ? 1 : 5;
    expect([names().length, listedHashes(documents).size]).toEqual([count, count]);
  });

  it('trusts nobody by itself, and says so once', async () => {
    const ran = await sync('-e', ENV, SIGNED, to);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/0 copied, 6 failed/);
    expect(names()).toEqual([]);
    expect(await sync('-e', ENV, UNSIGNED, to, '--unsigned')).toMatchObject({ code: 0 });
  });

  it('says what it would do', async () => {
    const ran = await sync('-e', ENV, SIGNED, to, ...KEY, '--dry-run');
    expect(ran).toMatchObject({ code: 0, out: expect.stringMatching(/6 would be copied/) });
    expect(folderDocuments(to).size).toBe(0);
  });

  it('a source that lacks something: the rest is copied', async () => {
    const from = await copyMirror('1.2', 'signed', join(dir.path, 'from'));
    rmSync(join(from, 'v3/manifests/spec/toypy'), { recursive: true });
    const ran = await sync('-e', ENV, from, to, ...KEY);
    expect(ran).toMatchObject({ code: 1, out: expect.stringMatching(/5 copied.*1 failed/) });
    expect(ran.out).toMatch(/failed toypy@\S+: .*does not have it/);
    expect(listedHashes(folderDocuments(to)).size).toBe(5);
  });

  it('nothing to copy is fine where that is said, and where lists say it', async () => {
    writeFileSync(join(dir.path, 'empty.json'), '{}');
    for (const args of [
      ['--manifest-glob', 'empty.json'],
      ['--manifest-glob', 'no/*.json', '--allow-empty'],
      [SIGNED, '/tmp/x', 'no-such', '--allow-empty'],
    ]) {
      expect(await sync(...args)).toMatchObject({ code: 0, err: '' });
    }
    expect((await sync('--manifest-glob', 'empty.json')).out).toBe('There was nothing to copy.\n');
  });

  it.each([
    ['no mirrors', [], /takes the mirrors to copy from and to/],
    ['one mirror', [SIGNED], /takes the mirrors to copy from and to/],
    ['nothing that says what', [SIGNED, '/tmp/x'], /what to copy is not said/],
    ['a spec that is nowhere', [SIGNED, '/tmp/x', 'no-such'], /no spec of the mirror matches "no-such"/],
    ['one of several', ['--all', SIGNED, '/tmp/x', 'zlib-toy', 'libtoy@9', ...KEY], /matches "libtoy@9"/],
    ['one pattern of several', ['--all', SIGNED, '/tmp/x', 'toy*', 'no*', 'zlib-toy'], /matches "no\*"/],
    ['a mirror that nobody knows', ['nobody', '/tmp/x', '--all'], /no mirror named "nobody"/],
    ['lists and a source', ['--manifest-glob', '*.json', SIGNED, '/tmp/x'], /at most the mirror to copy to/],
    ['a mirror to itself', ['--all', SIGNED, `${SIGNED}/`], /cannot be copied to itself/],
    ['no lists', ['--manifest-glob', '*.json'], /no file matches/],
    [
      'a mirror that is read only',
      ['--all', SIGNED, 'https://mirror.example.org/x', ...KEY],
      /can only be read/,
    ],
  ])('%s is a bad request', async (_, args, message) => {
    const ran = await sync(...args);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(message);
  });
});

describe('sync --manifest-glob', () => {
  const gate = async (from: string, list: string, dest = to) =>
    await check('-m', from, '--copy-to', dest, '--copy-list', join(dir.path, 'lists', list));
  const configured = (...mirrors: string[]) => {
    const file = join(dir.path, 'mirrors.yaml');
    const lines = mirrors.map((url, i) => `  m${i}: ${url}\n`);
    writeFileSync(file, `mirrors:\n${lines.join('')}`);
    return ['--mirrors', file];
  };

  it('copies nothing of a list that is not written', async () => {
    const ran = await check('-m', SIGNED, '--copy-list', 'list.json');
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('--copy-list goes with --copy-to') });
  });

  it('copies what lists say, between configured mirrors', async () => {
    mkdirSync(to);
    expect(await gate(SIGNED, 'a.json')).toMatchObject({ code: 0 });
    expect(await gate(SIGNED, 'b.json')).toMatchObject({ code: 0 });
    const ran = await sync('--manifest-glob', 'lists/*.json', ...configured(SIGNED, to), ...KEY);
    expect(ran).toMatchObject({ code: 0, out: expect.stringMatching(/^m1: 6 copied/) });
    expect(publishedHashes(folderDocuments(to)).size).toBe(6);
  });

  it('leaves out of a list what the mirror to copy to has, if it was asked', async () => {
    expect(await sync('-e', ENV, SIGNED, to, 'zlib-toy', ...KEY)).toMatchObject({ code: 0 });
    await check('-m', SIGNED, '-m', to, '--needs', 'all', '--copy-to', to, '--copy-list', 'list.json');
    const list = readFileSync(join(dir.path, 'list.json'), 'utf8');
    expect(Object.keys(JSON.parse(list)).length).toBe(5);
    expect(list).not.toContain('zlib-toy');
  });

  it.each([
    ['from', (): [string, string] => [to, '']],
    ['to', (): [string, string] => [SIGNED, '']],
  ])('refuses to copy %s where nothing is configured, unless it may', async (direction, mirrors) => {
    await gate(SIGNED, 'a.json');
    const known = configured(...mirrors().filter((url) => url !== ''));
    const ran = await sync('--manifest-glob', 'lists/*.json', ...known, ...KEY);
    expect(ran).toMatchObject({
      code: 1,
      out: expect.stringContaining(`copies ${direction} a mirror that is not configured`),
    });
    expect(folderDocuments(to).size).toBeLessThan(2);
    const allowed = await sync('--manifest-glob', 'lists/*.json', ...known, ...KEY, '--allow-other-hosts');
    expect(allowed).toMatchObject({ code: 0 });
    expect(names()).toEqual(ALL);
  });

  it('may be told to copy elsewhere', async () => {
    await gate(SIGNED, 'a.json', 's3://no-such-bucket/x');
    expect(await sync('--manifest-glob', 'lists/*.json', to, '-m', SIGNED, ...KEY)).toMatchObject({
      code: 0,
    });
    expect(names()).toEqual(ALL);
  });

  it('does not choose between lists that contradict each other, and does the rest', async () => {
    const other = await copyMirror('1.2', 'signed', join(dir.path, 'other'));
    await gate(SIGNED, 'a.json');
    await gate(other, 'b.json');
    const list = join(dir.path, 'lists/b.json');
    const all = JSON.parse(readFileSync(list, 'utf8')) as Record<string, { src: string }>;
    const one = Object.entries(all).filter(([, { src }]) => src.includes('/zlib-toy/'));
    writeFileSync(list, JSON.stringify(Object.fromEntries(one)));
    const run = () => sync('--manifest-glob', 'lists/*.json', to, ...configured(SIGNED, other), ...KEY);
    const ran = await run();
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/5 copied.*1 failed/);
    expect(ran.out).toMatch(
      /failed zlib-toy@\S+: the lists name different sources for it: .*a\.json.* and .*b\.json/,
    );
    expect(names()).toEqual(ALL.filter((name) => name !== 'zlib-toy'));
    // Once it is there by other means, nobody has to choose.
    await sync('-e', ENV, SIGNED, to, 'zlib-toy', ...KEY);
    expect(await run()).toMatchObject({ code: 0, out: expect.stringMatching(/6 already there/) });
  });

  it('reads the lists that Spack wrote for layout 2', async () => {
    const from = mirrorOf('0.23', 'signed');
    const file =
      readdirSync(join(from, 'build_cache')).find((name) => /libtoy.*\.spec\.json\.sig$/.test(name)) ?? '';
    const hash = /-([a-z2-7]{32})\.spec/.exec(file)?.[1] ?? '';
    const pair = (base: string) => `${pathToFileURL(base).href}/build_cache/${file}`;
    mkdirSync(join(dir.path, 'lists'));
    const list = { [hash]: [{ src: pair(from), dest: pair(to) }] };
    writeFileSync(join(dir.path, 'lists/old.json'), JSON.stringify(list));
    const [config = '', path = ''] = configured(from);
    writeFileSync(path, `${readFileSync(path, 'utf8')}  release: {url: ${to}, signed: false}\n`);
    const ran = await sync('--manifest-glob', 'lists/*.json', config, path, ...KEY);
    expect(ran).toMatchObject({ code: 0, out: expect.stringMatching(/^release: 1 copied/) });
    expect(names()).toEqual(['libtoy']);
  });
});
