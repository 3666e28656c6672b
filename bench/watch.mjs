import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeKey } from '../test/cache/keys.ts';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateStore } from '../test/harness/generate-store.ts';
import { CLI, scratch } from './parts/measure.mjs';

export const about =
  'What `autopush --watch` takes from the build beside it. The build burns CPU on every core and lists a spec of 5 MB (machine code) for each 5 s of it, which is more to push than most builds make. A signed mirror in a folder.';
export const notes =
  'CPU is counted from when the watch starts to when the build ends; what comes after takes nothing from it. The time from built to sent is that of a machine on which every core is busy, and of the one that it shares with others.';

const builder = fileURLToPath(new URL('parts/watch-build.mjs', import.meta.url));
/** Linux counts CPU in hundredths of a second. */
const TICK = 0.01;

export async function run(bench) {
  using work = scratch('watch');
  const size = {
    specs: bench.size(24, 3),
    seconds: bench.isTrial ? 0.3 : 5,
    bytes: bench.size(5e6, 200e3),
  };
  const alone = await build(join(work.path, 'alone'), size, false);
  const watched = await build(join(work.path, 'watched'), size, true);
  bench.note('a build alone', alone.seconds, 's');
  bench.note('the same, watched', watched.seconds, 's', {
    floor: { what: 'alone', value: alone.seconds },
  });
  const floor = { what: "the build's", value: size.specs * size.seconds };
  bench.note('CPU of the watch', watched.cpu, 's', { floor, aim: 0.05 });
  bench.note('of it, to start', watched.start, 's');
  bench.note('from built to sent, the median', median(watched.lags), 's');
  bench.note('from built to sent, at most', Math.max(...watched.lags), 's');
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

async function build(place, { specs, seconds: each, bytes }, isWatched) {
  const store = join(place, 'store');
  const mirror = join(place, 'mirror');
  mkdirSync(mirror, { recursive: true });
  generateStore(store, generateEnvironment({ specs, seed: 5 }));
  fill(store, bytes);
  const all = join(place, 'all.json');
  cpSync(join(store, '.spack-db/index.json'), all);
  rmSync(join(store, '.spack-db/index.json'));
  const mirrors = { ours: { url: mirror, signed: true, autopush: true } };
  writeFileSync(join(place, 'spack.yaml'), JSON.stringify({ spack: { mirrors } }));
  const job = [process.execPath, builder, store, all, `${each}`, `${availableParallelism()}`];
  const watch = [process.execPath, CLI, 'autopush', '--watch', '--store', store, '--', ...job];
  const [command, ...args] = isWatched ? watch : job;
  const { privateKey } = await makeKey();
  const env = { ...process.env, BUILDCACHE_SIGNING_KEY: privateKey };
  const begin = performance.now();
  const child = spawn(command, args, { cwd: place, env, stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.resume();
  let isOver = false;
  const ended = once(child, 'close').then(([code]) => {
    isOver = true;
    if (code !== 0) throw new Error(`${command} exited with ${code}`);
  });
  // Of the watch itself: the build is its child, and counted apart.
  let start;
  let cpu = 0;
  while (!isOver && !existsSync(join(store, 'over'))) {
    cpu = cpuOf(child.pid) ?? cpu;
    if (start === undefined && existsSync(join(store, 'listed'))) start = cpu;
    await sleep(20);
  }
  const seconds = (performance.now() - begin) / 1000;
  await ended;
  return { seconds, cpu, start: start ?? cpu, lags: isWatched ? lags(store, mirror, bytes) : [] };
}

/** In seconds: the first spec that was built to the first tarball that was there, and so on. */
function lags(store, mirror, bytes) {
  const listed = readFileSync(join(store, 'listed'), 'utf8').trim().split('\n').map(Number);
  const sent = readdirSync(mirror, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => statSync(join(file.parentPath, file.name)))
    .filter(({ size }) => size > bytes / 10)
    .map(({ mtimeMs }) => mtimeMs)
    .sort((a, b) => a - b);
  if (sent.length !== listed.length) throw new Error(`${sent.length} tarballs of ${listed.length} specs`);
  return listed.map((time, i) => Math.max(1, sent[i] - time) / 1000);
}

function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK;
  } catch {
    return undefined;
  }
}

/** Machine code in every prefix, another piece in each. */
function fill(store, bytes) {
  const source = openSync(process.execPath, 'r');
  const piece = Buffer.alloc(bytes);
  let at = 10_000_000;
  for (const file of readdirSync(store, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('/lib/f0')) continue;
    readSync(source, piece, 0, bytes, at % 80_000_000);
    at += bytes;
    writeFileSync(join(store, file, '..', 'code'), piece);
  }
}
