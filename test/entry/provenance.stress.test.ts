/** `push --provenance`, and what becomes of it: what an installation says of each entry, and who keeps it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatManifest, parseManifest } from '../../src/cache/layouts/manifest.ts';
import { openSigner } from '../../src/cache/trust/signing.ts';
import { clearsignedText } from '../../src/core/clearsigned.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { type ArmoredPair, makeKey } from '../cache/keys.ts';
import { folderDocuments, makeOld } from '../cache/mirror-state.ts';
import { startJob } from '../harness/runner.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { moveToyStore, TOY_ENVIRONMENT } from '../tree/toy-store.ts';
import { fromSource, ROOT } from './command-line.ts';
import { type Ran, runVerb } from './run-verb.ts';

const JOB = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'org/stack',
  GITHUB_WORKFLOW_REF: 'org/stack/.github/workflows/build.yml@refs/heads/main',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: '0123456789012345678901234567890123456789',
  GITHUB_RUN_ID: '7',
  GITHUB_RUN_ATTEMPT: '1',
};
/** Needs nothing at run time. */
const SPEC = 'gcc-runtime';
const OURS = 'repository=org/*';

let dir: TempDir;
let store: string;
let key: ArmoredPair;
let other: ArmoredPair;
let keyFile: string;
beforeAll(async () => {
  dir = await tempDir();
  store = join(dir.path, 'store');
  await moveToyStore(store);
  [key, other] = await Promise.all([makeKey(), makeKey({ name: 'Other' })]);
  keyFile = join(dir.path, 'key.pub.asc');
  writeFileSync(keyFile, key.publicKey);
});
afterAll(() => dir[Symbol.asyncDispose]());

let counter = 0;
const place = () => join(dir.path, `place-${counter++}`);

async function push(
  mirror: string,
  args: readonly string[],
  env: Record<string, string> = JOB,
): Promise<Ran> {
  const all = ['push', mirror, SPEC, '--store', store, ...args];
  return await runVerb(all, dir.path, { BUILDCACHE_SIGNING_KEY: key.privateKey, ...env });
}

async function install(mirror: string, ...args: readonly string[]): Promise<Ran> {
  const root = place();
  const how = ['--store', root, '-m', mirror, '--trusted-keys', keyFile, '--otherarch', '--no-lock'];
  const environment = ['-e', TOY_ENVIRONMENT];
  return await runVerb(
    ['install', ...how, ...environment, ...args, '--require-provenance', OURS, SPEC],
    dir.path,
  );
}

/** A mirror with the one spec and its provenance. */
async function provenMirror(): Promise<string> {
  const mirror = place();
  expect(await push(mirror, ['--provenance', '--update-index'])).toMatchObject({ code: 0 });
  return mirror;
}

function manifestFile(mirror: string): string {
  const name = [...folderDocuments(mirror).keys()].find((each) => each.includes(`spec/${SPEC}/`));
  return join(mirror, name ?? '');
}

function statementIn(mirror: string): JsonObject | undefined {
  return parseManifest(readFileSync(manifestFile(mirror)), '').statement;
}

async function signerOf({ privateKey }: ArmoredPair) {
  const how = { passphrase: undefined, choose: undefined, source: '', mirror: '' };
  return await openSigner({ secretKeys: privateKey, ...how });
}

/** Writes the manifest anew, signed by our key, with another statement. */
async function signAnew(
  mirror: string,
  statement: JsonObject | undefined,
  by: ArmoredPair = key,
): Promise<void> {
  const { records } = parseManifest(readFileSync(manifestFile(mirror)), '');
  const signer = await signerOf(by);
  writeFileSync(manifestFile(mirror), await signer.sign(formatManifest(records, [], statement)));
}

const anew = (statement: JsonObject | undefined, change: (text: string) => string): JsonObject =>
  JSON.parse(change(JSON.stringify(statement))) as JsonObject;

