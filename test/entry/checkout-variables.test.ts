/** On a privileged event the files of a checkout are a stranger's: what they make of variables is shown in a public log. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startJob } from '../harness/runner.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { environmentOf, fromSource, ROOT } from './command-line.ts';

/** A secret whose name says nothing, and which the runner does not know as one. */
const SECRET = 'odd-7b1e-value';
const TREE = 'config: {install_tree: {root: /nowhere/$ODD}}';

/** @returns all that the step said, set and wrote */
async function said(manifest: string, inputs: Readonly<Record<string, string>>, event: string) {
  await using dir = await tempDir();
  const folder = join(dir.path, 'env');
  mkdirSync(folder);
  mkdirSync(join(dir.path, 'mirror'));
  if (!manifest.includes('spack.lock') && !manifest.includes('include_concrete'))
    cpSync(join(environmentOf('1.2'), 'spack.lock'), join(folder, 'spack.lock'));
  writeFileSync(join(folder, 'spack.yaml'), `spack:\n  ${manifest}\n`);
  await using job = await startJob({
    workspace: dir.path,
    here: fromSource,
    event: {
      name: event,
      payload: { pull_request: { number: 1, head: { repo: { full_name: 'm/r' } } } },
    },
    env: { ODD: SECRET, TREES: '/nowhere/trees' },
  });
  const mirrors = `m=file://${dir.path}/mirror`;
  const asked = { environment: 'env', mirrors, 'on-unknown': 'warn', 'index-cache': false, ...inputs };
  return JSON.stringify(await job.uses(ROOT, { with: asked }));
}

test.each([
  ['include: [/nowhere/$ODD/spack.lock]', {}],
  ['include_concrete: [/nowhere/$ODD]', {}],
  ['include: [/nowhere/$ODD/mirrors.yaml]', {}],
  ['mirrors: {theirs: /nowhere/$ODD}', {}],
  [TREE, { autopush: 'm' }],
  [TREE, { command: 'install', 'dry-run': 'true' }],
  [TREE, { command: 'push' }],
])('%s shows no variable on pull_request_target: %j', async (manifest, inputs) => {
  expect(await said(manifest, inputs, 'pull_request_target')).not.toContain(SECRET);
});

test('nor does a file that the input mirrors names', async () => {
  const inputs = { mirrors: 'env/spack.yaml' };
  const manifest = 'specs: []\nmirrors: {theirs: /nowhere/$ODD}';
  expect(await said(manifest, inputs, 'pull_request_target')).not.toContain(SECRET);
  expect(await said(manifest, inputs, 'push')).toContain(SECRET);
});

test("a variable in the workflow's own input is read, on any event", async () => {
  const inputs = { command: 'install', otherarch: 'true', 'dry-run': 'true', 'install-tree': '$TREES/own' };
  expect(await said('specs: []', inputs, 'pull_request_target')).toContain('/nowhere/trees/own');
});

test('the files of a push are ours, and read all variables', async () => {
  expect(await said('include: [/nowhere/$ODD/spack.lock]', {}, 'push')).toContain(SECRET);
});
