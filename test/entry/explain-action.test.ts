/** `explain: true` of the action: why, in the log and the summary; the gate's answer stands whatever comes of it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyMirror } from '../cache/mirror-fixture.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { startJob } from '../harness/runner.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { lockOf, lockText, mutate, WAYS } from '../plan/explain/mutate.ts';
import { readFixture } from '../spec/spec-nodes.ts';
import { fromSource, ROOT } from './command-line.ts';

/** A workspace with an environment in which one spec has another version than in the mirror. */
async function job() {
  const dir = await tempDir();
  const lock = lockOf(JSON.parse(readFixture('spack-1.2/env/spack.lock')));
  const made = mutate(lock, 1, 5, WAYS.slice(0, 1));
  if (made === undefined) throw new Error('nothing has changed');
  mkdirSync(join(dir.path, 'env'));
  writeFileSync(join(dir.path, 'env', 'spack.lock'), lockText(made.lock));
  copyMirror('1.2', 'unsigned', join(dir.path, 'mirror'));
  const started = await startJob({ workspace: dir.path, here: fromSource });
  return {
    path: dir.path,
    check: (mirror: string, explain = 'true') =>
      started.uses(ROOT, { with: { environment: 'env', mirrors: `ours=${mirror}`, explain } }),
    async [Symbol.asyncDispose]() {
      await started[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

test('the summary says why, below what is missing', async () => {
  await using run = await job();
  const step = await run.check(join(run.path, 'mirror'));
  expect(step).toMatchObject({ exitCode: 0, outputs: { 'needs-rebuild': 'true' } });
  expect(step.summary).toMatch(/\*\*Missing\*\*[\s\S]*### Why\n\n- \d specs?: .*version \S+ → \S+\.1$/m);
  expect(step.summary.replace(/<details>.*?<\/details>/gs, '').match(/^\| ---/gm)).toHaveLength(1);
  expect(step.summary).toMatch(/(?:All|It is) .*proven/);
});

test('without it there is nothing of the kind', async () => {
  await using run = await job();
  const step = await run.check(join(run.path, 'mirror'), 'false');
  expect(step.summary).not.toContain('### Why');
});

test('what cannot be compared is a warning, and the gate has its answer', async () => {
  await using run = await job();
  rmSync(join(run.path, 'mirror', 'v3', 'manifests', 'index'), { recursive: true });
  await using server = await startHttpServer({ root: run.path });
  const step = await run.check(`${server.url}/mirror`);
  expect(step).toMatchObject({ exitCode: 0, outputs: { 'needs-rebuild': 'true' } });
  expect(step.summary).toContain('Not everything could be compared with');
  expect(step.annotations.map(({ message }) => message).join()).toContain('nothing of it could be compared');
});
