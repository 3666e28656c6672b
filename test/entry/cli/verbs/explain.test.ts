import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { copyMirror } from '../../../cache/mirror-fixture.ts';
import { DEV_PATH, developSite } from '../../../harness/develop-site.ts';
import { startHttpServer } from '../../../harness/http-server.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { lockOf, lockText, mutate, WAYS } from '../../../plan/explain/mutate.ts';
import { readFixture } from '../../../spec/spec-nodes.ts';
import { deleteIndex, environmentOf, FIXTURES } from '../../command-line.ts';
import { runVerb } from '../../run-verb.ts';

interface Json {
  readonly exit_code: number;
  readonly complete: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly causes: readonly {
    readonly case: string;
    readonly changes: readonly { readonly kind: string; readonly from: string; readonly to: string }[];
    readonly changed: readonly { readonly name: string }[];
    readonly drags: readonly string[];
    readonly counted: number;
  }[];
  readonly specs: readonly {
    readonly name: string;
    readonly answer: string;
    readonly proven?: boolean;
    readonly holders?: readonly string[];
  }[];
}

const FIXTURE = readFixture('spack-1.2/env/spack.lock');
const TOP = ['toymake', 'zlib-toy', 'libtoy', 'toypy', 'toyapp'];

/** A folder with a mirror of the fixture's specs, and an environment in which one spec has changed. */
async function changed(name = 'zlib-toy', kind = 'version') {
  const dir = await tempDir();
  copyMirror('1.2', 'unsigned', join(dir.path, 'mirror'));
  const lock = lockOf(JSON.parse(FIXTURE));
  const way = WAYS.find((each) => each.kind === kind);
  if (way === undefined) throw new Error(`there is no way to change the ${kind}`);
  const only = {
    kind,
    change: ((node, context) =>
      node['name'] === name ? way.change(node, context) : undefined) satisfies typeof way.change,
  };
  const made = mutate(lock, 1, 1, [only]);
  if (made === undefined) throw new Error('nothing has changed');
  mkdirSync(join(dir.path, 'env'));
  writeFileSync(join(dir.path, 'env', 'spack.lock'), lockText(made.lock));
  writeFileSync(join(dir.path, 'old.lock'), FIXTURE);
  const mirror = pathToFileURL(join(dir.path, 'mirror')).href;
  return {
    ...dir,
    mirror,
    explain: (...args: readonly string[]) => runVerb(['explain', '-e', 'env', ...args], dir.path),
    async json(...args: readonly string[]): Promise<Json & { readonly code: number; readonly err: string }> {
      const { code, out, err } = await runVerb(['explain', '-e', 'env', '--json', ...args], dir.path);
      const json: Json = JSON.parse(out);
      expect(json.exit_code).toBe(code);
      return { ...json, code, err };
    },
  };
}

