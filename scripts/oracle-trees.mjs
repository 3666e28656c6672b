/**
 * Has a real Spack fill install trees and pack what is in them: one that is padded, one behind a symbolic link, and one
 * with an upstream. We push from the same trees, named in other ways than Spack was told, and compare the archives. Then
 * Spack lists what we have installed beside an upstream. Prints a line for each; exits 1 when one differs.
 *
 *   SPACK=/path/to/bin/spack node scripts/oracle-trees.mjs        Spack 1.x, python3 is needed
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { buildProgram } from '../src/entry/cli/cli.ts';
import { FIXTURES, makeRecipes, requireSpack, versionOf } from './oracle-spack/spack.mjs';

const MAKE = fileURLToPath(new URL('oracle-spack/make-tree.py', import.meta.url));
const ALL = 'gcc-runtime,toymake,zlib-toy,libtoy,toypy,toyapp';
const spack = requireSpack();
const spackPrefix = dirname(dirname(spack));
const folder = mkdtempSync('/tmp/s');
const environment = join(folder, 'env');
const at = (...names) => join(folder, ...names);
const mirror = at('mirror');
let recipes = '';
let differ = 0;
try {
  cpSync(join(FIXTURES, 'spack-1.2/env'), environment, { recursive: true });
  recipes = makeRecipes(folder, environment, versionOf(spack));
  mkdirSync(at('real'));
  symlinkSync(at('real'), at('link'));

  const padded = { install_tree: { root: at('padded'), padded_length: 160 } };
  const ofPadded = fill('padded', { config: padded }, ALL, ALL);
  await compare('padded, its root without the padding named', ofPadded, {}, at('padded'));
  await compare('padded, as configured', ofPadded, { config: padded });

  const ofReal = fill('real', { config: { install_tree: { root: at('real/a') } } }, ALL, ALL);
  await compare('named through a link', ofReal, {}, at('link/a'));
  const ofLink = fill('link', { config: { install_tree: { root: at('link/b') } } }, ALL, ALL);
  await compare('installed through a link', ofLink, {}, at('real/b'));

  const libraries = 'gcc-runtime,toymake,zlib-toy,libtoy';
  const ofUpstream = fill('up', { config: { install_tree: { root: at('up') } } }, libraries, libraries);
  const upstreams = { site: { install_tree: at('up') } };
  const down = { config: { install_tree: { root: at('down') } }, upstreams };
  const ofDownstream = fill('down', down, 'toypy,toyapp', 'toypy,toyapp');
  await compare('with an upstream', ofDownstream, down);
  await compare("an upstream's specs, as Spack packs them there", ofUpstream, down);

  const beside = { config: { install_tree: { root: at('beside') } }, upstreams };
  configure(beside);
  await run('install', '-e', environment, '-m', mirror, '-u', '-o', 'toyapp');
  const records = (name) => {
    const { installs } = JSON.parse(readFileSync(at(name, '.spack-db/index.json'), 'utf8')).database;
    const facts = Object.entries(installs).map(([hash, { ref_count, installed, path }]) => {
      return [hash, ref_count, installed, path.replace(at(name), '')];
    });
    return JSON.stringify(facts.sort());
  };
  report('records of an install beside an upstream', records('beside') === records('down'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = differ > 0 ? 1 : 0;

/** Runs Spack with this configuration only. @returns digests by hash */
function fill(name, sections, install, pack) {
  const config = join(folder, `config-${name}`);
  mkdirSync(config);
  const all = { ...sections, 'repos:': { toy: recipes } };
  for (const [section, value] of Object.entries(all)) {
    writeFileSync(join(config, `${section.replace(':', '')}.yaml`), JSON.stringify({ [section]: value }));
  }
  const env = {
    ...process.env,
    SPACK_DISABLE_LOCAL_CONFIG: '1',
    SPACK_USER_CACHE_PATH: join(folder, 'cache'),
  };
  const args = [spack, '-C', config, 'python', MAKE, environment, install, pack];
  const out = execFileSync('python3', args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return new Map(Object.entries(JSON.parse(out.trim().split('\n').at(-1))));
}

function configure(sections) {
  writeFileSync(join(environment, 'spack.yaml'), JSON.stringify({ spack: { specs: [], ...sections } }));
}

async function compare(what, expected, sections, store) {
  configure(sections);
  rmSync(mirror, { recursive: true, force: true });
  const named = store === undefined ? [] : ['--store', store];
  await run('push', mirror, '-u', '-e', environment, '--spack-prefix', spackPrefix, ...named);
  const ours = new Map();
  for (const file of globSync(join(mirror, 'v3/manifests/spec/*/*.json'))) {
    const { checksum } = JSON.parse(readFileSync(file, 'utf8')).data[0];
    const tar = gunzipSync(readFileSync(join(mirror, 'blobs/sha256', checksum.slice(0, 2), checksum)));
    ours.set(/-([a-z2-7]{32})\./.exec(basename(file))?.[1], createHash('sha256').update(tar).digest('hex'));
  }
  const other = [...expected].filter(([hash, digest]) => ours.get(hash) !== digest);
  report(
    `${what}: ${expected.size - other.length} of ${expected.size} archives are Spack's`,
    other.length === 0,
  );
}

function report(what, isSame) {
  if (!isSame) differ++;
  console.log(`${isSame ? 'same   ' : 'DIFFERS'} ${what}`);
}

/** One of our verbs, in this process. */
async function run(...args) {
  let said = '';
  const write = (text) => {
    said += text;
  };
  const stream = { write, isTTY: false };
  let code = 0;
  const exit = (number) => {
    code = number;
  };
  const { signal } = new AbortController();
  const context = { env: { HOME: folder }, cwd: folder, stdout: stream, stderr: stream, signal, exit };
  const program = await buildProgram(args, context, '0');
  await program.parseAsync(args, { from: 'user' });
  if (code !== 0) throw new Error(`${args[0]} failed: ${said}`);
}
