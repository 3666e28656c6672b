import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { makeKey } from '../../cache/keys.ts';
import { assertSound, folderDocuments, listedHashes, publishedHashes } from '../../cache/mirror-state.ts';
import { TEST_CREDENTIALS } from '../../harness/s3-place.ts';
import { startS3Server } from '../../harness/s3-server.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { growingTree } from '../autopush-tree.ts';
import { environmentOf } from '../command-line.ts';
import { type RunOptions, runVerb } from '../run-verb.ts';

/** Goes on until the file `over` is there, and ends with what is in it. */
const BUILD = ['--', 'sh', '-c', 'while [ ! -e over ]; do sleep 0.02; done; exit "$(cat over)"'];

/** A build that goes on for as long as the test wants, and what watches it. */
async function building(mirror: object = {}) {
  const dir = await tempDir();
  const cwd = join(dir.path, 'work');
  mkdirSync(cwd);
  const mirrors = { ours: { url: './ours', signed: false, autopush: true, ...mirror } };
  writeFileSync(join(cwd, 'spack.yaml'), JSON.stringify({ spack: { mirrors } }));
  copyFileSync(join(environmentOf('1.2'), 'spack.lock'), join(cwd, 'spack.lock'));
  const tree = await growingTree(join(dir.path, 'store'));
  const documents = () => folderDocuments(join(cwd, 'ours'));
  // Whole: the build looks at it all the time.
  const end = (code = 0) => {
    writeFileSync(join(cwd, 'over.new'), `${code}`);
    renameSync(join(cwd, 'over.new'), join(cwd, 'over'));
  };
  return {
    cwd,
    tree,
    documents,
    /** How many blobs there are, whether anything names them or not. */
    blobs: () => [...documents().keys()].filter((key) => key.startsWith('blobs/')).length,
    autopush: (args: readonly string[], env: Record<string, string> = {}, more: RunOptions = {}) =>
      runVerb(
        ['autopush', '--store', tree.root, ...args],
        cwd,
        { PATH: process.env['PATH'] ?? '', BUILDCACHE_WATCH_NICE: '0', ...env },
        more,
      ),
    end,
    [Symbol.asyncDispose]: async () => {
      end();
      await dir[Symbol.asyncDispose]();
    },
  };
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 15_000; Date.now() < end; await sleep(20)) if (isSo()) return;
  throw new Error('it did not come about');
}

const WATCH = ['--watch', '--poll', '0.05'];
let made: ReturnType<typeof makeKey> | undefined;
const key = async () => {
  made ??= makeKey({ passphrase: 'p' });
  return { BUILDCACHE_SIGNING_KEY: (await made).privateKey, BUILDCACHE_SIGNING_PASSPHRASE: 'p' };
};

/** Says of the first blob that is put that it is the one. */
function blobsOfFirst(): (request: { readonly key: string; readonly method: string }) => boolean {
  let first: string | undefined;
  return ({ key: name, method }) => {
    if (method === 'PUT' && name.includes('/blobs/')) first ??= name;
    return name === first;
  };
}

