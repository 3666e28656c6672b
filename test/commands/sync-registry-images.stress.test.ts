/** `sync` from a registry to a registry, as a user runs it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { putSignature, SIGNATURE_TYPE, STATEMENT_TYPE } from '../../src/cache/oci/signature.ts';
import { specTag } from '../../src/cache/oci/tags.ts';
import { openOciWriter } from '../../src/cache/oci/writer.ts';
import { openSigner } from '../../src/cache/trust/signing.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import type { InstallTree } from '../../src/tree/install-tree.ts';
import { makeKey } from '../cache/keys.ts';
import { folderDocuments, publishedHashes } from '../cache/mirror-state.ts';
import { fillFromSpack } from '../cache/registry-fixture.ts';
import { assertSoundRegistry, listedInRegistry, NO_OPTIONS, taggedHashes } from '../cache/registry-place.ts';
import { runVerb } from '../entry/run-verb.ts';
import { startRegistry, type TestRegistry, type TestRegistryOptions } from '../harness/registry.ts';
import { openTestRegistry } from '../harness/registry-client.ts';
import type { TestRepository } from '../harness/registry-store.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { pushable, TOY_ENVIRONMENT, unpackToyStore } from '../tree/toy-store.ts';
import { kinds, pushToy } from './push-toy.ts';

/** What a signed push leaves, and the key it was signed with. */
let signed: { readonly repository: TestRepository; readonly publicKey: string };
let store: TempDir;
let specs: SpecNode[];
beforeAll(async () => {
  store = await tempDir();
  const tree: InstallTree = await unpackToyStore(join(store.path, 'store'));
  specs = pushable(tree);
  const { privateKey, publicKey } = await makeKey({ name: 'Builder' });
  const key = { secretKeys: privateKey, passphrase: undefined, choose: undefined };
  const signer = await openSigner({ ...key, source: 'k', mirror: 'm' });
  await using server = await startRegistry();
  const cache = openOciWriter(await openTestRegistry(`${server.url}a/a`), NO_OPTIONS);
  const result = await pushToy(tree, [{ name: 'm', cache, signer, elsewhere: new Map() }]);
  expect(kinds(result)).toEqual(Array(6).fill('pushed'));
  await cache.close();
  signed = { repository: server.repository('a/a'), publicKey };
});
afterAll(() => store[Symbol.asyncDispose]());

let dir: TempDir;
beforeEach(async () => {
  dir = await tempDir();
});
const closing: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of closing.splice(0)) await each[Symbol.asyncDispose]();
  await dir[Symbol.asyncDispose]();
});

async function registry(options: TestRegistryOptions = {}): Promise<TestRegistry> {
  const server = await startRegistry(options);
  closing.push(server);
  return server;
}

/** A registry with what Spack pushed to `toy/builds`, and room for `toy/release`. */
async function fixture(options: TestRegistryOptions = {}) {
  const server = await registry(options);
  fillFromSpack(server.repository('toy/builds'));
  return { server, from: `${server.url}toy/builds`, to: `${server.url}toy/release` };
}

async function signedFixture(server: TestRegistry): Promise<string> {
  const { blobs, manifests, tags } = server.repository('toy/builds');
  for (const [key, value] of signed.repository.blobs) blobs.set(key, value);
  for (const [key, value] of signed.repository.manifests) manifests.set(key, value);
  for (const [key, value] of signed.repository.tags) tags.set(key, value);
  return `${server.url}toy/builds`;
}

const run = (...args: string[]) => runVerb(args, dir.path);

async function syncJson(...args: string[]) {
  const { code, out, err } = await run('sync', ...args, '--json');
  const report = out === '' ? undefined : JSON.parse(out);
  const items: { bytes?: number; bytes_through_us?: number; signature?: string; reason?: string }[] =
    report?.mirrors?.[0]?.specs ?? [];
  const total = (key: 'bytes' | 'bytes_through_us') => items.reduce((sum, item) => sum + (item[key] ?? 0), 0);
  return { code, err, report, items, bytes: total('bytes'), through: total('bytes_through_us') };
}

/** `mirrors.yaml` with these, by name. */
function configured(mirrors: Readonly<Record<string, { readonly url: string; readonly signed?: boolean }>>) {
  const file = join(dir.path, 'mirrors.yaml');
  const lines = Object.entries(mirrors).map(
    ([name, { url, signed: isSigned }]) => `  ${name}: {url: '${url}', signed: ${isSigned ?? false}}\n`,
  );
  writeFileSync(file, `mirrors:\n${lines.join('')}`);
  return ['--mirrors', file];
}

