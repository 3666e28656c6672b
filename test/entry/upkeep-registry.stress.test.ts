import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { specTag } from '../../src/cache/oci/tags.ts';
import { built, fixtureGraph } from '../cache/mirror-fixture.ts';
import { fillFromSpack } from '../cache/registry-fixture.ts';
import { forgeImage } from '../cache/registry-place.ts';
import { startRegistry, type TestRegistryOptions } from '../harness/registry.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { runVerb } from './run-verb.ts';

const specs = built(fixtureGraph('1.2'));
const specOf = (name: string) => {
  const found = specs.find((spec) => spec.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};
const tagOf = (name: string) => specTag(specOf(name));

const closing: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of closing.splice(0)) await each[Symbol.asyncDispose]();
});

async function open(options: TestRegistryOptions = {}) {
  const dir: TempDir = await tempDir();
  const server = await startRegistry(options);
  closing.push(server, dir);
  const repository = server.repository('toy/cache');
  fillFromSpack(repository);
  const url = `oci+http://${server.host}/toy/cache`;
  const run = async (verb: string, ...args: string[]) => {
    const { code, out, err } = await runVerb([verb, url, '--json', ...args], dir.path);
    return { code, err, report: out === '' ? undefined : JSON.parse(out) };
  };
  return { dir, repository, run };
}

describe('upkeep of a registry', () => {
  it.each(['exists', 'manifests', 'blobs', 'all'])(
    'finds nothing wrong in what Spack pushed (%s)',
    async (verify) => {
      const { run } = await open();
      const { code, report } = await run('check-index', '--verify', verify);
      expect(report).toMatchObject({ layout: 'oci', right: true, entries: 6, orphans: null });
      expect(code).toBe(0);
    },
  );

  it('prunes images and lists the rest, and leaves blobs to the registry', async () => {
    const { run, dir, repository } = await open({ deletes: 'digests' });
    const list = join(dir.path, 'keep');
    writeFileSync(list, specOf('libtoy').hash);
    const { code, report } = await run('prune', '-k', list, '--yes');
    expect({ code, blobs: report.blobs, removed: report.removed.length }).toEqual({
      code: 0,
      blobs: null,
      removed: 3,
    });
    const left = ['libtoy', 'zlib-toy', 'gcc-runtime'].map(tagOf);
    expect(new Set(repository.tags.keys())).toEqual(new Set([...left, 'index.spack']));
    expect((await run('check-index', '--verify', 'all')).report).toMatchObject({ right: true, entries: 3 });
  });

  it('comes under a bound by when images say that they were made', async () => {
    const { run, repository } = await open({ deletes: 'digests' });
    const whole = (await run('prune', '--max-size', '1T')).report;
    expect(whole).toMatchObject({ removed: [], over_bound: null, size: { after: whole.size.before } });
    const { code, report } = await run('prune', '--max-size', `${whole.size.before - 1}`, '--yes');
    expect({ code, removed: report.removed.length }).toEqual({ code: 0, removed: 1 });
    expect(repository.tags.has(report.removed[0].key)).toBe(false);
    const after = (await run('prune', '--max-size', '1T')).report.size.before;
    expect(after).toBe(report.size.after);
    const pinned = await run('prune', '--max-size', '1', '--pin', 'libtoy', '--yes');
    expect(pinned.report.over_bound).toMatch(/above 1 B/);
    const left = ['libtoy', 'zlib-toy', 'gcc-runtime'].map(tagOf);
    expect(new Set(repository.tags.keys())).toEqual(new Set([...left, 'index.spack']));
  });

  it('says what a registry without deletes does not let it do, and indexes it again', async () => {
    const { run, dir } = await open({ deletes: 'none' });
    const list = join(dir.path, 'keep');
    writeFileSync(list, specOf('libtoy').hash);
    const { code, report } = await run('prune', '-k', list, '--yes');
    expect(code).toBe(1);
    expect(report.removed).toEqual([]);
    expect(report.problems.join('\n')).toContain('does not delete');
    expect((await run('check-index')).report).toMatchObject({ right: true, entries: 6 });
  });

  it("removes another spec's image from a tag, and not from its own", async () => {
    const { run, repository } = await open();
    repository.tags.set(tagOf('toypy'), repository.tags.get(tagOf('toymake')) ?? '');
    expect((await run('check-index', '--verify', 'manifests')).report).toMatchObject({
      counts: { misfiled: 1 },
    });
    const repaired = await run('check-index', '--verify', 'manifests', '--repair');
    expect(repaired.report).toMatchObject({ right: true, entries: 5 });
    expect(repository.tags.has(tagOf('toymake'))).toBe(true);
    expect(repository.tags.has(tagOf('toypy'))).toBe(false);
  });
});

