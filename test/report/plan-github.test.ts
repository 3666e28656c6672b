import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { setJsonOutput } from '../../src/github/files.ts';
import type { BuildPlan } from '../../src/plan/build-plan/plan.ts';
import { githubWaves } from '../../src/report/plan-github.ts';
import { parseFileCommands } from '../harness/runner-files.ts';
import { tempDir } from '../harness/temp-dir.ts';

/** A plan of so many specs, a hundred in a job. Only what the matrices are made of is there. */
function planOf(specs: number): BuildPlan {
  const units = Array.from({ length: specs }, (_, i) => ({
    spec: {
      hash: String(i)
        .replaceAll(/[0189]/g, 'x')
        .padStart(32, 'a'),
    },
  }));
  const jobs = Array.from({ length: Math.ceil(specs / 100) }, (_, i) => ({
    name: `job-${i}`,
    units: units.slice(100 * i, 100 * i + 100).map((_, k) => 100 * i + k),
    seconds: 60,
    needs: [],
    wave: i % 12,
  }));
  return { units, costs: [], jobs, limits: { waves: 12 } } as unknown as BuildPlan;
}

/** What a workflow finds in the output `waves`; undefined where the plan was refused. */
async function outputOf(plan: BuildPlan): Promise<string | undefined> {
  await using dir = await tempDir();
  const output = join(dir.path, 'output');
  try {
    setJsonOutput({ GITHUB_OUTPUT: output }, 'waves', githubWaves(plan), join(dir.path, 'waves.json'));
  } catch (error) {
    expect(error).toMatchObject({ code: 'too-large', facts: { hint: expect.stringContaining('a part') } });
    return undefined;
  }
  return Object.fromEntries(parseFileCommands(readFileSync(output, 'utf8')))['waves'];
}

it.each([1, 200, 14_000, 15_000, 16_000, 20_000, 26_000, 30_000])(
  'names all of %i specs in the output, or there is no plan: never a plan without jobs',
  async (specs) => {
    const waves = await outputOf(planOf(specs));
    expect(waves === undefined).toBe(specs > 14_000);
    if (waves === undefined) return;
    const chunks: string[] = JSON.parse(waves).flatMap(({ include }: { include: { chunk: string }[] }) =>
      include.map(({ chunk }) => chunk),
    );
    expect(chunks.join(' ').split(' ')).toHaveLength(specs);
  },
);
