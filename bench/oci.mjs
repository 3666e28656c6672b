import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import pLimit from 'p-limit';
import { INDEX_TAG } from '../src/cache/oci/tags.ts';
import { openDownloadCache } from '../src/cache/reading/download-cache.ts';
import { obtain } from '../src/cache/reading/obtain.ts';
import { DEFAULT_RETRY } from '../src/core/retry.ts';
import { parseMirrors } from '../src/mirrors/config.ts';
import { openMirror } from '../src/mirrors/open.ts';
import { openPushMirror } from '../src/mirrors/open-target.ts';
import { checkAskedSpecFile } from '../src/spec/asked-spec-file.ts';
import { specFileRoots } from '../src/spec/spec-file-roots.ts';
import { readInstallTree } from '../src/tree/install-tree.ts';
import { startDockerRegistry } from '../test/harness/docker-registry.ts';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateStore } from '../test/harness/generate-store.ts';
import { makeLargePrefix } from './parts/large-prefix.mjs';
import { CLI, childTask, has, inChild, scratch, timeCommand } from './parts/measure.mjs';
import { built, JOBS, makeStoreOfOne, pushTree, writeEnvironment } from './parts/stores.mjs';

export const about =
  "Registries: pushing and pulling 1,000 small specs and one of 500 MB, against `skopeo copy` of the same layers to and from such a registry (Debian's, on loopback, storing on disk), and the gate on an indexed registry. Ours packs, compresses and writes an image for each spec on the way; `skopeo` moves images of 100 layers that are ready. Beside the pull of small ones stand `skopeo copy` of the same 1,000 images, one by one, as many at once as there are cores, and the least program (`parts/pull-floor.mjs`), which fetches and digests what we do and asks nothing of it.";
export const notes =
  "To make a layer of 500 MB, `tar`, hashing and compression on two cores take as long as `push` does, so that is the floor of that push. A pull of 1,000 images has three times the requests of ten images with 100 layers: a manifest and a configuration for each layer. The registry shares the cores; CPU is what each process takes of them. Of the least program, as of ours, most of the time is the registry's, which that of ten images is not.";

/** Of one image that skopeo copies: with 1,000 it takes minutes, and no image has so many. */
const LAYERS = 100;
/** Clock ticks a second, in which Linux counts CPU time. */
const TICKS = 100;
const CONNECTION = {
  timeoutMs: 60_000,
  retry: DEFAULT_RETRY,
  jobs: JOBS,
  verifyTls: true,
  caFile: undefined,
  env: {},
};

export async function run(bench) {
  using work = scratch('oci');
  const folder = work.path;
  if (!has('docker-registry') || !has('skopeo')) throw new Error('docker-registry and skopeo are needed');
  await using registry = await startDockerRegistry();
  const specs = bench.size(1000);
  const environment = generateEnvironment({ specs });
  generateStore(path.join(folder, 'small'), environment);
  makeLargePrefix(path.join(makeStoreOfOne(path.join(folder, 'large')), 'lib'), bench.size(500e6));
  for (const [store, name] of [
    ['small', '1,000 specs'],
    ['large', '500 MB'],
  ]) {
    const best = await bothWays(bench, registry, folder, store);
    const beside = (value) => ({ floor: { what: 'skopeo copy', value }, aim: 1 });
    bench.note(`push ${name}, packed on the way`, best.push, 'ms', beside(best.skopeoPush));
    bench.note(`pull ${name}, verified`, best.pull.ms, 'ms', beside(best.skopeoPull.ms));
    if (store === 'small') await besideEqualWork(bench, registry, folder, best);
  }
  await gate(bench, folder, environment, `${registry.url}bench/small-0`);
  spackPush(bench, folder, environment, `${registry.url}bench/spack`);
}

