/** Every fenced command of the README and the documents, as written but for places and packages. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPrivateKey } from 'openpgp';
import { afterAll, expect, it } from 'vitest';
import { adaptedCommands, documentedCommands, RUN_ELSEWHERE, verbExamples } from './documents.ts';
import { FIXTURES } from './entry/command-line.ts';
import { putEmptyImage } from './harness/empty-image.ts';
import { startRegistry } from './harness/registry.ts';
import { run } from './harness/runner-process.ts';
import { moveToyStore } from './tree/toy-store.ts';
import { siteWith, startMirrors } from './workflow-situations.ts';

const ran = new Set<string>();
const blocks = [...documentedCommands(), ...verbExamples()];
afterAll(() => {
  expect([...ran, ...Object.keys(RUN_ELSEWHERE)].sort()).toEqual(blocks.map(({ id }) => id).sort());
});

/** A folder as the documents assume one: an environment, keys, mirrors with packages, an install tree. */
async function shop() {
  const mirrors = await startMirrors('folder');
  const site = await siteWith(mirrors);
  const registry = await startRegistry();
  putEmptyImage(registry.repository('base/debian'), '12');
  const at = (...path: readonly string[]) => join(site.path, ...path);
  const url = (name: 'builds' | 'release') => String(mirrors.configuration(name)['url']);
  const privateKey = site.secrets['SIGNING_KEY'] ?? '';
  const fingerprint = (await readPrivateKey({ armoredKey: privateKey })).getFingerprint().toUpperCase();
  const places = {
    ...{ builds: url('builds'), release: url('release'), registry: registry.url, fingerprint },
    ...{ pushed: at('pushed'), old: at('old'), new: at('new'), tree: at('tree'), short: at('s') },
  };
  const cwd = at('cwd');
  cpSync(site.repository, cwd, { recursive: true });
  await moveToyStore(places.tree);
  const yaml = join(cwd, 'env/spack.yaml');
  const { spack } = JSON.parse(readFileSync(yaml, 'utf8'));
  writeFileSync(yaml, JSON.stringify({ spack: { ...spack, config: { install_tree: { root: at('t') } } } }));
  writeFileSync(join(cwd, 'key.asc'), privateKey);
  const publicKey = join(cwd, 'keys/ours.pub.asc');
  for (const name of ['key.pub.asc', 'ours.pub.asc']) cpSync(publicKey, join(cwd, name));
  cpSync(join(FIXTURES, 'toy-ci.pub.asc'), join(cwd, 'old.pub.asc'));
  cpSync(join(FIXTURES, 'spack-0.23/mirror-signed'), places.old, { recursive: true });
  await site.tools.install(join(cwd, 'bin/buildcache'), 'buildcache');
  await site.tools.install(at('home/spack/bin/spack'), 'spack');
  mkdirSync(at('home/spack/lib/spack/spack'), { recursive: true });
  const env = {
    PATH: `${at('tools')}:${at('home/spack/bin')}:${process.env['PATH'] ?? ''}`,
    HOME: at('home'),
    BUILDCACHE_SIGNING_KEY: privateKey,
    STORE: at('t'),
  };
  const sh = async (script: string, more: Record<string, string> = {}) => {
    const lines: string[] = [];
    const argv = ['bash', '-e', '-o', 'pipefail', '-c', script] as const;
    const ended = await run(argv, { cwd, env: { ...env, ...more }, onLine: (line) => lines.push(line) });
    return { ...ended, log: lines.join('\n') };
  };
  await sh(`buildcache push -e env --store ${places.tree} --update-index builds
    buildcache keys -m builds -e env --install --trust
    mkdir lists; buildcache check -e env -m builds --copy-to release --copy-list lists/a.json`);
  return {
    ...{ sh, at, cwd, places, mirrors },
    /** @param file where the block is to be saved, and run by `sh` */
    run: async (id: string, more: Record<string, string> = {}, file?: string) => {
      const block = blocks.find((one) => one.id === id);
      if (block === undefined) throw new Error(`there is no ${id}`);
      ran.add(id);
      const script = adaptedCommands(block, places);
      if (file === undefined) return await sh(script, more);
      writeFileSync(file, script);
      return await sh(`sh ${file}`, more);
    },
    async [Symbol.asyncDispose]() {
      await registry.close();
      await site[Symbol.asyncDispose]();
      await mirrors[Symbol.asyncDispose]();
    },
  };
}

it('README.md#1: says what is missing, in the words of the README', async () => {
  await using at = await shop();
  const spack = { specs: ['toyapp'], mirrors: { ours: at.places.builds } };
  writeFileSync(join(at.cwd, 'env/spack.yaml'), JSON.stringify({ spack }));
  rmSync(new URL(`${at.places.builds}/v3/manifests/spec/toymake`), { recursive: true });
  await at.sh('buildcache update-index -e env ours');
  const ended = await at.run('README.md#1');
  expect(ended.exitCode).toBe(1);
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const shown = ended.stdout.trimEnd().replace(at.places.builds, 's3://bucket/cache');
  expect(readme).toContain(`$ buildcache check -e env\n${shown}\n`);
});

