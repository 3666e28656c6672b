/**
 * How fast a large index answers: `list NAME@VERSION` on a layout-3 mirror whose index has 100,000 specs, cold
 * (downloaded, verified, compact form made) and warm, and on one with 1,000,000 warm. Each figure is the best of a
 * few runs of the whole command, start-up included, with the peak memory of the process.
 *
 *   npm run bench -- index       or: node bench/index.mjs       wants the bundle (npm run build) and 5 GB in $TMPDIR
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const NAMES = 2000;
const ASKED = ['list', '--allarch', 'pkg-1234@1.1'];

export async function run() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-index-'));
  try {
    const { bavail, bsize } = fs.statfsSync(folder);
    if (bavail * bsize < 5e9) throw new Error(`${folder} has less than 5 GB free`);
    console.log(
      `Node ${process.versions.node}, ${os.availableParallelism()} cores, start-up of node alone ${seconds(startUp())}`,
    );
    measure(folder, 100_000, {
      cold: { seconds: 6, megabytes: 500 },
      warm: { seconds: 0.3, megabytes: 200 },
    });
    measure(folder, 1_000_000, { cold: undefined, warm: { seconds: 1, megabytes: undefined } });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function measure(folder, specs, aims) {
  const mirror = path.join(folder, `mirror-${specs}`);
  const bytes = writeMirror(mirror, specs);
  console.log(`${specs.toLocaleString('en')} specs, an index of ${(bytes / 1e6).toFixed(0)} MB`);
  const cache = path.join(folder, `cache-${specs}`);
  report('cold', [ask(mirror, cache)], aims.cold);
  report(
    'warm',
    [1, 2, 3, 4, 5].map(() => ask(mirror, cache)),
    aims.warm,
  );
  const kept = fs.readdirSync(path.join(cache, 'index')).find((name) => name.includes('.compact-'));
  const size = fs.statSync(path.join(cache, 'index', kept)).size;
  console.log(
    `  compact form ${(size / 1e6).toFixed(1)} MB, ${((size / bytes) * 100).toFixed(1)} % of the index`,
  );
  fs.rmSync(mirror, { recursive: true });
  fs.rmSync(cache, { recursive: true });
}

function report(what, runs, aim) {
  const best = Math.min(...runs.map((run) => run.seconds));
  const peak = Math.max(...runs.map((run) => run.megabytes));
  const time = aim?.seconds === undefined ? '' : `, ${(best / aim.seconds).toFixed(2)} of the aim`;
  const memory = aim?.megabytes === undefined ? '' : `, ${(peak / aim.megabytes).toFixed(2)} of the aim`;
  console.log(
    `  ${what}: ${seconds(best)}${time}; peak ${peak.toFixed(0)} MB${memory}; ${runs[0].matches} matches`,
  );
}

/** Runs the command line in a process that says how much memory it took. */
function ask(mirror, cache) {
  const script = `process.on('exit', () => require('fs').writeSync(3, String(process.resourceUsage().maxRSS)));`;
  const started = performance.now();
  const result = spawnSync(
    process.execPath,
    [
      '--eval',
      `${script} process.argv.splice(1, 0, ${JSON.stringify(CLI)}); import(${JSON.stringify(pathToFileURL(CLI).href)})`,
      '--',
      ...ASKED,
      '-m',
      pathToFileURL(mirror).href,
    ],
    {
      env: { ...process.env, BUILDCACHE_CACHE_DIR: cache },
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  const elapsed = (performance.now() - started) / 1000;
  if (result.status !== 0) throw new Error(`list exited with ${result.status}`);
  const matches = result.stdout.split('\n').filter((line) => line.startsWith('pkg-1234@')).length;
  return { seconds: elapsed, megabytes: Number(result.output[3]) / 1024, matches };
}

function startUp() {
  const started = performance.now();
  spawnSync(process.execPath, ['--eval', '0']);
  return (performance.now() - started) / 1000;
}

function seconds(value) {
  return `${value.toFixed(2)} s`;
}

/**
 * A mirror that is nothing but its index: records of format 5, some 1.3 kB each, as many packages, versions and
 * dependencies a spec as a site has. Written in pieces, hashes made up.
 * @returns bytes of the index
 */
function writeMirror(mirror, specs) {
  const temporary = path.join(mirror, 'index');
  fs.mkdirSync(mirror, { recursive: true });
  const file = fs.openSync(temporary, 'w');
  const digest = createHash('sha256');
  let bytes = 0;
  let piece = '{"database":{"version":"8","installs":{';
  const flush = () => {
    const buffer = Buffer.from(piece);
    fs.writeSync(file, buffer);
    digest.update(buffer);
    bytes += buffer.length;
    piece = '';
  };
  for (let i = 0; i < specs; i++) {
    piece += `${i === 0 ? '' : ','}"${hashOf(i)}":${record(i)}`;
    if (piece.length > 1 << 20) flush();
  }
  piece += '}}}';
  flush();
  fs.closeSync(file);
  const checksum = digest.digest('hex');
  const blob = path.join(mirror, 'blobs/sha256', checksum.slice(0, 2), checksum);
  fs.mkdirSync(path.dirname(blob), { recursive: true });
  fs.renameSync(temporary, blob);
  const manifest = path.join(mirror, 'v3/manifests/index/index.manifest.json');
  fs.mkdirSync(path.dirname(manifest), { recursive: true });
  const data = {
    contentLength: bytes,
    mediaType: 'application/vnd.spack.db.v8+json',
    compression: 'none',
    checksumAlgorithm: 'sha256',
    checksum,
  };
  fs.writeFileSync(manifest, JSON.stringify({ version: 3, data: [data] }));
  return bytes;
}

function record(i) {
  const edges = [];
  for (let j = 1; j <= Math.min(6, i); j++) {
    const dependency = Math.floor((i * j) / 7);
    const virtuals = dependency % 50 === 0 ? '"mpi"' : '';
    edges.push(
      `{"name":"${nameOf(dependency)}","hash":"${hashOf(dependency)}","parameters":{"deptypes":["build","link"],"virtuals":[${virtuals}]}}`,
    );
  }
  return (
    `{"spec":{"name":"${nameOf(i)}","version":"${versionOf(i)}","arch":{"platform":"linux","platform_os":"debian12",` +
    `"target":"x86_64_v3"},"namespace":"builtin","parameters":{"build_system":"cmake","build_type":"Release",` +
    `"generator":"make","ipo":false,"mpi":${i % 2 === 0},"shared":true,"cflags":[],"cppflags":[],"cxxflags":[],` +
    `"fflags":[],"ldflags":[],"ldlibs":[]},"package_hash":"${hashOf(i)}${hashOf(i).slice(0, 20)}====",` +
    `"dependencies":[${edges.join(',')}],"annotations":{"original_specfile_version":5},"hash":"${hashOf(i)}"},` +
    `"ref_count":${i % 9},"in_buildcache":true}`
  );
}

function nameOf(i) {
  return `pkg-${i % NAMES}`;
}

function versionOf(i) {
  return `1.${Math.floor(i / NAMES) % 12}.${i % 5}`;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** 32 characters that look random and are the number's own: five bits of a scrambled counter each. */
function hashOf(i) {
  let text = '';
  let state = (i + 1) >>> 0;
  for (let j = 0; j < 32; j++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += ALPHABET[state >>> 27];
  }
  return text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run();
