import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchListed } from '../../src/cache/index/listed.ts';
import { askIndex } from '../../src/cache/index/listing.ts';
import { openIndexStore } from '../../src/cache/index/store.ts';
import { parseIndexManifest } from '../../src/cache/layouts/manifest.ts';
import { namedBlobs } from '../../src/cache/layouts/named-blobs.ts';
import { type CacheWriter, openLayout3Writer } from '../../src/cache/writing/cache-writer.ts';
import { addToIndex, remakeIndex } from '../../src/cache/writing/update-index.ts';
import { sha256 } from '../../src/core/digest.ts';
import { decodeNode } from '../../src/spec/decode-node.ts';
import { specEmitter } from '../../src/spec/emit-spec.ts';
import type { SpecGraph } from '../../src/spec/graph.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { readSpecFile } from '../../src/spec/spec-file.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { inFormat6 } from '../harness/generate-format6.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { edge, node } from '../spec/node-fixture.ts';
import { FIXTURES } from './mirror-fixture.ts';
import { assertSound, blobOf, folderDocuments, type MirrorRecord, manifestRecords } from './mirror-state.ts';

const KEY = 'v3/manifests/index/index.manifest.json';
const [V8, V9] = ['application/vnd.spack.db.v8+json', 'application/vnd.spack.db.v9+json'] as const;

/** A spec, and what it needs, that an older Spack has made; the rest a Spack of format 6. */
const generated = generateEnvironment({ specs: 30, seed: 11 });
const generatedGraph = readLockfile(
  inFormat6(generated, [...generated.nodes.keys()].slice(-12)).lockfile,
  'spack.lock',
);
const generatedNodes = [...generatedGraph.nodes.values()];
/** An older spec that nothing else needs but a newer one that is made here. */
const strange = generatedNodes.find(
  ({ hash, originalFormat }) =>
    originalFormat === 5 && !generatedNodes.some((each) => each.dependencies.some((to) => to.hash === hash)),
) as SpecNode;
const needsStrange = decodeNode(
  node('needs-strange', { dependencies: [edge({ ...strange })] }, 6),
  6,
  'made',
  'node',
);
const graph = { nodes: new Map([...generatedGraph.nodes, [needsStrange.hash, needsStrange]]) };
const built = [...graph.nodes.values()].filter(({ external }) => external === undefined);
const older = built.filter(({ originalFormat }) => originalFormat === 5);
const newer = built.filter(({ originalFormat }) => originalFormat === 6);
const hashes = (nodes: Iterable<SpecNode>) => [...nodes].map(({ hash }) => hash).sort();

let dir: TempDir;
let mirror: string;
let cache: CacheWriter;
beforeEach(async () => {
  dir = await tempDir();
  mirror = join(dir.path, 'mirror');
  cache = openLayout3Writer(openFileStorage(mirror), undefined);
});
afterEach(() => dir[Symbol.asyncDispose]());

async function publish(specs: Iterable<SpecNode>, document = specEmitter(graph).document): Promise<void> {
  for (const spec of specs) {
    const file = join(dir.path, 'tarball');
    writeFileSync(file, spec.hash);
    const tarball = { file, size: spec.hash.length, sha256: sha256(Buffer.from(spec.hash)) };
    await cache.publish(spec, { tarball, document: document(spec.hash) }, undefined);
  }
}

function problems() {
  const texts: string[] = [];
  return { jobs: 4, onProblem: (text: string) => void texts.push(text), texts };
}

async function add(specs: Iterable<SpecNode>, of: Pick<SpecGraph, 'nodes'> = graph) {
  const additions = { graph: of, emitter: specEmitter(of), hashes: new Set(hashes(specs)) };
  return await addToIndex(cache, additions, problems());
}

const records = () => manifestRecords(folderDocuments(mirror).get(KEY) ?? Buffer.from('{"data":[]}'));
const remake = (full = false) => remakeIndex(cache, { ...problems(), full });

interface Installs {
  readonly [hash: string]: { readonly spec: Record<string, unknown>; readonly in_buildcache: boolean };
}

