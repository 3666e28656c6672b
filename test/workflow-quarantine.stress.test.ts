/** quarantine.yml and promote.yml, as written: whose build gets to main's mirror, and whose does not. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openTrust } from '../src/cache/trust/trust.ts';
import { makeKey } from './cache/keys.ts';
import { manifestRecords } from './cache/mirror-state.ts';
import { ACCESS_KEY, SECRET_KEY } from './harness/s3-server.ts';
import type { WorkflowEvent } from './harness/workflow-run.ts';
import { CLOSED, FORK, PULL, PUSH, readRepositoryFile } from './harness/workflow-site.ts';
import {
  ALL,
  type Kind,
  type MirrorName,
  rowOf,
  siteWith,
  startMirrors,
  tableOf,
} from './workflow-situations.ts';

const rows: Parameters<typeof tableOf>[0][number][] = [];
afterAll(() => process.stdout.write(`${tableOf(rows)}\n`));

const workflow = (file: string) => readRepositoryFile(`docs/workflows/${file}`);
const errors = (said: readonly string[]) => said.filter((text) => text.startsWith('error'));

/** A site with a quarantine. Its main has toymake only, and a pull request all of the environment. */
async function place(kind: Kind) {
  const mirrors = await startMirrors(kind);
  const quarantineKey = await makeKey({ name: 'Quarantine' });
  const environments: Record<string, Record<string, string>> = {
    quarantine: {
      QUARANTINE_KEY: quarantineKey.privateKey,
      QUARANTINE_ACCESS_KEY_ID: ACCESS_KEY,
      QUARANTINE_SECRET_ACCESS_KEY: SECRET_KEY,
    },
  };
  const site = await siteWith(mirrors, { environments });
  const { SIGNING_KEY = '', ...others } = site.secrets;
  environments['main'] = { SIGNING_KEY, ...others };
  delete site.secrets['SIGNING_KEY'];
  const at = (name: string) => join(site.repository, name);
  writeFileSync(at('keys/quarantine.asc'), quarantineKey.publicKey);
  await mkdir(at('quarantine'));
  const quarantine = { ...mirrors.configuration('quarantine'), signed: true };
  writeFileSync(at('quarantine/mirrors.yaml'), JSON.stringify({ mirrors: { quarantine } }));
  await mkdir(at('.github/workflows'), { recursive: true });
  writeFileSync(at('.github/workflows/promote.yml'), await workflow('promote.yml'));
  const lock = at('env/spack.lock');
  const all = readFileSync(lock, 'utf8');
  const little = withRoot(all, 'toymake');
  const trustOf = async (text: string) =>
    await openTrust({ keys: [{ text, source: 'key' }], fingerprints: [] });
  return {
    mirrors,
    site,
    /** What a checkout brings. */
    checkOut: (what: 'main before' | 'all') => writeFileSync(lock, what === 'all' ? all : little),
    async run(situation: string, file: string, event: WorkflowEvent, text?: string) {
      const run = await site.run(text ?? (await workflow(file)), event, file);
      const row = await rowOf(run, mirrors);
      rows.push({ kind, situation, workflow: file, ...row });
      return { ...run, ...row, quarantine: await mirrors.specs('quarantine') };
    },
    trusts: {
      main: await trustOf(readFileSync(at('keys/builds.asc'), 'utf8')),
      quarantine: await trustOf(quarantineKey.publicKey),
    },
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await mirrors[Symbol.asyncDispose]();
    },
  };
}

/** The same lockfile, with one root and what is below it. */
function withRoot(lockfile: string, name: string): string {
  const lock = JSON.parse(lockfile);
  const kept: Record<string, unknown> = {};
  const keep = (hash: string) => {
    if (hash in kept) return;
    kept[hash] = lock.concrete_specs[hash];
    for (const { hash: below } of lock.concrete_specs[hash].dependencies ?? []) keep(below);
  };
  const roots = lock.roots.filter(({ hash }: { hash: string }) => lock.concrete_specs[hash].name === name);
  for (const { hash } of roots) keep(hash);
  return JSON.stringify({ ...lock, roots, concrete_specs: kept });
}

/** Manifests of a mirror that is a folder, by the package. */
function manifestsOf(at: Awaited<ReturnType<typeof place>>, name: MirrorName) {
  const root = folderOf(at, name);
  const specs = join(root, 'v3/manifests/spec');
  return new Map(
    readdirSync(specs).map((spec) => {
      const [file = ''] = readdirSync(join(specs, spec));
      return [spec, join(specs, spec, file)];
    }),
  );
}

