import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assertSound, folderDocuments } from '../cache/mirror-state.ts';
import { startJob } from '../harness/runner.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { environmentOf, FIXTURES, fromSource, mirrorOf, ROOT } from './command-line.ts';
import { runVerb } from './run-verb.ts';

const KEY_FILE = join(FIXTURES, 'toy-ci.pub.asc');
const KEY = readFileSync(KEY_FILE, 'utf8');

it('what a gate notes and a nightly sync promotes is right to the last byte: three jobs that share files only', async () => {
  await using shared = await tempDir();
  const list = join(shared.path, 'list.json');
  const release = join(shared.path, 'release');
  mkdirSync(release);
  const mirrors = `builds=${mirrorOf('1.2', 'signed')}\nrelease=${release}`;
  const inJob = async (
    action: string,
    inputs: Record<string, string>,
    before?: (workspace: string) => void,
  ) => {
    await using workspace = await tempDir();
    await cp(environmentOf('1.2'), join(workspace.path, 'env'), { recursive: true });
    before?.(workspace.path);
    await using job = await startJob({ workspace: workspace.path });
    const step = await job.uses(join(ROOT, action), { with: { environment: 'env', ...inputs } });
    if (step.outputs['copy-list']) copyFileSync(step.outputs['copy-list'], list);
    return step;
  };
  const gate = await inJob('check', { mirrors, needs: 'all', 'copy-to': 'release' });
  expect(gate).toMatchObject({ exitCode: 0, outputs: { 'cache-hit': 'true' } });

  const inputs = { mirrors, 'copy-list': 'list.json', 'trusted-keys': KEY };
  const bring = (workspace: string) => copyFileSync(list, join(workspace, 'list.json'));
  const nightly = await inJob('sync', inputs, bring);
  expect(nightly, nightly.summary).toMatchObject({
    exitCode: 0,
    outputs: { 'pushed-count': '6', failed: '[]' },
  });
  const promoted = folderDocuments(release);
  expect((await inJob('sync', inputs, bring)).outputs['pushed-count']).toBe('0');
  expect(folderDocuments(release)).toEqual(promoted);

  const check = await inJob('check', { mirrors: `release=${release}`, verify: 'blobs' });
  expect(check).toMatchObject({ exitCode: 0, outputs: { 'cache-hit': 'true' } });
  const args = ['check-index', release, '--verify', 'all', '--trusted-keys', KEY_FILE, '--json'];
  const { code, out } = await runVerb(args, shared.path);
  expect(JSON.parse(out)).toMatchObject({ right: true, entries: 6, unsigned: 0, problems: [], unknown: [] });
  expect(code).toBe(0);
  assertSound(promoted);
});

describe('a copy-list', () => {
  /** Of a check whose mirror `builds` does not answer. */
  async function list(mirrors: string) {
    await using workspace = await tempDir();
    await cp(environmentOf('1.2'), join(workspace.path, 'env'), { recursive: true });
    await using job = await startJob({ workspace: workspace.path, here: fromSource });
    symlinkSync('away', join(workspace.path, 'away')); // which nobody can follow
    const inputs = { environment: 'env', mirrors, 'on-unknown': 'warn', 'copy-to': 'release' };
    const step = await job.uses(join(ROOT, 'check'), { with: inputs });
    const file = step.outputs['copy-list'] ?? '';
    return { ...step, list: file === '' ? undefined : Object.keys(JSON.parse(readFileSync(file, 'utf8'))) };
  }

  it('is not written where it would be empty because no mirror answered', async () => {
    const { exitCode, annotations, list: written } = await list('builds=./away\nrelease=./release');
    expect([exitCode, written]).toEqual([1, undefined]);
    const errors = annotations.filter(({ level }) => level === 'error');
    expect(errors).toMatchObject([{ message: expect.stringContaining('There is no copy-list') }]);
  });

  it('has what another mirror is known to have, and may be empty where all have answered', async () => {
    const other = await list(`builds=./away\nother=${mirrorOf('1.2', 'signed')}\nrelease=./release`);
    expect([other.exitCode, other.list?.length]).toEqual([0, 6]);
    const none = await list('builds=./builds\nrelease=./release');
    expect([none.exitCode, none.list]).toEqual([0, []]);
  });

  it('is empty where the target has all, whoever else does not answer', async () => {
    const step = await list(`builds=./away\nrelease=${mirrorOf('1.2', 'signed')}`);
    expect([step.exitCode, step.list]).toEqual([0, []]);
  });
});
