/**
 * An entry says what its spec is, and also what is below it. What it says there of a spec whose hash nobody can recompute
 * must count nowhere for that spec: that one has an entry of its own.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLayout3 } from '../../../src/cache/layouts/layout3.ts';
import { entrySpecs } from '../../../src/cache/reading/entry-specs.ts';
import { type CacheWriter, openLayout3Writer } from '../../../src/cache/writing/cache-writer.ts';
import { addToIndex, remakeIndex } from '../../../src/cache/writing/update-index.ts';
import { knownSpecs } from '../../../src/commands/prune-evidence.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { decodeNode } from '../../../src/spec/decode-node.ts';
import { specEmitter } from '../../../src/spec/emit-spec.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import { listJobs, syncAll } from '../../commands/sync-fixture.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';
import { type Dict, edge, node } from '../../spec/node-fixture.ts';
import { folderDocuments, indexOf } from '../mirror-state.ts';

/** With all its features, as Spack writes targets that it does not know: such a hash normally does not hold. */
const TARGET = { name: 'skylake', vendor: 'GenuineIntel', features: [], generation: 0, parents: [] };
const ARCH = { platform: 'linux', platform_os: 'debian12', target: TARGET };
const OWN = { build_system: 'generic', hardened: true, cflags: [] };
const NEEDED = node('zz-needed', { arch: ARCH, parameters: OWN });
const CLAIMED = { ...NEEDED, parameters: { ...OWN, hardened: false } };
/** Its name comes first, so that it is read first. */
const LIAR = node('aa-liar', { dependencies: [edge(NEEDED, ['build'])] });

const decoded = (dict: Dict): SpecNode => decodeNode(dict, 5, 'made', 'node');
const graphOf = (...dicts: Dict[]) => ({
  nodes: new Map(dicts.map(decoded).map((each) => [each.hash, each])),
});
const how = { jobs: 1, onProblem: (text: string) => expect.unreachable(text) };
const signal = new AbortController().signal;

let dir: TempDir;
beforeEach(async () => {
  dir = await tempDir();
});
afterEach(() => dir[Symbol.asyncDispose]());

const mirrorAt = (name: string) => openLayout3Writer(openFileStorage(join(dir.path, name)), undefined);

async function publish(cache: CacheWriter, ...nodes: [Dict, ...Dict[]]): Promise<void> {
  const spec = decoded(nodes[0]);
  const file = join(dir.path, 'tarball');
  writeFileSync(file, spec.hash);
  const tarball = { file, size: spec.hash.length, sha256: sha256(Buffer.from(spec.hash)) };
  const document = JSON.stringify({ spec: { _meta: { version: 5 }, nodes }, buildcache_layout_version: 2 });
  await cache.publish(spec, { tarball, document }, undefined);
}

const publishBoth = async (cache: CacheWriter) => {
  await publish(cache, LIAR, CLAIMED);
  await publish(cache, NEEDED);
};

async function add(cache: CacheWriter, of: ReturnType<typeof graphOf>, hash: string): Promise<void> {
  await addToIndex(cache, { graph: of, emitter: specEmitter(of), hashes: new Set([hash]) }, how);
}

const recordIn = (mirror: string) => indexOf(folderDocuments(join(dir.path, mirror)))?.get(NEEDED.hash);

const WAYS: Readonly<Record<string, (cache: CacheWriter) => Promise<void>>> = {
  'made anew of all entries': async (cache) => {
    await publishBoth(cache);
    await remakeIndex(cache, { ...how, full: true });
  },
  'made anew of one that knew it as a dependency': async (cache) => {
    await publish(cache, LIAR, CLAIMED);
    await remakeIndex(cache, { ...how, full: false });
    expect(recordIn('to')).toMatchObject({ spec: { parameters: { hardened: false } }, in_buildcache: false });
    await publish(cache, NEEDED);
    await remakeIndex(cache, { ...how, full: false });
  },
  'given the spec, which it knew as a dependency': async (cache) => {
    await publish(cache, LIAR, CLAIMED);
    await remakeIndex(cache, { ...how, full: false });
    await publish(cache, NEEDED);
    await add(cache, graphOf(NEEDED), NEEDED.hash);
  },
  'made for the other spec, where there was none': async (cache) => {
    await publishBoth(cache);
    await add(cache, graphOf(LIAR, CLAIMED), LIAR.hash);
  },
  'of a mirror that both were copied to': async () => {
    await publishBoth(mirrorAt('from'));
    await syncBoth();
  },
  'of a mirror that had the spec and was given the other': async (cache) => {
    await publishBoth(mirrorAt('from'));
    await publish(cache, NEEDED);
    await syncBoth();
  },
};

async function syncBoth(): Promise<void> {
  const [from, to] = ['from', 'to'].map((name) => openFileStorage(join(dir.path, name)));
  if (from === undefined || to === undefined) return;
  const jobs = (await listJobs(from)).sort((a, b) =>
    String(a.wanted.name?.name) < String(b.wanted.name?.name) ? -1 : 1,
  );
  await syncAll(from, to, join(dir.path, 'kept'), { jobs, options: { jobs: 1 } });
}

test.each(Object.keys(WAYS))('an index %s', async (way) => {
  await WAYS[way]?.(mirrorAt('to'));
  expect(recordIn('to')).toMatchObject({ spec: { parameters: OWN }, in_buildcache: true });
});

test('what a list says of a mirror without an index, and what a prune goes by', async () => {
  const cache = mirrorAt('to');
  await publish(cache, LIAR, CLAIMED);
  await remakeIndex(cache, { ...how, full: false });
  await publish(cache, NEEDED);
  const known = await knownSpecs(cache, () => true, { ...how, signal });
  expect(known?.get(NEEDED.hash)?.variants.get('hardened')).toBe(true);
  rmSync(join(dir.path, 'to/v3/manifests/index'), { recursive: true });
  const reader = openLayout3(openFileStorage(join(dir.path, 'to')), undefined);
  const onBad = () => expect.unreachable();
  const source = await entrySpecs(reader, { asked: [{ name: undefined, hash: undefined }], jobs: 1, onBad });
  const found = [];
  for await (const each of source?.candidates({ name: 'zz-needed', hash: undefined }) ?? []) found.push(each);
  expect(found.map(({ variants }) => variants.get('hardened'))).toEqual([true]);
});
