import { spawn, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeMirror } from './parts/large-mirror.mjs';
import { CLI, has, scratch, timeCommand } from './parts/measure.mjs';

export const about =
  '`sync` of a mirror of 1,000 specs and 1 GB, some small and some large: between folders against a byte-copying `cp -r`, alone and with what it wrote synced to disk; to and between buckets of a local S3 server against `aws s3 sync`. Each is the whole command. Wants 12 GB in `$TMPDIR`.';
export const notes =
  'All run in turns, each to a fresh folder, with what was written before on disk. Where memory takes all that `cp` writes, `cp -r` is 2.5 times as fast as `cp -r` and `sync`, and the aim is out of reach: every file of ours is synced before it gets its name, so that a crash leaves no torn blob under a digest.';

export async function run(bench) {
  using work = scratch('sync');
  const folder = work.path;
  const from = join(folder, 'from');
  const env = join(folder, 'env');
  const files = await writeMirror(from, env, bench.size(1000), bench.size(1e9));
  await folders(bench, folder, from, env, files);
  await buckets(bench, folder, from, env);
}

/**
 * In turns, each to a folder of its own: what others wrote is on disk before, and nothing is deleted meanwhile, since a
 * file system that has just lost thousands of files makes new ones slowly.
 */
async function folders(bench, folder, from, env, files) {
  const best = {};
  const keep = (what, { best: time }) => {
    best[what] = Math.min(best[what] ?? time, time);
  };
  for (let round = 0; round < bench.rounds(3); round++) {
    const to = (what) => join(folder, `${what}-${round}`);
    const settled = { times: 1, before: () => spawnSync('sync') };
    keep('cp', await timeCommand('cp', ['-r', '--reflink=never', from, to('cp')], settled));
    const both = `cp -r --reflink=never ${from} ${to('synced')} && sync -f ${to('synced')}`;
    keep('synced', await timeCommand('sh', ['-c', both], settled));
    keep('ours', await timeSync(folder, [from, to('ours')], { env, ...settled }));
    keep('again', await timeSync(folder, [from, to('ours')], { env, ...settled }));
    keep('linked', await timeSync(folder, [from, to('linked'), '--hard-link'], { env, ...settled }));
    for (const what of ['cp', 'ours', 'linked']) requireAll(to(what), files);
  }
  const cp = { what: 'cp -r', value: best.cp };
  const synced = { what: 'cp -r and sync', value: best.synced };
  bench.note('cp -r and sync', best.synced, 'ms', { floor: cp });
  bench.note('folder to folder', best.ours, 'ms', { floor: cp, aim: 1.5 });
  bench.note('folder to folder, beside synced copies', best.ours, 'ms', { floor: synced });
  bench.note('folder to folder, again: nothing moves', best.again, 'ms', { floor: cp });
  bench.note('folder to folder with --hard-link, digests checked', best.linked, 'ms', { floor: cp });
  const { SPACK } = process.env;
  if (!SPACK) return bench.skip("Spack's own sync", 'the variable SPACK names no executable');
  const to = join(folder, 'spack');
  const spack = await timeCommand(SPACK, ['-e', env, 'buildcache', 'sync', from, to], {
    times: 1,
    env: {
      ...process.env,
      SPACK_USER_CONFIG_PATH: join(folder, 'spack-config'),
      SPACK_USER_CACHE_PATH: join(folder, 'spack-cache'),
    },
  });
  requireAll(to, files);
  bench.note("Spack's own sync", spack.best, 'ms', { floor: { what: 'ours', value: best.ours } });
}

/** @param files by path, their sizes */
function requireAll(folder, files) {
  for (const [path, size] of files) {
    if (statSync(join(folder, path)).size !== size) throw new Error(`${folder} lacks ${path}`);
  }
}

async function buckets(bench, folder, from, env) {
  const server = await startServer();
  const access = {
    ...process.env,
    AWS_ACCESS_KEY_ID: server.id,
    AWS_SECRET_ACCESS_KEY: server.secret,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: server.url,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const pair = async (what, source, target) => {
    const command = ['-c', `aws s3 sync --only-show-errors ${source} ${target}aws`];
    const aws = has('aws') && (await timeCommand('sh', command, { times: 1, env: access }));
    if (!aws) bench.skip(`${what}: aws s3 sync`, 'there is no aws');
    const floor = aws && { what: 'aws s3 sync', value: aws.best };
    const ours = await timeSync(folder, [source, `${target}ours`], { env, times: 1, access });
    bench.note(what, ours.best, 'ms', aws ? { floor, aim: 1 } : {});
    const again = await timeSync(folder, [source, `${target}ours`], { env, times: 1, access });
    bench.note(`${what}, again: nothing moves`, again.best, 'ms', aws ? { floor } : {});
  };
  try {
    await pair('folder to bucket', from, 's3://upload/');
    await pair('bucket to bucket', 's3://upload/ours', 's3://copy/');
  } finally {
    server.stop();
  }
}

async function timeSync(folder, args, { before, env, times, access = process.env }) {
  const own = {
    ...access,
    BUILDCACHE_CACHE_DIR: join(folder, 'cache'),
    BUILDCACHE_KEYRING: join(folder, 'keys'),
  };
  const all = [CLI, 'sync', '-e', env, '--unsigned', '-q', ...args];
  return await timeCommand(process.execPath, all, { times, before, env: own });
}

/** In a process of its own: what it takes must not count as ours. */
async function startServer() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('parts/s3-process.mjs', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise((resolve, reject) => {
    child.stdout.once('data', (text) => resolve(String(text)));
    child.once('error', reject);
  });
  return { ...JSON.parse(line), stop: () => child.kill() };
}
