/** `--stamp` and `stamp: true`: what verbs and steps leave on mirrors, and what a prune makes of it. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { copyMirror, fixtureGraph } from '../cache/mirror-fixture.ts';
import { folderDocuments, makeOld, publishedHashes } from '../cache/mirror-state.ts';
import { fillFromSpack } from '../cache/registry-fixture.ts';
import { startRegistry } from '../harness/registry.ts';
import { startJob } from '../harness/runner.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { environmentOf, fromSource, ROOT } from './command-line.ts';
import { runVerb } from './run-verb.ts';

const ENV = environmentOf('1.2');
const graph = fixtureGraph('1.2');
const hashOf = (name: string) => [...graph.nodes.values()].find((node) => node.name === name)?.hash ?? '';
const all = [...graph.nodes.values()]
  .filter(({ external }) => external === undefined)
  .map(({ hash }) => hash);

let dir: TempDir;
let mirror: string;
beforeEach(async () => {
  dir = await tempDir();
  mirror = join(dir.path, 'mirror');
  copyMirror('1.2', 'unsigned', mirror);
  makeOld(mirror, 40);
});
afterEach(async () => await dir[Symbol.asyncDispose]());

const run = (...args: string[]) => runVerb(args, dir.path);
const at = (...more: string[]) => ['-m', `file://${mirror}`, ...more];

/** What all stamps of a mirror list. */
function stamped(folder = mirror): string[] {
  if (!existsSync(join(folder, 'stamps'))) return [];
  return readdirSync(join(folder, 'stamps')).flatMap(
    (name) => JSON.parse(readFileSync(join(folder, 'stamps', name), 'utf8')).needed,
  );
}

describe('--stamp', () => {
  it('of check leaves what the mirror has of what was checked, and only when it is said', async () => {
    await run('check', '-e', ENV, ...at());
    expect(stamped()).toEqual([]);
    const checked = await run('check', '-e', ENV, ...at('--stamp', 'libtoy', 'toymake'));
    expect(checked).toMatchObject({ code: 0, err: '' });
    expect(stamped().sort()).toEqual(['libtoy', 'toymake'].map(hashOf).sort());
    await run('check', '-e', ENV, ...at('--stamp', 'toypy'));
    expect(stamped().sort()).toEqual(['libtoy', 'toymake', 'toypy'].map(hashOf).sort());
  });

  it('of check is left, too, where the answer of an earlier check would do', async () => {
    for (let i = 0; i < 2; i++) expect((await run('check', '-e', ENV, ...at())).code).toBe(0);
    expect((await run('check', '-e', ENV, ...at('--stamp'))).code).toBe(0);
    expect(stamped().sort()).toEqual([...all].sort());
  });

  it('of check says nothing of what the mirror lacks', async () => {
    const [file = ''] = [...folderDocuments(mirror).keys()].filter((key) => key.includes('spec/toypy/'));
    rmSync(join(mirror, file));
    expect((await run('check', '-e', ENV, ...at('--stamp', '--verify', 'manifests'))).code).toBe(1);
    expect(stamped().sort()).toEqual(all.filter((hash) => hash !== hashOf('toypy')).sort());
  });

  it('of install leaves what is installed and what that runs with; a dry run leaves nothing', async () => {
    const store = mkdtempSync('/tmp/bc-'); // no longer than what the packages were built with
    onTestFinished(() => rmSync(store, { recursive: true, force: true }));
    const install = ['install', '-e', ENV, ...at('-u', '--store', store, '--otherarch', '--no-lock')];
    await run(...install, '--stamp', '--dry-run', 'libtoy');
    expect(stamped()).toEqual([]);
    expect(await run(...install, '--stamp', 'libtoy')).toMatchObject({ code: 0 });
    expect(stamped().sort()).toEqual(['libtoy', 'zlib-toy', 'gcc-runtime'].map(hashOf).sort());
  });

  it('of sync stamps the mirror that is copied to', async () => {
    const to = join(dir.path, 'release');
    expect((await run('sync', '-e', ENV, mirror, to, '--unsigned', '--stamp', 'libtoy')).code).toBe(0);
    expect(stamped(to)).toEqual([hashOf('libtoy')]);
    expect(stamped()).toEqual([]);
  });

  it('is a warning where it cannot be left, and does not change the answer', async () => {
    mkdirSync(join(mirror, 'stamps'));
    const today = `${new Date().toISOString().slice(0, 10)}.json`;
    writeFileSync(join(mirror, 'stamps', today), 'not ours');
    const { code, err } = await run('check', '-e', ENV, ...at('--stamp'));
    expect(code).toBe(0);
    expect(err).toMatch(/no stamp was left: .*delete it/is);
    expect(readFileSync(join(mirror, 'stamps', today), 'utf8')).toBe('not ours');
  });

  it('says of a registry that it keeps none, and what to do', async () => {
    await using server = await startRegistry();
    fillFromSpack(server.repository('toy/cache'));
    const tags = new Set(server.repository('toy/cache').tags.keys());
    const { code, err } = await run('check', '-e', ENV, '-m', `${server.url}toy/cache`, '--stamp');
    expect(code).toBe(0);
    expect(err).toMatch(/a registry keeps no stamps.*--keep-git/);
    expect(new Set(server.repository('toy/cache').tags.keys())).toEqual(tags);
  });
});