describe('against a mirror', () => {
  test('says which change drags which specs along, and proves it', async () => {
    await using dir = await changed();
    const { code, counts, causes } = await dir.json('-m', dir.mirror);
    expect(code).toBe(0);
    expect(counts).toMatchObject({ total: 6, missing: 4, changed: 4, proven: 4, elsewhere: 0, new: 0 });
    expect(causes).toHaveLength(1);
    expect(causes[0]).toMatchObject({
      case: 'change',
      changes: [{ kind: 'version', from: '1.3.1', to: '1.3.1.1' }],
      changed: [{ name: 'zlib-toy' }],
      counted: 4,
    });
  });

  test('fits on a screen, with all specs on request', async () => {
    await using dir = await changed();
    const short = await dir.explain('-m', dir.mirror);
    expect(short.out).toContain('    4  zlib-toy: version 1.3.1 → 1.3.1.1\n');
    expect(short.out).toContain('All 4 are proven');
    expect(short.out).not.toContain('follows');
    const long = await dir.explain('-m', dir.mirror, '--verbose');
    expect(long.out).toMatch(/\n {2}toyapp \w{7} → \w{7}: follows\n {4}libtoy \w{7} → \w{7}: follows\n/);
  });

  test('without an index, where its entries can be listed', async () => {
    await using dir = await changed();
    await deleteIndex('1.2', join(dir.path, 'mirror'));
    const { code, counts } = await dir.json('-m', dir.mirror);
    expect([code, counts]).toMatchObject([0, { changed: 4, proven: 4 }]);
  });

  test('without an index where nothing can be listed, what is missing is not called new', async () => {
    await using dir = await changed();
    await deleteIndex('1.2', join(dir.path, 'mirror'));
    await using server = await startHttpServer({ root: dir.path });
    const { code, complete, err } = await dir.json('-m', `${server.url}/mirror`);
    expect([code, complete]).toEqual([2, false]);
    expect(err).toMatch(/nothing of it could be compared: .*plain HTTP cannot list/);
  });

  test('a mirror that gives no answer is no reason to call anything missing', async () => {
    await using dir = await changed();
    const { code, counts } = await dir.json('-m', 'http://127.0.0.1:9/mirror', '--retries', '0');
    expect([code, counts]).toMatchObject([2, { missing: 0, unknown: 6 }]);
  });

  test('what another mirror has under the same hash was pruned or never pushed', async () => {
    await using dir = await changed();
    writeFileSync(join(dir.path, 'env', 'spack.lock'), FIXTURE);
    mkdirSync(join(dir.path, 'empty'));
    const empty = pathToFileURL(join(dir.path, 'empty')).href;
    const { code, counts, specs } = await dir.json('-m', empty, '-m', dir.mirror);
    expect([code, counts]).toMatchObject([0, { missing: 6, elsewhere: 6 }]);
    expect(specs[0]?.holders).toEqual([dir.mirror]);
    const { out } = await dir.explain('-m', empty, '-m', dir.mirror);
    expect(out).toContain(`pruned or never pushed here: ${dir.mirror} has the very same`);
  });

  test('nothing missing is said so, with exit code 0', async () => {
    await using dir = await changed();
    const { code, out } = await runVerb(['explain', '-e', environmentOf('1.2'), '-m', dir.mirror], dir.path);
    expect([code, out]).toEqual([0, expect.stringMatching(/^Nothing is missing of 6 specs/)]);
  });

  test('only the specs that are named', async () => {
    await using dir = await changed();
    const { counts, specs } = await dir.json('-m', dir.mirror, 'libtoy');
    expect(counts).toMatchObject({ total: 1, missing: 1 });
    expect(specs.map(({ name }) => name)).toEqual(['libtoy']);
  });

  test('an index that lacks a record says what cannot be proven', async () => {
    await using dir = await changed();
    const file = join(dir.path, 'index.json');
    const lock = lockOf(JSON.parse(FIXTURE));
    const records = [...lock.nodes].filter(([, { name }]) => name !== 'zlib-toy');
    const installs = Object.fromEntries(
      records.map(([hash, spec]) => [hash, { spec, ref_count: 1, in_buildcache: !('external' in spec) }]),
    );
    writeFileSync(file, JSON.stringify({ database: { version: '8', installs } }));
    rmSync(join(dir.path, 'mirror'), { recursive: true });
    mkdirSync(join(dir.path, 'mirror', 'build_cache'), { recursive: true });
    writeFileSync(join(dir.path, 'mirror', 'build_cache', 'index.json'), readFileSync(file));
    const { code, out } = await dir.explain('-m', dir.mirror);
    expect(code).toBe(0);
    expect(out).toContain('there is no record of zlib-toy/');
    expect(out).toMatch(/not proven: there is no record of zlib-toy\/\w{7}, which libtoy\/\w{7} needs/);
  });
});

