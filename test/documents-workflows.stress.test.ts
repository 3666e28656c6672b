/** Every workflow of the README and the documents, as written, in what a site goes through. */
import { mkdtempSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { makeOld } from './cache/mirror-state.ts';
import { EQUAL_ROOT } from './commands/install-toy.ts';
import { adapted, documentedWorkflows, WORKFLOW_ADAPTIONS } from './documents.ts';
import { FIXTURES, mirrorOf, ROOT } from './entry/command-line.ts';
import { startAwsIdentity } from './harness/aws-identity.ts';
import { putEmptyImage } from './harness/empty-image.ts';
import { startRegistry } from './harness/registry.ts';
import type { WorkflowEvent } from './harness/workflow-run.ts';
import { DISPATCH, FORK, PULL, PUSH, SCHEDULE, type SiteOptions } from './harness/workflow-site.ts';
import {
  ALL,
  type Kind,
  type MirrorName,
  rowOf,
  siteWith,
  startMirrors,
  tableOf,
} from './workflow-situations.ts';

const ORDER = ['gcc-runtime', 'toymake', 'zlib-toy', 'libtoy', 'toypy', 'toyapp'];
/** As Spack builds them without being told in which order. */
const BUILT = expect.arrayContaining(ALL);

const rows: Parameters<typeof tableOf>[0][number][] = [];
const ran = new Set<string>();
afterAll(() => process.stdout.write(`${tableOf(rows)}\n`));

async function place(
  id: string,
  kind: Kind = 'folder',
  options: Partial<SiteOptions> & {
    readonly only?: readonly MirrorName[];
    /** Further files of the repository. */
    readonly more?: Readonly<Record<string, string>>;
  } = {},
) {
  const block = documentedWorkflows().find((one) => one.id === id);
  if (block === undefined) throw new Error(`there is no ${id}`);
  ran.add(id);
  const mirrors = await startMirrors(kind);
  const { only, more, ...own } = options;
  const site = await siteWith(mirrors, own, only);
  for (const [name, text] of Object.entries(more ?? {})) {
    await mkdir(dirname(join(site.repository, name)), { recursive: true });
    await writeFile(join(site.repository, name), text);
  }
  const run = async (situation: string, text: string, event: WorkflowEvent) => {
    const result = await site.run(text, event);
    const row = await rowOf(result, mirrors);
    rows.push({ kind, situation, workflow: id, ...row });
    return { ...result, ...row };
  };
  return {
    mirrors,
    site,
    run: async (situation: string, event: WorkflowEvent, places: Record<string, string> = {}) =>
      await run(situation, adapted(block.text, WORKFLOW_ADAPTIONS[id] ?? [], places), event),
    /** Another of the documents' workflows, on the same site. */
    async other(otherId: string, event: WorkflowEvent) {
      const other = documentedWorkflows().find((one) => one.id === otherId);
      return await site.run(other?.text ?? '', event);
    },
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await mirrors[Symbol.asyncDispose]();
    },
  };
}

/** A lockfile of the roots with this name alone. */
function withRoots(text: string, name: string): string {
  const lock = JSON.parse(text) as Lockfile;
  const roots = lock.roots.filter(({ spec }) => spec.startsWith(name));
  const kept = new Set<string>();
  const keep = (hash: string): void => {
    kept.add(hash);
    for (const { hash: next } of lock.concrete_specs[hash]?.dependencies ?? []) keep(next);
  };
  for (const { hash } of roots) keep(hash);
  const specs = Object.entries(lock.concrete_specs).filter(([hash]) => kept.has(hash));
  return JSON.stringify({ ...lock, roots, concrete_specs: Object.fromEntries(specs) });
}

interface Lockfile {
  readonly roots: readonly { readonly hash: string; readonly spec: string }[];
  readonly concrete_specs: Readonly<
    Record<string, { readonly dependencies?: readonly { readonly hash: string }[] }>
  >;
}

const errors = (said: readonly string[]) => said.filter((text) => text.startsWith('error'));
const BUILD = 'docs/autopush.md: Build and push';

