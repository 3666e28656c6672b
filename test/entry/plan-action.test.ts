import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startHttpServer } from '../harness/http-server.ts';
import { startJob } from '../harness/runner.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { environmentOf, fromSource, mirrorOf, ROOT } from './command-line.ts';

/** One step of a job, with the environment in its workspace. */
async function planStep(inputs: Record<string, string>) {
  await using dir = await tempDir();
  await cp(environmentOf('1.2'), join(dir.path, 'env'), { recursive: true });
  await using job = await startJob({ workspace: dir.path, here: fromSource });
  const step = await job.uses(join(ROOT, 'plan'), { with: { environment: 'env', ...inputs } });
  const { plan = '' } = step.outputs;
  return { ...step, plan: plan === '' ? undefined : JSON.parse(readFileSync(plan, 'utf8')) };
}

it('has a matrix for each wave, and the whole in a file', async () => {
  await using dir = await tempDir();
  const step = await planStep({ mirrors: `empty=${dir.path}`, runners: '3' });
  expect(step).toMatchObject({
    exitCode: 0,
    outputs: {
      'needs-rebuild': 'true',
      'cache-hit': 'false',
      'rebuild-count': '6',
      'waves-truncated': 'false',
    },
    plan: { runners: 3 },
  });
  const waves = JSON.parse(step.outputs['waves'] ?? '');
  expect(waves).toHaveLength(12);
  const chunks = waves.flatMap(({ include }: { include: { chunk: string }[] }) =>
    include.map(({ chunk }) => chunk),
  );
  expect(chunks.join(' ').split(' ')).toHaveLength(6);
  expect(step.summary).toContain('specs to build, 1 job in 1 wave');
});

it('has empty waves where all is there', async () => {
  const step = await planStep({ mirrors: `ours=${mirrorOf('1.2', 'signed')}` });
  expect(step).toMatchObject({ exitCode: 0, outputs: { 'needs-rebuild': 'false', 'cache-hit': 'true' } });
  const waves: { include: unknown[] }[] = JSON.parse(step.outputs['waves'] ?? '');
  expect(waves.every(({ include }) => include.length === 0)).toBe(true);
});

it('warns of what no mirror may take, which no job builds by itself', async () => {
  const mirrors = `{m: {url: "${mirrorOf('1.2', 'signed')}", exclude_binary: [toyapp]}}`;
  const step = await planStep({ mirrors });
  expect(step).toMatchObject({ exitCode: 0, outputs: { 'needs-rebuild': 'false', 'cache-hit': 'false' } });
  const warnings = step.annotations.map(({ level, message }) => `${level}: ${message}`);
  expect(warnings).toContainEqual(expect.stringMatching(/^warning: no mirror may take toyapp/));
});

it('builds what no mirror has, unless each one needs it', async () => {
  await using dir = await tempDir();
  const mirrors = `ours=${mirrorOf('1.2', 'signed')}\nempty=${dir.path}`;
  expect((await planStep({ mirrors })).outputs).toMatchObject({ 'rebuild-count': '0' });
  expect((await planStep({ mirrors, needs: 'any' })).outputs).toMatchObject({ 'rebuild-count': '6' });
});

it('makes no plan from a guess, and says so to whoever goes on all the same', async () => {
  await using server = await startHttpServer({ fault: () => ({ status: 500 }) });
  const down = { mirrors: `down=${server.url}`, retries: '0' };
  const step = await planStep(down);
  expect(step).toMatchObject({ exitCode: 1, outputs: { waves: '[]', plan: '', 'needs-rebuild': 'true' } });
  expect(await planStep({ ...down, 'on-unknown': 'rebuild' })).toMatchObject({
    exitCode: 0,
    plan: { runners: 16 },
  });
  expect(await planStep({ ...down, 'on-unknown': 'warn' })).toMatchObject({
    exitCode: 1,
    outputs: { waves: '[]' },
  });
});
