import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { specManifestKey } from '../../src/cache/layouts/layout3.ts';
import { openLayout3Writer } from '../../src/cache/writing/cache-writer.ts';
import { remakeIndex } from '../../src/cache/writing/update-index.ts';
import { type PruneOptions, prune } from '../../src/commands/prune.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { copyMirror, fixtureGraph } from '../cache/mirror-fixture.ts';
import { assertSound, folderDocuments, makeOld, publishedHashes } from '../cache/mirror-state.ts';
import { openS3 } from '../harness/s3-place.ts';
import { startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';

const graph = fixtureGraph('1.2');
const hashOf = (name: string) => [...graph.nodes.values()].find((node) => node.name === name)?.hash ?? '';

/** Prunes all but toymake; `meanwhile` happens when the plan is made, to the place of toyapp, which is not there. */
async function pruneWhile(
  meanwhile: (file: string, content: Buffer, mirror: string) => void,
  rules: { readonly olderThanMs?: number } = {},
  before: (mirror: string) => void = () => undefined,
) {
  const dir = await tempDir();
  const mirror = join(dir.path, 'mirror');
  copyMirror('1.2', 'unsigned', mirror);
  const key = [...folderDocuments(mirror).keys()].find((each) => each.includes('spec/toyapp/')) ?? '';
  const file = join(mirror, key);
  const content = readFileSync(file);
  rmSync(file);
  makeOld(mirror, 40);
  before(mirror);
  const result = await prune({
    cache: openLayout3Writer(openFileStorage(mirror), undefined),
    lists: [{ by: 'list', hashes: new Set([hashOf('toymake')]) }],
    roots: [],
    pins: [],
    olderThanMs: rules.olderThanMs,
    maxBytes: undefined,
    graceMs: 3_600_000,
    mayRemoveAll: false,
    dryRun: false,
    jobs: 4,
    onPlan: () => meanwhile(file, content, mirror),
    signal: new AbortController().signal,
  });
  const documents = folderDocuments(mirror);
  await dir[Symbol.asyncDispose]();
  return { result, documents };
}

it('removes nothing that somebody needs who has pushed since the plan was made', async () => {
  const { result, documents } = await pruneWhile((file, content) => writeFileSync(file, content));
  expect(publishedHashes(documents)).toEqual(
    new Set(['toyapp', 'toypy', 'libtoy', 'zlib-toy', 'gcc-runtime', 'toymake'].map(hashOf)),
  );
  expect(result).toMatchObject({ removed: [], problems: [] });
  assertSound(documents);
});

it('removes nothing where it cannot tell what somebody needs who has pushed since', async () => {
  const { result, documents } = await pruneWhile((file) => writeFileSync(file, '{"version":3,"data":[]}'));
  expect(result.removed).toEqual([]);
  expect(result.problems).toContainEqual(expect.stringMatching(/pushed meanwhile cannot be read: .*toyapp/));
  expect(publishedHashes(documents).has(hashOf('libtoy'))).toBe(true);
});

it('removes what it planned where nobody pushes', async () => {
  const { documents } = await pruneWhile(() => undefined);
  expect(publishedHashes(documents)).toEqual(new Set(['toymake', 'gcc-runtime'].map(hashOf)));
});

const DAY = 24 * 3_600_000;

function writeStamp(mirror: string, hash: string, daysAgo = 0): void {
  mkdirSync(join(mirror, 'stamps'), { recursive: true });
  const day = new Date(Date.now() - daysAgo * DAY).toISOString().slice(0, 10);
  writeFileSync(join(mirror, 'stamps', `${day}.json`), JSON.stringify({ version: 1, needed: [hash] }));
}

it.each([
  [
    'what it needs stays with what a gate has stamped',
    'libtoy',
    ['libtoy', 'zlib-toy', 'gcc-runtime', 'toymake'],
  ],
  ['another stamp changes nothing', 'toyapp', ['toymake', 'gcc-runtime']],
])('looks at stamps again when the plan is made: %s', async (_, stamped, left) => {
  const stamp = (_file: string, _content: Buffer, mirror: string) => writeStamp(mirror, hashOf(stamped));
  const { result, documents } = await pruneWhile(stamp, { olderThanMs: DAY });
  expect(publishedHashes(documents)).toEqual(new Set(left.map(hashOf)));
  expect(result.problems).toEqual([]);
});

it('takes a stamp of yesterday that was copied today for none of today', async () => {
  const { documents } = await pruneWhile(
    (_file, _content, mirror) => writeStamp(mirror, hashOf('libtoy')),
    { olderThanMs: 1 },
    (mirror) => writeStamp(mirror, hashOf('libtoy'), 1),
  );
  expect(publishedHashes(documents).has(hashOf('libtoy'))).toBe(true);
});

it('plans nothing by a clock that is ahead of the server, and does by one that is behind', async () => {
  const minutes = 60_000;
  const pruned = async (serverAhead: number, isMirror = true) => {
    const server = await startS3Server({ clockAhead: serverAhead });
    const storage = await openS3(server.url);
    const cache = openLayout3Writer(storage, undefined);
    try {
      if (isMirror) await cache.prepare(new AbortController().signal, false);
      return await prune({
        ...{ cache, lists: [], roots: [], pins: [] },
        ...{
          olderThanMs: 1,
          maxBytes: undefined,
          graceMs: 3_600_000,
          mayRemoveAll: false,
          dryRun: true,
          jobs: 4,
        },
        signal: new AbortController().signal,
      });
    } finally {
      await storage.close();
      await server.close();
    }
  };
  await expect(pruned(-40 * minutes)).rejects.toMatchObject({
    code: 'usage',
    message: 'the clock of this machine is ahead of the server',
    facts: { found: '40 minutes' },
  });
  for (const ahead of [-20, 0, 300]) expect((await pruned(ahead * minutes)).removed).toEqual([]);
  // A place without a mirror is not one that is in order.
  await expect(pruned(0, false)).rejects.toMatchObject({ code: 'not-found' });
});

describe('a mirror with blobs and no entry', () => {
  const run = async (mirror: string, mayRemoveAll = false) => {
    const cache = openLayout3Writer(openFileStorage(mirror), undefined);
    const rules = {
      lists: [],
      roots: [],
      pins: [],
      olderThanMs: undefined,
      maxBytes: undefined,
      mayRemoveAll,
    };
    const { signal } = new AbortController();
    return await prune({ cache, ...rules, graceMs: 3_600_000, dryRun: false, jobs: 4, signal });
  };
  const blobsOf = (mirror: string) =>
    [...folderDocuments(mirror).keys()].filter((key) => key.startsWith('blobs/')).length;

  it('keeps them: it may be a mirror that is being copied here', async () => {
    await using dir = await tempDir();
    copyMirror('1.2', 'unsigned', dir.path);
    const all = blobsOf(dir.path);
    rmSync(join(dir.path, 'v3'), { recursive: true });
    makeOld(dir.path, 40);
    const { blobs, problems } = await run(dir.path);
    expect(problems).toEqual([expect.stringContaining('the mirror has blobs and no entry')]);
    expect(blobs?.removed.count).toBe(0);
    expect(blobsOf(dir.path)).toBe(all);
    expect((await run(dir.path, true)).blobs?.removed.count).toBe(all);
  });

  it('loses them where its index says that there is no entry', async () => {
    await using dir = await tempDir();
    copyMirror('1.2', 'unsigned', dir.path);
    rmSync(join(dir.path, 'v3/manifests/spec'), { recursive: true });
    const cache = openLayout3Writer(openFileStorage(dir.path), undefined);
    await remakeIndex(cache, { full: false, jobs: 4, onProblem: () => undefined });
    makeOld(dir.path, 40);
    const { blobs, problems } = await run(dir.path);
    expect(problems).toEqual([]);
    expect(blobs?.removed.count).toBeGreaterThan(0);
  });
});

describe.each<[string, Partial<PruneOptions>]>([
  ['the blobs that nothing names', {}],
  ['what no list names', { lists: [{ by: 'list', hashes: new Set([hashOf('toymake')]) }] }],
  ['what nobody has needed for a month', { olderThanMs: 30 * DAY, mayRemoveAll: true }],
])('where a link leads nowhere, of %s', (_, rules) => {
  const toypy = specManifestKey(
    [...graph.nodes.values()].find(({ name }) => name === 'toypy') ?? expect.fail(),
  );
  it.each([
    ['a package', 'v3/manifests/spec/toypy'],
    ['all packages', 'v3/manifests/spec'],
    ['all manifests', 'v3/manifests'],
    ['all documents', 'v3'],
    ...(Object.keys(rules).length === 0 ? [['a manifest', toypy]] : []),
    ...('olderThanMs' in rules ? [['the stamps', 'stamps']] : []),
    ['a view', 'v3/manifests/index/mine'],
  ])('nothing goes while that is %s', async (_what, hidden = '') => {
    await using dir = await tempDir();
    const mirror = join(dir.path, 'mirror');
    copyMirror('1.2', 'unsigned', mirror);
    const view = join(mirror, 'v3/manifests/index/mine');
    mkdirSync(view);
    copyFileSync(join(view, '../index.manifest.json'), join(view, 'index.manifest.json'));
    writeStamp(mirror, hashOf('toymake'));
    makeOld(mirror, 40);
    const before = folderDocuments(mirror);
    const [place, away] = [join(mirror, hidden), join(dir.path, 'disk2')];
    renameSync(place, away);
    symlinkSync(join(dir.path, 'not-mounted'), place);
    const { signal } = new AbortController();
    const none = { lists: [], roots: [], pins: [], olderThanMs: undefined, maxBytes: undefined };
    const how = { graceMs: DAY, mayRemoveAll: false, dryRun: false, jobs: 4, signal };
    const cache = openLayout3Writer(openFileStorage(mirror), undefined);
    const said = await prune({ cache, ...none, ...how, ...rules }).then(
      ({ problems }) => problems.join(),
      (error: Error) => error.message,
    );
    rmSync(place);
    renameSync(away, place);
    expect(folderDocuments(mirror)).toEqual(before);
    expect(said).toMatch(/leads nowhere|listed, and not there/);
  });
});