/** The composite action of a document. */
async function buildSetup(file: string): Promise<Record<string, string>> {
  const text = await readFile(join(ROOT, file), 'utf8');
  const [block = ''] = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)]
    .map(([, yaml = '']) => yaml)
    .filter((yaml) => yaml.includes('using: composite'));
  return { '.github/actions/build-setup/action.yml': block };
}

describe('the README', () => {
  const GATE = 'README.md: Packages';

  it('gates, builds in waves and pushes, then does nothing', async () => {
    const files = await buildSetup('README.md');
    await using at = await place(GATE, 'folder', { only: ['builds'], more: files });
    const first = await at.run('first run', PUSH);
    expect(first, first.log).toMatchObject({ result: 'success', built: BUILT, builds: ALL });
    const again = await at.run('second run', PUSH);
    expect(again).toMatchObject({ result: 'success', built: [] });
    expect(again.job('build').result).toBe('skipped');
  });

  it('loses to a failure what needs it, and builds nothing while mirrors are down', async () => {
    const files = await buildSetup('README.md');
    await using at = await place(GATE, 'folder', { only: ['builds'], more: files });
    at.site.failing.add('libtoy');
    const failing = await at.run('libtoy fails', PUSH);
    expect(failing).toMatchObject({ result: 'failure', builds: ['gcc-runtime', 'toymake', 'zlib-toy'] });
    await at.mirrors.setDown(true);
    const down = await at.run('mirrors down', PUSH);
    expect(down).toMatchObject({ result: 'failure', built: [] });
    expect(down.job('build').result).toBe('skipped');
  });

  it('finds that there is no key before it builds', async () => {
    await using at = await place(GATE, 'folder', { only: ['builds'], more: await buildSetup('README.md') });
    delete at.site.secrets['SIGNING_KEY'];
    const run = await at.run('no signing key', PUSH);
    expect(run).toMatchObject({ result: 'failure', built: [] });
    expect(errors(run.said)[0]).toContain('there is no key to sign with');
  });

  it('gates a private bucket with the secrets it names', async () => {
    await using at = await place(GATE, 's3', { only: ['builds'], more: await buildSetup('README.md') });
    const first = await at.run('first run', PUSH);
    expect(first, first.log).toMatchObject({ result: 'success', built: BUILT, builds: ALL });
  });

  it('has the set-up action that docs/plan.md has', async () => {
    const plain = (text = '') => text.replace(/@[0-9a-f]{40} # (v3)\.0\.0/, '@$1');
    const [one] = Object.values(await buildSetup('README.md'));
    const [other] = Object.values(await buildSetup('docs/plan.md'));
    expect(plain(other)).toBe(one);
  });
});

describe('one job after the other', () => {
  const GATE = 'docs/gate.md: Packages, one after the other';

  it('gates and builds in order, then does nothing', async () => {
    await using at = await place(GATE, 'folder', { only: ['builds'] });
    const first = await at.run('first run', PUSH);
    expect(first).toMatchObject({ result: 'success', built: ORDER, builds: ALL });
    expect(first.jobs.map(({ name }) => name)).toEqual(['gate', ...ORDER]);
    const again = await at.run('second run', PUSH);
    expect(again).toMatchObject({ result: 'success', built: [] });
    expect(again.job('build').result).toBe('skipped');
  });

  it('goes on after a spec that does not compile, and stops at mirrors that are down', async () => {
    await using at = await place(GATE);
    at.site.failing.add('libtoy');
    const failing = await at.run('libtoy fails', PUSH);
    expect(failing).toMatchObject({ result: 'failure', builds: ['gcc-runtime', 'toymake', 'zlib-toy'] });
    await at.mirrors.setDown(true);
    const down = await at.run('mirrors down', PUSH);
    expect(down).toMatchObject({ result: 'failure', built: [] });
    expect(down.job('build').result).toBe('skipped');
  });

  it('finds that there is no key before it builds', async () => {
    await using at = await place(GATE);
    delete at.site.secrets['SIGNING_KEY'];
    const run = await at.run('no signing key', PUSH);
    expect(run).toMatchObject({ result: 'failure', built: [] });
    expect(errors(run.said)[0]).toContain('there is no key to sign with');
  });

  it('tells each night whether the cache is complete', async () => {
    await using at = await place('README.md: Is the cache complete?');
    expect((await at.run('nothing was ever built', SCHEDULE)).result).toBe('failure');
    // On both mirrors, as that workflow asks.
    await at.other(BUILD, PUSH);
    await at.other('docs/sync.md: Promote', DISPATCH);
    expect(await at.run('all there', SCHEDULE)).toMatchObject({ result: 'success', said: [] });
    await at.mirrors.setDown(true);
    expect((await at.run('mirrors down', SCHEDULE)).result).toBe('failure');
  });
});

describe('one job that builds and pushes', () => {
  it.each([BUILD, 'docs/autopush.md: Build, then push'])('%s: builds once, and fetches then', async (id) => {
    await using at = await place(id);
    const first = await at.run('first run', PUSH);
    expect(first).toMatchObject({ result: 'success', built: BUILT, builds: ALL });
    const again = await at.run('second run', PUSH);
    expect(again).toMatchObject({ result: 'success', built: [] });
    expect(again.fetched.length).toBeGreaterThan(0);
    expect(errors(again.said)).toEqual([]);
  });

  it('has Spack build again what is signed with a key that it does not trust', async () => {
    await using at = await place(BUILD);
    await at.run('first run', PUSH);
    const text = documentedWorkflows().find(({ id }) => id === BUILD)?.text ?? '';
    const untrusted = await at.site.run(text.replace(/^.*spack gpg trust.*\n/m, ''), PUSH);
    expect(untrusted).toMatchObject({ result: 'success', built: BUILT, fetched: [] });
  });

  it('pushes what was built before another spec failed', async () => {
    await using at = await place(BUILD);
    at.site.failing.add('libtoy');
    const run = await at.run('libtoy fails', PUSH);
    expect(run.result).toBe('failure');
    expect(run.builds).toEqual(expect.arrayContaining(['gcc-runtime', 'toymake', 'zlib-toy']));
    expect(run.builds).not.toContain('libtoy');
  });

  it('builds while the mirrors are down, and says what was not pushed', async () => {
    await using at = await place(BUILD);
    await at.mirrors.setDown(true);
    const run = await at.run('mirrors down', PUSH);
    expect(run).toMatchObject({ result: 'failure', built: BUILT });
    expect(errors(run.said).join()).toContain('Not pushed to builds');
  });

  it('has no key, or one that is none: it says so before it builds', async () => {
    await using at = await place(BUILD);
    at.site.secrets['SIGNING_KEY'] = 'no key';
    const useless = await at.run('a signing key that is none', PUSH);
    expect(useless).toMatchObject({ result: 'failure', built: [] });
    delete at.site.secrets['SIGNING_KEY'];
    expect(await at.run('no signing key', PUSH)).toMatchObject({ result: 'failure', built: [] });
  });

  it('of a fork: builds, pushes nothing and succeeds', async () => {
    await using at = await place(BUILD);
    const run = await at.run("a fork's pull request", FORK);
    expect(run).toMatchObject({ result: 'success', built: BUILT, builds: [] });
    expect(run.said.join()).toContain('read-only');
  });

  it('gets the credentials of its role, for hours', async () => {
    await using aws = await startAwsIdentity();
    const { ACTIONS_ID_TOKEN_REQUEST_TOKEN = '', ACTIONS_ID_TOKEN_REQUEST_URL = '' } = aws.job;
    const services = { ACTIONS_ID_TOKEN_REQUEST_TOKEN, ACTIONS_ID_TOKEN_REQUEST_URL };
    const env: Record<string, string> = { AWS_ENDPOINT_URL_STS: aws.url };
    await using at = await place('docs/autopush.md: Build for hours, then push', 's3', { services, env });
    // Of an endpoint that only spack.yaml names a session is kept away.
    const kept = await at.run('first run, the endpoint in spack.yaml only', PUSH);
    expect(kept).toMatchObject({ result: 'failure' });
    expect(kept.said.join()).toContain('AWS_ENDPOINT_URL');
    env['AWS_ENDPOINT_URL'] = String(at.mirrors.configuration('builds')['endpoint_url']);
    const run = await at.run('first run', PUSH);
    expect(run).toMatchObject({ result: 'success', built: BUILT, builds: ALL });
    expect(aws.asked.map((asked) => asked.get('RoleArn'))).toContain(
      'arn:aws:iam::123456789012:role/buildcache',
    );
  });

  it('pushes to a registry that does not know the repository yet', async () => {
    await using at = await place('docs/oci.md: Build and push', 'registry');
    const fork = await at.run("a fork's pull request", FORK);
    expect(fork).toMatchObject({ result: 'success', built: BUILT });
    const first = await at.run('first run', PUSH);
    expect(first).toMatchObject({ result: 'success', built: BUILT, builds: ALL });
    const again = await at.run('second run', PULL);
    expect(again).toMatchObject({ result: 'success', built: [] });
    await at.mirrors.setDown(true);
    expect(await at.run('mirrors down', PUSH)).toMatchObject({ result: 'failure', built: BUILT });
  });
});

describe('the other documents', () => {
  it('gate a part of the environment, and count what could not be told', async () => {
    await using at = await place('docs/gate.md: Python packages');
    const pull = await at.run('first run', PULL);
    expect(pull.said.join()).toContain(
      '3 of 3 specs are missing and need a rebuild. zlib-toy, toypy, toyapp',
    );
    await at.mirrors.setDown(true);
    expect((await at.run('mirrors down', FORK)).result).toBe('success');
  });

  it('install, verified, what programs run with', async () => {
    const tree = mkdtempSync('/tmp/bc-'.padEnd(EQUAL_ROOT.length - 6, '-'));
    try {
      const key = await readFile(join(FIXTURES, 'toy-ci.pub.asc'), 'utf8');
      await using at = await place('docs/install.md: Use', 'folder', { files: { 'keys/ours.pub.asc': key } });
      const run = await at.run('first run', PUSH, { fixture: mirrorOf('1.2', 'signed'), tree });
      expect(run, run.log).toMatchObject({ result: 'success' });
      expect(run.log).toMatch(new RegExp(`^${tree}/.*/toyapp$`, 'm'));
      const fork = await at.run("a fork's pull request", FORK, { fixture: mirrorOf('1.2', 'signed'), tree });
      expect(fork.result).toBe('success');
      const none = await at.run('no such mirror', PUSH, { fixture: '/no/mirror', tree: `${tree}/other` });
      expect(none.result).toBe('failure');
    } finally {
      await rm(tree, { recursive: true });
    }
  });

  it('install what a key has signed that is named by its fingerprint', async () => {
    const tree = mkdtempSync('/tmp/bc-'.padEnd(EQUAL_ROOT.length - 6, '-'));
    try {
      await using at = await place('docs/signing-keys.md: Use with a fingerprint');
      const places = { fixture: mirrorOf('1.2', 'signed'), tree };
      const fingerprint = 'D2A327D9C4F3932CBDEF2BFC51C662332531F1F5';
      const other = await at.run('a fingerprint that no mirror has', PUSH, {
        ...places,
        fingerprint: 'A'.repeat(40),
      });
      expect(other).toMatchObject({ result: 'failure' });
      expect(errors(other.said)).toEqual([`error: no mirror offers the key ${'A'.repeat(40)}`]);
      const run = await at.run('first run', PUSH, { ...places, fingerprint });
      expect(run, run.log).toMatchObject({ result: 'success' });
      expect(run.log).toMatch(new RegExp(`^${tree}/.*/toyapp$`, 'm'));
    } finally {
      await rm(tree, { recursive: true });
    }
  });

  it('promote from one mirror to another', async () => {
    await using at = await place('docs/sync.md: Promote');
    expect((await at.run('nothing was ever built', DISPATCH)).result).toBe('failure');
    await at.other(BUILD, PUSH);
    const first = await at.run('first run', DISPATCH);
    expect(first).toMatchObject({ result: 'success', release: ALL });
    expect(first.log).toContain('6 copied');
    const again = await at.run('second run', DISPATCH);
    expect(again.result).toBe('success');
    expect(again.log).toContain('0 copied');
    await at.mirrors.setDown(true);
    expect((await at.run('mirrors down', DISPATCH)).result).toBe('failure');
  });

  it('make a view with the command line', async () => {
    await using at = await place('docs/upkeep.md: View');
    await at.other(BUILD, PUSH);
    await at.other('docs/sync.md: Promote', DISPATCH);
    for (const situation of ['first run', 'second run']) {
      const run = await at.run(situation, PUSH);
      expect(run, run.log).toMatchObject({ result: 'success', said: [] });
    }
    const release = fileURLToPath(String(at.mirrors.configuration('release')['url']));
    expect(readdirSync(join(release, 'v3/manifests/index')).join()).toContain('production');
    await at.mirrors.setDown(true);
    expect((await at.run('mirrors down', PUSH)).result).toBe('failure');
  });

  it('make an image of what was built, and none where a package is missing', async () => {
    await using server = await startRegistry();
    putEmptyImage(server.repository('base/debian'), '12');
    const places = { registry: server.url };
    await using at = await place('docs/images.md: Image');
    const early = await at.run('nothing was ever built', PUSH, places);
    expect(early.result).toBe('failure');
    expect(early.log).toContain('6 failed, so there is no image');
    await at.other(BUILD, PUSH);
    const run = await at.run('all there', PUSH, places);
    expect(run, run.log).toMatchObject({ result: 'success' });
    expect(run.log).toContain(`${server.host}/you/tools:latest  linux/amd64: 6 packages in 6 layers`);
    const before = server.repository('you/tools').tags.get('latest');
    expect(before).toBeDefined();
    await at.mirrors.setDown(true);
    expect((await at.run('mirrors down', PUSH, places)).result).toBe('failure');
    expect(server.repository('you/tools').tags.get('latest')).toBe(before);
  });

  it('keep a mirror in order', async () => {
    await using at = await place('docs/upkeep.md: Upkeep');
    const empty = await at.run('nothing was ever built', SCHEDULE);
    expect(empty.result).toBe('failure');
    expect(errors(empty.said)).toEqual([expect.stringContaining('there is no build cache. Check the URL')]);
    await at.other(BUILD, PUSH);
    await at.other('docs/sync.md: Promote', DISPATCH);
    const run = await at.run('all there', SCHEDULE);
    expect(run).toMatchObject({ result: 'success', release: ALL });
    await at.mirrors.setDown(true);
    expect((await at.run('mirrors down', SCHEDULE)).result).toBe('failure');
  });

  it('keep what any of several environments needs, if one step names them all', async () => {
    const id = 'docs/upkeep.md: Upkeep of all environments';
    await using at = await place(id);
    await at.other(BUILD, PUSH);
    await at.other('docs/sync.md: Promote', DISPATCH);
    const lock = join(at.site.repository, 'env/spack.lock');
    const text = await readFile(lock, 'utf8');
    await mkdir(join(at.site.repository, 'env-gpu'));
    await writeFile(join(at.site.repository, 'env-gpu/spack.lock'), text);
    await writeFile(lock, withRoots(text, 'toymake'));
    makeOld(fileURLToPath(String(at.mirrors.configuration('release')['url'])), 100);
    expect(await at.run('all named', SCHEDULE)).toMatchObject({ result: 'success', release: ALL });
    const alone =
      documentedWorkflows()
        .find((one) => one.id === id)
        ?.text.replace(/^ *env-gpu\n/m, '') ?? '';
    const run = await at.site.run(alone, SCHEDULE);
    expect(run).toMatchObject({ result: 'success', log: expect.stringContaining(' 4 of 6 entries,') });
  });
});

it('no workflow of the documents was left out', () => {
  expect(
    documentedWorkflows()
      .map(({ id }) => id)
      .filter((id) => id !== 'docs/plan.md: Packages') // what it calls runs in workflow-build.stress.test.ts
      .sort(),
  ).toEqual([...ran].sort());
});
