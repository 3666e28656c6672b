import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ofTypes, postOrder } from '../src/spec/graph.ts';
import { readLockfile } from '../src/spec/lockfile.ts';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateStore } from '../test/harness/generate-store.ts';
import { askCli, bestOf, has, scratch } from './parts/measure.mjs';
import { fillPrefix } from './parts/relocatable-prefix.mjs';
import { built, openFolder, pushTree, writeEnvironment } from './parts/stores.mjs';

export const about =
  'An install tree filled from a mirror on disk: a prefix of 500 MB and one of 100 MB with ELF and text to relocate, 1,000 small ones, and 150 of 4 MB, each against `tar xzf` of the same tarballs, one after the other. Ours are whole runs of the command line; they verify digests and hashes, relocate, and register what they install under the lock of Spack. Many are also installed on one core. Beside the small ones stands a program of eighty lines that does only what must be done in two threads (`parts/install-floor.mjs`), and what Spack takes for one root and all below it.';

export const notes =
  'On a file system in memory: on ext4, files that were removed shortly before make new ones slow, for both. The least program neither relocates nor hashes specs, takes no lock, keeps no file mode or time and can be killed at no moment without leaving halves. That, and code that V8 compiles once in each thread, is what stands between it and us.';

export async function run(bench) {
  using work = scratch('install');
  for (const [what, specs, bytes, aim] of [
    ['a prefix of 500 MB', 1, bench.size(500e6), 0.9],
    ['a prefix of 100 MB', 1, bench.size(100e6), 0.9],
    ['1,000 small ones', bench.size(1000), 0, 0.8],
    ['150 of 4 MB', bench.size(150, 3), bench.size(600e6), 0.9],
  ]) {
    const place = path.join(work.path, String(specs + bytes));
    await makeMirror(place, specs, bytes);
    const [ours, tars] = [[], []];
    // Alternating, and the best: the machine may be shared.
    for (let round = 0; round < bench.rounds(3); round++) {
      tars.push(untar(place));
      ours.push(install(place));
    }
    const { seconds, megabytes } = bestOf(ours.length, (_, i) => ours[i]);
    bench.note(what, seconds, 's', { floor: { what: 'tar xzf', value: Math.min(...tars) }, aim });
    bench.note(`${what}, peak memory`, megabytes, 'MB', { aim: 300 });
    if (specs > 1) cores(bench, place, what, seconds);
    if (bytes === 0) beside(bench, place, what, Math.min(...tars));
    fs.rmSync(place, { recursive: true });
  }
}

/** What a second core is good for. @param ours seconds with all there are */
function cores(bench, place, what, ours) {
  const rounds = bench.rounds(3);
  const [core] = has('taskset') && availableParallelism() > 1 ? coresAllowed() : [];
  if (core === undefined)
    return bench.skip(`${what}: two cores against one`, 'there is no taskset, or no second core');
  const one = bestOf(rounds, () => install(place, undefined, ['taskset', '-c', String(core)]));
  const value = availableParallelism() > 2 ? withCores(2, rounds, place) : ours;
  // 0.7 of linear, or better.
  bench.note(`${what}: two cores`, value, 's', {
    floor: { what: 'one core', value: one.seconds },
    aim: 0.71,
  });
}

/** What else there is to compare many small packages with. */
function beside(bench, place, what, tar) {
  const rounds = bench.rounds(3);
  const floor = bestOf(rounds, () => ({ seconds: leastInstall(place), megabytes: 0 }));
  bench.note(`${what}: the least program`, floor.seconds, 's', { floor: { what: 'tar xzf', value: tar } });
  const { hash, size } = largestRoot(place);
  const closure = `the largest root and what is below it, ${size} specs`;
  if (!process.env.SPACK) return bench.skip(closure, 'the variable SPACK names no executable');
  const { seconds } = bestOf(rounds, () => install(place, hash));
  const commands = [
    ['Spack', ['install', '--cache-only', '--no-check-signature']],
    ["Spack's buildcache install", ['buildcache', 'install', '--unsigned', '--otherarch']],
  ];
  for (const [name, command] of commands) {
    const value = spackInstall(place, hash, command);
    bench.note(`${closure}, beside ${name}`, seconds, 's', { floor: { what: name, value }, aim: 0.25 });
  }
}

/** An environment, and a mirror with its specs of so many bytes together, built in a tree with a longer root than they are installed below. */
async function makeMirror(place, specs, bytes) {
  const environment = generateEnvironment({ specs });
  const root = path.join(place, 'the-store-they-were-built-in');
  generateStore(root, environment);
  for (const spec of environment.nodes.values()) {
    // What every package that Spack has built brings along.
    const metadata = path.join(root, `linux-x86_64_v3/${spec.name}-${spec.version}-${spec.hash}/.spack`);
    if (spec.external !== undefined) continue;
    fs.writeFileSync(path.join(metadata, 'install_manifest.json'), '{}');
  }
  const packages = built(environment);
  for (const { name, version, hash } of bytes > 0 ? packages : []) {
    const prefix = path.join(root, `linux-x86_64_v3/${name}-${version}-${hash}`);
    fillPrefix(prefix, bytes / packages.length, prefix, path.join(root, 'linux-x86_64_v3/other'));
  }
  writeEnvironment(path.join(place, 'env'), environment);
  await pushTree(root, openFolder(path.join(place, 'mirror')));
  fs.rmSync(root, { recursive: true });
}

