/** The reusable workflow, run: what is missing is built in waves, once, and a failure takes along only what needs it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeKey } from './cache/keys.ts';
import { ROOT } from './entry/command-line.ts';
import { PUSH, type Site, startSite } from './harness/workflow-site.ts';
import { ALL, startMirrors } from './workflow-situations.ts';

const SECRETS = ['SIGNING_KEY', 'SIGNING_PASSPHRASE', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
const CALLER = JSON.stringify({
  name: 'Caller',
  on: { push: {} },
  permissions: { contents: 'read' },
  jobs: {
    build: {
      uses: 'org/buildcache-action/.github/workflows/build.yml@v0',
      with: { environment: 'env', runners: 4 },
      secrets: Object.fromEntries(SECRETS.map((name) => [name, `\${{ secrets.${name} }}`])),
    },
  },
});

/** A site whose mirror is a folder, with the set-up that the workflow asks for. */
async function site(signed = false, secrets: Record<string, string> = {}) {
  const mirrors = await startMirrors('folder');
  const builds = { ...mirrors.configuration('builds'), signed, autopush: true };
  const spack = {
    specs: [],
    mirrors: { builds },
    config: { install_tree: { root: '../../store-of-the-job' } },
  };
  const started: Site = await startSite({ spack, secrets });
  const setup = join(started.repository, '.github/actions/build-setup');
  mkdirSync(setup, { recursive: true });
  const run = `cp -R ${started.path}/spack ./spack\necho "$PWD/spack/bin" >> "$GITHUB_PATH"`;
  const action = { name: 'setup', runs: { using: 'composite', steps: [{ shell: 'bash', run }] } };
  writeFileSync(join(setup, 'action.yml'), JSON.stringify(action));
  return { mirrors, started };
}

it('is what the script writes', () => {
  const text = execFileSync(process.execPath, [join(ROOT, 'scripts/build-workflow.mjs'), '--print'], {
    encoding: 'utf8',
  });
  expect(readFileSync(join(ROOT, '.github/workflows/build.yml'), 'utf8')).toBe(text);
});

it('builds all that is missing, each once, and the second time nothing', async () => {
  const { mirrors, started } = await site();
  await using _ = started;
  await using __ = mirrors;
  const ran = await started.run(CALLER, PUSH);
  expect({ result: ran.result, said: ran.said }, ran.log).toMatchObject({ result: 'success' });
  expect([...ran.built].sort()).toEqual(ALL);
  expect(await mirrors.specs('builds')).toEqual(ALL);
  const again = await started.run(CALLER, PUSH);
  expect(again).toMatchObject({ result: 'success', built: [] });
});

it('loses to a failure only what needs it, and the next run builds that', async () => {
  const { mirrors, started } = await site();
  await using _ = started;
  await using __ = mirrors;
  started.failing.add('libtoy');
  const ran = await started.run(CALLER, PUSH);
  expect(ran.result).toBe('failure');
  const there = ['gcc-runtime', 'toymake', 'zlib-toy'];
  expect([...ran.built].sort()).toEqual(there);
  expect(await mirrors.specs('builds')).toEqual(there);
  started.failing.clear();
  const again = await started.run(CALLER, PUSH);
  expect(again.result).toBe('success');
  expect([...again.built].sort()).toEqual(ALL.filter((name) => !there.includes(name)));
  expect(await mirrors.specs('builds')).toEqual(ALL);
});

it('signs when a job ends, with a key that no build has seen', async () => {
  const { privateKey } = await makeKey();
  const { mirrors, started } = await site(true, { SIGNING_KEY: privateKey });
  await using _ = started;
  await using __ = mirrors;
  const ran = await started.run(CALLER, PUSH);
  expect({ result: ran.result, said: ran.said }, ran.log).toMatchObject({ result: 'success' });
  expect(await mirrors.specs('builds')).toEqual(ALL);
  expect(ran.log).toMatch(/push-while-building: process \d+ pushes to builds.*no key/);
  expect(ran.log).toMatch(/push-while-building: \d+ pushed while building, \d+ at the end/);
});

it('is not green where GitHub drops the plan, since a secret is a word of it', async () => {
  const { mirrors, started } = await site(false, { SIGNING_PASSPHRASE: 'minutes' });
  await using _ = started;
  await using __ = mirrors;
  const ran = await started.run(CALLER, PUSH);
  expect(ran.jobs.find(({ name }) => name.endsWith('plan'))).toMatchObject({
    result: 'success',
    dropped: ['waves'],
  });
  expect(ran).toMatchObject({ result: 'failure', built: [] });
  expect(ran.jobs.filter(({ id, result }) => id.includes('wave') && result === 'failure')).toHaveLength(1);
});