/** @returns what makes git clone this instead of the repository */
function clonable({ at, cwd }: Pick<Awaited<ReturnType<typeof shop>>, 'at' | 'cwd'>): Record<string, string> {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], { cwd });
  git('init', '-q', '-b', 'v0', at('clone'));
  cpSync(join(cwd, 'bin'), at('clone/bin'), { recursive: true });
  git('-C', at('clone'), 'add', '.');
  git('-C', at('clone'), 'commit', '-qm', 'x');
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.file://${at('clone')}.insteadOf`,
    GIT_CONFIG_VALUE_0: 'https://github.com/org/buildcache-action',
  };
}

it('README.md#3: a clone is all the installation there is', async () => {
  await using at = await shop();
  const ended = await at.run('README.md#3', clonable(at));
  expect(ended, ended.log).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(at.cwd, 'rebuild.json'), 'utf8')).toBe('{}');
});

it('README.md#5: the command line', async () => {
  await using at = await shop();
  const ended = await at.run('README.md#5');
  expect(ended, ended.log).toMatchObject({ exitCode: 0 });
  for (const text of [/^toyapp@1\.0/m, /6 pushed/, /6 copied/]) expect(ended.stdout).toMatch(text);
  expect(await at.mirrors.specs('release')).toHaveLength(6);
});

it.each([
  ['everything is there', '', 0, 'nothing to build'],
  [
    'something is missing',
    'rm -r "$BUILDS"/v3/manifests/spec/toypy "$BUILDS"/v3/manifests/index',
    1,
    'builds rebuild.json',
  ],
  ['the mirror is down', 'rm -r "$BUILDS"; ln -s builds "$BUILDS"', 2, ''],
])('docs/automation.md#1: where %s', async (_, before, code, said) => {
  await using at = await shop();
  const script = '#!/bin/sh\necho "builds $1"\nexit 1\n';
  writeFileSync(join(at.cwd, 'build-what-is-missing'), script, { mode: 0o755 });
  const [{ builds }] = [at.places];
  // One mirror, of which all is asked.
  writeFileSync(join(at.cwd, 'env/spack.yaml'), JSON.stringify({ spack: { mirrors: { builds } } }));
  await at.sh(before, { BUILDS: new URL(builds).pathname });
  const ended = await at.run('docs/automation.md#1');
  expect(ended.exitCode).toBe(code);
  expect(ended.stdout).toContain(said);
});

it('docs/autopush.md#1: pushes what is built between two commands, also after a failure', async () => {
  await using at = await shop();
  rmSync(new URL(at.places.builds), { recursive: true });
  const file = join(at.cwd, 'packages.sh');
  const ended = await at.run('docs/autopush.md#1', {}, file);
  expect(ended, ended.log).toMatchObject({ exitCode: 0 });
  expect(await at.mirrors.specs('builds')).toHaveLength(6);
  // Where nothing can be pushed, that is to be seen.
  rmSync(new URL(at.places.builds), { recursive: true });
  writeFileSync(new URL(at.places.builds), '');
  rmSync(at.at('t'), { recursive: true });
  expect((await at.run('docs/autopush.md#1', {}, file)).exitCode).toBe(1);
});

it.each([
  ['nothing is built: everything is there', '', 0, /All .* present/],
  ['what is missing is built and pushed', 'rm -r "$BUILDS"', 0, /6 pushed/],
  ['nothing is built: the mirror is down', 'rm -r "$BUILDS"; ln -s builds "$BUILDS"', 2, /unknown/],
  [
    'what cannot be pushed is no success',
    'rm -r "$BUILDS"; mkdir .buildcache-action; touch .buildcache-action/x',
    1,
    /no key/,
    false,
  ],
])('docs/other-ci.md#1: %s', async (_, before, code, said, hasKey = true) => {
  await using at = await shop();
  const configured = { builds: { url: at.places.builds, autopush: true, signed: true } };
  const config = { install_tree: { root: at.at('t') } };
  writeFileSync(join(at.cwd, 'env/spack.yaml'), JSON.stringify({ spack: { mirrors: configured, config } }));
  await at.sh(before, { BUILDS: new URL(at.places.builds).pathname });
  // As its text says: saved, and run by a shell that does not stop by itself. The key is in a file.
  const file = join(at.cwd, 'packages.sh');
  const key = hasKey ? { SIGNING_KEY: join(at.cwd, 'key.asc') } : {};
  const ended = await at.run(
    'docs/other-ci.md#1',
    { ...clonable(at), ...key, BUILDCACHE_SIGNING_KEY: '' },
    file,
  );
  expect(ended, ended.log).toMatchObject({ exitCode: code });
  expect(ended.log).toMatch(said);
});

it('docs/signing-keys.md#1: makes a key that signs what the public key verifies', async () => {
  await using at = await shop();
  const made = await at.run('docs/signing-keys.md#1');
  expect(made, made.log).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^[0-9A-F]{40}$/m) });
  const used =
    await at.sh(`buildcache push -e env --store ${at.places.tree} --signing-key-file ours.secret.asc \\
      --update-index ${at.places.pushed}
    buildcache check-index --verify all --trusted-keys keys/ours.pub.asc ${at.places.pushed}`);
  expect(used, used.log).toMatchObject({ exitCode: 0 });
});

