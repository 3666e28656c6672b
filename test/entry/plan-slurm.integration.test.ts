/** Plans that a real Slurm runs. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planSite, tally } from '../harness/plan-site.ts';
import { IDLE_WITHIN, type Slurm, startSlurm } from '../harness/slurm.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { buildcache } from './command-line.ts';

/** Two queues, and what is between them. */
const LIMIT = (2 * IDLE_WITHIN + 60) * 1000;

let dir: TempDir;
let slurm: Slurm;
beforeAll(async () => {
  dir = await tempDir();
  slurm = await startSlurm(dir.path);
}, 60_000);
afterAll(async () => {
  await slurm[Symbol.asyncDispose]();
  await dir[Symbol.asyncDispose]();
});

/** A site with its plan as a script. Jobs cost little to start, so that there are many. */
async function planned(name: string, specs: number, seed: number) {
  const folder = join(dir.path, name);
  mkdirSync(folder);
  const site = planSite(folder, specs, seed);
  const script = join(folder, 'plan.sh');
  const again = async () => {
    const how = ['--overhead', '20', '--runners', '4', '--command', site.command, '-o', script];
    const ran = await buildcache(['plan', '-e', join(folder, 'env'), '--format', 'slurm', ...how]);
    expect(ran).toMatchObject({ code: 0 });
  };
  const submit = () =>
    execFileSync('sh', [script, `--output=${folder}/%A_%a.out`], {
      cwd: folder,
      env: { ...process.env, ...slurm.env },
      encoding: 'utf8',
    });
  const log = () =>
    readdirSync(folder)
      .filter((each) => each.endsWith('.out'))
      .map((each) => readFileSync(join(folder, each), 'utf8'))
      .join('\n');
  await again();
  return { site, submit, again, log };
}

test(
  'all is built, once, in the order of what needs what',
  async () => {
    const { site, submit, log } = await planned('whole', 16, 5);
    expect(submit()).toMatch(/^\d+ jobs submitted, 0 in the queue already\n$/);
    await slurm.untilIdle();
    expect(tally(site, []), log()).toEqual({ builtTwice: 0, tooEarly: 0, unrelatedLost: 0, published: 16 });
  },
  LIMIT,
);

test(
  'what fails takes along what needs it and nothing else; a new plan builds the rest',
  async () => {
    const { site, submit, again, log } = await planned('failing', 16, 5);
    const failing = site.buildable
      .filter((hash) => site.above(hash).size > 2 && site.above(hash).size < 9)
      .slice(0, 1);
    expect(failing).toHaveLength(1);
    for (const hash of failing) site.fail(hash);
    submit();
    await slurm.untilIdle();
    const lost = new Set(failing.flatMap((hash) => [...site.above(hash)])).size;
    expect(tally(site, failing), log()).toEqual({
      builtTwice: 0,
      tooEarly: 0,
      unrelatedLost: 0,
      published: 16 - lost,
    });
    site.mend();
    await again();
    submit();
    await slurm.untilIdle();
    expect(tally(site, []), log()).toEqual({ builtTwice: 0, tooEarly: 0, unrelatedLost: 0, published: 16 });
  },
  LIMIT,
);

test(
  'submitted twice, what is in the queue is left alone, and what is over builds nothing again',
  async () => {
    const { site, submit, log } = await planned('twice', 8, 6);
    submit();
    expect(submit()).not.toContain(' 0 in the queue already');
    await slurm.untilIdle();
    submit();
    await slurm.untilIdle();
    expect(tally(site, []), log()).toEqual({ builtTwice: 0, tooEarly: 0, unrelatedLost: 0, published: 8 });
  },
  LIMIT,
);

test('says so where there is no sbatch', async () => {
  const { site } = await planned('nowhere', 4, 2);
  const ran = spawnSync('/bin/sh', [join(site.folder, 'plan.sh')], {
    env: { PATH: '/nowhere' },
    encoding: 'utf8',
  });
  expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining('there is no sbatch on the PATH') });
});
