import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ofTypes, postOrder } from '../src/spec/graph.ts';
import { readLockfile } from '../src/spec/lockfile.ts';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateStore } from '../test/harness/generate-store.ts';
import { askCli, bestOf, scratch } from './parts/measure.mjs';
import { fillPrefix } from './parts/relocatable-prefix.mjs';
import { built, openFolder, pushTree, writeEnvironment } from './parts/stores.mjs';

export const about =
  'An install tree filled from a mirror on disk: a prefix of 500 MB and one of 100 MB with ELF and text to relocate, and 1,000 small ones, each against `tar xzf` of the same tarballs, one after the other. Ours are whole runs of the command line; they verify digests, relocate, and register what they install under the lock of Spack.';

export const notes =
  'On a file system in memory: on ext4, files that were removed shortly before make new ones slow, for both. Small packages are relocated in memory and written once, in threads. What is left is three small files of each package that are read on the way, the spec that is parsed and whose hash is made again, locks, and the database: `tar` does none of that.';

export async function run(bench) {
  using work = scratch('install');
  for (const [what, specs, bytes, aim] of [
    ['a prefix of 500 MB', 1, bench.size(500e6), 0.9],
    ['a prefix of 100 MB', 1, bench.size(100e6), 0.9],
    ['1,000 small ones', bench.size(1000), 0, 0.8],
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
    if (process.env.SPACK) {
      // One root: of several, Spack's command refuses what another has brought.
      const { hash } = largestRoot(place);
      const value = spackInstall(place, hash);
      const floor = { what: 'Spack', value };
      bench.note(`${what}: the largest root and what is below it`, install(place, hash).seconds, 's', {
        floor,
        aim: 0.25,
      });
    } else bench.skip(`${what}: Spack`, 'the variable SPACK names no executable');
    fs.rmSync(place, { recursive: true });
  }
}

/** An environment, and a mirror with its specs, built in a tree with a longer root than they are installed below. */
async function makeMirror(place, specs, bytes) {
  const environment = generateEnvironment({ specs });
  const root = path.join(place, 'the-store-they-were-built-in');
  generateStore(root, environment);
  for (const spec of environment.nodes.values()) {
    // What every package that Spack has built brings along.
    const metadata = path.join(root, `linux-x86_64_v3/${spec.name}-${spec.version}-${spec.hash}/.spack`);
    if (spec.external !== undefined) continue;
    fs.writeFileSync(path.join(metadata, 'install_manifest.json'), '{}');
    const document = { spec: { _meta: { version: 5 }, nodes: [spec] } };
    fs.writeFileSync(path.join(metadata, 'spec.json'), JSON.stringify(document));
  }
  if (bytes > 0) {
    const [spec] = built(environment);
    const prefix = path.join(root, `linux-x86_64_v3/${spec.name}-${spec.version}-${spec.hash}`);
    fillPrefix(prefix, bytes, prefix, path.join(root, 'linux-x86_64_v3/other'));
  }
  writeEnvironment(path.join(place, 'env'), environment);
  await pushTree(root, openFolder(path.join(place, 'mirror')));
  fs.rmSync(root, { recursive: true });
}

/** @param hash of one root; all when not given */
function install(place, hash) {
  const store = path.join(place, 'store');
  const where = ['--store', store, '-e', path.join(place, 'env'), '-m', path.join(place, 'mirror')];
  const args = ['install', '--quiet', '--unsigned', '--otherarch', ...where, ...(hash ? [`/${hash}`] : [])];
  const asked = askCli(args, { BUILDCACHE_CACHE_DIR: path.join(place, 'cache') });
  if (!fs.existsSync(path.join(store, '.spack-db/index.json'))) throw new Error('nothing was installed');
  fs.rmSync(store, { recursive: true });
  return asked;
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
function spackInstall(place, hash) {
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
  const env = { ...process.env, SPACK_USER_CONFIG_PATH: scope, SPACK_USER_CACHE_PATH: scope };
  const args = ['buildcache', 'install', '--unsigned', '--otherarch', `/${hash}`];
  const started = performance.now();
  execFileSync(spack, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const seconds = (performance.now() - started) / 1000;
  fs.rmSync(store, { recursive: true, force: true });
  return seconds;
}