describe('against something else', () => {
  test('another lockfile', async () => {
    await using dir = await changed('toymake', 'recipe');
    const { counts, causes } = await dir.json('--against', 'old.lock');
    expect(counts).toMatchObject({ total: 6, missing: 5, proven: 5 });
    expect(causes).toMatchObject([{ case: 'recipe', counted: 5 }]);
    const { out } = await dir.explain('--against', 'old.lock');
    expect(out).toContain('toymake: the recipe has changed, and nothing else\n');
    expect(out).toContain('Only recipes differ. All 5 are proven');
  });

  test('a lockfile of a git revision', async () => {
    await using dir = await changed();
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        cwd: dir.path,
        stdio: 'pipe',
      });
    git('init', '-q');
    git('add', 'old.lock');
    git('commit', '-qm', 'old');
    const env = { PATH: process.env['PATH'] ?? '' };
    const args = ['explain', '-e', 'env', '--json', '--against', 'git:HEAD:old.lock'];
    const { code, out } = await runVerb(args, dir.path, env);
    expect([code, JSON.parse(out).counts]).toMatchObject([0, { missing: 4, proven: 4 }]);
    const missing = await runVerb(['explain', '-e', 'env', '--against', 'git:v9:old.lock'], dir.path, env);
    expect([missing.code, missing.err]).toEqual([2, expect.stringMatching(/there is no revision "v9"/)]);
  });

  test('a lockfile of another spec format, which is told as such', async () => {
    await using dir = await changed();
    const { code, causes, counts } = await dir.json('--against', join(FIXTURES, 'spack-0.23/env'));
    expect([code, counts]).toMatchObject([0, { proven: 0 }]);
    expect(causes[0]).toMatchObject({ case: 'format', changes: [{ kind: 'format', from: '4', to: '5' }] });
  });

  test('an install tree', async () => {
    await using dir = await changed();
    const store = join(dir.path, 'store');
    mkdirSync(join(store, '.spack-db'), { recursive: true });
    const installs = Object.fromEntries(
      [...lockOf(JSON.parse(FIXTURE)).nodes].map(([hash, spec]) => [
        hash,
        { spec, path: `/opt/${hash}`, installed: true, explicit: false, ref_count: 0, installation_time: 1 },
      ]),
    );
    const database = { database: { version: '8', installs } };
    writeFileSync(join(store, '.spack-db', 'index.json'), JSON.stringify(database));
    const { counts } = await dir.json('--store', 'store');
    expect(counts).toMatchObject({ missing: 4, proven: 4 });
  });

  test('nothing at all is an error that says what to name', async () => {
    await using dir = await changed();
    const { code, err } = await dir.explain();
    expect([code, err]).toEqual([2, expect.stringMatching(/nothing to compare with.*--against/)]);
  });

  test.each([
    ['no.lock', /no such file/],
    ['git:-x:old.lock', /not a file of a git revision/],
    ['bad.lock', /not valid JSON/],
  ])('%s is one clear error', async (against, expected) => {
    await using dir = await changed();
    writeFileSync(join(dir.path, 'bad.lock'), '{');
    const { code, out, err } = await dir.explain('--against', against);
    expect([code, out, err.trim().split('\n')]).toEqual([2, '', [expect.stringMatching(expected)]]);
  });
});

test('as Markdown, nothing of a document is Markdown', async () => {
  await using dir = await changed();
  const { out } = await dir.explain('-m', dir.mirror, '--markdown');
  expect(out).toContain('### Why');
  expect(out).toContain('| 4 | 4 | zlib-toy&#58; version 1.3.1 → 1.3.1.1 |');
  expect(out).not.toMatch(/@(?!<!-- -->)\w/);
});

test('the specs are those that the gate finds missing', async () => {
  await using dir = await changed();
  const { specs } = await dir.json('-m', dir.mirror);
  expect(specs.map(({ name }) => name).sort()).toEqual(TOP.filter((name) => name !== 'toymake').sort());
});

test('of what is built from local source it says so, and not that a mirror has the very same', async () => {
  await using dir = await tempDir();
  developSite(dir.path);
  const ask = (...args: string[]) => runVerb(['explain', '-e', 'env', '-m', './mirror', ...args], dir.path);
  const { code, out } = await ask('--verbose');
  expect(code).toBe(0);
  expect(out).toContain('\n    2  built from local source, which the hash does not cover: own, app\n');
  expect(out).toMatch(/\napp@1\.0 .* {2}depends on own, which is built from local source\n/);
  expect(out).not.toContain('the very same');
  const { counts, specs } = JSON.parse((await ask('--json')).out);
  expect(counts).toMatchObject({ total: 4, missing: 2, local: 2, changed: 0, elsewhere: 0, new: 0 });
  expect(specs).toMatchObject([
    { name: 'own', answer: 'local', reason: `built from local source: ${DEV_PATH}` },
    { name: 'app', answer: 'local', reason: 'depends on own, which is built from local source' },
  ]);
  expect((await ask('--markdown')).out).toContain('| 2 | 2 | built from local source');
});
