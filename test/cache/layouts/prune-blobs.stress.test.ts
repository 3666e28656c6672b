import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BlobPruneOptions, pruneBlobs } from '../../../src/cache/layouts/prune-blobs.ts';
import { type EntryContent, publishEntry } from '../../../src/cache/layouts/publish.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { BuildcacheError } from '../../../src/core/errors.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import { isSampled } from '../../harness/runs.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';
import { memoryStorage, type Objects } from '../memory-storage.ts';
import { fixtureGraph } from '../mirror-fixture.ts';
import { assertSound, folderDocuments } from '../mirror-state.ts';

const HOUR = 3_600_000;
const OLD = new Date(Date.now() - 48 * HOUR);
const specs = [...fixtureGraph('1.2').nodes.values()].filter(({ external }) => external === undefined);
const [first, second] = specs;
if (first === undefined || second === undefined) throw new Error('too few specs');

let dir: TempDir;
beforeAll(async () => {
  dir = await tempDir();
});
afterAll(() => dir[Symbol.asyncDispose]());

const contents = new Map<string, EntryContent>();

function contentOf(spec: SpecNode): EntryContent {
  const made = contents.get(spec.hash) ?? makeContent(spec);
  contents.set(spec.hash, made);
  return made;
}

function makeContent(spec: SpecNode): EntryContent {
  const bytes = gzipSync(`tarball of ${spec.hash}`);
  const file = join(dir.path, spec.hash);
  writeFileSync(file, bytes);
  return { tarball: { file, size: bytes.length, sha256: sha256(bytes) }, document: `{"of":"${spec.hash}"}` };
}

function isNamed(objects: Objects, blob: string): boolean {
  const documents = [...objects].filter(([key]) => key.startsWith('v3/manifests/'));
  return documents.some(([, { bytes }]) => bytes.includes(blob.slice(-64)));
}

const options: BlobPruneOptions = { graceMs: HOUR, jobs: 1, dryRun: false };

/** A mirror that holds `second`, and of `first` only old blobs. */
async function orphans(): Promise<Objects> {
  made ??= makeOrphans();
  return new Map(await made);
}

/** Once for the thousands of orders that are tried. */
let made: Promise<Objects> | undefined;

async function makeOrphans(): Promise<Objects> {
  const objects: Objects = new Map();
  const storage = memoryStorage(objects, true);
  for (const spec of [first, second]) if (spec) await publishEntry(storage, spec, contentOf(spec), undefined);
  for (const key of [...objects.keys()].filter((each) => each.includes(first?.hash ?? '')))
    objects.delete(key);
  for (const [key, { bytes }] of objects) objects.set(key, { bytes, modified: OLD });
  return objects;
}

function documents(objects: Objects): Map<string, Buffer> {
  return new Map([...objects].map(([key, { bytes }]) => [key, bytes]));
}

const blobsIn = (objects: Objects) => [...objects.keys()].filter((key) => key.startsWith('blobs/'));