/** By media type: the version an index says it has, and its records. */
function indices(): Map<string, { version: string; installs: Installs; listed: string[] }> {
  const documents = folderDocuments(mirror);
  return new Map(
    records().map((record: MirrorRecord) => {
      const { version, installs } = JSON.parse(blobOf(documents, record).toString('utf8')).database;
      const listed = Object.keys(installs).filter((hash) => installs[hash].in_buildcache);
      return [record.mediaType, { version, installs, listed: listed.sort() }];
    }),
  );
}

/** What each of the two lists, when all is there. */
function expectBoth(): void {
  const [eight, nine] = [indices().get(V8), indices().get(V9)];
  expect([eight?.version, nine?.version]).toEqual(['8', '9']);
  expect(eight?.listed).toEqual(hashes(older));
  expect(nine?.listed).toEqual(hashes(built));
  // Nobody who reads version 8 meets anything that is not of format 5.
  for (const { spec } of Object.values(eight?.installs ?? {})) {
    expect(spec['provided_virtuals']).toBeUndefined();
    expect(spec['annotations']).toEqual({ original_specfile_version: 5 });
  }
  for (const [hash, { spec }] of Object.entries(nine?.installs ?? {}))
    expect(spec).toEqual(graph.nodes.get(hash)?.dict);
  assertSound(folderDocuments(mirror));
}

