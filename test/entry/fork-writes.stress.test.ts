/** What the runs of forks and of Dependabot may write to: nothing that asks everybody for secrets, and does not get them from this run. */
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeKey } from '../cache/keys.ts';
import { copyMirror, fixtureGraph } from '../cache/mirror-fixture.ts';
import { folderDocuments, makeOld } from '../cache/mirror-state.ts';
import { startJob } from '../harness/runner.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { environmentOf, fromSource, mirrorOf, ROOT } from './command-line.ts';

const REPOSITORY = 'octo-org/octo-repo';
const pullOf = (full_name: string) => ({ pull_request: { number: 7, head: { repo: { full_name } } } });
const kept = [...fixtureGraph('1.2').nodes.values()].find(({ name }) => name === 'libtoy')?.hash ?? '';

const COMMANDS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['sync', { 'copy-from': 'from', 'copy-to': 'ours' }],
  ['sync', { 'copy-list': 'list.json' }],
  ['prune', { mirror: 'ours', 'keep-list': 'keep', delete: 'true' }],
  ['update-index', { autopush: 'ours' }],
  ['check-index', { mirror: 'ours', repair: 'true' }],
  ['keys', { mirror: 'ours', publish: 'key.asc' }],
];

/** A folder on a runner of one's own. Whatever the fork's configuration names for it, everybody may write to it. */
async function run(
  command: string,
  inputs: Readonly<Record<string, string>>,
  from: string,
  actor = 'octocat',
) {
  await using dir = await tempDir();
  const at = (name: string) => join(dir.path, name);
  cpSync(environmentOf('1.2'), at('env'), { recursive: true });
  copyMirror('1.2', 'unsigned', at('ours'));
  makeOld(at('ours'), 40);
  const documents = folderDocuments(at('ours'));
  for (const key of documents.keys())
    if (key.includes('/index/') || key.includes('toymake')) rmSync(at(join('ours', key)));
  const before = [...folderDocuments(at('ours')).keys()].sort();
  writeFileSync(at('keep'), kept);
  writeFileSync(at('key.asc'), (await makeKey()).publicKey);
  const mirrors = [
    `ours: {url: "${at('ours')}", signed: false, access_token_variable: PATH}`,
    `from: {url: "${mirrorOf('1.2', 'unsigned')}", signed: false}`,
  ].join('\n');
  const event = { name: 'pull_request', payload: pullOf(from) };
  const how = { workspace: dir.path, here: fromSource, event, github: { repository: REPOSITORY, actor } };
  const common = { environment: 'env', mirrors };
  if ('copy-list' in inputs) {
    await using gate = await startJob(how);
    const step = await gate.uses(join(ROOT, 'check'), {
      with: { ...common, needs: 'from', 'copy-to': 'ours' },
    });
    cpSync(step.outputs['copy-list'] ?? '', at('list.json'));
  }
  await using job = await startJob(how);
  const step = await job.uses(join(ROOT, command), { with: { ...common, ...inputs } });
  const after = [...folderDocuments(at('ours')).keys()].sort();
  return { step, isChanged: JSON.stringify(after) !== JSON.stringify(before) };
}

describe.each(COMMANDS)('%s %o', (command, inputs) => {
  it.each([
    ['a fork', 'stranger/fork', 'stranger'],
    ['Dependabot', REPOSITORY, 'dependabot[bot]'],
  ])('does nothing to a folder for %s, and is not green', async (_, from, actor) => {
    const { step, isChanged } = await run(command, inputs, from, actor);
    expect(isChanged, step.log).toBe(false);
    expect(step.exitCode, step.log).toBe(1);
    expect(JSON.stringify(step.annotations)).toContain(
      'the run of a fork or of Dependabot may not write to the mirror',
    );
  });

  it('does it for a branch of the repository', async () => {
    const { step, isChanged } = await run(command, inputs, REPOSITORY);
    expect(isChanged, step.log).toBe(true);
  });
});
