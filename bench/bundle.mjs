/**
 * How fast `bundle create` puts a mirror of 1,000 specs into a bundle, some small and some large, as a ratio to `tar` of
 * the same folder, with what both wrote synced to disk; and how fast it comes out of it again, to `tar -x`. Each figure is
 * the whole command, start-up included; ours checks every digest on the way.
 *
 *   npm run bench -- bundle    wants the bundle of the program (npm run build) and twelve times BUNDLE_BENCH_MB (1000) in $TMPDIR
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { megabytes, SPECS, writeMirror } from './large-mirror.mjs';
import { report, timeCommand } from './measure.mjs';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const PEAK = fileURLToPath(new URL('peak-memory.mjs', import.meta.url));
const MEGABYTES = Number(process.env.BUNDLE_BENCH_MB ?? 1000);
const TIMES = 3;

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-bundle-'));
  try {
    const [from, env] = [join(folder, 'from'), join(folder, 'env')];
    await writeMirror(from, env, MEGABYTES);
    console.log(`${SPECS} specs, ${megabytes(from)} MB`);
    await inTurns(folder, from, env);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In turns, each to a place of its own, with what others wrote on disk before. */
async function inTurns(folder, from, env) {
  const best = {};
  const settled = { times: 1, before: () => spawnSync('sync') };
  const time = async (what, command, args, more = {}) => {
    const timed = await timeCommand(command, args, { ...settled, ...more });
    if (timed.code !== 0) throw new Error(`${what} exited with ${timed.code}`);
    best[what] = Math.min(best[what] ?? timed.best, timed.best);
  };
  const ours = (what, ...args) =>
    time(what, process.execPath, [CLI, 'bundle', ...args], {
      env: {
        ...process.env,
        BUILDCACHE_CACHE_DIR: join(folder, 'cache'),
        BUILDCACHE_KEYRING: join(folder, 'keys'),
      },
    });
  for (let round = 0; round < TIMES; round++) {
    const to = (what) => join(folder, `${what}-${round}`);
    mkdirSync(to('x'));
    const synced = (command, file) => ['-c', `${command} && sync -f ${file}`];
    await time('tar', 'sh', synced(`tar -cf ${to('tar')}.tar -C ${from} .`, `${to('tar')}.tar`));
    await ours('create', 'create', '-q', '-e', env, '-m', from, '-u', '-o', `${to('ours')}.tar`);
    await ours(
      'volumes',
      'create',
      '-q',
      '-e',
      env,
      '-m',
      from,
      '-u',
      '--volume-size',
      `${Math.ceil(MEGABYTES / 4)}M`,
      '-o',
      `${to('parts')}.tar`,
    );
    await time('untar', 'sh', synced(`tar -xf ${to('tar')}.tar -C ${to('x')}`, to('x')));
    await ours('import', 'import', '-q', '-u', `${to('ours')}.tar`, to('in'));
  }
  const { tar, create, volumes, untar, import: imported } = best;
  report('tar -c, synced to disk', tar, tar);
  report('bundle create, digests checked, synced to disk', create, tar, '1.2×');
  report('the same, in five volumes', volumes, tar, '1.2×');
  report('tar -x, synced to disk', untar, untar);
  report('bundle import, digests checked, synced to disk', imported, untar);
  peak(folder, from, env);
}

function peak(folder, from, env) {
  const args = ['--import', PEAK, CLI, 'bundle', 'create', '-q', '-e', env, '-m', from, '-u', '-o'];
  const { stderr } = spawnSync(process.execPath, [...args, join(folder, 'peak.tar')], { encoding: 'utf8' });
  console.log(stderr.trim());
}
