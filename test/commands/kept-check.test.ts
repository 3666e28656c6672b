import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dropUnverifiable } from '../../src/cache/index/store.ts';
import { copyMirror, deleteIndex, environmentOf } from '../entry/command-line.ts';
import { runVerb } from '../entry/run-verb.ts';
import { type Fault, startHttpServer } from '../harness/http-server.ts';
import { tempDir } from '../harness/temp-dir.ts';

const INDEX = '/mirror/v3/manifests/index/index.manifest.json';

/** A mirror that has everything, an environment, and how often which path has been asked for. */
async function gate(fault?: (path: string, user: string | undefined) => Fault) {
  const dir = await tempDir();
  const mirror = join(dir.path, 'mirror');
  const environment = join(dir.path, 'env');
  await copyMirror('1.2', 'unsigned', mirror);
  await cp(environmentOf('1.2'), environment, { recursive: true });
  const server = await startHttpServer({
    root: dir.path,
    fault: ({ path, headers }) => fault?.(path, headers.authorization),
  });
  const url = `${server.url}/mirror`;
  const ask = (args: readonly string[]) => runVerb(['check', '-e', environment, ...args], dir.path);
  const check = async (...args: string[]) => {
    const before = server.requests.length;
    const { code, out, err } = await ask(['-m', url, ...args]);
    return { code, out, err, asked: server.requests.slice(before).map(({ path }) => path) };
  };
  const folder = join(dir.path, '.cache/buildcache/index');
  const answers = () => readdirSync(folder).filter((name) => name.includes('.answer-'));
  return {
    ask,
    check,
    mirror,
    environment,
    folder,
    answers,
    url,
    root: dir.path,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

describe('the answer of a gate at which nothing was missing', () => {
  test('comes again for one request, in the same words', async () => {
    await using at = await gate();
    const first = await at.check();
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('nothing to rebuild') });
    const second = await at.check('--verbose');
    expect(second).toMatchObject({ code: 0, out: first.out, asked: [INDEX] });
    expect(second.err).toContain('what they were');
    expect(await at.check('--quiet')).toMatchObject({ code: 0, out: '', asked: [INDEX] });
    expect(await at.check('--index-ttl', '3600')).toMatchObject({ code: 0, out: first.out, asked: [] });
  });

  test('does not come again for another lockfile, however little it differs', async () => {
    await using at = await gate();
    await at.check();
    const lock = join(at.environment, 'spack.lock');
    const text = readFileSync(lock, 'utf8');
    writeFileSync(lock, `${text}\n`);
    expect((await at.check()).asked.length).toBeGreaterThan(1);
    writeFileSync(lock, text.replace(/"version":"([\d.]+)"/, '"version":"$1.1"'));
    expect(await at.check()).toMatchObject({ code: 2, err: expect.stringContaining('DAG hash') });
  });

  test('does not come again when the index is another, or is gone', async () => {
    await using at = await gate();
    await at.check();
    await deleteIndex('1.2', at.mirror);
    rmSync(join(at.mirror, 'v3/manifests/spec/zlib-toy'), { recursive: true });
    expect(await at.check()).toMatchObject({ code: 1, out: expect.stringContaining('zlib-toy') });
    expect((await runVerb(['update-index', at.mirror], at.root)).code).toBe(0);
    expect(await at.check()).toMatchObject({ code: 1, out: expect.stringContaining('zlib-toy') });
  });

  test.each<[string, Fault]>([
    ['a server that fails', { status: 500 }],
    ['a server that denies', { status: 403 }],
    ['a page', 'html'],
  ])('does not come again from %s', async (_, fault) => {
    let now: Fault;
    await using at = await gate((path) => (path.startsWith('/mirror') ? now : undefined));
    expect((await at.check()).code).toBe(0);
    now = fault;
    expect(await at.check('--retries', '0')).toMatchObject({ code: 2 });
  });

  test.each([
    ['a part of the specs', ['zlib-toy']],
    ['the roots only', ['--roots-only']],
    ['every manifest', ['--verify', 'manifests']],
    ['an answer that names each spec', ['--json']],
    ['a file that names what is missing', ['-o', 'rebuild.json']],
  ])('is no answer to %s', async (_, args) => {
    await using at = await gate();
    await at.check();
    expect((await at.check(...args)).asked).not.toEqual([INDEX]);
  });

  test('is the answer of all mirrors or none', async () => {
    await using at = await gate();
    const empty = join(at.root, 'empty');
    await mkdir(empty);
    const both = ['-m', `file://${empty}`];
    expect((await at.check(...both)).code).toBe(1);
    expect((await at.check()).code).toBe(0);
    expect((await at.check(...both)).code).toBe(1);
    expect((await at.check('-m', at.url.replace('127.0.0.1', 'localhost'))).code).toBe(0);
  });

  test.each([
    ['query', (url: string, who: string) => `${url}?tenant=${who}`],
    ['user', (url: string, who: string) => url.replace('//', `//${who}:none@`)],
  ])('is not that of another mirror by a %s, however fresh', async (_, as) => {
    await using at = await gate((path, user) =>
      /tenant=b|Yjpu/.test(`${path} ${user}`) ? { status: 404 } : undefined,
    );
    const fresh = ['--index-ttl', '3600', '-m'];
    const check = (who: string) => at.ask([...fresh, as(at.url, who)]);
    expect(await check('a')).toMatchObject({ code: 0 });
    expect(await check('b')).toMatchObject({ code: 1 });
    expect(await check('a')).toMatchObject({ code: 0 });
  });

  test('is kept only where an index lists everything', async () => {
    await using at = await gate();
    await deleteIndex('1.2', at.mirror);
    expect((await at.check()).code).toBe(0);
    expect((await at.check()).asked.length).toBeGreaterThan(1);
  });

  test.each(['', '{', '[]', '{"specs":6,"indices":[{}]}', '{"specs":6,"indices":[]}', '"x"'])(
    'is asked for anew where what was kept is %j',
    async (text) => {
      await using at = await gate();
      const first = await at.check();
      expect(at.answers()).toHaveLength(1);
      for (const name of at.answers()) writeFileSync(join(at.folder, name), text);
      const second = await at.check();
      expect(second).toMatchObject({ code: 0, out: first.out });
      expect(second.asked.length).toBeGreaterThan(1);
    },
  );

  test('is not believed where somebody else may have written it', async () => {
    await using at = await gate();
    await at.check();
    const [name = ''] = at.answers();
    const file = join(at.folder, name);
    const kept = readFileSync(file, 'utf8');
    writeFileSync(file, kept.replace('"specs":6', '"specs":7'));
    expect((await at.check()).asked.length).toBeGreaterThan(1);
    expect(readFileSync(file, 'utf8')).toBe(kept);
    const secret = join(at.root, '.local/state/buildcache/secret');
    expect(statSync(secret).mode & 0o777).toBe(0o600);
    rmSync(secret);
    expect((await at.check()).asked.length).toBeGreaterThan(1);
    expect(readFileSync(file, 'utf8')).not.toBe(kept);
    expect((await at.check()).asked).toEqual([INDEX]);
  });

  test('may not be kept where there is no room for it', async () => {
    await using at = await gate();
    writeFileSync(join(at.root, '.local'), '');
    expect((await at.check()).code).toBe(0);
    expect(at.answers()).toEqual([]);
    expect((await at.check()).code).toBe(0);
  });

  test('is dropped from a folder that comes from elsewhere', async () => {
    await using at = await gate();
    await at.check();
    await dropUnverifiable(at.folder);
    expect(at.answers()).toEqual([]);
  });
});
