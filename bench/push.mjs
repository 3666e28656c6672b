/**
 * How fast installed specs get into a mirror: 1,000 small ones, signed and unsigned, one of about 500 MB against `tar |
 * pigz -6` and `sha256sum` on the same files, and the index after one new spec in 1,000. Each measured in a process
 * of its own, whose peak memory is told too.
 *
 *   node bench/push.mjs [megabytes]       with a Node that strips types (24); wants tar, pigz and sha256sum
 */
import { execFileSync, fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { generateKey } from 'openpgp';
import { openSigner } from '../src/cache/trust/signing.ts';
import { openLayout3Writer } from '../src/cache/writing/cache-writer.ts';
import { remakeIndex } from '../src/cache/writing/update-index.ts';
import { push } from '../src/commands/push.ts';
import { pushExitCode } from '../src/plan/push-result.ts';
import { SILENT } from '../src/report/reporter.ts';
import { openFileStorage } from '../src/storage/file/file.ts';
import { readInstallTree } from '../src/tree/install-tree.ts';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateStore } from '../test/harness/generate-store.ts';
import { makeLargePrefix } from './large-prefix.mjs';

const SPECS = 1000;
const TASKS = { pushAll, pushSigned, pushBut, pushOne, updateIndex, updateIndexFull, pushLarge };

/** @returns what was measured: a name, a number, its unit, and what it should be below */
export async function run(megabytes = 500) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-push-'));
  const results = [];
  const note = (name, value, unit, aim) => {
    results.push({ name, value, unit, aim });
    const wanted = aim === undefined ? '' : ` (aim: ${aim})`;
    console.log(`${name}: ${value.toFixed(2)} ${unit}${wanted}`);
  };
  try {
    generateStore(path.join(folder, 'store'), generateEnvironment({ specs: SPECS }));
    const all = await inChild('pushAll', folder);
    note(`push ${SPECS} small prefixes`, all.seconds, 's', 8);
    note(`push ${SPECS} small prefixes, peak memory`, all.peak, 'MB');
    note(
      `push ${SPECS} small prefixes, signed (Ed25519)`,
      (await inChild('pushSigned', folder)).seconds,
      's',
    );
    await inChild('pushBut', folder);
    note(`update-index, one new spec in ${SPECS}`, (await inChild('updateIndex', folder)).seconds, 's', 0.5);
    note(`update-index --full of ${SPECS}`, (await inChild('updateIndexFull', folder)).seconds, 's');
    await inChild('pushBut', folder);
    note(`push one spec, with the index of ${SPECS}`, (await inChild('pushOne', folder)).seconds, 's');

    const bytes = makeLargePrefix(makeLargeStore(folder), megabytes * 1e6);
    const ours = [];
    const theirs = [];
    // Alternating, and the best of three: the machine may be shared.
    for (let round = 0; round < 3; round++) {
      theirs.push(tarPigz(folder));
      ours.push(await inChild('pushLarge', folder));
    }
    const best = Math.min(...ours.map(({ seconds }) => seconds));
    const size = `${(bytes / 1e6).toFixed(0)} MB`;
    note(`push ${size}`, best, 's');
    note(`push ${size}, of tar | pigz -6 and sha256sum`, best / Math.min(...theirs), 'times', 1.2);
    note(`push ${size}, peak memory`, Math.max(...ours.map(({ peak }) => peak)), 'MB', 250);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

if (process.send) {
  const [, , task, folder] = process.argv;
  const seconds = await TASKS[task](folder);
  process.send({ seconds, peak: process.resourceUsage().maxRSS / 1024 });
} else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await run(Number(process.argv[2] ?? 500));
}

function inChild(task, folder) {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [task, folder]);
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? undefined : reject(new Error(`${task}: exit ${code}`))));
  });
}

async function pushAll(folder) {
  return await timedPush(folder, 'store', 'mirror-all', (specs) => specs);
}

async function pushSigned(folder) {
  const { privateKey } = await generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: [{ name: 'bench' }],
  });
  const signer = await openSigner({ secretKeys: privateKey, source: 'bench', mirror: 'bench' });
  return await timedPush(folder, 'store', 'mirror-signed', (specs) => specs, { signer });
}

/** All but one in the index, that one beside it. */
async function pushBut(folder) {
  fs.rmSync(path.join(folder, 'mirror'), { recursive: true, force: true });
  await timedPush(folder, 'store', 'mirror', (specs) => specs.slice(0, -1));
  return await timedPush(folder, 'store', 'mirror', (specs) => specs.slice(-1), {}, false);
}

async function pushOne(folder) {
  return await timedPush(folder, 'store', 'mirror', (specs) => specs.slice(-1));
}

async function updateIndex(folder, full = false) {
  const started = performance.now();
  await remakeIndex(openLayout3Writer(openFileStorage(path.join(folder, 'mirror')), undefined), {
    jobs: 16,
    full,
    onProblem: (text) => {
      throw new Error(text);
    },
  });
  return (performance.now() - started) / 1000;
}

async function updateIndexFull(folder) {
  return await updateIndex(folder, true);
}

async function pushLarge(folder) {
  fs.rmSync(path.join(folder, 'mirror-large'), { recursive: true, force: true });
  return await timedPush(folder, 'large-store', 'mirror-large', (specs) => specs);
}

async function timedPush(folder, store, mirror, choose, target = {}, updateIndex = true) {
  const started = performance.now();
  const tree = await readInstallTree(path.join(folder, store));
  const cache = openLayout3Writer(openFileStorage(path.join(folder, mirror)), undefined);
  const result = await push(
    {
      tree,
      graph: tree,
      specs: choose([...tree.nodes.values()].filter(({ external }) => external === undefined)),
      roots: new Set(),
      targets: [{ name: mirror, cache, elsewhere: new Map(), ...target }],
      spackPrefix: '/opt/spack',
      force: false,
      updateIndex,
      failFast: true,
      allowMissing: false,
      dryRun: false,
      jobs: 16,
      signal: new AbortController().signal,
    },
    SILENT,
  );
  if (pushExitCode(result) !== 0) throw new Error('the push failed');
  return (performance.now() - started) / 1000;
}

/** A tree with one spec; returns its prefix. */
function makeLargeStore(folder) {
  const root = path.join(folder, 'large-store');
  const environment = generateEnvironment({ specs: 1 });
  generateStore(root, environment);
  const [spec] = [...environment.nodes.values()].filter(({ external }) => external === undefined);
  return path.join(root, `linux-x86_64_v3/${spec.name}-${spec.version}-${spec.hash}`, 'lib');
}

/** The same files through the usual tools, with the digest that names the blob. */
function tarPigz(folder) {
  const started = performance.now();
  execFileSync('sh', ['-c', 'tar -cf - large-store | pigz -6 > large.tar.gz && sha256sum large.tar.gz'], {
    cwd: folder,
    stdio: 'ignore',
  });
  return (performance.now() - started) / 1000;
}
