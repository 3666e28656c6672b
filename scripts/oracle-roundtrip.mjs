/**
 * Both ways with a real Spack: what we push and index is listed and installed by Spack; what Spack pushes is checked,
 * listed, installed and indexed by us. In folders and in registries, and with spliced specs. Prints the steps; exits 1
 * when one fails.
 *
 *   SPACK=/path/to/bin/spack node scripts/oracle-roundtrip.mjs [files|registries|spliced]…
 *
 * Node 24, python3, gpg, and for `registries` Debian's docker-registry are needed. Spack 0.23 reads layout 2, which we do
 * not write, and knows no registries over HTTP: of folders, only what it pushed is read by us.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateKey } from 'openpgp';
import { runVerb } from '../test/entry/run-verb.ts';
import { startDockerRegistry } from '../test/harness/docker-registry.ts';
import { startRegistry } from '../test/harness/registry.ts';
import { FIXTURES, hashesIn, openSpack, requireSpack, runToyapp, versionOf } from './oracle-spack/spack.mjs';

const spack = requireSpack();
const version = versionOf(spack);
const isOld = version.number < 100;
const FIXTURE = join(FIXTURES, isOld ? 'spack-0.23' : 'spack-1.2');
const ENVIRONMENT = isOld ? oldEnvironment() : join(FIXTURE, 'env');
const SPLICED = join(FIXTURES, 'spack-1.3/spliced');
const SPLICED_APP = 'gisp2ou';
const BUILD_SPEC = 'e5gsqvj';

const SCENARIOS = {
  files: [
    ...(isOld ? [] : [['what we push, signed, to a folder', oursInFiles]]),
    ['what Spack pushes to a folder', theirsInFiles],
  ],
  registries: [
    ...(isOld ? [] : [["Debian's docker-registry, over HTTP", () => inRegistry(startDockerRegistry)]]),
    ['a strict registry, over TLS', () => inRegistry(() => startRegistry({ tls: true }))],
  ],
  spliced: isOld
    ? []
    : [
        ['spliced specs in a folder that we index', splicedIndexed],
        ['spliced specs that we install and push', splicedPushed],
        ['spliced specs that Spack pushes', splicedByThem],
        ['spliced specs that we sync to a registry', splicedSynced],
      ],
};

console.log(`Spack ${version.text}`);
const failed = [];
const asked = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(SCENARIOS);
for (const [title, scenario] of asked.flatMap((name) => SCENARIOS[name] ?? unknown(name))) {
  console.log(`\n# ${title}\n`);
  try {
    await scenario();
  } catch (error) {
    failed.push(title);
    console.error(`FAILED: ${error instanceof Error ? `${error.message}\n${error.stderr ?? ''}` : error}`);
  }
}
console.log(failed.length === 0 ? '\nAll as it should be.' : `\nFAILED: ${failed.join('; ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function unknown(name) {
  console.error(`there is no ${name}: name some of ${Object.keys(SCENARIOS).join(', ')}`);
  return process.exit(2);
}

async function oursInFiles() {
  await inFolders(async ({ folder, root }) => {
    const mirror = join(folder, 'mirror');
    const { privateKey, file: keys } = await makeKey(folder);
    const store = root();
    await installFromFixture(folder, store);
    const signing = { BUILDCACHE_SIGNING_KEY: privateKey };
    await buildcache(
      folder,
      ['push', mirror, '-e', ENVIRONMENT, '--store', store, '--update-index'],
      signing,
    );
    const theirs = spackFor(join(folder, 'spack'), { root: root(), mirror: urlOf(mirror), signed: true });
    await theirs.run('gpg', 'trust', keys);
    expectAll(await theirs.list(), ENVIRONMENT);
    expectRuns(await theirs.install());
  });
}

async function theirsInFiles() {
  await inFolders(async ({ folder, root }) => {
    const fixture = join(FIXTURE, 'mirror-unsigned');
    const theirs = spackFor(join(folder, 'spack'), { root: root(), mirror: urlOf(fixture), signed: false });
    expectRuns(await theirs.install());
    const mirror = join(folder, 'mirror');
    if (isOld) {
      // Before it signs, it reads all recipes it has, which takes minutes; the fixtures have what it signed.
      await pushTheirs(theirs, '--unsigned', '--update-index', urlOf(mirror));
      await read(folder, mirror, ['--unsigned'], root());
      return;
    }
    const { privateKey, file: keys } = await makeKey(folder);
    await theirs.importSecretKey(privateKey);
    await pushTheirs(theirs, '--update-index', urlOf(mirror));
    await read(folder, mirror, ['--trusted-keys', keys], root());
    rmSync(join(mirror, 'v3/manifests/index'), { recursive: true });
    await buildcache(folder, ['update-index', mirror]);
    const again = spackFor(join(folder, 'again'), { root: root(), mirror: urlOf(mirror), signed: true });
    await again.run('gpg', 'trust', keys);
    expectAll(await again.list(), ENVIRONMENT);
  });
}

async function inRegistry(start) {
  await using registry = await start();
  const { url, ca } = registry;
  const isListed = ca !== undefined && !isOld; // No Spack looks for an index over HTTP, and 0.23 reads no newer one.
  await inFolders(async ({ folder, root }) => {
    const ours = `${url}Toy/Ours`;
    const store = root();
    await installFromFixture(folder, store);
    await buildcache(folder, [
      'push',
      ours,
      '-e',
      ENVIRONMENT,
      '--store',
      store,
      '--unsigned',
      '--update-index',
    ]);
    const theirs = spackFor(join(folder, 'spack'), { root: root(), mirror: ours, signed: false, ca });
    if (isListed) expectAll(await theirs.list(), ENVIRONMENT);
    expectRuns(await theirs.install());

    const pushed = `${url}toy/theirs`;
    await pushTheirs(theirs, '--unsigned', '--update-index', pushed);
    await read(folder, pushed, ['--unsigned'], root());
    if (isOld) return;
    await buildcache(folder, ['update-index', pushed]);
    await check(folder, pushed, ['--verify', 'blobs']);

    const synced = `${url}toy/synced`;
    const keys = ['--trusted-keys', join(FIXTURES, 'toy-ci.pub.asc')];
    await buildcache(folder, ['sync', '--all', join(FIXTURE, 'mirror-signed'), synced, ...keys]);
    const again = spackFor(join(folder, 'again'), { root: root(), mirror: synced, signed: false, ca });
    if (isListed) expectAll(await again.list(), ENVIRONMENT);
    expectRuns(await again.install());
  });
}

async function splicedIndexed() {
  await inSplicedFolders(async ({ folder, root, mirror }) => {
    rmSync(join(mirror, 'v3/manifests/index'), { recursive: true });
    await buildcache(folder, ['update-index', mirror]);
    for (const name of ['env-toyapp', 'env-libtoy']) {
      const settings = {
        root: root(),
        mirror: urlOf(mirror),
        signed: false,
        environment: join(SPLICED, name),
      };
      const theirs = spackFor(join(folder, name), settings);
      expectHashes(await theirs.list(), [SPLICED_APP, BUILD_SPEC]);
      await theirs.install();
    }
  });
}

/** What we install is what Spack finds installed, whole, and can push; what we push of it, Spack lists and installs. */
async function splicedPushed() {
  await inSplicedFolders(async ({ folder, root, mirror, environment }) => {
    const store = root();
    await install(folder, mirror, ['--unsigned'], store, environment);
    const settings = { root: store, mirror: urlOf(mirror), signed: false, environment };
    const finder = spackFor(join(folder, 'finder'), settings);
    expectHashes(hashesIn(await finder.run('find', '--long')), [SPLICED_APP]);
    console.log((await finder.run('verify', 'manifest', `/${SPLICED_APP}`)).trim());

    const ours = join(folder, 'ours');
    await buildcache(folder, ['push', ours, '-e', environment, '--store', store, '-u', '--update-index']);
    await check(folder, ours, [], environment, 1); // Build specs are nowhere but in the other mirror.
    await buildcache(folder, ['sync', mirror, ours, '-e', environment, '--unsigned']);
    await check(folder, ours, [], environment);
    const theirs = spackFor(join(folder, 'spack'), { ...settings, root: root(), mirror: urlOf(ours) });
    expectHashes(await theirs.list(), [SPLICED_APP, BUILD_SPEC]);
    expectRuns(await theirs.install());
  });
}

