/**
 * Provenance as others read it: gpg verifies the manifest, and Debian's docker-registry, which has no referrers API, keeps what
 * refers to an image. Wants gpg, docker-registry.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeKey } from '../cache/keys.ts';
import { adaptedCommands, documentedCommands } from '../documents.ts';
import { startDockerRegistry } from '../harness/docker-registry.ts';
import { startGpg } from '../harness/gpg.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { moveToyStore, TOY_ENVIRONMENT } from '../tree/toy-store.ts';
import { runVerb } from './run-verb.ts';

const JOB = {
  GITLAB_CI: 'true',
  CI_PROJECT_URL: 'https://gitlab.example.org/org/stack',
  CI_COMMIT_REF_NAME: 'main',
  CI_COMMIT_SHA: '0123456789012345678901234567890123456789',
  CI_JOB_URL: 'https://gitlab.example.org/org/stack/-/jobs/9',
};

let dir: TempDir;
let env: Record<string, string>;
beforeAll(async () => {
  dir = await tempDir();
  await moveToyStore(join(dir.path, 'store'));
  const { privateKey, publicKey } = await makeKey();
  mkdirSync(join(dir.path, 'keys'));
  writeFileSync(join(dir.path, 'keys/ours.pub.asc'), publicKey);
  env = { ...JOB, BUILDCACHE_SIGNING_KEY: privateKey };
});
afterAll(() => dir[Symbol.asyncDispose]());

const push = (mirror: string, ...more: readonly string[]) =>
  runVerb(['push', mirror, 'toyapp', '--store', 'store', '--provenance', ...more], dir.path, env);

test('docs/provenance.md#2: gpg verifies it, and what it gives is the statement', async () => {
  expect(await push('./mirror')).toMatchObject({ code: 0 });
  await using gpg = startGpg(dir.path);
  expect(gpg.run(['--list-keys'])).toBe('');
  const block = documentedCommands().find(({ id }) => id === 'docs/provenance.md#2');
  if (block === undefined) throw new Error('no such block');
  const script = adaptedCommands(block, {});
  const home = { ...process.env, GNUPGHOME: join(dir.path, 'gnupg') };
  const out = execFileSync('bash', ['-ec', script], { cwd: dir.path, env: home, encoding: 'utf8' });
  const { predicate } = JSON.parse(out);
  expect(predicate.buildDefinition.externalParameters).toEqual({
    workflow: { repository: JOB.CI_PROJECT_URL, ref: 'refs/heads/main', path: '.gitlab-ci.yml' },
    spec: { name: 'toyapp', version: '1.0', hash: 'e5gsqvjcrlpv6547ytc3lxqxsuxp6wmg' },
  });
  expect(predicate.runDetails.metadata.invocationId).toBe(JOB.CI_JOB_URL);
});

test("in Debian's registry it is found through the tag for referrers, and refused like anywhere else", async () => {
  await using registry = await startDockerRegistry();
  const url = `${registry.url}toy/cache`;
  const mirrors = join(dir.path, 'mirrors.yaml');
  writeFileSync(mirrors, JSON.stringify({ mirrors: { ours: { url, signed: true } } }));
  const pushed = await push('ours', '--mirrors', mirrors, '--update-index');
  expect(pushed, pushed.err).toMatchObject({ code: 0 });
  const install = (root: string, required: string) =>
    runVerb(
      [
        ...[
          'install',
          '--mirrors',
          mirrors,
          '-e',
          TOY_ENVIRONMENT,
          'gcc-runtime',
          '--store',
          root,
          '--no-lock',
        ],
        ...['--otherarch', '--trusted-keys', 'keys/ours.pub.asc', '--require-provenance', required],
      ],
      dir.path,
    );
  const taken = await install('a', 'repository=https://gitlab.example.org/org/*');
  expect(taken, taken.err).toMatchObject({ code: 0, out: expect.stringContaining('1 installed') });
  expect(await install('b', 'repository=other/*')).toMatchObject({
    code: 1,
    err: expect.stringContaining('its provenance is of another repository'),
  });
  const base = `http://${registry.host}/v2/toy/cache`;
  const ask = async (path: string) => {
    const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';
    return await fetch(`${base}/${path}`, { headers: { accept } });
  };
  const tag = 'gcc-runtime-12.2.0-n7wlr2ifbpzbcgmgafo37sp4ert7bbp7.spack';
  const digest = (await ask(`manifests/${tag}`)).headers.get('docker-content-digest') ?? '';
  const { manifests } = (await (await ask(`manifests/${digest.replace(':', '-')}`)).json()) as {
    manifests: { artifactType: string; digest: string }[];
  };
  expect(manifests.map(({ artifactType }) => artifactType).sort()).toEqual([
    'application/vnd.buildcache.signature.v1',
    'application/vnd.in-toto+json',
  ]);
  const statement = manifests.find(({ artifactType }) => artifactType.includes('in-toto'));
  const { layers } = (await (await ask(`manifests/${statement?.digest}`)).json()) as {
    layers: { digest: string }[];
  };
  const text = await (await ask(`blobs/${layers[0]?.digest}`)).text();
  expect(JSON.parse(text)).toMatchObject({ predicateType: 'https://slsa.dev/provenance/v1' });
});
