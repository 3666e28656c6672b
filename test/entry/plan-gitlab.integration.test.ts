/** Plans that run as GitLab's child pipelines: by gitlab-ci-local, which wants rsync and a repository with a remote. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planSite, tally } from '../harness/plan-site.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { buildcache, ROOT } from './command-line.ts';

/** Makes the plan and runs it as the child of a pipeline. @returns what was printed */
async function runPipeline(
  site: ReturnType<typeof planSite>,
  folder: string,
  defaults: string,
): Promise<string> {
  const repository = join(folder, 'repository');
  mkdirSync(repository, { recursive: true });
  writeFileSync(join(folder, 'default.yml'), defaults);
  const how = [
    '--overhead',
    '20',
    '--runners',
    '3',
    '--command',
    site.command,
    '--default',
    join(folder, 'default.yml'),
  ];
  const made = ['--format', 'gitlab', ...how, '-o', join(repository, 'made.yml')];
  expect(await buildcache(['plan', '-e', join(folder, 'env'), ...made])).toMatchObject({ code: 0 });
  const parent = {
    stages: ['plan', 'build'],
    plan: { stage: 'plan', script: ['cp made.yml child.yml'], artifacts: { paths: ['child.yml'] } },
    build: {
      stage: 'build',
      needs: ['plan'],
      trigger: { include: [{ artifact: 'child.yml', job: 'plan' }], strategy: 'depend' },
    },
  };
  writeFileSync(join(repository, '.gitlab-ci.yml'), JSON.stringify(parent));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd: repository });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'x');
  git('remote', 'add', 'origin', 'git@gitlab.example.org:x/y.git');
  const program = join(ROOT, 'node_modules/.bin/gitlab-ci-local');
  const ran = spawnSync(program, ['--force-shell-executor', '--concurrency', '3'], {
    cwd: repository,
    env: { ...process.env, HOME: join(folder, 'home') },
    encoding: 'utf8',
  });
  return `${ran.stdout}\n${ran.stderr}`;
}

test('all is built, once, in the order of what needs what, with the default: block of the caller', async () => {
  await using dir = await tempDir();
  const site = planSite(dir.path, 14, 5);
  const output = await runPipeline(site, dir.path, 'before_script:\n  - echo from the default block\n');
  expect(output).toContain('from the default block');
  expect(tally(site, []), output).toEqual({ builtTwice: 0, tooEarly: 0, unrelatedLost: 0, published: 14 });
});

test('what fails takes along what needs it and nothing else', async () => {
  await using dir = await tempDir();
  const site = planSite(dir.path, 14, 5);
  const failing = site.buildable
    .filter((hash) => site.above(hash).size > 1 && site.above(hash).size < 8)
    .slice(0, 1);
  expect(failing).toHaveLength(1);
  for (const hash of failing) site.fail(hash);
  const output = await runPipeline(site, dir.path, 'interruptible: false\n');
  const lost = new Set(failing.flatMap((hash) => [...site.above(hash)])).size;
  expect(tally(site, failing), output).toEqual({
    builtTwice: 0,
    tooEarly: 0,
    unrelatedLost: 0,
    published: 14 - lost,
  });
});

test('a plan of nothing is a pipeline all the same', async () => {
  await using dir = await tempDir();
  const site = planSite(dir.path, 3, 5);
  execFileSync('sh', ['-c', site.command], {
    env: { ...process.env, BUILDCACHE_CHUNK: site.buildable.join(' ') },
  });
  expect(await runPipeline(site, dir.path, 'interruptible: false\n')).toContain('Every spec is present');
});
