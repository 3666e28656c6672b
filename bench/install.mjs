/**
 * How fast `install` fills an install tree from a mirror on disk: one prefix of about 500 MB with ELF and text to
 * relocate, and 1,000 small ones, each against `tar xzf` of the same tarballs and, where the variable SPACK names an
 * executable, against Spack. Ours are whole runs of the command line in a process of its own, whose peak memory is
 * told; they verify digests, relocate, and register what they install under Spack's lock.
 *
 *   npm run build && node bench/install.mjs [megabytes]       with a Node that strips types (24); wants tar
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { openLayout3Writer } from '../src/cache/writing/cache-writer.ts';
import { push } from '../src/commands/push.ts';
import { pushExitCode } from '../src/plan/push-result.ts';
import { SILENT } from '../src/report/reporter.ts';
import { ofTypes, postOrder } from '../src/spec/graph.ts';
import { readLockfile } from '../src/spec/lockfile.ts';
import { openFileStorage } from '../src/storage/file/file.ts';
import { readInstallTree } from '../src/tree/install-tree.ts';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateStore } from '../test/harness/generate-store.ts';
import { fillPrefix } from './relocatable-prefix.mjs';

const SPECS = 1000;
const ROUNDS = 3;
const SELF = fileURLToPath(import.meta.url);
const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const MEASURE = new URL('peak-memory.mjs', import.meta.url).href;

/** @returns what was measured: a name, a number, its unit, and what it should be below */
export async function run(megabytes = 500) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-install-'));
  const results = [];
  const note = (name, value, unit, aim) => {
    results.push({ name, value, unit, aim });
    console.log(`${name}: ${value.toFixed(2)} ${unit}${aim === undefined ? '' : ` (aim: ${aim})`}`);
  };
  try {
    for (const [what, specs, bytes] of [
      [`install ${megabytes} MB`, 1, megabytes * 1e6],
      [`install ${megabytes / 5} MB`, 1, megabytes * 2e5],
      [`install ${SPECS} small ones`, SPECS, 0],
    ]) {
      const place = path.join(folder, String(results.length));
      await makeMirror(place, specs, bytes);
      const [ours, tars] = [[], []];
      // Alternating, and the best: the machine may be shared.
      for (let round = 0; round < ROUNDS; round++) {
        tars.push(untar(place));
        ours.push(install(place));
      }
      const best = Math.min(...ours.map(({ seconds }) => seconds));
      note(what, best, 's');
      note(`${what}, of tar xzf`, best / Math.min(...tars), 'times', 1.5);
      note(`${what}, peak memory`, Math.max(...ours.map(({ peak }) => peak)), 'MB');
      if (process.env.SPACK) {
        // One root: of several, Spack's command refuses what another has brought.
        const { hash, size } = largestRoot(place);
        const theirs = spackInstall(place, hash);
        note(
          `${what}: a root and ${size - 1} below it, of Spack`,
          install(place, hash).seconds / theirs,
          'times',
          0.33,
        );
      }
      fs.rmSync(place, { recursive: true });
    }
    if (!process.env.SPACK) console.log('Spack: not measured, the variable SPACK names no executable');
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

if (process.argv[1] === SELF) await run(Number(process.argv[2] ?? 500));

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
    const [spec] = [...environment.nodes.values()].filter(({ external }) => external === undefined);
    const prefix = path.join(root, `linux-x86_64_v3/${spec.name}-${spec.version}-${spec.hash}`);
    fillPrefix(prefix, bytes, prefix, path.join(root, 'linux-x86_64_v3/other'));
  }
  fs.mkdirSync(path.join(place, 'env'));
  fs.writeFileSync(path.join(place, 'env/spack.lock'), environment.lockfile);
  const tree = await readInstallTree(root);
  const result = await push(
    {
      tree,
      graph: tree,
      specs: [...tree.nodes.values()].filter(({ external }) => external === undefined),
      roots: new Set(),
      targets: [
        {
          name: 'mirror',
          cache: openLayout3Writer(openFileStorage(path.join(place, 'mirror')), undefined),
          elsewhere: new Map(),
        },
      ],
      spackPrefix: '/opt/spack',
      force: false,
      updateIndex: true,
      failFast: true,
      allowMissing: false,
      dryRun: false,
      jobs: 16,
      signal: new AbortController().signal,
    },
    SILENT,
  );
  if (pushExitCode(result) !== 0) throw new Error('the push failed');
  fs.rmSync(root, { recursive: true });
}

/** @param hash of one root; all when not given */
function install(place, hash) {
  const store = path.join(place, 'store');
  const peak = path.join(place, 'peak');
  const where = ['--store', store, '-e', path.join(place, 'env'), '-m', path.join(place, 'mirror')];
  const started = performance.now();
  execFileSync(
    process.execPath,
    [
      '--import',
      MEASURE,
      CLI,
      'install',
      '--quiet',
      '--unsigned',
      '--otherarch',
      ...where,
      ...(hash ? [`/${hash}`] : []),
    ],
    {
      env: { ...process.env, BUILDCACHE_CACHE_DIR: path.join(place, 'cache'), BENCH_PEAK: peak },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const seconds = (performance.now() - started) / 1000;
  fs.rmSync(store, { recursive: true });
  return { seconds, peak: Number(fs.readFileSync(peak, 'utf8')) };
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
