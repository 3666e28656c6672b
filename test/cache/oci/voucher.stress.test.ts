/** Whose layers get into an image that is signed, by a push and by a sync. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openLayout3 } from '../../../src/cache/layouts/layout3.ts';
import { specTag } from '../../../src/cache/oci/tags.ts';
import type { OpenTrust } from '../../../src/cache/oci/voucher.ts';
import { openOciWriter } from '../../../src/cache/oci/writer.ts';
import { openSigner, type Signer } from '../../../src/cache/trust/signing.ts';
import { openTrust } from '../../../src/cache/trust/trust.ts';
import type { PushOptions } from '../../../src/commands/push.ts';
import type { PushOutcome } from '../../../src/plan/push-result.ts';
import type { SyncOutcome } from '../../../src/plan/sync-result.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import type { InstallTree } from '../../../src/tree/install-tree.ts';
import { kinds, pushToy, target } from '../../commands/push-toy.ts';
import { listJobs, syncAll } from '../../commands/sync-fixture.ts';
import { openTestRegistry } from '../../harness/registry-client.ts';
import { sha256Of } from '../../harness/registry-store.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';
import { pushable, unpackToyStore } from '../../tree/toy-store.ts';
import { makeKey } from '../keys.ts';
import { forgeImage, type ImageDocument, imageOf, NO_OPTIONS, registryPlace } from '../registry-place.ts';

let dir: TempDir;
let tree: InstallTree;
let app: SpecNode;
let zlib: SpecNode;
/** All but the app. */
let others: SpecNode[];
let ours: Signer;
let friend: Signer;
let stranger: Signer;
let trustFriend: OpenTrust;
/** A folder with everything, unsigned. */
let mirror: string;
beforeAll(async () => {
  dir = await tempDir();
  tree = await unpackToyStore(`${dir.path}/store`);
  [app, zlib] = [named('toyapp'), named('zlib-toy')];
  others = pushable(tree).filter(({ hash }) => hash !== app.hash);
  [ours, friend, stranger] = (await Promise.all(['Ours', 'Friend', 'Stranger'].map(newSigner))) as [
    Signer,
    Signer,
    Signer,
  ];
  const keys = [{ text: friend.publicKey, source: 'friend.asc' }];
  trustFriend = () => openTrust({ keys, fingerprints: [] });
  mirror = `${dir.path}/mirror`;
  await pushToy(tree, [target(openFileStorage(mirror))]);
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

function named(name: string): SpecNode {
  const found = pushable(tree).find((spec) => spec.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** A registry that has all but the app, pushed by somebody. */
async function registryOf(signer: Signer | undefined) {
  const place = await registryPlace();
  closing.push(place.close);
  const { server, url } = place;
  /** As another process would: nothing is known of what went before. */
  const open = async (trust: OpenTrust | undefined) => {
    const writer = openOciWriter(await openTestRegistry(url), { ...NO_OPTIONS, signed: true, trust });
    closing.push(() => writer.close());
    return writer;
  };
  const push = async (by: Signer | undefined, trust?: OpenTrust, more: Partial<PushOptions> = {}) => {
    const to = { name: 'mirror', cache: await open(trust), signer: by, elsewhere: new Map() };
    return await pushToy(tree, [to], { specs: [app], updateIndex: false, ...more });
  };
  const sync = async (by: Signer | undefined, trust?: OpenTrust) => {
    const jobs = (await listJobs(openFileStorage(mirror))).filter(({ wanted }) => wanted.hash === app.hash);
    const signing = { signed: by !== undefined, openSigner: () => Promise.resolve(by ?? ours) };
    const from = openFileStorage(mirror);
    const fixture = { readers: [openLayout3(from, undefined)], jobs, cache: await open(trust), ...signing };
    const result = await syncAll(from, openFileStorage(dir.path), `${dir.path}/index`, fixture);
    return result.mirrors[0]?.specs[0]?.outcome;
  };
  const tryBoth = { push: async (...how: Parameters<typeof sync>) => only(await push(...how)), sync };
  expect(kinds(await push(signer, undefined, { specs: others }))).toEqual(Array(5).fill('pushed'));
  server.requests.length = 0;
  return { server, repository: server.repository('toy/cache'), push, sync, tryBoth };
}

function only({ mirrors }: Awaited<ReturnType<typeof pushToy>>): PushOutcome | undefined {
  return mirrors[0]?.outcomes.get(app.hash);
}

function refusal(outcome: PushOutcome | SyncOutcome | undefined): string {
  return outcome?.kind === 'failed' ? `${outcome.code}: ${outcome.reason}` : String(outcome?.kind);
}

const DONE = { push: 'pushed', sync: 'copied' } as const;
const NOBODY: OpenTrust = () => Promise.resolve(undefined);
const NOT_ASKED: OpenTrust = () => Promise.reject(new Error('was opened in vain'));

describe.each(['push', 'sync'] as const)('a %s that signs', (verb) => {
  it('makes no image of layers that nobody has signed, and says which', async () => {
    const { tryBoth, repository } = await registryOf(undefined);
    const blobs = repository.blobs.size;
    const text = refusal(await tryBoth[verb](ours, trustFriend));
    expect(text).toMatch(
      /^untrusted: .*gcc-runtime@12.2.0\/\w{7} \(no signature\), .*zlib-toy@1.3.1\/\w{7} \(no sig/,
    );
    expect(text).toContain(`signed by ${ours.fingerprint}`);
    expect(text).toMatch(/Push or sync those again, signed .*push --force.*--trusted-keys/);
    expect(repository.tags.has(specTag(app))).toBe(false);
    // A sync knows before it fetches the tarball.
    if (verb === 'sync') expect(repository.blobs.size).toBe(blobs);
  });

  it.each([
    ['nobody else', NOBODY],
    ['others', () => trustFriend()],
  ])('nor of layers that a stranger has signed, trusting %s', async (_, trust) => {
    const { tryBoth, repository } = await registryOf(stranger);
    const text = refusal(await tryBoth[verb](ours, trust));
    const keyId = stranger.fingerprint.slice(-16);
    expect(text).toMatch(
      new RegExp(`^untrusted: .*zlib-toy@1.3.1/\\w{7} \\(one by ${keyId}, which is not trusted`),
    );
    expect(repository.tags.has(specTag(app))).toBe(false);
  });

  it('nor of the one that somebody has put in the place of ours, signature and all', async () => {
    const { tryBoth, repository } = await registryOf(ours);
    const before = imageOf(repository, specTag(zlib)).digest;
    forgeImage(repository, specTag(zlib));
    expect(refusal(await tryBoth[verb](ours, trustFriend))).toMatch(
      /^untrusted: .*found zlib-toy@1.3.1\/\w{7} \(no signature\)\. Push or/,
    );
    // The old signature, said to be of the new image.
    const { digest } = imageOf(repository, specTag(zlib));
    for (const { bytes, mediaType } of [...repository.manifests.values()]) {
      const signature = JSON.parse(bytes.toString()) as ImageDocument;
      if (signature.subject?.digest !== before) continue;
      const moved = Buffer.from(JSON.stringify({ ...signature, subject: { ...signature.subject, digest } }));
      repository.manifests.set(sha256Of(moved), { bytes: moved, mediaType });
    }
    expect(refusal(await tryBoth[verb](ours, trustFriend))).toMatch(
      /^untrusted: .*found zlib-toy@1.3.1\/\w{7} \(a signature of another image\)\. Push or/,
    );
    expect(repository.tags.has(specTag(app))).toBe(false);
  });

  it('takes layers that it has signed itself, each looked at once, and asks for no other keys', async () => {
    const { tryBoth, repository, server } = await registryOf(ours);
    expect(refusal(await tryBoth[verb](ours, NOT_ASKED))).toBe(DONE[verb]);
    expect(imageOf(repository, specTag(app)).manifest.layers.length).toBe(5);
    const asked = server.requests.filter(({ path }) => path.includes('/referrers/')).map(({ path }) => path);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBe(4);
  });

  it('takes layers that somebody has signed who is trusted', async () => {
    const { tryBoth, repository } = await registryOf(friend);
    expect(refusal(await tryBoth[verb](ours, trustFriend))).toBe(DONE[verb]);
    expect(imageOf(repository, specTag(app)).manifest.layers.length).toBe(5);
  });

  it('is no matter for one that does not sign, which asks nothing more', async () => {
    const requests: string[][] = [];
    for (const by of [undefined, stranger]) {
      const { tryBoth, server } = await registryOf(by);
      expect(refusal(await tryBoth[verb](undefined, NOT_ASKED))).toBe(DONE[verb]);
      const shown = server.requests.map(
        ({ method, path }) => `${method} ${path.replace(/upload-\d+|sha256(?::|%3A)\w+/g, '…')}`,
      );
      requests.push(shown.sort());
      expect(shown.filter((each) => each.includes('/referrers/'))).toEqual([]);
    }
    expect(requests[0]).toEqual(requests[1]);
  });
});

describe('a push that signs', () => {
  it('leaves what a stranger has signed, fails for what needs it, and mends all with force', async () => {
    const { push, repository } = await registryOf(stranger);
    const all = { specs: [...others, app] };
    expect(kinds(await push(ours, NOBODY, all))).toEqual(['failed', ...Array(5).fill('present')]);
    // To leave out what is missing is not to take what is strange, nor to leave that out unsaid.
    expect(refusal(only(await push(ours, NOBODY, { allowMissing: true })))).toMatch(/^untrusted: /);
    expect(kinds(await push(ours, NOBODY, { ...all, force: true }))).toEqual(Array(6).fill('pushed'));
    expect(imageOf(repository, specTag(app)).manifest.layers.length).toBe(5);
    expect(kinds(await push(ours, NOT_ASKED, { force: true }))).toEqual(['pushed']);
  });

  it('with another key looks again', async () => {
    const { repository, server } = await registryOf(ours);
    const cache = openOciWriter(await openTestRegistry(`${server.url}toy/cache`), NO_OPTIONS);
    closing.push(() => cache.close());
    const run = async (signer: Signer) =>
      refusal(
        only(
          await pushToy(tree, [{ ...target(openFileStorage(mirror)), cache, signer }], {
            specs: [app],
            force: true,
            updateIndex: false,
          }),
        ),
      );
    expect(await run(ours)).toBe('pushed');
    const { digest } = imageOf(repository, specTag(app));
    expect(await run(friend)).toMatch(/^untrusted: /);
    expect(imageOf(repository, specTag(app)).digest).toBe(digest);
  });
});
