import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatManifest } from '../../../src/cache/layouts/manifest.ts';
import { blobRecord } from '../../../src/cache/layouts/put-blob.ts';
import { openLayout3Writer } from '../../../src/cache/writing/cache-writer.ts';
import { addToIndex, type IndexUpdateOptions, remakeIndex } from '../../../src/cache/writing/update-index.ts';
import { objectOf, stringifyCompact } from '../../../src/core/json.ts';
import { decodeNode } from '../../../src/spec/decode-node.ts';
import { specEmitter } from '../../../src/spec/emit-spec.ts';
import type { SpecGraph } from '../../../src/spec/graph.ts';
import { readLockfile } from '../../../src/spec/lockfile.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { generateEnvironment } from '../../harness/generate.ts';
import { generateMirror } from '../../harness/generate-mirror.ts';
import { openS3 } from '../../harness/s3-place.ts';
import { startS3Server } from '../../harness/s3-server.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { edge, node } from '../../spec/node-fixture.ts';
import { assertSound, bucketDocuments, folderDocuments, indexOf, listedHashes } from '../mirror-state.ts';

const environment = generateEnvironment({ specs: 60, seed: 5 });
const graph = readLockfile(environment.lockfile, 'spack.lock');
const built = [...graph.nodes.values()].filter(({ external }) => external === undefined);

function additions(hashes: Iterable<string>, of: Pick<SpecGraph, 'nodes'> = graph) {
  return { graph: of, emitter: specEmitter(of), hashes: new Set(hashes) };
}

function options(more: Partial<IndexUpdateOptions> = {}): IndexUpdateOptions & { problems: string[] } {
  const problems: string[] = [];
  return { jobs: 4, onProblem: (text) => void problems.push(text), problems, ...more };
}

/** One that an earlier Spack might have left. */
function writeOldIndex(mirror: string): void {
  const text = Buffer.from('{"database":{"version":"7","installs":{}}}');
  const record = blobRecord('index', text, 'none');
  const blob = join(mirror, 'blobs/sha256', record.sha256.slice(0, 2), record.sha256);
  mkdirSync(dirname(blob), { recursive: true });
  writeFileSync(blob, text);
  writeFileSync(join(mirror, 'v3/manifests/index/index.manifest.json'), formatManifest([record]));
}

