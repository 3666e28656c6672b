import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateEnvironment } from '../test/harness/generate.ts';
import { lockOf, lockText, mutate, WAYS } from '../test/plan/explain/mutate.ts';
import { askCli, bestOf, scratch } from './parts/measure.mjs';

export const about =
  'Why 1,235 specs are missing, all of them: against another lockfile, and against the index of a mirror with 100,000 specs (81 generations of that environment). `EXPLAIN_LOCKS=folder` also goes through the lockfiles there, pair by pair.';
export const notes =
  'All four changes are found and all specs proven in each. What is kept of an index while its records are ranked is some 60 bytes a record; the rest is the environment.';

const SPECS = 1235; // and three external ones
const INDEXED = 100_000;

export function run(bench) {
  using work = scratch('explain');
  const generations = makeGenerations(bench.size(SPECS, 40), bench.size(INDEXED));
  const wanted = generations.at(-1);
  const before = generations.at(-2);
  const file = (name, lock) => {
    const path = join(work.path, name);
    writeFileSync(path, lockText(lock));
    return path;
  };
  const newer = file('new.lock', wanted.lock);
  const older = file('old.lock', before.lock);
  const note = (what, times, args, aim) => {
    const { seconds, megabytes, json } = bestOf(times, () => ask(args, work.path));
    const proven = json.specs.filter((spec) => spec.proven).length;
    if (proven === 0 || json.causes.length === 0) throw new Error(`${what}: nothing was proven`);
    bench.note(what, seconds, 's', { aim });
    bench.note(`${what}, peak memory`, megabytes, 'MB');
    console.log(`    ${json.specs.length} specs, ${json.causes.length} causes, ${proven} proven`);
  };
  note('against a lockfile', bench.rounds(5), ['explain', '-e', newer, '--against', older], 0.5);
  note('diff of the two', bench.rounds(5), ['diff', older, newer], 0.5);
  for (const whole of [10_000, INDEXED]) {
    const mirror = join(work.path, `mirror-${whole}`);
    writeMirror(mirror, generations.slice(0, -1), bench.size(whole));
    const args = ['explain', '-e', newer, '-m', pathToFileURL(mirror).href];
    const what = `against an index of ${whole.toLocaleString('en')}`;
    note(`${what}, cold`, 1, args);
    note(`${what}, warm`, bench.rounds(3), args, whole === INDEXED ? 2 : undefined);
  }
  if (process.env.EXPLAIN_LOCKS) successive(process.env.EXPLAIN_LOCKS);
  else bench.skip('lockfiles of a site', 'EXPLAIN_LOCKS names no folder');
}

/** Each with three changes, and another C library below all of it. */
function makeGenerations(specs, indexed) {
  let lock = lockOf(JSON.parse(generateEnvironment({ specs, seed: 7 }).lockfile));
  const libc = {
    kind: 'libc',
    change: (node) => node.name === 'glibc' && { ...node, version: `${node.version}.1` },
  };
  const known = new Set();
  const generations = [{ lock, done: new Map() }];
  for (let seed = 1; known.size < indexed + 2 * specs; seed++) {
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
    const { json, seconds } = ask(['diff', join(folder, old), join(folder, name)], folder);
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

function ask(args, work) {
  const asked = askCli([...args, '--json'], { BUILDCACHE_CACHE_DIR: join(work, 'cache') });
  return { ...asked, json: JSON.parse(asked.stdout) };
}
