import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CacheWriter, openLayout3Writer } from '../../src/cache/cache-writer.ts';
import { openIndexStore } from '../../src/cache/index-store.ts';
import { addToIndex, remakeIndex } from '../../src/cache/index-update.ts';
import { askIndex } from '../../src/cache/listing.ts';
import { namedBlobs } from '../../src/cache/named-blobs.ts';
import { sha256 } from '../../src/core/digest.ts';
import { specEmitter } from '../../src/spec/emit-spec.ts';
import type { SpecGraph } from '../../src/spec/graph.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { readSpecFile } from '../../src/spec/spec-file.ts';
import { openFileStorage } from '../../src/storage/file.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { inFormat6 } from '../harness/generate-format6.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { assertSound, blobOf, folderDocuments, type MirrorRecord, manifestRecords } from './mirror-state.ts';

const KEY = 'v3/manifests/index/index.manifest.json';
const [V8, V9] = ['application/vnd.spack.db.v8+json', 'application/vnd.spack.db.v9+json'] as const;

/** A spec, and what it needs, that an older Spack has made; the rest a Spack of format 6. */
const generated = generateEnvironment({ specs: 30, seed: 11 });
const graph = readLockfile(
  inFormat6(generated, [...generated.nodes.keys()].slice(-12)).lockfile,
  'spack.lock',
);
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
    const found = await askIndex(cache.reader, 'id', { store, ttlMs: 0 }, (index) => index.listed(wanted));
    expect(hashes([...(found?.answer ?? [])].flatMap((hash) => graph.nodes.get(hash) ?? []))).toEqual(
      hashes(built),
    );
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

/** As somebody else would write them. */
async function replaceIndices(...all: readonly (readonly [string, string, Installs])[]): Promise<void> {
  const data: object[] = [];
  for (const [mediaType, version, installs] of all) {
    const bytes = Buffer.from(JSON.stringify({ database: { version, installs } }));
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
