// Why specs are missing: an environment of 1,238 specs against another lockfile, and against the index of a mirror with
// 100,000 specs (81 generations of that environment), warm, with the peak memory of the process. All of them are missing.
//
//   EXPLAIN_LOCKS=/path/to/folder npm run bench -- explain
//
// also goes through the lockfiles in that folder, in the order of their names: for each successive pair the causes, how
// many specs are proven, and the time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generateEnvironment } from '../test/harness/generate.ts';
import { lockOf, lockText, mutate, WAYS } from '../test/plan/explain/mutate.ts';

const CLI = process.env.EXPLAIN_CLI ?? fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const SPECS = 1235; // and three external ones
const INDEXED = 100_000;

export async function run() {
  const work = mkdtempSync(join(tmpdir(), 'bench-explain-'));
  try {
    const generations = makeGenerations();
    const wanted = generations.at(-1);
    const before = generations.at(-2);
    const file = (name, lock) => {
      const path = join(work, name);
      writeFileSync(path, lockText(lock));
      return path;
    };
    const newer = file('new.lock', wanted.lock);
    const older = file('old.lock', before.lock);
    report('against a lockfile', 5, ['explain', '-e', newer, '--against', older], work, '0.5 s');
    report('diff of the two', 5, ['diff', older, newer], work, '0.5 s');
    for (const specs of [10_000, INDEXED]) {
      const mirror = join(work, `mirror-${specs}`);
      const bytes = writeMirror(mirror, generations.slice(0, -1), specs);
      const args = ['explain', '-e', newer, '-m', pathToFileURL(mirror).href];
      const what = `against an index of ${specs.toLocaleString('en')} (${(bytes / 1e6).toFixed(0)} MB)`;
      report(`${what}, cold`, 1, args, work, '');
      report(`${what}, warm`, 3, args, work, '2 s');
    }
    console.log(`  changed: ${[...wanted.done.values()].map(({ kind }) => kind).join(', ')}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  if (process.env.EXPLAIN_LOCKS) successive(process.env.EXPLAIN_LOCKS);
  else console.log('  lockfiles of a site: not measured, EXPLAIN_LOCKS names no folder');
}

/** Each with three changes, and another C library below all of it. */
function makeGenerations() {
  let lock = lockOf(JSON.parse(generateEnvironment({ specs: SPECS, seed: 7 }).lockfile));
  const libc = {
    kind: 'libc',
    change: (node) => node.name === 'glibc' && { ...node, version: `${node.version}.1` },
  };
  const known = new Set();
  const generations = [{ lock, done: new Map() }];
  for (let seed = 1; known.size < INDEXED + 2 * SPECS; seed++) {
    const some = mutate(lock, 3, seed, WAYS.slice(0, 2));
    if (some === undefined) continue;
    const all = mutate(some.lock, 1, seed, [{ ...libc, change: (node) => libc.change(node) || undefined }]);
    if (all === undefined || all.done.size === 0) continue;
    lock = all.lock;
    for (const hash of lock.nodes.keys()) known.add(hash);
    generations.push({ lock, done: new Map([...some.done, ...all.done]) });
  }
  return generations;
}

/** A mirror that is nothing but its index: of the newest generations as many specs as are asked for. */
function writeMirror(mirror, generations, specs) {
  const records = new Map();
  for (const { lock } of generations.toReversed()) {
    for (const [hash, spec] of lock.nodes) {
      if (records.size === specs) break;
      records.set(hash, { spec, ref_count: 1, in_buildcache: spec.external === undefined });
    }
  }
  const parts = [...records].map(([hash, record]) => `${JSON.stringify(hash)}:${JSON.stringify(record)}`);
  const index = Buffer.from(`{"database":{"version":"8","installs":{${parts.join(',')}}}}`);
  const checksum = createHash('sha256').update(index).digest('hex');
  const put = (path, content) => {
    mkdirSync(join(mirror, path, '..'), { recursive: true });
    writeFileSync(join(mirror, path), content);
  };
  put(`blobs/sha256/${checksum.slice(0, 2)}/${checksum}`, index);
  const data = {
    contentLength: index.length,
    mediaType: 'application/vnd.spack.db.v8+json',
    compression: 'none',
    checksumAlgorithm: 'sha256',
    checksum,
  };
  put('v3/manifests/index/index.manifest.json', JSON.stringify({ version: 3, data: [data] }));
  put('v3/layout.json', '{"signing": "gpg"}');
  return index.length;
}

function successive(folder) {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.lock'))
    .sort();
  for (const [i, name] of names.entries()) {
    const old = names[i - 1];
    if (old === undefined) continue;
    const { json, seconds } = ask(['diff', join(folder, old), join(folder, name), '--json'], folder);
    const changed = json.specs.filter(({ answer }) => answer === 'changed');
    const proven = changed.filter((spec) => spec.proven).length;
    const { added, removed, updated, rebuilt } = json.counts;
    console.log(
      `  ${old} → ${name}: ${added} added, ${removed} removed, ${updated} updated, ${rebuilt} rebuilt; ` +
        `${proven} of ${changed.length} proven, ${json.specs.length - changed.length} new; ${seconds.toFixed(2)} s`,
    );
    for (const why of new Set(changed.flatMap((spec) => spec.not_proven ?? [])))
      console.log(`      not proven: ${why}`);
    for (const { counted, drags, changes, changed: nodes, case: is } of json.causes.slice(0, 3)) {
      const what = changes.map((change) => `${change.kind} ${change.from} → ${change.to}`).join(', ') || is;
      console.log(`      ${counted} of ${drags.length}: ${nodes[0].name}: ${what}`.slice(0, 160));
    }
  }
}

function report(what, times, args, work, aim) {
  const runs = Array.from({ length: times }, () => ask([...args, '--json'], work));
  const best = Math.min(...runs.map(({ seconds }) => seconds));
  const median = runs.map(({ seconds }) => seconds).sort((a, b) => a - b)[runs.length >> 1];
  const peak = Math.max(...runs.map(({ megabytes }) => megabytes));
  const [{ json }] = runs;
  const proven = json.specs.filter((spec) => spec.proven).length;
  console.log(
    `  ${what}: median ${median.toFixed(2)} s, best ${best.toFixed(2)} s${aim && ` (aim ${aim})`}; ` +
      `peak ${peak.toFixed(0)} MB; ${json.specs.length} specs, ${json.causes.length} causes, ${proven} proven`,
  );
}

/** Runs the command line in a process that says how much memory it took. */
function ask(args, work) {
  const script = `process.on('exit', () => require('fs').writeSync(3, String(process.resourceUsage().maxRSS)));`;
  const load = `process.argv.splice(1, 0, ${JSON.stringify(CLI)}); import(${JSON.stringify(pathToFileURL(CLI).href)})`;
  const started = performance.now();
  const result = spawnSync(process.execPath, ['--eval', `${script} ${load}`, '--', ...args], {
    env: { ...process.env, BUILDCACHE_CACHE_DIR: join(work, 'cache') },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  const seconds = (performance.now() - started) / 1000;
  if (result.status !== 0) throw new Error(`${args.join(' ')} exited with ${result.status}`);
  return { seconds, megabytes: Number(result.output[3]) / 1024, json: JSON.parse(result.stdout) };
}
