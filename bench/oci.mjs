/**
 * Registries: pushing and pulling 1,000 small specs and one of about 500 MB, against `skopeo copy` of the same layers
 * to and from such a registry (Debian's, on loopback, storing on disk); against Spack's own push where SPACK names
 * one; and the gate on an indexed registry. Ours packs, compresses and writes an image for each spec on the way;
 * skopeo moves images of 100 layers that are ready.
 *
 *   node bench/oci.mjs [megabytes]        with a Node that strips types (24); wants docker-registry and skopeo
 */
import { execFileSync, fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { openDownloadCache } from '../src/cache/reading/download-cache.ts';
import { obtain } from '../src/cache/reading/obtain.ts';
import { push } from '../src/commands/push.ts';
import { DEFAULT_RETRY } from '../src/core/retry.ts';
import { parseMirrors } from '../src/mirrors/config.ts';
import { openMirror } from '../src/mirrors/open.ts';
import { openPushMirror } from '../src/mirrors/open-target.ts';
import { pushExitCode } from '../src/plan/push-result.ts';
import { SILENT } from '../src/report/reporter.ts';
import { readInstallTree } from '../src/tree/install-tree.ts';
import { startDockerRegistry } from '../test/harness/docker-registry.ts';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateStore } from '../test/harness/generate-store.ts';
import { makeLargePrefix } from './large-prefix.mjs';
import { report, timeCommand } from './measure.mjs';

const SPECS = 1000;
const JOBS = 16;
const ROUNDS = 2;
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
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

export async function run(megabytes = 500) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-oci-'));
  await using registry = await startDockerRegistry();
  try {
    const environment = generateEnvironment({ specs: SPECS });
    generateStore(path.join(folder, 'small'), environment);
    makeLargePrefix(makeLargeStore(folder), megabytes * 1e6);
    for (const [store, name] of [
      ['small', `${SPECS} specs`],
      ['large', `${megabytes} MB`],
    ]) {
      const times = { push: [], pull: [], skopeoPush: [], skopeoPull: [] };
      for (let round = 0; round < ROUNDS; round++) {
        // Empty each time: in a registry it knows skopeo takes over the layers it has seen there, and moves nothing.
        await using other = await startDockerRegistry();
        const url = `${registry.url}bench/${store}-${round}`;
        const from = `docker://${registry.host}/bench/${store}-${round}`;
        times.push.push(await inChild('pushAll', folder, store, url));
        times.pull.push(await inChild('pullAll', folder, store, url));
        const layout = path.join(folder, `layout-${store}`);
        fs.rmSync(layout, { recursive: true, force: true });
        const to = `docker://${other.host}/bench/${store}-${round}`;
        const parts = store === 'small' ? SPECS / LAYERS : 1;
        const each = (args) => Array.from({ length: parts }, (_, i) => skopeo(args(`part-${i}`)));
        const sum = (all) => all.reduce((a, b) => a + b, 0);
        times.skopeoPull.push(
          sum(each((part) => ['--src-tls-verify=false', `${from}:${part}`, `oci:${layout}:${part}`])),
        );
        times.skopeoPush.push(
          sum(each((part) => ['--dest-tls-verify=false', `oci:${layout}:${part}`, `${to}:${part}`])),
        );
      }
      const best = Object.fromEntries(Object.entries(times).map(([what, all]) => [what, Math.min(...all)]));
      report(`skopeo copy to the registry, ${name}`, best.skopeoPush);
      report(`push ${name}, packed on the way`, best.push, best.skopeoPush, 'aim 1× skopeo');
      report(`skopeo copy from the registry, ${name}`, best.skopeoPull);
      report(`pull ${name}, verified`, best.pull, best.skopeoPull, 'aim 1× skopeo');
    }
    await gate(folder, environment, `${registry.url}bench/small-0`);
    spackPush(folder, environment, `${registry.url}bench/spack`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

if (process.send) {
  const [, , task, folder, store, url] = process.argv;
  await { pushAll, pullAll }[task](folder, store, url, (milliseconds) => process.send(milliseconds));
} else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await run(Number(process.argv[2] ?? 500));
}

function inChild(...args) {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), args);
    let milliseconds;
    child.on('message', (message) => {
      milliseconds = message;
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve(milliseconds) : reject(new Error(`${args[0]}: exit ${code}`)),
    );
  });
}

async function pushAll(folder, store, url, done) {
  const started = performance.now();
  const tree = await readInstallTree(path.join(folder, store));
  const cache = await openPushMirror(mirrorAt(url), CONNECTION);
  const specs = built(tree);
  const options = {
    tree,
    graph: tree,
    specs,
    roots: new Set(specs.map(({ hash }) => hash)),
    targets: [{ name: 'bench', cache, signer: undefined, elsewhere: new Map() }],
    spackPrefix: '/opt/spack',
    force: false,
    updateIndex: true,
    failFast: true,
    allowMissing: false,
    dryRun: false,
    jobs: JOBS,
    signal: new AbortController().signal,
  };
  const result = await push(options, SILENT);
  done(performance.now() - started);
  if (pushExitCode(result) !== 0) throw new Error('the push failed');
  // What skopeo is to move; its time is not ours.
  for (let i = 0; i * LAYERS < specs.length; i++) {
    const content = { specs: specs.slice(i * LAYERS, (i + 1) * LAYERS), environment: () => [] };
    await cache.images.tag(`part-${i}`, content);
  }
  await cache.close();
}

async function pullAll(folder, store, url, done) {
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
  done(performance.now() - started);
  await close();
}

async function gate(folder, environment, url) {
  const env = { ...process.env, BUILDCACHE_CACHE_DIR: path.join(folder, 'cache') };
  const where = path.join(folder, 'env');
  fs.mkdirSync(where);
  fs.writeFileSync(path.join(where, 'spack.lock'), environment.lockfile);
  fs.writeFileSync(path.join(where, 'spack.yaml'), 'spack:\n  specs: []\n');
  const check = [cli, 'check', '-e', where, '-m', url];
  const before = () => fs.rmSync(path.join(folder, 'cache'), { recursive: true, force: true });
  for (const [what, options] of [
    ['cold', { env, before }],
    ['warm', { env }],
  ]) {
    const { median, code } = await timeCommand(process.execPath, check, options);
    if (code !== 0) throw new Error(`check: exit code ${code}`);
    report(`check of ${SPECS} specs, indexed registry, ${what}`, median, undefined, 'aim 500 ms');
  }
}

/** Spack's own push of the same store, by an environment of all its specs. */
function spackPush(folder, environment, url) {
  const { SPACK: spack } = process.env;
  if (!spack) return;
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
  report(`Spack's own push, ${SPECS} specs`, performance.now() - started);
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

function built({ nodes }) {
  return [...nodes.values()].filter(({ external }) => external === undefined);
}

/** A tree with one spec; returns its prefix. */
function makeLargeStore(folder) {
  const root = path.join(folder, 'large');
  const environment = generateEnvironment({ specs: 1 });
  generateStore(root, environment);
  const [spec] = [...environment.nodes.values()].filter(({ external }) => external === undefined);
  return path.join(root, `linux-x86_64_v3/${spec.name}-${spec.version}-${spec.hash}`, 'lib');
}
