/**
 * Has a real Spack install what we pushed: the fixtures' install tree, pushed signed with a key made here, comes back
 * from the mirror through `spack install --cache-only`, and its program runs. Prints the steps; exits 1 when one fails.
 *
 *   SPACK=/path/to/bin/spack node scripts/oracle-push.mjs        Spack 1.x, gpg and python3 are needed
 *
 * That Spack's own configuration scopes are read, its install tree, caches and keys are not touched.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generateKey } from 'openpgp';
import { openSigner } from '../src/cache/signing.ts';
import { push } from '../src/commands/push.ts';
import { pushExitCode } from '../src/plan/push-result.ts';
import { SILENT } from '../src/report/reporter.ts';
import { openFileStorage } from '../src/storage/file.ts';
import { readInstallTree } from '../src/tree/install-tree.ts';

const FIXTURE = fileURLToPath(new URL('../test/fixtures/spack-1.2/', import.meta.url));
const STORE = '/opt/toy/store';

const spack = process.env.SPACK;
if (spack === undefined || spack === '') {
  console.error('SPACK is not set: it must name the bin/spack of a Spack 1.x');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'oracle-push-'));
// No longer than the tree it was built in, so that Spack need not get itself a patchelf.
const root = mkdtempSync('/tmp/s');
try {
  const mirror = join(folder, 'mirror');
  const publicKey = await pushSigned(mirror);
  installWithSpack(mirror, publicKey);
  console.log('Spack installed what we pushed.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  for (const made of [folder, root]) rmSync(made, { recursive: true, force: true });
}

/** Pushes all of the fixtures' specs; returns the file of the public key. */
async function pushSigned(mirror) {
  const files = join(folder, 'store');
  mkdirSync(files);
  execFileSync('tar', ['-xzf', join(FIXTURE, 'store.tar.gz'), '-C', files]);
  const { privateKey } = await generateKey({
    userIDs: [{ name: 'Oracle', email: 'oracle@example.org' }],
    curve: 'ed25519Legacy',
    type: 'ecc',
  });
  const signer = await openSigner({
    secretKeys: privateKey,
    passphrase: undefined,
    choose: undefined,
    source: 'a new key',
    mirror,
  });
  const tree = await readInstallTree(STORE, { readFrom: files });
  const specs = [...tree.nodes.values()].filter(({ external }) => external === undefined);
  const result = await push(
    {
      tree,
      graph: tree,
      specs,
      roots: new Set(),
      targets: [
        { name: 'mirror', storage: openFileStorage(mirror), view: undefined, signer, elsewhere: new Map() },
      ],
      spackPrefix: '/opt/spack',
      force: false,
      updateIndex: true,
      failFast: false,
      allowMissing: false,
      dryRun: false,
      jobs: 4,
      signal: new AbortController().signal,
    },
    SILENT,
  );
  if (pushExitCode(result) !== 0) throw new Error(`the push failed: ${JSON.stringify(result)}`);
  console.log(`pushed ${specs.length} specs, signed by ${signer.fingerprint}`);
  const file = join(folder, 'key.asc');
  writeFileSync(file, signer.publicKey);
  return file;
}

function installWithSpack(mirror, publicKey) {
  const environment = join(folder, 'env');
  cpSync(join(FIXTURE, 'env'), environment, { recursive: true });
  const config = join(folder, 'config');
  mkdirSync(config);
  writeFileSync(join(config, 'config.yaml'), `config:\n  install_tree:\n    root: ${root}\n`);
  writeFileSync(join(config, 'repos.yaml'), `repos::\n  toy: ${makeRecipes(environment)}\n`);
  writeFileSync(
    join(config, 'mirrors.yaml'),
    `mirrors::\n  pushed:\n    url: ${pathToFileURL(mirror).href}\n    signed: true\n`,
  );
  const env = {
    ...process.env,
    SPACK_USER_CONFIG_PATH: config,
    SPACK_USER_CACHE_PATH: join(folder, 'cache'),
    SPACK_GNUPGHOME: join(folder, 'gnupg'),
  };
  const run = (...args) => {
    const output = execFileSync('python3', [spack, ...args], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    console.log(`spack ${args.map((arg) => arg.replace(folder, '…')).join(' ')}`);
    return output;
  };
  run('gpg', 'trust', publicKey);
  console.log(run('buildcache', 'list', '--allarch', '--long').trim());
  run('-e', environment, 'install', '--cache-only');
  console.log(run('find', '--long').trim());
  const prefix = run('location', '--install-dir', 'toyapp').trim();
  if (!prefix.startsWith(root)) throw new Error(`toyapp is not in the install tree: ${prefix}`);
  console.log(`toyapp says: ${execFileSync(join(prefix, 'bin', 'toyapp'), { encoding: 'utf8' }).trim()}`);
}

/** Recipes that say nothing but that there are such packages: Spack wants one for what it installs. */
function makeRecipes(environment) {
  const lock = JSON.parse(readFileSync(join(environment, 'spack.lock'), 'utf8'));
  const repo = join(folder, 'repo', 'spack_repo', 'toy');
  mkdirSync(repo, { recursive: true });
  writeFileSync(join(repo, 'repo.yaml'), 'repo:\n  namespace: toy\n  api: v2.0\n');
  for (const { name, version } of Object.values(lock.concrete_specs)) {
    const recipe = join(repo, 'packages', name.replaceAll('-', '_'));
    mkdirSync(recipe, { recursive: true });
    const className = name.replace(/(^|-)(.)/g, (_, __, letter) => letter.toUpperCase());
    writeFileSync(
      join(recipe, 'package.py'),
      `from spack.package import *\n\n\nclass ${className}(Package):\n    has_code = False\n    version("${version}")\n`,
    );
  }
  return repo;
}