async function splicedByThem() {
  await inSplicedFolders(async ({ folder, root, mirror, environment }) => {
    const settings = { root: root(), mirror: urlOf(mirror), signed: false, environment };
    const theirs = spackFor(join(folder, 'spack'), settings);
    expectRuns(await theirs.install());
    const pushed = join(folder, 'pushed');
    await pushTheirs(theirs, '--unsigned', '--update-index', urlOf(pushed));
    await check(folder, pushed, [], environment, 1);
    await buildcache(folder, ['sync', mirror, pushed, '-e', environment, '--unsigned']);
    await read(folder, pushed, ['--unsigned'], root(), environment);
    const again = spackFor(join(folder, 'again'), { ...settings, root: root(), mirror: urlOf(pushed) });
    expectHashes(await again.list(), [SPLICED_APP, BUILD_SPEC]);
  });
}

async function splicedSynced() {
  await using registry = await startRegistry({ tls: true });
  const { url, ca } = registry;
  await inSplicedFolders(async ({ folder, root, mirror, environment }) => {
    const synced = `${url}toy/spliced`;
    await buildcache(folder, ['sync', '--all', mirror, synced, '--unsigned']);
    const settings = { root: root(), mirror: synced, signed: false, environment, ca };
    const theirs = spackFor(join(folder, 'spack'), settings);
    expectHashes(await theirs.list(), [SPLICED_APP, BUILD_SPEC]);
    expectRuns(await theirs.install());
    await pushTheirs(theirs, '--unsigned', '--update-index', `${url}toy/theirs`);
    await buildcache(folder, ['list', '-a', '-l', '-m', `${url}toy/theirs`]);
    await read(folder, synced, ['--unsigned'], root(), environment);
  });
}