function folderOf({ mirrors }: Awaited<ReturnType<typeof place>>, name: MirrorName): string {
  return new URL(String(mirrors.configuration(name)['url'])).pathname;
}

describe.each<Kind>(['folder', 's3'])('on a %s', (kind) => {
  it('a pull request is built, signed and kept apart; once merged it is taken over, and built by nobody again', async () => {
    await using at = await place(kind);
    const pull = await at.run('pull request', 'quarantine.yml', PULL);
    expect(pull, pull.log).toMatchObject({ result: 'success', builds: [], quarantine: ALL });
    expect([...pull.built].sort()).toEqual(ALL);
    const again = await at.run('pushed to again', 'quarantine.yml', PULL);
    expect(again).toMatchObject({ result: 'success', built: [], builds: [] });
    expect(again.fetched.length).toBeGreaterThan(0);

    const merged = await at.run('merged', 'promote.yml', PUSH);
    expect(merged, merged.log).toMatchObject({ result: 'success', built: [], builds: ALL });
    expect(errors(merged.said)).toEqual([]);
    const once = await at.run('another push to main', 'promote.yml', PUSH);
    expect(once).toMatchObject({ result: 'success', builds: ALL });
    expect(once.log).toContain('0 copied');
    const built = await at.run('main after the merge', 'build.yml', PUSH, await forMain());
    expect(built, built.log).toMatchObject({ result: 'success', built: [], builds: ALL });
  });

  it("a fork's pull request is built, and nothing of it is kept", async () => {
    await using at = await place(kind);
    const fork = await at.run("a fork's pull request", 'quarantine.yml', FORK);
    expect(fork, fork.log).toMatchObject({ result: 'success', builds: [], quarantine: [] });
    expect([...fork.built].sort()).toEqual(ALL);
    expect(fork.job('build').result).toBe('skipped');
    const merged = await at.run("a fork's, merged", 'promote.yml', PUSH);
    expect(merged, merged.log).toMatchObject({ result: 'success', builds: [] });
    const built = await at.run("main after a fork's", 'build.yml', PUSH, await forMain());
    expect(built, built.log).toMatchObject({ result: 'success', builds: ALL });
    expect([...built.built].sort()).toEqual(ALL);
  });

  it('a pull request that is closed leaves main as it is: its lockfile does not name what was built', async () => {
    await using at = await place(kind);
    at.checkOut('all');
    await at.run('pull request', 'quarantine.yml', PULL);
    await expect(at.run('closed unmerged', 'quarantine.yml', CLOSED)).rejects.toThrow('does not start');
    await expect(at.run('closed unmerged', 'promote.yml', CLOSED)).rejects.toThrow('does not start');
    at.checkOut('main before');
    const later = await at.run('closed unmerged, then a push to main', 'promote.yml', PUSH);
    expect(later, later.log).toMatchObject({ result: 'success', builds: ['gcc-runtime', 'toymake'] });
  });

  it('a quarantine that is down fails the promotion, and main builds by itself', async () => {
    await using at = await place(kind);
    await at.run('pull request', 'quarantine.yml', PULL);
    await at.mirrors.setDown(true);
    const down = await at.run('merged, mirrors down', 'promote.yml', PUSH);
    expect(down).toMatchObject({ result: 'failure', built: [] });
    expect(errors(down.said).length).toBeGreaterThan(0);
  });
});

it("what main takes over is signed with main's key alone, to the byte what was built", async () => {
  await using at = await place('folder');
  await at.run('pull request', 'quarantine.yml', PULL);
  await at.run('merged', 'promote.yml', PUSH);
  const [before, after] = [manifestsOf(at, 'quarantine'), manifestsOf(at, 'builds')];
  for (const [name, file] of after) {
    const text = readFileSync(file, 'utf8');
    await expect(at.trusts.main.verify(text, file)).resolves.toBeDefined();
    await expect(at.trusts.quarantine.verify(text, file)).rejects.toThrow();
    const built = readFileSync(before.get(name) ?? '');
    await expect(at.trusts.quarantine.verify(built.toString('utf8'), name)).resolves.toBeDefined();
    await expect(at.trusts.main.verify(built.toString('utf8'), name)).rejects.toThrow();
    expect(manifestRecords(Buffer.from(text))).toEqual(manifestRecords(built));
  }
});

