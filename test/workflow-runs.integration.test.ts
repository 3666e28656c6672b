/** The workflows that people copy, against Debian's docker-registry: its repositories come to be with the first push. */
import { expect, it } from 'vitest';
import { documentedWorkflows } from './documents.ts';
import { DISPATCH, FORK, PUSH, readRepositoryFile, SCHEDULE } from './harness/workflow-site.ts';
import { ALL, siteWith, startMirrors } from './workflow-situations.ts';

const workflow = (name: string) => readRepositoryFile(`docs/workflows/${name}`);
const IN_ONE_JOB = documentedWorkflows().find(({ id }) => id === 'docs/oci.md: Build and push')?.text ?? '';

it('a site of three workflows: the first push is made by hand, and the rest goes by itself', async () => {
  await using mirrors = await startMirrors('docker-registry');
  await using site = await siteWith(mirrors);
  const unaware = await site.run(await workflow('build.yml'), PUSH, 'build.yml');
  expect(unaware).toMatchObject({ result: 'failure', built: [] });
  expect(unaware.log).toMatch(/no such repository.*on-unknown: rebuild/);
  site.failing.add('libtoy');
  const first = await site.run(await workflow('build.yml'), DISPATCH, 'build.yml');
  expect(first).toMatchObject({ result: 'failure', built: ['gcc-runtime', 'toymake', 'zlib-toy'] });
  site.failing.clear();
  const second = await site.run(await workflow('build.yml'), PUSH, 'build.yml');
  expect(second, second.log).toMatchObject({ result: 'success', built: ['libtoy', 'toypy', 'toyapp'] });
  expect(await mirrors.specs('builds')).toEqual(ALL);
  for (let night = 0; night < 2; night++) {
    const run = await site.run(await workflow('nightly.yml'), SCHEDULE);
    expect(run, run.log).toMatchObject({ result: 'success' });
    expect(await mirrors.specs('release')).toEqual(ALL);
  }
  const fork = await site.run(await workflow('pull-request.yml'), FORK);
  expect(fork).toMatchObject({ result: 'success', said: [] });
});

it('a site of one job needs no hand: it builds, pushes, and fetches the next time', async () => {
  await using mirrors = await startMirrors('docker-registry');
  await using site = await siteWith(mirrors);
  const first = await site.run(IN_ONE_JOB, PUSH);
  expect(first, first.log).toMatchObject({ result: 'success', built: expect.arrayContaining(ALL) });
  expect(await mirrors.specs('builds')).toEqual(ALL);
  expect(await site.run(IN_ONE_JOB, FORK)).toMatchObject({ result: 'success', built: [] });
});
