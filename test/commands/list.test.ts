import { cp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/entry/cli/cli.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { tempDir } from '../harness/temp-dir.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `buildcache list` with a folder of indices of its own. */
async function list(cache: string, ...args: string[]): Promise<Outcome> {
  let code = 0;
  let stdout = '';
  let stderr = '';
  const program = await buildProgram(
    ['list'],
    {
      env: { BUILDCACHE_CACHE_DIR: cache },
      cwd: fixtures,
      stdout: { write: (text) => (stdout += text), isTTY: false },
      stderr: { write: (text) => (stderr += text), isTTY: false },
      signal: new AbortController().signal,
      exit: (verdict) => (code = verdict),
    },
    '0',
  );
  await program.parseAsync(['list', ...args], { from: 'user' });
  return { code, stdout, stderr };
}

const mirrors = [
  'spack-1.2/mirror-signed',
  'spack-1.2/mirror-unsigned',
  'spack-0.23/mirror-signed',
  'spack-0.23/mirror-unsigned',
];

const TEXT: Readonly<Record<string, string>> = {
  'spack-1.2': `-- linux-debian12-x86_64_v3 / %c=gcc@12.2.0 ---------------------
2qpxivo toy.libtoy@2.0.0~ipo api=none build_system=cmake build_type=Release
e5gsqvj toy.toyapp@1.0~gui build_system=generic
x5la2pd toy.toymake@4.4 build_system=generic
ho3jsm3 toy.zlib-toy@1.3.1+optimize+pic+shared build_system=makefile

-- linux-debian12-x86_64_v3 / no compilers ----------------------
n7wlr2i toy.gcc-runtime@12.2.0 build_system=generic
nqmmpba toy.toypy@0.9-rc1 build_system=python_pip
`,
  'spack-0.23': `-- linux-debian12-x86_64_v3 / %gcc@=12.2.0 ----------------------
njmuhxw toy.libtoy@2.0.0~ipo api=none build_system=cmake build_type=Release
j7wgytz toy.toyapp@1.0~gui build_system=generic
i3esrem toy.toymake@4.4 build_system=generic
kkhwgtx toy.toypy@0.9-rc1 build_system=python_pip
zmnnzos toy.zlib-toy@1.3.1+optimize+pic+shared build_system=makefile
`,
};

function urlOf(folder: string): string {
  return pathToFileURL(folder).href;
}

/** The mirror's files without its index. */
async function withoutIndex(mirror: string, to: string): Promise<string> {
  await cp(join(fixtures, mirror), to, { recursive: true });
  await rm(join(to, 'v3/manifests/index'), { recursive: true, force: true });
  await rm(join(to, 'build_cache/index.json'), { force: true });
  await rm(join(to, 'build_cache/index.json.hash'), { force: true });
  return to;
}

describe.each(mirrors)('list on %s', (mirror) => {
  const text = TEXT[mirror.replace(/\/.*/, '')] ?? '';

  it('groups and sorts as Spack does, from the index, the local copy, and the entries alike', async () => {
    await using dir = await tempDir();
    const show = ['-a', '-l', '-N', '-v', '-m'];
    const cold = await list(dir.path, ...show, urlOf(join(fixtures, mirror)));
    const warm = await list(dir.path, ...show, urlOf(join(fixtures, mirror)));
    const bare = await withoutIndex(mirror, join(dir.path, 'bare'));
    const entries = await list(dir.path, ...show, urlOf(bare));
    expect([cold, warm, entries]).toEqual([1, 2, 3].map(() => ({ code: 0, stdout: text, stderr: '' })));
  });

  it('prints as JSON what Spack prints of each spec', async () => {
    await using dir = await tempDir();
    const expected = JSON.parse(
      await readFile(join(fixtures, mirror, '../expected/specs.json'), 'utf8'),
    ) as Record<string, { short_spec?: string }>;
    const { stdout } = await list(dir.path, '-a', '--json', '-m', urlOf(join(fixtures, mirror)));
    const specs = JSON.parse(stdout) as { hash: string; short_spec: string; mirrors: string[] }[];
    expect(specs.length).toBeGreaterThan(4);
    const shorts = JSON.stringify(expected);
    for (const { short_spec, mirrors: names } of specs) {
      expect(shorts).toContain(JSON.stringify(short_spec));
      expect(names).toEqual([pathToFileURL(join(fixtures, mirror)).href]);
    }
  });

  it.each([
    [['toyapp'], ['toyapp']],
    [
      ['toyapp', '@1.0', 'zlib-toy'],
      ['toyapp', 'zlib-toy'],
    ],
    [['^zlib-toy@1.3'], ['libtoy', 'toyapp', 'toypy']],
    [['zlib-api'], ['zlib-toy']],
    [
      ['toy{app,py}', 'lib*'],
      ['libtoy', 'toyapp', 'toypy'],
    ],
    [
      ['*-toy', 'toyapp@1.0'],
      ['toyapp', 'zlib-toy'],
    ],
    [['~gui', 'build_system=generic', '%gcc@12'], ['toyapp']],
  ])('finds %j, with the index and without', async (asked, names) => {
    await using dir = await tempDir();
    const bare = await withoutIndex(mirror, join(dir.path, 'bare'));
    for (const folder of [join(fixtures, mirror), bare]) {
      const { stdout } = await list(dir.path, '-a', '--json', '-m', urlOf(folder), ...asked);
      const found = (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name);
      expect(found.toSorted()).toEqual(names);
    }
  });

  it('over plain HTTP says that it cannot be listed where there is no index', async () => {
    await using dir = await tempDir();
    await using server = await startHttpServer({ root: await withoutIndex(mirror, join(dir.path, 'bare')) });
    const { code, stdout, stderr } = await list(dir.path, '-a', '-m', server.url);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('no index, and plain HTTP cannot list');
  });

  it('survives damage to whatever is kept', async () => {
    await using dir = await tempDir();
    const ask = () => list(dir.path, '-a', '-l', '-N', '-v', '-m', urlOf(join(fixtures, mirror)));
    await ask();
    const folder = join(dir.path, 'index');
    for (const name of await readdir(folder)) {
      const file = join(folder, name);
      const whole = await readFile(file);
      const changed = Buffer.from(whole);
      changed[whole.length >> 1] = (changed[whole.length >> 1] ?? 0) ^ 0x55;
      await writeFile(file, changed);
      expect((await ask()).stdout).toBe(text);
      await truncate(file, whole.length >> 2);
      expect((await ask()).stdout).toBe(text);
      await rm(file);
      expect((await ask()).stdout).toBe(text);
    }
  });
});

describe('list', () => {
  it('merges mirrors: each spec once, with the mirrors that have it', async () => {
    await using dir = await tempDir();
    const file = join(dir.path, 'mirrors.yaml');
    const half = join(dir.path, 'half');
    await withoutIndex('spack-1.2/mirror-unsigned', half);
    await rm(join(half, 'v3/manifests/spec/toyapp'), { recursive: true });
    const entries = { all: join(fixtures, 'spack-1.2/mirror-signed'), half };
    await writeFile(
      file,
      `mirrors:\n${Object.entries(entries)
        .map(([name, folder]) => `  ${name}: ${urlOf(folder)}\n`)
        .join('')}`,
    );
    const { code, stdout } = await list(dir.path, '-a', '--mirrors', file, 'toyapp', 'toymake');
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(1, 3)).toEqual(['toyapp@1.0  [all]', 'toymake@4.4  [all, half]']);
    const json = await list(dir.path, '-a', '--json', '--mirrors', file, 'toymake');
    expect(JSON.parse(json.stdout)).toMatchObject([{ name: 'toymake', mirrors: ['all', 'half'] }]);
  });

  it('lists what it can when a mirror gives no answer, and exits 2', async () => {
    await using dir = await tempDir();
    await using server = await startHttpServer({ fault: () => ({ status: 503 }) });
    const good = urlOf(join(fixtures, 'spack-1.2/mirror-signed'));
    const run = await list(dir.path, '-a', '--retries', '0', '-m', server.url, '-m', good, 'toyapp');
    expect(run).toMatchObject({ code: 2, stdout: expect.stringContaining('toyapp@1.0') });
    expect(run.stderr).toContain('503');
  });

  it.each([401, 403])('takes a mirror that refuses everything (%i) for no empty one', async (status) => {
    await using dir = await tempDir();
    await using server = await startHttpServer({ fault: () => ({ status }) });
    const run = await list(dir.path, '-a', '-m', server.url);
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`(${status})`) });
  });

  it('believes no pointer to another document than the one the mirror names', async () => {
    await using dir = await tempDir();
    const ask = (mirror: string) => list(dir.path, '-a', '-l', '-m', urlOf(join(fixtures, mirror)));
    const other = await ask('spack-0.23/mirror-unsigned');
    const folder = join(dir.path, 'index');
    const [document = ''] = (await readdir(folder)).filter((name) => name.endsWith('.index'));
    const before = await ask('spack-1.2/mirror-unsigned');
    for (const name of await readdir(folder)) {
      if (!name.startsWith('mirror-')) continue;
      const pointer = JSON.parse(await readFile(join(folder, name), 'utf8')) as object;
      const forged = { ...pointer, document: document.replace('.index', '') };
      await writeFile(join(folder, name), JSON.stringify(forged));
    }
    expect(await ask('spack-1.2/mirror-unsigned')).toEqual(before);
    expect(before.stdout).not.toBe(other.stdout);
  });

  it('exits 2 where nothing matches, unless that is fine', async () => {
    await using dir = await tempDir();
    const mirror = urlOf(join(fixtures, 'spack-1.2/mirror-signed'));
    expect(await list(dir.path, '-a', '-m', mirror, 'nosuch')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('no spec in the mirrors matches'),
    });
    expect(await list(dir.path, '-a', '--json', '-m', mirror, 'nosuch')).toMatchObject({
      code: 2,
      stdout: '[]\n',
    });
    expect(await list(dir.path, '-a', '--allow-empty', '-m', mirror, 'nosuch')).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it('reads no index larger than it may', async () => {
    await using dir = await tempDir();
    await using server = await startHttpServer({ root: join(fixtures, 'spack-1.2/mirror-signed') });
    const run = await list(dir.path, '-a', '--index-max-size', '1K', '-m', server.url);
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--index-max-size') });
    expect(await list(dir.path, '-a', '--index-max-size', '1M', '-m', server.url)).toMatchObject({ code: 0 });
  });

  it('works where no index can be kept', async () => {
    await using dir = await tempDir();
    const file = join(dir.path, 'a file');
    await writeFile(file, '');
    const run = await list(file, '-a', '-m', urlOf(join(fixtures, 'spack-1.2/mirror-signed')), 'toyapp');
    expect(run.stdout).toContain('toyapp@1.0');
    expect(run).toMatchObject({ code: 0 });
  });

  it('passes over an entry that is malformed, and says so', async () => {
    await using dir = await tempDir();
    const bare = await withoutIndex('spack-1.2/mirror-unsigned', join(dir.path, 'bare'));
    const folder = join(bare, 'v3/manifests/spec/toypy');
    for (const name of await readdir(folder)) await writeFile(join(folder, name), '{}');
    const run = await list(dir.path, '-a', '-m', urlOf(bare));
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('one spec could not be read') });
    expect(run.stdout).not.toContain('toypy');
    expect(run.stdout).toContain('toyapp');
  });

  it('names the column of a spec it cannot read', async () => {
    await using dir = await tempDir();
    await expect(list(dir.path, '-a', '-m', urlOf(dir.path), 'zlib@@')).rejects.toMatchObject({
      code: 'usage',
    });
  });
});
