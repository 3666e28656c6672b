/** Whom a push or a sync trusts that signs an image with layers of others in it. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArmoredPair, makeKey } from '../cache/keys.ts';
import { taggedHashes } from '../cache/registry-place.ts';
import { startRegistry, type TestRegistry } from '../harness/registry.ts';
import { startJob } from '../harness/runner.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { type GrowingTree, growingTree } from './autopush-tree.ts';
import { environmentOf, FIXTURES, fromSource, mirrorOf, ROOT } from './command-line.ts';
import { runVerb } from './run-verb.ts';

let dir: TempDir;
let cwd: string;
let server: TestRegistry;
let tree: GrowingTree;
let ours: ArmoredPair;
let theirs: ArmoredPair;
let mirrors: Record<string, object>;
/** Somebody has pushed all but the app, signed; then the app was built. */
beforeEach(async () => {
  dir = await tempDir();
  cwd = join(dir.path, 'work');
  await cp(environmentOf('1.2'), join(cwd, 'env'), { recursive: true });
  server = await startRegistry();
  [ours, theirs] = await Promise.all([makeKey({ name: 'Ours' }), makeKey({ name: 'Theirs' })]);
  writeFileSync(join(cwd, 'ours.asc'), ours.privateKey);
  writeFileSync(join(cwd, 'theirs.asc'), theirs.privateKey);
  mirrors = { ours: { url: `${server.url}toy/cache`, signed: true, autopush: true } };
  writeFileSync(join(cwd, 'spack.yaml'), JSON.stringify({ spack: { mirrors } }));
  copyFileSync(join(cwd, 'env/spack.lock'), join(cwd, 'spack.lock'));
  tree = await growingTree(join(cwd, 'store'));
  await tree.add({ 'gcc-runtime': 'built', 'zlib-toy': 'built', libtoy: 'built', toypy: 'built' });
  expect(await run('autopush', '--signing-key-file', 'theirs.asc')).toMatchObject({ code: 0 });
  expect(await run('autopush', '--record', 'before.json')).toMatchObject({ code: 0 });
});
afterEach(async () => {
  await server.close();
  await dir[Symbol.asyncDispose]();
});

const REFUSED = /toyapp.*found .*zlib-toy@1.3.1\/\w{7} \(one by \w{16}, which is not trusted\)/;

async function run(...args: string[]) {
  return await runVerb([...args, '--store', tree.root], cwd);
}

function isThere(): boolean {
  return taggedHashes(server.repository('toy/cache')).has(tree.hashOf('toyapp'));
}

describe('what goes to a signed registry that has what somebody else has signed', () => {
  it.each([
    ['push', ['push', 'ours', 'toyapp', '--only', 'package']],
    ['autopush', ['autopush', '--since', 'before.json']],
  ])('%s trusts the keys of the keyring', async (_, verb) => {
    await tree.add({ toyapp: 'built' });
    const args = [...verb, '--signing-key-file', 'ours.asc'];
    const refused = await run(...args);
    expect(refused.code).toBe(1);
    expect(refused.out + refused.err).toMatch(REFUSED);
    expect(isThere()).toBe(false);
    const keyring = join(cwd, '.local/share/buildcache/keys');
    mkdirSync(keyring, { recursive: true });
    writeFileSync(join(keyring, 'theirs.asc'), theirs.publicKey);
    expect(await run(...args)).toMatchObject({ code: 0 });
    expect(isThere()).toBe(true);
  });

  it('sync trusts the keys it is given', async () => {
    const args = ['sync', mirrorOf('1.2', 'signed'), 'ours', 'toyapp', '-e', cwd];
    const keys = ['--trusted-keys', join(FIXTURES, 'toy-ci.pub.asc')];
    const env = { BUILDCACHE_SIGNING_KEY: ours.privateKey };
    const refused = await runVerb([...args, ...keys], cwd, env);
    expect(refused.code).toBe(1);
    expect(refused.out + refused.err).toMatch(REFUSED);
    expect(isThere()).toBe(false);
    writeFileSync(join(cwd, 'theirs.pub.asc'), theirs.publicKey);
    const trusting = [...args, ...keys, '--trusted-keys', 'theirs.pub.asc'];
    expect(await runVerb(trusting, cwd, env)).toMatchObject({ code: 0 });
    expect(isThere()).toBe(true);
  });

  it.each([false, true])('a job trusts those of its input (%s)', async (trusted) => {
    await using job = await startJob({ workspace: cwd, here: fromSource });
    const main = await job.uses(ROOT, {
      with: {
        environment: 'env',
        'install-tree': 'store',
        'on-unknown': 'warn',
        'index-cache': false,
        mirrors: JSON.stringify({ mirrors }),
        'signing-key': ours.privateKey,
        ...(trusted ? { 'trusted-keys': theirs.publicKey } : {}),
      },
    });
    expect(main.exitCode).toBe(0);
    await tree.add({ toyapp: 'built' });
    const [post] = await job.finish();
    if (!trusted) expect(post?.log).toMatch(REFUSED);
    expect([post?.exitCode, isThere()]).toEqual([trusted ? 0 : 1, trusted]);
  });
});
