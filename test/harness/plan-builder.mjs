/**
 * Builds a spec of a plan's site, as Spack would: node plan-builder.mjs SITE STORE NAME@VERSION/HASH
 * What it needs must be in the store or on the mirror, else it refuses. It fails where SITE/fail/HASH is there, and takes
 * as many milliseconds as SITE/slow says. Everything is noted, a line each, in SITE/events.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [site, store, spec] = process.argv.slice(2);
const hash = spec.split('/').at(-1);
const note = (what) => appendFileSync(join(site, 'events'), `${what} ${hash} ${Date.now()}\n`);
const { concrete_specs: nodes } = JSON.parse(readFileSync(join(site, 'env/spack.lock'), 'utf8'));
const database = join(store, '.spack-db/index.json');
const installs = existsSync(database) ? JSON.parse(readFileSync(database, 'utf8')).database.installs : {};
const node = nodes[hash];

const onMirror = (each) => {
  const folder = join(site, 'mirror/v3/manifests/spec', nodes[each].name);
  return (
    existsSync(folder) && readdirSync(folder).some((name) => name.endsWith(`-${each}.spec.manifest.json`))
  );
};
const needed = (node.dependencies ?? [])
  .map((each) => each.hash)
  .filter((each) => nodes[each].external === undefined);
note('begin');
if (needed.some((each) => installs[each]?.installed !== true && !onMirror(each))) {
  note('too-early');
  process.exit(3);
}
if (existsSync(join(site, 'slow'))) await sleep(Number(readFileSync(join(site, 'slow'), 'utf8')));
if (existsSync(join(site, 'fail', hash))) {
  note('failed');
  process.exit(1);
}
/** It, and all below it. */
function closure(of) {
  const found = new Set([of]);
  for (const each of found) for (const { hash: below } of nodes[each].dependencies ?? []) found.add(below);
  return found;
}
const all = closure(hash);
for (const each of all) {
  const external = nodes[each].external !== undefined;
  const path = external ? '/usr' : join(store, `linux/${nodes[each].name}-${nodes[each].version}-${each}`);
  if (installs[each] !== undefined && each !== hash) continue;
  if (!external) {
    mkdirSync(join(path, '.spack'), { recursive: true });
    mkdirSync(join(path, 'bin'), { recursive: true });
    const below = [...closure(each)].map((one) => nodes[one]);
    writeFileSync(
      join(path, '.spack/spec.json'),
      JSON.stringify({ spec: { _meta: { version: 5 }, nodes: below } }),
    );
    writeFileSync(join(path, 'bin/tool'), `${path}\n`.repeat(500));
    if (each === hash)
      writeFileSync(join(path, '.spack/install_times.json'), '{"total": 12.5, "phases": []}');
    // What Spack unpacks it marks so, and it is nobody's to push.
    else writeFileSync(join(path, '.spack/binary_distribution'), '{}');
  }
  installs[each] = {
    spec: nodes[each],
    path,
    installed: true,
    ref_count: 0,
    explicit: false,
    installation_time: 1.7e9,
    deprecated_for: null,
  };
}
mkdirSync(dirname(database), { recursive: true });
const temporary = `${database}.${process.pid}`;
writeFileSync(temporary, JSON.stringify({ database: { version: '8', installs } }));
renameSync(temporary, database);
note('built');