describe('indices of two versions', () => {
  it('one of version 8 as long as nothing needs more', async () => {
    await publish(older);
    await add(older);
    expect([...indices().keys()]).toEqual([V8]);
    expect((await remake()).changed).toBe(false);
    expect(specTypes()).toEqual(new Set(['application/vnd.spack.spec.v5+json']));
  });

  it('one of version 9 where all need it', async () => {
    await publish(newer);
    await add(newer);
    expect([...indices().keys()]).toEqual([V9]);
    expect(indices().get(V9)?.listed).toEqual(hashes(newer));
    expect((await remake()).changed).toBe(false);
    expect(specTypes()).toEqual(new Set(['application/vnd.spack.spec.v6+json']));
  });

  it('both, beside each other, as pushes add to them in any order', async () => {
    for (const specs of [older.slice(0, 2), newer, older.slice(2)]) {
      await publish(specs);
      await add(specs);
    }
    expect(records().map(({ mediaType }) => mediaType)).toEqual([V8, V9]);
    expect(indices().get(V8)?.listed).toEqual(hashes(older));
    expect(indices().get(V9)?.listed).toEqual(hashes(built));
    // Adding what is there already changes nothing.
    const before = folderDocuments(mirror);
    expect((await add(built)).changed).toBe(false);
    expect(folderDocuments(mirror)).toEqual(before);
  });

  it.each([false, true])('update-index makes both again (from every document: %s)', async (full) => {
    await publish(built);
    await remake(full);
    expect(indices().get(V8)?.listed).toEqual(hashes(older));
    expect(indices().get(V9)?.listed).toEqual(hashes(built));
    expect(await remake(full)).toMatchObject({ changed: false });
  });

  it('keeps what a newer Spack found out about older specs', async () => {
    await publish(built);
    await remake();
    const { installs = {} } = indices().get(V9) ?? {};
    // As the lockfile has it, and so Spack's index.
    for (const each of Object.keys(installs))
      Object.assign(installs[each] ?? {}, { spec: graph.nodes.get(each)?.dict });
    await replaceIndices(
      [V8, indices().get(V8)?.version ?? '', indices().get(V8)?.installs ?? {}],
      [V9, '9', installs],
    );
    expectBoth();
    await remake();
    expectBoth();
  });

  it('an older spec that only a newer Spack can read is in the newer index only', async () => {
    const document = (hash: string) =>
      specEmitter(graph).document(hash).replace('"version":5', '"version":6');
    await publish([...newer, ...older], document);
    await remake();
    expect(indices().get(V9)?.listed).toEqual(hashes(built));
    expect(indices().get(V8)).toBeUndefined();
    // Also where a copy adds it to an index that is there.
    await add(older);
    expect(indices().get(V8)).toBeUndefined();
    // Once it has been pushed for all, in both.
    await publish(older);
    await remake();
    expect(indices().get(V8)?.listed).toEqual(hashes(older));
    expect(indices().get(V9)?.listed).toEqual(hashes(built));
  });

  it('an older spec that only a newer Spack can read is not in the first index that a copy makes', async () => {
    const document = (hash: string) =>
      specEmitter(graph).document(hash).replace('"version":5', '"version":6');
    await publish(older, document);
    await add(older);
    expect(indices().get(V9)?.listed).toEqual(hashes(older));
    expect(indices().get(V8)).toBeUndefined();
  });

  it("keeps others' indices, and their blobs are named", async () => {
    await publish(older.slice(0, 1));
    await add(older.slice(0, 1));
    const strange = { mediaType: 'application/vnd.spack.db.v10+json', blob: `sha256:${'e'.repeat(64)}` };
    const manifest = JSON.parse(String(folderDocuments(mirror).get(KEY)));
    writeFileSync(join(mirror, KEY), JSON.stringify({ ...manifest, data: [strange, ...manifest.data] }));
    await publish(older);
    await add(older);
    const kept = JSON.parse(String(folderDocuments(mirror).get(KEY))).data;
    expect(kept.at(-1)).toEqual(strange);
    expect(kept[0].mediaType).toBe(V8);
    await remake(true);
    expect(JSON.parse(String(folderDocuments(mirror).get(KEY))).data.at(-1)).toEqual(strange);
    const named = namedBlobs(openFileStorage(mirror), 4);
    await named.look();
    expect([...manifest.data, strange].map(({ checksum = 'e'.repeat(64) }) => named.has(checksum))).toEqual([
      false, // what it has replaced
      true,
    ]);
  });

  it("others' records are written back as they are, variants like numbers and all", async () => {
    await publish(older.slice(0, 1));
    await add(older.slice(0, 1));
    const record =
      '{"z":1.0,"1394":{"variants":{"10":"x","1394":true,"9":false,"build_system":"generic"},"2":1e400},' +
      '"mediaType":"application/vnd.spack.db.v10+json","7":[{"3":0,"1":-0}]}';
    const before = String(folderDocuments(mirror).get(KEY)).replace('"data":[', `"data":[${record},`);
    writeFileSync(join(mirror, KEY), before);
    for (const update of [() => add(newer.slice(0, 1)), () => remake(true)]) {
      await publish(newer.slice(0, 1));
      await update();
      expect(String(folderDocuments(mirror).get(KEY)).replaceAll('\n', '')).toContain(record);
    }
    const types = parseIndexManifest(folderDocuments(mirror).get(KEY) ?? Buffer.from(''), KEY).indices;
    expect([...types.keys()]).toEqual([8, 9]);
  });

  it.each([
    ['is gone', (blob: string) => rmSync(blob)],
    ['is another', (blob: string) => writeFileSync(blob, '{}')],
  ])('where the newer one %s, update-index makes both again', async (_, damage) => {
    await publish(older);
    await remake();
    const { version = '', installs = {} } = indices().get(V8) ?? {};
    await replaceIndices([V8, version, installs], [V9, '9', installs]);
    damage(blobFile(V9));
    expect(await remake()).toMatchObject({ changed: true });
    for (const type of [V8, V9]) expect(indices().get(type)?.listed).toEqual(hashes(older));
  });

  it('where the newer one ends too early, update-index makes both again', async () => {
    await publish(older);
    await remake();
    const { version = '', installs = {} } = indices().get(V8) ?? {};
    await replaceIndices([V8, version, installs], [V9, '9', '{"database":{"version":"9","installs":{']);
    expect(await remake()).toMatchObject({ changed: true });
    for (const type of [V8, V9]) expect(indices().get(type)?.listed).toEqual(hashes(older));
  });

  it('a view is in both as well', async () => {
    await publish(built);
    const view = openLayout3Writer(openFileStorage(mirror), 'mine');
    const [old, young] = [older.slice(0, 1), newer.slice(0, 1)];
    for (const specs of [old, young]) {
      const additions = { graph, emitter: specEmitter(graph), hashes: new Set(hashes(specs)) };
      await addToIndex(view, additions, problems());
    }
    // What a push adds stands last, what is made anew in the order of names.
    const again = () => remakeIndex(view, { ...problems(), full: false, only: new Set(), append: true });
    await again();
    expect((await again()).changed).toBe(false);
    const documents = folderDocuments(mirror);
    const listed = manifestRecords(
      documents.get('v3/manifests/index/mine/index.manifest.json') ?? Buffer.from(''),
    ).map((record) => {
      const { installs } = JSON.parse(blobOf(documents, record).toString('utf8')).database as {
        installs: Installs;
      };
      return Object.keys(installs)
        .filter((hash) => installs[hash]?.in_buildcache)
        .sort();
    });
    expect(listed).toEqual([hashes(old), hashes([...old, ...young])]);
  });

  it('readers take the newer one, and read format 6 in it', async () => {
    await publish(built);
    await remake();
    const store = openIndexStore(join(dir.path, 'indices'));
    const wanted = new Set(hashes(built));
    const found = await askIndex(cache.reader, { store, ttlMs: 0 }, (index) => index.listed(wanted));
    expect(hashes([...(found?.answer ?? [])].flatMap((hash) => graph.nodes.get(hash) ?? []))).toEqual(
      hashes(built),
    );
  });
});

