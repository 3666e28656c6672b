import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copyMirror, fixtureGraph } from '../cache/mirror-fixture.ts';
import { assertSound, folderDocuments, makeOld, publishedHashes } from '../cache/mirror-state.ts';
import { type JobOptions, type StepOptions, startJob } from '../harness/runner.ts';
import { environmentOf, fromSource, ROOT } from './command-line.ts';

const graph = fixtureGraph('1.2');
const hashOf = (name: string) => [...graph.nodes.values()].find((node) => node.name === name)?.hash ?? '';
const KEPT = ['gcc-runtime', 'libtoy', 'zlib-toy'].map(hashOf);

/** A job whose mirror was filled long ago; `keep` lists one of its specs. */
async function job(options: JobOptions = {}) {
  const run = await startJob({ here: fromSource, ...options });
  const mirror = join(run.workspace, 'mirror');
  copyMirror('1.2', 'unsigned', mirror);
  makeOld(mirror, 40);
  cpSync(environmentOf('1.2'), join(run.workspace, 'env'), { recursive: true });
  writeFileSync(join(run.workspace, 'keep'), hashOf('libtoy'));
  const prune = (inputs: NonNullable<StepOptions['with']> = {}) =>
    run.uses(join(ROOT, 'prune'), {
      with: { environment: 'env', mirrors: 'ours=./mirror', mirror: 'ours', 'keep-list': 'keep', ...inputs },
    });
  return {
    run,
    prune,
    documents: () => folderDocuments(mirror),
    [Symbol.asyncDispose]: () => run[Symbol.asyncDispose](),
  };
}

it('removes what nothing needs once it is told to, and says what', async () => {
  await using at = await job();
  const step = await at.prune({ delete: true });
  expect(step).toMatchObject({ exitCode: 0, annotations: [], stderr: '' });
  expect(step.outputs).toMatchObject({ 'removed-count': '3', 'removed-truncated': 'false' });
  const removed: { hash: string }[] = JSON.parse(step.outputs['removed'] ?? '');
  expect(removed.map(({ hash }) => hash).sort()).toEqual(['toyapp', 'toymake', 'toypy'].map(hashOf).sort());
  expect(Number(step.outputs['freed-bytes'])).toBeGreaterThan(0);
  expect(publishedHashes(at.documents())).toEqual(new Set(KEPT));
  assertSound(at.documents());
  expect(step.summary).toMatch(/^## ✅ Build cache: 3 of 6 entries, [\d.]+ \w+ of blobs removed\n/);
  expect(step.summary).toContain('<details><summary>What was removed</summary>');
  expect(step.log).toContain(`removed: toyapp-1.0/${hashOf('toyapp').slice(0, 7)}`);
  const again = await at.prune({ delete: true });
  expect(again).toMatchObject({
    exitCode: 0,
    outputs: { removed: '[]', 'removed-count': '0', 'freed-bytes': '0' },
  });
  expect(again.summary).toContain('## ✅ Build cache: nothing to remove');
});

it('is not green where nobody has said that it may remove what there is to remove', async () => {
  await using at = await job();
  const before = at.documents();
  const step = await at.prune();
  expect(step).toMatchObject({ exitCode: 1, outputs: { 'removed-count': '3' } });
  expect(step.annotations).toMatchObject([
    {
      level: 'error',
      message: expect.stringMatching(/^ours: nothing was removed .* delete: true .* dry-run: true/),
    },
  ]);
  expect(at.documents()).toEqual(before);
});

it('shows where things are going, run after run', async () => {
  await using at = await job();
  await at.prune({
    'keep-list': 'unset',
    'keep-environment': 'env',
    history: 'kept/prunes.json',
    delete: true,
  });
  const step = await at.prune({ history: 'kept/prunes.json', delete: true });
  expect(step).toMatchObject({ exitCode: 0, annotations: [] });
  expect(step.summary).toMatch(/^Since \d{4}-\d\d-\d\d: −3 entries, [−+][\d.]+ k?B$/m);
  expect(step.summary).toMatch(/\| 3 \| [\d.]+ k?B \| 3 \|/);
});

it('only looks where that is said, whatever else is', async () => {
  await using at = await job();
  const before = at.documents();
  const step = await at.prune({ 'dry-run': true, delete: true });
  expect(step).toMatchObject({ exitCode: 0, annotations: [], outputs: { 'removed-count': '3' } });
  expect(step.summary).toContain('would be removed');
  expect(at.documents()).toEqual(before);
});

it('keeps environments, and what is too young', async () => {
  await using at = await job();
  const both = await at.prune({ 'keep-list': 'unset', 'keep-environment': 'env', delete: true });
  expect(both).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '0' } });
  const young = await at.prune({ delete: true, 'older-than': '41d' });
  expect(young).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '0' } });
  const grace = await at.prune({ delete: true, grace: '41d' });
  expect(grace).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '0' } });
  expect(grace.summary).toContain('| Stay: younger than --grace | 5 |');
});

