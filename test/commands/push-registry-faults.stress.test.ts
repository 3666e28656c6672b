/** The faults that pushes to other mirrors survive, in a registry. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pushExitCode } from '../../src/plan/push-result.ts';
import type { InstallTree } from '../../src/tree/install-tree.ts';
import {
  assertSoundRegistry,
  listedInRegistry,
  registryIndex,
  registryPlace,
  taggedHashes,
} from '../cache/registry-place.ts';
import type { RegistryFault, RegistryRequestLog, TestRegistryOptions } from '../harness/registry.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { pushable, unpackToyStore } from '../tree/toy-store.ts';
import { kinds, pushToy } from './push-toy.ts';

let dir: TempDir;
let tree: InstallTree;
beforeAll(async () => {
  dir = await tempDir();
  tree = await unpackToyStore(`${dir.path}/store`);
});
afterAll(() => dir[Symbol.asyncDispose]());

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function place(options: TestRegistryOptions = {}) {
  const made = await registryPlace(options);
  closing.push(made.close);
  const target = { name: 'mirror', cache: made.writer, signer: undefined, elsewhere: new Map() };
  return { ...made, target, repository: made.server.repository('toy/cache') };
}

/** Faults for requests that match, as often as said. */
function failing(pattern: RegExp, fault: RegistryFault, times = Number.POSITIVE_INFINITY) {
  let left = times;
  return ({ method, path }: RegistryRequestLog) =>
    pattern.test(`${method} ${path}`) && left-- > 0 ? fault : undefined;
}

const UPLOAD = /^(?:POST|PUT|PATCH) .*\/blobs\/uploads\//;
const MANIFEST = /^PUT .*\/manifests\/(?!index)/;
const INDEX = /^PUT .*\/manifests\/index/;

describe('push to a registry, when things go wrong', () => {
  it.each<[string, RegExp, RegistryFault]>([
    ['refused manifests', MANIFEST, { status: 403 }],
    ['connections cut after manifests', MANIFEST, 'reset'],
    ['a throttling registry', MANIFEST, { status: 429, headers: { 'retry-after': '0' } }],
    ['a refused index', INDEX, { status: 403 }],
  ])('%s: the registry stays sound, and the next push completes it', async (_, pattern, fault) => {
    const now: { fault: (request: RegistryRequestLog) => RegistryFault } = { fault: failing(pattern, fault) };
    const { target, repository } = await place({ fault: (request) => now.fault(request) });
    const result = await pushToy(tree, [target]);
    expect(pushExitCode(result)).toBe(1);
    assertSoundRegistry(repository);
    now.fault = () => undefined;
    expect(pushExitCode(await pushToy(tree, [target]))).toBe(0);
    assertSoundRegistry(repository);
    expect(listedInRegistry(repository).size).toBe(6);
  });

  it.each<[string, RegExp, RegistryFault, number]>([
    ['cuts the connection', /./, 'reset', 2],
    ['loses its answers', MANIFEST, 'lose-answer', 2],
    ['cuts uploads in their middle', UPLOAD, { cutAfter: 1000 }, 2],
    ['throttles', /./, { status: 429, headers: { 'retry-after': '0' } }, 3],
    ['is out of order', /./, { status: 503 }, 3],
  ])('goes on where a registry %s now and then', async (_, pattern, fault, times) => {
    const { target, repository } = await place({ fault: failing(pattern, fault, times) });
    expect(pushExitCode(await pushToy(tree, [target]))).toBe(0);
    assertSoundRegistry(repository);
    expect(listedInRegistry(repository).size).toBe(6);
  });

  it('does not begin where it may not write', async () => {
    const { target, server } = await place({ fault: failing(UPLOAD, { status: 403 }) });
    await expect(pushToy(tree, [target])).rejects.toMatchObject({ code: 'denied' });
    expect(server.requests.some(({ path }) => path.includes('.spack'))).toBe(false);
  });

  it('works with a registry that knows no HEAD', async () => {
    const { target, repository } = await place({ fault: failing(/^HEAD /, { status: 405 }) });
    expect(kinds(await pushToy(tree, [target]))).toEqual(Array(6).fill('pushed'));
    expect(kinds(await pushToy(tree, [target]))).toEqual(Array(6).fill('present'));
    assertSoundRegistry(repository);
    expect(listedInRegistry(repository).size).toBe(6);
  });

  it('stops at the first failure when asked to', async () => {
    const { target } = await place({ fault: failing(MANIFEST, { status: 403 }) });
    const result = await pushToy(tree, [target], { failFast: true, jobs: 1 });
    expect(kinds(result)).toEqual(['failed', ...Array(5).fill('not-tried')]);
  });

  it('says how far it came when it is cancelled, and lists that', async () => {
    const { target, repository } = await place();
    const stop = new AbortController();
    const result = await pushToy(tree, [target], {
      jobs: 1,
      signal: stop.signal,
      onOutcome: () => stop.abort(),
    });
    expect(kinds(result)).toEqual([...Array(5).fill('not-tried'), 'pushed']);
    expect(listedInRegistry(repository)).toEqual(taggedHashes(repository));
    await pushToy(tree, [target]);
    expect(listedInRegistry(repository).size).toBe(6);
  });

  it('changes nothing on a dry run', async () => {
    const { target, server, repository } = await place();
    expect(kinds(await pushToy(tree, [target], { dryRun: true }))).toEqual(Array(6).fill('would-push'));
    expect(server.requests.filter(({ method }) => !['GET', 'HEAD'].includes(method))).toEqual([]);
    expect(repository.blobs.size).toBe(0);
  });

  it('pushes what it can when a prefix is gone, and says which is not', async () => {
    const gone = pushable(tree).find(({ name }) => name === 'zlib-toy');
    const filesOf = (prefix: string) => (prefix.includes('zlib-toy') ? '/nonexistent' : tree.filesOf(prefix));
    const { target, repository } = await place();
    const { outcomes } = (await pushToy({ ...tree, filesOf }, [target])).mirrors[0] ?? {
      outcomes: new Map(),
    };
    expect(outcomes.get(gone?.hash ?? '')).toMatchObject({ kind: 'failed' });
    // What runs with it would be no whole image.
    const failed = [...outcomes.values()].filter(({ kind }) => kind === 'failed');
    expect(failed.length).toBe(4);
    for (const { reason } of failed.slice(1)) expect(reason).toMatch(/zlib-toy|no such file/);
    assertSoundRegistry(repository);
    expect(taggedHashes(repository).size).toBe(2);
    expect(registryIndex(repository)?.size).toBeGreaterThan(2);
  });
});