describe('a repair beside others', () => {
  /** An image whose layer is not there. @param change happens when the index forgets it, just before it is removed */
  const broken = async (
    change: (place: Awaited<ReturnType<typeof open>>, good: string, layer: string) => void,
  ) => {
    let onIndex: (() => void) | undefined;
    const place = await open({
      deletes: 'digests',
      fault: ({ method, path }) => {
        if (method === 'PUT' && path.endsWith('/manifests/index.spack')) onIndex?.();
        return undefined;
      },
    });
    const { repository, run } = place;
    const good = repository.tags.get(tagOf('toypy')) ?? '';
    const layer = forgeImage(repository, tagOf('toypy'));
    repository.blobs.delete(layer);
    await run('update-index');
    onIndex = () => change(place, good, layer);
    return place;
  };

  it('removes what nobody can use', async () => {
    const { run, repository } = await broken(() => undefined);
    const { code, report } = await run('check-index', '--verify', 'blobs', '--repair');
    expect({ code, report }).toMatchObject({ code: 0, report: { right: true, entries: 5 } });
    expect(repository.tags.has(tagOf('toypy'))).toBe(false);
  });

  it.each<readonly [string, Parameters<typeof broken>[0]]>([
    ['the image is pushed anew', ({ repository }, good) => repository.tags.set(tagOf('toypy'), good)],
    ['the layer comes back', ({ repository }, _, layer) => repository.blobs.set(layer, gzipSync('evil'))],
  ])('removes nothing where meanwhile %s', async (_, change) => {
    const { run, repository } = await broken(change);
    const { report } = await run('check-index', '--verify', 'blobs', '--repair');
    expect(report.repair.problems.join()).toMatch(
      /toypy.* was written or removed meanwhile by somebody else/,
    );
    expect(report).toMatchObject({ right: true, entries: 6, index: { listed: 6 } });
    expect(repository.tags.has(tagOf('toypy'))).toBe(true);
  });

  it('leaves what another tag means, too, and says which', async () => {
    const { run, repository } = await broken(() => undefined);
    repository.tags.set('latest', repository.tags.get(tagOf('toypy')) ?? '');
    const { code, report } = await run('check-index', '--verify', 'blobs', '--repair');
    expect({ code, removed: report.repair.removed }).toEqual({ code: 1, removed: [] });
    expect(report.repair.problems.join()).toMatch(/toypy.* is left, since it is needed: the image latest/);
    expect(repository.tags.has('latest')).toBe(true);
  });
});

describe('a registry that has just now lost sight of an image', () => {
  const isManifest = (path: string, tag: string) => path.endsWith(`/manifests/${tag}`);
  /** @param times how often its manifest is not there */
  const losing = async (tag: string, times: number) => {
    let left = times;
    const place = await open({
      deletes: 'digests',
      fault: ({ method, path }) =>
        method === 'GET' && isManifest(path, tag) && left-- > 0 ? NOT_THERE : undefined,
    });
    await place.run('update-index');
    left = times;
    return place;
  };
  const NOT_THERE = { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' };

  it('is asked again, and nothing is dropped from the index', async () => {
    const { run } = await losing(tagOf('libtoy'), 2);
    const { code, report } = await run('update-index', '--full');
    expect({ code, problems: report.problems }).toEqual({ code: 0, problems: [] });
    expect((await run('check-index')).report).toMatchObject({ right: true, index: { listed: 6 } });
  });

  it('keeps what the index says of what is listed, and says so', async () => {
    const { run, repository } = await losing(tagOf('libtoy'), Number.POSITIVE_INFINITY);
    const { code, report } = await run('update-index', '--full');
    expect(code).toBe(1);
    expect(report.problems).toEqual([
      expect.stringMatching(/kept in the index as it was: .*it is listed, and not/),
    ]);
    expect((await run('check-index')).report).toMatchObject({ index: { listed: 6 } });
    // Nobody lists it any more: it has been removed.
    repository.tags.delete(tagOf('libtoy'));
    await run('update-index', '--full');
    expect((await run('check-index')).report).toMatchObject({ index: { listed: 5 } });
  });

  it('is not judged by a check, repaired, or pruned', async () => {
    const { run, repository, dir } = await losing(tagOf('libtoy'), Number.POSITIVE_INFINITY);
    const tags = new Set(repository.tags.keys());
    const checked = await run('check-index', '--repair', '--verify', 'manifests');
    expect(checked.code).toBe(2);
    expect(checked.report.unknown).toEqual([expect.stringContaining('it is listed, and not there')]);
    const list = join(dir.path, 'keep');
    writeFileSync(list, specOf('libtoy').hash);
    await run('prune', '-k', list, '--yes');
    expect(repository.tags.has(tagOf('libtoy'))).toBe(true);
    expect(tags.has(tagOf('libtoy'))).toBe(true);
  });
});
