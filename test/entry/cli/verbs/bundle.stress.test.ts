/** `bundle create|verify|list|import` over the fixture's mirror. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { generateKey } from 'openpgp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bundleIn,
  damage,
  digest,
  ENV,
  fileOf,
  forge,
  KEY,
  type Member,
  SIGNED,
  tarOf,
  UNSIGNED,
} from '../../../cache/bundle/bundle-fixture.ts';
import { folderDocuments, listedHashes, publishedHashes } from '../../../cache/mirror-state.ts';
import { startHttpServer } from '../../../harness/http-server.ts';
import { startRegistry } from '../../../harness/registry.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { copyMirror, mirrorOf } from '../../command-line.ts';
import { type Ran, runVerb } from '../../run-verb.ts';

let dir: Awaited<ReturnType<typeof tempDir>>;
let bundle: ReturnType<typeof bundleIn>;
const at = (name: string) => join(dir.path, name);
beforeEach(async () => {
  dir = await tempDir();
  bundle = bundleIn(dir.path);
});
afterEach(() => dir[Symbol.asyncDispose]());

const create = (...args: string[]) => bundle('create', '-e', ENV, '-m', SIGNED, ...KEY, ...args);
const documents = (mirror: string) =>
  new Map(
    [...folderDocuments(mirror)].filter(([key]) => !key.includes('/index/') && !key.startsWith('blobs/')),
  );
const specsIn = (mirror: string) => publishedHashes(folderDocuments(mirror));
const volumes = () => readdirSync(dir.path).filter((name) => name.endsWith('.tar'));

/** As many volumes as there can be. */
async function inVolumes(...args: string[]): Promise<string[]> {
  const ran = await create('-o', 'env.tar', '--volume-size', '36K', ...args);
  expect(ran, ran.err).toMatchObject({ code: 0 });
  expect(volumes().length).toBeGreaterThan(1);
  return volumes();
}