/** What else a pull of small specs is to be seen beside. */
async function besideEqualWork(bench, registry, folder, { pull, skopeoPull }) {
  const name = 'bench/small-0';
  const api = `http://${registry.host}/v2/${name}`;
  const all = await (await fetch(`${api}/tags/list?n=10000`)).json();
  const tags = all.tags.filter((tag) => tag.endsWith('.spack') && tag !== INDEX_TAG);
  const beside = (what, value, aim) => ({ floor: { what, value }, ...(aim && { aim }) });
  const one = 'pull 1,000 specs';
  const each = imageByImage(`docker://${registry.host}/${name}`, tags, folder);
  bench.note(`${one}, image by image`, pull.ms, 'ms', beside('skopeo copy of each', each, 1));
  let least;
  for (let round = 0; round < bench.rounds(2); round++) {
    const target = path.join(folder, `least-${round}`);
    const task = async () => (await inChild(import.meta.url, 'pullLeast', api, tags, target)).value;
    const run = await counted(registry, task);
    if (!(run.ms > least?.ms)) least = run;
  }
  bench.note(`${one}: the least program`, least.ms, 'ms', beside('skopeo copy', skopeoPull.ms));
  bench.note(`${one}, beside the least program`, pull.ms, 'ms', beside('the least program', least.ms));
  bench.note(`${one}: CPU of ours`, pull.cpu, 'ms', beside("the least program's", least.cpu));
  const theirs = beside('with skopeo copy', skopeoPull.registry);
  bench.note(`${one}: CPU of the registry`, pull.registry, 'ms', theirs);
  bench.note(`${one}: CPU of the registry, least program`, least.registry, 'ms', theirs);
}

/** @returns milliseconds for the same images, each with a process of its own; a layer that was fetched is not fetched again */
function imageByImage(place, tags, folder) {
  const target = path.join(folder, 'each');
  const blobs = path.join(target, 'blobs');
  fs.mkdirSync(blobs, { recursive: true });
  const copy = ['skopeo', 'copy', '-q', '--src-tls-verify=false', '--dest-shared-blob-dir', blobs];
  const args = ['-P', `${availableParallelism()}`, '-I{}', ...copy, `${place}:{}`, `oci:${target}/{}:{}`];
  const started = performance.now();
  execFileSync('xargs', args, { input: tags.join('\n'), stdio: ['pipe', 'ignore', 'inherit'] });
  return performance.now() - started;
}

/** @returns what `run` does, and the milliseconds of CPU that the registry took meanwhile */
async function counted({ pid }, run) {
  const cpu = () => {
    const [, rest] = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user, system] = rest.split(' ').slice(11, 13).map(Number);
    return ((user + system) * 1000) / TICKS;
  };
  const before = cpu();
  const result = await run();
  // A tick is the least that there is.
  return { ...result, registry: Math.max(cpu() - before, 1000 / TICKS) };
}

/** @returns the best of each, in milliseconds */
async function bothWays(bench, registry, folder, store) {
  const best = {};
  const keep = (what, value) => {
    best[what] = Math.min(best[what] ?? value, value);
  };
  const keepRun = (what, run) => {
    if (!(run.ms > best[what]?.ms)) best[what] = run;
  };
  for (let round = 0; round < bench.rounds(2); round++) {
    // Empty each time: in a registry it knows skopeo takes over the layers it has seen there, and moves nothing.
    await using other = await startDockerRegistry();
    const url = `${registry.url}bench/${store}-${round}`;
    const pushed = await inChild(import.meta.url, 'push', folder, store, url);
    keep('push', pushed.value.milliseconds);
    const pull = async () => (await inChild(import.meta.url, 'pull', folder, store, url)).value;
    keepRun('pull', await counted(registry, pull));
    const layout = path.join(folder, `layout-${store}`);
    fs.rmSync(layout, { recursive: true, force: true });
    const from = `docker://${registry.host}/bench/${store}-${round}`;
    const to = `docker://${other.host}/bench/${store}-${round}`;
    const each = (args) => {
      const times = Array.from({ length: pushed.value.parts }, (_, i) => skopeo(args(`part-${i}`)));
      return times.reduce((a, b) => a + b, 0);
    };
    const toLayout = (part) => ['--src-tls-verify=false', `${from}:${part}`, `oci:${layout}:${part}`];
    keepRun('skopeoPull', await counted(registry, async () => ({ ms: each(toLayout) })));
    keep(
      'skopeoPush',
      each((part) => ['--dest-tls-verify=false', `oci:${layout}:${part}`, `${to}:${part}`]),
    );
  }
  return best;
}