/** What nobody here can read, and a Spack of tomorrow perhaps. */
const ofTomorrow = (document: string) => document.replace(/"version":[56]/, '"version":99');

/** A mirror with both indices, as they are after a change, where one entry cannot be read. */
async function withStrange(
  change: (eight: Draft, nine: Draft) => void,
): Promise<{ eight: Installs; nine: Installs }> {
  await publish(built);
  await remake();
  const [eight, nine] = [V8, V9].map((type) => structuredClone(indices().get(type)?.installs ?? {}) as Draft);
  if (eight === undefined || nine === undefined) throw new Error('no index');
  for (const installs of [eight, nine]) Object.assign(installs[strange.hash] ?? {}, { note: '"kept"' });
  change(eight, nine);
  await replaceIndices([V8, '8', eight], [V9, '9', nine]);
  await publish([strange], (hash) => ofTomorrow(specEmitter(graph).document(hash)));
  return { eight, nine };
}

interface Draft {
  [hash: string]: { spec: Record<string, unknown>; in_buildcache: boolean };
}

const installsOf = (type: string) => indices().get(type)?.installs ?? {};

describe('an entry that cannot be read, and that is listed', () => {
  const { hash } = strange;
  const isDependency = (installs: Draft) => {
    const record = installs[hash];
    if (record !== undefined) record.in_buildcache = false;
  };
  const isGone = (installs: Draft) => void delete installs[hash];

  it('in both indices: stays in both', async () => {
    const { eight } = await withStrange(() => undefined);
    const told = problems();
    for (const full of [true, true]) await remakeIndex(cache, { ...told, full });
    expect(told.texts).toEqual(
      Array(2).fill(expect.stringMatching(`kept in the index as it was: .*${hash}`)),
    );
    // Where nothing else needs it, the record is as it was.
    expect(installsOf(V8)[hash]).toEqual(eight[hash]);
    expect(indices().get(V8)?.listed).toEqual(hashes(older));
    expect(indices().get(V9)?.listed).toEqual(hashes(built));
  });

  it.each([
    ['nor a record of it in the newer', isGone],
    ['the newer has it as what others need', isDependency],
  ])('in the older index only (%s): gets into the newer, too', async (_, change) => {
    const { eight } = await withStrange((__, nine) => change(nine));
    const told = problems();
    await remakeIndex(cache, { ...told, full: true });
    expect(told.texts).toEqual([expect.stringContaining('kept in the index as it was')]);
    expect(installsOf(V8)[hash]).toEqual(eight[hash]);
    expect(indices().get(V9)?.listed).toEqual(hashes(built));
  });

  it('in the newer index only: does not get into the older', async () => {
    await withStrange(isGone);
    const told = problems();
    // Without --full, too: that the older index lacks it is why it is looked at.
    for (const full of [false, true]) await remakeIndex(cache, { ...told, full });
    expect(told.texts).toEqual(Array(2).fill(expect.stringContaining('kept in the index as it was')));
    expect(installsOf(V8)[hash]).toBeUndefined();
    expect(indices().get(V9)?.listed).toEqual(hashes(built));
  });

  it('in neither, and others need it: stays what they need', async () => {
    await withStrange((eight, nine) => {
      isGone(eight);
      isDependency(nine);
    });
    const told = problems();
    await remakeIndex(cache, { ...told, full: true });
    expect(told.texts).toEqual([expect.stringContaining('kept in the index as it was')]);
    expect(installsOf(V8)[hash]).toBeUndefined();
    expect(installsOf(V9)[hash]).toMatchObject({ in_buildcache: false });
  });

  it('in the older index only, of which a newer one is made: is in both', async () => {
    await publish(older);
    await remake();
    const before = installsOf(V8)[hash];
    await publish([strange], (each) => ofTomorrow(specEmitter(graph).document(each)));
    await publish(newer);
    await remake(true);
    expect(installsOf(V8)[hash]).toEqual(before);
    expect(indices().get(V9)?.listed).toEqual(hashes(built));
  });

  it.each([
    ['update-index', () => remake(true)],
    ['a push', () => add(newer.slice(0, 1))],
  ])('in an index beside one that is gone: %s keeps it', async (_, update) => {
    for (const [gone, here] of [
      [V8, V9],
      [V9, V8],
    ] as const) {
      const { eight, nine } = await withStrange(() => undefined);
      rmSync(blobFile(gone));
      const before = (here === V8 ? eight : nine)[hash];
      expect(await update()).toMatchObject({ changed: true });
      expect(installsOf(here)[hash]).toMatchObject({ spec: before?.spec, in_buildcache: true });
      expect(indices().get(V9)?.listed).toEqual(hashes(built));
      // One of version 9 does not say whether one of 8 had it.
      const expected = older.filter((node) => here === V8 || node !== strange);
      expect(indices().get(V8)?.listed).toEqual(hashes(expected));
      assertSound(folderDocuments(mirror));
      rmSync(mirror, { recursive: true });
    }
  });

  it('and no other can, and no blob is there: both stay', async () => {
    await publish(built);
    await remake();
    const manifest = folderDocuments(mirror).get(KEY);
    renameSync(join(mirror, 'blobs'), join(mirror, 'elsewhere'));
    const told = problems();
    expect(await remakeIndex(cache, { ...told, full: true })).toMatchObject({ changed: false });
    expect(told.texts.at(-1)).toContain('the index stays as it is');
    expect(folderDocuments(mirror).get(KEY)).toEqual(manifest);
  });
});