describe('there and back', () => {
  it('brings the same manifests with their signatures, lists them, and installs from there', async () => {
    const created = await create('-o', 'env.tar');
    expect(created, created.err).toMatchObject({ code: 0 });
    expect(created.out).toMatch(/env\.tar {2}written: 6 specs, .*\n6 specs, /);
    expect(await bundle('verify', 'env.tar')).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /env\.tar: whole: volume 1 of 1 of bundle [0-9a-f]{12}, 6 specs\nPublic keys in the bundle.*\n {2}[0-9A-F]{40}\n/,
      ),
    });
    const imported = await bundle('import', 'env.tar', './there', ...KEY);
    expect(imported, imported.err).toMatchObject({
      code: 0,
      out: expect.stringMatching(/6 copied \(.*\n {2}the index was updated/),
    });
    const keys = /manifests\/key\//;
    const specs = (mirror: string) => [...documents(mirror)].filter(([key]) => !keys.test(key)).sort();
    expect(specs(at('there'))).toEqual(specs(SIGNED));
    expect(listedHashes(folderDocuments(at('there')))).toEqual(specsIn(SIGNED));
    const check = ['check', '-e', ENV, '-m', './there', '--verify', 'blobs'];
    expect(await runVerb(check, dir.path)).toMatchObject({ code: 0 });
    const again = await bundle('import', 'env.tar', './there', ...KEY, '--json');
    expect(JSON.parse(again.out)).toMatchObject({
      version: 1,
      exit_code: 0,
      bundle: expect.stringMatching(/^[0-9a-f]{12}$/),
      mirrors: [{ counts: { copied: 0, present: 6 }, index: null }],
    });
  });

  it('makes the same bytes of the same content, and leaves what is there', async () => {
    await create('-o', 'a.tar');
    await create('-o', 'b.tar', '-j', '1');
    expect(readFileSync(at('a.tar')).equals(readFileSync(at('b.tar')))).toBe(true);
    expect((await create('-o', 'a.tar')).out).toMatch(/a\.tar {2}already there: 6 specs/);
  });

  it('is a mirror when a plain tar unpacks it, the keys among it', async () => {
    await create('-o', 'env.tar');
    execFileSync('tar', ['-xf', at('env.tar'), '-C', dir.path]);
    expect(specsIn(dir.path)).toEqual(specsIn(SIGNED));
    const keys = await runVerb(['keys', '-m', '.'], dir.path);
    expect(keys).toMatchObject({ code: 0, out: expect.stringMatching(/[0-9A-F]{40} {2}not trusted/) });
  });

  it('takes volumes in any order, by any name, and finds them beside each other', async () => {
    const names = await inVolumes();
    expect((await bundle('import', names[0] ?? '', './found', ...KEY)).code).toBe(0);
    const renamed = names.map((name, i) => {
      cpSync(at(name), at(`${9 - i}.part-of-it`));
      return `${9 - i}.part-of-it`;
    });
    const ran = await bundle('import', ...renamed, './given', ...KEY);
    expect(ran, ran.err).toMatchObject({ code: 0 });
    expect(specsIn(at('given'))).toEqual(specsIn(SIGNED));
    expect(specsIn(at('found'))).toEqual(specsIn(SIGNED));
  });

  it('keeps volumes at most that large, each whole by itself', async () => {
    for (const name of await inVolumes()) {
      expect(readFileSync(at(name)).length).toBeLessThanOrEqual(36 * 1024);
      expect(await bundle('verify', name)).toMatchObject({ code: 0 });
    }
  });

  it.each([
    ['specs', ['zlib-toy'], 1],
    ['specs of the mirror', ['--all', 'toy*'], 3],
    ['the whole mirror', ['--all'], 6],
  ])('takes %s', async (_, args, count) => {
    const ran = await create('-o', 'env.tar', ...args, '--json');
    expect(JSON.parse(ran.out)).toMatchObject({
      exit_code: 0,
      volumes: [{ specs: count, outcome: 'written' }],
    });
    expect((await bundle('list', 'env.tar')).out.trimEnd().split('\n')).toHaveLength(count);
  });

  it('names the externals that the other side must have, and says which are not here', async () => {
    const ran = await create('-o', 'env.tar');
    expect(ran.out).toMatch(/The other side must have:\n( {2}\S+@\S+ {2}\/\S+\n)+/);
    const head = JSON.parse(
      execFileSync('tar', ['-xOf', at('env.tar'), 'bundle.json'], { encoding: 'utf8' }),
    );
    const [external] = head.externals;
    expect(external).toMatchObject({ name: expect.any(String), path: expect.stringMatching(/^\//) });
    const json = JSON.parse((await bundle('import', 'env.tar', './there', ...KEY, '--json')).out);
    expect(json.externals).toEqual(
      head.externals.map((one: { path: string }) => ({ ...one, absent: !existsSync(one.path) })),
    );
  });

  it('names the first of very many externals that are not here, and says how many there are', async () => {
    await create('-o', 'env.tar');
    execFileSync('tar', ['-xf', at('env.tar'), '-C', at('.'), 'v3', 'blobs', 'volume.json']);
    const { files } = JSON.parse(readFileSync(at('volume.json'), 'utf8'));
    const members = files.map(({ path }: { path: string }) => ({ path, content: readFileSync(at(path)) }));
    const external = (i: number) => ({
      ...{ name: `e${i}${'x'.repeat(1000)}`, version: '1', hash: `h${i}`, path: `/absent/${i}`, modules: [] },
    });
    const externals = Array.from({ length: 5_000 }, (_, i) => external(i));
    forge(at('many.tar'), { files, members, bundle: { externals } });
    const ran = await bundle('import', 'many.tar', './there', ...KEY);
    expect(ran).toMatchObject({ code: 0 });
    const warnings = ran.err.split('\n').filter((line) => line.startsWith('warning: '));
    expect(warnings).toHaveLength(21);
    expect(warnings[0]).toMatch(/not on this machine: e0x+…$/);
    expect(warnings[20]).toContain('4980 more externals are not on this machine');
    expect(ran.err.length).toBeLessThan(20_000);
    const json = JSON.parse((await bundle('import', 'many.tar', './there', ...KEY, '--json')).out);
    expect(json.externals.filter((one: { absent: boolean }) => one.absent)).toHaveLength(5_000);
  });

  it('a dry run says what it would do, and writes nothing', async () => {
    expect((await create('-o', 'env.tar', '--dry-run')).out).toMatch(/would be written: 6 specs.*dry run/s);
    expect(volumes()).toEqual([]);
    await create('-o', 'env.tar');
    const ran = await bundle('import', 'env.tar', './there', '--dry-run', ...KEY);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('6 would be copied') });
    expect(existsSync(at('there'))).toBe(false);
  });
});

