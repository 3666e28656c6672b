/** `include_binary` and `exclude_binary` of a mirror, in every verb that pushes or takes binaries. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderDocuments, listedHashes, publishedHashes } from '../cache/mirror-state.ts';
import { graphs, specOf } from '../cache/signed-fixture.ts';
import { startRegistry } from '../harness/registry.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { moveToyStore, SPACK_MIRROR, TOY_ENVIRONMENT } from '../tree/toy-store.ts';
import { runVerb } from './run-verb.ts';

let dir: TempDir;
let store: string;
beforeAll(async () => {
  dir = await tempDir();
  store = join(dir.path, 'store');
  await moveToyStore(store);
});
afterAll(() => dir[Symbol.asyncDispose]());

const hashOf = (name: string) => specOf('1.2', name).hash;

/** Runs verbs with a mirrors.yaml of its own, and the toy environment. */
function at(name: string, mirrors: Record<string, object>) {
  const cwd = join(dir.path, name);
  mkdirSync(cwd);
  const section = Object.entries(mirrors).map(([key, own]) => [key, { signed: false, ...own }]);
  writeFileSync(join(cwd, 'mirrors.yaml'), JSON.stringify({ mirrors: Object.fromEntries(section) }));
  const shared = ['--mirrors', 'mirrors.yaml', '-e', TOY_ENVIRONMENT];
  return { cwd, run: (...args: string[]) => runVerb([...args, ...shared], cwd) };
}

describe('push', () => {
  it('leaves out what the filter of the push side leaves out, counts it and names it', async () => {
    const { cwd, run } = at('push', {
      ours: { url: './m', exclude_binary: ['toypy'], push: { exclude_binary: ['toymake', 'toyapp@1'] } },
    });
    const ran = await run('push', 'ours', '--store', store, '--update-index');
    expect(ran).toMatchObject({
      code: 0,
      out: expect.stringMatching(/4 pushed .*, 2 left out by its filter/),
    });
    expect(ran.err).toMatch(/^toyapp@1\.0\/\w{7}: left out: its exclude_binary has "toyapp@1"$/m);
    const documents = folderDocuments(join(cwd, 'm'));
    const published = publishedHashes(documents);
    expect(published.size).toBe(4);
    for (const name of ['toymake', 'toyapp']) expect(published.has(hashOf(name))).toBe(false);
    expect(listedHashes(documents)).toEqual(published);
    const again = JSON.parse((await run('push', 'ours', '--store', store, '--json', '--force')).out);
    expect(again).toMatchObject({ exit_code: 0, mirrors: [{ counts: { pushed: 4, filtered: 2 } }] });
    const left = again.mirrors[0].specs.filter(({ outcome }: { outcome: string }) => outcome === 'filtered');
    expect(left.map(({ name }: { name: string }) => name).sort()).toEqual(['toyapp', 'toymake']);
    expect(left[0].reason).toContain('exclude_binary');
  });

  it('is not green when there was nothing for the mirror', async () => {
    const { cwd, run } = at('push-none', { ours: { url: './m', include_binary: ['zlib-toy@9:'] } });
    for (const more of [[], ['--json'], ['-q']]) {
      const ran = await run('push', 'ours', '--store', store, 'toymake', ...more);
      expect(ran.code).toBe(2);
      expect(ran.out + ran.err).toContain('include_binary');
    }
    expect(existsSync(join(cwd, 'm/v3/manifests/spec'))).toBe(false);
  });

  it('knows no filter of a mirror that is named by its place', async () => {
    const { cwd, run } = at('push-url', { ours: { url: './m', include_binary: ['nosuch'] } });
    expect((await run('push', './m', '--store', store, '-u', 'toymake')).code).toBe(0);
    expect(publishedHashes(folderDocuments(join(cwd, 'm')))).toContain(hashOf('toymake'));
  });

  it('sends nothing when a filter is no spec, or a key is not known', async () => {
    for (const [name, own, message] of [
      ['bad', { exclude_binary: ['@@'] }, /mirrors\.yaml: mirror "ours" \(exclude_binary\): "@@" is no spec/],
      ['unknown', { exclude_binaries: ['toymake'] }, /mirror "ours" has an unknown key "exclude_binaries"/],
    ] as const) {
      const { cwd, run } = at(`push-${name}`, { ours: { url: './m', ...own } });
      const ran = await run('push', 'ours', '--store', store);
      expect(ran).toMatchObject({ code: 2, err: expect.stringMatching(message) });
      expect(ran.err.trimEnd().split('\n')).toHaveLength(1);
      expect(readdirSync(cwd)).toEqual(['mirrors.yaml']);
    }
  });

  it('makes images without the layers of what a registry is not for', async () => {
    await using server = await startRegistry();
    const { run } = at('push-oci', {
      ours: { url: `oci+http://${new URL(server.url).host}/toy/cache`, exclude_binary: ['zlib-toy'] },
    });
    const ran = await run('push', 'ours', '--store', store, '-t', 'all', '--json');
    expect(JSON.parse(ran.out)).toMatchObject({
      exit_code: 0,
      mirrors: [{ counts: { pushed: 5, filtered: 1, failed: 0 }, tagged: { name: expect.anything() } }],
    });
    expect(ran.code).toBe(0);
  });
});