describe('a prune of a mirror with stamps', () => {
  it('removes first what was not needed lately, and keeps what was when it goes by age', async () => {
    await run('check', '-e', ENV, ...at('--stamp', 'libtoy'));
    const dry = JSON.parse(
      (await run('prune', mirror, '--max-size', '1', '--remove-all', '--dry-run', '--json')).out,
    );
    const needed = new Map(
      dry.plan.map((each: { hash: string; needed_at: string }) => [each.hash, each.needed_at]),
    );
    const today = new Date().toISOString().slice(0, 10);
    for (const name of ['libtoy', 'zlib-toy', 'gcc-runtime'])
      expect(needed.get(hashOf(name))).toContain(today);
    expect(needed.get(hashOf('toymake'))).not.toContain(today);

    const { code, out } = await run('prune', mirror, '--older-than', '30d', '--yes', '-v');
    expect(code).toBe(0);
    expect(out).toMatch(/stays: libtoy-[^:]*: needed since --older-than, as stamps say/);
    const left = ['libtoy', 'zlib-toy', 'gcc-runtime'].map(hashOf);
    expect(publishedHashes(folderDocuments(mirror))).toEqual(new Set(left));
    expect(stamped()).toEqual([hashOf('libtoy')]);
  });

  it('removes nothing by age where a stamp cannot be read, and says which', async () => {
    mkdirSync(join(mirror, 'stamps'));
    writeFileSync(join(mirror, 'stamps/2026-01-01.json'), '{"version": 7}');
    const { code, out } = await run('prune', mirror, '--older-than', '30d', '--yes');
    expect(code).toBe(1);
    expect(out).toMatch(
      /no entry is removed, since it is not known what was needed: .*2026-01-01\.json.*version 7/,
    );
    expect(publishedHashes(folderDocuments(mirror))).toEqual(new Set(all));
    // A list says itself what is needed.
    writeFileSync(join(dir.path, 'keep'), hashOf('libtoy'));
    expect((await run('prune', mirror, '-k', 'keep', '--yes')).code).toBe(0);
  });

  it('tells what it has removed where stamps cannot be cleared away', async () => {
    mkdirSync(join(mirror, 'stamps'));
    for (let i = 0; i < 1_001; i++) {
      const day = new Date(Date.UTC(1990, 0, 1 + i)).toISOString().slice(0, 10);
      writeFileSync(join(mirror, 'stamps', `${day}.json`), '{}');
    }
    writeFileSync(join(dir.path, 'keep'), hashOf('libtoy'));
    const { code, out } = await run('prune', mirror, '-k', 'keep', '--yes', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out).removed).toHaveLength(3);
    expect(JSON.parse(out).problems).toEqual([
      expect.stringMatching(/^old use stamps are left: .*more stamps than days/),
    ]);
  });

  it('removes stamps that say nothing any more', async () => {
    mkdirSync(join(mirror, 'stamps'));
    writeFileSync(join(mirror, 'stamps/2020-01-01.json'), '{"version": 1, "needed": []}');
    makeOld(mirror, 900, ['stamps/2020-01-01.json']);
    const { out } = await run('prune', mirror, '--older-than', '100d', '--yes', '--json');
    expect(JSON.parse(out)).toMatchObject({ old_stamps: 1, removed: [] });
    expect(readdirSync(join(mirror, 'stamps'))).toEqual([]);
  });
});

describe('stamp: true', () => {
  const FORK = {
    name: 'pull_request',
    payload: {
      repository: { full_name: 'octo-org/octo-repo' },
      pull_request: { number: 7, head: { repo: { full_name: 'stranger/fork', fork: true } } },
    },
  };

  it.each([
    ['a push', undefined, all.length],
    ["a stranger's pull request", FORK, 0],
  ])('of check, on %s', async (_, event, count) => {
    await using job = await startJob({
      here: fromSource,
      ...(event === undefined ? {} : { event }),
    } as never);
    const ours = join(job.workspace, 'mirror');
    copyMirror('1.2', 'unsigned', ours);
    cpSync(ENV, join(job.workspace, 'env'), { recursive: true });
    const step = await job.uses(join(ROOT, 'check'), {
      with: { environment: 'env', mirrors: 'ours=./mirror', stamp: true },
    });
    expect(step).toMatchObject({ exitCode: 0 });
    expect(stamped(ours)).toHaveLength(count);
    if (count === 0) expect(step.log).toContain('no stamp was left, since this run may not write to it');
  });
});
