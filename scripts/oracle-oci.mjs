/**
 * Both ways through a registry with a real Spack: the fixtures' install tree, pushed by us, is listed and installed by
 * Spack; what Spack then pushes from there is checked, listed and indexed again by us. Prints the steps; exits 1 when
 * one fails.
 *
 *   SPACK=/path/to/bin/spack node scripts/oracle-oci.mjs        Spack 1.x; python3 and docker-registry are needed
 *
 * That Spack's own configuration scopes are read, its install tree and caches are not touched.
 */
import { mkdtempSync, rmSync } from 'node:fs';
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
import { installWithSpack, prepareSpack, requireSpack, STORE, unpackStore } from './oracle-spack/install.mjs';

const spack = requireSpack();
for (const [name, start] of [
  ["Debian's docker-registry, over HTTP", startDockerRegistry],
  ['a strict registry, over TLS', () => startRegistry({ tls: true })],
]) {
  console.log(`# ${name}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'oracle-oci-'));
  // No longer than the tree it was built in, so that Spack need not get itself a patchelf.
  const root = mkdtempSync('/tmp/s');
  await using registry = await start();
  try {
    await bothWays(registry, folder, root);
  } catch (error) {
    console.error(error instanceof Error ? `${error.message}\n${error.stderr ?? ''}` : error);
    process.exitCode = 1;
  } finally {
    for (const made of [folder, root]) rmSync(made, { recursive: true, force: true });
  }
}

async function bothWays({ url, ca }, folder, root) {
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
    console.log(`buildcache ${args.map((arg) => arg.replace(folder, '…')).join(' ')}`);
    const { code, out, err } = await runVerb([...args, '--insecure'], folder);
    console.log(`${out}${err}`.trim());
    if (code !== 0) throw new Error(`exit code ${code}`);
  }
  console.log('We read what Spack pushed.\n');
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