describe('addToIndex', () => {
  it('gives the same index one by one, in any order, as all at once', async () => {
    await using dir = await tempDir();
    const whole = join(dir.path, 'whole');
    const parts = join(dir.path, 'parts');
    await generateMirror(whole, environment);
    await generateMirror(parts, environment, { indexed: ({ hash }) => hash === built[30]?.hash });
    const storage = openFileStorage(parts);
    for (const { hash } of built.toReversed())
      await addToIndex(openLayout3Writer(storage, undefined), additions([hash]), options());
    expect(indexOf(folderDocuments(parts))).toEqual(indexOf(folderDocuments(whole)));
    assertSound(folderDocuments(parts));
  });

  it('counts a reference in a record with keys like numbers, which keep their order', async () => {
    await using dir = await tempDir();
    const parameters = objectOf([
      ['10', 'x'],
      ['1394', true],
      ['9', false],
      ['build_system', 'generic'],
    ]);
    const low = node('low', { parameters });
    const high = node('high', { parameters, dependencies: [edge(low)] });
    const specs = new Map([low, high].map((dict) => [dict.hash, decodeNode(dict, 5, 'x', 'x')]));
    const cache = openLayout3Writer(openFileStorage(dir.path), 'view');
    for (const { hash } of [low, high]) {
      const update = await addToIndex(cache, additions([hash], { nodes: specs }), options());
      expect(update).toMatchObject({ changed: true });
    }
    const location = (await cache.index.read()).locations.get(8);
    const text = readFileSync(join(dir.path, location?.key ?? ''), 'utf8');
    expect(text).toBe(
      `{"database":{"version":"8","installs":{"${low.hash}":{"spec":${stringifyCompact(low)},"ref_count":1,"in_buildcache":true},` +
        `"${high.hash}":{"spec":${stringifyCompact(high)},"ref_count":0,"in_buildcache":true}}}}`,
    );
    expect(text).toContain('"parameters":{"10":"x","1394":true,"9":false,"build_system":"generic"}');
  });

  it('writes nothing when there is nothing to say', async () => {
    await using dir = await tempDir();
    await generateMirror(dir.path, environment);
    const before = folderDocuments(dir.path);
    const update = await addToIndex(
      openLayout3Writer(openFileStorage(dir.path), undefined),
      additions([built[3]?.hash ?? '']),
      options(),
    );
    expect(update).toMatchObject({ changed: false, read: 0 });
    expect(folderDocuments(dir.path)).toEqual(before);
  });

  it('lists all a mirror without an index holds, and makes a damaged one again', async () => {
    await using dir = await tempDir();
    const { index, entries } = await generateMirror(dir.path, environment);
    const expected = indexOf(folderDocuments(dir.path));
    const [first = ''] = entries.keys();
    for (const damage of [
      () => rmSync(join(dir.path, index?.manifest ?? '')),
      () => writeFileSync(join(dir.path, index?.manifest ?? ''), '<html>'),
      () => rmSync(join(dir.path, index?.blob ?? '')),
      () => writeFileSync(join(dir.path, index?.blob ?? ''), '{"database":{'),
      () => writeOldIndex(dir.path),
    ]) {
      damage();
      // Few are known, the others have to be read.
      const few = { nodes: new Map([...graph.nodes].slice(0, 2)) };
      await addToIndex(
        openLayout3Writer(openFileStorage(dir.path), undefined),
        additions([first], few),
        options(),
      );
      expect(indexOf(folderDocuments(dir.path))).toEqual(expected);
    }
  });

  it('keeps a view to what it was given', async () => {
    await using dir = await tempDir();
    await generateMirror(dir.path, environment);
    const storage = openFileStorage(dir.path);
    const [a, b] = built;
    if (a === undefined || b === undefined) throw new Error('too few specs');
    for (const { hash } of [a, b])
      await addToIndex(openLayout3Writer(storage, 'mine'), additions([hash]), options());
    const records = [...(indexOf(folderDocuments(dir.path), 'mine/') ?? [])] as [
      string,
      { in_buildcache: boolean },
    ][];
    expect(
      records
        .filter(([, record]) => record.in_buildcache)
        .map(([hash]) => hash)
        .sort(),
    ).toEqual([a.hash, b.hash].sort());
  });

  it('does not guess what a damaged view was about', async () => {
    await using dir = await tempDir();
    await generateMirror(dir.path, environment);
    const storage = openFileStorage(dir.path);
    const [a = '', b = ''] = built.map(({ hash }) => hash);
    await addToIndex(openLayout3Writer(storage, 'mine'), additions([a]), options());
    writeFileSync(join(dir.path, 'v3/manifests/index/mine/index.manifest.json'), '{}');
    await expect(
      addToIndex(openLayout3Writer(storage, 'mine'), additions([b]), options()),
    ).rejects.toMatchObject({
      code: 'bad-input',
    });
  });

  it.each(['native', 'unquoted-etag', 'ignored', 'rejected'] as const)(
    'loses nothing to another writer, on a bucket whose conditions are %s',
    async (conditions) => {
      const server = await startS3Server({ conditions });
      try {
        const halves = [built.slice(0, 30), built.slice(30)];
        const updates = await Promise.all(
          halves.map(async (half) => {
            const storage = await openS3(server.url);
            for (let i = 0; i < half.length; i += 10) {
              const hashes = half.slice(i, i + 10).map(({ hash }) => hash);
              await addToIndex(openLayout3Writer(storage, 'all'), additions(hashes), options());
            }
            await storage.close();
            return half.length;
          }),
        );
        expect(updates).toEqual([30, 30]);
        const records = indexOf(bucketDocuments(server.objects, 'some/mirror'), 'all/') ?? new Map();
        const listed = ([, record]: [string, unknown]) =>
          (record as { in_buildcache: boolean }).in_buildcache;
        expect([...records].filter(listed)).toHaveLength(60);
      } finally {
        await server.close();
      }
    },
  );

  it('goes again when somebody else was faster', async () => {
    await using dir = await tempDir();
    await generateMirror(dir.path, environment, { indexed: () => false });
    const storage = openFileStorage(dir.path);
    const [a = '', b = ''] = built.map(({ hash }) => hash);
    let isFirst = true;
    const raced: Storage = {
      ...storage,
      put: async (key, source, put) => {
        if (key.includes('manifests/index') && isFirst) {
          isFirst = false;
          await addToIndex(openLayout3Writer(storage, undefined), additions([b]), options());
        }
        return await storage.put(key, source, put);
      },
    };
    expect(await addToIndex(openLayout3Writer(raced, undefined), additions([a]), options())).toMatchObject({
      changed: true,
      retries: 1,
    });
    expect(listedHashes(folderDocuments(dir.path))).toEqual(new Set([a, b]));
  });
});

