import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copyMirror, FIXTURES } from '../cache/mirror-fixture.ts';
import { assertSound, folderDocuments } from '../cache/mirror-state.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { type JobOptions, type StepOptions, startJob } from '../harness/runner.ts';
import { fromSource, ROOT } from './command-line.ts';

const KEY = join(FIXTURES, 'toy-ci.pub.asc');

/** A job with a mirror. */
async function job(kind: 'signed' | 'unsigned' = 'unsigned', options: JobOptions = {}) {
  const run = await startJob({ here: fromSource, ...options });
  const mirror = join(run.workspace, 'mirror');
  copyMirror('1.2', kind, mirror);
  const mirrors = JSON.stringify({ mirrors: { ours: { url: './mirror', signed: kind === 'signed' } } });
  return {
    run,
    documents: () => folderDocuments(mirror),
    remove: (start: string) => {
      const key = [...folderDocuments(mirror).keys()].find((each) => each.startsWith(start)) ?? '';
      rmSync(join(mirror, key));
    },
    check: (inputs: NonNullable<StepOptions['with']> = {}) =>
      run.uses(join(ROOT, 'check-index'), { if: 'always()', with: { mirrors, ...inputs } }),
    [Symbol.asyncDispose]: () => run[Symbol.asyncDispose](),
  };
}

it('says that a mirror is right, and how deep it has looked', async () => {
  await using at = await job('signed');
  const names = await at.check();
  expect(names).toMatchObject({ exitCode: 0, annotations: [], stderr: '', outputs: { healthy: 'true' } });
  expect(names.summary).toContain('as far as names tell');
  const all = await at.check({ verify: 'all', 'trusted-keys': KEY });
  expect(all).toMatchObject({ exitCode: 0, annotations: [], outputs: { healthy: 'true' } });
  expect(all.summary).toMatch(/^## ✅ The mirror is right/);
  expect(JSON.parse(readFileSync(all.outputs['check-index'] ?? '', 'utf8'))).toMatchObject({
    exit_code: 0,
    right: true,
    entries: 6,
  });
});

it('fails where it is not, and repairs it when it is told to', async () => {
  await using at = await job();
  at.remove('v3/manifests/spec/toyapp/');
  const before = at.documents();
  const broken = await at.check({ mirror: 'ours' });
  expect(broken).toMatchObject({ exitCode: 1, outputs: { healthy: 'false' } });
  expect(broken.annotations).toMatchObject([
    { level: 'error', message: expect.stringContaining('the index lists 1 that are missing') },
  ]);
  expect(broken.log).toContain('repair: true');
  const dry = await at.check({ repair: true, 'dry-run': true });
  const errors = dry.annotations.filter(({ level }) => level === 'error');
  expect(errors).toMatchObject([{ message: expect.stringContaining('a repair has no dry run') }]);
  expect(at.documents()).toEqual(before);
  const repaired = await at.check({ repair: true });
  expect(repaired).toMatchObject({ exitCode: 0, annotations: [], outputs: { healthy: 'true' } });
  expect(repaired.summary).toContain('Repaired: ');
  assertSound(at.documents());
  expect(await at.check({ verify: 'all' })).toMatchObject({ exitCode: 0 });
});

it('does not take a mirror that gives no answer for one that is wrong', async () => {
  await using server = await startHttpServer({ fault: () => ({ status: 500 }) });
  await using at = await job();
  const step = await at.check({ mirrors: `down=${server.url}`, retries: 0 });
  expect(step).toMatchObject({ exitCode: 1, outputs: { healthy: 'false' } });
  expect(step.log).not.toContain('not right');
  expect(step.annotations).toMatchObject([{ level: 'error' }]);
});

it.each([
  [{ mirrors: 'ours=./mirror\ntheirs=./mirror' }, 'which mirror is meant is not said'],
  [{ mirrors: '' }, 'none is configured'],
  [{ verify: 'everything' }, 'the input verify is wrong'],
])('fails for %j', async (inputs, text) => {
  await using at = await job();
  const step = await at.check(inputs);
  expect(step).toMatchObject({ exitCode: 1, outputs: { healthy: 'false', 'check-index': '' } });
  expect(step.annotations).toMatchObject([{ level: 'error', message: expect.stringContaining(text) }]);
});

it('repairs nothing for strangers who have our secrets', async () => {
  const pull_request = { number: 7, head: { repo: { full_name: 'stranger/fork', fork: true } } };
  await using at = await job('unsigned', {
    event: { name: 'pull_request_target', payload: { pull_request } },
  });
  at.remove('v3/manifests/spec/toyapp/');
  const before = at.documents();
  const step = await at.check({ repair: true });
  expect(step.annotations).toMatchObject([
    { message: expect.stringContaining('refused on pull_request_target') },
  ]);
  expect(at.documents()).toEqual(before);
});

it('verifies all bytes for nobody else', async () => {
  await using at = await job();
  const step = await at.run.uses(join(ROOT, 'check'), { with: { verify: 'all' } });
  expect(step.exitCode).toBe(1);
  expect(step.annotations[0]?.message).toContain('the input verify is wrong');
});