describe('spliced specs', () => {
  const locked = readLockfile(
    readFileSync(join(FIXTURES, 'spack-1.3/spliced/env-toyapp/spack.lock'), 'utf8'),
    'spack.lock',
  );
  const root = locked.nodes.get(locked.roots[0]?.hash ?? '') as SpecNode;
  const buildHash = root.buildSpec?.hash ?? '';

  it('are in both indices with what they were built as', async () => {
    const user = decodeNode(node('user', { dependencies: [edge({ ...root })] }, 6), 6, 'x', 'x');
    const nodes = new Map([...locked.nodes, [user.hash, user]]);
    const document = specEmitter({ nodes }).document;
    await publish([root, user], document);
    await add([root], { nodes });
    await add([user], { nodes });
    const expectThem = () => {
      expect([...indices()].map(([type, { listed }]) => [type, listed])).toEqual([
        [V8, [root.hash]],
        [V9, hashes([root, user])],
      ]);
      for (const [, { installs }] of indices()) {
        expect(installs[root.hash]?.spec['build_spec']).toEqual({ name: 'toyapp', hash: buildHash });
        expect(installs[buildHash]).toMatchObject({ in_buildcache: false });
        // And with all that needs.
        for (const each of locked.nodes.keys()) expect(installs).toHaveProperty(each);
      }
    };
    expectThem();
    for (const full of [false, true]) {
      await remake(full);
      expectThem();
      expect((await fetchListed(cache.reader, 1e9))?.unfounded).toBeUndefined();
    }
  });

  it('are in the newer index only where what they were built as is of format 6', async () => {
    const low = node('low', { provided_virtuals: ['deep'] }, 6);
    const first = node('app', { dependencies: [edge(low)] }, 6);
    const other = node('low', { version: '2.0' });
    const spliced = node('app', {
      dependencies: [edge(other)],
      build_spec: { name: 'app', hash: first.hash },
    });
    const nodes = new Map(
      [low, first, other, spliced].map((dict) => [dict.hash, decodeNode(dict, 6, 'x', 'x')]),
    );
    const specs = [other, spliced].map(({ hash }) => nodes.get(hash) as SpecNode);
    await publish(specs, specEmitter({ nodes }).document);
    await add(specs, { nodes });
    for (const full of [undefined, false, true]) {
      if (full !== undefined) await remake(full);
      expect(indices().get(V8)?.listed).toEqual([other.hash]);
      expect(installsOf(V8)).not.toHaveProperty(spliced.hash);
      expect(indices().get(V9)?.listed).toEqual(hashes(specs));
      expect(installsOf(V9)[low.hash]).toMatchObject({ spec: { provided_virtuals: ['deep'] } });
    }
  });

  it('without what they were built as in an older index beside a sound one: check-index hears of it', async () => {
    const nodes = locked.nodes;
    await publish([root], specEmitter(locked).document);
    await add([root], { nodes });
    const whole = installsOf(V8);
    const { [buildHash]: _, ...rest } = whole;
    await replaceIndices([V8, '8', rest], [V9, '9', whole]);
    expect((await fetchListed(cache.reader, 1e9))?.unfounded).toEqual({
      spliced: root.hash,
      buildSpec: buildHash,
    });
  });
});