describe('remakeIndex', () => {
  it.each([true, false])("is the mirror's own, from its documents (all of them: %s)", async (full) => {
    await using dir = await tempDir();
    const missing = built[10]?.hash;
    await generateMirror(dir.path, environment, { present: ({ hash }) => hash !== missing });
    const expected = indexOf(folderDocuments(dir.path));
    // It lists what is not there, and does not list what is.
    const { index } = await generateMirror(dir.path, environment, {
      present: () => false,
      indexed: ({ hash }) => hash !== built[20]?.hash,
    });
    expect(index).toBeDefined();
    const update = await remakeIndex(openLayout3Writer(openFileStorage(dir.path), undefined), {
      ...options(),
      full,
    });
    expect(update).toMatchObject({ changed: true, read: full ? 59 : expect.any(Number) });
    expect(update.read).toBeLessThanOrEqual(full ? 59 : 1);
    expect(indexOf(folderDocuments(dir.path))).toEqual(expected);
    assertSound(folderDocuments(dir.path));
    expect(
      await remakeIndex(openLayout3Writer(openFileStorage(dir.path), undefined), { ...options(), full }),
    ).toMatchObject({
      changed: false,
    });
  });

  it('reads only what is new', async () => {
    await using dir = await tempDir();
    const { entries } = await generateMirror(dir.path, environment);
    const expected = indexOf(folderDocuments(dir.path));
    // Nothing depends on a root, so that an index without it does not know it.
    const root = environment.roots[0]?.hash ?? '';
    expect(entries.has(root)).toBe(true);
    await generateMirror(dir.path, environment, { indexed: ({ hash }) => hash !== root });
    const update = await remakeIndex(openLayout3Writer(openFileStorage(dir.path), undefined), {
      ...options(),
      full: false,
    });
    expect(update).toMatchObject({ changed: true, read: 1 });
    expect(indexOf(folderDocuments(dir.path))).toEqual(expected);
  });

  it.each([
    ['that is listed and cannot be had stays', false],
    ['that was removed since it was listed goes', true],
  ])('an entry %s, and is named', async (_, isGone) => {
    await using dir = await tempDir();
    const { entries } = await generateMirror(dir.path, environment);
    const before = indexOf(folderDocuments(dir.path));
    const root = environment.roots[0]?.hash ?? '';
    const key = entries.get(root)?.manifest ?? '';
    const storage = openFileStorage(dir.path);
    let listings = 0;
    const seen: Storage = {
      ...storage,
      get: async (asked, how) => (asked === key ? undefined : await storage.get(asked, how)),
      list: async function* (prefix, how) {
        if (prefix.includes('/spec/')) listings++;
        for await (const info of storage.list(prefix, how)) {
          if (info.key !== key || listings < 2 || !isGone) yield info;
        }
      },
    };
    const asked = options();
    await remakeIndex(openLayout3Writer(seen, undefined), { ...asked, full: true });
    expect(asked.problems).toEqual([expect.stringContaining(key)]);
    const after = indexOf(folderDocuments(dir.path));
    if (isGone) expect(after?.has(root)).toBe(false);
    else expect(after).toEqual(before);
  });

  it('leaves out, and names, entries that are broken or filed as another spec', async () => {
    await using dir = await tempDir();
    const { entries } = await generateMirror(dir.path, environment, { index: false });
    const [first, second, third] = entries;
    if (first === undefined || second === undefined || third === undefined) throw new Error('too few');
    const [[a, entryA], [b, entryB], [, entryC]] = [first, second, third];
    rmSync(join(dir.path, entryA.spec));
    writeFileSync(join(dir.path, entryB.manifest), readFileSync(join(dir.path, entryC.manifest)));
    const asked = options();
    await remakeIndex(openLayout3Writer(openFileStorage(dir.path), undefined), { ...asked, full: true });
    const listed = listedHashes(folderDocuments(dir.path));
    expect(listed.size).toBe(58);
    expect(listed.has(a) || listed.has(b)).toBe(false);
    expect(asked.problems.join('\n')).toContain('filed as another spec');
    expect(asked.problems.join('\n')).toContain(entryA.manifest);
  });

  it.each([
    ['a copy of it', (entry: Buffer) => entry],
    ['a file that was cut short', (entry: Buffer) => entry.subarray(0, 50)],
    ["another spec's entry", (_: Buffer, other: Buffer) => other],
  ])('lists an entry although %s lies under a similar name', async (_, content) => {
    await using dir = await tempDir();
    const { entries } = await generateMirror(dir.path, environment, { index: false });
    const [[hash, { manifest }] = ['', { manifest: '' }], other] = entries;
    const file = (key: string) => readFileSync(join(dir.path, key));
    // One that is listed before the entry, and one that is listed after it.
    for (const name of ['000', 'zzz']) {
      mkdirSync(join(dir.path, `v3/manifests/spec/${name}`));
      const place = join(dir.path, `v3/manifests/spec/${name}/${name}-1-${hash}.spec.manifest.json`);
      writeFileSync(place, content(file(manifest), file(other?.[1].manifest ?? '')));
    }
    const asked = options();
    await remakeIndex(openLayout3Writer(openFileStorage(dir.path), undefined), { ...asked, full: true });
    expect(listedHashes(folderDocuments(dir.path))).toEqual(new Set(entries.keys()));
    expect(asked.problems).toEqual([]);
  });
});

