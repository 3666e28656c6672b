import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type JobOptions, startJob } from '../harness/runner.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { fromSource, ROOT } from './command-line.ts';

const SETUP = join(ROOT, 'setup');

async function job(options: JobOptions = {}) {
  return await startJob({ here: fromSource, ...options });
}

it('puts buildcache on the PATH of the steps that follow', async () => {
  await using run = await job();
  expect((await run.run('! command -v buildcache')).outcome).toBe('success');
  const step = await run.uses(SETUP);
  expect(step).toMatchObject({ exitCode: 0, annotations: [], stderr: '' });
  expect(step.path).toHaveLength(1);
  expect(step.outputs['buildcache-path']).toBe(join(step.path[0] ?? '', 'buildcache'));
  const later = await run.run('buildcache --version', { if: 'always()' });
  expect(later).toMatchObject({ exitCode: 0, stdout: `${step.outputs['buildcache-version']}\n` });
});

it('needs no node on the PATH, and hands on arguments and exit codes as they are', async () => {
  await using run = await job();
  const { outputs } = await run.uses(SETUP);
  const program = outputs['buildcache-path'] ?? '';
  const script = `PATH=/nowhere '${program}' get-buildcache-name -e 'no such "folder"' -s x`;
  const step = await run.run(script);
  expect(step.exitCode).toBe(2);
  expect(step.stderr).toContain('no such "folder"');
});

it('works in a folder whose name a shell would take apart', async () => {
  await using dir = await tempDir();
  const temp = join(dir.path, `it's a "$(folder)"`);
  mkdirSync(temp);
  await using run = await job({ temp });
  await run.uses(SETUP);
  expect(await run.run('buildcache --version')).toMatchObject({ exitCode: 0 });
});

it('reads no configuration, which may be wrong or not there yet', async () => {
  await using run = await job();
  writeFileSync(join(run.workspace, 'spack.yaml'), 'spack: [');
  expect(await run.uses(SETUP)).toMatchObject({ exitCode: 0, annotations: [] });
});

it('is a command of the action, too, and leaves nothing to its post step', async () => {
  await using run = await job();
  expect(await run.uses(ROOT, { with: { command: 'setup' } })).toMatchObject({ exitCode: 0 });
  expect(await run.run('buildcache --version')).toMatchObject({ exitCode: 0 });
  expect(await run.finish()).toMatchObject([{ outcome: 'success', annotations: [], log: '' }]);
});

it('fails where what it writes cannot be run', async () => {
  await using run = await job();
  const before = process.execPath;
  process.execPath = '/no/such/node';
  try {
    const step = await run.uses(SETUP);
    expect(step.exitCode).toBe(1);
    expect(step.path).toEqual([]);
    expect(step.annotations).toMatchObject([{ level: 'error' }]);
    expect(step.annotations[0]?.message).toContain('buildcache cannot be run here');
  } finally {
    process.execPath = before;
  }
});