describe('what the other side has', () => {
  it.each([
    ['bundle list of a mirror', ['bundle', 'list', SIGNED]],
    ['bundle list --json', ['bundle', 'list', SIGNED, '--json']],
    ['list -L', ['list', '-a', '-L', '-m', SIGNED]],
    ['list --json', ['list', '-a', '--json', '-m', SIGNED]],
  ])('is left out, as %s prints it', async (_, args) => {
    const listed = await runVerb(args, dir.path);
    expect(listed.code).toBe(0);
    const [first] =
      listed.out.match(
        /zlib-toy@\S+ \/[a-z2-7]{32}|[a-z2-7]{32} zlib-toy.*|\{[^{}]*"zlib-toy"[^{}]*(\{[^{}]*\}[^{}]*)*\}/,
      ) ?? [];
    const isJson = args.includes('--json');
    writeFileSync(at('has'), isJson ? `[${first}]` : `${first}\n`);
    const ran = await create('-o', 'env.tar', '--except', 'has');
    expect(ran, ran.err).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 left out: the other side has them'),
    });
    expect((await bundle('list', 'env.tar')).out).not.toContain('zlib-toy');
    writeFileSync(at('has'), listed.out);
    const nothing = await create('-o', 'more.tar', '--except', 'has');
    expect(nothing).toMatchObject({ code: 0, out: expect.stringContaining('There is nothing to bundle') });
    expect(existsSync(at('more.tar'))).toBe(false);
  });

  it('refuses a list without whole hashes', async () => {
    writeFileSync(at('has'), (await runVerb(['list', '-a', '-m', SIGNED], dir.path)).out);
    expect(await create('-o', 'env.tar', '--except', 'has')).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /has: line 2 of the list .* is no spec with its hash; expected what `bundle list`/,
      ),
    });
  });
});