describe.each([true, false])('pruneBlobs, where blobs can be moved: %s', (canMove) => {
  it('removes old blobs that nothing names, and says what it did', async () => {
    const objects = await orphans();
    const storage = memoryStorage(objects, canMove);
    const dry = await pruneBlobs(storage, { ...options, dryRun: true });
    expect(blobsIn(objects)).toHaveLength(4);
    const done = await pruneBlobs(storage, options);
    expect(done).toEqual(dry);
    expect(done).toMatchObject({ all: { count: 4 }, removed: { count: 2 }, young: { count: 0 }, putBack: 0 });
    expect(blobsIn(objects)).toHaveLength(2);
    assertSound(documents(objects));
  });

  it('leaves young ones, other files, and what any document names in any way', async () => {
    const objects = await orphans();
    const [orphan = '', other = ''] = blobsIn(objects);
    const bytes = Buffer.from('x');
    objects.set('blobs/sha256/README', { bytes, modified: OLD });
    objects.set(`blobs/sha256/00/${sha256('elsewhere')}`, { bytes, modified: OLD });
    objects.set(other, { bytes, modified: new Date() });
    const unknown = Buffer.from(`{"version":99,"blob":"sha256:${orphan.slice(-64)}"`);
    objects.set('v3/manifests/new/kind.json', { bytes: unknown, modified: OLD });
    const before = new Set(objects.keys());
    expect(await pruneBlobs(memoryStorage(objects, canMove), options)).toMatchObject({
      removed: { count: 0 },
      young: { count: 1 },
    });
    expect(new Set(objects.keys())).toEqual(before);
  });

  it('leaves what a manifest names in escapes', async () => {
    const objects = await orphans();
    const [orphan = ''] = blobsIn(objects).filter((key) => !isNamed(objects, key));
    const escaped = [...orphan.slice(-64)].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('');
    const record = `{"contentLength":1,"mediaType":"x","compression":"none","checksumAlgorithm":"sha256","checksum":"${escaped}"}`;
    const bytes = Buffer.from(`{"version":3,"data":[${record}]}`);
    objects.set('v3/manifests/spec/x/x.spec.manifest.json', { bytes, modified: OLD });
    expect(await pruneBlobs(memoryStorage(objects, canMove), options)).toMatchObject({
      removed: { count: 1 },
    });
    expect(objects.has(orphan)).toBe(true);
  });

  it.each([
    ['is empty', ''],
    ['is cut short', '{"version":3,"da'],
  ])('is not held up by a document that %s', async (_, text) => {
    const objects = await orphans();
    objects.set('v3/manifests/spec/x/x.spec.manifest.json', { bytes: Buffer.from(text), modified: OLD });
    expect(await pruneBlobs(memoryStorage(objects, canMove), options)).toMatchObject({
      removed: { count: 2 },
      unclear: undefined,
    });
  });

  it('leaves what somebody sent again since it was listed', async () => {
    const objects = await orphans();
    const orphaned = blobsIn(objects).slice(0, 2);
    const storage = memoryStorage(objects, canMove, async (operation, key) => {
      if (!orphaned.includes(key) || (operation !== 'move' && operation !== 'head')) return;
      const bytes = objects.get(key)?.bytes ?? Buffer.alloc(0);
      objects.set(key, { bytes, modified: new Date() });
    });
    expect(await pruneBlobs(storage, options)).toMatchObject({ removed: { count: 0 } });
    expect(blobsIn(objects)).toHaveLength(4);
  });

  it('takes nothing when a document cannot be read', async () => {
    const objects = await orphans();
    const storage = memoryStorage(objects, canMove, async (operation) => {
      if (operation === 'get') throw new BuildcacheError('denied', 'no');
    });
    await expect(pruneBlobs(storage, options)).rejects.toMatchObject({ code: 'denied' });
    expect(blobsIn(objects)).toHaveLength(4);
  });

  it.each<[string, string, string | Buffer]>([
    ['a manifest of a version to come', 'v3/manifests/spec/x/x.json', '{"version":4,"blobs":"elsewhere"}'],
    ['a layout to come', 'v4/manifests/spec/x/x.json', '{}'],
    ['a web page in place of a manifest', 'v3/manifests/spec/x/x.json', '<html>log in</html>'],
    [
      'a compressed manifest',
      'v3/manifests/spec/x/x.spec.manifest.json',
      gzipSync('{"version":3,"data":[]}'),
    ],
  ])('takes nothing where there is %s, says so, and puts back what is aside', async (_, key, text) => {
    const objects = await orphans();
    const blob = { bytes: Buffer.from('x'), modified: OLD };
    const unnamed = sha256('x');
    objects.set(`blobs/pruned/${unnamed}.${OLD.getTime()}-01234567`, blob);
    objects.set(key, { bytes: Buffer.from(text), modified: OLD });
    const pruned = await pruneBlobs(memoryStorage(objects, canMove), options);
    expect(pruned).toMatchObject({ all: { count: 4 }, removed: { count: 0 }, putBack: 1 });
    expect(pruned.unclear).toContain(key);
    expect(blobsIn(objects).filter((each) => each.startsWith('blobs/sha256/'))).toHaveLength(5);
  });

  it('puts everything back when a manifest of a version to come is written meanwhile', async () => {
    const objects = await orphans();
    const storage = memoryStorage(objects, canMove, async (operation, key) => {
      const bytes = Buffer.from('{"version":4}');
      const isMoving = operation === 'move' || operation === 'copy';
      if (isMoving && !key.includes('pruned')) objects.set('v3/manifests/new.json', { bytes, modified: OLD });
    });
    const pruned = await pruneBlobs(storage, options);
    expect(pruned).toMatchObject({ removed: { count: 0 }, putBack: 2, unclear: expect.any(String) });
    expect(blobsIn(objects).filter((each) => each.startsWith('blobs/sha256/'))).toHaveLength(4);
  });

  it('puts everything back when it cannot go on, whichever step fails', async () => {
    for (let failing = 0; ; failing++) {
      const objects = await orphans();
      let step = 0;
      const storage = memoryStorage(objects, canMove, async () => {
        if (step++ === failing) throw new BuildcacheError('server-error', 'no');
      });
      const failed = await pruneBlobs(storage, options).then(
        () => false,
        () => true,
      );
      if (!failed) break;
      assertSound(documents(objects));
      // Still there, in its place or aside; what was being deleted had been decided on.
      expect(blobsIn(objects).length).toBeGreaterThanOrEqual(3);
      await publishEntry(memoryStorage(objects, true), first, contentOf(first), undefined);
      await pruneBlobs(memoryStorage(objects, canMove), { ...options, graceMs: -HOUR });
      // Where blobs are copied aside, the copy may still be somebody's for a day.
      const whole = blobsIn(objects).filter((key) => canMove || key.startsWith('blobs/sha256/'));
      expect(whole).toHaveLength(4);
      assertSound(documents(objects));
    }
  });

  it('brings back what a prune that was killed had moved aside', async () => {
    const objects = await orphans();
    const { tarball } = contentOf(second);
    const place = `blobs/sha256/${tarball.sha256.slice(0, 2)}/${tarball.sha256}`;
    const blob = objects.get(place);
    if (blob === undefined) throw new Error('no blob');
    objects.delete(place);
    objects.set(`blobs/pruned/${tarball.sha256}.${Date.now()}-01234567`, blob);
    objects.set(`blobs/pruned/${sha256('old')}.${OLD.getTime()}-01234567`, blob);
    objects.set(`blobs/pruned/${sha256('new')}.${Date.now()}-01234567`, blob);
    expect(await pruneBlobs(memoryStorage(objects, canMove), options)).toMatchObject({ putBack: 1 });
    assertSound(documents(objects));
    expect(blobsIn(objects).filter((key) => key.includes('pruned'))).toHaveLength(canMove ? 1 : 2);
  });

  it('takes no name for a claim whose time is in the far future', async () => {
    const objects = await orphans();
    const unnamed = blobsIn(objects).filter((key) => !isNamed(objects, key));
    const [one = ''] = unnamed;
    const aside = `blobs/pruned/${one.slice(-64)}.9999999999999-01234567`;
    objects.set(aside, { bytes: Buffer.from('x'), modified: OLD });
    await pruneBlobs(memoryStorage(objects, canMove), options);
    // Where blobs are moved there are no claims, and a machine's clock may be wrong.
    expect(objects.has(aside)).toBe(canMove);
    expect(objects.has(one)).toBe(false);
  });

  it("does not delete what another prune has moved aside since we looked, whatever that one's clock says", async () => {
    const objects = await orphans();
    const { tarball } = contentOf(second);
    const place = `blobs/sha256/${tarball.sha256.slice(0, 2)}/${tarball.sha256}`;
    const manifest = [...objects].find(([key]) => key.includes(second?.hash ?? ''));
    if (manifest === undefined) throw new Error('no manifest');
    objects.delete(manifest[0]);
    let isPushed = false;
    let looked = false;
    const storage = memoryStorage(objects, canMove, async (operation, key) => {
      // After the first look at the manifests: a push names the blob, then the other prune moves it aside.
      const blob = objects.get(place);
      if (isPushed || !looked || operation !== 'list' || key !== 'blobs/sha256/' || blob === undefined)
        return;
      isPushed = true;
      objects.set(...manifest);
      objects.delete(place);
      objects.set(`blobs/pruned/${tarball.sha256}.${OLD.getTime()}-01234567`, blob);
    });
    const watched = {
      ...storage,
      list: (prefix: string, how?: Parameters<typeof storage.list>[1]) => {
        if (prefix.startsWith('v')) looked = true;
        return storage.list(prefix, how);
      },
    };
    await pruneBlobs(watched, options);
    expect(isPushed).toBe(true);
    // The other one has seen the manifest by now, and puts it back.
    expect([...objects.keys()].filter((key) => key.includes(tarball.sha256))).toHaveLength(1);
    await pruneBlobs(memoryStorage(objects, canMove), options);
    assertSound(documents(objects));
  });

  it('puts nothing old over what was sent again meanwhile', async () => {
    const objects = await orphans();
    const [orphan = ''] = blobsIn(objects).filter((key) => objects.get(key)?.modified === OLD);
    const bytes = objects.get(orphan)?.bytes ?? Buffer.alloc(0);
    const storage = memoryStorage(objects, canMove, async (operation) => {
      const isAside = blobsIn(objects).some((key) => key.startsWith('blobs/pruned/'));
      if (operation !== 'list' || !isAside || objects.has(orphan)) return;
      objects.set(orphan, { bytes, modified: new Date() });
      throw new BuildcacheError('server-error', 'no');
    });
    await expect(pruneBlobs(storage, options)).rejects.toMatchObject({ code: 'server-error' });
    expect(objects.get(orphan)?.modified.getTime()).toBeGreaterThan(OLD.getTime());
  });

  // A push has three moments: it finds its blobs there, it writes its manifest, it looks at them again.
  it('and a push that uses the same blobs end sound, in every order of their steps', async () => {
    const steps = await countSteps(canMove);
    expect(steps).toBeGreaterThan(8);
    const outcomes = new Set<string>();
    let order = 0;
    for (let finds = 0; finds <= steps; finds++) {
      for (let names = finds; names <= steps; names++) {
        for (let looks = names; looks <= steps; looks++) {
          if (isSampled(order++, 7)) outcomes.add(await interleave(canMove, [finds, names, looks]));
        }
      }
    }
    expect(outcomes).toContain('put back');
    expect(outcomes).toContain('sent again');
    expect(outcomes).toContain('untouched');
  });
});

