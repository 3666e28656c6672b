/** Provenance in registries: in the text that is signed, and beside the image for other tools. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SIGNATURE_TYPE, STATEMENT_TYPE } from '../../../src/cache/oci/signature.ts';
import { specTag } from '../../../src/cache/oci/tags.ts';
import { readVerifiedEntry } from '../../../src/cache/reading/verified-entry.ts';
import { openSigner, type Signer } from '../../../src/cache/trust/signing.ts';
import { openTrust } from '../../../src/cache/trust/trust.ts';
import type { PushOptions } from '../../../src/commands/push.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import type { InstallTree } from '../../../src/tree/install-tree.ts';
import { kinds, pushToy } from '../../commands/push-toy.ts';
import type { TestRegistryOptions } from '../../harness/registry.ts';
import type { TestRepository } from '../../harness/registry-store.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';
import { pushable, unpackToyStore } from '../../tree/toy-store.ts';
import { makeKey } from '../keys.ts';
import { type ImageDocument, imageOf, registryPlace } from '../registry-place.ts';

let dir: TempDir;
let tree: InstallTree;
let spec: SpecNode;
let signer: Signer;
beforeAll(async () => {
  dir = await tempDir();
  tree = await unpackToyStore(`${dir.path}/store`);
  const found = pushable(tree).find(({ name }) => name === 'gcc-runtime');
  if (found === undefined) throw new Error('no spec');
  spec = found;
  signer = await newSigner();
});
afterAll(() => dir[Symbol.asyncDispose]());

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function newSigner(): Promise<Signer> {
  const { privateKey } = await makeKey();
  const key = { secretKeys: privateKey, passphrase: undefined, choose: undefined };
  return await openSigner({ ...key, source: 'k', mirror: 'm' });
}

async function registry(options: TestRegistryOptions) {
  const place = await registryPlace(options, { signed: true });
  closing.push(place.close);
  const push = async (by: Signer, more: Partial<PushOptions> = {}) => {
    const target = { name: 'mirror', cache: place.writer, signer: by, elsewhere: new Map() };
    return kinds(await pushToy(tree, [target], { specs: [spec], updateIndex: false, ...more }));
  };
  const read = async (by: Signer) => {
    const trust = await openTrust({ keys: [{ text: by.publicKey, source: 'k' }], fingerprints: [] });
    return await readVerifiedEntry(place.reader, spec, trust);
  };
  return { ...place, push, read, repository: place.server.repository('toy/cache') };
}

/** What refers to the spec's image, by its type. */
function referrersOf(repository: TestRepository): ReadonlyMap<string | undefined, ImageDocument> {
  const { digest } = imageOf(repository, specTag(spec));
  const documents = [...repository.manifests.values()].map(
    ({ bytes }) => JSON.parse(bytes.toString()) as ImageDocument,
  );
  const about = documents.filter(({ subject }) => subject?.digest === digest);
  return new Map(about.map((document) => [document.artifactType, document]));
}

const makeStatement = ({ hash }: { hash: string }, { sha256 }: { sha256: string }) => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: hash, digest: { sha256 } }],
});

describe.each([
  ['with', { referrers: true }],
  ['without', { referrers: false }],
])('provenance in a registry %s the referrers API', (_, options) => {
  it('is signed with the image, and lies beside it for other tools', async () => {
    const { repository, push, read } = await registry(options);
    expect(await push(signer, { makeStatement })).toEqual(['pushed']);
    const found = await read(signer);
    const statement = makeStatement(spec, { sha256: found?.entry.tarball.sha256 ?? '' });
    expect(found?.entry.statement).toEqual(statement);
    const referrers = referrersOf(repository);
    expect([...referrers.keys()].sort()).toEqual([SIGNATURE_TYPE, STATEMENT_TYPE].sort());
    const [layer] = referrers.get(STATEMENT_TYPE)?.layers ?? [];
    expect(layer?.mediaType).toBe(STATEMENT_TYPE);
    expect(JSON.parse(repository.blobs.get(layer?.digest ?? '')?.toString() ?? '')).toEqual(statement);
  });

  it('stays when the spec is pushed again without, unless another key has signed it', async () => {
    const { push, read } = await registry(options);
    await push(signer, { makeStatement });
    expect(await push(signer, { force: true })).toEqual(['pushed']);
    expect((await read(signer))?.entry.statement).toMatchObject({ subject: [{ name: spec.hash }] });
    const other = await newSigner();
    expect(await push(other, { force: true })).toEqual(['pushed']);
    expect((await read(other))?.entry.statement).toBeUndefined();
  });

  it('comes along with an image that is taken over, and with one that is signed anew', async () => {
    const from = await registry(options);
    await from.push(signer, { makeStatement });
    const found = await from.read(signer);
    if (found?.signedText === undefined) throw new Error('not there');
    const settings = { spool: dir.path, hardLink: false };
    const kept = await registry(options);
    await kept.writer.take(from.reader, found.entry, spec, undefined, settings);
    expect((await kept.read(signer))?.entry.statement).toEqual(found.entry.statement);
    const other = await newSigner();
    const anew = await registry(options);
    const bytes = Buffer.from(found.signedText);
    await anew.writer.take(from.reader, { ...found.entry, bytes }, spec, other, settings);
    expect((await anew.read(other))?.entry.statement).toEqual(found.entry.statement);
    for (const { repository } of [kept, anew]) expect(referrersOf(repository).has(STATEMENT_TYPE)).toBe(true);
  });
});