describe('sources and destinations', () => {
  it('a mirror of layout 2 becomes layout 3, unsigned, with the same tarballs', async () => {
    const old = mirrorOf('0.23', 'signed');
    const args = ['create', '--all', '-m', old, ...KEY, '-o', 'old.tar'] as const;
    const ran = await bundle(...args);
    expect(ran, ran.err).toMatchObject({ code: 0 });
    const imported = await bundle('import', '-u', 'old.tar', './there');
    expect(imported, imported.err).toMatchObject({ code: 0 });
    const synced = await runVerb(['sync', '--all', '-u', old, './synced'], dir.path);
    expect(synced.code).toBe(0);
    expect([...documents(at('there'))].filter(([key]) => key.includes('/spec/')).sort()).toEqual(
      [...documents(at('synced'))].filter(([key]) => key.includes('/spec/')).sort(),
    );
  });

  it('a mirror of layout 2, signed anew', async () => {
    const key = await generateKey({ type: 'ecc', curve: 'ed25519Legacy', userIDs: [{ name: 'x' }] });
    writeFileSync(at('key.asc'), key.privateKey);
    writeFileSync(at('key.pub.asc'), key.publicKey);
    const old = mirrorOf('0.23', 'signed');
    const ran = await bundle(
      'create',
      '--all',
      '-m',
      old,
      ...KEY,
      '-o',
      'old.tar',
      '--signing-key-file',
      'key.asc',
    );
    expect(ran, ran.err).toMatchObject({ code: 0 });
    const imported = await bundle('import', 'old.tar', './there', '--trusted-keys', 'key.pub.asc');
    expect(imported, imported.err).toMatchObject({ code: 0 });
    expect(specsIn(at('there')).size).toBeGreaterThan(3);
  });

  it('a web server with layout 2, which cannot be listed', async () => {
    await using server = await startHttpServer({ root: mirrorOf('0.23', 'signed') });
    const ran = await bundle('create', '--all', '-m', server.url, ...KEY, '-o', 'web.tar', '--json');
    expect(JSON.parse(ran.out)).toMatchObject({ exit_code: 0, volumes: [{ specs: 5 }] });
  });

  it('a web server, which cannot be listed', async () => {
    await using server = await startHttpServer({ root: SIGNED });
    const ran = await bundle('create', '--all', '-m', server.url, ...KEY, '-o', 'web.tar');
    expect(ran, ran.err).toMatchObject({ code: 0 });
    await create('-o', 'folder.tar');
    expect(readFileSync(at('web.tar')).equals(readFileSync(at('folder.tar')))).toBe(true);
  });

  it('into a registry, and out of it again', async () => {
    await using registry = await startRegistry();
    await create('-o', 'env.tar');
    const mirror = `${registry.url}you/cache`;
    const imported = await bundle('import', 'env.tar', mirror, ...KEY);
    expect(imported, imported.err).toMatchObject({ code: 0, out: expect.stringContaining('6 copied') });
    const ran = await bundle('create', '-e', ENV, '-m', mirror, '-o', 'registry.tar');
    expect(ran, ran.err).toMatchObject({ code: 0 });
    const back = await bundle('import', '-u', 'registry.tar', './there');
    expect(back, back.err).toMatchObject({ code: 0 });
    expect(specsIn(at('there'))).toEqual(specsIn(SIGNED));
    expect(await runVerb(['check-index', '--verify', 'all', '-u', './there'], dir.path)).toMatchObject({
      code: 0,
    });
  });
});

describe('trust', () => {
  it('keys that came along are trusted by nobody, until their fingerprint is', async () => {
    await create('-o', 'env.tar');
    const refused = await bundle('import', 'env.tar', './there');
    expect(refused).toMatchObject({
      code: 1,
      out: expect.stringMatching(
        /not to be trusted.*Public keys in the bundle \(that alone does not make them trusted/s,
      ),
    });
    expect(specsIn(at('there')).size).toBe(0);
    const [key = ''] = /[0-9A-F]{40}$/m.exec(refused.out) ?? [];
    expect(await bundle('import', 'env.tar', './there', '--trusted-keys', key)).toMatchObject({ code: 0 });
    expect(specsIn(at('there'))).toEqual(specsIn(SIGNED));
  });

  it('what was changed after it was signed is refused, though all digests are right', async () => {
    await create('-o', 'env.tar', 'zlib-toy');
    await bundle('create', '-e', ENV, '-m', UNSIGNED, '-u', '-o', 'other.tar', 'zlib-toy');
    expect(await bundle('import', 'other.tar', './there', ...KEY)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/zlib-toy.*its signature is not to be trusted/s),
    });
    expect(specsIn(at('there')).size).toBe(0);
  });

  it('a mirror whose entries are not those of its keys makes no bundle', async () => {
    expect(await bundle('create', '-e', ENV, '-m', UNSIGNED, ...KEY, '-o', 'env.tar')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/Nothing was written: 6 specs are missing/),
    });
    expect(volumes()).toEqual([]);
  });
});