/** A storage on which something happens right before the first index is put, and so after what is to be in it was found. */
function beforeIndex(storage: Storage, act: () => Promise<unknown>): Storage {
  let isDone = false;
  return Object.assign(Object.create(storage), {
    put: async (...put: Parameters<Storage['put']>) => {
      if (put[0].endsWith('/index.manifest.json') && !isDone) {
        isDone = true;
        await act();
      }
      return await storage.put(...put);
    },
  });
}

describe('an entry that a prune removes, after it was found and before it is listed,', () => {
  const [lost, kept] = built.slice(-2);
  const hashes = [lost, kept].map((spec) => spec?.hash ?? '');
  const isNotLost = ({ hash }: { readonly hash: string }) => hash !== lost?.hash;

  async function race(where: { readonly view?: string; readonly index?: boolean }, write: 'add' | 'remake') {
    await using dir = await tempDir();
    const { entries } = await generateMirror(dir.path, environment, {
      indexed: isNotLost,
      ...(where.index === undefined ? {} : { index: where.index }),
    });
    const storage = openFileStorage(dir.path);
    // The prune has looked at the index already, which does not list the entry.
    const prune = () => storage.delete(entries.get(lost?.hash ?? '')?.manifest ?? '');
    const cache = openLayout3Writer(beforeIndex(storage, prune), where.view);
    const update =
      write === 'remake'
        ? await remakeIndex(cache, { ...options(), full: false })
        : await addToIndex(cache, { ...additions(hashes), found: new Set(hashes) }, options());
    const view = where.view === undefined ? '' : `${where.view}/`;
    const records = [...(indexOf(folderDocuments(dir.path), view) ?? [])] as [
      string,
      { in_buildcache: boolean },
    ][];
    return {
      update,
      listed: new Set(records.filter(([, { in_buildcache }]) => in_buildcache).map(([hash]) => hash)),
    };
  }

  it.each([
    ['of an index', {}],
    ['of a view', { view: 'some' }],
    ['of a mirror without an index', { index: false }],
  ])('is not listed by who adds to it, and said to be gone: %s', async (_, where) => {
    const { update, listed } = await race(where, 'add');
    expect([...(update.gone ?? [])]).toEqual([lost?.hash]);
    expect(update.changed).toBe(true);
    expect(listed.has(lost?.hash ?? '')).toBe(false);
    expect(listed.has(kept?.hash ?? '')).toBe(true);
  });

  it('is not listed by who makes the index anew', async () => {
    const { update, listed } = await race({}, 'remake');
    expect(update).toMatchObject({ changed: true });
    expect(listed).toEqual(new Set(built.filter(isNotLost).map(({ hash }) => hash)));
  });

  it('is not listed by who rebuilds it to add another', async () => {
    await using dir = await tempDir();
    const { entries } = await generateMirror(dir.path, environment, { index: false });
    const storage = openFileStorage(dir.path);
    const prune = () => storage.delete(entries.get(lost?.hash ?? '')?.manifest ?? '');
    const cache = openLayout3Writer(beforeIndex(storage, prune), undefined);
    const update = await addToIndex(cache, additions([kept?.hash ?? '']), options());
    expect(update.gone?.size ?? 0).toBe(0);
    assertSound(folderDocuments(dir.path));
    expect(listedHashes(folderDocuments(dir.path)).size).toBe(built.length - 1);
  });
});