function keyFile(name: string, text: string): string {
  const file = join(dir.path, name);
  writeFileSync(file, text);
  return file;
}

function tagsOf(repository: TestRepository): string[] {
  return specs.map((spec) => `${specTag(spec)} ${repository.tags.get(specTag(spec))}`);
}

/** Everything that reads finds it there. */
async function expectUsable(url: string, ...options: string[]): Promise<void> {
  for (const verify of ['exists', 'blobs']) {
    const check = await run('check', '-e', TOY_ENVIRONMENT, '-m', url, '--verify', verify);
    expect(check, check.out + check.err).toMatchObject({ code: 0 });
  }
  const list = await run('list', '-a', '-L', '-m', url);
  for (const { hash } of specs) expect(list.out).toContain(hash);
  const install = ['install', '-o', '-e', TOY_ENVIRONMENT, '-m', url, '--store', join(dir.path, 's')];
  const installed = await run(...install, ...options, 'toymake');
  expect(installed, installed.err).toMatchObject({ code: 0 });
  const index = await run('check-index', url, '--verify', 'all');
  expect(index, index.out + index.err).toMatchObject({ code: 0 });
}

describe('sync from a registry to a registry', () => {
  it.each([
    ['all', ['--all']],
    ['the environment', ['-e', TOY_ENVIRONMENT]],
  ])('beside each other moves no bytes, and the second run nothing (%s)', async (_, what) => {
    const { server, from, to } = await fixture();
    const first = await syncJson(...what, from, to);
    expect(first, first.err).toMatchObject({ code: 0, through: 0 });
    expect(first.bytes).toBeGreaterThan(20_000);
    const target = server.repository('toy/release');
    expect(tagsOf(target)).toEqual(tagsOf(server.repository('toy/builds')));
    assertSoundRegistry(target);
    expect(listedInRegistry(target)).toEqual(new Set(specs.map(({ hash }) => hash)));
    await expectUsable(to);

    const before = server.requests.length;
    const second = await syncJson(...what, from, to);
    expect(second).toMatchObject({ code: 0, bytes: 0 });
    expect(second.report.mirrors[0]).toMatchObject({ counts: { present: 6 }, index: { changed: false } });
    const written = server.requests.slice(before).filter(({ method }) => ['PUT', 'PATCH'].includes(method));
    expect(written).toEqual([]);
  });

  it('between two registries sends each blob once, and signs and takes nothing that was not asked for', async () => {
    const { server, from } = await fixture();
    const other = await registry({ referrers: false });
    const to = `${other.url}toy/release`;
    const first = await syncJson('--all', from, to);
    expect(first).toMatchObject({ code: 0, bytes: first.through });
    expect(first.items.map(({ signature }) => signature)).toEqual(Array(6).fill('none'));
    const target = other.repository('toy/release');
    expect(tagsOf(target)).toEqual(tagsOf(server.repository('toy/builds')));
    expect(target.tags.size).toBe(7);
    await expectUsable(to);
  });

  it('copies what matches, whole: the dependencies are layers of it', async () => {
    const { server, from, to } = await fixture();
    expect(await syncJson('--all', from, to, 'toyapp')).toMatchObject({ code: 0 });
    const target = server.repository('toy/release');
    expect(taggedHashes(target).size).toBe(1);
    assertSoundRegistry(target);
  });

  it('says what it would do', async () => {
    const { server, from, to } = await fixture();
    const { out, code } = await run('sync', '--all', from, to, '--dry-run');
    expect({ out, code }).toMatchObject({ code: 0, out: expect.stringMatching(/6 would be copied/) });
    expect(server.requests.filter(({ method }) => !['GET', 'HEAD'].includes(method))).toEqual([]);
  });

  it('does the rest where one entry is none, and says what is wrong with it', async () => {
    const { server, from, to } = await fixture();
    const source = server.repository('toy/builds');
    const tag = tagsOf(source)[0]?.split(' ')[0] ?? '';
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests: [] }));
    source.manifests.set(tag, { bytes: index, mediaType });
    source.tags.set(tag, tag);
    const result = await syncJson('--all', from, to);
    expect(result.code).toBe(1);
    expect(result.report.mirrors[0].counts).toMatchObject({ copied: 5, failed: 1 });
    const [reason] = result.items.flatMap((item) => item.reason ?? []);
    expect(reason).toMatch(/not an image manifest.*found application\/vnd\.oci\.image\.index/);
    assertSoundRegistry(server.repository('toy/release'));
  });

  it('is finished by the next run where it was cut off', async () => {
    const now = { left: 9 };
    const fault: TestRegistryOptions['fault'] = ({ method }) =>
      method === 'PUT' && now.left-- <= 0 ? { status: 403 } : undefined;
    const other = await registry({ fault });
    const { server, from } = await fixture();
    const to = `${other.url}toy/release`;
    const target = other.repository('toy/release');
    const first = await syncJson('--all', from, to);
    expect(first.code).toBe(1);
    assertSoundRegistry(target);
    expect(target.tags.size).toBeLessThan(6);
    now.left = Number.POSITIVE_INFINITY;
    const second = await syncJson('--all', from, to);
    expect(second.code).toBe(0);
    const whole = [...target.blobs.values()].reduce((sum, { length }) => sum + length, 0);
    expect(second.bytes).toBeLessThan(whole);
    expect(tagsOf(target)).toEqual(tagsOf(server.repository('toy/builds')));
    expect(listedInRegistry(target).size).toBe(6);
  });
});