async function countSteps(canMove: boolean): Promise<number> {
  let steps = 0;
  await pruneBlobs(
    memoryStorage(await orphans(), canMove, async () => {
      steps++;
    }),
    options,
  );
  return steps;
}

/** @param moments before which of the prune's steps each of the push's moments comes */
async function interleave(canMove: boolean, moments: readonly [number, number, number]): Promise<string> {
  const objects = await orphans();
  const push = steppedPush(objects);
  let step = 0;
  const catchUp = async () => {
    for (const moment of moments) if (moment === step) await push.next();
    step++;
  };
  const { putBack } = await pruneBlobs(memoryStorage(objects, canMove, catchUp), options);
  for (; step <= Math.max(...moments); ) await catchUp();
  const { sent } = await push.done;
  const present = [...objects.keys()].some((key) => key.includes(first?.hash ?? ''));
  expect(present).toBe(true);
  try {
    assertSound(documents(objects));
  } catch (error) {
    throw new Error(`the push's moments before steps ${moments} of the prune: ${error}`);
  }
  return putBack > 0 ? 'put back' : sent > 0 ? 'sent again' : 'untouched';
}

/** A push that does one of its three moments at a time. */
function steppedPush(objects: Objects) {
  if (first === undefined) throw new Error('no spec');
  const waiting: (() => void)[] = [];
  let arrived: () => void = () => {};
  let moment = -1;
  const stop = () =>
    new Promise<void>((resume) => {
      waiting.push(resume);
      arrived();
    });
  let manifestIsWritten = false;
  const storage = memoryStorage(objects, true, async (operation, key) => {
    const now = manifestIsWritten ? 2 : operation === 'put' && key.startsWith('v3/') ? 1 : 0;
    while (moment < now) {
      moment++;
      await stop();
    }
    if (now === 1) manifestIsWritten = true;
  });
  const done = publishEntry(storage, first, contentOf(first), undefined);
  let isDone = false;
  void done.finally(() => {
    isDone = true;
    arrived();
  });
  const settled = () =>
    new Promise<void>((resolve) => {
      arrived = resolve;
      if (waiting.length > 0 || isDone) resolve();
    });
  return {
    done,
    async next() {
      await settled();
      waiting.shift()?.();
      await settled();
    },
  };
}

