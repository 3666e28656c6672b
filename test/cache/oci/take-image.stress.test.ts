import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EntryReader } from '../../../src/cache/entries.ts';
import type { Taken } from '../../../src/cache/layouts/take-entry.ts';
import { openOci } from '../../../src/cache/oci/reader.ts';
import { putSignature, SIGNATURE_TYPE } from '../../../src/cache/oci/signature.ts';
import { specTag } from '../../../src/cache/oci/tags.ts';
import { openOciWriter } from '../../../src/cache/oci/writer.ts';
import { readVerifiedEntry } from '../../../src/cache/reading/verified-entry.ts';
import { openSigner, type Signer } from '../../../src/cache/trust/signing.ts';
import { openTrust, type Trust } from '../../../src/cache/trust/trust.ts';
import type { CacheWriter } from '../../../src/cache/writing/cache-writer.ts';
import { describeError, errorCode } from '../../../src/core/errors.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import type { Digest } from '../../../src/storage/registry/reference.ts';
import type { InstallTree } from '../../../src/tree/install-tree.ts';
import { kinds, pushToy } from '../../commands/push-toy.ts';
import { startRegistry, type TestRegistry, type TestRegistryOptions } from '../../harness/registry.ts';
import { openTestReader, openTestRegistry } from '../../harness/registry-client.ts';
import { sha256Of, type TestRepository } from '../../harness/registry-store.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';
import { pushable, unpackToyStore } from '../../tree/toy-store.ts';
import { makeKey } from '../keys.ts';
import { fillFromSpack } from '../registry-fixture.ts';
import { assertSoundRegistry, type ImageDocument, imageOf, NO_OPTIONS } from '../registry-place.ts';

const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

let dir: TempDir;
let spool: TempDir;
let tree: InstallTree;
let specs: SpecNode[];
let signer: Signer;
let trust: Trust;
/** What a signed push leaves, to start with. */
let pushed: TestRepository;
beforeAll(async () => {
  dir = await tempDir();
  spool = await tempDir();
  tree = await unpackToyStore(`${dir.path}/store`);
  specs = pushable(tree);
  signer = await newSigner('Toy');
  trust = await trustIn(signer);
  const server = await startRegistry();
  const writer = openOciWriter(await openTestRegistry(`${server.url}toy/cache`), NO_OPTIONS);
  const target = { name: 'mirror', cache: writer, signer, elsewhere: new Map() };
  expect(kinds(await pushToy(tree, [target]))).toEqual(Array(6).fill('pushed'));
  pushed = server.repository('toy/cache');
  await writer.close();
  await server.close();
});
afterAll(async () => {
  await dir[Symbol.asyncDispose]();
  await spool[Symbol.asyncDispose]();
});

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  expect(readdirSync(spool.path)).toEqual([]);
});

async function newSigner(name: string): Promise<Signer> {
  const { privateKey } = await makeKey({ name });
  const key = { secretKeys: privateKey, passphrase: undefined, choose: undefined };
  return await openSigner({ ...key, source: 'k', mirror: 'm' });
}

async function trustIn({ publicKey }: Signer): Promise<Trust> {
  return await openTrust({ keys: [{ text: publicKey, source: 'k' }], fingerprints: [] });
}