/** @returns a secret key's text, and a file with the public one */
async function makeKey(folder) {
  const userIDs = [{ name: 'Oracle', email: 'oracle@example.org' }];
  const { privateKey, publicKey } = await generateKey({ userIDs, curve: 'ed25519Legacy', type: 'ecc' });
  const file = join(folder, 'key.asc');
  writeFileSync(file, publicKey);
  return { privateKey, file };
}

/** As for `install --cache-only`, without what is needed to build only. */
async function pushTheirs({ inEnvironment }, ...args) {
  // One at a time: the processes of Spack 0.23 overwrite each other's copy of the environment's spack.yaml.
  await inEnvironment('buildcache', 'push', '-j', '1', '--without-build-dependencies', ...args);
}

/** With the projections that Spack 0.23 has: longer prefixes than what was built there would need a patchelf. */
function oldEnvironment() {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-roundtrip-env-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(FIXTURE, 'env'), folder, { recursive: true });
  const all = '"{architecture}/{compiler.name}-{compiler.version}/{name}-{version}-{hash}"';
  const config = `  config:\n    install_tree:\n      projections:\n        all: ${all}\n`;
  appendFileSync(join(folder, 'spack.yaml'), config);
  return folder;
}

/** @param use gets a folder, and `root`, which makes install trees; all of them go when it is done */
async function inFolders(use) {
  const made = [mkdtempSync(join(tmpdir(), 'oracle-roundtrip-'))];
  const root = () => {
    // No longer than any that packages are built in, so that nobody needs a patchelf.
    made.push(mkdtempSync('/tmp/s'));
    return made.at(-1);
  };
  try {
    await use({ folder: made[0], root });
  } finally {
    for (const keyring of globSync(join(made[0], '*/gnupg'))) {
      execFileSync('gpgconf', ['--homedir', keyring, '--kill', 'gpg-agent']);
    }
    for (const each of made) rmSync(each, { recursive: true, force: true });
  }
}

async function inSplicedFolders(use) {
  await inFolders(async ({ folder, root }) => {
    const mirror = join(folder, 'mirror');
    cpSync(join(SPLICED, 'mirror-with-spliced'), mirror, { recursive: true });
    await use({ folder, root, mirror, environment: join(SPLICED, 'env-toyapp') });
  });
}

function spackFor(folder, { root, mirror, signed, ca, environment = ENVIRONMENT }) {
  return openSpack(spack, version, folder, { root, environment, ca, mirror: { url: mirror, signed } });
}

/** Checks, lists and installs what Spack has pushed. */
async function read(folder, mirror, trust, root, environment = ENVIRONMENT) {
  await check(folder, mirror, ['--verify', 'blobs'], environment);
  expectAll(hashesIn(await buildcache(folder, ['list', '-a', '-l', '-m', mirror])), environment);
  await install(folder, mirror, trust, root, environment);
}

async function check(folder, mirror, more, environment = ENVIRONMENT, expected = 0) {
  // Like Spack's `install --cache-only`, which is what the mirror has to serve.
  const args = ['check', '-e', environment, '-m', mirror, '--no-build-deps', ...more];
  await buildcache(folder, args, {}, expected);
}

async function install(folder, mirror, trust, root, environment = ENVIRONMENT) {
  await buildcache(folder, [
    'install',
    '-e',
    environment,
    '-m',
    mirror,
    '--store',
    root,
    '--otherarch',
    ...trust,
  ]);
  expectRuns(runToyapp(root));
}

async function installFromFixture(folder, root) {
  await install(folder, join(FIXTURE, 'mirror-unsigned'), ['--unsigned'], root);
}

/** @returns what it prints */
async function buildcache(folder, args, env = {}, expected = 0) {
  const shown = args.join(' ').replaceAll(folder, '…').replaceAll(FIXTURES, 'fixtures/');
  console.log(`buildcache ${shown}`);
  const { PATH = '' } = process.env;
  const isInsecure = args.some((arg) => arg.startsWith('oci:'));
  const { code, out, err } = await runVerb(isInsecure ? [...args, '--insecure'] : args, folder, {
    PATH,
    ...env,
  });
  if (code !== expected) throw new Error(`exit code ${code} instead of ${expected}\n${out}${err}`);
  const last = out.trim().split('\n').at(-1);
  if (last !== '') console.log(`  ${last}`);
  return out;
}

function expectAll(found, environment) {
  const lock = JSON.parse(readFileSync(join(environment, 'spack.lock'), 'utf8'));
  const { roots } = lock;
  expectHashes(
    found,
    roots.map(({ hash }) => hash.slice(0, 7)),
  );
}

function expectHashes(found, wanted) {
  const missing = wanted.filter((hash) => !found.has(hash));
  if (missing.length > 0) throw new Error(`not listed: ${missing.join(', ')} among ${[...found].join(', ')}`);
  console.log(`  lists ${found.size}, among them ${[...new Set(wanted)].join(', ')}`);
}

function expectRuns(programs) {
  if (programs === 0) throw new Error('there is no toyapp');
}

function urlOf(path) {
  return pathToFileURL(path).href;
}
