/** What a checked-out `spack.yaml` can make of a step's variables by `modules:prefix_inspections`: later steps see the result. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EQUAL_ROOT } from '../commands/install-toy.ts';
import { startJob } from '../harness/runner.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { buildcache, environmentOf, FIXTURES, fromSource, mirrorOf, ROOT } from './command-line.ts';

const KEY = readFileSync(join(FIXTURES, 'toy-ci.pub.asc'), 'utf8');
const SECRETS = {
  MIRROR_TOKEN: 'tok-7f3a9b',
  AWS_SECRET_ACCESS_KEY: 'aws-1d7e4f',
  BUILDCACHE_SIGNING_PASSPHRASE: 'pass-63be',
};
const ODD = { SOMETHING: 'odd-5d81c2' };
const LISTS = { CMAKE_PREFIX_PATH: '/before', OWN_PATH: '/mine' };
const named = [...Object.keys(SECRETS), 'ACTIONS_RUNTIME_TOKEN', ...Object.keys(ODD), ...Object.keys(LISTS)];

const FORK = { pull_request: { number: 7, head: { repo: { full_name: 'stranger/fork' } } } };

let root: string;
beforeEach(() => {
  root = mkdtempSync('/tmp/bc-'.padEnd(EQUAL_ROOT.length - 6, '-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function workspace() {
  const dir = await tempDir();
  await cp(environmentOf('1.2'), join(dir.path, 'env'), { recursive: true });
  const spack = { specs: [], modules: { prefix_inspections: { './': named } } };
  writeFileSync(join(dir.path, 'env/spack.yaml'), JSON.stringify({ spack }));
  return dir;
}

it.each(['push', 'pull_request_target'])('on %s no later step gets a secret', async (name) => {
  await using dir = await workspace();
  await using job = await startJob({
    workspace: dir.path,
    here: fromSource,
    event: { name, payload: FORK },
    services: { ACTIONS_RUNTIME_TOKEN: 'runtime-81c2aa' },
  });
  const inputs = { environment: 'env', specs: 'zlib-toy', mirrors: `toy=${mirrorOf('1.2', 'signed')}` };
  const step = await job.uses(join(ROOT, 'install'), {
    with: { ...inputs, 'install-tree': root, otherarch: true, 'trusted-keys': KEY },
    env: { ...SECRETS, ...ODD, ...LISTS },
  });
  expect(step.exitCode, step.log).toBe(0);
  const lines = step.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  const said = JSON.stringify([step.env, lines, step.summary]);
  for (const secret of [...Object.values(SECRETS), 'runtime-81c2aa']) expect(said).not.toContain(secret);
  if (name !== 'push') expect(said).not.toContain(ODD.SOMETHING);
  expect(step.env['CMAKE_PREFIX_PATH']).toMatch(/^\/tmp\/bc-.*:\/before$/);
  expect(step.env['OWN_PATH']).toMatch(/^\/tmp\/bc-.*:\/mine$/);
  expect(step.log).toContain('MIRROR_TOKEN is left as it was');
});

it.each([
  ['push', true],
  ['pull_request_target', false],
])('on %s programs of the checkout may be put on the PATH: %s', async (name, expected) => {
  await using dir = await workspace();
  const lock = join(dir.path, 'env/spack.lock');
  const external = /"path": ?"\/usr"/g;
  const text = readFileSync(lock, 'utf8');
  expect(text).toMatch(external);
  writeFileSync(lock, text.replace(external, `"path": ${JSON.stringify(join(dir.path, 'evil'))}`));
  mkdirSync(join(dir.path, 'evil/bin'), { recursive: true });
  const config = { install_tree: { root: join(dir.path, 'tree') } };
  writeFileSync(join(dir.path, 'env/spack.yaml'), JSON.stringify({ spack: { specs: [], config } }));
  await using job = await startJob({ workspace: dir.path, here: fromSource, event: { name, payload: FORK } });
  const inputs = { environment: 'env', mirrors: `toy=${mirrorOf('1.2', 'signed')}`, 'trusted-keys': KEY };
  const install = (more: Record<string, string | boolean>) =>
    job.uses(join(ROOT, 'install'), { with: { ...inputs, otherarch: true, ...more } });
  const step = await install({ 'install-tree': root });
  expect(step.exitCode, step.log).toBe(0);
  expect(step.path.length).toBeGreaterThan(0);
  const own = [...step.path, ...Object.values(step.env)].filter((path) => path.includes(dir.path));
  expect(own.length > 0, own.join()).toBe(expected);
  // A tree of the checkout may say that anything is installed.
  const unnamed = await install({ 'dry-run': true });
  expect(unnamed.outputs['installed']?.includes(join(dir.path, 'tree')), unnamed.log).toBe(expected);
});

it.each(['push', 'pull_request_target'])(
  'on %s no program beside a package is put on the PATH',
  async (name) => {
    await using dir = await workspace();
    mkdirSync(join(dir.path, 'evil/bin'), { recursive: true });
    const evil = `../../../../../..${join(dir.path, 'evil')}`;
    const modules = { prefix_inspections: { [evil]: ['OWN_PATH'], [`./lib/../${evil}/bin`]: ['PATH'] } };
    writeFileSync(join(dir.path, 'env/spack.yaml'), JSON.stringify({ spack: { specs: [], modules } }));
    await using job = await startJob({
      workspace: dir.path,
      here: fromSource,
      event: { name, payload: FORK },
    });
    const inputs = { environment: 'env', specs: 'toypy', mirrors: `toy=${mirrorOf('1.2', 'signed')}` };
    const step = await job.uses(join(ROOT, 'install'), {
      with: { ...inputs, 'install-tree': root, otherarch: true, 'trusted-keys': KEY },
    });
    expect(step.exitCode, step.log).toBe(0);
    expect(step.path.length).toBeGreaterThan(0);
    expect(JSON.stringify([step.path, step.env])).not.toContain('evil');
  },
);

it('what a shell is to evaluate has none either', async () => {
  await using dir = await workspace();
  const args = ['install', '-q', '--sh', '-e', 'env', '-m', mirrorOf('1.2', 'signed'), '--trusted-keys'];
  const found = await buildcache(
    [...args, join(FIXTURES, 'toy-ci.pub.asc'), '--otherarch', '--store', root, 'zlib-toy'],
    {
      cwd: dir.path,
      env: { ...SECRETS, ...LISTS },
    },
  );
  expect(found).toMatchObject({ code: 0 });
  for (const secret of Object.values(SECRETS)) expect(JSON.stringify(found)).not.toContain(secret);
  expect(found.stdout).toContain(':/mine');
});
