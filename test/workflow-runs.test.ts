/** A small part of what `workflow-runs.stress.test.ts` tries: the workflows that people copy, on a site's usual days. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildcache, FORK, PUSH, readRepositoryFile, SCHEDULE } from './harness/workflow-site.ts';
import { moveToyStore } from './tree/toy-store.ts';
import { ALL, siteWith, startMirrors } from './workflow-situations.ts';

const workflow = (name: string) => readRepositoryFile(`docs/workflows/${name}`);

it('one spec is missing: it is built, pushed and promoted, and the next day there is nothing to do', async () => {
  await using mirrors = await startMirrors('folder');
  await using site = await siteWith(mirrors);
  const store = join(site.path, 'before');
  await moveToyStore(store);
  const call = { cwd: site.repository, out: () => undefined, err: () => undefined };
  const env = { BUILDCACHE_SIGNING_KEY: site.secrets['SIGNING_KEY'] ?? '', HOME: site.path };
  const push = ['push', '-e', 'env', '--store', store, 'builds', 'gcc-runtime', 'toymake', 'toypy'];
  expect(await buildcache({ ...call, args: push, env })).toBe(0);
  await rm(store, { recursive: true });

  const build = await site.run(await workflow('build.yml'), PUSH, 'build.yml');
  expect(build).toMatchObject({ result: 'success', built: ['toyapp'] });
  expect(build.jobs.map(({ name }) => name)).toEqual(['gate', 'toyapp', 'promote']);
  expect(await mirrors.specs('builds')).toEqual(ALL);
  const night = await site.run(await workflow('nightly.yml'), SCHEDULE);
  expect(night, night.log).toMatchObject({ result: 'success' });
  expect(await mirrors.specs('release')).toEqual(ALL);
  const pull = await site.run(await workflow('pull-request.yml'), FORK);
  expect(pull).toMatchObject({ result: 'success', said: [] });
  await mirrors.setDown(true);
  const down = await site.run(await workflow('build.yml'), PUSH, 'build.yml');
  expect(down).toMatchObject({ result: 'failure', built: [] });
});