describe('what was tampered with in the quarantine', () => {
  type Tamper = (manifest: string, at: Awaited<ReturnType<typeof place>>) => void;
  const withBlob = (mediaType: string): Tamper => {
    return (manifest, at) => {
      const records = manifestRecords(readFileSync(manifest));
      const { checksum } = records.find((one) => one.mediaType.includes(mediaType)) ?? { checksum: '' };
      const blob = join(folderOf(at, 'quarantine'), 'blobs/sha256', checksum.slice(0, 2), checksum);
      writeFileSync(blob, Buffer.concat([readFileSync(blob).subarray(0, -9), Buffer.from('tampered!')]));
    };
  };
  const TAMPERED: Readonly<Record<string, Tamper>> = {
    'zlib-toy': withBlob('install'),
    libtoy: withBlob('spec'),
    // Its manifest, the signature left.
    toymake(manifest) {
      const sum = createHash('sha256').update('another').digest('hex');
      writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/[0-9a-f]{64}/, sum));
    },
    // Its signature, which is left out.
    toypy(manifest) {
      const text = readFileSync(manifest, 'utf8');
      writeFileSync(manifest, /\n\n([\s\S]*)\n-----BEGIN PGP SIGNATURE/.exec(text)?.[1] ?? '');
    },
    // Its place, where another spec was put.
    toyapp(manifest, at) {
      const other = manifestsOf(at, 'quarantine').get('gcc-runtime') ?? '';
      writeFileSync(manifest, readFileSync(other));
    },
  };

  it('is refused, each by its name, and main builds it', async () => {
    await using at = await place('folder');
    await at.run('pull request', 'quarantine.yml', PULL);
    const manifests = manifestsOf(at, 'quarantine');
    for (const [name, tamper] of Object.entries(TAMPERED)) tamper(manifests.get(name) ?? '', at);
    const merged = await at.run('merged, tampered with', 'promote.yml', PUSH);
    expect(merged).toMatchObject({ result: 'failure', builds: ['gcc-runtime'] });
    const said = errors(merged.said).join('\n');
    for (const name of Object.keys(TAMPERED)) expect(said).toContain(`(${name})`);
    expect(said).not.toContain('(gcc-runtime)');
    // Called by build.yml, whose gate does not wait for its success.
    const built = await at.run('main after it', 'build.yml', PUSH, await forMain());
    expect([...built.built].sort()).toEqual(Object.keys(TAMPERED).sort());
    expect(built.builds).toEqual(ALL);
  });
});

it("what another key has signed, main's own too, is not taken over", async () => {
  await using at = await place('folder');
  await at.run('pull request', 'quarantine.yml', PULL);
  await at.run('merged', 'promote.yml', PUSH);
  // Whoever can write to the quarantine puts there what main has signed once.
  const [from, to] = [manifestsOf(at, 'builds'), manifestsOf(at, 'quarantine')];
  for (const [name, file] of from) writeFileSync(to.get(name) ?? '', readFileSync(file));
  await rm(folderOf(at, 'builds'), { recursive: true });
  const replayed = await at.run('merged, replayed', 'promote.yml', PUSH);
  expect(replayed).toMatchObject({ result: 'failure', builds: [] });
});

/** build.yml with what docs/security.md says beside promote.yml. */
async function forMain(): Promise<string> {
  const security = await readRepositoryFile('docs/security.md');
  const blocks = [...security.matchAll(/```yaml\n(jobs:\n[\s\S]*?)```/g)].map(([, block = '']) => block);
  const jobs =
    /^ {2}quarantine:\n([\s\S]*?) {2}gate:\n([\s\S]*?) {4}# …\n {2}build:\n([\s\S]*?) {4}# …/m.exec(
      blocks[0] ?? '',
    );
  if (jobs === null) throw new Error('docs/security.md does not say how build.yml calls promote.yml');
  const [, quarantine, gate, build = ''] = jobs;
  return (await workflow('build.yml'))
    .replace('  gate:\n', `  quarantine:\n${quarantine}\n  gate:\n${gate}`)
    .replace(/^ {4}if: needs\.gate\.outputs.*\n/m, build)
    .replaceAll(/^( {4}runs-on: .*)$/gm, '$1\n    environment: main');
}