// The other prune does all it does at once; this one and the push are where they happen to be.
describe.each([true, false])('two prunes at once, where blobs can be moved: %s', (canMove) => {
  it('and a push of what they prune end sound, wherever it begins, named at once or last of all', async () => {
    const steps = await countSteps(canMove);
    for (let other = 0; other <= steps; other++) {
      for (let finds = 0; finds <= steps; finds++) {
        for (const names of [finds, steps]) await beside(canMove, other, [finds, names, names]);
      }
    }
  });
});

/** Each moment comes before that step of the prune; the other prune before what the push does at the same step, or after. */
async function beside(canMove: boolean, other: number, moments: readonly [number, number, number]) {
  for (const isOtherFirst of [true, false]) {
    const objects = await orphans();
    const push = steppedPush(objects);
    const prune = async () => void (await pruneBlobs(memoryStorage(objects, canMove), options));
    let step = 0;
    const catchUp = async () => {
      const now = step++;
      if (now === other && isOtherFirst) await prune();
      for (const moment of moments) if (moment === now) await push.next();
      if (now === other && !isOtherFirst) await prune();
    };
    await pruneBlobs(memoryStorage(objects, canMove, catchUp), options);
    for (; step <= Math.max(other, ...moments); ) await catchUp();
    await push.done;
    try {
      assertSound(documents(objects));
    } catch (error) {
      throw new Error(`other prune ${other} (first: ${isOtherFirst}), push ${moments}: ${error}`);
    }
  }
}