describe('an entry that is published again, by who finds it listed and leaves the index as it is,', () => {
  const [spec] = built.slice(-1);
  const hash = spec?.hash ?? '';

  it.each([
    ['the index', undefined],
    ['a view', 'some'],
  ])('while %s that lists it is made anew without it, is listed', async (_, view) => {
    await using dir = await tempDir();
    const { entries } = await generateMirror(dir.path, environment);
    const manifest = entries.get(hash)?.manifest ?? '';
    const storage = openFileStorage(dir.path);
    if (view !== undefined)
      await addToIndex(
        openLayout3Writer(storage, view),
        additions(built.map((each) => each.hash)),
        options(),
      );
    const bytes = readFileSync(join(dir.path, manifest));
    rmSync(join(dir.path, manifest)); // A prune has removed it, and is about to look at the index again.
    let added: boolean | undefined;
    const push = async () => {
      writeFileSync(join(dir.path, manifest), bytes);
      added = (await addToIndex(openLayout3Writer(storage, view), additions([hash]), options())).changed;
    };
    const cache = openLayout3Writer(beforeIndex(storage, push), view);
    const how = view === undefined ? {} : { only: new Set<string>(), append: true };
    expect(await remakeIndex(cache, { ...options(), ...how, full: false })).toMatchObject({ changed: true });
    expect(added).toBe(false);
    const records = indexOf(folderDocuments(dir.path), view === undefined ? '' : `${view}/`);
    expect(records?.get(hash)).toMatchObject({ in_buildcache: true });
  });
});
