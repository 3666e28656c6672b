// A real Spack that installs the fixtures' environment from a mirror, with configuration and caches of its own.
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const FIXTURE = fileURLToPath(new URL('../../test/fixtures/spack-1.2/', import.meta.url));
/** Where the fixtures' packages were installed, and think they are. */
export const STORE = '/opt/toy/store';

/** The fixtures' install tree, to be read with `readInstallTree(STORE, { readFrom })`. */
export function unpackStore(folder) {
  const files = join(folder, 'store');
  mkdirSync(files);
  execFileSync('tar', ['-xzf', join(FIXTURE, 'store.tar.gz'), '-C', files]);
  return files;
}

/** @returns the path of Spack's executable; ends the process when there is none */
export function requireSpack() {
  const { SPACK: spack } = process.env;
  if (spack) return spack;
  console.error('SPACK is not set: it must name the bin/spack of a Spack 1.x');
  return process.exit(2);
}

/**
 * @param folder for everything but the install tree
 * @param root the install tree. No longer than the one it was built in, so that Spack need not get itself a patchelf
 * @param mirror {url, signed, ca}: ca the PEM text of the authority its server is vouched for by
 * @returns `run`, which runs Spack and prints what it was asked, and the environment's folder
 */
export function prepareSpack(spack, folder, root, mirror) {
  const environment = join(folder, 'env');
  cpSync(join(FIXTURE, 'env'), environment, { recursive: true });
  const config = join(folder, 'config');
  mkdirSync(config);
  writeFileSync(join(config, 'config.yaml'), `config:\n  install_tree:\n    root: ${root}\n`);
  writeFileSync(join(config, 'repos.yaml'), `repos::\n  toy: ${makeRecipes(folder, environment)}\n`);
  writeFileSync(
    join(config, 'mirrors.yaml'),
    `mirrors::\n  pushed:\n    url: ${mirror.url}\n    signed: ${mirror.signed}\n`,
  );
  const ca = join(folder, 'ca.pem');
  if (mirror.ca !== undefined) writeFileSync(ca, mirror.ca);
  const env = {
    ...process.env,
    ...(mirror.ca === undefined ? {} : { SSL_CERT_FILE: ca }),
    SPACK_USER_CONFIG_PATH: config,
    SPACK_USER_CACHE_PATH: join(folder, 'cache'),
    SPACK_GNUPGHOME: join(folder, 'gnupg'),
  };
  const run = async (...args) => {
    // Not synchronously: the mirror may be served by this process.
    const { stdout } = await promisify(execFile)('python3', [spack, ...args], { env, encoding: 'utf8' });
    console.log(`spack ${args.map((arg) => arg.replace(folder, '…')).join(' ')}`);
    return stdout;
  };
  return { run, environment };
}

/** Lists the mirror, installs all of the environment from it, and runs its program. */
export async function installWithSpack({ run, environment }, root) {
  console.log((await run('buildcache', 'list', '--allarch', '--long')).trim());
  await run('-e', environment, 'install', '--cache-only');
  console.log((await run('find', '--long')).trim());
  const prefix = (await run('location', '--install-dir', 'toyapp')).trim();
  if (!prefix.startsWith(root)) throw new Error(`toyapp is not in the install tree: ${prefix}`);
  console.log(`toyapp says: ${execFileSync(join(prefix, 'bin', 'toyapp'), { encoding: 'utf8' }).trim()}`);
}

/** Recipes that say nothing but that there are such packages: Spack wants one for what it installs. */
export function makeRecipes(folder, environment) {
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
