import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeKey } from '../cache/keys.ts';
import { folderDocuments, listedHashes, publishedHashes } from '../cache/mirror-state.ts';
import { type JobOptions, startJob } from '../harness/runner.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { environmentOf, FIXTURES, fromSource, mirrorOf, ROOT } from './command-line.ts';

const KEY = readFileSync(join(FIXTURES, 'toy-ci.pub.asc'), 'utf8');

/** A job of its own, with the environment in its workspace. */
async function job(options: JobOptions = {}) {
  const dir = await tempDir();
  await cp(environmentOf('1.2'), join(dir.path, 'env'), { recursive: true });
  const started = await startJob({ workspace: dir.path, ...options });
  return {
    ...started,
    workspace: dir.path,
    run: (action: string, inputs: Record<string, string>) =>
      started.uses(join(ROOT, action), { with: { environment: 'env', ...inputs } }),
    async [Symbol.asyncDispose]() {
      await started[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

describe('promoting what is built', () => {
  it('gate, nightly sync, and a check of the result: three jobs that share files only', async () => {
    await using shared = await tempDir();
    const release = join(shared.path, 'release');
    mkdirSync(release);
    const mirrors = `builds=${mirrorOf('1.2', 'signed')}\nrelease=${release}`;
    {
      await using gate = await job();
      const step = await gate.run('check', { mirrors, needs: 'all', 'copy-to': 'release' });
      expect(step).toMatchObject({ exitCode: 0, outputs: { 'cache-hit': 'true' } });
      copyFileSync(step.outputs['copy-list'] ?? '', join(shared.path, 'list.json'));
    }
    {
      await using nightly = await job();
      mkdirSync(join(nightly.workspace, 'lists'));
      for (const name of ['a.json', 'b.json']) {
        copyFileSync(join(shared.path, 'list.json'), join(nightly.workspace, 'lists', name));
      }
      const inputs = { mirrors, 'copy-list': 'lists/*.json', 'trusted-keys': KEY };
      const step = await nightly.run('sync', inputs);
      expect(step).toMatchObject({ exitCode: 0, outputs: { 'pushed-count': '6', failed: '[]' } });
      expect(step.summary).toContain('6 copied, 0 skipped, 0 failed');
      const again = await nightly.run('sync', inputs);
      expect(again).toMatchObject({ exitCode: 0, outputs: { 'pushed-count': '0' } });
      expect(JSON.parse(again.outputs['skipped'] ?? '')).toHaveLength(6);
    }
    await using last = await job();
    const step = await last.run('check', { mirrors: `release=${release}`, verify: 'blobs' });
    expect(step).toMatchObject({ exitCode: 0, outputs: { 'cache-hit': 'true', 'copy-list': '' } });
    expect(listedHashes(folderDocuments(release)).size).toBe(6);
  });
});

describe('the sub-action sync', () => {
  it('copies an environment, and signs what has no signature', async () => {
    await using run = await job();
    const { privateKey } = await makeKey();
    const mirrors = `builds: {url: "${mirrorOf('1.2', 'unsigned')}", signed: false}\nrelease: {url: release}`;
    const inputs = { mirrors, 'copy-from': 'builds', 'copy-to': 'release', specs: 'zlib-toy' };
    const without = await run.run('sync', { ...inputs, 'push-failure': 'warn' });
    expect(without.outputs['pushed-count']).toBe('0');
    expect(JSON.stringify(without.annotations)).toContain('there is no key to sign with');
    const step = await run.run('sync', { ...inputs, 'signing-key': privateKey });
    expect(step).toMatchObject({ exitCode: 0, outputs: { 'pushed-count': '1' } });
    const documents = folderDocuments(join(run.workspace, 'release'));
    expect(publishedHashes(documents).size).toBe(1);
    const [manifest] = [...documents].filter(([key]) => key.endsWith('.spec.manifest.json'));
    expect(manifest?.[1].toString()).toMatch(/^-----BEGIN PGP SIGNED MESSAGE/);
  });

  it('has nothing to copy: a failure, unless that is said, or lists say it', async () => {
    const none = { mirrors: 'release=./release', 'copy-list': 'lists/**/*.json' };
    await using bad = await job({ here: fromSource });
    const refused = await bad.run('sync', none);
    expect(refused.annotations).toMatchObject([{ message: expect.stringContaining('no file matches') }]);
    await using run = await job({ here: fromSource });
    const said = await run.run('sync', { ...none, 'allow-empty': 'true' });
    expect(said).toMatchObject({ exitCode: 0, outputs: { 'pushed-count': '0' } });
    expect(said.annotations).toMatchObject([{ level: 'notice', message: 'there was nothing to copy' }]);
    expect(said.summary).toContain('✅ Build cache: there was nothing to copy');
    writeFileSync(join(run.workspace, 'list.json'), '{}');
    expect(await run.run('sync', { ...none, 'copy-list': 'list.json' })).toMatchObject({ exitCode: 0 });
  });

  it('warns of what fails where that is wanted', async () => {
    await using run = await job();
    const mirrors = `builds=${mirrorOf('1.2', 'signed')}\nrelease=${join(run.workspace, 'release')}`;
    const inputs = { mirrors, 'copy-from': 'builds', 'copy-to': 'release', 'push-failure': 'warn' };
    const step = await run.run('sync', inputs);
    expect(step.exitCode).toBe(0);
    expect(JSON.parse(step.outputs['failed'] ?? '')).toHaveLength(6);
    expect(step.annotations.map(({ level }) => level)).toContain('warning');
  });

  it('does nothing where a stranger may be behind it', async () => {
    await using run = await job({ event: { name: 'pull_request_target', payload: PULL_REQUEST } });
    const mirrors = `builds=${mirrorOf('1.2', 'signed')}\nrelease=${join(run.workspace, 'release')}`;
    const inputs = { mirrors, 'copy-from': 'builds', 'copy-to': 'release', 'trusted-keys': KEY };
    const step = await run.run('sync', inputs);
    expect(step.exitCode).toBe(1);
    expect(JSON.stringify(step.annotations)).toContain('refused on pull_request_target');
    expect(folderDocuments(join(run.workspace, 'release')).size).toBe(0);
  });

  it.each([
    ['nothing', {}, 'what to copy is not said'],
    ['too much', { 'copy-list': 'x.json', 'copy-from': '/tmp/x' }, 'copy-list says what to copy'],
    ['too much', { 'copy-list': 'x.json', specs: 'hdf5' }, 'copy-list says what to copy'],
    ['too much', { 'copy-list': 'x.json', 'whole-mirror': 'true' }, 'copy-list says what to copy'],
  ])('is told %s', async (_, inputs, message) => {
    await using run = await job();
    const step = await run.run('sync', inputs as Record<string, string>);
    expect(step.exitCode).toBe(1);
    expect(JSON.stringify(step.annotations)).toContain(message);
  });
});

const PULL_REQUEST = {
  pull_request: {
    number: 1,
    head: { repo: { full_name: 'stranger/fork' } },
    base: { repo: { full_name: 'org/repo' } },
  },
};