describe('what is missing at the source', () => {
  it('is named, and nothing is written; --allow-missing makes a bundle of the rest', async () => {
    const mirror = await copyMirror('1.2', 'signed', at('mirror'));
    rmSync(join(mirror, 'v3/manifests/spec/zlib-toy'), { recursive: true });
    const args = ['create', '-e', ENV, '-m', './mirror', ...KEY, '-o', 'env.tar'] as const;
    const ran = await bundle(...args);
    expect(ran).toMatchObject({
      code: 1,
      out: expect.stringMatching(/zlib-toy.*Nothing was written: one spec is missing.*--allow-missing/s),
    });
    expect(volumes()).toEqual([]);
    expect(await bundle(...args, '--allow-missing')).toMatchObject({
      code: 0,
      out: expect.stringContaining('5 specs'),
    });
  });

  it('is no bundle where all of it is missing, or one of several SPECs, also if some may be missing', async () => {
    const to = ['-u', '-o', 'env.tar'] as const;
    for (const url of ['./nothing', './file']) {
      writeFileSync(at('file'), '');
      const ran = await bundle('create', '-e', ENV, '-m', url, ...to, '--allow-missing');
      expect(ran.code, ran.err).not.toBe(0);
    }
    const none = await bundle('create', '-e', ENV, '-m', './nothing', ...to, '--allow-missing', '--json');
    expect([none.code, JSON.parse(none.out)]).toMatchObject([1, { exit_code: 1, volumes: [] }]);
    const some = ['create', '-m', UNSIGNED, ...to, 'zlib-toy', 'no-such'] as const;
    expect(await bundle(...some)).toMatchObject({ code: 2, err: expect.stringContaining('"no-such"') });
    expect(volumes()).toEqual([]);
    expect(await bundle(...some, '--allow-missing')).toMatchObject({
      code: 0,
      err: expect.stringContaining('no spec of the mirror matches "no-such"'),
    });
  });

  it('a blob that is damaged or gone is named, what was written stays, and the next run goes on', async () => {
    const mirror = await copyMirror('1.2', 'unsigned', at('mirror'));
    const args = ['create', '-e', ENV, '-m', './mirror', '-u', '-o', 'env.tar'] as const;
    const blobs = readdirSync(mirror, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /[0-9a-f]{64}$/.test(name),
    );
    const manifest = readFileSync(
      join(
        mirror,
        readdirSync(mirror, { recursive: true, encoding: 'utf8' }).find((name) =>
          name.includes('spec/zlib-toy/'),
        ) ?? '',
      ),
      'utf8',
    );
    const blob = blobs.find((name) => manifest.includes(basename(name))) ?? '';
    const content = readFileSync(join(mirror, blob));
    for (const [break_, said] of [
      [() => writeFileSync(join(mirror, blob), Buffer.alloc(content.length)), /its SHA-256 is wrong/],
      [() => rmSync(join(mirror, blob)), /no such file|is not there/],
      [() => writeFileSync(join(mirror, blob), 'short'), /its length is wrong/],
      [() => writeFileSync(join(mirror, blob), Buffer.concat([content, content])), /its length is wrong/],
    ] as const) {
      break_();
      expect(await bundle(...args)).toMatchObject({ code: 2, err: expect.stringMatching(said) });
      expect(volumes()).toEqual([]);
    }
    writeFileSync(join(mirror, blob), content);
    expect(await bundle(...args)).toMatchObject({ code: 0, out: expect.stringMatching(/finished: 6 specs/) });
    expect(await bundle('verify', 'env.tar')).toMatchObject({ code: 0 });
  });
});

describe('refuses to make', () => {
  it.each([
    ['a bundle over a file that is none', ['-o', 'notes'], /there is a file of that name that is no bundle/],
    [
      'one beside a file that looks like a part of it',
      ['-o', 'mine'],
      /mine\.part: there is a file of that name that is no bundle/,
    ],
    [
      'volumes that a spec does not fit into',
      ['-o', 'x.tar', '--volume-size', '9K'],
      /a volume of this size cannot hold .*; expected a --volume-size of 1M or more/,
    ],
    ['one of several mirrors', ['-o', 'x.tar', '-m', UNSIGNED], /a bundle is made of one mirror; found/],
    ["one in a folder's place", ['-o', '.'], /something else of that name/],
  ])('%s', async (_, args, said) => {
    for (const name of ['notes', 'mine.part']) writeFileSync(at(name), 'mine');
    const ran = await create(...args);
    expect(ran).toMatchObject({ code: 2, err: expect.stringMatching(said) });
    expect(ran.err.trimEnd().split('\n')).toHaveLength(1);
    for (const name of ['notes', 'mine.part']) expect(readFileSync(at(name), 'utf8')).toBe('mine');
  });
});

