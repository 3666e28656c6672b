/** Signatures that several processes attach to one image at once, in a registry that does not keep their list itself. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { specTag } from '../../../src/cache/oci/tags.ts';
import { openOciWriter } from '../../../src/cache/oci/writer.ts';
import { readVerifiedEntry } from '../../../src/cache/reading/verified-entry.ts';
import { openSigner, type Signer } from '../../../src/cache/trust/signing.ts';
import { openTrust } from '../../../src/cache/trust/trust.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import type { InstallTree } from '../../../src/tree/install-tree.ts';
import { kinds, pushToy } from '../../commands/push-toy.ts';
import { type RegistryRequestLog, startRegistry } from '../../harness/registry.ts';
import { openTestRegistry } from '../../harness/registry-client.ts';
import { sha256Of, type TestRepository } from '../../harness/registry-store.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';
import { pushable, unpackToyStore } from '../../tree/toy-store.ts';
import { makeKey } from '../keys.ts';
import { imageOf, NO_OPTIONS, type RegistryPlace, registryPlace } from '../registry-place.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const theirs = Buffer.from('{"schemaVersion":2,"layers":[]}');
const THEIRS = sha256Of(theirs);

let dir: TempDir;
let tree: InstallTree;
let spec: SpecNode;
let signer: Signer;
let source: RegistryPlace;
beforeAll(async () => {
  dir = await tempDir();
  tree = await unpackToyStore(`${dir.path}/store`);
  const found = pushable(tree).find(({ name }) => name === 'gcc-runtime');
  if (found === undefined) throw new Error('no gcc-runtime');
  spec = found;
  signer = await newSigner('Toy');
  source = await registryPlace({}, { signed: true });
  expect(await push(source)).toEqual(['pushed']);
});
afterAll(async () => {
  await source.close();
  await dir[Symbol.asyncDispose]();
});

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function newSigner(name: string): Promise<Signer> {
  const { privateKey } = await makeKey({ name });
  const key = { secretKeys: privateKey, passphrase: undefined, choose: undefined };
  return await openSigner({ ...key, source: 'k', mirror: 'm' });
}

async function push({ writer }: Pick<RegistryPlace, 'writer'>): Promise<string[]> {
  const target = { name: 'mirror', cache: writer, signer, elsewhere: new Map() };
  return kinds(await pushToy(tree, [target], { specs: [spec], updateIndex: false }));
}

/** What the list of a repository's one image names, and who has read it how often. */
async function target(late: boolean) {
  let repository: TestRepository | undefined;
  let looks = 0;
  /** Somebody who read the list before ours was there, and writes his own when we have seen ours. */
  const writeLate = (tag: string) => {
    const item = { mediaType: MANIFEST, digest: THEIRS, size: theirs.length };
    repository?.manifests.set(THEIRS, { bytes: theirs, mediaType: MANIFEST });
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [item] }));
    repository?.manifests.set(sha256Of(bytes), { bytes, mediaType: INDEX });
    repository?.tags.set(tag, sha256Of(bytes));
  };
  const fault = ({ method, path }: RegistryRequestLog) => {
    const [, tag] = /\/manifests\/(sha256-[0-9a-f]{64})$/.exec(path) ?? [];
    if (method !== 'GET' || tag === undefined) return undefined;
    if (++looks === 2 && late) setTimeout(writeLate, 20, tag);
    return undefined;
  };
  const server = await startRegistry({ referrers: false, fault });
  repository = server.repository('toy/cache');
  const writer = openOciWriter(await openTestRegistry(`${server.url}toy/cache`), {
    ...NO_OPTIONS,
    signed: true,
  });
  closing.push(async () => {
    await writer.close();
    await server.close();
  });
  const named = (): string[] => {
    const { tags, manifests } = server.repository('toy/cache');
    const { digest } = imageOf(server.repository('toy/cache'), specTag(spec));
    const list = manifests.get(tags.get(digest.replace(':', '-')) ?? '')?.bytes.toString() ?? '{}';
    return ((JSON.parse(list).manifests ?? []) as { digest: string }[]).map(({ digest: each }) => each);
  };
  return { writer, named, looks: () => looks };
}

describe('a signature on an image that others may sign at the same time', () => {
  it.each([
    ['made anew', true],
    ['that comes along', false],
  ])('stays, %s, when another writer is late', async (_, isNew) => {
    const trust = await openTrust({ keys: [{ text: signer.publicKey, source: 'k' }], fingerprints: [] });
    const found = await readVerifiedEntry(source.reader, spec, trust);
    if (found === undefined) throw new Error('no entry');
    const { writer, named } = await target(true);
    const by = isNew ? await newSigner('Another') : undefined;
    const how = { spool: dir.path, hardLink: false };
    expect(await writer.take(source.reader, found.entry, spec, by, how)).toBeDefined();
    expect(named().length).toBe(2);
    expect(named()).toContain(THEIRS);
  });

  it('is not waited for where the image was made just now', async () => {
    const { writer, named, looks } = await target(false);
    expect(await push({ writer })).toEqual(['pushed']);
    expect(named().length).toBe(1);
    expect(looks()).toBe(2);
  });
});
