import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateEnvironment } from '../test/harness/generate.ts';
import { download, hashLockfile } from './parts/gate-floors.mjs';
import { startServerProcess } from './parts/http-process.mjs';
import { askCli, bestOf, CLI, nodeInTurns, scratch } from './parts/measure.mjs';
import { writeEnvironment } from './parts/stores.mjs';

export const about =
  'How fast a large index answers. `list NAME@VERSION` on a mirror whose index has 100,000 and 1,000,000 specs, cold (downloaded, verified, compact form made) and warm. `check` of a lockfile with 1,000 specs over HTTP, cold, against 100,000; its floor is a process that downloads the same index and digests it, from a server on the same machine and from one that sends 1 Gbit/s. Each is the whole command, the best of a few runs. Wants 5 GB in `$TMPDIR`.';

export const notes =
  'A download from the same machine is as fast as its processors: on two of them, the server, the download and the thread that digests, keeps and scans the index compete, and the second floor shows how much of the difference has nothing to do with the index. Over a line the check is done soon after the last byte.';

const NAMES = 2000;
const ASKED = ['list', '--allarch', 'pkg-1234@1.1'];

export async function run(bench) {
  using work = scratch('index');
  const { bavail, bsize } = fs.statfsSync(work.path);
  if (!bench.isTrial && bavail * bsize < 5e9) throw new Error(`${work.path} has less than 5 GB free`);
  measure(bench, work.path, 100_000, { cold: [6, 500], warm: [0.3, 200] });
  measure(bench, work.path, 1_000_000, { cold: [15], warm: [1] });
  await measureGate(bench, work.path);
}

/** The gate of an environment against a public cache. Each is measured in turns with its floor. */
async function measureGate(bench, folder) {
  const at = (name) => path.join(folder, name);
  const environment = generateEnvironment({ specs: bench.size(1000), seed: 1 });
  writeEnvironment(at('env'), environment);
  const { checksum } = writeMirror(at('public/mirror'), bench.size(100_000, 2 * NAMES), environment);
  const kept = { BUILDCACHE_CACHE_DIR: at('kept'), XDG_STATE_HOME: at('own-state') };
  const check = (server) => ['check', '-e', at('env'), '-m', `${server.url}/mirror`];
  const forget = () => fs.rmSync(at('kept'), { recursive: true, force: true });
  const lines = [
    ['on this machine', undefined, 7],
    ['over 1 Gbit/s', 118e6, 3],
  ];
  for (const [where, bytesPerSecond, rounds] of lines) {
    await using server = await startServerProcess(at('public'), bytesPerSecond);
    const url = `${server.url}/mirror/${blobPath(checksum)}`;
    const [read, proven, ours] = (
      await nodeInTurns(bench.rounds(rounds), [
        [['-e', download(url, checksum)]],
        [['-e', `${hashLockfile(at('env/spack.lock'))}${download(url, checksum, at('copy'))}`]],
        [[CLI, ...check(server)], { env: { ...process.env, ...kept }, before: forget }],
      ])
    ).map(({ best }) => best);
    const floor = { what: 'the floor', value: read };
    bench.note(`floor: download and digest 100,000 specs, ${where}`, read, 'ms');
    bench.note(`the same, kept, and the lockfile parsed and hashed, ${where}`, proven, 'ms', { floor });
    bench.note(`check of 1,000 specs against them, cold, ${where}`, ours, 'ms', { floor, aim: 1.5 });
  }
  await using server = await startServerProcess(at('public'));
  forget();
  const { megabytes } = askCli(check(server), kept);
  bench.note('check of 1,000 specs against them, cold, peak memory', megabytes, 'MB', { aim: 200 });
}

/** @param aims seconds and MB */
function measure(bench, folder, whole, aims) {
  const specs = bench.size(whole, 2 * NAMES);
  const mirror = path.join(folder, `mirror-${whole}`);
  const cache = path.join(folder, `cache-${whole}`);
  const { bytes } = writeMirror(mirror, specs);
  for (const [what, times] of [
    ['cold', 1],
    ['warm', bench.rounds(5)],
  ]) {
    const name = `${whole.toLocaleString('en')} specs, ${what}`;
    const { seconds, megabytes } = bestOf(times, () => ask(mirror, cache));
    bench.note(name, seconds, 's', { aim: aims[what][0] });
    bench.note(`${name}, peak memory`, megabytes, 'MB', { aim: aims[what][1] });
  }
  const kept = fs.readdirSync(path.join(cache, 'index')).find((name) => name.includes('.compact-'));
  const { size } = fs.statSync(path.join(cache, 'index', kept));
  const floor = { what: 'the index', value: bytes / 1e6 };
  bench.note(`${whole.toLocaleString('en')} specs, what is kept beside the index`, size / 1e6, 'MB', {
    floor,
  });
  fs.rmSync(mirror, { recursive: true });
  fs.rmSync(cache, { recursive: true });
}

function ask(mirror, cache) {
  const asked = askCli([...ASKED, '-m', pathToFileURL(mirror).href], { BUILDCACHE_CACHE_DIR: cache });
  if (!/^pkg-1234@1\.1/m.test(asked.stdout)) throw new Error('the index did not answer');
  return asked;
}

/**
 * A mirror that is nothing but its index: records of format 5, some 1.3 kB each, as many packages, versions and
 * dependencies a spec as a site has. Written in pieces, hashes made up.
 * @param environment its specs are in the cache too, spread over the index
 * @returns bytes and SHA-256 of the index
 */
function writeMirror(mirror, specs, environment) {
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
  const more = [...(environment?.nodes.values() ?? [])].reverse();
  const every = Math.floor(specs / (more.length + 1));
  for (let i = 0; i < specs; i++) {
    piece += `${i === 0 ? '' : ','}"${hashOf(i)}":${record(i)}`;
    const node = i % every === 0 ? more.pop() : undefined;
    if (node !== undefined) {
      const isThere = node.external === undefined;
      piece += `,"${node.hash}":{"spec":${JSON.stringify(node)},"ref_count":1,"in_buildcache":${isThere}}`;
    }
    if (piece.length > 1 << 20) flush();
  }
  piece += '}}}';
  flush();
  fs.closeSync(file);
  const checksum = digest.digest('hex');
  const blob = path.join(mirror, blobPath(checksum));
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
  return { bytes, checksum };
}

function blobPath(checksum) {
  return `blobs/sha256/${checksum.slice(0, 2)}/${checksum}`;
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