describe('volumes that are not what they should be', () => {
  const refuses = async (files: readonly string[], said: RegExp): Promise<Ran> => {
    const ran = await bundle('import', ...files, './there', ...KEY);
    expect(ran.err).toMatch(said);
    expect(ran.code).not.toBe(0);
    if (existsSync(at('there'))) expect(specsIn(at('there')).size).toBe(0);
    return ran;
  };

  it('names the one that is missing', async () => {
    const names = await inVolumes();
    for (const name of names) {
      const others = names.filter((other) => other !== name);
      cpSync(at(name), at('aside'));
      rmSync(at(name));
      const number = names.indexOf(name) + 1;
      const ran = await refuses(
        others,
        new RegExp(`has ${names.length} volumes, and not all .* expected volume ${number} \\(.*${name}\\)`),
      );
      expect(ran.err).not.toContain('internal');
      cpSync(at('aside'), at(name));
    }
  });

  it('a part of a bundle lists what it has, and says that it is a part', async () => {
    const [first = '', second = '', ...rest] = await inVolumes();
    rmSync(at(second));
    for (const name of rest) rmSync(at(name));
    const ran = await bundle('list', first);
    expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(/volume 2 of \d+ .* is not here/) });
  });

  it('twice the same, one of another bundle, and one in the place of another', async () => {
    const [first = '', second = ''] = await inVolumes();
    cpSync(at(first), at('copy'));
    await refuses([first, 'copy'], /volume 1 of \d+ is there twice/);
    await bundle('create', '-e', ENV, '-m', UNSIGNED, '-u', '-o', 'other.tar');
    await refuses([first, 'other.tar'], /this is a volume of another bundle; expected bundle/);
    cpSync(at(first), at(second));
    await refuses([first], /is there twice/);
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -5000), /is cut short/],
    ['cut in its first document', (bytes: Buffer) => bytes.subarray(0, 700), /is cut short/],
    ['cut to nothing', () => Buffer.alloc(0), /not a volume of a bundle/],
    [
      'longer than it was',
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(512)]),
      /goes on after its end/,
    ],
    ['packed', () => Buffer.from('1f8b0800000000000003', 'hex'), /not a volume of a bundle/],
    [
      'of a newer version',
      (bytes: Buffer) => changed(bytes, '"version": 1,', '"version": 2,'),
      /a newer program has made this bundle; expected version 1, found version 2/,
    ],
    [
      'another document in it',
      (bytes: Buffer) => changed(bytes, '"version":1,', '"version":2,'),
      /not those of a volume of its bundle/,
    ],
  ])('%s', async (_, change, said) => {
    await create('-o', 'env.tar');
    damage(at('env.tar'), at('bad.tar'), change);
    await refuses(['bad.tar'], said);
    const verified = await bundle('verify', 'bad.tar', 'env.tar');
    expect(verified).toMatchObject({
      code: said.source.includes('newer program') ? 2 : 1,
      err: expect.stringMatching(said),
      out: expect.stringMatching(/env\.tar: whole/),
    });
  });

  it('a volume that cannot be read may be whole, also beside a damaged one', async () => {
    await create('-o', 'env.tar');
    damage(at('env.tar'), at('bad.tar'), (bytes) => bytes.subarray(0, -1024));
    for (const files of [['none.tar'], ['bad.tar', 'none.tar'], ['none.tar', 'env.tar'], ['.']]) {
      const ran = await bundle('verify', ...files);
      expect(ran, files.join(' ')).toMatchObject({
        code: 2,
        err: expect.stringMatching(/no such volume|not a file/),
      });
    }
    expect(await bundle('verify', 'bad.tar')).toMatchObject({ code: 1 });
  });

  it('any byte that is changed is found by verify', async () => {
    await create('-o', 'env.tar');
    const { length } = readFileSync(at('env.tar'));
    for (let i = 0; i < 60; i++) {
      const place = Math.floor((i * length) / 60) + 7;
      damage(at('env.tar'), at('bad.tar'), (bytes) => bytes.fill((bytes[place] ?? 0) ^ 1, place, place + 1));
      expect(await bundle('verify', 'bad.tar'), `byte ${place}`).toMatchObject({ code: 1 });
    }
  });

  it('a damaged blob fails its spec, and no other', async () => {
    await create('-o', 'env.tar');
    const listed = execFileSync('tar', ['-tf', at('env.tar')], { encoding: 'utf8' });
    const blob = listed.match(/blobs\/sha256\/\S+/g)?.at(-1) ?? '';
    damage(at('env.tar'), at('bad.tar'), (bytes) => {
      const place = bytes.lastIndexOf(blob) + 512;
      return bytes.fill((bytes[place] ?? 0) ^ 1, place, place + 1);
    });
    const ran = await bundle('import', 'bad.tar', './there', ...KEY);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/SHA-256 is wrong/);
    expect(specsIn(at('there')).size).toBe(5);
    expect(listedHashes(folderDocuments(at('there'))).size).toBe(5);
  });

  const outside = fileOf('../evil', 'x');
  const foreign = fileOf('etc/passwd', 'x');
  const layout = fileOf('v3/layout.json', '{"signing": "gpg"}');
  const wrongBlob = fileOf(`blobs/sha256/aa/${'a'.repeat(64)}`, 'x');
  const index = fileOf('v3/manifests/index/index.manifest.json', '{}');
  it.each<[string, Record<string, unknown>[], Member[], RegExp]>([
    [
      'a path that leads outside',
      [outside.said],
      [outside.member],
      /files of a build cache in layout 3, found \.\.\/evil/,
    ],
    [
      'a path within that leads outside',
      [fileOf('v3/manifests/spec/../../../x.manifest.json', 'x').said],
      [],
      /files of a build cache/,
    ],
    ['an absolute path', [fileOf('/etc/passwd', 'x').said], [], /files of a build cache/],
    [
      'a file of something else',
      [foreign.said],
      [foreign.member],
      /files of a build cache in layout 3, found etc\/passwd/,
    ],
    ['an index', [index.said], [index.member], /files of a build cache/],
    ['a blob under another name', [wrongBlob.said], [wrongBlob.member], /files of a build cache/],
    ['a file that is named twice', [layout.said, layout.said], [layout.member], /each file once/],
    ['a size that is none', [{ ...layout.said, size: -1 }], [], /path, size and SHA-256/],
    ['nothing in it', [], [], /at least one file/],
  ])('%s', async (_, files, members, said) => {
    forge(at('bad.tar'), { files, members });
    await refuses(['bad.tar'], said);
    expect(existsSync(join(dir.path, '../evil'))).toBe(false);
  });

  it.each<[string, Member, RegExp]>([
    [
      'a link',
      { ...layout.member, content: '', type: 'SymbolicLink', linkpath: '/etc/passwd' },
      /is cut short|the link "v3\/layout.json" to "\/etc\/passwd"/,
    ],
    [
      'another file',
      { path: 'v3/lay0ut.json', content: layout.member.content },
      /holds something else .* found the file "v3\/lay0ut.json"/,
    ],
    [
      'a link with contents',
      { ...layout.member, type: 'SymbolicLink', linkpath: '/etc/passwd' },
      /the link "v3\/layout.json" to/,
    ],
    [
      'the same name, of another kind',
      { ...layout.member, type: 'Link', linkpath: 'bundle.json' },
      /the link "v3\/layout.json" to "bundle.json"/,
    ],
  ])('where a file should be: %s', async (_, member, said) => {
    forge(at('bad.tar'), { files: [layout.said], members: [member] });
    expect((await bundle('verify', 'bad.tar')).err).toMatch(said);
  });

  it.each<[string, string, RegExp]>([
    [
      'nested without an end',
      `{"format":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      /"buildcache-bundle", found a list/,
    ],
    [
      'of millions of values',
      `{"format":"buildcache-bundle","version":1,"volumes":[${'{},'.repeat(3_000_000)}{}],"externals":[]}`,
      /bundle\.json: the JSON document holds too much/,
    ],
  ])('a first document that is %s', async (_, document, said) => {
    writeFileSync(at('bad.tar'), tarOf([{ path: 'bundle.json', content: document }, layout.member]));
    await refuses(['bad.tar'], said);
  });

  it('a pipe beside it that has the name of its other volume', async () => {
    const contents = `${JSON.stringify({ version: 1, files: [layout.said] })}\n`;
    const volumes = [digest(contents), digest('')].map((sha256) => ({
      specs: 0,
      files: 1,
      bytes: 0,
      sha256,
    }));
    forge(at('env-1-of-2.tar'), { files: [layout.said], members: [layout.member], volumes });
    execFileSync('mkfifo', [at('env-2-of-2.tar'), at('new.tar')]);
    await refuses(['env-1-of-2.tar'], /env-2-of-2\.tar: not a file/);
    // Nor is one waited for where a volume is to be.
    expect((await create('-o', 'new.tar')).err).toMatch(/new\.tar: there is something else of that name/);
  });

  it('a link where what is written is kept until it is whole', async () => {
    writeFileSync(at('mine'), '');
    symlinkSync(at('mine'), at('env.tar.part'));
    const ran = await create('-o', 'env.tar');
    expect(ran.code, ran.out).not.toBe(0);
    expect(readFileSync(at('mine'), 'utf8')).toBe('');
  });

  it('members in another order', async () => {
    const other = fileOf('v3/manifests/key/keys.manifest.json', '{"signing": "gpg"}');
    forge(at('bad.tar'), { files: [layout.said, other.said], members: [other.member, layout.member] });
    expect((await bundle('verify', 'bad.tar')).err).toMatch(
      /expected v3\/layout.json at byte \d+, found the file "v3\/manifests/,
    );
  });

  it.each(['{}', '[]', '', '{"version":3,"data":[]}', '<!doctype html>'])(
    'something else in the place of its keys (%s): the rest is said all the same',
    async (content) => {
      await create('-o', 'env.tar');
      execFileSync('tar', ['-xf', at('env.tar'), '-C', at('.'), 'v3', 'blobs', 'volume.json']);
      const parts = JSON.parse(readFileSync(at('volume.json'), 'utf8')).files.map(
        (said: { readonly path: string }) =>
          said.path.endsWith('keys.manifest.json')
            ? fileOf(said.path, content)
            : { said, member: { path: said.path, content: readFileSync(at(said.path)) } },
      ) as ReturnType<typeof fileOf>[];
      forge(at('bad.tar'), {
        files: parts.map(({ said }) => said),
        members: parts.map(({ member }) => member),
      });
      const verified = await bundle('verify', 'bad.tar');
      expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('bad.tar: whole') });
      const imported = await bundle('import', 'bad.tar', './there');
      expect(imported).toMatchObject({ code: 1, out: expect.stringContaining('not to be trusted') });
      expect((await bundle('import', 'bad.tar', './there', ...KEY)).code).toBe(0);
    },
  );

  it('a document that another volume has, too', async () => {
    const volume = (file: string, volumes: Record<string, unknown>[]) =>
      forge(at(file), { files: [layout.said], members: [layout.member], volumes });
    const contents = `${JSON.stringify({ version: 1, files: [layout.said] })}\n`;
    const summary = { specs: 0, files: 1, bytes: 0, sha256: digest(contents) };
    volume('one.tar', [summary, summary]);
    cpSync(at('one.tar'), at('two.tar'));
    await refuses(['one.tar', 'two.tar'], /is there twice/);
  });

  it.each([
    ['no volume', ['./there'], /import takes the volumes of a bundle, and last the mirror/],
    ['a folder', ['.', './there'], /not a file/],
    ['a file that is not there', ['nothing.tar', './there'], /there is no such volume/],
  ])('%s', async (_, args, said) => {
    const ran = await bundle('import', ...args);
    expect(ran).toMatchObject({ code: 2, err: expect.stringMatching(said) });
    expect(ran.err.trimEnd().split('\n')).toHaveLength(1);
  });
});

function changed(bytes: Buffer, from: string, to: string): Buffer {
  const place = bytes.indexOf(from);
  expect(place).toBeGreaterThan(0);
  return Buffer.concat([bytes.subarray(0, place), Buffer.from(to), bytes.subarray(place + from.length)]);
}
