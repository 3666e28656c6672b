/**
 * How fast `sync` copies a mirror of 1,000 specs, some small and some large: between folders as ratios to a
 * byte-copying `cp -r`, alone and with what it wrote synced to disk; to and between buckets of a local S3 server, as
 * ratios to `aws s3 sync` where there is one on the PATH; and between folders with Spack's own command where SPACK names
 * it. Each figure is the whole command, start-up included; of copies between folders it is checked that all is there.
 *
 *   npm run bench -- sync      wants the bundle (npm run build) and twelve times SYNC_BENCH_MB (1000) in $TMPDIR
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateMirror } from '../test/harness/generate-mirror.ts';
import { report, timeCommand } from './measure.mjs';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const SPECS = 1000;
const MEGABYTES = Number(process.env.SYNC_BENCH_MB ?? 1000);
const TIMES = 3;

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-sync-'));
  try {
    const from = join(folder, 'from');
    const env = join(folder, 'env');
    const files = await writeMirror(from, env);
    console.log(`${SPECS} specs, ${megabytes(from)} MB`);
    await folders(folder, from, env, files);
    await buckets(folder, from, env);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * In turns, each to a folder of its own: what others wrote is on disk before, and nothing is deleted meanwhile, since a
 * file system that has just lost thousands of files makes new ones slowly.
 */
async function folders(folder, from, env, files) {
  const best = {};
  const keep = (what, { best: time }) => {
    best[what] = Math.min(best[what] ?? time, time);
  };
  for (let round = 0; round < TIMES; round++) {
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
  const { cp, synced, ours, again, linked } = best;
  const toSynced = (time) => `${(time / synced).toFixed(2)}× the synced one`;
  report('cp -r --reflink=never', cp, cp);
  report('the same, and synced to disk as ours is', synced, cp);
  report('sync, folder to folder, digests checked', ours, cp, `1.5×; ${toSynced(ours)}`);
  report('again: nothing moves', again, cp);
  report('with --hard-link, digests checked', linked, cp, toSynced(linked));
  const { SPACK } = process.env;
  if (!SPACK) return console.log("Spack's own sync: not measured, the variable SPACK names no executable");
  const to = join(folder, 'spack');
  const spack = await timeCommand(SPACK, ['-e', env, 'buildcache', 'sync', from, to], {
    times: 1,
    env: {
      ...process.env,
      SPACK_USER_CONFIG_PATH: join(folder, 'spack-config'),
      SPACK_USER_CACHE_PATH: join(folder, 'spack-cache'),
    },
  });
  if (spack.code !== 0) throw new Error(`Spack's sync exited with ${spack.code}`);
  requireAll(to, files);
  report("Spack's own sync", spack.best, ours, 'ratio to ours');
}

/** @param files by path, their sizes */
function requireAll(folder, files) {
  for (const [path, size] of files) {
    if (statSync(join(folder, path)).size !== size) throw new Error(`${folder} lacks ${path}`);
  }
}

async function buckets(folder, from, env) {
  const server = await startServer();
  const access = {
    ...process.env,
    AWS_ACCESS_KEY_ID: server.id,
    AWS_SECRET_ACCESS_KEY: server.secret,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: server.url,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const hasAws = spawnSync('aws', ['--version']).status === 0;
  try {
    await pair('folder to bucket', from, 's3://upload/');
    await pair('bucket to bucket', 's3://upload/ours', 's3://copy/');
  } finally {
    server.stop();
  }

  async function pair(what, source, target) {
    const aws = hasAws
      ? await timeCommand('sh', ['-c', `aws s3 sync --only-show-errors ${source} ${target}aws`], {
          times: 1,
          env: access,
        })
      : undefined;
    if (aws === undefined) console.log('no aws on the PATH: nothing to compare with');
    else report(`aws s3 sync, ${what} (exit ${aws.code})`, aws.best, aws.best);
    const ours = await timeSync(folder, [source, `${target}ours`], { env, times: 1, access });
    report(`sync, ${what}`, ours.best, aws?.best, 'faster');
    const again = await timeSync(folder, [source, `${target}ours`], { env, times: 1, access });
    report('again: nothing moves', again.best, aws?.best);
  }
}

async function timeSync(folder, args, { before, env, times = TIMES, access = process.env }) {
  const own = {
    ...access,
    BUILDCACHE_CACHE_DIR: join(folder, 'cache'),
    BUILDCACHE_KEYRING: join(folder, 'keys'),
  };
  const all = [CLI, 'sync', '-e', env, '--unsigned', '-q', ...args];
  const timed = await timeCommand(process.execPath, all, { times, before, env: own });
  if (timed.code !== 0) throw new Error(`sync exited with ${timed.code}`);
  return timed;
}

/** Sizes as packages have them: most are small, a few make up most of the bytes. @returns sizes of entries' files, by path */
async function writeMirror(folder, env) {
  const environment = generateEnvironment({ specs: SPECS });
  const { entries } = await generateMirror(folder, environment);
  mkdirSync(env, { recursive: true });
  writeFileSync(join(env, 'spack.lock'), environment.lockfile);
  writeFileSync(join(env, 'spack.yaml'), 'spack:\n  specs: []\n');
  const block = randomBytes(64 * 1024 * 1024);
  const weights = [...entries].map((_, i) => 1 / (1 + (i % 100)));
  const sum = weights.reduce((a, b) => a + b, 0);
  const files = new Map();
  [...entries.values()].forEach(({ manifest, tarball, spec }, i) => {
    const size = Math.min(block.length - 1024, Math.round((weights[i] / sum) * MEGABYTES * 1e6));
    const bytes = Buffer.concat([Buffer.from(String(i)), block.subarray(0, size)]);
    const checksum = createHash('sha256').update(bytes).digest('hex');
    const blob = `blobs/sha256/${checksum.slice(0, 2)}/${checksum}`;
    mkdirSync(dirname(join(folder, blob)), { recursive: true });
    writeFileSync(join(folder, blob), bytes);
    rmSync(join(folder, tarball));
    const record = (mediaType, length, digest) => ({
      contentLength: length,
      mediaType,
      compression: 'gzip',
      checksumAlgorithm: 'sha256',
      checksum: digest,
    });
    const data = [
      record('application/vnd.spack.install.v2.tar+gzip', bytes.length, checksum),
      record('application/vnd.spack.spec.v5+json', statSync(join(folder, spec)).size, spec.slice(-64)),
    ];
    writeFileSync(join(folder, manifest), JSON.stringify({ version: 3, data }));
    for (const path of [blob, spec, manifest]) files.set(path, statSync(join(folder, path)).size);
  });
  return files;
}

function megabytes(folder) {
  const names = readdirSync(folder, { recursive: true });
  const bytes = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  return Math.round(bytes / 1e6);
}

/** In a process of its own: what it takes must not count as ours. */
async function startServer() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('s3-process.mjs', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise((resolve, reject) => {
    child.stdout.once('data', (text) => resolve(String(text)));
    child.once('error', reject);
  });
  return { ...JSON.parse(line), stop: () => child.kill() };
}