it('takes the rules of the command line: size, commits, roots and pins', async () => {
  await using at = await job();
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: at.run.workspace,
      stdio: 'ignore',
    });
  git('init', '-q', '-b', 'main');
  git('add', 'env');
  git('commit', '-qm', 'first');
  // Of main's lockfile all stays.
  const commits = await at.prune({ 'keep-list': 'unset', 'keep-git': 'main', delete: true });
  expect(commits).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '0' } });
  expect(commits.summary).toMatch(/\| Stay: named by main \S+1 commit, 1 lockfile\S+ \| 6 \|/);
  writeFileSync(join(at.run.workspace, 'roots'), 'libtoy');
  const rules = { 'keep-list': 'unset', 'keep-roots': 'roots', pin: 'toymake\ntoypy', delete: true };
  await at.prune({ ...rules, 'older-than': '41d' });
  expect(publishedHashes(at.documents()).size).toBe(6);
  expect(await at.prune(rules)).toMatchObject({ exitCode: 0, outputs: { 'removed-count': '1' } });
  const sized = await at.prune({ 'keep-list': 'unset', pin: 'toypy', 'max-size': '1', delete: true });
  expect(sized.annotations).toMatchObject([
    { level: 'warning', message: expect.stringMatching(/^ours: what has to stay comes to .* above 1 B/) },
  ]);
  expect(sized.summary).toContain('⚠️ what has to stay');
  expect(sized.summary).toMatch(/\| Size of entries \| [\d.]+ k?B → [\d.]+ k?B of 1 B \|/);
  const all = { 'keep-list': 'unset', 'max-size': '0', delete: true, 'remove-all': true };
  expect(await at.prune(all)).toMatchObject({ exitCode: 0 });
  expect(publishedHashes(at.documents()).size).toBe(0);
});

it.each([
  [{ 'max-size': 'large' }, 'the input max-size is wrong'],
  [{ pin: 'nothing-here' }, 'no entry of the mirror matches'],
  [{ 'keep-git': 'main' }, 'git'],
  [{ mirror: 'unset' }, 'Set the input mirror'],
  [{ mirror: 'theirs' }, 'no mirror named "theirs" (configured: ours)'],
  [{ 'older-than': 'long' }, 'the input older-than is wrong'],
  [{ grace: '1m' }, 'nobody-pushes: true'],
  [{ 'keep-list': 'nothing/here' }, 'keep-list'],
  [{ 'keep-list': 'unset', 'older-than': '30d' }, 'all 6 entries would be removed'],
])('fails for %j and changes nothing', async (inputs, text) => {
  await using at = await job();
  const before = at.documents();
  const step = await at.prune({ delete: true, ...inputs });
  expect(step).toMatchObject({ exitCode: 1, outputs: { removed: '[]', 'removed-count': '0' } });
  expect(step.annotations).toMatchObject([{ level: 'error', message: expect.stringContaining(text) }]);
  expect(at.documents()).toEqual(before);
});

it('does nothing for strangers who have our secrets', async () => {
  const pull_request = { number: 7, head: { repo: { full_name: 'stranger/fork', fork: true } } };
  await using at = await job({ event: { name: 'pull_request_target', payload: { pull_request } } });
  const before = at.documents();
  const step = await at.prune({ delete: true });
  expect(step.exitCode).toBe(1);
  expect(step.annotations[0]?.message).toContain('refused on pull_request_target');
  expect(at.documents()).toEqual(before);
});

it.each([
  { 'keep-list': '' },
  { 'keep-list': 'unset', 'keep-environment': '' },
  { 'keep-list': '# keep' },
  { 'keep-git': ' ' },
  { lockfile: '' },
  { 'keep-roots': '' },
  { pin: '' },
  { 'max-size': '' },
  { 'older-than': '' },
  { 'only-mirrors': '' },
  { 'dry-run': '' },
])('removes nothing where a variable is not set: %j', async (inputs) => {
  await using at = await job();
  const fresh = [...at.documents().keys()].filter((key) => key.includes('manifests/spec/gcc-runtime'));
  makeOld(join(at.run.workspace, 'mirror'), 0, fresh);
  const before = at.documents();
  const step = await at.prune({ 'older-than': '30d', delete: true, ...inputs });
  expect(step).toMatchObject({ exitCode: 1, outputs: { removed: '[]', 'removed-count': '0' } });
  const [name] = Object.keys(inputs).slice(-1);
  expect(step.annotations).toMatchObject([
    { level: 'error', message: expect.stringMatching(`^the input ${name} (is empty|has nothing but)`) },
  ]);
  expect(at.documents()).toEqual(before);
});
