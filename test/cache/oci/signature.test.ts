import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { putSignature, SIGNATURE_TYPE, type SignedImage } from '../../../src/cache/oci/signature.ts';
import { hashInTag, specTag } from '../../../src/cache/oci/tags.ts';
import { readVerifiedEntry } from '../../../src/cache/reading/verified-entry.ts';
import { openSigner, type Signer } from '../../../src/cache/trust/signing.ts';
import { openTrust, type Trust } from '../../../src/cache/trust/trust.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import type { Digest } from '../../../src/storage/registry/reference.ts';
import type { InstallTree } from '../../../src/tree/install-tree.ts';
import { kinds, pushToy } from '../../commands/push-toy.ts';
import { startHttpServer } from '../../harness/http-server.ts';
import type { TestRegistryOptions } from '../../harness/registry.ts';
import { openTestRegistry } from '../../harness/registry-client.ts';
import { sha256Of, type TestRepository } from '../../harness/registry-store.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';
import { pushable, unpackToyStore } from '../../tree/toy-store.ts';
import { makeKey } from '../keys.ts';
import { type ImageDocument, imageOf, registryPlace } from '../registry-place.ts';

let dir: TempDir;
let tree: InstallTree;
let specs: SpecNode[];
let signer: Signer;
let trust: Trust;
beforeAll(async () => {
  dir = await tempDir();
  tree = await unpackToyStore(`${dir.path}/store`);
  specs = pushable(tree).filter(({ name }) => name === 'gcc-runtime' || name === 'toymake');
  signer = await newSigner('Toy');
  trust = await openTrust({ keys: [{ text: signer.publicKey, source: 'k' }], fingerprints: [] });
});
afterAll(() => dir[Symbol.asyncDispose]());

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function newSigner(name: string): Promise<Signer> {
  const { privateKey } = await makeKey({ name });
  const key = { secretKeys: privateKey, passphrase: undefined, choose: undefined };
  return await openSigner({ ...key, source: 'k', mirror: 'm' });
}

/** A registry with both specs, signed; `read` as a mirror with `signed: true` is read. */
async function signed(options: TestRegistryOptions = {}, by: Signer | undefined = signer) {
  const place = await registryPlace(options, { signed: true });
  closing.push(place.close);
  const target = { name: 'mirror', cache: place.writer, signer: by, elsewhere: new Map() };
  const push = (more = {}) => pushToy(tree, [{ ...target, ...more }], { specs, updateIndex: false });
  const repository = place.server.repository('toy/cache');
  const read = (spec: SpecNode) => readVerifiedEntry(place.reader, spec, trust);
  expect(kinds(await push())).toEqual(['pushed', 'pushed']);
  return { ...place, repository, push, read };
}