it('in a folder, an old blob that a push has just found is deleted before it is named, 20 times: it is sent again', async () => {
  await using mirror = await tempDir();
  const storage = openFileStorage(mirror.path);
  await publishEntry(storage, second, contentOf(second), undefined);
  for (let round = 0; round < 20; round++) {
    await publishEntry(storage, first, contentOf(first), undefined);
    for (const key of folderDocuments(mirror.path).keys()) {
      if (key.includes(first.hash)) await storage.delete(key);
      else utimesSync(join(mirror.path, key), OLD, OLD);
    }
    let removed = 0;
    const pushing: typeof storage = {
      ...storage,
      put: async (key, ...rest) => {
        // It has found both blobs there; its manifest is not there yet.
        if (key.startsWith('v3/manifests/')) removed += (await pruneBlobs(storage, options)).removed.count;
        return await storage.put(key, ...rest);
      },
    };
    await publishEntry(pushing, first, contentOf(first), undefined);
    expect(removed).toBe(2);
    assertSound(folderDocuments(mirror.path));
  }
});

it('two prunes of a folder at once beside pushes of what they prune leave it sound', async () => {
  await using mirror = await tempDir();
  const storage = openFileStorage(mirror.path);
  for (let round = 0; round < 20; round++) {
    for (const spec of specs) await publishEntry(storage, spec, contentOf(spec), undefined);
    for (const key of folderDocuments(mirror.path).keys()) {
      if (key.startsWith('v3/manifests/')) await storage.delete(key);
      else utimesSync(join(mirror.path, key), OLD, OLD);
    }
    await Promise.all([
      pruneBlobs(storage, options),
      pruneBlobs(storage, options),
      ...specs.map((spec) => publishEntry(storage, spec, contentOf(spec), undefined)),
    ]);
    assertSound(folderDocuments(mirror.path));
  }
});
