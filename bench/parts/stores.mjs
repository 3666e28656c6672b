/** Install trees and mirrors to measure with, and a push of the one to the other as the command does it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLayout3Writer } from '../../src/cache/writing/cache-writer.ts';
import { push } from '../../src/commands/push.ts';
import { pushExitCode } from '../../src/plan/push-result.ts';
import { SILENT } from '../../src/report/reporter.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { readInstallTree } from '../../src/tree/install-tree.ts';
import { generateEnvironment } from '../../test/harness/generate.ts';
import { generateStore } from '../../test/harness/generate-store.ts';

export const JOBS = 16;

/** The specs of a tree or an environment that are installed. */
export function built({ nodes }) {
  return [...nodes.values()].filter(({ external }) => external === undefined);
}

/** A tree with one spec. @returns the spec's prefix */
export function makeStoreOfOne(root) {
  const environment = generateEnvironment({ specs: 1 });
  generateStore(root, environment);
  const [spec] = built(environment);
  return join(root, `linux-x86_64_v3/${spec.name}-${spec.version}-${spec.hash}`);
}

/** A folder with a lockfile, and a spack.yaml beside it. */
export function writeEnvironment(folder, environment) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'spack.lock'), environment.lockfile);
  writeFileSync(join(folder, 'spack.yaml'), 'spack:\n  specs: []\n');
}

export function openFolder(mirror) {
  return openLayout3Writer(openFileStorage(mirror), undefined);
}

/**
 * Pushes specs of the tree below `root`.
 * @param cache an open {@link CacheWriter}
 * @param choose which of the installed specs, and what else the command may be asked for
 */
export async function pushTree(root, cache, { choose = (specs) => specs, signer, updateIndex = true } = {}) {
  const tree = await readInstallTree(root);
  const specs = choose(built(tree));
  const result = await push(
    {
      tree,
      graph: tree,
      specs,
      roots: new Set(specs.map(({ hash }) => hash)),
      targets: [{ name: 'bench', cache, signer, elsewhere: new Map() }],
      spackPrefix: '/opt/spack',
      force: false,
      updateIndex,
      failFast: true,
      allowMissing: false,
      dryRun: false,
      jobs: JOBS,
      signal: new AbortController().signal,
    },
    SILENT,
  );
  if (pushExitCode(result) !== 0)
    throw new Error(`the push failed: ${JSON.stringify(result.failed ?? result).slice(0, 500)}`);
  return specs;
}