function named(name: string): SpecNode {
  const found = specs.find((spec) => spec.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

function fill({ blobs, manifests, tags }: TestRepository, from: TestRepository): void {
  for (const [key, value] of from.blobs) blobs.set(key, value);
  for (const [key, value] of from.manifests) manifests.set(key, value);
  for (const [key, value] of from.tags) tags.set(key, value);
}

interface Places {
  readonly source: TestRepository;
  readonly target: TestRepository;
  readonly from: TestRegistry;
  readonly to: TestRegistry;
  readonly reader: EntryReader;
  readonly writer: CacheWriter;
  /** One entry, verified where signatures are looked at, taken over. */
  take(spec: SpecNode, how?: { readonly signer?: Signer; readonly signal?: AbortSignal }): Promise<Taken>;
}

/** A repository, and another one to copy to: beside it, or in a registry of its own. */
async function places(
  how: { readonly signed?: boolean; readonly apart?: boolean; readonly filled?: boolean } = {},
  fromOptions: TestRegistryOptions = {},
  toOptions: TestRegistryOptions = {},
): Promise<Places> {
  const { signed = false, apart = false } = how;
  const from = await startRegistry(fromOptions);
  const to = apart ? await startRegistry(toOptions) : from;
  const source = from.repository('toy/cache');
  if (signed) fill(source, pushed);
  else if (how.filled !== false) fillFromSpack(source);
  const userOf = ({ auth }: TestRegistryOptions) => (auth === undefined ? {} : { user: auth });
  const reader = openOci(await openTestReader(`${from.url}toy/cache`, userOf(fromOptions)), { signed });
  const registry = await openTestRegistry(`${to.url}release/all`, userOf(apart ? toOptions : fromOptions));
  const writer = openOciWriter(registry, { ...NO_OPTIONS, signed });
  closing.push(async () => {
    await Promise.all([writer.close(), reader.storage.close()]);
    for (const server of new Set([from, to])) await server.close();
  });
  return {
    ...{ source, from, to, reader, writer },
    get target() {
      return to.repository('release/all');
    },
    async take(spec, { signer: by, signal } = {}) {
      const found = await readVerifiedEntry(reader, spec, signed ? trust : undefined, signal);
      if (found === undefined) throw new Error(`no ${spec.name}`);
      const taken = await writer.take?.(reader, found.entry, spec, by, settings(), signal);
      if (taken === undefined) throw new Error('not taken');
      return taken;
    },
  };
}

const settings = () => ({ spool: spool.path, hardLink: false });

function sum(all: readonly Taken[]): Taken {
  return all.reduce((one, { between, through }) => ({
    between: one.between + between,
    through: one.through + through,
  }));
}

/** Blobs that the images of specs are made of, each once. */
function imageBytes(repository: TestRepository): number {
  const blobs = new Map<string, number>();
  for (const tag of specs.map(specTag)) {
    const { config, layers } = imageOf(repository, tag).manifest;
    for (const { digest, size } of [config, ...layers]) blobs.set(digest, size);
  }
  return [...blobs.values()].reduce((one, other) => one + other, 0);
}

/** Requests for blobs' bytes: `GET sha256:…` and uploads that were finished. */
function blobRequests(server: TestRegistry, method: 'GET' | 'PUT', repository: string): string[] {
  return server.requests.flatMap((request) => {
    const pattern = method === 'GET' ? /\/blobs\/(sha256:\w+)$/ : /\/blobs\/uploads\/.*digest=(sha256\S+)$/;
    const [, digest] = pattern.exec(request.path) ?? [];
    const isOf = request.method === method && request.path.startsWith(`/v2/${repository}/`);
    return isOf && digest !== undefined ? [decodeURIComponent(digest)] : [];
  });
}

function signaturesOf(repository: TestRepository, subject: string): ImageDocument[] {
  return [...repository.manifests.values()]
    .map(({ bytes }) => JSON.parse(bytes.toString()) as ImageDocument)
    .filter((manifest) => manifest.subject?.digest === subject);
}

/** Puts a manifest into a repository, under a tag if one is given. */
function put(repository: TestRepository, manifest: unknown, tag?: string): Digest {
  const bytes = Buffer.from(JSON.stringify(manifest));
  const digest = sha256Of(bytes) as Digest;
  repository.manifests.set(digest, { bytes, mediaType: OCI_MANIFEST });
  if (tag !== undefined) repository.tags.set(tag, digest);
  return digest;
}

function putBlob(repository: TestRepository, bytes: Buffer) {
  repository.blobs.set(sha256Of(bytes), bytes);
  return { digest: sha256Of(bytes), size: bytes.length };
}

async function failure(promise: Promise<unknown>): Promise<{ code: string; text: string }> {
  return await promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => ({ code: errorCode(error), text: describeError(error) }),
  );
}

describe('an image that is taken over', () => {
  it('in one registry is mounted with all its layers, its manifest byte for byte', async () => {
    const { source, target, from, take, writer } = await places();
    const taken = await Promise.all(specs.map((spec) => take(spec)));
    expect(sum(taken)).toEqual({ between: imageBytes(source), through: 0 });
    for (const tag of specs.map(specTag)) expect(target.tags.get(tag)).toBe(source.tags.get(tag));
    assertSoundRegistry(target);
    expect(blobRequests(from, 'PUT', 'release/all')).toEqual([]);
    for (const spec of specs) expect(await writer.hasWhole(spec, false)).toBe(true);

    const before = from.requests.length;
    expect(sum(await Promise.all(specs.map((spec) => take(spec))))).toEqual({ between: 0, through: 0 });
    const posts = from.requests.slice(before).filter(({ method }) => method === 'POST');
    expect(posts).toEqual([]);
  });

  it('from another registry sends each blob once, however many images at once share it', async () => {
    const { source, target, from, to, take } = await places({ apart: true });
    const taken = await Promise.all(specs.map((spec) => take(spec)));
    expect(sum(taken)).toEqual({ between: 0, through: imageBytes(source) });
    for (const tag of specs.map(specTag)) expect(target.tags.get(tag)).toBe(source.tags.get(tag));
    assertSoundRegistry(target);
    const sent = blobRequests(to, 'PUT', 'release/all');
    expect(sent.length).toBe(new Set(sent).size);
    expect(sent.length).toBe(target.blobs.size);
    const isLayer = (digest: string) => specs.some((spec) => isLayerOf(source, specTag(spec), digest));
    const read = blobRequests(from, 'GET', 'toy/cache').filter(isLayer);
    expect(read.length).toBe(new Set(read).size);
  });

  it('comes with layers of any size, the large ones through a file', async () => {
    const { source, target, take } = await places({ apart: true });
    const spec = named('zlib-toy');
    const { manifest, config } = imageOf(source, specTag(spec));
    const large = randomBytes(3 * 1024 * 1024);
    const layer = { ...manifest.layers[0], ...putBlob(source, large) };
    const { rootfs } = config;
    const more = { ...config, rootfs: { ...rootfs, diff_ids: [sha256Of(large), ...rootfs.diff_ids] } };
    const named2 = { ...manifest.config, ...putBlob(source, Buffer.from(JSON.stringify(more))) };
    put(source, { ...manifest, config: named2, layers: [layer, ...manifest.layers] }, specTag(spec));
    const { through } = await take(spec);
    expect(through).toBeGreaterThan(large.length);
    expect(target.tags.get(specTag(spec))).toBe(source.tags.get(specTag(spec)));
    assertSoundRegistry(target);
  });

  it('and signed anew comes with layers that nobody has packed', async () => {
    const { source, target, take } = await places({ apart: true });
    const spec = named('zlib-toy');
    const { manifest, config } = imageOf(source, specTag(spec));
    const plain = Buffer.alloc(500_000, 'tar');
    const layer = { ...manifest.layers[0], ...putBlob(source, plain) };
    const { rootfs } = config;
    const more = { ...config, rootfs: { ...rootfs, diff_ids: [sha256Of(plain), ...rootfs.diff_ids] } };
    const changed = { ...manifest.config, ...putBlob(source, Buffer.from(JSON.stringify(more))) };
    put(source, { ...manifest, config: changed, layers: [layer, ...manifest.layers] }, specTag(spec));
    await take(spec, { signer });
    expect(target.blobs.get(layer.digest)?.equals(plain)).toBe(true);
    assertSoundRegistry(target);
  });

  it('is the one that was verified, whatever its tag has come to mean', async () => {
    const { source, target, reader, writer } = await places({ signed: true, apart: true });
    const [spec, other] = [named('zlib-toy'), named('toymake')];
    const { digest } = imageOf(source, specTag(spec));
    const verified = await readVerifiedEntry(reader, spec, trust);
    if (verified === undefined) throw new Error('not there');
    source.tags.set(specTag(spec), source.tags.get(specTag(other)) ?? '');
    await writer.take?.(reader, verified.entry, spec, undefined, settings());
    expect(target.tags.get(specTag(spec))).toBe(digest);
    expect(signaturesOf(target, digest).length).toBe(1);
  });

  it('is not whole when its manifest names thousands that are gone, which is soon known', async () => {
    const { target, writer, take, to } = await places();
    const app = named('toyapp');
    await take(app);
    const { manifest, config } = imageOf(target, specTag(app));
    const lost = Array.from({ length: 2000 }, (_, i) => `sha256:${i.toString(16).padStart(64, '0')}`);
    const layers = [...lost.map((digest) => ({ ...manifest.layers[0], digest })), ...manifest.layers];
    const rootfs = { type: 'layers', diff_ids: layers.map(({ digest }) => digest) };
    const bytes = Buffer.from(JSON.stringify({ ...config, rootfs }));
    const named2 = { ...manifest.config, ...putBlob(target, bytes) };
    put(target, { ...manifest, config: named2, layers }, specTag(app));
    to.requests.length = 0;
    expect(await writer.hasWhole(app, false)).toBe(false);
    expect(to.requests.length).toBeLessThan(50);
  });

  it('is not whole when a layer of a dependency is gone, and is made whole again', async () => {
    const { source, target, take, to, reader } = await places({ apart: true });
    const app = named('toyapp');
    await take(app);
    const lost = imageOf(source, specTag(named('zlib-toy'))).manifest.layers.at(-1)?.digest ?? '';
    expect(target.blobs.delete(lost)).toBe(true);
    // Another run, which has seen nothing.
    const again = openOciWriter(await openTestRegistry(`${to.url}release/all`), NO_OPTIONS);
    closing.push(() => again.close());
    expect(await again.hasWhole(app, false)).toBe(false);
    target.blobs.set(lost, Buffer.from('half of it'));
    expect(await again.hasWhole(app, false)).toBe(false);
    const entry = await reader.read(app);
    if (entry === undefined) throw new Error('no entry');
    const through = source.blobs.get(lost)?.length;
    expect(await again.take?.(reader, entry, app, undefined, settings())).toEqual({ between: 0, through });
    expect(await again.hasWhole(app, false)).toBe(true);
  });
});

function isLayerOf(repository: TestRepository, tag: string, digest: string): boolean {
  return imageOf(repository, tag).manifest.layers.some((layer) => layer.digest === digest);
}

describe.each([
  ['with', true],
  ['without', false],
])('signatures, in registries %s the referrers API', (_, referrers) => {
  it('come along, and are there before the tag', async () => {
    const { target, to, take, writer } = await places({ signed: true, apart: true }, {}, { referrers });
    for (const spec of specs) await take(spec);
    const read = openOci(await openTestReader(`${to.url}release/all`), { signed: true });
    closing.push(() => read.storage.close());
    for (const spec of specs) {
      expect((await readVerifiedEntry(read, spec, trust))?.signedBy).toBe(signer.fingerprint);
      expect(await writer.hasWhole(spec, true)).toBe(true);
      const { digest } = imageOf(target, specTag(spec));
      const [signature] = [...target.manifests].filter(([, { bytes }]) =>
        bytes.toString().includes(`"subject":{"mediaType":"${OCI_MANIFEST}","digest":"${digest}"`),
      );
      const written = to.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);
      const at = (reference: string) => written.findIndex((path) => path.endsWith(`/manifests/${reference}`));
      expect(at(signature?.[0] ?? '')).toBeGreaterThan(-1);
      expect(at(specTag(spec))).toBeGreaterThan(at(signature?.[0] ?? ''));
      if (!referrers) expect(at(specTag(spec))).toBeGreaterThan(at(digest.replace(':', '-')));
    }
  });

  it('stay behind where there is a new one', async () => {
    const mine = await newSigner('Mine');
    const { target, to, take } = await places({ signed: true, apart: true }, {}, { referrers });
    const spec = named('toymake');
    await take(spec, { signer: mine });
    const read = openOci(await openTestReader(`${to.url}release/all`), { signed: true });
    closing.push(() => read.storage.close());
    expect((await readVerifiedEntry(read, spec, await trustIn(mine)))?.signedBy).toBe(mine.fingerprint);
    expect(signaturesOf(target, imageOf(target, specTag(spec)).digest).length).toBe(1);
  });
});

