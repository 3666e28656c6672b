import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKey } from 'openpgp';
import { expect, it } from 'vitest';
import { makeKey } from '../cache/keys.ts';
import { copyMirror, FIXTURES } from '../cache/mirror-fixture.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { type JobOptions, type StepOptions, startJob } from '../harness/runner.ts';
import { fromSource, mirrorOf, ROOT } from './command-line.ts';

const TOY = 'D2A327D9C4F3932CBDEF2BFC51C662332531F1F5';
const TOY_KEY = readFileSync(join(FIXTURES, 'toy-ci.pub.asc'), 'utf8');

async function job(options: JobOptions = {}) {
  const run = await startJob({ here: fromSource, ...options });
  return {
    run,
    keys: (inputs: NonNullable<StepOptions['with']> = {}) =>
      run.uses(join(ROOT, 'keys'), {
        if: 'always()',
        with: { mirrors: `toy=${mirrorOf('1.2', 'signed')}`, ...inputs },
      }),
    [Symbol.asyncDispose]: () => run[Symbol.asyncDispose](),
  };
}

it('says which keys a mirror offers, and trusts none by itself', async () => {
  await using at = await job();
  const step = await at.keys();
  expect(step).toMatchObject({ exitCode: 0, annotations: [], stderr: '', outputs: { 'public-keys': '' } });
  expect(JSON.parse(step.outputs['keys'] ?? '')).toMatchObject([
    { mirror: 'toy', fingerprint: TOY, state: 'untrusted', problem: null, expires: null },
  ]);
  expect(step.summary).toContain(`| \`toy\` | \`${TOY}\` |`);
  expect(step.log).toContain(`${TOY}  not trusted`);
  expect(readdirSync(at.run.home)).toEqual([]);
});

it('gives the keys that are named to the steps that follow, and to nobody after the job', async () => {
  await using at = await job();
  const step = await at.keys({ fingerprints: TOY.toLowerCase() });
  expect(step).toMatchObject({ exitCode: 0, annotations: [] });
  const file = step.outputs['public-keys'] ?? '';
  const key = await readKey({ armoredKey: readFileSync(file, 'utf8') });
  expect(key.getFingerprint().toUpperCase()).toBe(TOY);
  expect(file.startsWith(at.run.temp)).toBe(true);
  expect(readdirSync(at.run.home)).toEqual([]);
  copyMirror('1.2', 'signed', join(at.run.workspace, 'mirror'));
  const checked = await at.run.uses(join(ROOT, 'check-index'), {
    with: { mirrors: 'toy=./mirror', verify: 'manifests', 'trusted-keys': file },
  });
  expect(checked).toMatchObject({ exitCode: 0, annotations: [], outputs: { healthy: 'true' } });
});

it('fails for a key that no mirror offers, and gives none then', async () => {
  await using at = await job();
  const step = await at.keys({ fingerprints: `${TOY}\n${'A'.repeat(40)}` });
  expect(step).toMatchObject({ exitCode: 1, outputs: { 'public-keys': '' } });
  expect(step.annotations).toMatchObject([{ message: `no mirror offers the key ${'A'.repeat(40)}` }]);
});

it('publishes a key, once, and fails for it when it has expired', async () => {
  await using at = await job();
  writeFileSync(join(at.run.workspace, 'toy.asc'), TOY_KEY);
  const mirrors = 'ours=./mirror';
  for (const state of ['published', 'there']) {
    const step = await at.keys({ mirrors, publish: 'toy.asc' });
    expect(step).toMatchObject({ exitCode: 0, annotations: [] });
    expect(JSON.parse(step.outputs['keys'] ?? '')).toEqual([{ mirror: 'ours', fingerprint: TOY, state }]);
  }
  expect(await at.keys({ mirrors, fingerprints: TOY })).toMatchObject({ exitCode: 0 });
  const old = await makeKey({ date: new Date('2020-01-01'), expires: 86_400 });
  writeFileSync(join(at.run.workspace, 'old.asc'), old.publicKey);
  await at.keys({ mirrors, publish: 'old.asc' });
  const fingerprint = (await readKey({ armoredKey: old.publicKey })).getFingerprint().toUpperCase();
  const step = await at.keys({ mirrors, fingerprints: fingerprint });
  expect(step).toMatchObject({ exitCode: 1, outputs: { 'public-keys': '' } });
  expect(step.annotations).toMatchObject([
    { message: `ours: the key ${fingerprint} is expired on 2020-01-02` },
  ]);
});

it.each([
  [{ fingerprints: 'DEADBEEF' }, 'the input fingerprints is wrong'],
  [{ mirrors: '{mirrors: {ours: {url: ./mirror, signed: false}}}' }, 'there is no signed mirror to ask'],
  [{ publish: 'no/such.asc' }, 'no/such.asc'],
  [{ mirrors: 'ours=./mirror', publish: 'toy.asc', 'dry-run': true }, 'publishing keys has no dry run'],
])('fails for %j', async (inputs, text) => {
  await using at = await job();
  const step = await at.keys(inputs);
  expect(step).toMatchObject({ exitCode: 1, outputs: { keys: '[]', 'public-keys': '' } });
  const errors = step.annotations.filter(({ level }) => level === 'error');
  expect(errors).toMatchObject([{ message: expect.stringContaining(text) }]);
});

it('fails where a mirror gives no answer', async () => {
  await using server = await startHttpServer({ fault: () => ({ status: 500 }) });
  await using at = await job();
  const step = await at.keys({ mirrors: `down=${server.url}`, retries: 0 });
  expect(step).toMatchObject({ exitCode: 1, outputs: { keys: '[]' } });
  expect(step.annotations).toMatchObject([{ level: 'error', message: expect.stringMatching(/^down: /) }]);
});

it('says of a mirror without keys that there are none', async () => {
  await using at = await job();
  copyMirror('1.2', 'unsigned', join(at.run.workspace, 'mirror'));
  const step = await at.keys({ mirrors: 'ours=./mirror' });
  expect(step).toMatchObject({ exitCode: 0, outputs: { keys: '[]' } });
  expect(step.annotations).toMatchObject([{ level: 'warning', message: 'no mirror offers a key' }]);
});

it('publishes nothing for strangers who have our secrets', async () => {
  const pull_request = { number: 7, head: { repo: { full_name: 'stranger/fork', fork: true } } };
  await using at = await job({ event: { name: 'pull_request_target', payload: { pull_request } } });
  writeFileSync(join(at.run.workspace, 'toy.asc'), TOY_KEY);
  const step = await at.keys({ mirrors: 'ours=./mirror', publish: 'toy.asc' });
  expect(step.annotations).toMatchObject([
    { message: expect.stringContaining('refused on pull_request_target') },
  ]);
  expect(existsSync(join(at.run.workspace, 'mirror'))).toBe(false);
});
