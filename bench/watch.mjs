// What a watch takes from the build beside it. The build burns CPU on every core, so much for each spec, and lists it when
// that is done; a spec is 5 MB of this machine's own programs for 5 s of CPU, which is more to push than most builds make.
// Reported of one run: the watch's CPU to the build's, and how far it is behind when the build ends. A signed mirror, in a
// folder. WATCH_BENCH_SPECS and WATCH_BENCH_NICE (several, with commas) say otherwise.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeKey } from '../test/cache/keys.ts';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateStore } from '../test/harness/generate-store.ts';

const SPECS = Number(process.env.WATCH_BENCH_SPECS ?? 24);
const NICES = (process.env.WATCH_BENCH_NICE ?? '10,19').split(',');
const EACH_SECONDS = 5;
const EACH_BYTES = 5_000_000;
const CORES = availableParallelism();
/** Linux counts CPU in hundredths. */
const TICK = 0.01;

const program = fileURLToPath(new URL('../bin/buildcache', import.meta.url));
const builder = fileURLToPath(new URL('watch-build.mjs', import.meta.url));

export async function run() {
  const dir = mkdtempSync(join(tmpdir(), 'buildcache-bench-'));
  try {
    const built = SPECS * EACH_SECONDS;
    console.log(`${SPECS} specs of ${EACH_BYTES / 1e6} MB, ${EACH_SECONDS} s of CPU each, ${CORES} at once`);
    const alone = await build(dir, undefined);
    console.log(`alone: ${alone.seconds.toFixed(1)} s`);
    for (const nice of NICES) {
      const { seconds, cpu, started, behind } = await build(dir, nice);
      const share = (100 * cpu) / built;
      console.log(
        `watched at nice ${nice}: ${seconds.toFixed(1)} s, ${(seconds / alone.seconds).toFixed(3)}×; ` +
          `its CPU ${cpu.toFixed(2)} s, ${share.toFixed(1)} % of the build's   aim 5 % ` +
          `(${started.toFixed(2)} s of it to start); ${behind} of ${SPECS} specs not sent when the build ended`,
      );
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** @param nice undefined: nobody watches */
async function build(dir, nice) {
  const place = join(dir, `at-${nice}`);
  const store = join(place, 'store');
  mkdirSync(join(place, 'mirror'), { recursive: true });
  generateStore(store, generateEnvironment({ specs: SPECS, seed: 5 }));
  fill(store);
  const all = join(place, 'all.json');
  cpSync(join(store, '.spack-db/index.json'), all);
  rmSync(join(store, '.spack-db/index.json'));
  const mirrors = { ours: { url: join(place, 'mirror'), signed: true, autopush: true } };
  writeFileSync(join(place, 'spack.yaml'), JSON.stringify({ spack: { mirrors } }));
  const job = [process.execPath, builder, store, all, `${EACH_SECONDS}`, `${CORES}`];
  const watch = [program, 'autopush', '--watch', '--store', store, '--', ...job];
  const [command, ...args] = nice === undefined ? job : watch;
  const { privateKey } = await makeKey();
  const env = { ...process.env, BUILDCACHE_SIGNING_KEY: privateKey, BUILDCACHE_WATCH_NICE: nice ?? '' };
  const begin = performance.now();
  const child = spawn(command, args, { cwd: place, env, stdio: ['ignore', 'ignore', 'inherit'] });
  let over = false;
  const ended = once(child, 'close').then(([code]) => {
    over = true;
    if (code !== 0) throw new Error(`exit code ${code}`);
  });
  // Of the watch itself: the build is its child, and counted apart. What it does once the build is over is no part of it.
  let started;
  let cpu = 0;
  while (!over && !existsSync(join(store, 'over'))) {
    cpu = cpuOf(child.pid) ?? cpu;
    if (started === undefined && existsSync(join(store, 'listed'))) started = cpu;
    await sleep(20);
  }
  const seconds = (performance.now() - begin) / 1000;
  const behind = SPECS - sentIn(join(place, 'mirror'));
  await ended;
  rmSync(place, { recursive: true });
  return { seconds, cpu, started: started ?? 0, behind };
}

/** Tarballs, each of which is larger than anything else. */
function sentIn(mirror) {
  const files = readdirSync(mirror, { recursive: true, withFileTypes: true });
  return files.filter((file) => file.isFile() && sizeOf(join(file.parentPath, file.name)) > 100_000).length;
}

function sizeOf(file) {
  try {
    return readFileSync(file).length;
  } catch {
    return 0;
  }
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
function fill(store) {
  const source = openSync(process.execPath, 'r');
  const piece = Buffer.alloc(EACH_BYTES);
  let at = 10_000_000;
  for (const file of readdirSync(store, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('/lib/f0')) continue;
    readSync(source, piece, 0, EACH_BYTES, at % 80_000_000);
    at += EACH_BYTES / 2;
    writeFileSync(join(store, file, '..', 'code'), piece);
  }
}
