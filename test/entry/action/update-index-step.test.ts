import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyMirror } from '../../cache/mirror-fixture.ts';
import { folderDocuments } from '../../cache/mirror-state.ts';
import { startJob } from '../../harness/runner.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { environmentOf, fromSource, ROOT } from '../command-line.ts';

const INDEX = 'v3/manifests/index';

/** Two mirrors that have specs and no index. */
async function site() {
  const dir = await tempDir();
  const at = (...path: string[]) => join(dir.path, ...path);
  cpSync(environmentOf('1.2'), at('env'), { recursive: true });
  for (const name of ['builds', 'release']) {
    copyMirror('1.2', 'unsigned', at(name));
    rmSync(at(name, INDEX), { recursive: true });
  }
  const job = await startJob({ workspace: dir.path, here: fromSource });
  const mirrors = `builds: {url: "${at('builds')}", signed: false, autopush: true}\nrelease: {url: "${at('release')}", signed: false}`;
  return {
    at,
    hasIndex: (name: string) => existsSync(at(name, INDEX)),
    run: (folder: string, inputs: Readonly<Record<string, string | boolean>>) =>
      job.uses(join(ROOT, folder), { with: { environment: 'env', mirrors, ...inputs } }),
    async [Symbol.asyncDispose]() {
      await job[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

it.each([
  ['update-index', { autopush: false }],
  ['update-index', { autopush: '' }],
  ['push', { autopush: 'False', 'install-tree': 'store' }],
  ['.', { command: 'push', autopush: '', 'install-tree': 'store' }],
])('%s with %o writes to no mirror, and is not green', async (folder, inputs) => {
  await using run = await site();
  const step = await run.run(folder, inputs);
  expect(step, step.log).toMatchObject({ exitCode: 1 });
  expect(step.log).toMatch(/autopush: false leaves no mirror|the input autopush is empty/);
  expect([run.hasIndex('builds'), run.hasIndex('release')]).toEqual([false, false]);
});

describe('update-index writes', () => {
  it.each([
    [{ autopush: true }, [true, false]],
    [{ autopush: 'release' }, [false, true]],
  ])('with %o to those that are meant', async (inputs, expected) => {
    await using run = await site();
    expect(await run.run('update-index', inputs)).toMatchObject({ exitCode: 0, annotations: [] });
    expect([run.hasIndex('builds'), run.hasIndex('release')]).toEqual(expected);
  });
});

it.each([
  ['error', 1, 'error', '❌'],
  ['warn', 0, 'warning', '❌'],
])(
  'an entry that cannot be read is, with push-failure: %s, exit code %d',
  async (failure, exitCode, level, icon) => {
    await using run = await site();
    const key = [...folderDocuments(run.at('builds')).keys()].find((name) => name.includes('libtoy')) ?? '';
    writeFileSync(run.at('builds', key), 'no manifest');
    const step = await run.run('update-index', { 'push-failure': failure });
    expect(step, step.log).toMatchObject({ exitCode });
    expect(step.annotations).toContainEqual(
      expect.objectContaining({ level, message: expect.stringContaining('libtoy') }),
    );
    expect(step.summary).toContain(icon);
    expect(run.hasIndex('builds')).toBe(true);
  },
);