function named(name: string): SpecNode {
  const found = specs.find((spec) => spec.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

function signaturesOf(repository: TestRepository, subject: string): ImageDocument[] {
  return [...repository.manifests.values()]
    .map(({ bytes }) => JSON.parse(bytes.toString()) as ImageDocument)
    .filter((manifest) => manifest.subject?.digest === subject);
}

/** Puts a changed manifest in the place of a tag's. */
function replace(repository: TestRepository, tag: string, manifest: unknown): string {
  const bytes = Buffer.from(JSON.stringify(manifest));
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  repository.manifests.set(sha256Of(bytes), { bytes, mediaType });
  repository.tags.set(tag, sha256Of(bytes));
  return sha256Of(bytes);
}

describe.each([
  ['with', { referrers: true }],
  ['without', { referrers: false }],
])('signed images in a registry %s the referrers API', (kind, options) => {
  it('verify, and neither Spack nor docker sees a thing', async () => {
    const { repository, read, push, reader } = await signed(options);
    for (const spec of specs) {
      const found = await read(spec);
      expect(found?.signedBy).toBe(signer.fingerprint);
      expect(found?.document.root.hash).toBe(spec.hash);
      const { digest, manifest } = imageOf(repository, specTag(spec));
      expect(found?.entry.tarball.key).toBe(manifest.layers.at(-1)?.digest);
      expect(signaturesOf(repository, digest).map(({ artifactType }) => artifactType)).toEqual([
        SIGNATURE_TYPE,
      ]);
    }
    // Tags that Spack would take for its own are the specs', and nothing else.
    const tags = [...repository.tags.keys()];
    expect(tags.filter((tag) => tag.endsWith('.spack')).sort()).toEqual(specs.map(specTag).sort());
    expect(tags.length - specs.length).toBe(kind === 'with' ? 0 : 2);
    const listed: string[] = [];
    for await (const { hash } of reader.list?.() ?? []) listed.push(hash);
    expect(listed.sort()).toEqual(specs.map(({ hash }) => hash).sort());
    expect(kinds(await push())).toEqual(['present', 'present']);
  });

  it('are refused when they are tampered with, or their signature was moved', async () => {
    const { repository, read } = await signed(options);
    const [spec, other] = [named('toymake'), named('gcc-runtime')];
    const tag = specTag(spec);
    const { manifest, digest } = imageOf(repository, tag);
    const [signature] = signaturesOf(repository, digest);

    // Another layer, and no signature any more.
    const evil = Buffer.from('evil');
    repository.blobs.set(sha256Of(evil), evil);
    const layer = { ...manifest.layers[0], digest: sha256Of(evil), size: evil.length };
    const tampered = replace(repository, tag, { ...manifest, layers: [layer] });
    await expect(read(spec)).rejects.toThrow(expect.objectContaining({ code: 'untrusted' }));

    // The old signature attached to it.
    attach(
      repository,
      { ...signature, subject: { ...signature?.subject, digest: tampered } },
      options.referrers,
    );
    await expect(read(spec)).rejects.toThrow('the signature is about an image with another tarball');

    // Another spec's image, signature and all.
    repository.tags.set(tag, repository.tags.get(specTag(other)) ?? '');
    await expect(read(spec)).rejects.toThrow('this is a signed entry of another spec');
    expect((await read(other))?.signedBy).toBe(signer.fingerprint);
  });
});

/** As somebody who can push does it by hand. */
function attach(repository: TestRepository, manifest: unknown, referrers: boolean | undefined): void {
  const bytes = Buffer.from(JSON.stringify(manifest));
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const digest = sha256Of(bytes);
  repository.manifests.set(digest, { bytes, mediaType });
  if (referrers !== false) return;
  const subject = (manifest as ImageDocument).subject?.digest ?? '';
  const index = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [{ mediaType, digest, size: bytes.length, artifactType: SIGNATURE_TYPE }],
  };
  const text = Buffer.from(JSON.stringify(index));
  repository.manifests.set(sha256Of(text), { bytes: text, mediaType: index.mediaType });
  repository.tags.set(subject.replace(':', '-'), sha256Of(text));
}

describe('signed images', () => {
  it('by a stranger are refused', async () => {
    const { read } = await signed({}, await newSigner('Stranger'));
    await expect(read(named('toymake'))).rejects.toThrow(expect.objectContaining({ code: 'untrusted' }));
  });

  it('by somebody we trust count, whoever else has signed', async () => {
    const { writer, repository, read, push } = await signed({}, await newSigner('Stranger'));
    // Both orders of a registry's list.
    const { digest, manifest } = imageOf(repository, specTag(named('toymake')));
    const tarball = manifest.layers.at(-1);
    if (tarball === undefined) throw new Error('no layer');
    const subject = { mediaType: manifest.mediaType, digest: digest as Digest, size: 1 };
    const image = { subject, config: manifest.config, tarball } as SignedImage;
    const registry = await openTestRegistry(writer.reader.storage.url);
    closing.push(() => registry.close());
    await putSignature(registry, image, signer);
    expect((await read(named('toymake')))?.signedBy).toBe(signer.fingerprint);
    await putSignature(registry, image, await newSigner('Another'));
    expect((await read(named('toymake')))?.signedBy).toBe(signer.fingerprint);
    expect(kinds(await push())).toEqual(['present', 'present']);
  });

  it('are found where the referrers API is a page for people', async () => {
    await using pages = await startHttpServer({ fault: () => ({ status: 429 }) });
    const { read, push } = await signed({
      referrers: false,
      fault: ({ path }) =>
        path.includes('/referrers/')
          ? { status: 303, headers: { location: pages.url.replace('127.0.0.1', 'localhost') } }
          : undefined,
    });
    expect((await read(named('toymake')))?.signedBy).toBe(signer.fingerprint);
    expect(kinds(await push())).toEqual(['present', 'present']);
    expect(pages.requests).toEqual([]);
  });

  it('are found among what is broken', async () => {
    const { repository, read } = await signed();
    const { digest } = imageOf(repository, specTag(named('toymake')));
    const [signature] = signaturesOf(repository, digest);
    const [layer] = signature?.layers ?? [];
    const huge = Buffer.alloc(300 * 1024);
    repository.blobs.set(sha256Of(huge), huge);
    for (const broken of [
      { ...signature, layers: [{ ...layer, digest: sha256Of(Buffer.from('not there')) }] },
      { ...signature, layers: [{ ...layer, size: 1 }] },
      { ...signature, layers: [{ ...layer, digest: sha256Of(huge), size: huge.length }] },
      { ...signature, layers: 'none' },
      { ...signature, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] },
    ]) {
      attach(repository, broken, true);
    }
    expect((await read(named('toymake')))?.signedBy).toBe(signer.fingerprint);
  });

  it('are found among what others attach', async () => {
    const { repository, read, push } = await signed();
    const { digest } = imageOf(repository, specTag(named('toymake')));
    const [signature] = signaturesOf(repository, digest);
    const junk = Buffer.from('junk');
    repository.blobs.set(sha256Of(junk), junk);
    const layers = [{ ...signature?.layers[0], digest: sha256Of(junk), size: junk.length }];
    attach(repository, { ...signature, layers }, true);
    attach(repository, { ...signature, layers: [] }, true);
    expect((await read(named('toymake')))?.signedBy).toBe(signer.fingerprint);
    // Where there is nothing but junk, the next push signs again.
    for (const [key, { bytes }] of repository.manifests) {
      const { subject, layers: own } = JSON.parse(bytes.toString()) as ImageDocument;
      if (subject?.digest === digest && own[0]?.digest === signature?.layers[0]?.digest) {
        repository.manifests.delete(key);
      }
    }
    expect(kinds(await push())).toEqual(['present', 'pushed']);
    expect((await read(named('toymake')))?.signedBy).toBe(signer.fingerprint);
  });

  it('that are unsigned do not count for a signed push, and are refused', async () => {
    const { push, repository, read } = await signed();
    for (const [digest, { bytes }] of repository.manifests) {
      if (bytes.includes('"subject"')) repository.manifests.delete(digest);
    }
    await expect(read(named('toymake'))).rejects.toThrow(expect.objectContaining({ code: 'untrusted' }));
    expect(kinds(await push())).toEqual(['pushed', 'pushed']);
    expect((await read(named('toymake')))?.signedBy).toBe(signer.fingerprint);
  });

  it('never lie there unsigned on the way', async () => {
    // Whatever is lost of a push: where there is a tag of a spec, its image is signed.
    for (let lost = 1; lost <= 12; lost++) {
      let count = 0;
      const place = await registryPlace(
        { fault: ({ method }) => (method === 'PUT' && ++count >= lost ? { status: 400 } : undefined) },
        { signed: true },
      );
      try {
        const target = { name: 'm', cache: place.writer, signer, elsewhere: new Map() };
        await pushToy(tree, [target], { specs, updateIndex: false, jobs: 1 }).catch(() => undefined);
        const repository = place.server.repository('toy/cache');
        for (const [tag, digest] of repository.tags) {
          if (hashInTag(tag) !== undefined) expect(signaturesOf(repository, digest).length).toBe(1);
        }
      } finally {
        await place.close();
      }
    }
  });
});