/** The media types of the spec files, each of which is what its type says. */
function specTypes(): Set<string> {
  const documents = folderDocuments(mirror);
  const types = new Set<string>();
  for (const [key, bytes] of documents) {
    if (!key.endsWith('.spec.manifest.json')) continue;
    const [, spec] = manifestRecords(bytes);
    if (spec === undefined) throw new Error('no spec');
    const { format } = readSpecFile(blobOf(documents, spec), key).root;
    expect(spec.mediaType).toBe(`application/vnd.spack.spec.v${format}+json`);
    types.add(spec.mediaType);
  }
  return types;
}

/** Where the index of that type lies. */
function blobFile(type: string): string {
  const { checksum = '' } = records().find(({ mediaType }) => mediaType === type) ?? {};
  return join(mirror, 'blobs/sha256', checksum.slice(0, 2), checksum);
}

/** As somebody else would write them, or a whole document's text. */
async function replaceIndices(
  ...all: readonly (readonly [string, string, Installs | string])[]
): Promise<void> {
  const data: object[] = [];
  for (const [mediaType, version, installs] of all) {
    const whole =
      typeof installs === 'string' ? installs : JSON.stringify({ database: { version, installs } });
    const bytes = Buffer.from(whole);
    const checksum = sha256(bytes);
    await openFileStorage(mirror).put(`blobs/sha256/${checksum.slice(0, 2)}/${checksum}`, bytes, {});
    data.push({
      contentLength: bytes.length,
      mediaType,
      compression: 'none',
      checksumAlgorithm: 'sha256',
      checksum,
    });
  }
  writeFileSync(join(mirror, KEY), JSON.stringify({ version: 3, data }));
}