describe('signed images', () => {
  it('keep their signatures, with no key at hand', async () => {
    const [server, other] = [await registry(), await registry({ referrers: false })];
    const url = await signedFixture(server);
    const key = keyFile('key.asc', signed.publicKey);
    const to = `${other.url}toy/release`;
    const mirrors = configured({ builds: { url, signed: true }, release: { url: to, signed: true } });
    const trust = ['--trusted-keys', key];
    const stranger = await syncJson('--all', 'builds', 'release', ...mirrors);
    expect(stranger).toMatchObject({ code: 1, bytes: 0 });
    expect(stranger.items[0]?.reason).toMatch(/signature is not to be trusted/);
    expect(taggedHashes(other.repository('toy/release')).size).toBe(0);

    const first = await syncJson('--all', 'builds', 'release', ...mirrors, ...trust);
    expect(first, first.err).toMatchObject({ code: 0 });
    expect(first.items.map(({ signature }) => signature)).toEqual(Array(6).fill('kept'));
    const target = other.repository('toy/release');
    expect(tagsOf(target)).toEqual(tagsOf(server.repository('toy/builds')));
    const installs = ['install', '-o', '-e', TOY_ENVIRONMENT, ...mirrors, '--store', join(dir.path, 'x')];
    expect(await run(...installs, ...trust, 'toymake')).toMatchObject({ code: 0 });
    server.requests.length = 0;
    expect(await syncJson('--all', 'builds', 'release', ...mirrors, ...trust)).toMatchObject({
      code: 0,
      bytes: 0,
      report: { mirrors: [{ counts: { present: 6 } }] },
    });
    // What its tags are of, the index that was read before has told: no image need be read for that.
    expect(server.requests.filter(({ path }) => path.includes('/blobs/'))).toEqual([]);
  });

  it('leave behind what somebody has signed who is not trusted, and says of where they were built', async () => {
    const server = await registry();
    const url = await signedFixture(server);
    const [spec] = specs;
    if (spec === undefined) throw new Error('no specs');
    const builds = await openTestRegistry(url);
    const found = await builds.manifest(specTag(spec));
    if (found === undefined) throw new Error('no image');
    const image = JSON.parse(found.bytes.toString('utf8'));
    const { privateKey } = await makeKey({ name: 'Stranger' });
    const key = { secretKeys: privateKey, passphrase: undefined, choose: undefined };
    const statement = { _type: 'https://in-toto.io/Statement/v1', predicate: { builder: 'release' } };
    const subject = { mediaType: found.mediaType, digest: found.digest, size: found.bytes.length };
    const about = { subject, config: image.config, tarball: image.layers.at(-1), statement };
    await putSignature(builds, about, await openSigner({ ...key, source: 'k', mirror: 'm' }));
    const to = `${server.url}toy/release`;
    const mirrors = configured({ builds: { url, signed: true }, release: { url: to, signed: true } });
    const trust = ['--trusted-keys', keyFile('key.asc', signed.publicKey)];
    expect(await syncJson('--all', 'builds', 'release', ...mirrors, ...trust)).toMatchObject({ code: 0 });
    const ofImage = (name: string) =>
      [...server.repository(name).manifests.values()]
        .map(({ bytes }) => JSON.parse(bytes.toString('utf8')))
        .filter((manifest) => manifest.subject?.digest === found.digest)
        .map(({ artifactType }) => artifactType)
        .sort();
    expect(ofImage('toy/builds')).toEqual([SIGNATURE_TYPE, SIGNATURE_TYPE, STATEMENT_TYPE]);
    expect(ofImage('toy/release')).toEqual([SIGNATURE_TYPE]);
  });

  it('get new ones where a key is named', async () => {
    const server = await registry();
    const url = await signedFixture(server);
    const { privateKey, publicKey } = await makeKey({ name: 'Release' });
    const to = `${server.url}toy/release`;
    const mirrors = configured({ builds: { url, signed: true }, release: { url: to, signed: true } });
    const trust = ['--trusted-keys', keyFile('key.asc', signed.publicKey)];
    const sign = ['--signing-key-file', keyFile('secret.asc', privateKey)];
    const result = await syncJson('--all', 'builds', 'release', ...mirrors, ...trust, ...sign);
    expect(result, result.err).toMatchObject({ code: 0, through: 0 });
    expect(result.items.map(({ signature }) => signature)).toEqual(Array(6).fill('new'));
    const release = configured({ release: { url: to, signed: true } });
    const installs = ['install', '-o', '-e', TOY_ENVIRONMENT, ...release, '--store', join(dir.path, 'x')];
    const newTrust = ['--trusted-keys', keyFile('new.asc', publicKey)];
    expect((await run(...installs, ...trust, 'toymake')).code).not.toBe(0);
    expect(await run(...installs, ...newTrust, 'toymake')).toMatchObject({ code: 0 });
  });
});

