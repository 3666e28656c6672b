import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import pLimit from 'p-limit';
import { openDownloadCache } from '../src/cache/reading/download-cache.ts';
import { obtain } from '../src/cache/reading/obtain.ts';
import { DEFAULT_RETRY } from '../src/core/retry.ts';
import { parseMirrors } from '../src/mirrors/config.ts';
import { openMirror } from '../src/mirrors/open.ts';
import { openPushMirror } from '../src/mirrors/open-target.ts';
import { readInstallTree } from '../src/tree/install-tree.ts';
import { startDockerRegistry } from '../test/harness/docker-registry.ts';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateStore } from '../test/harness/generate-store.ts';
import { makeLargePrefix } from './parts/large-prefix.mjs';
import { CLI, childTask, has, inChild, scratch, timeCommand } from './parts/measure.mjs';
import { built, JOBS, makeStoreOfOne, pushTree, writeEnvironment } from './parts/stores.mjs';

export const about =
  "Registries: pushing and pulling 1,000 small specs and one of 500 MB, against `skopeo copy` of the same layers to and from such a registry (Debian's, on loopback, storing on disk), and the gate on an indexed registry. Ours packs, compresses and writes an image for each spec on the way; `skopeo` moves images of 100 layers that are ready.";
export const notes =
  'To make a layer of 500 MB, `tar`, hashing and compression on two cores take as long as `push` does, so that is the floor of that push. Ten images of 100 layers are a third of the requests of 1,000 images, so a pull of these cannot be as fast; `sync-oci` compares image by image.';

/** Of one image that skopeo copies: with 1,000 it takes minutes, and no image has so many. */
const LAYERS = 100;
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
    bench.note(`pull ${name}, verified`, best.pull, 'ms', beside(best.skopeoPull));
  }
  await gate(bench, folder, environment, `${registry.url}bench/small-0`);
  spackPush(bench, folder, environment, `${registry.url}bench/spack`);
}

/** @returns the best of each, in milliseconds */
async function bothWays(bench, registry, folder, store) {
  const best = {};
  const keep = (what, value) => {
    best[what] = Math.min(best[what] ?? value, value);
  };
  for (let round = 0; round < bench.rounds(2); round++) {
    // Empty each time: in a registry it knows skopeo takes over the layers it has seen there, and moves nothing.
    await using other = await startDockerRegistry();
    const url = `${registry.url}bench/${store}-${round}`;
    const pushed = await inChild(import.meta.url, 'push', folder, store, url);
    keep('push', pushed.value.milliseconds);
    keep('pull', (await inChild(import.meta.url, 'pull', folder, store, url)).value);
    const layout = path.join(folder, `layout-${store}`);
    fs.rmSync(layout, { recursive: true, force: true });
    const from = `docker://${registry.host}/bench/${store}-${round}`;
    const to = `docker://${other.host}/bench/${store}-${round}`;
    const each = (args) => {
      const times = Array.from({ length: pushed.value.parts }, (_, i) => skopeo(args(`part-${i}`)));
      return times.reduce((a, b) => a + b, 0);
    };
    keep(
      'skopeoPull',
      each((part) => ['--src-tls-verify=false', `${from}:${part}`, `oci:${layout}:${part}`]),
    );
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
    const started = performance.now();
    const { readers, close } = await openMirror(mirrorAt(url), { ...tree, roots: [] }, CONNECTION);
    const mirrors = [{ name: 'bench', readers, trust: undefined }];
    const cache = openDownloadCache(downloads);
    const limit = pLimit(JOBS);
    const take = async (spec) => {
      const found = await obtain(spec, { mirrors, cache }, async (tarball) => {
        for await (const _ of tarball);
      });
      if (found === undefined) throw new Error(`${spec.name} is not there`);
    };
    await Promise.all(built(tree).map((spec) => limit(take, spec)));
    const milliseconds = performance.now() - started;
    await close();
    return milliseconds;
  },
};

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
