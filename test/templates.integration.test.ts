/** GitLab's components in templates/, as gitlab-ci-local runs them: it wants rsync and a repository with a remote. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderDocuments, listedHashes, publishedHashes } from './cache/mirror-state.ts';
import { ROOT } from './entry/command-line.ts';
import { planSite, tally } from './harness/plan-site.ts';
import { type TempDir, tempDir } from './harness/temp-dir.ts';
import { moveToyStore, SPACK_MIRROR, TOY_ENVIRONMENT } from './tree/toy-store.ts';

interface Component {
  readonly name: string;
  readonly inputs: Record<string, string | boolean>;
}

let dir: TempDir;
let repository: string;
let setup: string;

beforeEach(async () => {
  dir = await tempDir();
  repository = join(dir.path, 'repository');
  const bin = join(dir.path, 'bin');
  for (const folder of [repository, bin, join(dir.path, 'home')]) mkdirSync(folder);
  const program = join(bin, 'buildcache');
  writeFileSync(
    program,
    `#!/bin/sh\nexec ${process.execPath} ${join(ROOT, 'test/entry/verb-process.ts')} "$@"\n`,
  );
  chmodSync(program, 0o755);
  setup = `PATH=${bin}:$PATH`;
  cpSync(join(ROOT, 'templates'), join(repository, 'templates'), { recursive: true });
});
afterEach(() => dir[Symbol.asyncDispose]());

/** A pipeline of a component, and of jobs behind it. @returns the exit code, and what was printed */
function run(
  { name, inputs }: Component,
  jobs: Record<string, unknown> = {},
): { code: number | null; output: string } {
  const pipeline = {
    include: [{ local: `templates/${name}.yml`, inputs: { setup, ...inputs } }],
    stages: ['build', 'after'],
    ...jobs,
  };
  writeFileSync(join(repository, '.gitlab-ci.yml'), JSON.stringify(pipeline));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd: repository });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'x');
  git('remote', 'add', 'origin', 'git@gitlab.example.org:x/y.git');
  const ran = spawnSync(join(ROOT, 'node_modules/.bin/gitlab-ci-local'), ['--force-shell-executor'], {
    cwd: repository,
    env: { ...process.env, HOME: join(dir.path, 'home') },
    encoding: 'utf8',
  });
  return { code: ran.status, output: `${ran.stdout}\n${ran.stderr}` };
}

/** The toy environment in the repository, with this folder as its mirror. */
function environment(mirror: string): void {
  mkdirSync(join(repository, 'env'));
  cpSync(join(TOY_ENVIRONMENT, 'spack.lock'), join(repository, 'env/spack.lock'));
  const ours = { url: mirror, signed: false, autopush: true };
  writeFileSync(join(repository, 'env/spack.yaml'), JSON.stringify({ spack: { mirrors: { ours } } }));
}

describe('the gate', () => {
  const after = {
    after: {
      stage: 'after',
      needs: ['buildcache-gate'],
      script: ['echo "told: $BUILDCACHE_NEEDS_REBUILD, $(ls rebuild.json)"'],
    },
  };

  test('tells the jobs after it that something is missing, and what', () => {
    const mirror = join(dir.path, 'empty');
    mkdirSync(mirror);
    environment(mirror);
    const { code, output } = run({ name: 'gate', inputs: {} }, after);
    expect(output).toContain('told: true, rebuild.json');
    expect(code).toBe(0);
  });

  test('tells them that nothing is', () => {
    environment(SPACK_MIRROR);
    const { code, output } = run({ name: 'gate', inputs: {} }, after);
    expect(output).toContain('told: false');
    expect(code).toBe(0);
  });

  test('fails on what is missing where it is told to', () => {
    const mirror = join(dir.path, 'empty');
    mkdirSync(mirror);
    environment(mirror);
    const { code, output } = run({ name: 'gate', inputs: { 'fail-on-rebuild': true } }, after);
    expect(code).toBe(1);
    expect(output).not.toContain('told:');
  });

  test.each([
    ['on a mirror that does not answer', { options: '--retries 0' }],
    ['where there is no program to ask with', { setup: 'false' }],
  ])('fails %s, always, and leaves no answer that was checked out', (_, inputs) => {
    environment('http://127.0.0.1:9/cache');
    writeFileSync(join(repository, 'buildcache.env'), 'BUILDCACHE_NEEDS_REBUILD=false\n');
    const always = { after: { ...after.after, when: 'always' } };
    const { code, output } = run({ name: 'gate', inputs }, always);
    expect(code).toBe(1);
    expect(output).not.toContain('told: false');
  });
});

describe('the push', () => {
  test.each([
    ['that goes well', 'true', 0],
    ['that fails half-way', 'false', 1],
    ['of which a command fails, and not the last one', 'true; false; echo done', 1],
    ['of which a command fails in a function', 'true; f() { false; true; }; f', 1],
    ['that ends itself', 'true; exit 3', 1],
    ['that ends in a comment', 'true # and no more', 0],
  ])('sends what was built, listed in the index, after a build %s', async (_, end, expected) => {
    const [mirror, built, store] = ['mirror', 'built', 'store'].map((name) => join(dir.path, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(mirror);
    environment(mirror);
    await moveToyStore(store);
    cpSync(store, built, { recursive: true });
    rmSync(store, { recursive: true });
    mkdirSync(store);
    const build = `cp -a ${built}/. ${store}/ && ${end}`;
    const inputs = { image: 'spack', build, options: `--store ${store}` };
    const { code, output } = run({ name: 'push', inputs });
    expect(publishedHashes(folderDocuments(mirror)).size, output).toBe(6);
    expect(listedHashes(folderDocuments(mirror)).size).toBe(6);
    expect(code).toBe(expected);
  });
});

test('the plan runs what is missing as a child pipeline', () => {
  const folder = join(dir.path, 'site');
  mkdirSync(folder);
  const site = planSite(folder, 8, 5);
  const options = '--overhead 20 --runners 2';
  const inputs = { environment: join(folder, 'env'), command: site.command, options };
  const { code, output } = run({ name: 'plan', inputs });
  expect(tally(site, []), output).toEqual({ builtTwice: 0, tooEarly: 0, unrelatedLost: 0, published: 8 });
  expect(code).toBe(0);
});