describe('copy-lists with registries', () => {
  const gate = (from: string, to: string) =>
    run('check', '-e', TOY_ENVIRONMENT, '-m', from, '--copy-to', to, '--copy-list', 'lists/a.json');

  it('lead from a registry to a registry', async () => {
    const { server, from, to } = await fixture();
    expect(await gate(from, to)).toMatchObject({ code: 0 });
    const list = JSON.parse(readFileSync(join(dir.path, 'lists/a.json'), 'utf8')) as Record<string, object>;
    for (const spec of specs) {
      const tag = specTag(spec);
      expect(list[spec.hash]).toEqual({ src: `${from}:${tag}`, dest: `${to}:${tag}` });
    }
    const mirrors = configured({ builds: { url: from }, release: { url: to } });
    const result = await syncJson('--manifest-glob', 'lists/*.json', ...mirrors);
    expect(result, result.err).toMatchObject({ code: 0, through: 0 });
    expect(tagsOf(server.repository('toy/release'))).toEqual(tagsOf(server.repository('toy/builds')));
    expect(listedInRegistry(server.repository('toy/release')).size).toBe(6);
  });

  it('lead from a registry to a folder', async () => {
    const { from } = await fixture();
    const to = join(dir.path, 'folder');
    mkdirSync(to);
    await gate(from, to);
    const mirrors = configured({ builds: { url: from }, release: { url: to } });
    const result = await syncJson('--manifest-glob', 'lists/*.json', ...mirrors);
    expect(result, result.err).toMatchObject({ code: 0 });
    expect(publishedHashes(folderDocuments(to)).size).toBe(6);
  });

  it('are known by whatever way a registry is written, and lead to another repository of its host', async () => {
    const { server, from, to } = await fixture();
    await gate(from, to);
    const other = from.replace('toy/builds', 'Toy/Other').replace('oci+http', 'OCI+HTTP');
    const mirrors = configured({ other: { url: other }, release: { url: to.replace('toy', 'Toy') } });
    const result = await syncJson('--manifest-glob', 'lists/*.json', ...mirrors, '--unsigned');
    expect(result, result.err).toMatchObject({ code: 0, through: 0 });
    expect(taggedHashes(server.repository('toy/release')).size).toBe(6);
  });

  it('lead nowhere that is not configured', async () => {
    const { server, from, to } = await fixture();
    await gate(from, to);
    const result = await syncJson(
      '--manifest-glob',
      'lists/*.json',
      ...configured({ builds: { url: from } }),
    );
    expect(result.code).toBe(1);
    expect(server.repository('toy/release').tags.size).toBe(0);
  });
});
