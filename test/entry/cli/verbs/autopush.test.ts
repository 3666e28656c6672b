import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeKey } from '../../../cache/keys.ts';
import { folderDocuments, indexOf, listedHashes, publishedHashes } from '../../../cache/mirror-state.ts';
import { developSite } from '../../../harness/develop-site.ts';
import { TEST_CREDENTIALS } from '../../../harness/s3-place.ts';
import { type NotedRequest, startS3Server } from '../../../harness/s3-server.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { moveToyStore, SPACK_MIRROR, TOY_ENVIRONMENT } from '../../../tree/toy-store.ts';
import { growingTree } from '../../autopush-tree.ts';
import { environmentOf } from '../../command-line.ts';
import { type RunOptions, runVerb } from '../../run-verb.ts';

/** An empty tree, and an environment in the working directory whose mirrors `mirrors` configures. */
async function job(mirrors: Record<string, object> = { ours: {} }) {
  const dir = await tempDir();
  const cwd = join(dir.path, 'work');
  mkdirSync(cwd);
  const section = Object.entries(mirrors).map(([name, own]) => [
    name,
    { url: `./${name}`, signed: false, autopush: true, ...own },
  ]);
  writeFileSync(join(cwd, 'spack.yaml'), JSON.stringify({ spack: { mirrors: Object.fromEntries(section) } }));
  copyFileSync(join(environmentOf('1.2'), 'spack.lock'), join(cwd, 'spack.lock'));
  const tree = await growingTree(join(dir.path, 'store'));
  return {
    tree,
    cwd,
    autopush: (args: readonly string[], env: Record<string, string> = {}, more: RunOptions = {}) =>
      runVerb(['autopush', ...args, '--store', tree.root], cwd, env, more),
    documents: (mirror: string) => folderDocuments(join(cwd, mirror)),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

describe('buildcache autopush', () => {
  it('pushes what is new since it was recorded, indexed, and says why it does not push the rest', async () => {
    await using run = await job({ ours: {}, other: { autopush: false } });
    await run.tree.add({ 'gcc-runtime': 'built' });
    expect(await run.autopush(['--record', 'before.json'])).toEqual({
      code: 0,
      out: expect.stringMatching(/^3 specs are in .*store already\n$/), // with two external ones
      err: '',
    });
    await run.tree.add({ 'zlib-toy': 'built', toymake: 'uninstalled', libtoy: 'unpacked', toyapp: 'built' });
    const dry = await run.autopush(['--since', 'before.json', '--dry-run', '--json']);
    expect(JSON.parse(dry.out)).toMatchObject({ dry_run: true, pushed: [], missing: [] });
    const ran = await run.autopush(['--since', 'before.json', '--exclude', 'toyapp']);
    expect(ran).toMatchObject({ code: 0, out: '1 pushed, 3 skipped, 0 failed\n' });
    expect(ran.err).toMatch(/^zlib-toy@.*: pushed \(ours\)/m);
    expect(ran.err).toMatch(/^toymake@.*: skipped: not completely installed/m);
    expect(ran.err).toMatch(/^libtoy@.*: skipped: unpacked from a build cache/m);
    expect(ran.err).toMatch(/^toyapp@.*: skipped: excluded/m);
    expect(ran.err).not.toMatch(/^gcc-runtime@/m);
    expect(ran.err).toContain('warning: ours does not have gcc-runtime@');
    expect(listedHashes(run.documents('ours'))).toEqual(new Set([run.tree.hashOf('zlib-toy')]));
    const again = JSON.parse((await run.autopush(['--since', 'before.json', '--json'])).out);
    expect(again.missing.map(({ name }: { name: string }) => name)).toContain('gcc-runtime');
    expect(readdirSync(run.cwd)).not.toContain('other');
  });

  it('without a record takes everything that was built, and the mirrors that are named', async () => {
    await using run = await job({ ours: {}, other: { autopush: false } });
    await run.tree.add({ 'gcc-runtime': 'built', 'zlib-toy': 'unpacked', toymake: 'built' });
    const ran = await run.autopush(['other', './third', '-u', '--include', 'gcc-runtime', '--json']);
    expect(ran.code).toBe(0);
    const { pushed, skipped, ...rest } = JSON.parse(ran.out);
    expect(rest).toEqual({
      version: 1,
      exit_code: 0,
      dry_run: false,
      failed: [],
      problems: [],
      missing: [],
    });
    const hash = run.tree.hashOf('gcc-runtime');
    expect(pushed).toMatchObject([
      { name: 'gcc-runtime', hash, mirror: 'other' },
      { name: 'gcc-runtime', hash, mirror: './third' },
    ]);
    expect(skipped.map(({ name }: { name: string }) => name).sort()).toEqual([
      'gcc',
      'glibc',
      'toymake',
      'zlib-toy',
    ]);
    for (const mirror of ['other', 'third']) expect(listedHashes(run.documents(mirror)).size).toBe(1);
    expect(existsSync(join(run.cwd, 'ours'))).toBe(false);
  });

  it.each([
    ['is none', 'not JSON'],
    ['is of tomorrow', '{"version": 2, "builds": []}'],
    ['is a folder', undefined],
  ])(
    'says what it has pushed, and writes its copy-list, where the history of builds %s',
    async (_, history) => {
      await using run = await job({ ours: {}, release: { autopush: false } });
      const times = join(run.cwd, 'times.json');
      if (history === undefined) mkdirSync(times);
      else writeFileSync(times, history);
      await run.tree.add({ 'gcc-runtime': 'built' });
      const ran = await run.autopush(['--times', 'times.json', '--copy-to', 'release', '--json']);
      expect(ran).toMatchObject({
        code: 0,
        err: expect.stringMatching(/^warning: how long builds took .*times\.json/m),
      });
      expect(JSON.parse(ran.out).pushed).toHaveLength(1);
      expect(existsSync(join(run.cwd, 'copy-list.json'))).toBe(true);
      if (history !== undefined) expect(readFileSync(times, 'utf8')).toBe(history);
    },
  );

  it('leaves out what is of local source, and says how many, whatever else there is to push', async () => {
    await using dir = await tempDir();
    const { hashes, build } = developSite(dir.path);
    build();
    const args = ['autopush', './to', '-u', '--store', 'store'];
    for (const environment of [[], ['-e', 'env']]) {
      const ran = await runVerb([...args, ...environment], dir.path);
      const said = '2 skipped: built from local source, which the hash does not cover (';
      expect(ran).toMatchObject({ code: 0, out: '2 pushed, 2 skipped, 0 failed\n' });
      expect(ran.err).toContain(`\n${said}`);
      expect(ran.err).not.toContain('warning');
      const documents = folderDocuments(join(dir.path, 'to'));
      expect(listedHashes(documents)).toEqual(new Set([hashes.tool, hashes.other]));
      rmSync(join(dir.path, 'to'), { recursive: true });
    }
    build('tool', 'other');
    await runVerb(['autopush', '--store', 'store', '--record', 'before.json'], dir.path);
    build();
    const only = await runVerb([...args, '-e', 'env', '--since', 'before.json'], dir.path);
    expect(only).toMatchObject({ code: 0, out: '0 pushed, 2 skipped, 0 failed\n' });
    expect(existsSync(join(dir.path, 'to'))).toBe(false);
  });

  it("pushes Spack's own store as Spack does", async () => {
    await using dir = await tempDir();
    const store = join(dir.path, 'store');
    await moveToyStore(store);
    const args = ['autopush', './mirror', '-u', '--store', store, '-e', TOY_ENVIRONMENT];
    const ran = await runVerb(args, dir.path);
    expect(ran).toMatchObject({ code: 0, out: '6 pushed, 2 skipped, 0 failed\n' });
    expect(ran.err).toMatch(/^2 skipped: external: not built here \([^,]+, [^,]+\)$/m);
    const documents = folderDocuments(join(dir.path, 'mirror'));
    expect(indexOf(documents)).toEqual(indexOf(folderDocuments(SPACK_MIRROR)));
  });

  it('signs where the mirror is signed or it is told to, and pushes nothing there without a key', async () => {
    await using run = await job({ ours: { signed: true }, plain: {} });
    await run.tree.add({ 'gcc-runtime': 'built' });
    const isSigned = (mirror: string) =>
      [...run.documents(mirror)].some(
        ([key, text]) => key.includes('/spec/') && text.includes('BEGIN PGP SIGNED MESSAGE'),
      );
    const keyless = await run.autopush([]);
    expect(keyless).toMatchObject({ code: 1, out: expect.stringContaining('1 pushed, 2 skipped, 1 failed') });
    expect(keyless.err).toMatch(/^error: Not pushed to ours: .*key/m);
    expect(existsSync(join(run.cwd, 'ours'))).toBe(false);
    const warned = await run.autopush(['ours', '--push-failure', 'warn']);
    expect(warned).toMatchObject({ code: 0, err: expect.stringMatching(/^warning: Not pushed to ours/m) });
    const { privateKey } = await makeKey({ passphrase: 'p' });
    writeFileSync(join(run.cwd, 'key.asc'), privateKey);
    const env = { BUILDCACHE_SIGNING_PASSPHRASE: 'p' };
    const UNUSED = /^warning: nothing is signed, since plain is not configured as signed; .*--signed/m;
    const both = await run.autopush(['--signing-key-file', 'key.asc'], env);
    expect(both).toMatchObject({ code: 0, err: expect.not.stringMatching(UNUSED) });
    expect([isSigned('ours'), isSigned('plain')]).toEqual([true, false]);
    const unused = await run.autopush(['plain', '--signing-key-file', 'key.asc'], env);
    expect(unused).toMatchObject({ code: 0, err: expect.stringMatching(UNUSED) });
    expect(await run.autopush(['plain', '--signed', '--signing-key-file', 'key.asc'], env)).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 pushed'),
    });
    expect(isSigned('plain')).toBe(true);
  });

  it('says on a dry run what it would push', async () => {
    await using run = await job();
    await run.tree.add({ 'gcc-runtime': 'built' });
    const ran = await run.autopush(['--dry-run']);
    expect(ran.err).toMatch(/^gcc-runtime@.*: skipped \(ours\): dry run: it would be pushed/m);
    expect(existsSync(join(run.cwd, 'ours'))).toBe(false);
  });

  it('lists what was sent when it is cancelled, and exits with 2', async () => {
    const isLast = ({ method, key }: NotedRequest) => method === 'PUT' && key.includes('/spec/toymake');
    const server = await startS3Server({ fault: (request) => (isLast(request) ? 'stall' : undefined) });
    try {
      const access_pair = { id_variable: 'S3_ID', secret_variable: 'S3_SECRET' };
      await using run = await job({
        bucket: { url: 's3://bucket/cache', endpoint_url: server.url, access_pair },
      });
      await run.tree.add({ 'gcc-runtime': 'built', toymake: 'built' });
      const stop = new AbortController();
      const env = { S3_ID: TEST_CREDENTIALS.accessKeyId, S3_SECRET: TEST_CREDENTIALS.secretAccessKey };
      const ran = await run.autopush(['-j', '1'], env, {
        signal: stop.signal,
        onError: (text) => {
          if (text.includes('pushed (bucket)')) stop.abort();
        },
      });
      expect(ran).toMatchObject({ code: 2, out: '' });
      expect(ran.err).toMatch(/cancelled: 1 pushed, 2 skipped, 1 failed\n$/);
      expect(ran.err).not.toContain('toymake');
      expect(server.objects.has('bucket/cache/v3/manifests/index/index.manifest.json')).toBe(true);
    } finally {
      await server.close();
    }
  });

  it('reads no index that is larger than allowed to see what the mirror lacks', async () => {
    const server = await startS3Server();
    try {
      const access_pair = { id_variable: 'S3_ID', secret_variable: 'S3_SECRET' };
      await using run = await job({
        bucket: { url: 's3://bucket/cache', endpoint_url: server.url, access_pair },
      });
      const env = { S3_ID: TEST_CREDENTIALS.accessKeyId, S3_SECRET: TEST_CREDENTIALS.secretAccessKey };
      await run.tree.add({ 'gcc-runtime': 'built' });
      await run.autopush(['--record', 'before.json'], env);
      await run.tree.add({ 'zlib-toy': 'built' });
      const push = ['--since', 'before.json', '--index-max-size', '10'];
      expect(await run.autopush(push, env)).toMatchObject({
        code: 0,
        err: expect.stringContaining('warning: bucket does not have gcc-runtime@'),
      });
      const manifest = server.objects.get('bucket/cache/v3/manifests/index/index.manifest.json');
      const [digest = ''] = /[0-9a-f]{64}/.exec(String(manifest?.content)) ?? [];
      const asked = server.requests.filter(({ key }) => key.endsWith(digest)).map(({ method }) => method);
      expect(asked).toContain('PUT');
      expect(asked).not.toContain('GET');
    } finally {
      await server.close();
    }
  });

  it('is told what it lacks', async () => {
    await using run = await job({ ours: { autopush: false } });
    expect(await run.autopush([])).toMatchObject({ code: 2, err: expect.stringContaining('autopush: true') });
    expect(await run.autopush(['ours'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no install tree/),
    });
    await run.tree.add({ 'gcc-runtime': 'built' });
    execFileSync('mkfifo', [join(run.cwd, 'pipe')]);
    for (const [args, text] of [
      [['nosuch'], 'no mirror named'],
      [['ours', '--since', 'nothing.json'], 'nothing.json'],
      [['ours', '--since', 'spack.yaml'], 'not a record of an install tree'],
      [['ours', '--since', 'pipe'], 'a device or a pipe'],
      [['ours', '--since', 'a', '--record', 'b'], 'cannot be used with'],
      [['ours', '--include', 'toyapp@'], 'toyapp@'],
    ] as const) {
      expect(await run.autopush(args), text).toMatchObject({ code: 2, err: expect.stringContaining(text) });
    }
    expect(publishedHashes(run.documents('ours')).size).toBe(0);
  });
});