describe('of what is attached to an image', () => {
  const attachTo = (repository: TestRepository, digest: string, more: Partial<ImageDocument>) => {
    const [signature] = signaturesOf(repository, digest);
    return put(repository, { ...signature, ...more });
  };

  it('all that could be its signatures comes along, be others before the one that counts', async () => {
    const { source, target, from, take, reader } = await places({ signed: true });
    const spec = named('toymake');
    const { digest, manifest } = imageOf(source, specTag(spec));
    const stranger = await newSigner('Stranger');
    const registry = await openTestRegistry(`${from.url}toy/cache`);
    closing.push(() => registry.close());
    const subject = (await reader.read(spec))?.image?.manifest;
    const [tarball] = manifest.layers.slice(-1);
    if (subject === undefined || tarball === undefined) throw new Error('no image');
    const image = {
      subject: { mediaType: OCI_MANIFEST, digest: subject.digest, size: subject.bytes.length },
      config: { ...manifest.config, digest: manifest.config.digest as Digest },
      tarball: { ...tarball, digest: tarball.digest as Digest },
    };
    await putSignature(registry, image, stranger);
    // Of another image, and things that only look like signatures.
    const [other] = signaturesOf(source, imageOf(source, specTag(named('zlib-toy'))).digest);
    const theirs = attachTo(source, digest, { layers: other?.layers ?? [] });
    const [layer] = signaturesOf(source, digest)[0]?.layers ?? [];
    if (layer === undefined) throw new Error('no signature');
    const large = putBlob(source, randomBytes(100_000));
    const heavy = attachTo(source, digest, { layers: [layer, { ...layer, ...large }] });
    const laden = attachTo(source, digest, { config: { ...layer, ...large } });
    const typed = put(source, { ...signaturesOf(source, digest)[0], artifactType: 'text/plain' });
    await take(spec);
    expect(signaturesOf(target, digest).length).toBe(2);
    for (const junk of [theirs, heavy, laden, typed]) expect(target.manifests.has(junk)).toBe(false);
    expect(target.blobs.has(large.digest)).toBe(false);
    const read = openOci(await openTestReader(`${from.url}release/all`), { signed: true });
    closing.push(() => read.storage.close());
    expect((await readVerifiedEntry(read, spec, trust))?.signedBy).toBe(signer.fingerprint);
  });

  it.each<[string, Partial<ImageDocument>]>([
    ['refers to another image', { subject: { digest: `sha256:${'0'.repeat(64)}` } }],
    ['is of another type', { artifactType: 'text/plain' }],
  ])('what %s is no signature, though a list says so', async (_, lie) => {
    // Without the API, who pushes writes the list.
    const { source, reader } = await places({ signed: true }, { referrers: false });
    const { digest } = imageOf(source, specTag(named('toymake')));
    const [signature] = signaturesOf(source, digest);
    const subject = { mediaType: OCI_MANIFEST, size: 1, digest, ...lie.subject };
    const lying = put(source, { ...signature, ...lie, subject });
    const size = source.manifests.get(lying)?.bytes.length;
    const item = { mediaType: OCI_MANIFEST, digest: lying, size, artifactType: SIGNATURE_TYPE };
    const type = 'application/vnd.oci.image.index.v1+json';
    const list = { schemaVersion: 2, mediaType: type, manifests: [item] };
    source.manifests.set(put(source, list, digest.replace(':', '-')), {
      bytes: Buffer.from(JSON.stringify(list)),
      mediaType: type,
    });
    expect((await reader.read(named('toymake')))?.signed).toBe(false);
  });

  it('what is about another image counts for nothing: there is no tag then', async () => {
    const { source, target, reader, writer } = await places({ signed: true });
    const spec = named('toymake');
    const [other] = signaturesOf(source, imageOf(source, specTag(named('zlib-toy'))).digest);
    const { digest } = imageOf(source, specTag(spec));
    const theirs = attachTo(source, digest, { layers: other?.layers ?? [] });
    for (const [own, { bytes }] of source.manifests) {
      const isOwn = own !== theirs && bytes.includes(SIGNATURE_TYPE) && bytes.includes(digest);
      if (isOwn) source.manifests.delete(own);
    }
    const entry = await reader.read(spec);
    if (entry === undefined) throw new Error('no entry');
    expect(entry.signed).toBe(true);
    const take = async () => await writer.take?.(reader, entry, spec, undefined, settings());
    expect(await failure(take())).toMatchObject({ code: 'untrusted', text: /another image/ });
    expect(target.tags.size).toBe(0);
    // That of ours says what was looked at.
    await writer.take?.(reader, entry, spec, signer, settings());
    expect(await writer.hasWhole(spec, true)).toBe(true);
  });
});

