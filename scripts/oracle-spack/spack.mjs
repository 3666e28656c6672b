/**
 * A real Spack with configuration, caches, keys and an install tree of its own, and recipes that say nothing but that
 * there are such packages: it wants one for whatever it installs.
 */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const FIXTURES = fileURLToPath(new URL('../../test/fixtures/', import.meta.url));
/** Where the fixtures' packages were installed first. */
const STORE = '/opt/toy/store';

/** @returns the path of Spack's executable; ends the process when there is none */
export function requireSpack() {
  const { SPACK: spack } = process.env;
  if (spack) return spack;
  console.error('SPACK is not set: it must name the bin/spack of a Spack 0.23 or newer');
  return process.exit(2);
}

/** @returns its version as a number for comparing: 1.3.0.dev0 is 103 */
export function versionOf(spack) {
  const text = execFileSync('python3', [spack, '--version'], { encoding: 'utf8' });
  const [major, minor] = text.split('.').map((part) => Number.parseInt(part, 10));
  return { text: text.trim(), number: 100 * major + minor };
}

/**
 * @param folder for everything but the install tree; must not exist
 * @param settings.root the install tree. No longer than the one that packages were built in, so that no patchelf is needed
 * @param settings.environment a folder with a spack.lock, which is copied
 * @param settings.mirror {url, signed}, what it installs from
 * @param settings.ca PEM text of the authority a registry is vouched for by
 */
export function openSpack(spack, version, folder, { root, environment, mirror, ca }) {
  mkdirSync(folder);
  const copy = join(folder, 'env');
  cpSync(environment, copy, { recursive: true });
  const config = join(folder, 'config');
  mkdirSync(config);
  const repo = makeRecipes(folder, copy, version);
  const write = (name, text) => writeFileSync(join(config, `${name}.yaml`), text);
  write('config', `config:\n  install_tree:\n    root: ${root}\n`);
  write('repos', version.number < 100 ? `repos:: [${repo}]\n` : `repos::\n  toy: ${repo}\n`);
  write('mirrors', `mirrors::\n  toy:\n    url: ${mirror.url}\n    signed: ${mirror.signed}\n`);
  const authority = join(folder, 'ca.pem');
  if (ca !== undefined) writeFileSync(authority, ca);
  const env = {
    ...process.env,
    ...(ca === undefined ? {} : { SSL_CERT_FILE: authority }),
    HOME: folder,
    SPACK_DISABLE_LOCAL_CONFIG: '1',
    SPACK_USER_CACHE_PATH: join(folder, 'cache'),
    SPACK_GNUPGHOME: join(folder, 'gnupg'),
  };
  const run = async (...args) => {
    console.log(`spack ${args.join(' ').replaceAll(folder, '…')}`);
    // Not synchronously: the mirror may be served by this process.
    const running = promisify(execFile)('python3', [spack, '-C', config, ...args], { env, encoding: 'utf8' });
    // Newer ones ask whether to trust a key.
    running.child.stdin.end('y\n');
    return (await running).stdout;
  };
  const inEnvironment = async (...args) => await run('-e', copy, ...args);
  return {
    root,
    environment: copy,
    run,
    inEnvironment,
    /** Hashes of what it finds in its mirrors' indices. */
    async list() {
      return hashesIn(await run('buildcache', 'list', '--allarch', '--long'));
    },
    /** For signing; to have Spack make one takes minutes on a machine that is busy. */
    async importSecretKey(text) {
      await run('gpg', 'list'); // which makes the keyring's folder
      execFileSync('gpg', ['--homedir', env.SPACK_GNUPGHOME, '--batch', '--quiet', '--import'], {
        input: text,
      });
    },
    /** Installs the environment from its mirrors, and runs what was installed. */
    async install() {
      await inEnvironment('install', '--cache-only');
      return runToyapp(root);
    },
  };
}

/** The seven characters that `--long` shows. */
export function hashesIn(listing) {
  return new Set([...listing.matchAll(/^([a-z2-7]{7}) /gm)].map(([, hash]) => hash));
}

/** Runs the fixtures' program; what it prints are the paths it was relocated to. */
export function runToyapp(root) {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const programs = names.filter((name) => /(^|\/)toyapp-[^/]*\/bin\/toyapp$/.test(name));
  for (const name of programs) {
    const said = execFileSync(join(root, name), { encoding: 'utf8' }).trim();
    if (!said.includes(root) || said.includes(STORE)) throw new Error(`${name} says: ${said}`);
    console.log(`${name.split('/').at(-3)} says: ${said}`);
  }
  return programs.length;
}

/** Recipes that say nothing but that there are such packages; in a folder of `folder`, which is returned. */
export function makeRecipes(folder, environment, version) {
  const lock = JSON.parse(readFileSync(join(environment, 'spack.lock'), 'utf8'));
  const isOld = version.number < 100;
  const repo = join(folder, 'repo', ...(isOld ? ['toy'] : ['spack_repo', 'toy']));
  mkdirSync(repo, { recursive: true });
  writeFileSync(join(repo, 'repo.yaml'), `repo:\n  namespace: toy\n${isOld ? '' : '  api: v2.0\n'}`);
  const packages = new Map();
  for (const { name, version: each, parameters } of Object.values(lock.concrete_specs)) {
    const versions = new Set([...(packages.get(name)?.versions ?? []), each]);
    packages.set(name, { versions, buildSystem: parameters.build_system });
  }
  for (const [name, { versions, buildSystem }] of packages) {
    const recipe = join(repo, 'packages', isOld ? name : name.replaceAll('-', '_'));
    mkdirSync(recipe, { recursive: true });
    const className = name.replace(/(^|-)(.)/g, (_, __, letter) => letter.toUpperCase());
    const lines = [...versions].map((each) => `    version("${each}")\n`).join('');
    const builder = isOld || buildSystem === 'generic' ? '' : builderOf(buildSystem);
    writeFileSync(
      join(recipe, 'package.py'),
      `from spack.package import *\n\n\n${builder}class ${className}(Package):\n    has_code = False\n${lines}`,
    );
  }
  return repo;
}

/** Of build systems, Spack itself has but one since 1.0. */
function builderOf(buildSystem) {
  const phase = '    phases = ("install",)\n\n    def install(self, pkg, spec, prefix):\n        pass\n';
  return `@register_builder("${buildSystem}")\nclass ABuilder(BuilderWithDefaults):\n${phase}\n\n`;
}