describe('autopush', () => {
  it('leaves out the same, as skipped, and warns when nothing was for a mirror', async () => {
    const { cwd, run } = at('autopush', {
      some: { url: './some', autopush: true, exclude_binary: ['^zlib-toy', 'toymake'] },
      none: { url: './none', autopush: true, include_binary: ['nosuch'] },
    });
    const ran = await run('autopush', '--store', store, '--json');
    expect(ran.code).toBe(0);
    const { pushed, skipped, failed, missing } = JSON.parse(ran.out);
    expect(pushed.map(({ name }: { name: string }) => name).sort()).toEqual(['gcc-runtime', 'zlib-toy']);
    expect(failed).toEqual([]);
    expect(missing).toEqual([]);
    expect(skipped).toContainEqual(
      expect.objectContaining({
        name: 'toymake',
        mirror: 'some',
        reason: expect.stringContaining('"toymake"'),
      }),
    );
    expect(ran.err).toContain('warning: none: nothing was pushed');
    expect(publishedHashes(folderDocuments(join(cwd, 'some'))).size).toBe(2);
  });
});

describe('download and install', () => {
  const filtered = { url: `file://${SPACK_MIRROR}`, exclude_binary: ['toymake'] };

  it('take nothing from a mirror that may not serve it, and say why', async () => {
    const { cwd, run } = at('take', { ours: { ...filtered, push: { url: './p', exclude_binary: [] } } });
    const download = ['download', '-u', '-p', 'out', '-s'];
    expect((await run(...download, 'toypy')).code).toBe(0);
    expect(await run(...download, 'toymake')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/toymake@4\.4 .*ours may not serve it, its exclude_binary has "toymake"/),
    });
    expect(readdirSync(join(cwd, 'out')).some((name) => name.startsWith('toymake'))).toBe(false);
    const root = mkdtempSync('/tmp/bc-'); // no longer than what the packages were built with
    try {
      const install = ['install', '--store', root, '-u', '--otherarch', '--no-lock', '--json'];
      const { code, out } = await run(...install, 'toymake', 'zlib-toy');
      expect(code).toBe(1);
      const { specs } = JSON.parse(out);
      const outcomes = Object.fromEntries(
        specs.map((one: { name: string; outcome: string }) => [one.name, one]),
      );
      expect(outcomes['zlib-toy']).toMatchObject({ outcome: 'installed' });
      expect(outcomes['toymake']).toMatchObject({
        outcome: 'failed',
        reason: expect.stringContaining('may not serve it'),
      });
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('take it from another mirror, without a word about the first', async () => {
    const { run } = at('take-other', { ours: filtered, other: { url: `file://${SPACK_MIRROR}` } });
    const ran = await run('download', '-u', '-p', 'out', '-s', 'toymake', '--json');
    expect(JSON.parse(ran.out)).toMatchObject({ mirror: 'other' });
    expect(ran.err).not.toContain('ours');
  });
});

describe('check', () => {
  const url = `file://${SPACK_MIRROR}`;

  it('says that a mirror may not serve it: whoever installs has to build it', async () => {
    const { run } = at('check', { ours: { url, fetch: { exclude_binary: ['toymake'] } } });
    const ran = await run('check', '--json', '-o', 'rebuild.json');
    expect(ran.code).toBe(1);
    const result = JSON.parse(ran.out);
    expect(result.counts).toEqual({ total: 6, present: 5, rebuild: 1, unknown: 0 });
    expect(result.mirrors).toMatchObject([{ present: 5, missing: 1, filtered: 1 }]);
    const spec = result.specs.find(({ name }: { name: string }) => name === 'toymake');
    expect(spec).toMatchObject({
      decision: 'rebuild',
      mirrors: {
        ours: { state: 'missing', filtered: true, reason: expect.stringContaining('may not serve it') },
      },
    });
    const { out } = await run('check');
    expect(out).toMatch(/ours: 5 present, 1 missing \(1 it may not serve\)/);
    expect(out).toMatch(
      /- toymake@4\.4.*missing: ours, it may not serve it: its exclude_binary has "toymake"/,
    );
  });

  it.each([
    ['any', 0],
    ['all', 0],
    ['other', 0],
    ['ours', 1],
  ])('with --needs %s and another mirror that has it: exit %i', async (needs, code) => {
    const { run } = at(`check-${needs}`, { ours: { url, exclude_binary: ['toymake'] }, other: { url } });
    expect((await run('check', '--needs', needs)).code).toBe(code);
  });

  it('does not ask what would not count, and a mirror without an answer is no reason to rebuild', async () => {
    const gone = { url: 'http://127.0.0.1:1/gone', include_binary: ['nosuch'] };
    const { run } = at('check-gone', { gone, other: { url } });
    expect((await run('check')).code).toBe(0);
  });
});

it('list, sync and mirror list see what is there', async () => {
  const { cwd, run } = at('see', {
    ours: { url: `file://${SPACK_MIRROR}`, include_binary: ['toypy'] },
    to: { url: './to', exclude_binary: ['toypy'] },
  });
  expect((await run('list', '-a', '--mirrors', 'mirrors.yaml')).out).toContain('toymake');
  expect((await run('sync', 'ours', 'to', '--unsigned', '--all')).code).toBe(0);
  expect(publishedHashes(folderDocuments(join(cwd, 'to'))).size).toBe(
    [...graphs['1.2'].nodes.values()].filter(({ external }) => external === undefined).length,
  );
  const shown = await run('mirror', 'list', '--json');
  expect(JSON.parse(shown.out).mirrors[1]).toMatchObject({
    name: 'to',
    fetch: { include_binary: [], exclude_binary: ['toypy'] },
  });
});