/**
 * @param hash of one root; all when not given
 * @param before what the command line is run by
 */
function install(place, hash, before = []) {
  const store = path.join(place, 'store');
  const where = ['--store', store, '-e', path.join(place, 'env'), '-m', path.join(place, 'mirror')];
  const args = ['install', '--quiet', '--unsigned', '--otherarch', ...where, ...(hash ? [`/${hash}`] : [])];
  const asked = askCli(args, { BUILDCACHE_CACHE_DIR: path.join(place, 'cache') }, before);
  if (!fs.existsSync(path.join(store, '.spack-db/index.json'))) throw new Error('nothing was installed');
  fs.rmSync(store, { recursive: true });
  return asked;
}

/** @returns seconds of the program that does only what must be done */
function leastInstall(place) {
  const store = path.join(place, 'store');
  const program = fileURLToPath(new URL('parts/install-floor.mjs', import.meta.url));
  const started = performance.now();
  execFileSync(process.execPath, [program, place, store]);
  const seconds = (performance.now() - started) / 1000;
  fs.rmSync(store, { recursive: true });
  return seconds;
}

/** The least of several runs on so many cores. */
function withCores(count, rounds, place) {
  const cores = coresAllowed().slice(0, count).join(',');
  return bestOf(rounds, () => install(place, undefined, ['taskset', '-c', cores])).seconds;
}

/** The numbers of the cores that this process may use. */
function coresAllowed() {
  const status = fs.readFileSync('/proc/self/status', 'utf8');
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/** @returns seconds for all tarballs of the mirror, one process each */
function untar(place) {
  const out = path.join(place, 'tar');
  fs.mkdirSync(out);
  const script = `for blob in "$@"; do tar xzf "$blob" -C "${out}" || exit; done`;
  const blobs = tarballs(place);
  const started = performance.now();
  execFileSync('sh', ['-c', script, 'sh', ...blobs]);
  const seconds = (performance.now() - started) / 1000;
  fs.rmSync(out, { recursive: true });
  return seconds;
}

function tarballs(place) {
  const found = [];
  const manifests = path.join(place, 'mirror/v3/manifests/spec');
  for (const name of fs.readdirSync(manifests, { recursive: true })) {
    const file = path.join(manifests, name);
    if (!file.endsWith('.json')) continue;
    const { data } = JSON.parse(fs.readFileSync(file, 'utf8'));
    const { checksum } = data.find(({ mediaType }) => mediaType.includes('install'));
    found.push(path.join(place, 'mirror/blobs/sha256', checksum.slice(0, 2), checksum));
  }
  return found;
}

/** The root with most below it that is to be installed with it. */
function largestRoot(place) {
  const file = path.join(place, 'env/spack.lock');
  const graph = readLockfile(fs.readFileSync(file, 'utf8'), file);
  const sizes = graph.roots.map(({ hash }) => {
    const nodes = postOrder(graph, [hash], ofTypes('link', 'run'));
    return { hash, size: nodes.filter(({ external }) => external === undefined).length };
  });
  return sizes.reduce((most, each) => (each.size > most.size ? each : most));
}

/** @returns seconds; recipes are made up, since Spack wants some */
function spackInstall(place, hash, command) {
  const spack = process.env.SPACK;
  const scope = path.join(place, 'scope');
  const repo = path.join(scope, 'spack_repo/builtin');
  const lock = JSON.parse(fs.readFileSync(path.join(place, 'env/spack.lock'), 'utf8'));
  fs.mkdirSync(repo, { recursive: true });
  fs.writeFileSync(path.join(repo, 'repo.yaml'), 'repo:\n  namespace: builtin\n  api: v2.0\n');
  for (const { name } of Object.values(lock.concrete_specs)) {
    const module = name.replaceAll('-', '_').replace(/^(?=\d)/, '_');
    const type = name.replace(/(^|[-_])(\w)/g, (_, __, letter) => letter.toUpperCase());
    fs.mkdirSync(path.join(repo, 'packages', module), { recursive: true });
    fs.writeFileSync(
      path.join(repo, 'packages', module, 'package.py'),
      `from spack.package import *\n\n\nclass ${type}(Package):\n    version("1.0")\n`,
    );
  }
  const store = path.join(place, 'store');
  const write = (name, text) => fs.writeFileSync(path.join(scope, `${name}.yaml`), text);
  write('config', `config:\n  install_tree: {root: ${store}}\n`);
  write('repos', `repos:\n  builtin:: ${repo}\n`);
  write('mirrors', `mirrors::\n  bench: {url: file://${place}/mirror, signed: false}\n`);
  const user = path.join(scope, 'user');
  const own = { HOME: user, SPACK_USER_CONFIG_PATH: user, SPACK_USER_CACHE_PATH: user };
  const env = { ...process.env, ...own, SPACK_DISABLE_LOCAL_CONFIG: '1' };
  fs.mkdirSync(user, { recursive: true });
  const args = ['-C', scope, ...command, `/${hash}`];
  const started = performance.now();
  execFileSync(spack, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const seconds = (performance.now() - started) / 1000;
  if (!fs.existsSync(path.join(store, '.spack-db/index.json')))
    throw new Error('Spack has installed nothing');
  fs.rmSync(store, { recursive: true, force: true });
  return seconds;
}
