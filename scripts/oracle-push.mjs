/**
 * Has a real Spack install what we pushed: the fixtures' install tree, pushed signed with a key made here, comes back
 * from the mirror through `spack install --cache-only`, and its program runs. Prints the steps; exits 1 when one fails.
 *
 *   SPACK=/path/to/bin/spack node scripts/oracle-push.mjs        Spack 1.x, gpg and python3 are needed
 *
 * That Spack's own configuration scopes are read, its install tree, caches and keys are not touched.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateKey } from 'openpgp';
import { openLayout3Writer } from '../src/cache/cache-writer.ts';
import { openSigner } from '../src/cache/signing.ts';
import { push } from '../src/commands/push.ts';
import { pushExitCode } from '../src/plan/push-result.ts';
import { SILENT } from '../src/report/reporter.ts';
import { openFileStorage } from '../src/storage/file.ts';
import { readInstallTree } from '../src/tree/install-tree.ts';
import { installWithSpack, prepareSpack, requireSpack, STORE, unpackStore } from './oracle-spack/install.mjs';

const spack = requireSpack();
const folder = mkdtempSync(join(tmpdir(), 'oracle-push-'));
// No longer than the tree it was built in, so that Spack need not get itself a patchelf.
const root = mkdtempSync('/tmp/s');
try {
  const mirror = join(folder, 'mirror');
  const publicKey = await pushSigned(mirror);
  const prepared = prepareSpack(spack, folder, root, { url: pathToFileURL(mirror).href, signed: true });
  await prepared.run('gpg', 'trust', publicKey);
  await installWithSpack(prepared, root);
  console.log('Spack installed what we pushed.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  for (const made of [folder, root]) rmSync(made, { recursive: true, force: true });
}

/** Pushes all of the fixtures' specs; returns the file of the public key. */
async function pushSigned(mirror) {
  const files = unpackStore(folder);
  const { privateKey } = await generateKey({
    userIDs: [{ name: 'Oracle', email: 'oracle@example.org' }],
    curve: 'ed25519Legacy',
    type: 'ecc',
  });
  const signer = await openSigner({
    secretKeys: privateKey,
    passphrase: undefined,
    choose: undefined,
    source: 'a new key',
    mirror,
  });
  const tree = await readInstallTree(STORE, { readFrom: files });
  const specs = [...tree.nodes.values()].filter(({ external }) => external === undefined);
  const result = await push(
    {
      tree,
      graph: tree,
      specs,
      roots: new Set(),
      targets: [
        {
          name: 'mirror',
          cache: openLayout3Writer(openFileStorage(mirror), undefined),
          signer,
          elsewhere: new Map(),
        },
      ],
      spackPrefix: '/opt/spack',
      force: false,
      updateIndex: true,
      failFast: false,
      allowMissing: false,
      dryRun: false,
      jobs: 4,
      signal: new AbortController().signal,
    },
    SILENT,
  );
  if (pushExitCode(result) !== 0) throw new Error(`the push failed: ${JSON.stringify(result)}`);
  console.log(`pushed ${specs.length} specs, signed by ${signer.fingerprint}`);
  const file = join(folder, 'key.asc');
  writeFileSync(file, signer.publicKey);
  return file;
}