it.each([
  ['docs/binaries-spack-io.md#1', /Toy|[0-9A-F]{40}/],
  ['docs/binaries-spack-io.md#2', /All 6 specs are present/],
  ['docs/binaries-spack-io.md#3', /6 copied/],
  ['docs/install.md#1', /6 installed|5 installed/],
  ['docs/images.md#1', /you\/cache:tools {2}linux\/amd64: 6 packages in 6 layers/],
  [
    'docs/images.md#2',
    /"RepoTags":\["docker\.io\/library\/tools:1\.0"\].*images {2}linux\/amd64: 6 packages/s,
  ],
  ['docs/images.md#3', /"dry_run": true/],
  ['docs/images.md#4', /you\/cache:tools {2}linux\/amd64/],
  ['docs/oci.md#1', /toyapp@1\.0/],
  ['docs/sync.md#1', /6 copied.*0 copied/s],
])('%s', async (id, expected) => {
  await using at = await shop();
  const ended = await at.run(id, id.includes('sync') ? { SPACK_ENV: 'env' } : {});
  expect(ended, ended.log).toMatchObject({ exitCode: 0 });
  expect(ended.log).toMatch(expected);
});

const MADE = 'buildcache bundle create -e env -m builds -o env.tar --trusted-keys keys/ours.pub.asc';
it.each([
  [1, '', /6 specs/],
  [2, MADE, /6 copied.*All 6 specs are present.*installed/s],
  [3, `${MADE} 'toy*'; buildcache bundle import env.tar ./mirror`, /3 specs, .*3 left out/s],
  [4, '', /toyapp@1\.0 \/[a-z2-7]{32}$/m],
] as const)('docs/bundles.md#%i', async (nth, before, expected) => {
  await using at = await shop();
  await at.sh(before);
  const ended = await at.run(`docs/bundles.md#${nth}`);
  expect(ended, ended.log).toMatchObject({ exitCode: 0 });
  expect(ended.log).toMatch(expected);
});

/** What a job of GitHub says of itself. */
const JOB = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'org/stack',
  GITHUB_WORKFLOW_REF: 'org/stack/.github/workflows/build.yml@refs/heads/main',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: '0123456789012345678901234567890123456789',
  GITHUB_RUN_ID: '7',
  GITHUB_RUN_ATTEMPT: '1',
};

it.each([
  [1, JOB, /6 pushed.*6 installed/s],
  [3, {}, /Built below roots of: \d+ characters \(6\)/],
  [4, {}, /6 installed/],
] as const)('docs/provenance.md#%i', async (nth, more, expected) => {
  await using at = await shop();
  await moveToyStore(at.at('t'));
  await at.sh('buildcache sync --all -e env builds ./mirror');
  const ended = await at.run(`docs/provenance.md#${nth}`, more);
  expect(ended, ended.log).toMatchObject({ exitCode: 0 });
  expect(ended.log).toMatch(expected);
  if (nth !== 4) return;
  const { creationInfo } = JSON.parse(readFileSync(join(at.cwd, 'sbom.spdx.json'), 'utf8'));
  expect(creationInfo.created).toBe('2023-11-14T22:13:20Z');
});

/** A repository with an earlier lockfile, and a mirror and an install tree in it, as docs/explain.md assumes. */
async function addHistory({ sh, places }: Awaited<ReturnType<typeof shop>>): Promise<void> {
  const git = 'git -c user.name=x -c user.email=x@example.org';
  const { exitCode, log } = await sh(`cp env/spack.lock old.lock
    buildcache sync --all -e env builds ./mirror
    mkdir old new; cp env/spack.lock old; cp env/spack.lock new
    ln -s ${places.tree} store
    git init -q -b main .; git add env old.lock; ${git} commit -qm first; ${git} commit -qm second --allow-empty`);
  expect(exitCode, log).toBe(0);
}

it.each([1, 2, 3])('docs/explain.md#%i: why, and what differs', async (nth) => {
  await using at = await shop();
  await addHistory(at);
  const ended = await at.run(`docs/explain.md#${nth}`);
  expect(ended, ended.log).toMatchObject({ exitCode: 0 });
  expect(ended.stdout).not.toBe('');
});

it.each(verbExamples().map(({ id }) => id))('%s', async (id) => {
  await using at = await shop();
  await moveToyStore(at.at('t'));
  if (id.startsWith('migrate')) {
    cpSync(join(FIXTURES, 'spack-0.23/mirror-unsigned'), join(at.cwd, 'mirror'), { recursive: true });
  }
  await at.sh(`buildcache push -e env --update-index ${at.places.pushed}
    buildcache sync -e env builds release`);
  if (/^(explain|diff)/.test(id)) await addHistory(at);
  const { roots } = JSON.parse(readFileSync(join(at.cwd, 'env/spack.lock'), 'utf8'));
  const ended = await at.run(id, { BUILDCACHE_CHUNK: roots[0].hash });
  expect(ended, ended.log).toMatchObject({ exitCode: 0 });
});
