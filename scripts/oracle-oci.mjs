/**
 * Both ways through a registry with a real Spack: the fixtures' install tree, pushed by us, is listed and installed by
 * Spack; what Spack then pushes from there is checked, listed and indexed again by us. The fixtures' mirror of layout 3,
 * synced to the registry by us, is listed and installed by Spack, too. Prints the steps; exits 1 when one fails.
 *
 *   SPACK=/path/to/bin/spack node scripts/oracle-oci.mjs        Spack 1.x; python3 and docker-registry are needed
 *
 * That Spack's own configuration scopes are read, its install tree and caches are not touched.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { push } from '../src/commands/push.ts';
import { DEFAULT_RETRY } from '../src/core/retry.ts';
import { parseMirrors } from '../src/mirrors/config.ts';
import { openPushMirror } from '../src/mirrors/open-target.ts';
import { pushExitCode } from '../src/plan/push-result.ts';
import { SILENT } from '../src/report/reporter.ts';
import { readInstallTree } from '../src/tree/install-tree.ts';
import { runVerb } from '../test/entry/run-verb.ts';
import { startDockerRegistry } from '../test/harness/docker-registry.ts';
import { startRegistry } from '../test/harness/registry.ts';
import {
  FIXTURE,
  installWithSpack,
  prepareSpack,
  requireSpack,
  STORE,
  unpackStore,
} from './oracle-spack/install.mjs';

const spack = requireSpack();
for (const [name, start] of [
  ["Debian's docker-registry, over HTTP", startDockerRegistry],
  ['a strict registry, over TLS', () => startRegistry({ tls: true })],
]) {
  console.log(`# ${name}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'oracle-oci-'));
  // No longer than the tree it was built in, so that Spack need not get itself a patchelf.
  const roots = [mkdtempSync('/tmp/s'), mkdtempSync('/tmp/s')];
  await using registry = await start();
  try {
    await bothWays(registry, join(folder, 'pushed'), roots[0]);
    await fromSynced(registry, join(folder, 'synced'), roots[1]);
  } catch (error) {
    console.error(error instanceof Error ? `${error.message}\n${error.stderr ?? ''}` : error);
    process.exitCode = 1;
  } finally {
    for (const made of [folder, ...roots]) rmSync(made, { recursive: true, force: true });
  }
}

async function bothWays({ url, ca }, folder, root) {
  mkdirSync(folder);
  const ours = `${url}Toy/Ours`;
  await pushOurs(ours, folder);
  const prepared = prepareSpack(spack, folder, root, { url: ours, signed: false, ca });
  // Over HTTP it lists nothing: Spack looks for an index under oci:// only.
  await installWithSpack(prepared, root);
  console.log('Spack installed what we pushed.\n');

  const theirs = `${url}toy/theirs`;
  await prepared.run(
    '-e',
    prepared.environment,
    'buildcache',
    'push',
    '--unsigned',
    '--update-index',
    theirs,
  );
  for (const args of [
    ['check', '-e', prepared.environment, '-m', theirs],
    ['list', '-a', '-l', '-m', theirs],
    ['update-index', theirs],
    ['check', '-e', prepared.environment, '-m', theirs, '--verify', 'blobs'],
  ]) {
    await buildcache(args, folder);
  }
  console.log('We read what Spack pushed.\n');
}

async function fromSynced({ url, ca }, folder, root) {
  mkdirSync(folder);
  const synced = `${url}toy/synced`;
  const keys = ['--trusted-keys', join(FIXTURE, '../toy-ci.pub.asc')];
  await buildcache(['sync', '--all', join(FIXTURE, 'mirror-signed'), synced, ...keys], folder);
  const prepared = prepareSpack(spack, folder, root, { url: synced, signed: false, ca });
  await installWithSpack(prepared, root);
  console.log('Spack installed what we synced.\n');
}

async function buildcache(args, folder) {
  const shown = args.map((arg) => arg.replace(folder, '…').replace(FIXTURE, 'fixtures/'));
  console.log(`buildcache ${shown.join(' ')}`);
  const { code, out, err } = await runVerb([...args, '--insecure'], folder);
  console.log(`${out}${err}`.trim());
  if (code !== 0) throw new Error(`exit code ${code}`);
}

async function pushOurs(url, folder) {
  const tree = await readInstallTree(STORE, { readFrom: unpackStore(folder) });
  const specs = [...tree.nodes.values()].filter(({ external }) => external === undefined);
  const context = { base: folder, environment: undefined, env: {} };
  const [mirror] = parseMirrors({ ours: url }, 'mirrors.yaml', context).mirrors;
  const cache = await openPushMirror(mirror, {
    timeoutMs: 10_000,
    retry: DEFAULT_RETRY,
    jobs: 8,
    verifyTls: false,
    caFile: undefined,
    env: {},
  });
  try {
    const result = await push(
      {
        tree,
        graph: tree,
        specs,
        roots: new Set(specs.map(({ hash }) => hash)),
        targets: [{ name: 'ours', cache, signer: undefined, elsewhere: new Map() }],
        spackPrefix: '/opt/spack',
        force: false,
        updateIndex: true,
        failFast: false,
        allowMissing: false,
        dryRun: false,
        jobs: 8,
        signal: new AbortController().signal,
      },
      SILENT,
    );
    if (pushExitCode(result) !== 0) throw new Error(`the push failed: ${JSON.stringify(result)}`);
    for (const image of result.mirrors[0].images) console.log(`pushed ${image}`);
  } finally {
    await cache.close();
  }
}
