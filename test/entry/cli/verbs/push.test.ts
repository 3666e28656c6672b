import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKey } from '../../../cache/keys.ts';
import { folderDocuments, indexOf, listedHashes, publishedHashes } from '../../../cache/mirror-state.ts';
import { imageOf } from '../../../cache/registry-place.ts';
import { developSite } from '../../../harness/develop-site.ts';
import { startRegistry } from '../../../harness/registry.ts';
import { TEST_CREDENTIALS } from '../../../harness/s3-place.ts';
import { startS3Server } from '../../../harness/s3-server.ts';
import { type TempDir, tempDir } from '../../../harness/temp-dir.ts';
import { moveToyStore, SPACK_MIRROR, TOY_ENVIRONMENT } from '../../../tree/toy-store.ts';
import { type Ran, runVerb } from '../../run-verb.ts';

let dir: TempDir;
let store: string;
beforeAll(async () => {
  dir = await tempDir();
  store = join(dir.path, 'store');
  await moveToyStore(store);
});
afterAll(() => dir[Symbol.asyncDispose]());

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const cwd = join(dir.path, 'empty');
  mkdirSync(cwd, { recursive: true });
  return await runVerb(args, cwd, env);
}

async function servedBucket() {
  const server = await startS3Server();
  return { ...server, [Symbol.asyncDispose]: () => server.close() };
}