describe('autopush --watch', () => {
  it('pushes each spec as soon as the database has it, and lists them when the build is over', async () => {
    await using run = await building();
    const ending = run.autopush([...WATCH, ...BUILD]);
    for (const name of ['gcc-runtime', 'toymake', 'zlib-toy']) {
      await run.tree.add({ [name]: 'built' });
      await until(() => publishedHashes(run.documents()).has(run.tree.hashOf(name)));
    }
    expect(listedHashes(run.documents()).size).toBe(0);
    run.end();
    const ran = await ending;
    expect(ran).toMatchObject({ code: 0, out: '3 pushed, 2 skipped, 0 failed\n' });
    expect(listedHashes(run.documents()).size).toBe(3);
    assertSound(run.documents());
  });

  it('of a signed mirror, sends the blobs at once and the signed manifests at the end', async () => {
    await using run = await building({ signed: true });
    const ending = run.autopush([...WATCH, ...BUILD], await key());
    await run.tree.add({ 'gcc-runtime': 'built', toymake: 'built' });
    await until(() => run.blobs() === 4);
    expect(publishedHashes(run.documents()).size).toBe(0);
    run.end();
    expect(await ending).toMatchObject({ code: 0, out: '2 pushed, 2 skipped, 0 failed\n' });
    const manifests = [...run.documents()].filter(([name]) => name.endsWith('.spec.manifest.json'));
    expect(manifests).toHaveLength(2);
    for (const [, text] of manifests) expect(text.toString()).toContain('BEGIN PGP SIGNED MESSAGE');
    assertSound(run.documents());
  });

  it('signs at once where that is asked for', async () => {
    await using run = await building({ signed: true });
    const ending = run.autopush([...WATCH, '--sign-while-building', ...BUILD], await key());
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(() => publishedHashes(run.documents()).size === 1);
    run.end();
    expect(await ending).toMatchObject({ code: 0 });
  });

  it('leaves the manifests to who has the key, whom they cost no blob', async () => {
    await using run = await building({ signed: true });
    const ending = run.autopush([...WATCH, '--blobs-only', ...BUILD]);
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(() => run.blobs() === 2);
    run.end();
    expect(await ending).toMatchObject({ code: 0 });
    expect(publishedHashes(run.documents()).size).toBe(0);
    const written = (name: string) => statSync(join(run.cwd, 'ours', name)).mtimeMs;
    const before = new Map([...run.documents().keys()].map((name) => [name, written(name)]));
    expect(await run.autopush([], await key())).toMatchObject({
      code: 0,
      out: '1 pushed, 2 skipped, 0 failed\n',
    });
    for (const [name, time] of before) expect(written(name), name).toBe(time);
    assertSound(run.documents());
  });

  it('leaves blobs that a prune keeps within its grace, and that are sent again after it', async () => {
    await using run = await building({ signed: true });
    const ending = run.autopush([...WATCH, '--blobs-only', ...BUILD]);
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(() => run.blobs() === 2);
    run.end();
    expect(await ending).toMatchObject({ code: 0 });
    const mirror = join(run.cwd, 'ours');
    // There is no entry yet, and no index that says so: it could be a mirror that is being copied.
    const prune = () => runVerb(['prune', mirror, '--yes', '--json', '--remove-all'], run.cwd);
    const age = (hours: number) => {
      const time = new Date(Date.now() - hours * 3_600_000);
      for (const name of run.documents().keys()) utimesSync(join(mirror, name), time, time);
    };
    age(23);
    expect(JSON.parse((await prune()).out).blobs).toMatchObject({ removed: { count: 0 } });
    expect(run.blobs()).toBe(2);
    age(25);
    expect(JSON.parse((await prune()).out).blobs).toMatchObject({ removed: { count: 2 } });
    expect(run.blobs()).toBe(0);
    expect(await run.autopush([], await key())).toMatchObject({ code: 0 });
    expect(publishedHashes(run.documents()).size).toBe(1);
    assertSound(run.documents());
  });

  it('tries again what a mirror refused, while the build goes on', async () => {
    let down = true;
    const server = await startS3Server({
      fault: ({ method }) => (down && method === 'PUT' ? { status: 403, code: 'AccessDenied' } : undefined),
    });
    try {
      const access_pair = { id_variable: 'S3_ID', secret_variable: 'S3_SECRET' };
      await using run = await building({ url: 's3://bucket/cache', endpoint_url: server.url, access_pair });
      const env = { S3_ID: TEST_CREDENTIALS.accessKeyId, S3_SECRET: TEST_CREDENTIALS.secretAccessKey };
      const ending = run.autopush([...WATCH, ...BUILD], env);
      await run.tree.add({ 'gcc-runtime': 'built' });
      await until(() => server.requests.some(({ method }) => method === 'PUT'));
      down = false;
      await until(() => [...server.objects.keys()].some((name) => name.endsWith('.spec.manifest.json')));
      run.end();
      const ran = await ending;
      expect(ran).toMatchObject({ code: 0, out: '1 pushed, 2 skipped, 0 failed\n' });
      expect(ran.err.match(/tried again later/g)).toHaveLength(1);
    } finally {
      await server.close();
    }
  });

  it.each([
    ['an unsigned', false, ({ key }: { key: string }) => key.includes('/spec/gcc-runtime')],
    // The first blob that is sent.
    ['a signed', true, blobsOfFirst()],
  ])('of %s mirror, one spec that fails keeps no other waiting', async (_, signed, isBad) => {
    const server = await startS3Server({
      fault: (request) =>
        request.method === 'PUT' && isBad(request) ? { status: 403, code: 'AccessDenied' } : undefined,
    });
    try {
      const access_pair = { id_variable: 'S3_ID', secret_variable: 'S3_SECRET' };
      const mirror = { url: 's3://bucket/cache', endpoint_url: server.url, access_pair, signed };
      await using run = await building(mirror);
      const env = { S3_ID: TEST_CREDENTIALS.accessKeyId, S3_SECRET: TEST_CREDENTIALS.secretAccessKey };
      const ending = run.autopush([...WATCH, ...BUILD], { ...env, ...(await key()) });
      const blobs = () => [...server.objects.keys()].filter((name) => name.includes('/blobs/')).length;
      await run.tree.add({ 'gcc-runtime': 'built' });
      await until(() => server.requests.some((request) => request.method === 'PUT' && isBad(request)));
      const before = blobs();
      await run.tree.add({ toymake: 'built', 'zlib-toy': 'built' });
      await until(() => blobs() === before + 4);
      run.end();
      expect(await ending).toMatchObject({ code: 1, out: '2 pushed, 2 skipped, 1 failed\n' });
    } finally {
      await server.close();
    }
  });

  it('leaves out beside the build what is left out at the end: what is not what its lockfile says', async () => {
    await using run = await building();
    const ending = run.autopush([...WATCH, ...BUILD]);
    // As a build would forge it that can write into any prefix.
    const all = `${run.tree.root}.all`;
    const names = readdirSync(all, { recursive: true, encoding: 'utf8' });
    const [spec = ''] = names.filter((name) => /toymake-[^/]*\/\.spack\/spec\.json$/.test(name));
    const text = readFileSync(join(all, spec), 'utf8');
    writeFileSync(join(all, spec), text.replaceAll('"4.4"', '"9.9"'));
    await run.tree.add({ toymake: 'built' });
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(() => publishedHashes(run.documents()).size === 1);
    await sleep(300);
    run.end();
    expect(await ending).toMatchObject({ code: 0, err: expect.stringMatching(/toymake.*prefix/) });
    expect(publishedHashes(run.documents())).toEqual(new Set([run.tree.hashOf('gcc-runtime')]));
  });

  it.each(['another', 'none'])(
    'goes by the lockfile that the build makes, where there is %s',
    async (before) => {
      await using run = await building();
      renameSync(join(run.cwd, 'spack.lock'), join(run.cwd, 'made'));
      if (before === 'another')
        copyFileSync(join(environmentOf('0.23'), 'spack.lock'), join(run.cwd, 'spack.lock'));
      const concretize = ['--', 'sh', '-c', `mv made spack.lock; touch begun; ${BUILD[3]}`];
      const ending = run.autopush(['-e', '.', ...WATCH, ...concretize]);
      await until(() => existsSync(join(run.cwd, 'begun')));
      await run.tree.add({ 'gcc-runtime': 'built' });
      await until(() => publishedHashes(run.documents()).size === 1);
      run.end();
      expect(await ending).toMatchObject({ code: 0, out: '1 pushed, 2 skipped, 0 failed\n' });
      assertSound(run.documents());
    },
  );

  it.each([[['-e', '.']], [[]]])(
    'pushes what was built by a build that removes its environment: %j',
    async (where) => {
      await using run = await building({ signed: true });
      const tidy = ['--', 'sh', '-c', `trap 'rm spack.lock spack.yaml' EXIT; ${BUILD[3]}`];
      const ending = run.autopush([...where, ...WATCH, ...tidy], await key());
      await run.tree.add({ 'gcc-runtime': 'built' });
      run.end();
      expect(await ending).toMatchObject({ code: 0 });
      expect(publishedHashes(run.documents())).toEqual(new Set([run.tree.hashOf('gcc-runtime')]));
    },
  );

  it('pushes what was built of an environment that the build has made, and removed', async () => {
    await using run = await building({ signed: true });
    renameSync(join(run.cwd, 'spack.lock'), join(run.cwd, 'made'));
    const script = `trap 'rm spack.lock spack.yaml' EXIT; mv made spack.lock; ${BUILD[3]}`;
    const ending = run.autopush(['-e', '.', ...WATCH, '--', 'sh', '-c', script], await key());
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(() => run.blobs() === 2);
    run.end();
    expect(await ending).toMatchObject({ code: 0, out: '1 pushed, 2 skipped, 0 failed\n' });
    expect(publishedHashes(run.documents())).toEqual(new Set([run.tree.hashOf('gcc-runtime')]));
  });

  it('builds nothing where no build could make a lockfile', async () => {
    await using run = await building();
    for (const name of ['spack.lock', 'spack.yaml']) rmSync(join(run.cwd, name));
    const watch = ['./ours', '--unsigned', '-e', '.', '--watch', '--', 'touch', 'begun'];
    expect(await run.autopush(watch)).toMatchObject({ code: 2, err: expect.stringContaining('no lockfile') });
    expect(existsSync(join(run.cwd, 'begun'))).toBe(false);
  });

  it('believes the database, not a prefix that is there', async () => {
    await using run = await building();
    const ending = run.autopush([...WATCH, ...BUILD]);
    await run.tree.add({ 'gcc-runtime': 'unlisted', toymake: 'uninstalled', 'zlib-toy': 'unpacked' });
    await sleep(300);
    expect(publishedHashes(run.documents()).size).toBe(0);
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(() => publishedHashes(run.documents()).size === 1);
    run.end();
    expect(await ending).toMatchObject({ code: 0 });
    expect(publishedHashes(run.documents())).toEqual(new Set([run.tree.hashOf('gcc-runtime')]));
  });

  it('reads a database again that was being written', async () => {
    await using run = await building();
    const ending = run.autopush([...WATCH, ...BUILD]);
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(() => publishedHashes(run.documents()).size === 1);
    const file = join(run.tree.root, '.spack-db/index.json');
    const whole = readFileSync(file, 'utf8');
    for (const torn of ['', whole.slice(0, 500), '{}']) {
      writeFileSync(file, torn);
      await sleep(120);
    }
    writeFileSync(`${file}.new`, whole);
    renameSync(`${file}.new`, file);
    await run.tree.add({ toymake: 'built' });
    await until(() => publishedHashes(run.documents()).size === 2);
    run.end();
    expect(await ending).toMatchObject({ code: 0, out: '2 pushed, 2 skipped, 0 failed\n' });
  });

  it('pushes what was built by a build that fails, and fails', async () => {
    await using run = await building();
    const ending = run.autopush([...WATCH, ...BUILD]);
    await run.tree.add({ 'gcc-runtime': 'built' });
    run.end(7);
    expect(await ending).toMatchObject({ code: 1, out: '1 pushed, 2 skipped, 0 failed\n' });
    expect(listedHashes(run.documents()).size).toBe(1);
  });

  it('has the exit code in its JSON, of a build that fails too, and where there is no install tree', async () => {
    await using run = await building();
    const fails = [...WATCH, '--json', '--', 'sh', '-c', 'exit 7'];
    const tree = ['--store', join(run.cwd, 'none')];
    for (const { code, out } of [await run.autopush(fails), await run.autopush([...tree, ...fails])])
      expect([code, JSON.parse(out).exit_code]).toEqual([1, 1]);
    const none = await run.autopush([...tree, ...WATCH, '--json', '--', 'true']);
    expect([none.code, JSON.parse(none.out).exit_code]).toEqual([0, 0]);
  });

  it('takes what is built in the last moment, and what an earlier watch has left', async () => {
    await using run = await building();
    await run.tree.add({ 'gcc-runtime': 'built' });
    run.end();
    const ran = await run.autopush(['--watch', '--poll', '3600', ...BUILD]);
    expect(ran).toMatchObject({ code: 0, out: '1 pushed, 2 skipped, 0 failed\n' });
  });

  it('without a command watches until it is told to stop, and then pushes the rest', async () => {
    await using run = await building({ signed: true });
    const stop = new AbortController();
    const ending = run.autopush(WATCH, await key(), { signal: stop.signal });
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(() => run.blobs() === 2);
    stop.abort();
    expect(await ending).toMatchObject({ code: 0, out: '1 pushed, 2 skipped, 0 failed\n' });
    expect(listedHashes(run.documents()).size).toBe(1);
  });

  it('is no error where nothing was built', async () => {
    await using run = await building();
    run.end();
    expect(await run.autopush([...WATCH, ...BUILD])).toMatchObject({ code: 0 });
  });

  it('does not hang on a server that hangs', async () => {
    const server = await startS3Server({ fault: ({ method }) => (method === 'PUT' ? 'stall' : undefined) });
    try {
      const access_pair = { id_variable: 'S3_ID', secret_variable: 'S3_SECRET' };
      await using run = await building({ url: 's3://bucket/cache', endpoint_url: server.url, access_pair });
      await run.tree.add({ 'gcc-runtime': 'built' });
      const limit = { BUILDCACHE_PUSH_TIMEOUT: '1' };
      const env = {
        S3_ID: TEST_CREDENTIALS.accessKeyId,
        S3_SECRET: TEST_CREDENTIALS.secretAccessKey,
        ...limit,
      };
      run.end();
      const began = Date.now();
      expect(await run.autopush([...WATCH, ...BUILD], env)).toMatchObject({
        code: 2,
        err: expect.stringContaining('cancelled'),
      });
      expect(Date.now() - began).toBeLessThan(30_000);
    } finally {
      await server.close();
    }
  });

  it('keeps how long builds took, for the next plan', async () => {
    await using run = await building();
    await run.tree.add({ 'gcc-runtime': 'built', toymake: 'built' });
    const [prefix = ''] = readdirSync(run.tree.root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /toymake-[^/]*\/\.spack$/.test(name),
    );
    writeFileSync(join(run.tree.root, prefix, 'install_times.json'), '{"total": 42.5}');
    run.end();
    expect(await run.autopush([...WATCH, '--times', 'times.json', ...BUILD])).toMatchObject({ code: 0 });
    const { builds } = JSON.parse(readFileSync(join(run.cwd, 'times.json'), 'utf8'));
    expect(builds).toEqual([
      { name: 'toymake', version: '4.4', hash: run.tree.hashOf('toymake'), seconds: 42.5 },
    ]);
  });

  it('keeps the key from the build, tells mirrors from the command, and wants --watch for one', async () => {
    await using run = await building();
    const ran = await run.autopush([...WATCH, 'ours', '--', 'sh', '-c', 'env > seen'], await key());
    expect(ran).toMatchObject({ code: 0 });
    expect(readFileSync(join(run.cwd, 'seen'), 'utf8')).not.toMatch(/PGP|PASSPHRASE/);
    expect(await run.autopush(['ours', '--', 'true'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--watch'),
    });
    expect(await run.autopush([...WATCH, '--', 'no-such-program'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('no-such-program'),
    });
    expect(await run.autopush(['--watch', '--poll', '0', '--', 'true'])).toMatchObject({ code: 2 });
    expect(existsSync(join(run.cwd, 'ours/v3/manifests/spec'))).toBe(false);
  });
});
