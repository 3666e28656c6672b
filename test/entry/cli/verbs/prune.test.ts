import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyMirror, fixtureGraph } from '../../../cache/mirror-fixture.ts';
import {
  assertSound,
  folderDocuments,
  indexOf,
  listedHashes,
  makeOld,
  publishedHashes,
} from '../../../cache/mirror-state.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { environmentOf } from '../../command-line.ts';
import { runVerb } from '../../run-verb.ts';

const graph = fixtureGraph('1.2');
const hashOf = (name: string) => [...graph.nodes.values()].find((node) => node.name === name)?.hash ?? '';

async function oldMirror() {
  const dir = await tempDir();
  const mirror = join(dir.path, 'mirror');
  copyMirror('1.2', 'unsigned', mirror);
  makeOld(mirror, 40);
  return { dir, mirror, cwd: dir.path };
}

describe('prune', () => {
  it('changes nothing without --yes, and says so; a dry run is no failure', async () => {
    const { dir, mirror, cwd } = await oldMirror();
    await using _ = dir;
    const list = join(cwd, 'keep');
    writeFileSync(list, `# ours\n/${hashOf('zlib-toy')}\n`);
    const before = folderDocuments(mirror);
    const asked = await runVerb(['prune', mirror, '--keeplist', list], cwd);
    expect(asked).toMatchObject({ code: 2, err: expect.stringContaining('--yes') });
    const dry = await runVerb(['prune', mirror, '--keeplist', list, '--dry-run', '--json'], cwd);
    expect(dry.code).toBe(0);
    const report = JSON.parse(dry.out);
    expect(report).toMatchObject({ dry_run: true, entries: 6 });
    expect(folderDocuments(mirror)).toEqual(before);
    const done = JSON.parse((await runVerb(['prune', mirror, '-k', list, '--yes', '--json'], cwd)).out);
    // It said before what it would do; the index it superseded is younger than a day.
    expect(done.removed).toEqual(report.removed);
    expect(done.blobs.removed.count).toBeGreaterThanOrEqual(report.blobs.removed.count);
  });

  it('keeps what is listed and all it needs, and leaves a sound mirror', async () => {
    const { dir, mirror, cwd } = await oldMirror();
    await using _ = dir;
    const list = join(cwd, 'keep');
    writeFileSync(list, hashOf('libtoy'));
    expect(await runVerb(['prune', mirror, '-k', list, '--yes'], cwd)).toMatchObject({ code: 0, err: '' });
    const documents = folderDocuments(mirror);
    const expected = new Set([hashOf('libtoy'), hashOf('zlib-toy'), hashOf('gcc-runtime')]);
    expect(publishedHashes(documents)).toEqual(expected);
    expect(listedHashes(documents)).toEqual(expected);
    assertSound(documents);
    const blobs = [...documents.keys()].filter((key) => key.startsWith('blobs/'));
    // Two for each entry, and the new index.
    expect(blobs.length).toBe(7);
    const again = await runVerb(['prune', mirror, '-k', list, '--json'], cwd);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ removed: [], needed: 2, blobs: { removed: { count: 0 } } });
  });

  it('names what goes, and what its age alone keeps', async () => {
    const { dir, mirror, cwd } = await oldMirror();
    await using _ = dir;
    const list = join(cwd, 'keep');
    writeFileSync(list, hashOf('libtoy'));
    const young = [...folderDocuments(mirror).keys()].filter((key) => key.includes('spec/toymake/'));
    makeOld(mirror, 0, young);
    const ran = await runVerb(['prune', mirror, '-k', list, '--yes'], cwd);
    expect(ran.out).toMatch(/^removed: toyapp-1\.0\/[a-z2-7]{7}$/m);
    expect(ran.out).toMatch(/^1 entry stays because of --grace: toymake-[\d.]+\/[a-z2-7]{7}$/m);
    const { out } = await runVerb(['prune', mirror, '-k', list, '--json'], cwd);
    expect(JSON.parse(out).young).toEqual([{ hash: hashOf('toymake'), key: young[0] }]);
  });

  it('keeps what a lockfile lists, and views keep what is left of them', async () => {
    const { dir, mirror, cwd } = await oldMirror();
    await using _ = dir;
    const environment = environmentOf('1.2');
    expect((await runVerb(['update-index', mirror, environment, '-n', 'mine'], cwd)).code).toBe(0);
    const kept = await runVerb(['prune', mirror, '--keep-environment', environment, '--json'], cwd);
    expect(kept.code).toBe(0);
    expect(JSON.parse(kept.out).removed).toEqual([]);
    const list = join(cwd, 'keep');
    writeFileSync(list, hashOf('toymake'));
    expect((await runVerb(['prune', mirror, '-k', list, '-y'], cwd)).code).toBe(0);
    const documents = folderDocuments(mirror);
    const present = publishedHashes(documents);
    expect(present.has(hashOf('toymake'))).toBe(true);
    expect(present.size).toBeLessThan(6);
    const view = [...(indexOf(documents, 'mine/') ?? [])] as [string, { in_buildcache: boolean }][];
    expect(new Set(view.filter(([, record]) => record.in_buildcache).map(([hash]) => hash))).toEqual(present);
    assertSound(documents);
  });

  it('removes no entry while it is not known what a kept one needs', async () => {
    const { dir, mirror, cwd } = await oldMirror();
    await using _ = dir;
    const kept = [...folderDocuments(mirror).keys()].find((key) => key.includes('spec/toyapp/')) ?? '';
    writeFileSync(join(mirror, kept), '{"version":3,"data":[]}');
    makeOld(mirror, 40);
    rmSync(join(mirror, 'v3/manifests/index'), { recursive: true });
    const list = join(cwd, 'keep');
    writeFileSync(list, hashOf('toyapp'));
    const { code, out } = await runVerb(['prune', mirror, '-k', list, '--yes', '--json'], cwd);
    expect(code).toBe(1);
    const report = JSON.parse(out);
    expect(report.removed).toEqual([]);
    expect(report.problems.join()).toContain('check-index --repair');
    expect(publishedHashes(folderDocuments(mirror)).size).toBeGreaterThanOrEqual(5);
  });

  it('removes by age, but not what something younger needs', async () => {
    const { dir, mirror, cwd } = await oldMirror();
    await using _ = dir;
    const young = [...folderDocuments(mirror).keys()].filter((key) => key.includes('spec/libtoy/'));
    expect(young).toHaveLength(1);
    makeOld(mirror, 3, young);
    expect((await runVerb(['prune', mirror, '--older-than', '30d', '--yes'], cwd)).code).toBe(0);
    const expected = new Set([hashOf('libtoy'), hashOf('zlib-toy'), hashOf('gcc-runtime')]);
    expect(publishedHashes(folderDocuments(mirror))).toEqual(expected);
  });

  it('removes nothing while there is an entry that needs a newer program', async () => {
    const { dir, mirror, cwd } = await oldMirror();
    await using _ = dir;
    const newer = [...folderDocuments(mirror).keys()].find((key) => key.includes('spec/toyapp/')) ?? '';
    writeFileSync(join(mirror, newer), '{"version":4,"blobs":"elsewhere"}');
    makeOld(mirror, 40);
    const before = folderDocuments(mirror);
    const list = join(cwd, 'keep');
    writeFileSync(list, hashOf('libtoy'));
    const { code, out } = await runVerb(['prune', mirror, '-k', list, '--yes', '--json'], cwd);
    expect(code).toBe(1);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ removed: [], blobs: { removed: { count: 0 } } });
    expect(report.problems).toEqual([
      expect.stringMatching(/no entry is removed: .*toyapp.*needs a newer program.*Update/),
      expect.stringMatching(/no blob is removed.*toyapp.*needs a newer program/),
    ]);
    expect(folderDocuments(mirror)).toEqual(before);
  });

  it('does not take blobs of pushes under way for a short grace, unless told that there are none', async () => {
    await using dir = await tempDir();
    const mirror = join(dir.path, 'mirror');
    copyMirror('1.2', 'unsigned', mirror);
    // Blobs that were sent, of an entry that is about to be written.
    rmSync(join(mirror, 'v3/manifests/spec/toypy'), { recursive: true });
    const before = folderDocuments(mirror);
    const short = ['prune', mirror, '--grace', '59m'];
    expect(await runVerb([...short, '--yes'], dir.path)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--nobody-pushes'),
    });
    expect((await runVerb([...short, '--dry-run'], dir.path)).code).toBe(0);
    expect(folderDocuments(mirror)).toEqual(before);
    const quiet = await runVerb(['prune', mirror, '--grace', '0', '--yes', '--nobody-pushes'], dir.path);
    expect(quiet.code).toBe(0);
    expect(folderDocuments(mirror).size).toBe(before.size - 2);
  });

  it('removes nothing young', async () => {
    await using dir = await tempDir();
    const mirror = join(dir.path, 'mirror');
    copyMirror('1.2', 'unsigned', mirror);
    const list = join(dir.path, 'keep');
    writeFileSync(list, hashOf('zlib-toy'));
    makeOld(mirror, 0);
    const before = folderDocuments(mirror);
    expect((await runVerb(['prune', mirror, '-k', list, '--yes'], dir.path)).code).toBe(0);
    expect(folderDocuments(mirror)).toEqual(before);
  });

  it('clears away what writers left who died', async () => {
    const { dir, mirror, cwd } = await oldMirror();
    await using _ = dir;
    const folder = join(mirror, 'blobs/sha256/04/.tmp-0123456789abcdef01234567');
    mkdirSync(folder);
    writeFileSync(join(folder, `host-1-${'a'.repeat(24)}`), 'half');
    makeOld(mirror, 3, ['blobs/sha256/04/.tmp-0123456789abcdef01234567']);
    const { code, out } = await runVerb(['prune', mirror, '--yes', '--json'], cwd);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ removed: [], leftovers: 1 });
  });

  it('refuses to remove all there is', async () => {
    const { dir, mirror, cwd } = await oldMirror();
    await using _ = dir;
    const before = folderDocuments(mirror);
    for (const age of ['30d', '0']) {
      expect(await runVerb(['prune', mirror, '--older-than', age, '--yes'], cwd)).toMatchObject({
        code: 2,
        err: expect.stringContaining('all 6 entries would be removed'),
      });
    }
    expect(folderDocuments(mirror)).toEqual(before);
  });

  it.each([
    ['without specs', 'no specs', 'keeps nothing'],
    ['that is cut short', '{"_meta": {"file-type"', 'not valid JSON'],
    ['that is empty', '', 'not valid JSON'],
    ['that is not there', undefined, 'no such file'],
  ])('refuses a lockfile %s, also beside a sound one', async (_, text, message) => {
    const { dir, mirror, cwd } = await oldMirror();
    await using __ = dir;
    const before = folderDocuments(mirror);
    const environment = environmentOf('1.2');
    const lock = JSON.parse(readFileSync(join(environment, 'spack.lock'), 'utf8'));
    const none = JSON.stringify({ ...lock, roots: [], concrete_specs: {} });
    const file = join(cwd, 'spack.lock');
    if (text !== undefined) writeFileSync(file, text === 'no specs' ? none : text);
    const keep = ['--keep-environment', environment, '--keep-environment', file];
    expect(await runVerb(['prune', mirror, ...keep, '--yes'], cwd)).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
    });
    expect(folderDocuments(mirror)).toEqual(before);
  });

  it.each([
    ['a hash that is none', 'abc', 'line 1'],
    ['an empty list', '\n# nothing\n', 'no hash'],
    ['a list of another mirror', 'a'.repeat(32), 'none of what is to be kept'],
  ])('refuses %s', async (_, text, message) => {
    const { dir, mirror, cwd } = await oldMirror();
    await using __ = dir;
    const before = folderDocuments(mirror);
    const list = join(cwd, 'keep');
    writeFileSync(list, text);
    expect(await runVerb(['prune', mirror, '-k', list, '--yes'], cwd)).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
    });
    expect(folderDocuments(mirror)).toEqual(before);
  });
});