test('what the job says of itself is signed with the entry, and an installation that asks for it takes it', async () => {
  const mirror = await provenMirror();
  const text = readFileSync(manifestFile(mirror), 'utf8');
  expect(clearsignedText(text)).toContain(
    '\n"inTotoStatement":{\n"_type":"https://in-toto.io/Statement/v1",\n',
  );
  // Clear-signing must meet neither a dash nor white space at an edge of a line, nor a long line.
  for (const line of clearsignedText(text)?.split('\n') ?? []) expect(line).toMatch(/^(?!-)\S.{0,2100}$/);
  const [{ checksum }] = JSON.parse(clearsignedText(text) ?? '').data as [{ checksum: string }];
  expect(statementIn(mirror)).toMatchObject({ subject: [{ digest: { sha256: checksum } }] });
  expect(await install(mirror)).toMatchObject({ code: 0, out: expect.stringContaining('1 installed') });
  expect(await install(mirror, '--require-provenance', 'ref=refs/tags/*')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/provenance is of another ref.*refs\/tags\/\*.*refs\/heads\/main/),
  });
});

/** What an installation says of entries that somebody has put there. */
test.each<[string, (mirror: string) => unknown, string]>([
  ['none', (mirror) => signAnew(mirror, undefined), 'it has no provenance'],
  [
    'one of another repository',
    (mirror) =>
      signAnew(
        mirror,
        anew(statementIn(mirror), (text) => text.replaceAll('org/stack', 'fork/stack')),
      ),
    'its provenance is of another repository',
  ],
  [
    'one of another tarball',
    (mirror) =>
      signAnew(
        mirror,
        anew(statementIn(mirror), (text) => text.replace(/"sha256":"../, '"sha256":"zz')),
      ),
    'its provenance is about another build',
  ],
  [
    'one that was changed after it was signed',
    (mirror) => {
      const text = readFileSync(manifestFile(mirror), 'utf8');
      writeFileSync(manifestFile(mirror), text.replace('runs/7', 'runs/8'));
    },
    'does not fit the text',
  ],
  [
    'one that another key has signed',
    (mirror) => signAnew(mirror, statementIn(mirror), other),
    'which is not trusted',
  ],
  [
    'one without a signature',
    (mirror) => {
      const text = clearsignedText(readFileSync(manifestFile(mirror), 'utf8')) ?? '';
      writeFileSync(manifestFile(mirror), text);
    },
    'no signature',
  ],
  [
    "another spec's, moved to its place",
    async (mirror) => {
      const all = ['push', mirror, 'toymake', '--only', 'package', '--store', store, '--provenance'];
      await runVerb(all, dir.path, { BUILDCACHE_SIGNING_KEY: key.privateKey, ...JOB });
      const [name = ''] = [...folderDocuments(mirror).keys()].filter((each) =>
        each.includes('spec/toymake/'),
      );
      writeFileSync(manifestFile(mirror), readFileSync(join(mirror, name)));
    },
    'this is a signed entry of another spec',
  ],
])('an installation that asks for provenance refuses %s', async (_, change, reason) => {
  const mirror = await provenMirror();
  await change(mirror);
  expect(await install(mirror)).toMatchObject({ code: 1, err: expect.stringContaining(reason) });
});

test('a mirror whose signatures are not looked at proves nothing; one that cannot be asked is another matter', async () => {
  const mirror = await provenMirror();
  expect(await install(mirror, '--unsigned')).toMatchObject({
    code: 1,
    err: expect.stringContaining('no signature was verified'),
  });
  const nowhere = 'http://127.0.0.1:1/cache';
  const ran = await install(mirror, '-m', nowhere, '--retries', '0');
  expect(ran).toMatchObject({ code: 0 });
  rmSync(dirname(manifestFile(mirror)), { recursive: true });
  const unknown = await install(mirror, '-m', nowhere, '--retries', '0');
  expect(unknown.code).toBeGreaterThan(0);
  expect(unknown.err).toContain('127.0.0.1');
  expect(unknown.err).not.toContain('provenance');
});

test('a push says no more than it knows: no job, no signature, and what was installed from a cache', async () => {
  const mirror = place();
  expect(await push(mirror, ['--provenance'], {})).toMatchObject({
    code: 2,
    err: expect.stringContaining('this is no job'),
  });
  expect(await push(mirror, ['--provenance', '-u'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('is not signed'),
  });
  expect(folderDocuments(mirror).size).toBe(0);
  const installed = place();
  const from = await provenMirror();
  const how = ['--store', installed, '-m', from, '--trusted-keys', keyFile, '--otherarch', '--no-lock'];
  expect(await runVerb(['install', ...how, SPEC], dir.path)).toMatchObject({ code: 0 });
  const again = ['push', mirror, SPEC, '--store', installed, '--provenance'];
  const ran = await runVerb(again, dir.path, { BUILDCACHE_SIGNING_KEY: key.privateKey, ...JOB });
  expect(ran).toMatchObject({
    code: 0,
    err: expect.stringMatching(/installed from a cache.*gcc-runtime@12\.2\.0/),
  });
  expect(statementIn(mirror)).toBeUndefined();
});

test('a push without provenance keeps what is there, where it is about the same tarball and our key has signed it', async () => {
  const mirror = await provenMirror();
  const before = statementIn(mirror);
  expect(await push(mirror, [])).toMatchObject({ code: 0, out: expect.stringContaining('1 already there') });
  expect(await push(mirror, ['--force'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 pushed'),
  });
  expect(statementIn(mirror)).toEqual(before);
  // A blob that is gone is sent again.
  rmSync(join(mirror, 'blobs'), { recursive: true });
  expect(await push(mirror, [])).toMatchObject({ code: 0, out: expect.stringContaining('1 pushed') });
  expect(statementIn(mirror)).toEqual(before);
  await signAnew(mirror, before, other);
  await push(mirror, ['--force']);
  expect(statementIn(mirror)).toBeUndefined();
});

test('sync takes it along with its signature, and signs none that another key has signed, or that it has not verified', async () => {
  const mirror = await provenMirror();
  const sync = (to: string, ...args: readonly string[]) =>
    runVerb(['sync', mirror, to, '--all', '--trusted-keys', keyFile, ...args], dir.path, {
      BUILDCACHE_SIGNING_KEY: `${key.privateKey}\n${other.privateKey}`,
    });
  const [kept, again, resigned, unverified] = [place(), place(), place(), place()];
  expect(await sync(kept)).toMatchObject({ code: 0 });
  expect(readFileSync(manifestFile(kept))).toEqual(readFileSync(manifestFile(mirror)));
  const [own, others] = await Promise.all([signerOf(key), signerOf(other)]);
  expect(await sync(again, '--key', own.fingerprint)).toMatchObject({ code: 0 });
  expect(readFileSync(manifestFile(again))).not.toEqual(readFileSync(manifestFile(mirror)));
  expect(statementIn(again)).toEqual(statementIn(mirror));
  expect(await sync(resigned, '--key', others.fingerprint)).toMatchObject({ code: 0 });
  expect(readFileSync(manifestFile(resigned), 'utf8')).toContain('BEGIN PGP SIGNATURE');
  expect(statementIn(resigned)).toBeUndefined();
  mkdirSync(unverified);
  const config = { mirrors: { from: { url: mirror, signed: false }, to: { url: unverified, signed: true } } };
  writeFileSync(join(dir.path, 'mirrors.yaml'), JSON.stringify(config));
  const ran = await runVerb(['sync', 'from', 'to', '--all', '--mirrors', 'mirrors.yaml'], dir.path, {
    BUILDCACHE_SIGNING_KEY: other.privateKey,
  });
  expect(ran).toMatchObject({ code: 0 });
  expect(statementIn(unverified)).toBeUndefined();
});

test('check-index counts it, says which is of another build, and --repair leaves that entry', async () => {
  const mirror = await provenMirror();
  const check = async (...args: readonly string[]) =>
    await runVerb(['check-index', mirror, '--verify', 'manifests', ...args], dir.path);
  expect(await check()).toMatchObject({ code: 0, out: expect.stringContaining('With provenance: 1') });
  await signAnew(
    mirror,
    anew(statementIn(mirror), (text) => text.replace(/"sha256":"../, '"sha256":"zz')),
  );
  const manifest = readFileSync(manifestFile(mirror));
  const found = await check('--json');
  expect(found.code).toBe(1);
  expect(JSON.parse(found.out)).toMatchObject({ provenance: 1, counts: { provenance: 1 } });
  await check('--repair');
  expect(readFileSync(manifestFile(mirror))).toEqual(manifest);
  // A statement of a later kind is for a newer program to judge.
  await signAnew(
    mirror,
    anew(statementIn(mirror), (text) => text.replaceAll('provenance/v1', 'provenance/v2')),
  );
  expect(await check()).toMatchObject({ code: 0, out: expect.stringContaining('With provenance: 1') });
});

test('a bundle carries it, signed as it was', async () => {
  const mirror = await provenMirror();
  const at = place();
  mkdirSync(at);
  const bundle = (...args: readonly string[]) => runVerb(['bundle', ...args], dir.path);
  const file = join(at, 'all.tar');
  const made = await bundle('create', '--all', '-m', mirror, '--trusted-keys', keyFile, '-o', file);
  expect(made, made.err).toMatchObject({ code: 0 });
  const taken = await bundle('import', file, join(at, 'mirror'), '--trusted-keys', keyFile);
  expect(taken, taken.err).toMatchObject({ code: 0 });
  expect(readFileSync(manifestFile(join(at, 'mirror')))).toEqual(readFileSync(manifestFile(mirror)));
});

test('the action: provenance of this run, asked for by another; an unsigned mirror gets none and a note', async () => {
  await using run = await startJob({ here: fromSource });
  const mirrors = {
    ours: { url: join(run.workspace, 'ours') },
    bare: { url: join(run.workspace, 'bare'), signed: false },
  };
  const pushed = await run.uses(join(ROOT, 'push'), {
    with: {
      environment: TOY_ENVIRONMENT,
      mirrors: JSON.stringify(mirrors),
      'install-tree': store,
      'signing-key': key.privateKey,
      include: SPEC,
      provenance: true,
    },
  });
  expect(pushed, pushed.log).toMatchObject({ exitCode: 0 });
  expect(pushed.log).toContain('bare: it is not signed, and provenance proves nothing');
  const { predicate } = statementIn(join(run.workspace, 'ours')) as {
    predicate: { buildDefinition: { externalParameters: { workflow: { repository: string } } } };
  };
  const { repository } = predicate.buildDefinition.externalParameters.workflow;
  expect(repository).toMatch(/^https:\/\/github\.com\/[^/]+\/[^/]+$/);
  expect(statementIn(join(run.workspace, 'bare'))).toBeUndefined();
  const install = (required: string) =>
    run.uses(join(ROOT, 'install'), {
      with: {
        environment: TOY_ENVIRONMENT,
        specs: SPEC,
        mirrors: JSON.stringify({ ours: mirrors.ours }),
        'install-tree': place(),
        'trusted-keys': keyFile,
        'require-provenance': required,
        'install-cache': false,
        otherarch: true,
      },
    });
  const taken = await install(`repository=${repository}`);
  expect(taken, taken.log).toMatchObject({ exitCode: 0 });
  const refused = await install('repository=somebody/else\nref=**');
  expect(refused.exitCode).toBe(1);
  expect(refused.log).toContain('its provenance is of another repository');
});

test('a prune keeps it with its entry, and removes it with its entry', async () => {
  const mirror = await provenMirror();
  const kept = readFileSync(manifestFile(mirror));
  const all = ['push', mirror, 'toymake', '--only', 'package', '--store', store, '--provenance'];
  await runVerb([...all, '--update-index'], dir.path, { BUILDCACHE_SIGNING_KEY: key.privateKey, ...JOB });
  makeOld(mirror, 40);
  const [, hash = ''] = /-([a-z2-7]{32})\.spec/.exec(manifestFile(mirror)) ?? [];
  writeFileSync(join(dir.path, 'keep'), hash);
  const pruned = await runVerb(['prune', mirror, '--keeplist', 'keep', '--yes'], dir.path);
  expect(pruned, pruned.err).toMatchObject({ code: 0 });
  expect(readFileSync(manifestFile(mirror))).toEqual(kept);
  const documents = [...folderDocuments(mirror)];
  expect(documents.filter(([name]) => name.includes('spec/toymake/'))).toEqual([]);
  expect(documents.filter(([, bytes]) => bytes.includes('"name":"toymake'))).toEqual([]);
  expect(await install(mirror)).toMatchObject({ code: 0, out: expect.stringContaining('1 installed') });
});