const TASKS = {
  push: async (folder, store, url) => {
    const started = performance.now();
    const cache = await openPushMirror(mirrorAt(url), CONNECTION);
    const specs = await pushTree(path.join(folder, store), cache);
    const milliseconds = performance.now() - started;
    // What skopeo is to move; its time is not ours.
    const parts = Math.ceil(specs.length / LAYERS);
    for (let i = 0; i < parts; i++) {
      const content = { specs: specs.slice(i * LAYERS, (i + 1) * LAYERS), environment: () => [] };
      await cache.images.tag(`part-${i}`, content, new Set());
    }
    await cache.close();
    return { milliseconds, parts };
  },
  pull: async (folder, store, url) => {
    const tree = await readInstallTree(path.join(folder, store));
    const downloads = path.join(folder, 'downloads');
    fs.rmSync(downloads, { recursive: true, force: true });
    const spent = process.cpuUsage();
    const started = performance.now();
    const { readers, close } = await openMirror(mirrorAt(url), { ...tree, roots: [] }, CONNECTION);
    const mirrors = [{ name: 'bench', readers, trust: undefined }];
    const cache = openDownloadCache(downloads);
    const limit = pLimit(JOBS);
    const roots = specFileRoots();
    // As `install` takes it, whose threads do the rest of the checking.
    const small = {
      upTo: 4 * 1024 * 1024,
      use: async (_, check) => void (check && checkAskedSpecFile(check, roots)),
    };
    const stream = async (tarball) => {
      for await (const _ of tarball);
    };
    const take = async (spec) => {
      const found = await obtain(spec, { mirrors, cache }, stream, small);
      if (found === undefined) throw new Error(`${spec.name} is not there`);
    };
    await Promise.all(built(tree).map((spec) => limit(take, spec)));
    const ms = performance.now() - started;
    await close();
    return { ms, cpu: cpuSince(spent) };
  },
  pullLeast: async (place, tags, target) => {
    const { pullLeast } = await import('./parts/pull-floor.mjs');
    const spent = process.cpuUsage();
    const started = performance.now();
    await pullLeast(place, tags, target, JOBS);
    return { ms: performance.now() - started, cpu: cpuSince(spent) };
  },
};

/** Milliseconds. */
function cpuSince(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function gate(bench, folder, environment, url) {
  const own = {
    BUILDCACHE_CACHE_DIR: path.join(folder, 'cache'),
    XDG_STATE_HOME: path.join(folder, 'state'),
  };
  const env = { ...process.env, ...own };
  const where = path.join(folder, 'env');
  writeEnvironment(where, environment);
  const check = [CLI, 'check', '-e', where, '-m', url];
  const before = () => fs.rmSync(path.join(folder, 'cache'), { recursive: true, force: true });
  for (const [what, options] of [
    ['cold', { env, before }],
    ['warm', { env }],
  ]) {
    const { median } = await timeCommand(process.execPath, check, { ...options, times: bench.rounds(7) });
    bench.note(`check of 1,000 specs, indexed registry, ${what}`, median, 'ms', { aim: 500 });
  }
}

/** Spack's own push of the same store, by an environment of all its specs. */
function spackPush(bench, folder, environment, url) {
  const { SPACK: spack } = process.env;
  if (!spack) return bench.skip("Spack's own push, 1,000 specs", 'the variable SPACK names no executable');
  const config = path.join(folder, 'config');
  fs.mkdirSync(config);
  const root = path.join(folder, 'small');
  const repo = path.join(folder, 'repo/spack_repo/builtin');
  fs.mkdirSync(repo, { recursive: true });
  fs.writeFileSync(path.join(repo, 'repo.yaml'), 'repo:\n  namespace: builtin\n  api: v2.0\n');
  for (const { name, version } of environment.nodes.values()) {
    const recipe = path.join(repo, 'packages', name.replaceAll('-', '_'));
    fs.mkdirSync(recipe, { recursive: true });
    const className = name.replace(/(^|-)(.)/g, (_, __, letter) => letter.toUpperCase());
    const text = `from spack.package import *\n\n\nclass ${className}(Package):\n    has_code = False\n    version("${version}")\n`;
    fs.writeFileSync(path.join(recipe, 'package.py'), text);
  }
  fs.writeFileSync(path.join(config, 'config.yaml'), `config:\n  install_tree:\n    root: ${root}\n`);
  fs.writeFileSync(path.join(config, 'repos.yaml'), `repos::\n  builtin: ${repo}\n`);
  const env = {
    ...process.env,
    SPACK_USER_CONFIG_PATH: config,
    SPACK_USER_CACHE_PATH: path.join(folder, 'spack-cache'),
  };
  const started = performance.now();
  const args = ['-e', path.join(folder, 'env'), 'buildcache', 'push', '--unsigned', '--update-index'];
  execFileSync('python3', [spack, ...args, url], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  bench.note("Spack's own push, 1,000 specs", performance.now() - started, 'ms');
}

function skopeo(args) {
  const started = performance.now();
  execFileSync('skopeo', ['copy', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  return performance.now() - started;
}

function mirrorAt(url) {
  return parseMirrors({ bench: url }, 'mirrors.yaml', { base: '/', environment: undefined, env: {} })
    .mirrors[0];
}

await childTask(TASKS);