describe('credentials', () => {
  const auth = { kind: 'bearer', username: 'me', password: 'secret' } as const;

  it.each(['same', 'port'] as const)('get a token for both repositories (endpoint: %s)', async (endpoint) => {
    const { source, from, take } = await places({}, { auth: { ...auth, endpoint } });
    expect(sum(await Promise.all(specs.map((spec) => take(spec))))).toEqual({
      between: imageBytes(source),
      through: 0,
    });
    const scopes = from.tokens.requests.map((request) => [...request.scopes].sort().join(' '));
    const both = 'repository:release/all:pull,push repository:toy/cache:pull';
    expect(scopes.filter((each) => each === both).length).toBe(1);
  });

  it('go to nobody but their own registry', async () => {
    const theirs = { ...auth, username: 'you', password: 'other' };
    const { from, to, take, target } = await places({ apart: true }, { auth }, { auth: theirs });
    await take(named('toyapp'));
    assertSoundRegistry(target);
    const basic = ({ username, password }: typeof auth | typeof theirs) =>
      `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    for (const [server, own] of [
      [from, auth],
      [to, theirs],
    ] as const) {
      const said = server.tokens.requests.map(({ authorization }) => authorization);
      expect(new Set(said)).toEqual(new Set([basic(own)]));
      for (const { scopes } of server.tokens.requests) {
        expect(scopes.every((scope) => scope.includes(server === from ? 'toy/cache' : 'release/all'))).toBe(
          true,
        );
      }
    }
  });

  let url = '';
  it.each<[string, TestRegistryOptions]>([
    ['no mounts', { mounts: false }],
    [
      'no mounts for us',
      { fault: ({ path }) => (path.includes('mount=') ? { status: 403, body: '{}' } : undefined) },
    ],
    [
      'tokens for one repository only',
      {
        auth,
        fault: ({ path }) => {
          if (!path.includes('mount=')) return undefined;
          const challenge = `Bearer realm="${url}token",service="test-registry",scope="repository:toy/cache:pull"`;
          return { status: 401, headers: { 'www-authenticate': challenge } };
        },
      },
    ],
  ])('where there are %s, the bytes come through us', async (_, options) => {
    const { source, from, take, target } = await places({}, options);
    url = from.url.replace('oci+', '');
    const taken: Taken[] = [];
    for (const spec of specs) taken.push(await take(spec));
    expect(sum(taken)).toEqual({ between: 0, through: imageBytes(source) });
    assertSoundRegistry(target);
    // Who refuses once is not asked for each blob: two of the first image, with a second token at most.
    const asked = from.requests.filter(({ path }) => path.includes('mount='));
    expect(asked.length).toBeLessThanOrEqual(4);
  });
});

describe('when things go wrong there is no tag, and a clear word', () => {
  const app = () => named('toyapp');
  const dependencyLayer = (repository: TestRepository) =>
    imageOf(repository, specTag(named('zlib-toy'))).manifest.layers.at(-1)?.digest ?? '';

  it.each([false, true])('a layer that is gone at the source (another registry: %s)', async (apart) => {
    const { source, target, take } = await places({ apart });
    const lost = dependencyLayer(source);
    const bytes = source.blobs.get(lost) ?? Buffer.alloc(0);
    source.blobs.delete(lost);
    const { code, text } = await failure(take(app()));
    expect(code).toBe('not-found');
    expect(text).toContain(lost);
    expect(target.tags.size).toBe(0);
    source.blobs.set(lost, bytes);
    await take(app());
    assertSoundRegistry(target);
    expect(target.tags.size).toBe(1);
  });

  it('a layer that is not what its digest says', async () => {
    let lost = '';
    const options: TestRegistryOptions = {
      fault: ({ method, path }) => (method === 'GET' && path.endsWith(lost) ? 'corrupt' : undefined),
    };
    const { source, target, take } = await places({ apart: true, filled: false }, options);
    fillFromSpack(source);
    lost = dependencyLayer(source);
    expect(await failure(take(app()))).toMatchObject({
      code: 'corrupt',
      text: expect.stringContaining(lost),
    });
    expect(target.tags.size).toBe(0);
    expect(target.blobs.has(lost)).toBe(false);
  });

  it.each([
    ['another', gzipSync('evil')],
    ['a damaged', gzipSync('evil').subarray(0, 15)],
  ])('%s layer in the place of one that the signed configuration names', async (_, evil) => {
    const { source, target, take } = await places({ signed: true, apart: true });
    const { manifest, digest } = imageOf(source, specTag(app()));
    const [signature] = signaturesOf(source, digest);
    const layer = { ...manifest.layers[0], ...putBlob(source, evil) };
    const changed = { ...manifest, layers: [layer, ...manifest.layers.slice(1)] };
    const tampered = put(source, changed, specTag(app()));
    put(source, { ...signature, subject: { ...signature?.subject, digest: tampered } });
    expect(await failure(take(app()))).toMatchObject({
      code: 'corrupt',
      text: expect.stringContaining('layer'),
    });
    expect(target.tags.size).toBe(0);
    expect(target.blobs.has(layer.digest)).toBe(false);
  });

  it("another image's layer in that place: that other image is copied all the same", async () => {
    const { source, target, take, reader, writer } = await places({ signed: true, apart: true });
    const other = named('toymake');
    const [theirs] = imageOf(source, specTag(other)).manifest.layers.slice(-1);
    const { manifest, digest } = imageOf(source, specTag(app()));
    const [signature] = signaturesOf(source, digest);
    const changed = { ...manifest, layers: [theirs, ...manifest.layers.slice(1)] };
    const tampered = put(source, changed, specTag(app()));
    put(source, { ...signature, subject: { ...signature?.subject, digest: tampered } });
    const verified = await Promise.all([app(), other].map((spec) => readVerifiedEntry(reader, spec, trust)));
    const [ours, its] = await Promise.allSettled(
      verified.map(async (found) => {
        if (found === undefined) throw new Error('not there');
        return await writer.take?.(reader, found.entry, found.document.root, undefined, settings());
      }),
    );
    expect(ours).toMatchObject({ status: 'rejected', reason: { code: 'corrupt' } });
    expect(its).toMatchObject({ status: 'fulfilled' });
    expect(await failure(take(app()))).toMatchObject({ code: 'corrupt' }); // now that it is there, too
    expect([...target.tags.keys()]).toEqual([specTag(other)]);
  });

  it('a size that is not that of the blob, though it could be mounted', async () => {
    const { source, target, take } = await places();
    const { manifest } = imageOf(source, specTag(app()));
    const layers = manifest.layers.map((layer, i) => (i === 0 ? { ...layer, size: layer.size + 1 } : layer));
    put(source, { ...manifest, layers }, specTag(app()));
    expect((await failure(take(app()))).code).toBe('corrupt');
    expect(target.tags.size).toBe(0);
  });

  it.each<[string, RegExp]>([
    ['blobs', /^PUT .*\/release\/all\/blobs\/uploads/],
    ['signatures', /^PUT .*\/release\/all\/manifests\/sha256:/],
    ['tags', /^PUT .*\/release\/all\/manifests\/[^:]*$/],
  ])('a registry that refuses %s', async (_, pattern) => {
    const fault: TestRegistryOptions['fault'] = ({ method, path }) =>
      pattern.test(`${method} ${path}`) ? { status: 403 } : undefined;
    const { target, take } = await places({ signed: true, apart: true }, {}, { fault });
    expect((await failure(take(app()))).code).toBe('denied');
    expect(target.tags.size).toBe(0);
  });

  it('thousands of layers that are nowhere: soon', async () => {
    const { source, target, take, from } = await places();
    const { manifest, config } = imageOf(source, specTag(app()));
    const hexes = Array.from({ length: 2000 }, (_, i) => i.toString(16).padStart(64, '0'));
    const layers = hexes.map((hex) => ({ ...manifest.layers[0], digest: `sha256:${hex}` }));
    const rootfs = { type: 'layers', diff_ids: [...layers, ...manifest.layers].map(({ digest }) => digest) };
    const bytes = Buffer.from(JSON.stringify({ ...config, rootfs }));
    const changed = { ...manifest, config: { ...manifest.config, ...putBlob(source, bytes) } };
    put(source, { ...changed, layers: [...layers, ...manifest.layers] }, specTag(app()));
    from.requests.length = 0;
    expect((await failure(take(app()))).code).toBe('not-found');
    expect(from.requests.length).toBeLessThan(100);
    expect(target.tags.size).toBe(0);
  });

  it('an image that would be listed as a signature of another', async () => {
    const { source, target, take } = await places();
    const { manifest } = imageOf(source, specTag(app()));
    const subject = { mediaType: OCI_MANIFEST, digest: source.tags.get(specTag(named('zlib-toy'))), size: 9 };
    put(source, { ...manifest, artifactType: SIGNATURE_TYPE, subject }, specTag(app()));
    expect(await failure(take(app()))).toMatchObject({
      code: 'bad-input',
      text: expect.stringContaining('attached to another'),
    });
    expect(target.manifests.size).toBe(0);
  });

  it('a cancellation: the next run goes on', async () => {
    const stop = new AbortController();
    const now = { stops: true };
    const fault: TestRegistryOptions['fault'] = ({ method, path, attempt }) => {
      const isUpload = method === 'POST' && path.includes('/blobs/uploads/');
      if (now.stops && isUpload && attempt === 3) stop.abort();
      return undefined;
    };
    const { source, target, take } = await places({ apart: true }, {}, { fault });
    const first = take(app(), { signal: stop.signal });
    expect((await failure(first)).code).toBe('cancelled');
    expect(target.tags.size).toBe(0);
    const arrived = target.blobs.size;
    expect(arrived).toBeGreaterThan(0);
    now.stops = false;
    const { through } = await take(app());
    const { config, layers } = imageOf(source, specTag(app())).manifest;
    const whole = [config, ...layers].reduce((total, { size }) => total + size, 0);
    expect(through).toBeLessThan(whole);
    assertSoundRegistry(target);
  });

  it('what is no image, or none of a spec', async () => {
    const { source, target, take } = await places();
    const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] };
    const digest = put(source, index, specTag(app()));
    const bytes = Buffer.from(JSON.stringify(index));
    source.manifests.set(digest, { bytes, mediaType: index.mediaType });
    const found = await failure(take(app()));
    expect(found.code).toBe('unsupported');
    expect(found.text).toContain('not an image manifest');
    expect(found.text).toContain(index.mediaType);

    const { manifest, config } = imageOf(source, specTag(named('zlib-toy')));
    const { spec: _, ...plain } = config;
    const named2 = { ...manifest.config, ...putBlob(source, Buffer.from(JSON.stringify(plain))) };
    put(source, { ...manifest, config: named2 }, specTag(app()));
    expect((await failure(take(app()))).code).toBe('bad-input');
    expect(target.tags.size).toBe(0);
  });
});
