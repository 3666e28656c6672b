import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyMirror, fixtureGraph } from '../../../cache/mirror-fixture.ts';
import { folderDocuments, indexOf } from '../../../cache/mirror-state.ts';
import { generateEnvironment } from '../../../harness/generate.ts';
import { generateMirror } from '../../../harness/generate-mirror.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { environmentOf } from '../../command-line.ts';
import { runVerb } from '../../run-verb.ts';

function listedIn(mirror: string, view: string): Set<string> {
  const records = [...(indexOf(folderDocuments(mirror), `${view}/`) ?? [])] as [
    string,
    { in_buildcache: boolean },
  ][];
  return new Set(records.filter(([, record]) => record.in_buildcache).map(([hash]) => hash));
}

/** A mirror of the fixture's specs and generated ones, and the generated ones' lockfile. */
async function mixedMirror() {
  const dir = await tempDir();
  const mirror = join(dir.path, 'mirror');
  copyMirror('1.2', 'unsigned', mirror);
  const generated = generateEnvironment({ specs: 6, seed: 3 });
  await generateMirror(mirror, generated, { index: false });
  const lockfile = join(dir.path, 'other.lock');
  writeFileSync(lockfile, generated.lockfile);
  const isBuilt = ({ external }: { external?: unknown }) => external === undefined;
  const ours = new Set([...fixtureGraph('1.2').nodes.values()].filter(isBuilt).map(({ hash }) => hash));
  const theirs = new Set([...generated.nodes.values()].filter(isBuilt).map(({ hash }) => hash));
  return { dir, mirror, cwd: dir.path, lockfile, ours, theirs };
}

it('warns of an index that lists nothing', async () => {
  await using dir = await tempDir();
  expect(await runVerb(['update-index', join(dir.path, 'typo')], dir.path)).toMatchObject({
    code: 0,
    err: 'warning: the index lists nothing: if the mirror is not new, check its URL\n',
  });
});

describe('update-index --name', () => {
  it('lists the specs of several environments, of those that are there', async () => {
    const { dir, mirror, cwd, lockfile, ours, theirs } = await mixedMirror();
    await using _ = dir;
    const [gone = ''] = theirs;
    const manifest = [...folderDocuments(mirror).keys()].find((key) => key.includes(gone)) ?? '';
    rmSync(join(mirror, manifest));
    const ran = await runVerb(['update-index', mirror, environmentOf('1.2'), lockfile, '-n', 'both'], cwd);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const expected = new Set([...ours, ...theirs]);
    expected.delete(gone);
    expect(listedIn(mirror, 'both')).toEqual(expected);
  });

  it('refuses, replaces or appends to one that is there, as told', async () => {
    const { dir, mirror, cwd, lockfile, ours, theirs } = await mixedMirror();
    await using _ = dir;
    const update = (...args: string[]) => runVerb(['update-index', mirror, ...args, '-n', 'mine'], cwd);
    expect((await update(environmentOf('1.2'))).code).toBe(0);
    expect(await update(lockfile)).toMatchObject({ code: 2, err: expect.stringContaining('--append') });
    expect(listedIn(mirror, 'mine')).toEqual(ours);
    expect((await update(lockfile, '--append')).code).toBe(0);
    expect(listedIn(mirror, 'mine')).toEqual(new Set([...ours, ...theirs]));
    expect((await update(lockfile, '--force')).code).toBe(0);
    expect(listedIn(mirror, 'mine')).toEqual(theirs);
    // One that is not there yet is begun.
    expect((await runVerb(['update-index', mirror, lockfile, '-n', 'new', '-a'], cwd)).code).toBe(0);
    expect(listedIn(mirror, 'new')).toEqual(theirs);
  });

  it('does not append to one that cannot be read', async () => {
    const { dir, mirror, cwd, lockfile } = await mixedMirror();
    await using _ = dir;
    await runVerb(['update-index', mirror, lockfile, '-n', 'mine'], cwd);
    writeFileSync(join(mirror, 'v3/manifests/index/mine/index.manifest.json'), '{}');
    const before = folderDocuments(mirror);
    expect(await runVerb(['update-index', mirror, lockfile, '-n', 'mine', '-a'], cwd)).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /^error: .*the document that names the index is incomplete.*[Rr]un update-index\n$/,
      ),
    });
    expect(folderDocuments(mirror)).toEqual(before);
  });

  it('wants a view where environments are named', async () => {
    const { dir, mirror, cwd, lockfile } = await mixedMirror();
    await using _ = dir;
    expect(await runVerb(['update-index', mirror, lockfile], cwd)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--name'),
    });
  });
});