describe('buildcache push', () => {
  it('pushes an environment, indexed, with a line for each spec and a sum', async () => {
    const mirror = join(dir.path, 'm1');
    const ran = await run(['push', mirror, '--store', store, '-u', '--update-index', '-e', TOY_ENVIRONMENT]);
    expect(ran.code).toBe(0);
    expect(ran.err.match(/: pushed \(/g)).toHaveLength(6);
    expect(ran.out).toContain('6 pushed');
    expect(listedHashes(folderDocuments(mirror)).size).toBe(6);
    expect(indexOf(folderDocuments(mirror))).toEqual(indexOf(folderDocuments(SPACK_MIRROR)));
    const again = await run(['create', mirror, '/e5gs', '--store', store, '-u', '--json', '--rebuild-index']);
    expect(JSON.parse(again.out)).toMatchObject({
      version: 1,
      exit_code: 0,
      mirrors: [{ counts: { present: 6, pushed: 0 }, index: { changed: false } }],
    });
  });

  it('signs with the key from the variable, as a mirror named by its path is signed', async () => {
    const mirror = join(dir.path, 'm2');
    const args = ['push', mirror, 'gcc-runtime', '--store', store];
    expect(await run(args)).toMatchObject({ code: 2, err: expect.stringContaining('--unsigned') });
    const { privateKey } = await makeKey({ passphrase: 'p' });
    const key = { BUILDCACHE_SIGNING_KEY: privateKey };
    expect(await run(args, key)).toMatchObject({ code: 2, err: expect.stringContaining('passphrase') });
    expect(publishedHashes(folderDocuments(mirror)).size).toBe(0);
    const ran = await run(args, { ...key, BUILDCACHE_SIGNING_PASSPHRASE: 'p' });
    expect(ran.code).toBe(0);
    const [manifest] = [...folderDocuments(mirror)].filter(([name]) => name.includes('manifests/spec'));
    expect(manifest?.[1].toString()).toMatch(/^-----BEGIN PGP SIGNED MESSAGE-----/);
  });

  it("puts in images what the environment's prefix inspections say", async () => {
    await using server = await startRegistry();
    const environment = join(dir.path, 'inspected');
    mkdirSync(environment);
    copyFileSync(join(TOY_ENVIRONMENT, 'spack.lock'), join(environment, 'spack.lock'));
    const write = (modules: object) =>
      writeFileSync(join(environment, 'spack.yaml'), JSON.stringify({ spack: { modules } }));
    const args = [
      'push',
      `${server.url}toy/cache`,
      '--store',
      store,
      '-u',
      '-e',
      environment,
      '--tag',
      'all',
    ];
    write({ prefix_inspections: { './bin': 'PATH' } });
    expect(await run(args)).toMatchObject({
      code: 2,
      err: expect.stringContaining('prefix_inspections:./bin is malformed'),
    });
    expect(server.requests).toEqual([]);
    write({ 'prefix_inspections:': { './bin': ['TOOLS'] } });
    expect((await run(args)).code).toBe(0);
    const repository = server.repository('toy/cache');
    for (const tag of repository.tags.keys()) {
      const names = imageOf(repository, tag).config.config.Env.map((entry) => entry.split('=')[0]);
      expect(['PATH', 'TOOLS']).toEqual(expect.arrayContaining(names));
    }
    expect(imageOf(repository, 'all').config.config.Env[1]).toMatch(/^TOOLS=.*toyapp.*\/bin/);
  });

  it('pushes what is of local source, as it was asked to, with one warning that names it', async () => {
    await using site = await tempDir();
    const { hashes, build } = developSite(site.path);
    build();
    const args = ['push', './to', '-u', '--store', 'store', '-e', 'env', '--update-index'];
    const ran = await runVerb(args, site.path);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('4 pushed') });
    const warnings = ran.err.split('\n').filter((line) => line.startsWith('warning: '));
    expect(warnings).toEqual([
      expect.stringMatching(
        /^warning: own@1\.0\/\w{7}, app@1\.0\/\w{7}: built from local source, which the hash does not cover/,
      ),
    ]);
    expect(listedHashes(folderDocuments(join(site.path, 'to')))).toEqual(new Set(Object.values(hashes)));
    expect((await runVerb([...args, 'other'], site.path)).err).not.toContain('local source');
  });

  it('skips what another mirror has, and says so', async () => {
    const [upstream, mirror] = [join(dir.path, 'up'), join(dir.path, 'm3')];
    await run(['push', upstream, 'libtoy', '--store', store, '-u']);
    const args = ['push', mirror, 'toyapp', '--store', store, '-u', '--skip-present-in', upstream];
    const ran = await run(args);
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('2 pushed');
    expect(ran.out).toContain('4 in another mirror');
  });

  it.each(['endpoint_url', 'S3_ENDPOINT_URL'])(
    'believes no index of a bucket of the same name elsewhere, told by %s',
    async (where) => {
      await using full = await servedBucket();
      await using empty = await servedBucket();
      const cwd = join(dir.path, `elsewhere-${where}`);
      mkdirSync(cwd);
      const access_pair = { id_variable: 'S3_ID', secret_variable: 'S3_SECRET' };
      const ask = async (server: { readonly url: string }, args: readonly string[]) => {
        const endpoint = where === 'endpoint_url' ? { endpoint_url: server.url } : {};
        const mirrors = { bucket: { url: 's3://bucket/cache', signed: false, access_pair, ...endpoint } };
        writeFileSync(join(cwd, 'mirrors.yaml'), JSON.stringify({ mirrors }));
        const env = { S3_ID: TEST_CREDENTIALS.accessKeyId, S3_SECRET: TEST_CREDENTIALS.secretAccessKey };
        const own = where === 'endpoint_url' ? {} : { S3_ENDPOINT_URL: server.url };
        return await runVerb([...args, '--mirrors', 'mirrors.yaml', '--store', store, '-u'], cwd, {
          ...env,
          ...own,
        });
      };
      const ours = `file://${join(cwd, 'ours')}`;
      const skip = [
        'push',
        ours,
        'libtoy',
        '--skip-present-in',
        'bucket',
        '--index-ttl',
        '3600',
        '--dry-run',
      ];
      expect(await ask(full, ['push', 'bucket', 'libtoy', '--update-index'])).toMatchObject({ code: 0 });
      expect((await ask(full, skip)).out).toContain('0 would be pushed, 4 in another mirror');
      expect((await ask(empty, skip)).out).not.toContain('in another mirror');
    },
  );

  it('reads no index of --skip-present-in that is larger than allowed', async () => {
    const [upstream, mirror] = [join(dir.path, 'up2'), join(dir.path, 'm5')];
    await run(['push', upstream, 'libtoy', '--store', store, '-u', '--update-index']);
    const args = ['push', mirror, 'toyapp', '--store', store, '-u', '--skip-present-in', upstream];
    const ran = await run([...args, '--index-max-size', '1K']);
    expect(ran.err).toContain('--index-max-size');
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('4 in another mirror') });
  });

  it.each(['the database', 'the prefix'])(
    'pushes no spec of which %s says otherwise than the lockfile, and the others',
    async (where) => {
      const other = join(dir.path, `changed-${where.length}`);
      const mirror = join(dir.path, `changed-mirror-${where.length}`);
      await moveToyStore(other);
      const index = join(other, '.spack-db/index.json');
      const database = JSON.parse(readFileSync(index, 'utf8')) as {
        database: { installs: Record<string, { spec: { name: string; version: string }; path: string }> };
      };
      const records = Object.values(database.database.installs);
      const of = (name: string) => records.find(({ spec }) => spec.name === name) ?? expect.unreachable();
      if (where === 'the database') of('toypy').spec.version = '6.6.6';
      writeFileSync(index, JSON.stringify(database));
      const specFile = (name: string) => join(of(name).path, '.spack/spec.json');
      if (where === 'the prefix') copyFileSync(specFile('toymake'), specFile('toypy'));
      const args = ['push', mirror, '--store', other, '-u', '-e', TOY_ENVIRONMENT];
      const dry = await run([...args, '--dry-run']);
      expect(dry.code).toBe(1);
      const ran = await run(args);
      expect(ran.code).toBe(1);
      expect(ran.out + ran.err).toMatch(
        where === 'the database' ? /the version of toypy/ : /its prefix says that it is toymake@/,
      );
      const pushed = publishedHashes(folderDocuments(mirror));
      // The database's word is also about what needs the spec.
      expect(pushed.size).toBe(where === 'the database' ? 4 : 5);
      expect([...pushed].some((hash) => hash.startsWith('nqmmpba'))).toBe(false);
    },
  );

  it('pushes what needs a spec that only the lockfile has a commit of, as of one that Spack has reused', async () => {
    const [environment, mirror] = [join(dir.path, 'reused'), join(dir.path, 'reused-mirror')];
    cpSync(TOY_ENVIRONMENT, environment, { recursive: true });
    const file = join(environment, 'spack.lock');
    const text = readFileSync(file, 'utf8');
    const lock = JSON.parse(text) as {
      concrete_specs: Record<string, { name: string; parameters: Record<string, unknown> }>;
    };
    const libtoy = Object.values(lock.concrete_specs).find(({ name }) => name === 'libtoy');
    if (libtoy !== undefined) libtoy.parameters = { commit: 'a'.repeat(40), ...libtoy.parameters };
    writeFileSync(file, JSON.stringify(lock));
    expect(await run(['push', mirror, '--store', store, '-u', '-e', environment])).toMatchObject({
      code: 0,
      out: expect.stringContaining('6 pushed'),
    });
  });

  it.each([
    [['http://127.0.0.1:1/m', 'toyapp'], 'can only be read'],
    [['./m', 'toyapp', '--signed', '--unsigned'], 'cannot be used with'],
    [['nosuch', 'toyapp'], 'no mirror named'],
    [['./m'], 'there is no environment'],
    [['./m', '@1:'], 'matches'],
    [['./m', 'toyapp', '-m', './x'], 'first argument'],
  ])('%j: %s', async (args, message) => {
    const ran = await run(['push', ...args, '--store', store, ...(args.includes('--signed') ? [] : ['-u'])]);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(message);
  });
});

describe('buildcache update-index', () => {
  it('makes the index, the list of keys and views', async () => {
    const mirror = join(dir.path, 'm4');
    await run(['push', mirror, 'toyapp', '--store', store, '-u']);
    expect(await run(['update-index', mirror, '--keys'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('6 specs were read'),
    });
    const documents = folderDocuments(mirror);
    expect(listedHashes(documents).size).toBe(6);
    expect(documents.has('v3/manifests/key/keys.manifest.json')).toBe(true);
    expect(await run(['rebuild-index', mirror])).toMatchObject({
      out: expect.stringContaining('right already'),
    });
    const view = ['update-index', mirror, '--name', 'mine', '-e', TOY_ENVIRONMENT];
    expect(await run(view)).toMatchObject({ code: 0 });
    expect(indexOf(folderDocuments(mirror), 'mine/')?.size).toBe(8);
    expect(await run(view)).toMatchObject({ code: 2, err: expect.stringContaining('--force') });
    expect(await run([...view, '--force'])).toMatchObject({ code: 0 });
  });
});
